//! `coffer check` says which row was changed past the program, and ends with the code of a finding.

use crate::client::Client;
use crate::installation::Installation;
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
