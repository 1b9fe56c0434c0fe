//! Byte strings made of several fields, so that no two lists of fields give the same string.
//!
//! What is authenticated beside a ciphertext, what a subkey is derived for and what a keyed hash is taken over are all
//! lists. Joined as they are, `("ab", "c")` and `("a", "bc")` would be one; so each field follows its length.

/// A domain and its fields, each after its length in eight bytes, most significant first.
pub(crate) fn joined(domain: &str, fields: &[&[u8]]) -> Vec<u8> {
    let space = fields
        .iter()
        .fold(domain.len().saturating_add(8), |space, field| space.saturating_add(field.len()).saturating_add(8));
    let mut bytes = Vec::with_capacity(space);
    append(&mut bytes, domain.as_bytes());
    for field in fields {
        append(&mut bytes, field);
    }
    bytes
}

/// The length of a field as it is written before it.
pub(crate) fn length_prefix(field: &[u8]) -> [u8; 8] {
    (field.len() as u64).to_be_bytes()
}

fn append(bytes: &mut Vec<u8>, field: &[u8]) {
    bytes.extend_from_slice(&length_prefix(field));
    bytes.extend_from_slice(field);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_slide_into_each_other() {
        assert_ne!(joined("d", &[b"ab", b"c"]), joined("d", &[b"a", b"bc"]));
        assert_ne!(joined("d", &[b"ab"]), joined("d", &[b"ab", b""]));
        assert_ne!(joined("da", &[b"b"]), joined("d", &[b"ab"]));
        assert_eq!(joined("d", &[b"x"]), *b"\0\0\0\0\0\0\0\x01d\0\0\0\0\0\0\0\x01x");
    }
}
