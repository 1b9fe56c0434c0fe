#![expect(clippy::unwrap_used, reason = "tests")]

use super::{EMPTY_ROOT, Hash, SHORT_LEAF_BYTES, leaf_hash, node_hash, sha256};
use crate::fixtures::{self, hex};

#[test]
fn the_empty_tree_is_the_hash_of_nothing() {
    assert_eq!(sha256(b""), EMPTY_ROOT);
}

/// RFC 6962 hashes of the eight leaves that Certificate Transparency's own tests use.
// proves: C74.a
#[test]
fn leaf_and_node_hashes_are_those_of_certificate_transparency() {
    let leaves = fixtures::ct_leaves();
    let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    let known = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
    ];
    assert_eq!(hashes, known.map(hex));
    assert_eq!(
        node_hash(&hex(known[0]), &hex(known[1])),
        hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
    );
}

#[test]
fn short_and_long_leaves_are_hashed_alike() {
    for length in [0, 1, 300, SHORT_LEAF_BYTES - 1, SHORT_LEAF_BYTES, SHORT_LEAF_BYTES + 1, 65_535] {
        let leaf: Vec<u8> = (0..length).map(|at| (at % 251).try_into().unwrap()).collect();
        let whole = [&[0x00], leaf.as_slice()].concat();
        assert_eq!(leaf_hash(&leaf), sha256(&whole), "{length} bytes");
    }
}

#[test]
fn it_reads_what_it_shows_and_nothing_else() {
    let text = EMPTY_ROOT.to_string();
    assert_eq!(text, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(text.parse(), Ok(EMPTY_ROOT));
    assert_eq!(format!("{EMPTY_ROOT:x}"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for refused in [
        "",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",    // no padding
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",   // bits behind the last byte
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",   // the other alphabet
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", // more behind it
        " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",  // more before it
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",   // 31 bytes
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFVV",   // 33 bytes
    ] {
        assert!(refused.parse::<Hash>().is_err(), "{refused:?}");
    }
}
