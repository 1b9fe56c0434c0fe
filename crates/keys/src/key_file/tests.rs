#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::{hex, seeded};
use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory of its own for each test, with `data` and `keys` in it.
struct Sandbox(PathBuf);

impl Sandbox {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("coffer-keys-{}-{number}", std::process::id()));
        fs::create_dir_all(path.join("data/inside")).unwrap();
        ["data", "data/inside"].iter().for_each(|below| set_mode(&path.join(below), 0o700));
        fs::create_dir(path.join("keys")).unwrap();
        set_mode(&path.join("keys"), 0o700);
        Self(fs::canonicalize(path).unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn key_file(&self, path: &str) -> KeyFile {
        KeyFile::at(self.path(path), self.path("data"))
    }

    /// A good key file at this path.
    fn written(&self, path: &str) -> KeyFile {
        let elsewhere = KeyFile::at(self.path(path), self.path("nowhere"));
        elsewhere.create(&RootKey::generate(&seeded(1))).unwrap();
        self.key_file(path)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn refusal(file: &KeyFile) -> Problem {
    match file.unlock().err() {
        Some(RootUnavailable::KeyFile(refused)) => {
            assert_eq!(refused.path, file.path());
            refused.problem
        }
        other => panic!("{other:?}"),
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_file_is_one_recognisable_line_for_the_owner_only() {
    let sandbox = Sandbox::new();
    let root = RootKey::generate(&seeded(1));
    let file = sandbox.key_file("keys/root.key");
    file.create(&root).unwrap();
    assert_eq!(file.unlock().ok().unwrap().id(), root.id());
    let line = fs::read_to_string(file.path()).unwrap();
    assert!(line.starts_with("coffer-root-key-1:") && line.ends_with("=\n") && line.lines().count() == 1, "{line}");
    assert_eq!(fs::metadata(file.path()).unwrap().mode() & 0o7777, 0o600);
    assert!(file.describe().contains("root.key"));
    fs::write(file.path(), line.trim_end()).unwrap();
    assert_eq!(file.unlock().ok().unwrap().id(), root.id(), "the end of the line may be missing");
    set_mode(file.path(), 0o400);
    assert!(file.unlock().is_ok(), "less than 0600 is as good");
}

#[test]
fn a_new_key_never_replaces_anything() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    let before = fs::read(file.path()).unwrap();
    let refused = file.create(&RootKey::generate(&seeded(2))).unwrap_err();
    assert_eq!(refused.problem, Problem::Exists);
    assert_eq!(fs::read(file.path()).unwrap(), before);
    symlink(sandbox.path("keys/target"), sandbox.path("keys/link")).unwrap();
    let refused = sandbox.key_file("keys/link").create(&RootKey::generate(&seeded(2))).unwrap_err();
    assert_eq!(refused.problem, Problem::Exists, "a link that leads nowhere is not followed");
    assert!(!sandbox.path("keys/target").exists());
    let refused = sandbox.key_file("no/root.key").create(&RootKey::generate(&seeded(2))).unwrap_err();
    assert_eq!(refused.problem, Problem::NoFolder);
}

#[test]
fn a_key_file_that_cannot_be_written_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    let file = sandbox.key_file("keys/root.key");
    fs::write(sandbox.path("keys/other"), "").unwrap();
    let only_for_reading = File::open(sandbox.path("keys/other")).unwrap();
    let refused = file.fill(only_for_reading, &RootKey::generate(&seeded(1)));
    assert!(matches!(refused.unwrap_err().problem, Problem::Unwritable(_)));
    assert!(!file.path().exists());
}

#[test]
fn whatever_ends_the_program_while_a_key_is_made_stands_in_nobodys_way() {
    let sandbox = Sandbox::new();
    let file = sandbox.key_file("keys/root.key");
    let root = RootKey::generate(&seeded(1));
    fs::write(sandbox.path("keys/root.key.new"), "coffer-root-").unwrap();
    assert_eq!(refusal(&file), Problem::Missing, "half a key is no key");
    file.create(&root).unwrap();
    assert!(!sandbox.path("keys/root.key.new").exists());
    fs::hard_link(file.path(), sandbox.path("keys/root.key.new")).unwrap();
    assert_eq!(file.unlock().ok().unwrap().id(), root.id(), "whole, and ended before its first name was gone");
    assert!(!sandbox.path("keys/root.key.new").exists());
    fs::hard_link(file.path(), sandbox.path("keys/copy")).unwrap();
    assert_eq!(refusal(&file), Problem::OtherNames { names: 2 }, "any other name is somebody else's");
}

#[test]
fn a_key_file_is_not_made_beside_the_data() {
    let sandbox = Sandbox::new();
    symlink(sandbox.path("data/inside"), sandbox.path("keys/detour")).unwrap();
    for path in ["data/root.key", "data/inside/root.key", "keys/detour/root.key", "keys/../data/root.key"] {
        let refused = sandbox.key_file(path).create(&RootKey::generate(&seeded(1))).unwrap_err();
        assert_eq!(refused.problem, Problem::BesideTheData, "{path}");
        assert!(!sandbox.path(path).exists());
    }
    let planned = KeyFile::at(sandbox.path("later/root.key"), sandbox.path("later"));
    let refused = planned.create(&RootKey::generate(&seeded(1))).unwrap_err();
    assert_eq!(refused.problem, Problem::BesideTheData, "the data directory need not exist yet");
}

// proves: C07.a, D3
#[test]
fn a_key_file_beside_the_data_is_refused_by_every_path() {
    let sandbox = Sandbox::new();
    sandbox.written("data/root.key");
    sandbox.written("data/inside/root.key");
    symlink(sandbox.path("data"), sandbox.path("keys/detour")).unwrap();
    for path in [
        "data/root.key",
        "data/inside/root.key",
        "data/./root.key",
        "keys/../data/inside/../root.key",
        "keys/detour/root.key",
        "keys/detour/inside/root.key",
    ] {
        assert_eq!(refusal(&sandbox.key_file(path)), Problem::BesideTheData, "{path}");
    }
    let by_link = KeyFile::at(sandbox.path("data/root.key"), sandbox.path("keys/detour"));
    assert_eq!(refusal(&by_link), Problem::BesideTheData, "the data directory named by a link");
    sandbox.written("keys/root.key");
    fs::create_dir(sandbox.path("data-old")).unwrap();
    set_mode(&sandbox.path("data-old"), 0o700);
    sandbox.written("data-old/root.key");
    for path in ["keys/root.key", "data-old/root.key"] {
        assert!(sandbox.key_file(path).unlock().is_ok(), "{path} is not inside");
    }
}

#[test]
fn a_link_to_a_key_file_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.written("keys/root.key");
    sandbox.written("data/root.key");
    symlink(sandbox.path("keys/root.key"), sandbox.path("keys/link")).unwrap();
    symlink(sandbox.path("data/root.key"), sandbox.path("keys/into-data")).unwrap();
    symlink(sandbox.path("keys/gone"), sandbox.path("keys/dangling")).unwrap();
    for path in ["keys/link", "keys/into-data", "keys/dangling"] {
        assert_eq!(refusal(&sandbox.key_file(path)), Problem::Symlink, "{path}");
    }
    fs::hard_link(sandbox.path("keys/root.key"), sandbox.path("data/second-name")).unwrap();
    assert_eq!(refusal(&sandbox.key_file("keys/root.key")), Problem::OtherNames { names: 2 });
}

// proves: C07.c
#[test]
fn every_mode_that_is_open_to_others_is_refused() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    for bit in [0o001, 0o002, 0o004, 0o010, 0o020, 0o040, 0o100, 0o2000, 0o4000] {
        set_mode(file.path(), 0o600 | bit);
        assert_eq!(refusal(&file), Problem::OpenToOthers { mode: 0o600 | bit });
    }
    set_mode(file.path(), 0o644);
    let sentence = file.unlock().err().unwrap().to_string();
    assert!(sentence.contains("0644") && sentence.contains("chmod 600 "), "{sentence}");
}

