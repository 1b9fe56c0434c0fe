//! One set of books that grows to 10,000 and 100,000 invoices, and what is measured at each size: W4 (lists), W8 (start
//! and memory), W9 (bytes on disk), W11 (verifying the log).

use crate::figures::{at, memory_mb, micros, round, tell};
use crate::installation::{Installation, Serving};
use crate::{floor, lists, load, log};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How many documents are printed, to weigh them.
const PRINTED: usize = 50;

pub(crate) fn run() {
    let installation = Installation::new(false);
    let empty = bytes_of(installation.folder());
    let mut serving = installation.serve();
    let mut invoices = 0;
    let bare = floor::bytes_each(5_000);
    for size in [10_000, 100_000] {
        load::fill(&installation, &serving, size - invoices);
        invoices = size;
        // Ends it as a person would, so that the write-ahead log is gone and only books are weighed.
        serving.stop();
        let bytes = (bytes_of(installation.folder()) - empty) / size as u64;
        let seen = json!({ "what": "books", "invoices": size, "bytes": bytes });
        tell("W9", seen, json!({ "bytes": 5_000 }), json!({ "bytes": bare }));
        serving = started(&installation, size);
        lists::run(&installation, &serving, size);
    }
    serving = printed(&installation, serving);
    log::run(&installation, serving);
}

/// What documents weigh that were printed and kept.
fn printed(installation: &Installation, serving: Serving) -> Serving {
    serving.stop();
    let before = bytes_of(installation.folder());
    let serving = installation.serve();
    let mut client = installation.client(&serving);
    let page = client.send("GET", &format!("/api/v1/invoices?limit={PRINTED}"), "", "").unwrap().body;
    for invoice in page["invoices"].as_array().unwrap() {
        let path = format!("/api/v1/invoices/{}/pdf", invoice["id"].as_str().unwrap());
        assert_eq!(client.send("GET", &path, "", "").unwrap().status, 200);
    }
    serving.stop();
    let bytes = (bytes_of(installation.folder()) - before) / PRINTED as u64;
    tell("W9", json!({ "what": "a kept document", "bytes": bytes }), Value::Null, Value::Null);
    installation.serve()
}

/// From exec to the first answered request, and what it takes when idle.
fn started(installation: &Installation, size: usize) -> Serving {
    let mut serving = None;
    let starts = micros(5, || {
        drop(serving.take());
        let new = installation.serve();
        let mut client = installation.client(&new);
        assert_eq!(client.send("GET", "/healthz", "", "").unwrap().status, 200);
        serving = Some(new);
    });
    let serving = serving.unwrap();
    let quiet = Instant::now() + Duration::from_secs(2);
    while Instant::now() < quiet {
        std::thread::sleep(Duration::from_millis(100));
    }
    let memory = memory_mb(serving.id());
    let seen = json!({ "invoices": size, "first_answer_ms": round(at(&starts, 50) / 1e3), "idle_memory_mb": memory });
    tell("W8", seen, json!({ "first_answer_ms": 60, "idle_memory_mb": 40 }), Value::Null);
    serving
}

fn bytes_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let about = entry.metadata().unwrap();
            if about.is_dir() { bytes_of(&entry.path()) } else { about.len() }
        })
        .sum()
}
