//! What pages tell somebody at the moment they need it: who may change what they may not, why something cannot be done and
//! what instead, what happened, by whom and when.

use crate::consequence::{EMAIL, joins};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::BusinessId;
use coffer_store::backup::{ASKED, TrySheet};
use coffer_testkit::Callers;

const IBAN: &str = "DE89370400440532013000";

/// A draft for this customer; its address.
async fn drafted(owner: &mut Visit<'_>, customer: &str, day: &str) -> String {
    let form = [
        ("new_customer", customer),
        ("delivered_on", day),
        ("line-0-name", "Sign"),
        ("line-0-net_price", "3001"),
        ("line-0-tax", "S 19"),
    ];
    owner.post("/invoices", &form).await.location.replace("/edit", "")
}

async fn account(owner: &mut Visit<'_>, iban: &str) {
    let version = owner.get("/settings").await.hidden("version");
    let said = [
        ("version", version.as_str()),
        ("name", "Atelier Sør"),
        ("terms_days", "14"),
        ("holder", "Atelier Sør"),
        ("iban", iban),
    ];
    assert_eq!(owner.post("/settings", &said).await.status, StatusCode::OK);
}

// proves: D8
#[test]
fn whoever_may_not_change_the_business_reads_it_and_who_may() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        account(&mut owner, IBAN).await;
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        let page = clerk.get("/settings").await.text;
        assert!(!page.contains("action=\"/settings\"") && !page.contains("name=\"iban\""), "no form: {page}");
        assert!(page.contains("Who may change it: Owner, Administrator."), "{page}");
        assert!(page.contains("Atelier Sør</bdi>") && page.contains("<span>DE89</span><span>3704</span>"), "{page}");
        assert!(!page.contains("href=\"/settings/delivery\"") && !page.contains("href=\"/settings/look\""), "{page}");
        assert!(page.contains("action=\"/settings/password\""), "what is their own stays theirs");
        assert!(owner.get("/settings").await.text.contains("action=\"/settings\""));
    });
}

// proves: B1, A14
#[test]
fn an_invoice_says_when_it_was_delivered_what_comes_next_and_why_it_cannot_be_voided() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = drafted(&mut owner, "Vogel", "2026-01-05").await;
        assert!(!owner.get(&format!("{invoice}/issue")).await.text.contains("still owes"));
        owner.post(&format!("{invoice}/issue"), &[]).await;
        let issued = owner.get(&invoice).await.text;
        assert!(issued.contains("5 January 2026"), "the day of delivery: {issued}");
        assert!(issued.contains("class=\"btn main\" href=\"") && issued.contains("/pdf?save=yes"), "{issued}");
        assert!(!issued.contains("class=\"btn main\">Record the payment"), "nobody has it yet: {issued}");
        let happened = issued.split_once("What happened").unwrap().1;
        assert!(
            happened.contains("<bdi>Ingrid Solberg</bdi>") && happened.contains(':'),
            "who, and the hour: {happened}"
        );

        let second = drafted(&mut owner, "Vogel", "").await;
        let asked = owner.get(&format!("{second}/issue")).await.text;
        assert!(asked.contains("still owes <a href") && asked.contains("-0001</a>, 3,571.19"), "{asked}");
        assert!(asked.contains("void that one as well"), "nobody has it: {asked}");

        owner.post(&format!("{invoice}/payments"), &[("amount", "50"), ("method", "transfer")]).await;
        let paid = owner.get(&invoice).await.text;
        assert!(paid.contains("take the payment back first") && !paid.contains("/void\""), "{paid}");
        let back = paid.between("/payments/", "/take-back");
        let ask = format!("{invoice}/payments/{back}/take-back");
        let asked = owner.get(&ask).await.text;
        assert!(asked.contains("-0001</a>") && asked.contains("<bdi>Vogel</bdi>"), "which invoice, and whose: {asked}");
        owner.post(&ask, &[]).await;
        assert!(owner.get(&invoice).await.text.contains("/void\""), "now it can be");
        owner.post(&format!("{invoice}/sent"), &[]).await;
        let sent = owner.get(&invoice).await.text;
        assert!(sent.contains("agree with the customer on a second invoice"), "{sent}");
        assert!(sent.contains("class=\"btn main\">Record the payment"), "now that they have it: {sent}");
        let asked = owner.get(&format!("{second}/issue")).await.text;
        assert!(asked.contains("still owes <a href") && !asked.contains("void that one"), "it cannot be: {asked}");
    });
}

// proves: A14, B5
#[test]
fn that_an_invoice_became_overdue_stays_told_once_it_is_paid() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = drafted(&mut owner, "Vogel", "2026-01-05").await;
        owner.post(&format!("{invoice}/issue"), &[]).await;
        let told = |page: &str| page.split_once("What happened").unwrap().1.matches("Became overdue").count();
        assert_eq!(told(&owner.get(&invoice).await.text), 0);
        world.test.home.clock.advance_seconds(20 * 24 * 60 * 60);
        owner.signs_in().await;
        assert_eq!(told(&owner.get(&invoice).await.text), 1);
        for (amount, sure) in [("50", ""), ("3521.19", ""), ("10", "yes")] {
            let paid = [("amount", amount), ("method", "transfer"), ("sure", sure)];
            owner.post(&format!("{invoice}/payments"), &paid).await;
            let page = owner.get(&invoice).await.text;
            assert_eq!(told(&page), 1, "after {amount}: {page}");
            let happened = page.split_once("What happened").unwrap().1;
            assert!(happened.find("received").unwrap() < happened.find("Became overdue").unwrap(), "{happened}");
        }
    });
}

