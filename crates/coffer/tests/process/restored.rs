//! A backup while the books are written: it holds one instant of them, and what comes back is the beginning of what was
//! lost, by the log that the lost machine wrote itself.

use crate::client::every_invoice;
use crate::installation::{Installation, invoice};
use crate::recovery::sheet;
use coffer_store::Leaf;
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// A log as it stands now: its file, and its leaves byte for byte.
fn log(place: &Installation, name: &str) -> (String, Vec<String>) {
    let file = place.folder().join(name).to_str().unwrap().to_owned();
    place.run(&["audit", "export", "--business", &place.business, &file]);
    let text = std::fs::read_to_string(&file).unwrap();
    let leaves = text.lines().filter(|line| Leaf::from_bytes(line.as_bytes()).is_some()).map(str::to_owned);
    (file, leaves.collect())
}

fn issues(leaves: &[String]) -> usize {
    leaves.iter().filter(|leaf| leaf.contains("\"what\":\"invoice.issued\"")).count()
}

/// Issues invoices all along, and makes a backup in the middle: all that were issued, in order, and how many of them were
/// before it was asked for and when it was there.
fn backed_up_beside_a_writer(lost: &Installation, file: &str) -> (Vec<Value>, usize, usize) {
    let serving = lost.serve();
    let mut client = lost.client(&serving);
    let body = invoice(&lost.customer(&mut client));
    let (issued, stopping) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let count = || issued.lock().unwrap().len();
    let waits_for = |number: usize| {
        while count() < number {
            std::thread::yield_now();
        }
    };
    let (before, after) = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stopping.load(Ordering::Acquire) {
                let answer = client.post("/api/v1/invoices/issue", &body).unwrap();
                assert_eq!(answer.status, 201, "{answer:?}");
                issued.lock().unwrap().push(answer.body);
            }
        });
        waits_for(5);
        let before = count();
        lost.run(&["backup", file]);
        let after = count();
        waits_for(after + 5);
        stopping.store(true, Ordering::Release);
        (before, after)
    });
    (issued.into_inner().unwrap(), before, after)
}

// proves: D16, C84.a, C84.c
#[test]
fn a_backup_beside_a_writer_comes_back_as_the_beginning_of_what_was_lost() {
    for on_postgres in [false, true] {
        let lost = Installation::new(on_postgres);
        let (code, file) = (lost.folder().join("code"), lost.folder().join("books.backup"));
        std::fs::write(&code, sheet(&lost)).unwrap();
        let (earlier, _) = log(&lost, "earlier");
        let (issued, before, after) = backed_up_beside_a_writer(&lost, file.to_str().unwrap());
        assert!(after > before, "{on_postgres}: somebody wrote while it was made");
        let (_, lived) = log(&lost, "later");
        let key = String::from_utf8(lost.run(&["audit", "key", "--business", &lost.business]).stdout).unwrap();

        let mut back = Installation::nothing(on_postgres);
        back.run(&["restore", file.to_str().unwrap(), "--code-file", code.to_str().unwrap()]);
        back.become_another(&lost);
        assert!(back.check().ends_with("nothing was altered."), "{on_postgres}");
        let (came, leaves) = log(&back, "came");
        back.run(&["audit", "verify", &came, "--key", key.trim(), "--since", &earlier]);
        // Leaf by leaf the log that the lost machine wrote, up to the instant of the backup; what follows is its return.
        let same = leaves.iter().zip(&lived).take_while(|(came, lived)| came == lived).count();
        let (held, returned) = (issues(&leaves[..same]), issues(&leaves[same..]));
        assert!((before..=after + 1).contains(&held), "{on_postgres}: {before} {held} {after}");
        assert_eq!(returned, 0, "{on_postgres}: {:?}", &leaves[same..]);
        assert!(same > before && same < lived.len(), "{on_postgres}: {same} of {}", lived.len());

        let serving = back.serve();
        let mut client = back.client(&serving);
        assert_eq!(every_invoice(&mut client).len(), held, "{on_postgres}: neither more nor fewer than the log says");
        for (place, invoice) in issued.iter().enumerate() {
            let answer = client.send("GET", &format!("/api/v1/invoices/{}", invoice["id"].as_str().unwrap()), "", "");
            let answer = answer.unwrap();
            let expected = if place < held { (200, invoice) } else { (404, &answer.body) };
            assert_eq!((answer.status, &answer.body), expected, "{on_postgres}: {place} of {held}");
        }
    }
}