// proves: C07.d
#[test]
fn a_key_file_of_somebody_else_is_refused() {
    let sandbox = Sandbox::new();
    let ours = rustix::process::geteuid().as_raw();
    let file = if ours == 0 {
        let file = sandbox.written("keys/root.key");
        chown(file.path(), Some(12_345), None).unwrap();
        file
    } else {
        sandbox.key_file("/etc/passwd")
    };
    let owner = fs::metadata(file.path()).unwrap().uid();
    assert_ne!(owner, ours);
    assert_eq!(refusal(&file), Problem::NotOurs { owner, ours });
}

// proves: C07.f
#[test]
fn a_folder_that_others_may_write_to_is_no_place_for_a_key() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    let ours = rustix::process::geteuid().as_raw();
    for mode in [0o720, 0o702, 0o777, 0o1777, 0o770] {
        set_mode(&sandbox.path("keys"), mode);
        assert_eq!(refusal(&file), Problem::SharedFolder { owner: ours, mode });
        let refused = sandbox.key_file("keys/new.key").create(&RootKey::generate(&seeded(1))).unwrap_err();
        assert_eq!(refused.problem, Problem::SharedFolder { owner: ours, mode });
        assert_eq!(fs::read_dir(sandbox.path("keys")).unwrap().count(), 1, "nothing was made");
    }
    for mode in [0o700, 0o755, 0o500] {
        set_mode(&sandbox.path("keys"), mode);
        assert!(file.unlock().is_ok() && file.check().is_ok(), "{mode:o}: others may look, and not write");
    }
    if ours == 0 {
        chown(sandbox.path("keys"), Some(12_345), None).unwrap();
        assert_eq!(refusal(&file), Problem::SharedFolder { owner: 12_345, mode: 0o500 });
        chown(sandbox.path("keys"), Some(0), None).unwrap();
    }
    set_mode(&sandbox.path("keys"), 0o700);
    assert!(sandbox.key_file("keys/none").check().is_ok(), "there is none yet, and may be");
}

