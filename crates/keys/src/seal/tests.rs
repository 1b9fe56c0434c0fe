#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::{Seeded, seeded};

const HERE: Place<'static> = Place { business: &[1; 16], table: "customers", column: "name", row: b"row-1" };
const TAG_1: KeyTag = KeyTag { subject: [9; 16], class: Class::Statutory, generation: 1 };

fn key(tag: KeyTag) -> DataKey {
    DataKey::new(tag, &Secret::new([42; 32]))
}

fn sealed(plaintext: &[u8], entropy: &Seeded) -> Vec<u8> {
    key(TAG_1).seal(&HERE, plaintext, entropy)
}

#[test]
fn a_field_opens_where_it_was_sealed() {
    let entropy = seeded(1);
    for length in [0, 1, 15, 16, 17, 255, 65_536] {
        let plaintext = vec![0x5A; length];
        let blob = sealed(&plaintext, &entropy);
        assert_eq!(blob.len(), length + OVERHEAD);
        assert_eq!(*key(TAG_1).open(&HERE, &blob).unwrap(), plaintext);
        assert_eq!(generation_of(&blob), Ok(1));
    }
}

/// Every pair of places and keys that differ in anything, all with the same secret bytes, so that only what is
/// authenticated beside the ciphertext tells them apart.
// proves: C03.a
#[test]
fn the_swap_matrix_refuses_every_move() {
    let (businesses, subjects) = ([[1; 16], [2; 16]], [[3; 16], [4; 16]]);
    let rows: [&[u8]; 2] = [b"row-1", b"row-2"];
    let entropy = seeded(2);
    let cases: Vec<(Place<'_>, KeyTag)> = (0..128_usize)
        .map(|case| {
            let pick = |bit: usize| case >> bit & 1;
            let place = Place {
                business: &businesses[pick(0)],
                table: ["customers", "contacts"][pick(1)],
                column: ["name", "address"][pick(2)],
                row: rows[pick(3)],
            };
            let class = [Class::Statutory, Class::Other][pick(5)];
            let generation = [1, 2][pick(6)];
            (place, KeyTag { subject: subjects[pick(4)], class, generation })
        })
        .collect();
    let mut refused = 0;
    for (from, (place, tag)) in cases.iter().enumerate() {
        let blob = key(*tag).seal(place, b"Ada Lovelace", &entropy);
        for (to, (place, tag)) in cases.iter().enumerate() {
            match key(*tag).open(place, &blob) {
                Ok(opened) => assert!(from == to && *opened == b"Ada Lovelace", "{from} opened at {to}"),
                Err(_) => refused += 1,
            }
        }
    }
    assert_eq!(refused, 128 * 127);
}

#[test]
fn names_cannot_slide_into_each_other() {
    let entropy = seeded(3);
    let at = |table, column, row| Place { business: &[1; 16], table, column, row };
    let blob = key(TAG_1).seal(&at("ab", "c", b"d"), b"x", &entropy);
    assert!(key(TAG_1).open(&at("a", "bc", b"d"), &blob).is_err());
    assert!(key(TAG_1).open(&at("ab", "", b"cd"), &blob).is_err());
    assert!(key(TAG_1).open(&at("ab", "c", b"d"), &blob).is_ok());
}

#[test]
fn the_generation_is_authenticated_not_only_compared() {
    let entropy = seeded(4);
    let mut blob = sealed(b"x", &entropy);
    blob[4] = 2;
    assert_eq!(generation_of(&blob), Ok(2));
    assert_eq!(key(TAG_1).open(&HERE, &blob).err(), Some(DoesNotOpen::OtherGeneration { needs: 2, given: 1 }));
    let second = KeyTag { generation: 2, ..TAG_1 };
    assert_eq!(key(second).open(&HERE, &blob).err(), Some(DoesNotOpen::NotAuthentic));
}

#[test]
fn every_flipped_bit_is_refused() {
    let blob = sealed(b"DE89 3704 0044 0532 0130 00", &seeded(5));
    for bit in 0..blob.len() * 8 {
        let mut altered = blob.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(key(TAG_1).open(&HERE, &altered).is_err(), "bit {bit}");
    }
}

#[test]
fn every_other_length_is_refused() {
    let blob = sealed(b"some plaintext", &seeded(6));
    for length in 0..blob.len() {
        let refused = key(TAG_1).open(&HERE, &blob[..length]).err().unwrap();
        let expected = if length < OVERHEAD { DoesNotOpen::CutShort } else { DoesNotOpen::NotAuthentic };
        assert_eq!(refused, expected, "{length} bytes");
    }
    for more in [&[0][..], b"more"] {
        assert!(key(TAG_1).open(&HERE, &[&blob, more].concat()).is_err());
    }
}

// proves: C03.b, C10.b
#[test]
fn an_unknown_version_fails_closed() {
    let blob = sealed(b"x", &seeded(7));
    for version in (0..=255).filter(|version| *version != VERSION) {
        let mut other = blob.clone();
        other[0] = version;
        assert_eq!(key(TAG_1).open(&HERE, &other).err(), Some(DoesNotOpen::UnknownVersion(version)));
        assert_eq!(generation_of(&other), Err(DoesNotOpen::UnknownVersion(version)));
    }
    assert_eq!(generation_of(&[]), Err(DoesNotOpen::CutShort));
}

#[test]
fn another_secret_does_not_open() {
    let blob = sealed(b"x", &seeded(8));
    let other = DataKey::new(TAG_1, &Secret::new([43; 32]));
    assert_eq!(other.open(&HERE, &blob).err(), Some(DoesNotOpen::NotAuthentic));
}

#[test]
fn equal_fields_look_different_and_hide_what_they_say() {
    let entropy = seeded(9);
    let blobs: Vec<Vec<u8>> = (0..100).map(|_| sealed(b"Lovelace", &entropy)).collect();
    for (index, blob) in blobs.iter().enumerate() {
        assert!(!blob.windows(8).any(|window| window == b"Lovelace"));
        assert!(blobs[..index].iter().all(|other| other[HEADER..] != blob[HEADER..]));
    }
}

#[test]
fn classes_keep_their_codes() {
    for class in [Class::Statutory, Class::Other] {
        assert_eq!(Class::from_code(class.code()), Some(class));
    }
    assert_eq!((Class::Statutory.code(), Class::Other.code()), (1, 2));
    assert_eq!((0..=255).filter_map(Class::from_code).count(), 2);
}

#[test]
fn a_sealed_value_shows_its_length_only() {
    let value = Sealed::<String>::from_blob(vec![1, 2, 3]);
    assert_eq!(format!("{value:?}"), "Sealed(3 bytes)");
    assert_eq!(value.clone().into_blob(), value.as_blob());
}
