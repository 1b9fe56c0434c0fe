#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::Place;
use crate::testing::{business, keys, seeded};
use std::collections::BTreeSet;

const SUBJECT: [u8; 16] = [9; 16];

fn digest_of(keys: &BusinessKeys, parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = keys.digest();
    for part in parts {
        digest.update(part);
    }
    digest.finish()
}

#[test]
fn a_business_unwraps_to_the_same_keys() {
    let (root, keys, wrapped) = keys(1);
    let again = BusinessKeys::unwrap(&root, business(1), &wrapped).ok().unwrap();
    assert_eq!((again.business(), again.generation()), (business(1), 1));
    assert_eq!(keys.blind_index("users", "name", b"ada"), again.blind_index("users", "name", b"ada"));
    assert_eq!(digest_of(&keys, &[b"row"]), digest_of(&again, &[b"row"]));
    assert_eq!(keys.receipt_hash(b"order"), again.receipt_hash(b"order"));
    assert_eq!(keys.tally_hash(b"ada"), again.tally_hash(b"ada"));
    let token = keys.seal_cursor(b"page 2", &seeded(2));
    assert_eq!(*again.open_cursor(&token).unwrap(), b"page 2");
}

#[test]
fn another_root_or_business_does_not_unwrap() {
    let (root, _, wrapped) = keys(1);
    let other_root = RootKey::generate(&seeded(99));
    let refused = BusinessKeys::unwrap(&other_root, business(1), &wrapped).err();
    assert_eq!(refused, Some(DoesNotOpen::OtherKey { needs: root.id(), given: other_root.id() }));
    let refused = BusinessKeys::unwrap(&root, business(2), &wrapped).err();
    assert_eq!(refused, Some(DoesNotOpen::NotAuthentic));
}

#[test]
fn rewrapping_moves_a_business_to_another_root() {
    let (root, keys, wrapped) = keys(1);
    let new_root = RootKey::generate(&seeded(50));
    let moved = BusinessKeys::rewrap(&root, &new_root, business(1), &wrapped, &seeded(51)).unwrap();
    assert_eq!(moved.wrapped_by(), Ok(new_root.id()));
    let again = BusinessKeys::unwrap(&new_root, business(1), &moved).ok().unwrap();
    assert_eq!(keys.receipt_hash(b"order"), again.receipt_hash(b"order"));
    assert!(BusinessKeys::unwrap(&root, business(1), &moved).is_err());
    assert!(BusinessKeys::rewrap(&new_root, &root, business(1), &wrapped, &seeded(52)).is_err());
}

#[test]
fn a_data_key_unwraps_for_its_own_tag_only() {
    let (_, keys, _) = keys(1);
    let entropy = seeded(3);
    let place = Place { business: &[7; 16], table: "customers", column: "name", row: b"1" };
    let (key, wrapped) = keys.new_data_key(SUBJECT, Class::Other, 4, &entropy);
    let blob = key.seal(&place, b"Ada", &entropy);
    let tag = *key.tag();
    let again = keys.unwrap_data_key(tag, &wrapped).ok().unwrap();
    assert_eq!(*again.open(&place, &blob).unwrap(), b"Ada");
    let refused = |tag| keys.unwrap_data_key(tag, &wrapped).err();
    assert_eq!(refused(KeyTag { subject: [8; 16], ..tag }), Some(DoesNotOpen::NotAuthentic));
    assert_eq!(refused(KeyTag { class: Class::Statutory, ..tag }), Some(DoesNotOpen::NotAuthentic));
    let other_generation = DoesNotOpen::OtherGeneration { needs: 4, given: 5 };
    assert_eq!(refused(KeyTag { generation: 5, ..tag }), Some(other_generation));
}

/// Two businesses whose key bytes are the same still differ, because the business is part of every derivation.
#[test]
fn the_same_secret_gives_other_keys_in_another_business() {
    let secret = Secret::new([6; 32]);
    let [one, two] = [1, 2].map(|number| BusinessKeys::derived(business(number), FIRST, &secret));
    let (key, wrapped) = one.new_data_key(SUBJECT, Class::Other, 1, &seeded(4));
    assert_eq!(two.unwrap_data_key(*key.tag(), &wrapped).err(), Some(DoesNotOpen::NotAuthentic));
    assert_ne!(one.blind_index("users", "name", b"ada"), two.blind_index("users", "name", b"ada"));
    assert_ne!(digest_of(&one, &[b"row"]), digest_of(&two, &[b"row"]));
    assert_ne!(one.receipt_hash(b"order"), two.receipt_hash(b"order"));
    assert_ne!(one.tally_hash(b"ada"), two.tally_hash(b"ada"));
    assert!(two.open_cursor(&one.seal_cursor(b"page 2", &seeded(5))).is_err());
    assert!(two.open_carried(&one.seal_carried(b"a form", &seeded(5))).is_err());
    assert!(one.open_cursor(&one.seal_carried(b"a form", &seeded(5))).is_err(), "one for the other");
    assert_eq!(*one.open_carried(&one.seal_carried(&[7; 4_000], &seeded(5))).unwrap(), [7; 4_000]);
}

