//! kill -9 under load: what the client was told is there afterwards, by the client's own list, and the numbers have no gap.

use crate::client::{Client, every_invoice, gapless};
use crate::installation::{Installation, invoice};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

/// How many times the process is killed on each engine; `cargo xtask deep kills` says more.
const LIVES: u64 = 4;
/// Up to how many invoices are acknowledged in each life before it is killed.
const ACKNOWLEDGED: u64 = 60;

/// What the client was told, on disk before it asks for more: what it only remembers proves nothing.
struct Told {
    file: Mutex<File>,
    lines: AtomicUsize,
}

impl Told {
    fn at(path: &Path) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        Self { file: Mutex::new(file), lines: AtomicUsize::new(0) }
    }

    fn note(&self, id: &str, number: &str) {
        let mut file = self.file.lock().unwrap();
        file.write_all(format!("{id} {number}\n").as_bytes()).unwrap();
        file.sync_all().unwrap();
        self.lines.fetch_add(1, Ordering::AcqRel);
    }

    /// Everything in the list: ids with their numbers.
    fn read(path: &Path) -> BTreeSet<(String, String)> {
        let text = std::fs::read_to_string(path).unwrap();
        let told = text.lines().map(|line| line.split_once(' ').unwrap());
        told.map(|(id, number)| (id.to_owned(), number.to_owned())).collect()
    }
}

// proves: C85.b, A4
#[test]
fn killed_under_load_it_forgets_nothing_it_acknowledged_and_leaves_no_gap() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let list = installation.folder().join("told");
        let (lives, mut chance) = (from_outside("COFFER_KILLS", LIVES), from_outside("COFFER_KILLS_SEED", 1));
        for _ in 0..lives {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let serving = installation.serve();
            let customer = installation.customer(&mut installation.client(&serving));
            let more = usize::try_from(1 + (chance >> 33) % ACKNOWLEDGED).unwrap();
            let (stopping, told) = (AtomicBool::new(false), Told::at(&list));
            std::thread::scope(|scope| {
                let clients = [(); 4].map(|()| {
                    let client = installation.client(&serving);
                    let (customer, told, stopping) = (&customer, &told, &stopping);
                    scope.spawn(move || issue_until(client, customer, told, stopping))
                });
                // A client that ended before had an answer it could not believe: it says so when all are gone.
                while told.lines.load(Ordering::Acquire) < more && !clients.iter().any(ScopedJoinHandle::is_finished) {
                    std::thread::yield_now();
                }
                let id = serving.id().to_string();
                assert!(std::process::Command::new("kill").args(["-9", &id]).status().unwrap().success());
                stopping.store(true, Ordering::Release);
            });
            assert!(told.lines.load(Ordering::Acquire) >= more, "it did not go on until it was killed");
            serving.kill();
        }
        assert!(installation.check().ends_with("nothing was altered."), "{on_postgres}");
        let serving = installation.serve();
        let mut client = installation.client(&serving);
        let told = Told::read(&list);
        for (id, number) in &told {
            let answer = client.send("GET", &format!("/api/v1/invoices/{id}"), "", "").unwrap();
            assert_eq!(answer.body["number"].as_str(), Some(number.as_str()), "{on_postgres}");
        }
        // Those acknowledged, and at most one in flight for each client and life; no number is left out or given twice.
        let all = every_invoice(&mut client);
        let most = told.len() + 4 * usize::try_from(lives).unwrap();
        assert!((told.len()..=most).contains(&all.len()), "{on_postgres}: {} of {}", all.len(), told.len());
        assert!(gapless(&all), "{on_postgres}: {all:?}");
        let customer = installation.customer(&mut client);
        let next = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
        let next: usize = next.body["number"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
        assert_eq!(next, all.len() + 1, "{on_postgres}: and the next one follows");
    }
}

/// A size that a deep run gives through the environment, else what the suite bears.
fn from_outside(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn issue_until(mut client: Client, customer: &str, told: &Told, stopping: &AtomicBool) {
    let body = invoice(customer);
    while !stopping.load(Ordering::Acquire) {
        let Ok(answer) = client.post("/api/v1/invoices/issue", &body) else { return };
        match (answer.status, answer.body["id"].as_str(), answer.body["number"].as_str()) {
            (201, Some(id), Some(number)) => told.note(id, number),
            // What was acknowledged before is there: their customer, and whoever they are.
            (status, ..) => assert!(status >= 500, "{answer:?}"),
        }
    }
}
