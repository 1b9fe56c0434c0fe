//! Fixtures of version 1 (control C10): what was once written opens for ever, and is still written like that.
//!
//! `testdata/golden/v1.txt` is never edited. A new version adds a file beside it, and version 1 goes on being read.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::archive::{self, ArchiveKey};
use crate::password::PasswordHasher;
use crate::sign::SignerName;
use crate::testing::{business, hex, seeded, unhex};
use crate::{
    BusinessKeys, Class, DataKey, DatabaseKey, KeyFile, KeyTag, LogSigner, Place, RecoverySheet, RootKey, RootProvider,
    Secret, Token, TokenHash, TokenKind, WrappedKey, recovery,
};
use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::io::{Read, Write};
use std::os::unix::fs::DirBuilderExt;

const FIXTURES: &str = include_str!("../testdata/golden/v1.txt");
const TAG: KeyTag = KeyTag { subject: [9; 16], class: Class::Statutory, generation: 3 };
const PLACE: Place<'static> = Place { business: &[7; 16], table: "customers", column: "name", row: b"row-1" };

struct Fixtures(BTreeMap<&'static str, &'static str>);

impl Fixtures {
    fn read() -> Self {
        Self(FIXTURES.lines().map(|line| line.split_once(": ").unwrap()).collect())
    }

    fn text(&self, name: &str) -> &'static str {
        self.0[name]
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        unhex(self.text(name))
    }

    fn wrapped(&self, name: &str) -> WrappedKey {
        WrappedKey(self.bytes(name))
    }

    fn root(&self) -> RootKey {
        RootKey::new(Secret::copied(&self.bytes("root key")).unwrap())
    }

    fn business(&self) -> BusinessKeys {
        BusinessKeys::unwrap(&self.root(), business(1), &self.wrapped("business key")).ok().unwrap()
    }
}

fn signer_name() -> SignerName {
    SignerName::try_from("billing.example/log".to_owned()).unwrap()
}

// proves: C10.a
#[test]
fn fields_and_keys_open() {
    let fixtures = Fixtures::read();
    let (root, keys) = (fixtures.root(), fixtures.business());
    assert_eq!(root.id().to_string(), fixtures.text("root key id"));
    let data_key: DataKey = keys.unwrap_data_key(TAG, &fixtures.wrapped("data key")).ok().unwrap();
    assert_eq!(*data_key.open(&PLACE, &fixtures.bytes("field")).unwrap(), b"Ada Lovelace");
    let database = DatabaseKey::unwrap(&root, &fixtures.wrapped("database key")).ok().unwrap();
    assert_eq!(database.expose_hex().expose(), fixtures.text("database key in hex"));
    assert_eq!(*keys.open_cursor(fixtures.text("cursor")).unwrap(), b"page 2");
}

#[test]
fn keyed_hashes_stay_what_they_were() {
    let fixtures = Fixtures::read();
    let keys = fixtures.business();
    let mut digest = keys.digest();
    digest.update(b"id");
    digest.update(b"canonical bytes");
    assert_eq!(hex(&digest.finish()), fixtures.text("row digest"));
    assert_eq!(hex(&keys.blind_index("users", "mail", b"ada@example.com")), fixtures.text("blind index"));
    assert_eq!(hex(&keys.receipt_hash(b"order")), fixtures.text("receipt hash"));
    assert_eq!(hex(&keys.tally_hash(b"ada@example.com")), fixtures.text("tally hash"));
}

#[test]
fn people_and_programs_still_get_in() {
    let fixtures = Fixtures::read();
    let (kind, hash) = TokenHash::parse(fixtures.text("token")).unwrap();
    assert_eq!((kind, hex(hash.as_bytes()).as_str()), (TokenKind::ApiKey, fixtures.text("token hash")));
    let hasher = PasswordHasher::cheap_for_tests(&fixtures.business()).ok().unwrap();
    assert!(hasher.verify(fixtures.text("password hash"), "correct horse").is_ok());
    let signer = LogSigner::unwrap(signer_name(), &fixtures.business(), &fixtures.wrapped("signer seed")).ok().unwrap();
    assert_eq!(signer.verifier_key(), fixtures.text("verifier key"));
    assert_eq!(hex(&signer.sign(b"note\n")), fixtures.text("signature"));
}