trait Between {
    fn between(&self, before: &str, after: &str) -> String;
}

impl Between for String {
    fn between(&self, before: &str, after: &str) -> String {
        self.split_once(before).unwrap().1.split_once(after).unwrap().0.to_owned()
    }
}

// proves: C39.a, C76.b
#[test]
fn the_history_names_the_first_account_and_tells_what_is_worth_a_look_from_what_was_forgotten() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        account(&mut owner, IBAN).await;
        account(&mut owner, "NO93 8601 1117 947").await;
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        let key = [("name", "The web shop"), ("role", "billing_clerk"), ("customer.read", "yes"), ("days", "90")];
        owner.post("/settings/keys", &key).await;
        owner.post("/customers", &[("name", "")]).await;
        clerk.post("/settings", &[("name", "Eve"), ("terms_days", "14")]).await;
        world.test.home.clock.advance_seconds(600);
        let asked = owner.post("/people/invite", &[("email", "eve@else.example"), ("role", "auditor")]).await;
        owner.post("/proof", &[("code", "000000"), ("kept", &asked.hidden("kept"))]).await;
        // Whose time ends stands on the page that asks for the code, and where a wrong one was given.
        let tom = owner.get("/people").await.text.between("href=\"/people/usr_", "/end");
        let end = owner.post(&format!("/people/usr_{tom}/end"), &[]).await;
        assert!(asked.text.contains("To invite eve@else.example"), "{}", asked.text);
        assert!(end.text.contains("To end the time of Ingrid Solberg"), "{}", end.text);
        assert!(
            end.text.contains("class=\"rail\"") && end.text.contains("href=\"/people\" aria-current"),
            "{}",
            end.text
        );
        let wrong = owner.post("/proof", &[("code", "000000"), ("kept", &end.hidden("kept"))]).await.text;
        assert!(wrong.contains("This code does not fit") && wrong.contains("To end the time of "), "{wrong}");
        let done = owner.get("/history").await.text;
        assert!(done.contains("Named the account that customers pay to"), "{done}");
        assert!(done.contains("Changed the account that customers pay to"), "{done}");
        for said in ["DE89 … 3000", "NO93 … 7947", "tom@ateliersor.example", "The web shop"] {
            assert!(done.contains(&format!("<bdi>{said}</bdi>")), "{said}: {done}");
        }
        let refused = owner.get("/history?only=refused").await.text;
        let line = |words: &str| {
            let row = refused.split("<tr>").find(|row| row.contains(words));
            row.unwrap_or_else(|| panic!("no {words} in {refused}")).to_owned()
        };
        assert!(line("change the business").contains("class=\"badge noted\">No permission"), "{refused}");
        let wrong = line("Refused: invite somebody · ");
        assert!(wrong.contains("badge noted\">Wrong code or password"), "{refused}");
        let wrong = line("Refused: change somebody");
        assert_eq!(wrong.matches("Ingrid Solberg</bdi>").count(), 2, "by whom, and about whom: {wrong}");
        // Being asked is no refusal, and hidden neither.
        assert!(!refused.contains("fresh code") && !refused.contains("password and second step"), "{refused}");
        assert_eq!(owner.get("/history?only=all").await.text.matches("Asked for a fresh code first").count(), 2);
        let forgotten = line("add a customer");
        assert!(forgotten.contains("A customer needs a name") && !forgotten.contains("badge"), "{forgotten}");
        let keys = owner.get("/settings/keys").await.text;
        assert!(keys.contains("What it may do: See customers"), "{keys}");
    });
}

// proves: C76.b
#[test]
fn a_backup_stands_in_the_history_with_its_size_and_says_where_it_went() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        owner.post("/items", &[("name", "Sign"), ("net_price", "95"), ("currency", "EUR"), ("tax", "S 19")]).await;
        let acting = |business| Callers::of(business).operator();
        let (sheet, paper) = world.test.books.make_sheet(&acting).await.unwrap();
        let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
        world.test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.unwrap();
        let made = world.test.books.back_up(&acting).await.unwrap();
        assert!(owner.get("/").await.text.contains("no backup yet"), "it is on its way");
        world.test.books.backup_arrived(&acting(BusinessId::INSTALLATION), made.handed()).await.unwrap();
        let done = owner.get("/history").await.text;
        let row = done.split("<tr>").find(|row| row.contains("Made a backup of all the books")).unwrap();
        assert!(row.contains("At the machine") && row.contains("B"), "by whom, and how large: {row}");
        assert!(row.contains("kB") || row.contains("MB"), "{row}");
        assert!(done.contains("Was shown a new recovery sheet") && done.contains("it is in force"), "{done}");
        assert!(
            done.contains("Added to the catalogue · <a href=\"/items/itm_") && done.contains("<bdi>Sign</bdi>"),
            "{done}"
        );
        for page in ["/backup", "/"] {
            let said = owner.get(page).await.text;
            assert!(said.contains("written at the machine"), "{page}: {said}");
        }
        // Who may make none is refused where the people of the business look.
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        clerk.post("/backup", &[]).await;
        assert!(owner.get("/history?only=refused").await.text.contains("Refused: make a backup"));
    });
}
