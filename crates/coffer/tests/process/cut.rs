//! A log that was cut in the database: the last signed head, in a file beside the data, says so.

use crate::installation::{Installation, last_line};
use crate::recovery::sheet;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// The log of the business, which is not the installation's: that one comes first.
const LOG: &str = "business = (SELECT business FROM log_head ORDER BY business DESC LIMIT 1)";

fn head(place: &Installation) -> PathBuf {
    place.folder().join("data/heads").join(&place.business)
}

/// How many records a log has, after a round that signed all of them.
fn signed(place: &Installation) -> u64 {
    place.serve().stop();
    let size = format!("SELECT CAST(size AS TEXT) FROM log_head WHERE {LOG}");
    let head = format!("SELECT CAST(max(size) AS TEXT) FROM log_checkpoint WHERE {LOG}");
    assert_eq!(place.behind(&size), place.behind(&head));
    place.behind(&size).parse().unwrap()
}

fn exported(place: &Installation, name: &str) -> String {
    let file = place.folder().join(name).to_str().unwrap().to_owned();
    place.run(&["audit", "export", "--business", &place.business, &file]);
    file
}

/// Takes away what stands from this record on, and the heads over it.
fn cut(place: &Installation, from: u64) {
    for table in ["log_record", "log_detail"] {
        place.behind(&format!("DELETE FROM {table} WHERE seq >= {from} AND {LOG}"));
    }
    place.behind(&format!("DELETE FROM log_checkpoint WHERE size > {from} AND {LOG}"));
    place.behind(&format!("UPDATE log_head SET size = {from} WHERE {LOG}"));
}

/// Whether an export goes on from a head that was kept.
fn goes_on(place: &Installation, file: &str, key: &str) -> Option<i32> {
    let head = head(place);
    let words = ["audit", "verify", file, "--key", key, "--since", head.to_str().unwrap()];
    place.try_run(&words).status.code()
}

// proves: D10, C74.b
#[test]
fn a_log_that_was_cut_in_the_database_is_named_and_signed_by_nobody() {
    for on_postgres in [false, true] {
        let place = Installation::new(on_postgres);
        let earlier = exported(&place, "earlier");
        let stood = signed(&place);
        // Writes no row: without the head that was kept nothing would miss its record.
        let later = exported(&place, "later");
        let kept = std::fs::read(head(&place)).unwrap();
        let key = last_line(&place.run(&["audit", "key", "--business", &place.business]));
        assert_eq!(goes_on(&place, &later, &key), Some(0), "{on_postgres}");
        assert_eq!(goes_on(&place, &earlier, &key), Some(3), "{on_postgres}: it ends before that head");

        cut(&place, stood);

        let log = place.folder().join("operator.log");
        place.serve_talking(&log).stop();
        let told = std::fs::read_to_string(&log).unwrap();
        assert!(told.lines().any(|line| line.contains("log.cut") && line.contains(&place.business)), "{on_postgres}");
        let checked = place.try_run(&["check", "--business", &place.business]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(3), "{on_postgres}: {said}");
        let named =
            format!("The log of {} was cut or written anew: {} records of it were signed", place.business, stood + 1);
        assert_eq!(said.lines().filter(|line| line.contains("was cut")).count(), 1, "{on_postgres}: {said}");
        assert!(said.contains(&named), "{on_postgres}: {said}");
        assert_eq!(std::fs::read(head(&place)).unwrap(), kept, "{on_postgres}: what was kept stays");
        let newest = format!("SELECT CAST(max(size) AS TEXT) FROM log_checkpoint WHERE {LOG}");
        assert_eq!(place.behind(&newest), stood.to_string(), "{on_postgres}: nothing more was signed");
    }
}

// proves: D10, C74.b
#[test]
fn an_export_of_a_log_that_was_cut_says_so_and_gives_what_was_signed() {
    for on_postgres in [false, true] {
        let place = Installation::new(on_postgres);
        let stood = signed(&place);
        exported(&place, "whole");
        let key = last_line(&place.run(&["audit", "key", "--business", &place.business]));
        cut(&place, stood);
        let file = place.folder().join("cut").to_str().unwrap().to_owned();
        let ended = place.try_run(&["audit", "export", "--business", &place.business, &file]);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(3), "{on_postgres}: {told}");
        let why = format!("the log of {} does not begin with the {} records", place.business, stood + 1);
        assert!(told.contains("what was signed of it before") && told.contains(&why), "{on_postgres}: {told}");
        let alone = place.try_run(&["audit", "verify", &file, "--key", &key]);
        assert_eq!(alone.status.code(), Some(0), "{on_postgres}: by itself nothing is wrong with it");
        assert_eq!(goes_on(&place, &file, &key), Some(3), "{on_postgres}: it ends before the head that was kept");
    }
}

// proves: D10, D16
#[test]
fn an_honest_log_has_no_finding_whatever_becomes_of_its_place() {
    for on_postgres in [false, true] {
        let place = Installation::new(on_postgres);
        let well = |place: &Installation, what: &str| {
            assert!(place.check().ends_with("nothing was altered."), "{on_postgres}: {what}");
        };
        let (code, backup) = (place.folder().join("code"), place.folder().join("books.backup"));
        std::fs::write(&code, sheet(&place)).unwrap();
        place.run(&["backup", backup.to_str().unwrap()]);
        signed(&place);
        for file in [head(&place), place.folder().join("data/heads/installation")] {
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        place.key_as("auditor");
        place.serve().kill();
        well(&place, "it was killed");
        // The other machine was off for a while, and each goes on where the other ended.
        if on_postgres {
            let other = place.beside();
            for node in [&other, &place, &other] {
                node.key_as("auditor");
                node.serve().stop();
                well(node, "two nodes");
            }
        }
        place.run(&["rotate-key"]);
        signed(&place);
        well(&place, "another key");

        let mut back = Installation::nothing(on_postgres);
        back.run(&["restore", backup.to_str().unwrap(), "--code-file", code.to_str().unwrap()]);
        back.become_another(&place);
        well(&back, "it came back as it was earlier");
        signed(&back);
        well(&back, "it was served");

        std::fs::write(head(&place), "x").unwrap();
        assert_eq!(place.try_run(&["check", "--business", &place.business]).status.code(), Some(3), "{on_postgres}");
        assert_eq!(std::fs::read(head(&place)).unwrap(), b"x", "{on_postgres}: somebody has to look first");
        std::fs::remove_dir_all(place.folder().join("data/heads")).unwrap();
        let notice = || {
            let said = place.run(&["check", "--business", &place.business]).stdout;
            String::from_utf8_lossy(&said).contains("Notice: no head of this log was kept")
        };
        assert!(notice(), "{on_postgres}: moved away on purpose");
        assert!(head(&place).exists(), "{on_postgres}");
        assert!(!notice(), "{on_postgres}: from then on it is kept");
        well(&place, "moved away on purpose");
    }
}
