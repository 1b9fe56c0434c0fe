//! kill -9 at every call that changes the disk, one after another: a first start, a backup and a restore that were
//! ended anywhere can be given again, and nothing is left over afterwards.

use crate::installation::Installation;
use crate::recovery::sheet;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

/// The calls that change what is on disk, those that do the same together. A kill before the n-th of them is a kill
/// after what came before it.
pub(crate) const CALLS: [&str; 5] = [
    "?mkdir,?mkdirat",
    "?rename,?renameat,?renameat2,?link,?linkat",
    "?unlink,?unlinkat,?rmdir",
    "fsync,fdatasync",
    "write,pwrite64,?copy_file_range,?sendfile,ftruncate",
];

/// Runs a command and has it killed at the n-th of these calls. False where it came to its end before.
pub(crate) fn killed_at(installation: &Installation, calls: &str, number: usize, words: &[&str]) -> bool {
    let mut tracer = Command::new("strace");
    tracer.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
    tracer.args(["-e", &format!("inject={calls}:signal=KILL:when={number}"), env!("CARGO_BIN_EXE_coffer")]);
    let output = installation.command_through(tracer).args(words).output().unwrap();
    if output.status.signal() == Some(9) || output.status.code() == Some(128 + 9) {
        return true;
    }
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    false
}

/// Kills the command at every step in turn, and lets somebody look at what is left each time. What only fills a file
/// is tried ever more rarely, and at each call in a deep run. Returns how often it was killed.
fn at_every_step(words: &[&str], make: impl Fn() -> Installation, look: impl Fn(&Installation, &str)) -> usize {
    let (mut kills, every_call) = (0, std::env::var_os("COFFER_KILLS_EVERY_CALL").is_some());
    for calls in CALLS {
        let mut number = 1;
        loop {
            let installation = make();
            let was_killed = killed_at(&installation, calls, number, words);
            look(&installation, &format!("{calls} {number}"));
            if !was_killed {
                break;
            }
            kills += 1;
            number += if calls.starts_with("write") && !every_call { 1 + number / 3 } else { 1 };
        }
    }
    kills
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// proves: D16, C85.c
#[test]
fn a_restore_that_was_killed_anywhere_can_be_given_again() {
    let lost = Installation::new(false);
    let code = sheet(&lost);
    let file = lost.folder().join("books.backup");
    let file = file.to_str().unwrap();
    lost.run(&["backup", file]);
    let code_file = lost.folder().join("code");
    std::fs::write(&code_file, &code).unwrap();
    let restore = ["restore", file, "--code-file", code_file.to_str().unwrap()];
    let kills = at_every_step(&restore, Installation::empty, |place, at| {
        let again = place.try_run(&restore);
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(again.status.success() || said.contains("There are books at"), "{at}: {said}");
        assert_eq!(names(place.folder()), ["data", "keys"], "{at}");
        assert_eq!(names(&place.folder().join("keys")), ["root.key"], "{at}");
        assert!(!names(&place.folder().join("data")).iter().any(|name| name.ends_with(".new")), "{at}");
        let checked = place.run(&["check", "--business", &lost.business]);
        assert!(String::from_utf8_lossy(&checked.stdout).contains("nothing was altered"), "{at}");
    });
    assert!(kills > 20, "{kills}");
}

// proves: D16, C85.d
#[test]
fn a_backup_that_was_killed_anywhere_leaves_nothing_in_the_way_of_the_next() {
    let installation = Installation::new(false);
    sheet(&installation);
    let folder = installation.folder().join("kept");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("books.backup");
    let words = ["backup", file.to_str().unwrap()];
    let kills = at_every_step(
        &words,
        || installation.same_place(),
        |place, at| {
            // A backup has its name only when it is whole; then it stands, and the next one needs another.
            if file.exists() {
                std::fs::remove_file(&file).unwrap();
            }
            place.run(&words);
            assert_eq!(names(&folder), ["books.backup"], "{at}");
            let scratch = place.folder().join("data/unfinished");
            assert!(names(&scratch).is_empty(), "{at}: {:?}", names(&scratch));
            std::fs::remove_file(&file).unwrap();
        },
    );
    assert!(kills > 15, "{kills}");
}

// proves: C05.a, D3
#[test]
fn a_change_of_the_key_that_was_ended_anywhere_is_finished_by_whoever_comes_next() {
    let installation = Installation::new(false);
    let key = || std::fs::read(installation.folder().join("keys/root.key")).unwrap();
    let kills = at_every_step(
        &["rotate-key"],
        || installation.same_place(),
        |place, at| {
            assert!(place.check().ends_with("nothing was altered."), "{at}");
            assert_eq!(names(&place.folder().join("keys")), ["root.key"], "{at}");
        },
    );
    assert!(kills > 15, "{kills}");
    let (before, serving) = (key(), installation.serve());
    assert_eq!(installation.try_run(&["rotate-key"]).status.code(), Some(4), "not beside a server");
    drop(serving);
    installation.run(&["rotate-key"]);
    let after = key();
    assert_ne!(before, after);
    std::fs::write(installation.folder().join("keys/root.key"), before).unwrap();
    assert!(!installation.try_run(&["check", "--business", &installation.business]).status.success(), "the old one");
    std::fs::write(installation.folder().join("keys/root.key"), after).unwrap();
    assert!(installation.check().ends_with("nothing was altered."));
}

// proves: C05.b, D3, D16
#[test]
fn after_a_change_of_the_key_everything_opens_and_the_sheet_is_made_anew() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        let customer = installation.customer(&mut installation.client(&serving));
        drop(serving);
        let old = sheet(&installation);
        let file = installation.folder().join("old.backup");
        installation.run(&["backup", file.to_str().unwrap()]);
        installation.run(&["rotate-key"]);
        let none = installation.try_run(&["backup", installation.folder().join("b").to_str().unwrap()]);
        assert!(String::from_utf8_lossy(&none.stderr).contains("no recovery sheet yet"), "{none:?}");
        let new = sheet(&installation);
        installation.run(&["backup", installation.folder().join("new.backup").to_str().unwrap()]);
        let serving = installation.serve();
        let mut client = installation.client(&serving);
        let seen = client.send("GET", &format!("/api/v1/customers/{customer}"), "", "").unwrap();
        assert_eq!(seen.body["party"]["name"], "Bäckerei Vogel");
        drop(serving);
        for (backup, code) in [("old.backup", &old), ("new.backup", &new)] {
            let mut back = Installation::empty();
            std::fs::write(back.folder().join("code"), code).unwrap();
            let (file, code) = (installation.folder().join(backup), back.folder().join("code"));
            back.run(&["restore", file.to_str().unwrap(), "--code-file", code.to_str().unwrap()]);
            back.become_another(&installation);
            assert!(back.check().ends_with("nothing was altered."), "{backup}");
        }
    }
}

// proves: D16, C34.b
#[test]
fn a_first_start_that_was_killed_anywhere_can_be_made_again() {
    let kills = at_every_step(&["setup-link"], Installation::empty, |place, at| {
        let link = place.run(&["setup-link"]);
        assert!(String::from_utf8_lossy(&link.stdout).contains("/enter/"), "{at}");
        assert_eq!(names(&place.folder().join("keys")), ["root.key"], "{at}");
    });
    assert!(kills > 15, "{kills}");
}
