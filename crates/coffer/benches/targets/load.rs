//! W1: a durable draft, then its issue, one client. W2: create-and-issue in one call, 1, 8 and 32 clients, one gapless
//! series. Over TLS, on both engines, beside the same rows written by the bare engine.

use crate::client::{Client, once};
use crate::figures::{at, cpu_seconds, memory_mb, round, tell};
use crate::floor;
use crate::installation::{Installation, Serving, invoice};
use coffer_testkit::postgres::{Server, Settings};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// How long each load runs.
const LASTS: Duration = Duration::from_secs(5);

/// What one client saw: the microseconds of each success, and how many failed.
type Seen = (Vec<f64>, u64);

/// A floor: how many invoices' rows the bare engine writes in a second, so many to a commit.
type Floor = fn(i64) -> f64;

pub(crate) fn run() {
    on("sqlcipher", Installation::new(false), floor::on_sqlite);
    // Of its own, because the shared one of the tests does not wait for the disk.
    let server = Server::start(&Settings { durable: true, tls: None }).unwrap();
    on("postgresql", Installation::new_in(server.database().unwrap()), floor::on_postgres);
}

fn on(engine: &str, installation: Installation, floor: Floor) {
    let embedded = engine == "sqlcipher";
    let serving = installation.serve();
    let wanted = json!({ "per_second": 800, "p50_ms": 1.2, "p99_ms": 5, "server_cpu_ms": 0.5, "errors": 0 });
    let seen = measure(&installation, &serving, 1, two_calls);
    tell_load("W1", engine, seen, if embedded { wanted } else { Value::Null }, floor(1));
    for clients in [1, 8, 32] {
        let wanted = match clients {
            1 => Value::Null,
            _ if !embedded => json!({ "per_second": 1_500, "errors": 0 }),
            8 => json!({ "per_second": 3_500, "p99_ms": 15, "errors": 0 }),
            _ => json!({ "per_second": 6_000, "p99_ms": 20, "errors": 0 }),
        };
        let seen = measure(&installation, &serving, clients, one_call);
        tell_load("W2", engine, seen, wanted, floor(clients as i64));
    }
    let memory = json!({ "engine": engine, "after": "W2", "memory_mb": memory_mb(serving.id()) });
    tell("W8", memory, json!({ "memory_mb": 100 }), Value::Null);
    drop(serving);
    assert!(installation.check().contains("nothing was altered"), "the books are whole after the load");
}

fn tell_load(id: &str, engine: &str, seen: Map<String, Value>, wanted: Value, floor: f64) {
    let mut line = Map::from_iter([("engine".to_owned(), json!(engine))]);
    line.extend(seen);
    tell(id, Value::Object(line), wanted, json!({ "per_second": floor }));
}

fn measure(
    installation: &Installation,
    serving: &Serving,
    clients: usize,
    one: fn(&mut Client, &str) -> bool,
) -> Map<String, Value> {
    let customer = installation.customer(&mut installation.client(serving));
    let body = invoice(&customer).to_string();
    let (cpu, own, start) = (cpu_seconds(serving.id()), cpu_seconds("self"), Instant::now());
    let seen = side_by_side(installation, serving, clients, start + LASTS, &body, one);
    let seconds = start.elapsed().as_secs_f64();
    let (cpu, own) = (cpu_seconds(serving.id()) - cpu, cpu_seconds("self") - own);
    let mut micros: Vec<f64> = seen.iter().flat_map(|(micros, _)| micros.clone()).collect();
    micros.sort_unstable_by(f64::total_cmp);
    let each = |seconds: f64| json!(round(seconds * 1e3 / micros.len() as f64));
    let figures = [
        ("clients", json!(clients)),
        ("per_second", json!((micros.len() as f64 / seconds).round())),
        ("p50_ms", json!(round(at(&micros, 50) / 1e3))),
        ("p99_ms", json!(round(at(&micros, 99) / 1e3))),
        ("server_cpu_ms", each(cpu)),
        // Of the same two cores.
        ("clients_cpu_ms", each(own)),
        ("errors", json!(seen.iter().map(|(_, errors)| errors).sum::<u64>())),
    ];
    figures.map(|(name, figure)| (name.to_owned(), figure)).into_iter().collect()
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
