//! W13: the same orders on the encrypted file and on a plain one, in process. W15: what sealing costs, alone.

use crate::figures::{at, micros, round, tell};
use coffer_billing::business::{FoundBusiness, found};
use coffer_billing::customers::{AddCustomer, ListCustomers, add, list};
use coffer_billing::invoices::{DraftInvoice, IssueAtOnce, Unfinished, issue_at_once};
use coffer_kernel::{Actor, BusinessId, Clock, SubjectId, Timestamp, TypedId};
use coffer_keys::{BusinessKeys, Class, DatabaseKey, Place, RootKey, Secret, SystemEntropy};
use coffer_store::{Books, EngineChoice, KeyUses, Once, Opening, STEPS, World};
use coffer_testkit::Callers;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TASKS: usize = 8;
const LASTS: Duration = Duration::from_secs(4);
/// As long as what is sent over the wire.
const REQUEST: [u8; 600] = [b'r'; 600];

pub(crate) fn engines() {
    let [plain, encrypted] = [false, true].map(in_process);
    let seen = json!({ "per_second": encrypted, "share": round(encrypted / plain) });
    tell("W13", seen, json!({ "share": 0.6 }), json!({ "per_second": plain }));
}

/// Time as it passes: ids that do not grow would scatter over every page.
struct Real;

impl Clock for Real {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Books of their own in a folder of their own.
struct Own {
    books: Books,
    folder: PathBuf,
    callers: Callers,
}

impl Own {
    fn new(encrypted: bool) -> Self {
        let folder = std::env::temp_dir().join(format!("coffer-bench-{}-{encrypted}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        let root = Arc::new(RootKey::generate(&SystemEntropy));
        let file = folder.join("coffer.db");
        let engine = if encrypted {
            let key = DatabaseKey::create(&root, &SystemEntropy).0.expose_hex().expose().clone();
            EngineChoice::Embedded { file, key: Secret::new(key) }
        } else {
            EngineChoice::Plain { file }
        };
        let world = World { clock: Arc::new(Real), entropy: Arc::new(SystemEntropy) };
        let opening = Opening {
            engine,
            root,
            world,
            migrations: STEPS,
            heads: None,
            aggregates: &[],
            look_again: |_, _| Ok(()),
            scratch: PathBuf::new(),
            key_uses: KeyUses::default(),
            faults: None,
        };
        let callers = Callers::of(BusinessId::from_bytes([9; 16]));
        Self { books: Books::open(opening).unwrap(), folder, callers }
    }

    fn owner(&self) -> Actor {
        self.callers.staff(coffer_kernel::Role::Owner, 1)
    }

    async fn found(&self) {
        let order = FoundBusiness {
            country: "DE".into(),
            currency: "EUR".parse().unwrap(),
            time_zone: "Europe/Berlin".into(),
            language: "de".into(),
            number_prefix: "AN-".into(),
            account: None,
            particulars: serde_json::from_value(json!({ "name": "Atelier Nord", "vat_id": "DE318204977" })).unwrap(),
        };
        found(&self.books, &self.callers.operator(), order).await.unwrap();
    }

    async fn customer(&self, number: usize) -> coffer_kernel::CustomerId {
        let party = serde_json::from_value(json!({ "name": format!("Customer {number}"), "city": "Staufen" })).unwrap();
        add(&self.books, &self.owner(), None, AddCustomer { party, currency: None, language: None }).await.unwrap().id
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.books.close();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Invoices per second of eight tasks.
fn in_process(encrypted: bool) -> f64 {
    let own = Own::new(encrypted);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        own.found().await;
        let customer = own.customer(0).await;
        let content = crate::installation::invoice(&customer.to_string())["content"].clone();
        let order = DraftInvoice {
            customer,
            content: serde_json::from_value(content).unwrap(),
            unfinished: Unfinished::default(),
        };
        let end = Instant::now() + LASTS;
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| {
                let (books, owner, order) = (own.books.clone(), own.owner(), order.clone());
                tokio::spawn(async move {
                    let mut done = 0_u32;
                    while Instant::now() < end {
                        let once = Once { key: format!("{task}-{done}"), request: REQUEST.to_vec() };
                        issue_at_once(&books, &owner, Some(once), IssueAtOnce(order.clone())).await.unwrap();
                        done += 1;
                    }
                    done
                })
            })
            .collect();
        let mut all = 0;
        for task in tasks {
            all += task.await.unwrap();
        }
        (f64::from(all) / LASTS.as_secs_f64()).round()
    })
}

pub(crate) fn fields() {
    let root = RootKey::generate(&SystemEntropy);
    let business = BusinessId::from_bytes([9; 16]);
    let (keys, _) = BusinessKeys::create(&root, business, &SystemEntropy);
    let (key, _) = keys.new_data_key(SubjectId::from(business).bytes(), Class::Statutory, 1, &SystemEntropy);
    let place = Place { business: business.as_bytes(), table: "customer", column: "name", row: &[1; 16] };
    let seal = micros(20_000, || drop(key.seal(&place, b"Baeckerei Vogel GmbH, Staufen", &SystemEntropy)));
    let blob = key.seal(&place, b"Baeckerei Vogel GmbH, Staufen", &SystemEntropy);
    let open = micros(20_000, || drop(key.open(&place, &blob).unwrap()));
    let seen = json!({ "what": "one field", "seal_us": round(at(&seal, 50)), "open_us": round(at(&open, 50)) });
    tell("W15", seen, json!({ "seal_us": 1.5, "open_us": 1.5 }), Value::Null);
    page();
}

/// A page of 50 customers, each under keys of its own, with the record of the disclosure.
fn page() {
    let own = Own::new(true);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        own.found().await;
        for number in 0..50 {
            own.customer(number).await;
        }
    });
    let owner = own.owner();
    let micros = micros(300, || {
        let query = ListCustomers { most: Some(50), ..ListCustomers::default() };
        let page = runtime.block_on(list(&own.books, &owner, query)).unwrap();
        assert_eq!(page.rows.len(), 50);
    });
    let seen = json!({ "what": "page of 50 customers, its record durable", "p50_us": round(at(&micros, 50)) });
    tell("W15", seen, json!({ "p50_us": 150 }), Value::Null);
}
