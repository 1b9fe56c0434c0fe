//! W1: a durable draft, then its issue, one client. W2: create-and-issue in one call, 1, 8 and 32 clients, one gapless
//! series. Over TLS, on both engines, beside the same rows written by the bare engine.

use crate::client::{Client, once};
use crate::figures::{at, cpu_seconds, memory_mb, round};
use crate::floor;
use crate::installation::{Installation, Serving, invoice};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long each load runs.
const LASTS: Duration = Duration::from_secs(5);

/// What one client saw: the microseconds of each success, and how many failed.
type Seen = (Vec<f64>, u64);

pub(crate) fn run() {
    for per_commit in [1, 8, 32] {
        let per_second = floor::invoices_per_second(per_commit);
        println!(
            "{}",
            json!({ "id": "floor", "engine": "sqlcipher", "invoices_per_commit": per_commit, "per_second": per_second })
        );
    }
    for (engine, on_postgres) in [("sqlcipher", false), ("postgresql", true)] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        report("W1", engine, &measure(&installation, &serving, 1, two_calls));
        for clients in [1, 8, 32] {
            report("W2", engine, &measure(&installation, &serving, clients, one_call));
        }
        println!("{}", json!({ "id": "W8", "engine": engine, "after": "W2", "memory_mb": memory_mb(serving.id()) }));
        drop(serving);
        assert!(installation.check().contains("nothing was altered"), "the books are whole after the load");
    }
}

fn report(id: &str, engine: &str, result: &Value) {
    let mut line = json!({ "id": id, "engine": engine });
    line.as_object_mut().unwrap().extend(result.as_object().unwrap().clone());
    println!("{line}");
}

fn measure(
    installation: &Installation,
    serving: &Serving,
    clients: usize,
    one: fn(&mut Client, &str) -> bool,
) -> Value {
    let customer = installation.customer(&mut installation.client(serving));
    let body = invoice(&customer).to_string();
    let (cpu, start) = (cpu_seconds(serving.id()), Instant::now());
    let seen = side_by_side(installation, serving, clients, start + LASTS, &body, one);
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds(serving.id()) - cpu);
    let mut micros: Vec<f64> = seen.iter().flat_map(|(micros, _)| micros.clone()).collect();
    micros.sort_unstable_by(f64::total_cmp);
    json!({
        "clients": clients,
        "per_second": (micros.len() as f64 / seconds).round(),
        "p50_ms": round(at(&micros, 50) / 1e3),
        "p99_ms": round(at(&micros, 99) / 1e3),
        "server_cpu_ms": round(cpu * 1e3 / micros.len() as f64),
        "errors": seen.iter().map(|(_, errors)| errors).sum::<u64>(),
    })
}

fn side_by_side(
    installation: &Installation,
    serving: &Serving,
    clients: usize,
    end: Instant,
    body: &str,
    one: fn(&mut Client, &str) -> bool,
) -> Vec<Seen> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                let mut client = installation.client(serving);
                scope.spawn(move || until(end, || one(&mut client, body)))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn until(end: Instant, mut one: impl FnMut() -> bool) -> Seen {
    let (mut micros, mut errors) = (Vec::new(), 0);
    while Instant::now() < end {
        let start = Instant::now();
        if one() {
            micros.push(start.elapsed().as_secs_f64() * 1e6);
        } else {
            errors += 1;
        }
    }
    (micros, errors)
}

const JSON: &str = "content-type: application/json\r\n";

pub(crate) fn one_call(client: &mut Client, body: &str) -> bool {
    let headers = format!("{JSON}{}", once());
    client.send("POST", "/api/v1/invoices/issue", &headers, body).is_ok_and(|answer| answer.status == 201)
}

fn two_calls(client: &mut Client, body: &str) -> bool {
    let Ok(draft) = client.send("POST", "/api/v1/invoices", JSON, body) else { return false };
    let Some(id) = draft.body["id"].as_str() else { return false };
    let headers = format!("{JSON}if-match: \"{}\"\r\n", draft.body["version"]);
    client
        .send("POST", &format!("/api/v1/invoices/{id}/issue"), &headers, "{}")
        .is_ok_and(|answer| answer.status == 200)
}

/// Issues so many invoices to customers of their own, with 32 clients.
pub(crate) fn fill(installation: &Installation, serving: &Serving, invoices: usize) {
    const CLIENTS: usize = 32;
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let mut client = installation.client(serving);
            scope.spawn(move || {
                let body = invoice(&installation.customer(&mut client)).to_string();
                (0..invoices / CLIENTS).for_each(|_| assert!(one_call(&mut client, &body)));
            });
        }
    });
}
