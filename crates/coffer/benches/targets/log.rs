//! W11: verifying an exported log offline, one core, with nothing but the public key.

use crate::figures::{round, tell};
use crate::installation::{Installation, Serving};
use coffer_proof::hash::leaf_hash;
use serde_json::json;
use std::time::Instant;

pub(crate) fn run(installation: &Installation, serving: Serving) {
    serving.stop();
    let file = installation.folder().join("log.export");
    let file = file.to_str().unwrap();
    installation.run(&["audit", "export", "--business", &installation.business, file]);
    let key = installation.run(&["audit", "key", "--business", &installation.business]);
    let key = String::from_utf8(key.stdout).unwrap();
    let text = std::fs::read(file).unwrap();
    let start = Instant::now();
    let said = installation.run(&["audit", "verify", "--key", key.trim(), file]);
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8(said.stdout).unwrap();
    let records: f64 = said.split(' ').next().unwrap().parse().unwrap();
    let seen = json!({ "records": records, "seconds": round(seconds), "per_second": (records / seconds).round(), "said": said.trim() });
    tell("W11", seen, json!({ "per_second": 600_000 }), json!({ "per_second": hashed_per_second(&text, records) }));
}

/// How many leaves of this length are hashed in a second, with nothing read, parsed or compared.
fn hashed_per_second(text: &[u8], records: f64) -> f64 {
    let length = text.len() / records as usize;
    let start = Instant::now();
    let hashed = text.chunks(length).filter(|leaf| leaf_hash(leaf).as_bytes()[0] < 255).count();
    (hashed as f64 / start.elapsed().as_secs_f64()).round()
}
