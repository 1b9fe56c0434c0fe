//! Two businesses, and somebody in each role of the first.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use coffer_billing::business::{FoundBusiness, found};
use coffer_billing::invoices::content::Party;
use coffer_documents::Printer;
use coffer_identity::Door;
use coffer_identity::api_keys::{CreateApiKey, create};
use coffer_kernel::policy::{Party as Caller, Reach, reach};
use coffer_kernel::{Action, BusinessId, Mint, Role, TypedId};
use coffer_keys::password::PasswordHasher;
use coffer_keys::{BusinessKeys, RootKey};
use coffer_outbound::reach::Outside;
use coffer_store::backup::{ASKED, TrySheet};
use coffer_store::{Dialect, STEPS};
use coffer_testkit::{Callers, Home, SeededEntropy, TestBooks, in_each_home};
use coffer_web::router::{Route, router};
use coffer_web::{App, Looks};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tower::ServiceExt;

/// A home whose books look again at whoever asks.
pub(crate) fn home(engine: Dialect) -> Home {
    Home::new(engine, 7, STEPS, &[]).looking_again(coffer_identity::look_again)
}

/// Runs the same test on both engines.
pub(crate) fn on_both_engines<T: Future<Output = ()>>(test: impl Fn(TestBooks) -> T) {
    in_each_home(home, test);
}

pub(crate) struct World {
    pub(crate) test: TestBooks,
    pub(crate) app: App,
    pub(crate) router: Router,
    /// An item of the first business.
    pub(crate) item: String,
}

impl World {
    pub(crate) async fn new(test: TestBooks) -> Self {
        Self::of(test, &[1, 2]).await
    }

    /// One of these businesses, or of none yet.
    pub(crate) async fn of(test: TestBooks, businesses: &[u8]) -> Self {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        for number in businesses {
            let order = FoundBusiness {
                country: "DE".into(),
                currency: "EUR".parse().unwrap(),
                time_zone: "Europe/Berlin".into(),
                language: "en".into(),
                number_prefix: String::new(),
                account: None,
                particulars: Party {
                    name: "Atelier Nord".into(),
                    vat_id: Some("DE318204977".into()),
                    ..Party::default()
                },
            };
            found(&test.books, &Callers::of(business(*number)).operator(), order).await.unwrap();
        }
        let entropy = SeededEntropy::new(3);
        let (keys, _) = BusinessKeys::create(&RootKey::generate(&entropy), BusinessId::INSTALLATION, &entropy);
        let mint = Mint::claim();
        let door = Door::new(test.books.clone(), mint.clone(), PasswordHasher::cheap_for_tests(&keys).unwrap());
        let printer = Arc::new(Printer::new().unwrap());
        // Nobody answers there, and nothing of the real outside is touched.
        let outside = Outside::only(([127, 0, 0, 1], 1).into(), String::new());
        let app =
            App { books: test.books.clone(), mint, door, printer, outside, looked: Looks::default(), gallery: false };
        let router = router(app.clone());
        let mut world = Self { test, app, router, item: String::new() };
        if businesses.is_empty() {
            return world;
        }
        let owner = world.key(1, Role::Owner).await;
        let (_, added) = world.send("POST", "/api/v1/items", &owner, Some(&item_body())).await;
        world.item = added["id"].as_str().unwrap().to_owned();
        world
    }

    /// A key in this role, for whatever the role allows.
    pub(crate) async fn key(&self, number: u8, role: Role) -> String {
        let operator = Callers::of(business(number)).operator();
        let now = self.test.books.world().clock.now();
        let expires_at = now.checked_add(Duration::from_secs(3_600)).unwrap();
        let reached = |action: &Action| reach(*action, Caller::Role(role)) != Reach::None;
        let scopes = Action::ALL.iter().copied().filter(reached).collect();
        let order = CreateApiKey { name: "a test".into(), role, scopes, expires_at: Some(expires_at) };
        create(&self.test.books, &operator, order).await.unwrap().secret.expose().to_owned()
    }

    /// A recovery sheet that was made and typed back.
    pub(crate) async fn sheet(&self) {
        let acting = |books| Callers::of(books).operator();
        let (sheet, paper) = self.test.books.make_sheet(&acting).await.unwrap();
        let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
        self.test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.unwrap();
    }

    /// Asks with a fresh idempotency key and for whatever version there is.
    pub(crate) async fn send(&self, method: &str, path: &str, key: &str, body: Option<&Value>) -> (StatusCode, Value) {
        static SENT: AtomicU32 = AtomicU32::new(0);
        let once = SENT.fetch_add(1, Ordering::Relaxed).to_string();
        self.send_with(method, path, key, &[("idempotency-key", &once), ("if-match", "*")], body).await
    }

