//! kill -9 under load: what the client was told is there afterwards, by the client's own list.

use crate::client::Client;
use crate::installation::{Installation, invoice};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many times the process is killed on each engine; `cargo xtask deep kills` says more.
const LIVES: u64 = 4;
/// Up to how many invoices are acknowledged in each life before it is killed.
const ACKNOWLEDGED: u64 = 60;

// proves: C85.b, A4
#[test]
fn killed_under_load_it_forgets_nothing_it_acknowledged_and_leaves_no_gap() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let acknowledged = Mutex::new(BTreeSet::<(String, String)>::new());
        let (lives, mut chance) = (from_outside("COFFER_KILLS", LIVES), from_outside("COFFER_KILLS_SEED", 1));
        for _ in 0..lives {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let serving = installation.serve();
            let customer = installation.customer(&mut installation.client(&serving));
            let more = usize::try_from(1 + (chance >> 33) % ACKNOWLEDGED).unwrap();
            let (stopping, goal) = (AtomicBool::new(false), acknowledged.lock().unwrap().len() + more);
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    let client = installation.client(&serving);
                    let (customer, acknowledged, stopping) = (&customer, &acknowledged, &stopping);
                    scope.spawn(move || issue_until(client, customer, acknowledged, stopping));
                }
                while acknowledged.lock().unwrap().len() < goal {
                    std::thread::yield_now();
                }
                let id = serving.id().to_string();
                assert!(std::process::Command::new("kill").args(["-9", &id]).status().unwrap().success());
                stopping.store(true, Ordering::Release);
            });
            serving.kill();
        }
        assert!(installation.check().ends_with("nothing was altered."), "{on_postgres}");
        let serving = installation.serve();
        let mut client = installation.client(&serving);
        let acknowledged = acknowledged.into_inner().unwrap();
        for (id, number) in &acknowledged {
            let answer = client.send("GET", &format!("/api/v1/invoices/{id}"), "", "").unwrap();
            assert_eq!(answer.body["number"].as_str(), Some(number.as_str()), "{on_postgres}");
        }
        // The next number tells how many were given: those acknowledged, and at most one in flight for each client and life.
        let customer = installation.customer(&mut client);
        let next = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
        let next: usize = next.body["number"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
        assert!(
            (acknowledged.len()..=acknowledged.len() + 4 * usize::try_from(lives).unwrap()).contains(&(next - 1)),
            "{next} {}",
            acknowledged.len()
        );
    }
}

/// A size that a deep run gives through the environment, else what the suite bears.
fn from_outside(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn issue_until(
    mut client: Client,
    customer: &str,
    acknowledged: &Mutex<BTreeSet<(String, String)>>,
    stopping: &AtomicBool,
) {
    let body = invoice(customer);
    while !stopping.load(Ordering::Acquire) {
        let Ok(answer) = client.post("/api/v1/invoices/issue", &body) else { return };
        if let (201, Some(id), Some(number)) =
            (answer.status, answer.body["id"].as_str(), answer.body["number"].as_str())
        {
            acknowledged.lock().unwrap().insert((id.to_owned(), number.to_owned()));
        }
    }
}
