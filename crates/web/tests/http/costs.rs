//! What pages and commands cost, counted: statements and commits, however much stands in the books. Time is for the
//! benchmarks; a query for each row of a list is red here.

use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, customer_body, home, invoice_body};
use axum::http::StatusCode;
use coffer_store::{Dialect, Failure, Faults, Step};
use coffer_testkit::TestBooks;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const EMAIL: &str = "ingrid@ateliersor.example";

/// What the engine was asked.
#[derive(Default)]
struct Asked {
    statements: AtomicU32,
    commits: AtomicU32,
}

impl Faults for Asked {
    fn at(&self, step: Step) -> Option<Failure> {
        match step {
            Step::Statement(_) => self.statements.fetch_add(1, Ordering::Relaxed),
            Step::BeforeCommit => self.commits.fetch_add(1, Ordering::Relaxed),
            Step::Begin | Step::AfterCommit => 0,
        };
        None
    }
}

impl Asked {
    /// Statements and commits since it was asked last.
    fn since(&self) -> (u32, u32) {
        (self.statements.swap(0, Ordering::Relaxed), self.commits.swap(0, Ordering::Relaxed))
    }
}

/// A page, and how many statements and commits it may take: what it opened of sealed data is recorded with one commit.
const PAGES: &[(&str, u32, u32)] = &[
    ("/", 31, 1),
    ("/customers", 17, 1),
    ("/customers/{customer}", 25, 1),
    ("/invoices", 18, 1),
    ("/invoices?only=open", 18, 1),
    ("/invoices?only=overdue", 14, 1),
    ("/invoices/new", 20, 1),
    ("/payments", 16, 1),
    // Who did what on it: their names stand in the books of the installation.
    ("/invoices/{invoice}", 69, 2),
    ("/invoices/{draft}/edit", 28, 1),
    // The names of people stand in the books of the installation.
    ("/history", 25, 2),
    ("/api/v1/customers", 8, 1),
    ("/api/v1/invoices", 9, 1),
    ("/api/v1/invoices?only=open", 9, 1),
    ("/api/v1/invoices/{invoice}", 11, 1),
    ("/api/v1/payments", 9, 1),
    ("/api/v1/overview", 12, 0),
];

/// A command through the API, and the same.
const COMMANDS: &[(&str, u32, u32)] = &[
    ("/api/v1/customers", 13, 1),
    ("/api/v1/invoices", 11, 1),
    ("/api/v1/invoices/issue", 23, 1),
    ("/api/v1/invoices/{invoice}/payments", 19, 1),
];

#[test]
fn what_a_page_or_a_command_costs_does_not_grow_with_the_books() {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let asked = Arc::new(Asked::default());
        let home = home(engine);
        let books = home.open(Some(Arc::clone(&asked) as Arc<dyn Faults>)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let house = House::new(TestBooks { books, home }, asked).await;
            // Before, there is no payment yet to be shown.
            house.costs().await;
            let few = house.costs().await;
            for _ in 0..30 {
                house.world.records(&house.key).await;
            }
            let many = house.costs().await;
            let too_much: Vec<String> = few.iter().zip(&many).filter_map(|(few, many)| few.against(many)).collect();
            assert!(too_much.is_empty(), "on {engine:?}:\n{}", too_much.join("\n"));
        });
    }
}

struct House {
    world: World,
    asked: Arc<Asked>,
    cookies: BTreeMap<String, String>,
    key: String,
    customer: String,
    invoice: String,
    draft: String,
}

/// What something took, and what it may take.
struct Cost {
    what: &'static str,
    took: (u32, u32),
    may: (u32, u32),
}

impl Cost {
    /// What is wrong with it beside the same in fuller books.
    fn against(&self, fuller: &Self) -> Option<String> {
        let (took, grown, may) = (self.took, fuller.took, self.may);
        let dear = grown.0 > may.0 || grown.1 > may.1;
        let told =
            format!("{}: {took:?} statements and commits, {grown:?} in fuller books, may take {may:?}", self.what);
        (took != grown || dear).then_some(told)
    }
}

impl House {
    async fn new(test: TestBooks, asked: Arc<Asked>) -> Self {
        let world = World::new(test).await;
        let cookies = Visit::owner(&world, EMAIL).await.cookies;
        let key = key_to(&world, founded(&world).await).await;
        let records = world.records(&key).await;
        let (customer, invoice, draft) = (records.customer, records.issued, records.draft);
        Self { world, asked, cookies, key, customer, invoice, draft }
    }

    /// A page as a person is shown it, or an answer as a program gets it.
    async fn shown(&self, page: &str) {
        let path = self.path(page);
        if path.starts_with("/api/") {
            let (status, answer) = self.world.send("GET", &path, &self.key, None).await;
            assert_eq!(status, StatusCode::OK, "{page}: {answer}");
        } else {
            let mut owner = Visit::new(&self.world, EMAIL);
            owner.cookies = self.cookies.clone();
            let seen = owner.get(&path).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text);
        }
    }

    async fn costs(&self) -> Vec<Cost> {
        let mut costs = Vec::new();
        for (page, statements, commits) in PAGES {
            // The first time finds keys and words that are kept for the next.
            self.shown(page).await;
            self.asked.since();
            self.shown(page).await;
            costs.push(Cost { what: page, took: self.asked.since(), may: (*statements, *commits) });
        }
        for (command, statements, commits) in COMMANDS {
            let body = self.body(command);
            self.done(command, &body).await;
            self.asked.since();
            self.done(command, &body).await;
            costs.push(Cost { what: command, took: self.asked.since(), may: (*statements, *commits) });
        }
        costs
    }

    async fn done(&self, command: &str, body: &Value) {
        let (status, answer) = self.world.send("POST", &self.path(command), &self.key, Some(body)).await;
        assert!(status.is_success(), "{command}: {status} {answer}");
    }

    fn path(&self, path: &str) -> String {
        let path = path.replace("{customer}", &self.customer).replace("{draft}", &self.draft);
        path.replace("{invoice}", &self.invoice)
    }

    fn body(&self, command: &str) -> Value {
        match command {
            "/api/v1/customers" => customer_body(),
            "/api/v1/invoices/{invoice}/payments" => json!({ "amount": "0.01", "method": "transfer" }),
            _ => invoice_body(&self.customer),
        }
    }
}
