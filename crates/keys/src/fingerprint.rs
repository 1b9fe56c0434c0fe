//! A fingerprint of bytes that pass by: SHA-256, to tell a damaged file from a whole one. It proves nothing about who
//! wrote it; what must be proved is sealed or signed.

use aws_lc_rs::digest;

/// The fingerprint of what was shown to it so far.
pub struct Fingerprint(digest::Context);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }
}

impl Fingerprint {
    /// Shows it more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The fingerprint, in hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        self.0.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn it_is_the_published_hash() {
        let mut fingerprint = Fingerprint::default();
        fingerprint.update(b"a");
        fingerprint.update(b"bc");
        // FIPS 180-4, appendix B.1.
        assert_eq!(fingerprint.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