    pub(crate) async fn send_with(
        &self,
        method: &str,
        path: &str,
        key: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !key.is_empty() {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 1 << 26).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// What is answered, byte for byte, to a form from a page of ours or to a program with a key.
    pub(crate) async fn bytes(&self, method: &str, path: &str, key: &str) -> Vec<u8> {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("authorization", format!("Bearer {key}"));
        let answer = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec()
    }

    /// A customer of whoever holds the key, with a draft and an issued invoice.
    pub(crate) async fn records(&self, key: &str) -> Records {
        let id =
            |answer: (StatusCode, Value)| answer.1["id"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned();
        let customer = id(self.send("POST", "/api/v1/customers", key, Some(&customer_body())).await);
        let draft = id(self.send("POST", "/api/v1/invoices", key, Some(&invoice_body(&customer))).await);
        let issued = id(self.send("POST", "/api/v1/invoices/issue", key, Some(&invoice_body(&customer))).await);
        // The catalogue is the whole business's: who may not add to it finds what the business has.
        let added = self.send("POST", "/api/v1/items", key, Some(&item_body())).await;
        let item = if added.0 == StatusCode::CREATED { id(added) } else { self.item.clone() };
        Records { customer, draft, issued, item, ..Records::of_nobody() }
    }

    /// The same, with a payment on the invoice where the holder of this key takes in money.
    pub(crate) async fn paid_records(&self, key: &str) -> Records {
        let records = self.records(key).await;
        let (paid, path) = (
            json!({ "amount": "0.01", "method": "transfer" }),
            format!("/api/v1/invoices/{}/payments", records.issued),
        );
        match self.send("POST", &path, key, Some(&paid)).await {
            (StatusCode::CREATED, paid) => Records { payment: paid["id"].as_str().unwrap().to_owned(), ..records },
            _ => records,
        }
    }

    /// The same, its invoice brought so far by whoever may do everything there.
    pub(crate) async fn records_in(&self, state: State, key: &str, owner: &str) -> Records {
        let records = self.paid_records(key).await;
        let of_nobody = records.payment == Records::of_nobody().payment;
        let path = format!("/api/v1/invoices/{}", records.issued);
        let post = async |path: &str, body: Option<&Value>| {
            let (status, answer) = self.send("POST", path, owner, body).await;
            assert!(status.is_success(), "{path}: {status} {answer}");
            answer["id"].as_str().map(str::to_owned)
        };
        match state {
            State::Draft | State::Issued => records,
            State::Settled => {
                let rest = json!({ "amount": if of_nobody { "119.00" } else { "118.99" }, "method": "transfer" });
                let payment = post(&format!("{path}/payments"), Some(&rest)).await.unwrap();
                Records { payment, ..records }
            }
            State::Void => {
                if !of_nobody {
                    post(&format!("/api/v1/payments/{}/reverse", records.payment), None).await;
                }
                post(&format!("{path}/void"), None).await;
                records
            }
        }
    }

    /// One in each state.
    pub(crate) async fn records_in_each(&self, key: &str, owner: &str) -> Vec<Records> {
        let mut all = Vec::new();
        for state in State::ALL {
            all.push(self.records_in(state, key, owner).await);
        }
        all
    }

    /// The id of a key that nobody uses.
    pub(crate) async fn spare_key(&self, number: u8) -> String {
        self.spare_key_of(business(number)).await
    }

    /// The same, of any business.
    pub(crate) async fn spare_key_of(&self, business: BusinessId) -> String {
        let operator = Callers::of(business).operator();
        let scopes = vec![Action::ReadLog];
        let order = CreateApiKey { name: "spare".into(), role: Role::Auditor, scopes, expires_at: None };
        create(&self.test.books, &operator, order).await.unwrap().key.id.to_string()
    }
}

/// How far an invoice got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Draft,
    /// With a payment of a cent, where its maker takes in money.
    Issued,
    /// Paid in whole.
    Settled,
    /// With a payment that was taken back.
    Void,
}

impl State {
    pub(crate) const ALL: [Self; 4] = [Self::Draft, Self::Issued, Self::Settled, Self::Void];

    /// Those in which a route is asked: where it names neither an invoice nor a payment, one is as good as another.
    pub(crate) fn of(route: &Route) -> &'static [Self] {
        let named = ["{invoice}", "{payment}"].iter().any(|part| route.path.contains(part));
        if named { &Self::ALL } else { &[Self::Issued] }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Records {
    pub(crate) customer: String,
    pub(crate) draft: String,
    pub(crate) issued: String,
    pub(crate) item: String,
    pub(crate) payment: String,
    pub(crate) key: String,
    /// Somebody who works here: nobody, in books that only keys open.
    pub(crate) person: String,
}

impl Records {
    /// The invoice in this state.
    pub(crate) fn invoice(&self, state: State) -> &str {
        if state == State::Draft { &self.draft } else { &self.issued }
    }

    /// Ids of every kind, of nothing that there is.
    pub(crate) fn of_nobody() -> Self {
        let id = |kind: &str| format!("{kind}_00000000000000000000000000");
        let (customer, draft, issued, item) = (id("cus"), id("inv"), id("inv"), id("itm"));
        Self { customer, draft, issued, item, payment: id("pay"), key: id("key"), person: id("usr") }
    }
}

pub(crate) fn business(number: u8) -> BusinessId {
    BusinessId::from_bytes([number; 16])
}

pub(crate) fn customer_body() -> Value {
    json!({ "party": { "name": "Bäckerei Vogel" } })
}

pub(crate) fn item_body() -> Value {
    json!({ "name": "Shop sign", "net_price": "50", "category": "S", "rate": "19" })
}

pub(crate) fn invoice_body(customer: &str) -> Value {
    json!({ "customer": customer, "content": { "currency": "EUR", "lines": [
        { "name": "Shop sign", "quantity": "2", "net_price": "50", "category": "S", "rate": "19" } ]}})
}
