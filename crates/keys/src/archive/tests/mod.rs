#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod vectors;

use super::*;
use crate::testing::{keys, seeded};
use stream::CHUNK;

fn key(byte: u8) -> ArchiveKey {
    ArchiveKey::from_scalar(Secret::new([byte; 32]))
}

/// An archive of this content, written in pieces of this size.
fn archived(content: &[u8], piece: usize) -> Vec<u8> {
    let mut sealer = encrypt(Vec::new(), &key(1).recipient(), &seeded(3)).unwrap();
    for piece in content.chunks(piece) {
        sealer.write_all(piece).unwrap();
    }
    sealer.finish().unwrap()
}

fn opened(archive: &[u8], key: &ArchiveKey) -> Result<Vec<u8>, ArchiveRefused> {
    let refused = |error: io::Error| match error.get_ref().and_then(|inner| inner.downcast_ref::<ArchiveRefused>()) {
        Some(refused) => *refused,
        None => panic!("{error}"),
    };
    let mut content = Vec::new();
    decrypt(archive, key).map_err(refused)?.read_to_end(&mut content).map_err(refused)?;
    Ok(content)
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect()
}

#[test]
fn every_length_around_a_chunk_comes_back() {
    for length in [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 7] {
        let content = content(length);
        let archive = archived(&content, 10_007);
        assert!(archive.starts_with(b"age-encryption.org/v1\n-> X25519 "));
        assert_eq!(opened(&archive, &key(1)).unwrap(), content, "{length}");
        let chunks = length.div_ceil(CHUNK).max(1);
        let header = archive.len() - 16 - length - chunks * 16;
        assert_eq!(archive[header - 1], b'\n', "nothing but header, nonce, content and tags");
    }
}

#[test]
fn the_pieces_it_is_written_in_do_not_show() {
    let content = content(2 * CHUNK + 5);
    let whole = archived(&content, content.len());
    for piece in [1_000, CHUNK, CHUNK + 1] {
        assert_eq!(archived(&content, piece), whole);
    }
}

#[test]
fn it_is_read_in_pieces_of_any_size() {
    let content = content(CHUNK + 100);
    let archive = archived(&content, content.len());
    let mut opener = decrypt(archive.as_slice(), &key(1)).unwrap();
    let (mut read, mut piece) = (Vec::new(), [0; 7_919]);
    loop {
        assert_eq!(opener.read(&mut []).unwrap(), 0);
        match opener.read(&mut piece).unwrap() {
            0 => break,
            count => read.extend_from_slice(&piece[..count]),
        }
    }
    assert_eq!(read, content);
    assert_eq!(opener.read(&mut piece).unwrap(), 0, "the end stays the end");
}

#[test]
fn an_archive_of_another_key_says_so() {
    assert_eq!(opened(&archived(b"x", 1), &key(2)), Err(ArchiveRefused::OtherKey));
}

#[test]
fn every_altered_byte_is_refused() {
    let archive = archived(b"what was backed up", 100);
    for position in 0..archive.len() {
        for bit in [1, 0x20, 0x80] {
            let mut altered = archive.clone();
            altered[position] ^= bit;
            assert!(opened(&altered, &key(1)).is_err(), "byte {position}");
        }
    }
}

#[test]
fn every_cut_is_refused() {
    let archive = archived(b"what was backed up", 100);
    for length in 0..archive.len() {
        assert!(opened(&archive[..length], &key(1)).is_err(), "{length} bytes");
    }
    let archive = archived(&content(3 * CHUNK), CHUNK);
    let body = archive.len() - 3 * (CHUNK + 16);
    for chunks in 0..3 {
        let cut = &archive[..body + chunks * (CHUNK + 16)];
        assert_eq!(opened(cut, &key(1)), Err(ArchiveRefused::Content), "{chunks} chunks");
    }
}

// proves: C82.b, D16
#[test]
fn chunks_cannot_be_moved_left_out_repeated_or_added() {
    let archive = archived(&content(3 * CHUNK), CHUNK);
    let body = archive.len() - 3 * (CHUNK + 16);
    let chunk = |index: usize| &archive[body + index * (CHUNK + 16)..body + (index + 1) * (CHUNK + 16)];
    let other = archived(&[9; 3 * CHUNK], CHUNK);
    for order in [vec![1, 0, 2], vec![0, 2], vec![0, 0, 1, 2], vec![0, 1, 2, 2], vec![2]] {
        let moved: Vec<u8> = order.iter().fold(archive[..body].to_vec(), |all, index| [&all, chunk(*index)].concat());
        assert_eq!(opened(&moved, &key(1)), Err(ArchiveRefused::Content), "{order:?}");
    }
    let appended = [archive.as_slice(), b"x"].concat();
    assert_eq!(opened(&appended, &key(1)), Err(ArchiveRefused::Content));
    let appended = [archive.as_slice(), &other].concat();
    assert_eq!(opened(&appended, &key(1)), Err(ArchiveRefused::Content));
}

#[test]
fn nothing_is_given_after_a_refusal() {
    let mut archive = archived(&content(2 * CHUNK), CHUNK);
    let last = archive.len() - 1;
    archive[last] ^= 1;
    let mut opener = decrypt(archive.as_slice(), &key(1)).unwrap();
    let mut read = Vec::new();
    assert!(opener.read_to_end(&mut read).is_err());
    assert_eq!(read, content(CHUNK), "the first chunk was authentic");
    for _ in 0..3 {
        assert!(opener.read(&mut [0; 16]).is_err());
    }
}

#[test]
fn an_archive_without_an_end_does_not_open() {
    let mut written = Vec::new();
    let mut sealer = encrypt(&mut written, &key(1).recipient(), &seeded(3)).unwrap();
    sealer.write_all(&content(CHUNK + 1)).unwrap();
    sealer.flush().unwrap();
    drop(sealer);
    assert_eq!(opened(&written, &key(1)), Err(ArchiveRefused::Content));
}

#[test]
fn a_header_without_end_is_not_read_for_ever() {
    let mut endless = io::repeat(b'a');
    assert!(decrypt(&mut endless, &key(1)).is_err());
    let addressed_to = |strangers: usize| {
        let stanzas = "-> stranger\n\n".repeat(strangers);
        let header = format!("age-encryption.org/v1\n{stanzas}--- {}\n", "A".repeat(43));
        opened(header.as_bytes(), &key(1))
    };
    assert_eq!(addressed_to(64), Err(ArchiveRefused::OtherKey));
    assert_eq!(addressed_to(65), Err(ArchiveRefused::Header));
}

#[test]
fn a_recipient_of_low_order_is_refused() {
    let refused = encrypt(Vec::new(), &ArchiveRecipient([0; 32]), &seeded(1)).err().unwrap();
    assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
}

#[test]
fn the_key_comes_back_from_under_its_root() {
    let (root, _, business_wrapped) = keys(1);
    let (key, wrapped) = ArchiveKey::create(&root, &seeded(2));
    let again = ArchiveKey::unwrap(&root, &wrapped).ok().unwrap();
    assert_eq!(again.recipient(), key.recipient());
    assert_eq!(ArchiveKey::unwrap(&root, &business_wrapped).err(), Some(DoesNotOpen::NotAuthentic));
    let new_root = RootKey::generate(&seeded(8));
    let moved = ArchiveKey::rewrap(&root, &new_root, &wrapped, &seeded(9)).unwrap();
    assert_eq!(ArchiveKey::unwrap(&new_root, &moved).ok().unwrap().recipient(), key.recipient());
}
