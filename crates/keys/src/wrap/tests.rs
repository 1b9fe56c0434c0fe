#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::seeded;

fn wrapping_key(byte: u8) -> KeyEncryptionKey {
    KeyEncryptionKey::derived(&[byte; 32], "coffer/v1/test")
}

fn wrapped() -> (KeyEncryptionKey, Wrapping, WrappedKey) {
    let (key, wrapping) = (wrapping_key(1), Wrapping::of("data key", &[b"business", b"subject"]));
    let wrapped = key.wrap(&wrapping, 7, &Secret::new([5; 32]), &seeded(1));
    (key, wrapping, wrapped)
}

#[test]
fn a_key_unwraps_as_what_it_was_wrapped() {
    let (key, wrapping, wrapped) = wrapped();
    assert_eq!(wrapped.as_bytes().len(), 73);
    assert_eq!(wrapped.wrapped_by(), Ok(key.id()));
    assert_eq!(wrapped.generation(), Ok(7));
    let (secret, generation) = key.unwrap(&wrapping, &wrapped).ok().unwrap();
    assert_eq!((*secret.expose(), generation), ([5; 32], 7));
}

#[test]
fn it_unwraps_as_nothing_else() {
    let (key, _, wrapped) = wrapped();
    for other in [
        Wrapping::of("business key", &[b"business", b"subject"]),
        Wrapping::of("data key", &[b"business", b"other"]),
        Wrapping::of("data key", &[b"business"]),
        Wrapping::of("data key", &[b"businesssubject"]),
        Wrapping::of("data key", &[b"business", b"subject", b""]),
    ] {
        assert_eq!(key.unwrap(&other, &wrapped).err(), Some(DoesNotOpen::NotAuthentic));
    }
}

#[test]
fn the_key_that_is_needed_is_named() {
    let (key, wrapping, wrapped) = wrapped();
    let other = wrapping_key(2);
    let refused = other.unwrap(&wrapping, &wrapped).err().unwrap();
    assert_eq!(refused, DoesNotOpen::OtherKey { needs: key.id(), given: other.id() });
    assert!(refused.to_string().contains(&key.id().to_string()));
}

#[test]
fn a_purpose_makes_another_key_of_the_same_bytes() {
    let (key, wrapping, mut wrapped) = wrapped();
    let other = KeyEncryptionKey::derived(&[1; 32], "coffer/v1/another test");
    assert_ne!(key.id(), other.id());
    wrapped.0[1..9].copy_from_slice(other.id().as_bytes());
    assert_eq!(other.unwrap(&wrapping, &wrapped).err(), Some(DoesNotOpen::NotAuthentic));
}

#[test]
fn every_flipped_bit_and_every_other_length_is_refused() {
    let (key, wrapping, wrapped) = wrapped();
    for bit in 0..wrapped.0.len() * 8 {
        let mut altered = wrapped.clone();
        altered.0[bit / 8] ^= 1 << (bit % 8);
        assert!(key.unwrap(&wrapping, &altered).is_err(), "bit {bit}");
    }
    for length in 0..wrapped.0.len() {
        let short = WrappedKey(wrapped.0[..length].to_vec());
        assert_eq!(key.unwrap(&wrapping, &short).err(), Some(DoesNotOpen::CutShort), "{length} bytes");
    }
    let long = WrappedKey([wrapped.as_bytes(), &[0]].concat());
    assert_eq!(key.unwrap(&wrapping, &long).err(), Some(DoesNotOpen::NotAuthentic));
    let mut newer = wrapped;
    newer.0[0] = 2;
    assert_eq!(key.unwrap(&wrapping, &newer).err(), Some(DoesNotOpen::UnknownVersion(2)));
}
