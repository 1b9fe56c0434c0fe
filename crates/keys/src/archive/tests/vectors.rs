//! The published test vectors of the format: every file that must open does, and every one that must not does not.

use super::*;
use aws_lc_rs::digest::{SHA256, digest};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A vector: what is expected of it, and the file itself.
struct Vector {
    name: String,
    fields: BTreeMap<String, Vec<String>>,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let split = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for line in std::str::from_utf8(&bytes[..split]).unwrap().lines() {
            let (name, value) = line.split_once(": ").unwrap();
            fields.entry(name.to_owned()).or_default().push(value.to_owned());
        }
        let mut file = bytes[split + 2..].to_vec();
        if fields.contains_key("compressed") {
            file = miniz_oxide::inflate::decompress_to_vec_zlib(&file).unwrap();
        }
        Self { name: path.file_name().unwrap().to_string_lossy().into_owned(), fields, file }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |values| &values[0])
    }
}

/// What happened, in the words of the vectors, and the hash of all that was given before that.
fn outcome(vector: &Vector, key: &ArchiveKey) -> (&'static str, String) {
    let mut given = Vec::new();
    let mut in_payload = false;
    let result = decrypt(vector.file.as_slice(), key).and_then(|mut opener| {
        in_payload = true;
        opener.read_to_end(&mut given)
    });
    let outcome = match result.err().map(|error| *error.get_ref().unwrap().downcast_ref::<ArchiveRefused>().unwrap()) {
        None => "success",
        Some(ArchiveRefused::Header) => "header failure",
        Some(ArchiveRefused::HeaderAltered) => "HMAC failure",
        Some(ArchiveRefused::OtherKey) => "no match",
        Some(ArchiveRefused::Content) if in_payload => "payload failure",
        Some(other) => panic!("{}: {other}", vector.name),
    };
    (outcome, crate::testing::hex(digest(&SHA256, &given).as_ref()))
}

// proves: C12.d, C82.a
#[test]
#[expect(clippy::disallowed_methods, reason = "cargo says it to tests in no other way")]
fn all_vectors_come_out_as_published() {
    // Asked at each start: what was built elsewhere from the same files would name another checkout.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let folder = Path::new(&here).join("testdata/age");
    let mut counted = BTreeMap::<String, u32>::new();
    let mut withheld = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some() {
            continue;
        }
        let vector = Vector::read(&path);
        let identities = vector.fields.get("identity").cloned().unwrap_or_default();
        let key = identities.first().map_or_else(|| key(1), |text| ArchiveKey::from_scalar(scalar(text)));
        let (outcome, given) = outcome(&vector, &key);
        assert_eq!(outcome, vector.field("expect"), "{}: {}", vector.name, vector.field("comment"));
        if outcome == "success" || outcome == "payload failure" {
            let published = given == vector.field("payload");
            assert!(published || withheld.insert(vector.name.clone()), "{}", vector.name);
        }
        *counted.entry(outcome.to_owned()).or_default() += 1;
    }
    let counts: Vec<u32> = counted.into_values().collect();
    // The program behind the vectors gives a full chunk, and only then finds that more follows a last one, or nothing
    // an inner one. Here that is known before, and such a chunk is not given.
    assert_eq!(
        withheld.iter().collect::<Vec<_>>(),
        [
            "stream_no_final_full",
            "stream_no_final_two_chunks_full",
            "stream_trailing_garbage_long",
            "stream_trailing_garbage_short",
            "stream_two_final_chunks",
            "stream_two_final_chunks_full",
            "stream_two_final_chunks_second",
        ]
    );
    assert_eq!(counts, [1, 31, 3, 18, 14], "HMAC failure, header failure, no match, payload failure, success");
}

/// The identity that the specification prints, and the one of the vectors.
#[test]
fn an_identity_is_written_as_age_programs_read_it() {
    for text in [
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
        "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0",
    ] {
        assert_eq!(ArchiveKey::from_scalar(scalar(text)).identity().expose(), text);
    }
    assert_eq!(
        *scalar("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX").expose(),
        [66; 32]
    );
}

/// The data of a Bech32 text, its checksum left aside.
fn scalar(identity: &str) -> Secret<[u8; 32]> {
    let alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let data = identity.to_lowercase().rsplit_once('1').unwrap().1.to_owned();
    let mut bits = String::new();
    for symbol in data[..data.len() - 6].chars() {
        bits.push_str(&format!("{:05b}", alphabet.find(symbol).unwrap()));
    }
    Secret::filled(|out| {
        for (index, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&bits[index * 8..index * 8 + 8], 2).unwrap();
        }
    })
}
