//! W11: verifying an exported log offline, one core, with nothing but the public key.

use crate::figures::round;
use crate::installation::{Installation, Serving};
use serde_json::json;
use std::time::Instant;

pub(crate) fn run(installation: &Installation, serving: Serving) {
    serving.stop();
    let file = installation.folder().join("log.export");
    let file = file.to_str().unwrap();
    installation.run(&["audit", "export", "--business", &installation.business, file]);
    let key = installation.run(&["audit", "key", "--business", &installation.business]);
    let key = String::from_utf8(key.stdout).unwrap();
    let records = std::fs::read_to_string(file).unwrap().lines().count();
    let start = Instant::now();
    let said = installation.run(&["audit", "verify", "--key", key.trim(), file]);
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8(said.stdout).unwrap();
    println!(
        "{}",
        json!({ "id": "W11", "lines": records, "seconds": round(seconds), "per_second": (records as f64 / seconds).round(), "said": said.trim() })
    );
}