#[test]
fn the_ways_back_to_the_root_stay_open() {
    let fixtures = Fixtures::read();
    let recovered = recovery::recover(fixtures.text("recovery code"), &fixtures.wrapped("root key by sheet"));
    assert_eq!(recovered.ok().unwrap().id(), fixtures.root().id());
    let folder = std::env::temp_dir().join(format!("coffer-golden-{}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&folder).unwrap();
    let path = folder.join("root.key");
    let file = KeyFile::at(path.clone(), "/nonexistent/data".into());
    file.create(&fixtures.root()).unwrap();
    let line = std::fs::read_to_string(&path).unwrap();
    let root = file.unlock();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(line.trim_end(), fixtures.text("key file"));
    assert_eq!(root.ok().unwrap().id(), fixtures.root().id());
}

#[test]
fn archives_open() {
    let fixtures = Fixtures::read();
    let key = ArchiveKey::unwrap(&fixtures.root(), &fixtures.wrapped("archive key")).ok().unwrap();
    assert_eq!(key.identity().expose(), fixtures.text("archive identity"));
    let mut content = String::new();
    archive::decrypt(fixtures.bytes("archive").as_slice(), &key).unwrap().read_to_string(&mut content).unwrap();
    assert_eq!(content, "what was backed up\n");
    // Written with the `age` program, version 1.1.1, for the same identity.
    let mut content = String::new();
    archive::decrypt(fixtures.bytes("archive by age").as_slice(), &key).unwrap().read_to_string(&mut content).unwrap();
    assert_eq!(content, "written elsewhere\n");
}

/// From the same entropy come the same bytes: nothing about how version 1 is written has changed.
#[test]
fn everything_is_still_written_as_it_was() {
    let fixtures = Fixtures::read();
    for (name, value) in written() {
        assert_eq!(fixtures.0.get(name).copied(), Some(value.as_str()), "{name}: {value}");
    }
}

fn written() -> Vec<(&'static str, String)> {
    let entropy = seeded(20_250_101);
    let root = RootKey::generate(&entropy);
    let (keys, business_key) = BusinessKeys::create(&root, business(1), &entropy);
    let (data_key, wrapped_data_key) = keys.new_data_key(TAG.subject, TAG.class, TAG.generation, &entropy);
    let (database, database_key) = DatabaseKey::create(&root, &entropy);
    let (sheet, by_sheet) = RecoverySheet::create(&root, &entropy);
    let (signer, seed) = LogSigner::create(signer_name(), &keys, &entropy);
    let (archive_key, wrapped_archive_key) = ArchiveKey::create(&root, &entropy);
    let mut sealer = archive::encrypt(Vec::new(), &archive_key.recipient(), &entropy).unwrap();
    sealer.write_all(b"what was backed up\n").unwrap();
    let token = Token::new(TokenKind::ApiKey, &entropy);
    let hasher = PasswordHasher::cheap_for_tests(&keys).ok().unwrap();
    vec![
        ("root key", hex(root.secret().expose())),
        ("root key id", root.id().to_string()),
        ("business key", hex(business_key.as_bytes())),
        ("data key", hex(wrapped_data_key.as_bytes())),
        ("field", hex(&data_key.seal(&PLACE, b"Ada Lovelace", &entropy))),
        ("database key", hex(database_key.as_bytes())),
        ("database key in hex", database.expose_hex().expose().clone()),
        ("cursor", keys.seal_cursor(b"page 2", &entropy)),
        ("recovery code", sheet.text().expose().clone()),
        ("root key by sheet", hex(by_sheet.as_bytes())),
        ("signer seed", hex(seed.as_bytes())),
        ("verifier key", signer.verifier_key()),
        ("archive key", hex(wrapped_archive_key.as_bytes())),
        ("archive identity", archive_key.identity().expose().clone()),
        ("archive", hex(&sealer.finish().unwrap())),
        ("token", token.expose().to_owned()),
        ("token hash", hex(token.hash().as_bytes())),
        ("password hash", hasher.hash("correct horse", &entropy).ok().unwrap().expose().clone()),
    ]
}
