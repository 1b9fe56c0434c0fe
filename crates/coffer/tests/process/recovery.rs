//! A machine is lost: the sheet and a backup bring everything back on another one.

use crate::client::Answer;
use crate::installation::{Installation, invoice};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// Makes a sheet, typing back what is asked for; returns the code.
pub(crate) fn sheet(installation: &Installation) -> String {
    let mut command = installation.command();
    let mut child = command.arg("recovery-sheet").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut groups = Vec::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    for line in lines.by_ref() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [number, group] = words.as_slice()
            && number.parse() == Ok(groups.len() + 1)
        {
            groups.push((*group).to_owned());
        }
        if groups.len() == 13 {
            break;
        }
    }
    writeln!(input, "{}\n{}", groups[2], groups[12]).unwrap();
    assert!(lines.last().unwrap().contains("coffer backup"), "the sheet is in force");
    assert!(child.wait().unwrap().success());
    groups.join(" ")
}

fn unreadable(bytes: &[u8], secrets: &[&str]) {
    for secret in secrets {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} can be read in it");
    }
}

// proves: D16, C84.c, D4
#[test]
fn books_on_postgresql_come_back_on_either_engine() {
    let lost = Installation::new(true);
    let code = sheet(&lost);
    let serving = lost.serve();
    let mut client = lost.client(&serving);
    let customer = lost.customer(&mut client);
    let issued = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
    let file = lost.folder().join("books.backup");
    let file = file.to_str().unwrap();
    lost.run(&["backup", file]);
    let later = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
    assert_eq!((issued.status, later.status), (201, 201));
    drop(serving);
    unreadable(&std::fs::read(file).unwrap(), &["Bäckerei Vogel", "Atelier Nord", "SQLite format 3", &code, &lost.key]);
    let code_file = lost.folder().join("code");
    std::fs::write(&code_file, &code).unwrap();
    let restore = ["restore", file, "--code-file", code_file.to_str().unwrap()];
    for on_postgres in [false, true] {
        let mut back = Installation::nothing(on_postgres);
        back.run(&restore);
        back.become_another(&lost);
        assert!(back.check().ends_with("nothing was altered."), "{on_postgres}");
        let serving = back.serve();
        let path = |answer: &Answer| format!("/api/v1/invoices/{}", answer.body["id"].as_str().unwrap());
        let mut client = back.client(&serving);
        assert_eq!(client.send("GET", &path(&issued), "", "").unwrap().body, issued.body, "{on_postgres}");
        assert_eq!(client.send("GET", &path(&later), "", "").unwrap().status, 404, "it was made after the backup");
        drop(serving);
        if on_postgres {
            // The place is lost again, the database is not: other books in it are never replaced.
            std::fs::remove_dir_all(back.folder().join("data")).unwrap();
            let refused = back.try_run(&restore);
            assert!(String::from_utf8_lossy(&refused.stderr).contains("other books"), "{refused:?}");
        }
    }
}

// proves: D16, C85.e
#[test]
fn a_restore_to_postgresql_that_was_ended_after_the_last_row_can_be_given_again() {
    let lost = Installation::new(true);
    let code = sheet(&lost);
    let (file, code_file) = (lost.folder().join("books.backup"), lost.folder().join("code"));
    std::fs::write(&code_file, &code).unwrap();
    lost.run(&["backup", file.to_str().unwrap()]);
    let back = Installation::nothing(true);
    let restore = ["restore", file.to_str().unwrap(), "--code-file", code_file.to_str().unwrap()];
    back.run(&restore);
    // As it stands between the database's COMMIT and the new name of the folder.
    std::fs::rename(back.folder().join("data"), back.folder().join("data.restoring")).unwrap();
    back.run(&restore);
    assert!(back.folder().join("data").exists() && !back.folder().join("data.restoring").exists());
}

// proves: D16, C84.a, C07.b
#[test]
fn a_lost_machine_comes_back_from_file_and_sheet_alone() {
    let lost = Installation::new(false);
    let serving = lost.serve();
    let mut client = lost.client(&serving);
    let customer = lost.customer(&mut client);
    let issued = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
    assert_eq!(issued.status, 201, "{issued:?}");
    drop(serving);
    let file = lost.folder().join("books.backup");
    let early = lost.try_run(&["backup", file.to_str().unwrap()]);
    assert!(!early.status.success() && !file.exists(), "without a sheet nobody could open it elsewhere");
    let code = sheet(&lost);
    lost.run(&["backup", file.to_str().unwrap()]);
    assert!(!lost.try_run(&["backup", file.to_str().unwrap()]).status.success(), "a backup never replaces another");
    let bytes = std::fs::read(&file).unwrap();
    unreadable(&bytes, &["Bäckerei Vogel", "Atelier Nord", "SQLite format 3", &code, &lost.key]);

    let found = Installation::empty();
    let code_file = found.folder().join("code");
    std::fs::write(&code_file, &code).unwrap();
    let restore = |file: &str, code: &str| found.try_run(&["restore", file, "--code-file", code]);
    let damaged = found.folder().join("damaged.backup");
    for (name, change) in [
        (
            "a byte",
            &(|bytes: &mut Vec<u8>| {
                let at = bytes.len() / 2;
                bytes[at] ^= 1
            }) as &dyn Fn(&mut Vec<u8>),
        ),
        ("the end", &|bytes: &mut Vec<u8>| {
            bytes.pop();
        }),
        ("more", &|bytes: &mut Vec<u8>| bytes.push(0)),
        ("the start", &|bytes: &mut Vec<u8>| bytes[0] = b'x'),
    ] {
        let mut changed = bytes.clone();
        change(&mut changed);
        std::fs::write(&damaged, &changed).unwrap();
        let refused = restore(damaged.to_str().unwrap(), code_file.to_str().unwrap());
        assert!(!refused.status.success(), "{name}");
        let left = std::fs::read_dir(found.folder()).unwrap().count();
        assert_eq!(left, 2, "{name}: nothing is left but what was there");
    }
    let wrong = found.folder().join("wrong");
    std::fs::write(&wrong, code.chars().rev().collect::<String>()).unwrap();
    assert!(!restore(file.to_str().unwrap(), wrong.to_str().unwrap()).status.success(), "another code");
    std::fs::remove_file(&wrong).unwrap();

    let restored = restore(file.to_str().unwrap(), code_file.to_str().unwrap());
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert!(String::from_utf8_lossy(&restored.stdout).contains("nothing was altered"));
    let again = restore(file.to_str().unwrap(), code_file.to_str().unwrap());
    assert!(!again.status.success(), "a restore never replaces books");
    let mut back = found;
    back.become_another(&lost);
    let serving = back.serve();
    let path = format!("/api/v1/invoices/{}", issued.body["id"].as_str().unwrap());
    let got = back.client(&serving).send("GET", &path, "", "").unwrap();
    assert_eq!(got.body, issued.body, "the invoice is there, and the key of the program opens it");
    drop(serving);
    assert!(back.check().ends_with("nothing was altered."));
}