#[test]
fn what_is_not_there_or_no_file_is_named() {
    let sandbox = Sandbox::new();
    sandbox.written("keys/root.key");
    assert_eq!(refusal(&sandbox.key_file("keys/none")), Problem::Missing);
    assert_eq!(refusal(&sandbox.key_file("no/folder")), Problem::Missing);
    assert_eq!(refusal(&sandbox.key_file("keys/root.key/below")), Problem::Missing);
    assert_eq!(refusal(&sandbox.key_file("keys")), Problem::NotAFile);
    assert_eq!(refusal(&sandbox.key_file("/dev/null")), Problem::NotAFile);
}

#[test]
fn only_the_exact_line_is_a_key() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    let good = fs::read_to_string(file.path()).unwrap();
    let line = good.trim_end();
    let key = line.strip_prefix("coffer-root-key-1:").unwrap();
    let short = Base64::encode_string(&[1; 31]);
    let long = Base64::encode_string(&[1; 33]);
    let longer = Base64::encode_string(&[1; 34]);
    for (content, problem) in [
        (String::new(), Problem::NotAKeyFile),
        ("secret".to_owned(), Problem::NotAKeyFile),
        (key.to_owned(), Problem::NotAKeyFile),
        (format!(" {line}"), Problem::NotAKeyFile),
        (line.to_uppercase(), Problem::NotAKeyFile),
        ("coffer-root-key-".to_owned(), Problem::NotAKeyFile),
        (format!("coffer-root-key-x:{key}"), Problem::NotAKeyFile),
        (format!("coffer-root-key-2:{key}"), Problem::UnknownVersion(2)),
        (format!("coffer-root-key-11:{key}"), Problem::UnknownVersion(11)),
        ("coffer-root-key-1:".to_owned(), Problem::Damaged),
        (format!("coffer-root-key-1:{short}"), Problem::Damaged),
        (format!("coffer-root-key-1:{long}"), Problem::Damaged),
        (format!("coffer-root-key-1:{longer}"), Problem::Damaged),
        (format!("coffer-root-key-1:{}", "?".repeat(44)), Problem::Damaged),
        (format!("{line} "), Problem::Damaged),
        (format!("{line}\n\n"), Problem::Damaged),
        (format!("{line}\r\n"), Problem::Damaged),
        (format!("{line}\n{line}\n"), Problem::Damaged),
        (line.trim_end_matches('=').to_owned(), Problem::Damaged),
        (format!("{good}{}", "x".repeat(10_000)), Problem::Damaged),
    ] {
        fs::write(file.path(), &content).unwrap();
        assert_eq!(refusal(&file), problem, "{content:?}");
    }
    fs::write(file.path(), [0xFF; 62]).unwrap();
    assert_eq!(refusal(&file), Problem::NotAKeyFile);
}

#[test]
fn another_letter_is_another_key_or_none() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    let good = fs::read_to_string(file.path()).unwrap();
    let id = file.unlock().ok().unwrap().id();
    for position in 0..good.trim_end().len() {
        let mut other = good.clone().into_bytes();
        if let Some(byte) = other.get_mut(position) {
            *byte = if *byte == b'A' { b'B' } else { b'A' };
        }
        fs::write(file.path(), &other).unwrap();
        assert!(file.unlock().ok().is_none_or(|root| root.id() != id), "{position}");
    }
}

// proves: C07.e
#[test]
fn every_refusal_has_its_own_code_and_a_whole_sentence() {
    let io = std::io::ErrorKind::PermissionDenied;
    let problems = [
        Problem::Missing,
        Problem::BesideTheData,
        Problem::Symlink,
        Problem::NotAFile,
        Problem::Exchanged,
        Problem::OpenToOthers { mode: 0o644 },
        Problem::NotOurs { owner: 1, ours: 2 },
        Problem::OtherNames { names: 2 },
        Problem::SharedFolder { owner: 1, mode: 0o777 },
        Problem::NotAKeyFile,
        Problem::UnknownVersion(2),
        Problem::Damaged,
        Problem::Unreadable(io),
        Problem::Exists,
        Problem::NoFolder,
        Problem::Unwritable(io),
    ];
    let mut codes = std::collections::BTreeSet::new();
    for problem in problems {
        assert!(codes.insert(problem.code()) && problem.code().starts_with("key_file."));
        let sentence = KeyFileRefused { path: "/etc/coffer/root.key".into(), problem }.to_string();
        assert!(sentence.contains("/etc/coffer/root.key") && sentence.matches(". ").count() >= 1, "{sentence}");
    }
}

/// The key is on the disk as text, and nowhere in what a refusal says.
// proves: C08.c
#[test]
fn no_refusal_shows_the_key() {
    let sandbox = Sandbox::new();
    let file = sandbox.written("keys/root.key");
    let secret = hex(file.unlock().ok().unwrap().secret().expose());
    let line = fs::read_to_string(file.path()).unwrap();
    fs::write(file.path(), format!("{line}more")).unwrap();
    let refused = file.unlock().err().unwrap();
    for shown in [format!("{refused:?}"), refused.to_string()] {
        assert!(!shown.contains(&secret[..16]) && !shown.contains(&line[20..30]), "{shown}");
    }
}
