//! `coffer check` says which row was changed past the program, and ends with the code of a finding.

use crate::client::Client;
use crate::installation::Installation;
use serde_json::json;

fn name(client: &mut Client, customer: &str, name: &str) {
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
