//! A machine is lost: the sheet and a backup bring everything back on another one.

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
