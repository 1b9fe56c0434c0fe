//! The key where it would not protect anything: the program does not start, says why, and leaves nothing behind.

use crate::installation::Installation;
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything below a folder: what is in its files, nothing for whatever else there is.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let content = if kind.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        if kind.is_dir() {
            all.extend(everything(&path));
        }
        all.insert(path, content);
    }
    all
}

/// Gives the command with this key file, which is refused for this reason, and nothing is as much as touched.
fn is_refused(place: &Installation, key_file: &str, words: &[&str], why: &str) {
    let (folder, before) = (place.folder(), everything(place.folder()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
    command.env_clear().arg("--data").arg(folder.join("data")).arg("--key-file").arg(folder.join(key_file));
    let output = command.args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{key_file} {words:?}: {said}");
    assert!(said.contains(why) && said.contains(". "), "{key_file} {words:?}, {why}: {said}");
    assert!(everything(folder) == before, "{key_file} {words:?}: nothing was made or changed");
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

const SERVE: &[&str] = &["serve", "--listen", "127.0.0.1:0"];

// proves: C07.a, C07.f, D3
#[test]
fn no_key_is_made_where_it_would_protect_nothing() {
    let firsts: [&[&str]; 4] = [&["init"], &["setup-link"], SERVE, &["restore", "no.backup", "--code-file", "no.code"]];
    let nothing = Installation::empty();
    let folder = nothing.folder();
    for words in firsts {
        // Before there is a data folder at all.
        is_refused(&nothing, "data/root.key", words, "inside the data directory");
    }
    fs::create_dir(folder.join("data")).unwrap();
    symlink(folder.join("data"), folder.join("elsewhere")).unwrap();
    fs::create_dir(folder.join("keys")).unwrap();
    symlink(folder.join("keys/nowhere"), folder.join("dangling.key")).unwrap();
    for words in firsts {
        for beside in ["data/root.key", "data/keys/root.key", "elsewhere/root.key", "keys/../data/root.key"] {
            is_refused(&nothing, beside, words, "inside the data directory");
        }
        for mode in [0o770, 0o707, 0o1777] {
            set_mode(&folder.join("keys"), mode);
            is_refused(&nothing, "keys/root.key", words, "Other accounts may write to the folder");
        }
        set_mode(&folder.join("keys"), 0o700);
    }
    is_refused(&nothing, "dangling.key", &["init"], "symbolic link");
}

// proves: C07.a, C07.c, C07.d, C07.f, D3
#[test]
fn a_key_that_comes_to_lie_badly_is_refused_by_its_name_until_it_lies_well_again() {
    let installation = Installation::new(false);
    let (folder, key) = (installation.folder(), installation.folder().join("keys/root.key"));
    let check = ["check", "--business", &installation.business];
    let refused = |key_file: &str, why: &str| {
        is_refused(&installation, key_file, &check, why);
        is_refused(&installation, key_file, SERVE, why);
    };
    assert!(installation.check().ends_with("nothing was altered."), "as it lies now it opens the books");
    for mode in [0o640, 0o604, 0o660, 0o700] {
        set_mode(&key, mode);
        refused("keys/root.key", &format!("mode {mode:04o}"));
    }
    set_mode(&key, 0o600);
    for mode in [0o770, 0o702, 0o1777] {
        set_mode(&folder.join("keys"), mode);
        refused("keys/root.key", "Other accounts may write to the folder");
    }
    set_mode(&folder.join("keys"), 0o700);
    somebody_elses(&installation, &key, refused);

    let other = folder.join("keys/other");
    symlink(&key, &other).unwrap();
    refused("keys/other", "symbolic link");
    fs::remove_file(&other).unwrap();
    for second in [other.clone(), folder.join("data/second")] {
        fs::hard_link(&key, &second).unwrap();
        refused("keys/root.key", "2 names");
        fs::remove_file(&second).unwrap();
    }
    fs::copy(&key, folder.join("data/copy.key")).unwrap();
    refused("data/copy.key", "inside the data directory");
    fs::remove_file(folder.join("data/copy.key")).unwrap();
    refused("keys", "not a regular file");
    fs::write(&other, "something else\n").unwrap();
    set_mode(&other, 0o600);
    refused("keys/other", "not a key file");
    refused("keys/none", "There is no key file");
    assert!(installation.check().ends_with("nothing was altered."), "and after all of that it does again");
}

/// A file, and a folder, of another account. Only root can give a file away; anybody else tries one that root has.
fn somebody_elses(installation: &Installation, key: &Path, refused: impl Fn(&str, &str)) {
    let folder = installation.folder().join("keys");
    if fs::metadata(&folder).unwrap().uid() != 0 {
        return refused("/etc/passwd", "belongs to user 0");
    }
    chown(key, Some(12_345), None).unwrap();
    refused("keys/root.key", "belongs to user 12345");
    chown(key, Some(0), None).unwrap();
    chown(&folder, Some(12_345), None).unwrap();
    refused("keys/root.key", "owner 12345");
    chown(&folder, Some(0), None).unwrap();
}

// proves: C07.f, D3
#[test]
fn no_key_is_made_for_a_database_that_has_books() {
    let installation = Installation::new(true);
    let key = installation.folder().join("keys/root.key");
    let kept = fs::read(&key).unwrap();
    // As on a second machine, or where the disk with the key is not mounted.
    fs::remove_file(&key).unwrap();
    let found = installation.try_run(&["setup-link"]);
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    assert_eq!(found.status.code(), Some(1), "{said}");
    assert!(said.contains("There are books in this database") && said.contains("root.key"), "{said}");
    assert!(!key.exists(), "no other key lies there now");
    fs::write(&key, &kept).unwrap();
    set_mode(&key, 0o600);
    assert!(installation.check().ends_with("nothing was altered."));
}
