//! One set of books that grows to 10,000 and 100,000 invoices, and what is measured at each size: W4 (lists), W8 (start
//! and memory), W9 (bytes on disk), W11 (verifying the log).

use crate::figures::{memory_mb, micros, round};
use crate::installation::{Installation, Serving};
use crate::{lists, load, log};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

pub(crate) fn run() {
    let installation = Installation::new(false);
    let empty = bytes_of(installation.folder());
    let mut serving = installation.serve();
    let mut invoices = 0;
    for size in [10_000, 100_000] {
        load::fill(&installation, &serving, size - invoices);
        invoices = size;
        lists::run(&installation, &serving, size);
        // Ends it as a person would, so that the write-ahead log is gone and only books are weighed.
        serving.stop();
        let bytes = bytes_of(installation.folder()) - empty;
        println!("{}", json!({ "id": "W9", "invoices": size, "bytes_each": bytes / size as u64 }));
        serving = started(&installation, size);
    }
    log::run(&installation, serving);
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
    let ms: Vec<f64> = starts.iter().map(|micros| round(micros / 1e3)).collect();
    let memory = memory_mb(serving.id());
    println!("{}", json!({ "id": "W8", "invoices": size, "first_answer_ms": ms, "idle_memory_mb": memory }));
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
