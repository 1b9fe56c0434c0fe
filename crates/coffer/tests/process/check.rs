//! `coffer check` says which row was changed past the program, and ends with the code of a finding.

use crate::browser::Browser;
use crate::client::Client;
use crate::first_timer::PERSON;
use crate::installation::Installation;
use crate::seated::seated;
use serde_json::json;

pub(crate) fn name(client: &mut Client, customer: &str, name: &str) {
    let body = json!({ "party": { "name": name } }).to_string();
    let answer = client.send("PUT", &format!("/api/v1/customers/{customer}"), "if-match: *\r\n", &body).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
}

// proves: D11, C02.f, C03.c
#[test]
fn a_row_that_was_changed_past_the_program_is_named() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        let mut client = installation.client(&serving);
        let (first, _) = (installation.customer(&mut client), installation.customer(&mut client));
        let kept = installation.behind("CREATE TABLE kept AS SELECT * FROM customer");
        assert_eq!(kept, "");
        name(&mut client, &first, "Bäckerei Vogel & Söhne");
        drop((client, serving));
        installation.key_as("billing_clerk");
        assert!(installation.check().ends_with("nothing was altered."));
        let revised = "WHERE version = 2";
        for (table, more, back) in [
            // What it was called before, in its own place; somebody else's name.
            (
                "customer",
                format!("UPDATE customer SET name = (SELECT k.name FROM kept k WHERE k.id = customer.id) {revised}"),
                format!("UPDATE customer SET name = (SELECT n.name FROM now n WHERE n.id = customer.id) {revised}"),
            ),
            (
                "customer",
                format!("UPDATE customer SET name = (SELECT k.name FROM kept k WHERE k.id <> customer.id) {revised}"),
                format!("UPDATE customer SET name = (SELECT n.name FROM now n WHERE n.id = customer.id) {revised}"),
            ),
            (
                "api_key",
                "UPDATE api_key SET role = 'owner' WHERE role = 'billing_clerk'".to_owned(),
                "UPDATE api_key SET role = 'billing_clerk' WHERE role = 'owner'".to_owned(),
            ),
        ] {
            installation.behind("CREATE TABLE now AS SELECT * FROM customer");
            installation.behind(&more);
            let checked = installation.try_run(&["check", "--business", &installation.business]);
            let said = String::from_utf8_lossy(&checked.stdout).into_owned();
            assert_eq!(checked.status.code(), Some(3), "{on_postgres}, {more}: {said}");
            assert!(said.lines().any(|line| line.starts_with(&format!("{table} "))), "{on_postgres}, {more}: {said}");
            installation.behind(&back);
            installation.behind("DROP TABLE now");
            assert!(installation.check().ends_with("nothing was altered."), "{on_postgres}, {back}");
        }
    }
}

// proves: C03.c, C95.o
#[test]
fn a_row_that_has_no_digest_is_taken_on_beside_the_server_and_without_it_and_an_altered_one_is_not() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let mut serving = Some(installation.serve());
        let mut client = installation.client(serving.as_ref().unwrap());
        let customer = installation.customer(&mut client);
        drop(client);
        let check = ["check", "--business", &installation.business];
        let mend = [check.as_slice(), &["--mend"]].concat();
        for beside in [true, false] {
            if !beside {
                serving.take().unwrap().stop();
            }
            installation.behind("UPDATE customer SET digest = NULL");
            assert_eq!(installation.try_run(&check).status.code(), Some(3), "{on_postgres} {beside}");
            let mended = String::from_utf8(installation.run(&mend).stdout).unwrap();
            assert!(mended.contains("written: 1."), "{on_postgres} {beside}: {mended}");
            assert!(installation.check().ends_with("nothing was altered."), "{on_postgres} {beside}");
        }
        installation.behind("UPDATE customer SET digest = NULL, language = 'fr'");
        let refused = installation.try_run(&mend);
        let said = String::from_utf8_lossy(&refused.stdout).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{on_postgres}: {said}");
        assert!(said.contains("not taken on, because it is not as its last record wrote it."), "{on_postgres}: {said}");
        let serving = installation.serve();
        let answer = installation.client(&serving).send("GET", &format!("/api/v1/customers/{customer}"), "", "");
        assert_eq!(answer.unwrap().status, 409, "{on_postgres}");
    }
}

// proves: C03.c, D11
#[test]
fn what_a_check_beside_the_server_finds_stands_on_its_pages_until_a_check_finds_it_gone() {
    let (installation, serving, mut browser) = seated("en");
    let page = format!("https://localhost:{}/settings", serving.port);
    let listed = String::from_utf8(installation.run(&["user", "list"]).stdout).unwrap();
    let business = listed.split_whitespace().find(|word| word.starts_with("biz_")).unwrap();
    browser.go(&format!("https://localhost:{}/customers/new", serving.port));
    browser.fill("name", "Bäckerei Vogel");
    browser.click("button.main");
    // A way in that nobody has come by.
    installation.run(&["user", "recover", "--email", PERSON.1]);
    let says = |browser: &Browser| {
        browser.go(&page);
        browser.text("main").contains("not as Coffer wrote")
    };
    // In the books of this business, and in those by which its people come in.
    for (table, column) in [("customer", "created_at"), ("entry_link", "expires_at")] {
        let change = |by: &str| installation.behind(&format!("UPDATE {table} SET {column} = {column} {by}"));
        change("+ 1");
        assert!(!says(&browser), "{table}: nobody has looked yet");
        let checked = installation.try_run(&["check", "--business", business]);
        assert_eq!(checked.status.code(), Some(3), "{table}: {}", String::from_utf8_lossy(&checked.stdout));
        assert!(says(&browser), "{table}: {}", browser.text("main"));
        change("- 1");
        installation.run(&["check", "--business", business]);
        assert!(!says(&browser), "{table}: {}", browser.text("main"));
    }
}
