//! W2 of the performance targets: create-and-issue in one call, 8 and 32 clients, one gapless series, over TLS on the
//! encrypted database, beside the floor: the same rows written by the bare engine in the same run.
//!
//! `cargo xtask bench` prints a line of JSON for each result. Compare ratios of one run; absolute figures drift from
//! machine to machine. No figure is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark measures the world and prints what it saw"
)]

#[path = "../../tests/process/client.rs"]
mod client;
mod floor;
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/process/installation.rs"]
mod installation;

use installation::{Installation, Serving, invoice};
use serde_json::json;
use std::time::{Duration, Instant};

/// How long each load runs, after a tenth of that to warm up.
const SECONDS: u64 = 5;

fn main() {
    println!(
        "{}",
        json!({ "id": "floor", "engine": "sqlcipher", "invoices_per_commit": 8, "per_second": floor::invoices_per_second(8) })
    );
    for on_postgres in [false, true] {
        let engine = if on_postgres { "postgresql" } else { "sqlcipher" };
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        for clients in [1, 8, 32] {
            let mut result = load(&installation, &serving, clients);
            result["engine"] = engine.into();
            println!("{result}");
        }
        drop(serving);
        assert!(installation.check().ends_with("nothing was altered."), "the books are whole after the load");
    }
}

fn load(installation: &Installation, serving: &Serving, clients: usize) -> serde_json::Value {
    let customer = installation.customer(&mut installation.client(serving));
    let body = invoice(&customer).to_string();
    let (cpu, start) = (cpu_ticks(serving.id()), Instant::now());
    let end = start + Duration::from_secs(SECONDS);
    let outcomes: Vec<(Vec<u64>, u64)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                let (mut client, body) = (installation.client(serving), &body);
                scope.spawn(move || one(&mut client, body, end))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let seconds = start.elapsed().as_secs_f64();
    let mut micros: Vec<u64> = outcomes.iter().flat_map(|(micros, _)| micros.clone()).collect();
    micros.sort_unstable();
    let at = |share: usize| micros[micros.len() * share / 100] as f64 / 1000.0;
    let done = micros.len() as f64;
    json!({
        "id": if clients == 1 { "W2, one client" } else { "W2" },
        "clients": clients,
        "per_second": (done / seconds).round(),
        "p50_ms": at(50),
        "p99_ms": at(99),
        "server_cpu_ms_each": (cpu_ticks(serving.id()) - cpu) as f64 * 10.0 / done,
        "errors": outcomes.iter().map(|(_, errors)| errors).sum::<u64>(),
    })
}

fn one(client: &mut client::Client, body: &str, end: Instant) -> (Vec<u64>, u64) {
    let (mut micros, mut errors) = (Vec::new(), 0);
    while Instant::now() < end {
        let start = Instant::now();
        match client.send("POST", "/api/v1/invoices/issue", "content-type: application/json\r\n", body) {
            Ok(answer) if answer.status == 201 => micros.push(start.elapsed().as_micros().try_into().unwrap()),
            _ => errors += 1,
        }
    }
    (micros, errors)
}

/// The CPU time of a process so far, in hundredths of a second.
fn cpu_ticks(id: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split(' ').collect();
    fields[12].parse::<u64>().unwrap() + fields[13].parse::<u64>().unwrap()
}
