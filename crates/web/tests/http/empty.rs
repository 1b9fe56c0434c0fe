//! What stands where nothing stands yet: a sentence and one button, never an empty table or a chart of nothing.

use crate::consequence::{EMAIL, issued, joins, joins_as};
use crate::offered::{addresses, may, route};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_billing::invoices::Listed;
use coffer_billing::payments::Taken;
use coffer_kernel::Role;

/// What a page shows within its frame.
fn main_of(page: &str) -> &str {
    let from = page.find("<main").unwrap_or_else(|| panic!("no main in {page}"));
    &page[from..page.find("</main>").unwrap()]
}

/// The lists of a new business, and where each one's button leads.
const LISTS: [(&str, &str); 5] = [
    ("/", "/invoices/new"),
    ("/invoices", "/invoices/new"),
    ("/customers", "/customers/new"),
    ("/items", "/items/new"),
    ("/payments", "/invoices"),
];

/// The same lists, narrowed to what there is not yet; the button shows all. Which filters there are is read from the pages.
async fn narrowed(owner: &mut Visit<'_>) -> Vec<String> {
    let mut all: Vec<String> = ["/invoices", "/customers", "/items"].map(|list| format!("{list}?q=nothing")).to_vec();
    for shows_its_filters in ["/invoices?q=nothing", "/customers?q=nothing", "/payments?only=taken_back"] {
        let page = owner.get(shows_its_filters).await.text;
        let (_, filters) = page.split_once("<nav class=\"filters\"").unwrap_or_else(|| panic!("no filters: {page}"));
        let links = addresses(filters.split_once("</nav>").unwrap().0, " href=\"");
        all.extend(links.into_iter().filter(|to| to.contains('?')));
    }
    let history = owner.get("/history").await.between("name=\"only\">", "</select>");
    let kinds = history.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.extend(kinds.map(|kind| format!("/history?only={kind}&by=usr_00000000000000000000000000")));
    all.push("/history?only=refused".to_owned());
    let known = Listed::ALL.map(|listed| format!("/invoices?only={}", listed.code())).into_iter();
    let known = known.chain(Taken::ALL.map(|taken| format!("/payments?only={}", taken.code())));
    assert!(known.clone().all(|known| all.contains(&known)) && all.len() == 3 + known.count() + 2 + 5, "{all:?}");
    all
}

/// A list of nothing: what will stand there, and one button where it is to lead somewhere.
fn says_so(at: &str, main: &str, leads: Option<&str>) {
    let (_, empty) = main.split_once("<section class=\"empty\"><h2>").unwrap_or_else(|| panic!("{at}: {main}"));
    let (said, _) = empty.split_once("</section>").unwrap();
    assert!(said.contains("<p class=\"soft\">"), "{at}: what will stand there: {said}");
    assert_eq!(main.matches("class=\"btn main\"").count(), usize::from(leads.is_some()), "{at}: {main}");
    let button = leads.is_none_or(|leads| said.contains(&format!("<a class=\"btn main\" href=\"{leads}\"")));
    assert!(button, "{at}: {said}");
    assert!(!main.contains("<table") && !main.contains("class=\"chart"), "{at}: {main}");
}

// proves: F8
#[test]
fn every_list_of_a_new_business_says_what_will_stand_there_and_has_one_button() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        for (path, leads) in LISTS {
            let page = owner.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            says_so(path, main_of(&page.text), Some(leads));
        }
        for path in narrowed(&mut owner).await {
            let page = owner.get(&path).await;
            let main = main_of(&page.text);
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(main.matches("<section class=\"empty\"><h2>").count(), 1, "{path}: {main}");
            assert!(main.contains("<a class=\"btn\" href=\""), "{path}: {main}");
            assert!(!main.contains("<table") && !main.contains("class=\"chart"), "{path}: {main}");
        }
        // Beside a form that fills it, a sentence is enough.
        let keys = owner.get("/settings/keys").await.text;
        assert!(keys.contains("No program has a key.") && !main_of(&keys).contains("<table"), "{keys}");
        assert_eq!(main_of(&keys).matches("class=\"btn main\"").count(), 1, "{keys}");
        let people = owner.get("/people").await.text;
        assert!(!main_of(&people).contains("<table") && !people.contains("<h3>"), "nobody waits: {people}");
    });
}

// proves: F8
#[test]
fn whoever_may_not_write_reads_the_same_sentence_without_the_button() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            owner.signs_in().await;
            let email = format!("{}@ateliersor.example", role.code());
            let mut visit = joins_as(&world, &mut owner, role.code(), &email).await;
            for (path, leads) in LISTS {
                let page = visit.get(path).await;
                let lets = |path: &str| route("GET", path).unwrap().action.is_none_or(|action| may(role, action));
                // Home leads on whoever reads no invoices.
                if lets(path) && lets("/invoices") {
                    let at = format!("{role:?} {path}");
                    says_so(&at, main_of(&page.text), Some(leads).filter(|leads| lets(leads)));
                } else {
                    let away = [StatusCode::FORBIDDEN, StatusCode::SEE_OTHER].contains(&page.status);
                    assert!(away, "{role:?} {path}: {}", page.status);
                }
            }
        }
    });
}

// proves: F8
#[test]
fn a_customer_without_anything_has_a_page_that_says_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let customer = owner.post("/customers", &[("name", "Kontor Elbe")]).await.location;
        let mut auditor = joins(&world, &mut owner, "auditor").await;
        let id = customer.strip_prefix("/customers/").unwrap();
        let writes = format!("<a class=\"btn main\" href=\"/invoices/new?customer={id}\"");
        for (visit, buttons) in [(&mut owner, 1), (&mut auditor, 0)] {
            let page = visit.get(&customer).await;
            let main = main_of(&page.text);
            assert_eq!(page.status, StatusCode::OK, "{main}");
            for said in ["No invoices for this customer yet.", "Nothing but the name is known yet.", "Nothing</p>"] {
                assert!(main.contains(said), "{said}: {main}");
            }
            assert_eq!(main.matches("class=\"btn main\"").count(), buttons, "{main}");
            assert_eq!(main.contains(&writes), buttons == 1, "{main}");
            assert!(!main.contains("<table") && !main.contains("class=\"chart"), "{main}");
        }
    });
}

// proves: F8
#[test]
fn a_currency_that_is_settled_has_no_chart_whoever_asks_for_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        assert!(owner.get("/?currency=EUR").await.text.contains("class=\"chart"), "something is open");
        owner.post(&format!("{invoice}/payments"), &[("amount", "113.05"), ("method", "transfer")]).await;
        for path in ["/", "/?currency=EUR", "/?currency=CHF", "/?currency=%00"] {
            let page = owner.get(path).await;
            assert!(page.status == StatusCode::OK && !page.text.contains("class=\"chart"), "{path}: {}", page.text);
        }
    });
}