#[test]
fn each_purpose_has_a_key_of_its_own() {
    let (_, keys, _) = keys(1);
    let mut message = crate::encoding::joined("coffer/v1/blind index", &[b"t", b"c", b"v"]);
    let mut seen = BTreeSet::from([keys.receipt_hash(&message)[..16].to_vec(), keys.tally_hash(&message).to_vec()]);
    seen.insert(keys.blind_index("t", "c", b"v").to_vec());
    seen.insert(keys.record_mark(&message).to_vec());
    message.clear();
    seen.insert(keys.receipt_hash(&message)[..16].to_vec());
    assert_eq!(seen.len(), 5);
}

// proves: C11.a
#[test]
fn a_blind_index_tells_equality_within_a_column_and_no_more() {
    let (_, keys, _) = keys(1);
    let index = keys.blind_index("users", "name", b"ada");
    assert_eq!(index, keys.blind_index("users", "name", b"ada"));
    for (table, column, value) in
        [("users", "name", "adb"), ("users", "mail", "ada"), ("people", "name", "ada"), ("user", "sname", "ada")]
    {
        assert_ne!(index, keys.blind_index(table, column, value.as_bytes()), "{table}.{column} {value}");
    }
}

#[test]
fn the_parts_of_a_digest_stay_apart() {
    let (_, keys, _) = keys(1);
    let digests = [&[b"ab".as_slice(), b"c"][..], &[b"a", b"bc"], &[b"abc"], &[b"abc", b""], &[b""], &[]]
        .map(|p| digest_of(&keys, p));
    assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), digests.len());
}

#[test]
fn a_cursor_is_opaque_and_any_other_token_is_refused() {
    let (_, keys, _) = keys(1);
    let token = keys.seal_cursor(b"last=INV-0042", &seeded(6));
    assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
    for position in 0..token.len() {
        assert!(keys.open_cursor(&token[..position]).is_err(), "cut at {position}");
        for symbol in alphabet {
            let mut other = token.clone().into_bytes();
            other[position] = *symbol;
            let other = String::from_utf8(other).unwrap();
            assert!(other == token || keys.open_cursor(&other).is_err(), "{other}");
        }
    }
    for other in ["", "=", "AQ", "é", &"A".repeat(5_000), &format!("{token}A"), &format!(" {token}")] {
        assert!(keys.open_cursor(other).is_err(), "{other}");
    }
}

#[test]
fn the_database_key_opens_with_its_root_and_as_nothing_else() {
    let (root, _, business_wrapped) = keys(1);
    let (key, wrapped) = DatabaseKey::create(&root, &seeded(7));
    let again = DatabaseKey::unwrap(&root, &wrapped).ok().unwrap();
    let hex = key.expose_hex();
    assert_eq!(hex.expose(), again.expose_hex().expose());
    assert!(hex.expose().len() == 64 && hex.expose().bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
    assert_eq!(DatabaseKey::unwrap(&root, &business_wrapped).err(), Some(DoesNotOpen::NotAuthentic));
    assert!(BusinessKeys::unwrap(&root, BusinessId::INSTALLATION, &wrapped).is_err());
    let new_root = RootKey::generate(&seeded(8));
    let moved = DatabaseKey::rewrap(&root, &new_root, &wrapped, &seeded(9)).unwrap();
    assert_eq!(DatabaseKey::unwrap(&new_root, &moved).ok().unwrap().expose_hex().expose(), hex.expose());
    assert!(DatabaseKey::unwrap(&root, &moved).is_err());
}

#[test]
fn hex_has_two_digits_a_byte() {
    let (root, _, _) = keys(1);
    struct Counting;
    impl Entropy for Counting {
        fn fill(&self, out: &mut [u8]) {
            (0..).zip(out).for_each(|(value, out)| *out = value);
        }
    }
    let (key, _) = DatabaseKey::create(&root, &Counting);
    let expected = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    assert_eq!(key.expose_hex().expose(), expected);
}

/// A row is vouched for by the key of its own installation, for its own table, and for exactly what it grants.
#[test]
fn a_voucher_fits_one_grant_of_one_table_under_one_key() {
    let ((_, keys, _), (_, other, _)) = (keys(1), keys(2));
    let voucher = keys.voucher("api_key", b"owner");
    assert!(keys.vouches("api_key", b"owner", &voucher));
    assert!(!keys.vouches("api_key", b"clerk", &voucher) && !keys.vouches("session", b"owner", &voucher));
    assert!(!other.vouches("api_key", b"owner", &voucher) && !keys.vouches("api_key", b"owner", b""));
    let hash = crate::TokenHash([5; 32]);
    assert_ne!(keys.token_index(&hash), hash.0);
    assert_ne!(keys.token_index(&hash), other.token_index(&hash));
}
