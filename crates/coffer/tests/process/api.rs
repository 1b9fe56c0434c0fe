//! One invoice through the API, and bad input on the way.

use crate::installation::{Installation, invoice};
use serde_json::json;

// proves: F1, A4, A8, D4
#[test]
fn an_invoice_goes_from_draft_to_issued_over_tls_and_the_books_check() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        let mut client = installation.client(&serving);
        let customer = installation.customer(&mut client);
        let draft = client.post("/api/v1/invoices", &invoice(&customer)).unwrap();
        assert_eq!((draft.status, draft.body["status"].as_str()), (201, Some("draft")), "{draft:?}");
        let path = format!("/api/v1/invoices/{}", draft.body["id"].as_str().unwrap());
        let stale = client.send("POST", &format!("{path}/issue"), "if-match: \"9\"\r\n", "{}").unwrap();
        assert_eq!((stale.status, stale.body["code"].as_str()), (412, Some("stale")));
        let issued = client.send("POST", &format!("{path}/issue"), "if-match: \"1\"\r\n", "{}").unwrap();
        assert_eq!(
            (issued.status, issued.body["number"].as_str().map(|number| &number[7..])),
            (200, Some("-0001")),
            "{issued:?}"
        );
        assert_eq!(issued.body["totals"]["gross_total"], "2109.20");
        let got = client.send("GET", &path, "", "").unwrap();
        assert_eq!(got.body, issued.body);
        let payment = json!({ "amount": "109.20", "method": "transfer", "particulars": { "reference": "AN 1" } });
        let paid = client.post(&format!("{path}/payments"), &payment).unwrap();
        assert_eq!((paid.status, paid.body["allocations"][0]["amount"].as_str()), (201, Some("109.20")), "{paid:?}");
        let listed = client.send("GET", "/api/v1/invoices?only=open", "", "").unwrap();
        let row = &listed.body["invoices"][0];
        assert_eq!((row["settlement"].as_str(), row["open"].as_str()), (Some("partly_paid"), Some("2000.00")), "{row}");
        let void = client.post(&format!("{path}/void"), &json!({})).unwrap();
        assert_eq!((void.status, void.body["code"].as_str()), (409, Some("invoice.paid_on")), "{void:?}");
        let revised = client.send("PUT", &path, "if-match: *\r\n", &invoice(&customer).to_string()).unwrap();
        assert_eq!((revised.status, revised.body["code"].as_str()), (409, Some("invoice.not_a_draft")));
        drop(serving);
        assert!(installation.check().ends_with("nothing was altered."));
    }
}

#[test]
fn bad_input_gets_a_clear_refusal_and_no_half_effect() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    let mut client = installation.client(&serving);
    let customer = installation.customer(&mut client);
    let mut attempt = |path: &str, headers: &str, body: &str| {
        let headers = if headers.is_empty() { "if-match: *\r\nidempotency-key: 1\r\n" } else { headers };
        let answer = client.send("POST", path, headers, body).unwrap();
        assert!(answer.body["detail"].as_str().is_some_and(|detail| detail.len() > 20), "{answer:?}");
        (answer.status, answer.body["code"].as_str().unwrap_or_default().to_owned())
    };
    let new = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = invoice(&customer);
        change(&mut body);
        body.to_string()
    };
    let issue = "/api/v1/invoices/issue";
    let unreadable = (422, "body.unreadable".to_owned());
    assert_eq!(attempt(issue, "", "{"), (400, "body.malformed".to_owned()));
    assert_eq!(
        attempt(issue, "", &new(&|body| body["content"]["status"] = json!("paid"))),
        unreadable,
        "no mass assignment"
    );
    assert_eq!(
        attempt(issue, "", &new(&|body| body["content"]["lines"][0]["quantity"] = json!(12.5))),
        unreadable,
        "no floats"
    );
    assert_eq!(attempt(issue, "", &new(&|body| body["content"]["lines"] = json!([]))).1, "invoice.not_issuable");
    assert_eq!(
        attempt(issue, "", &new(&|body| body["customer"] = json!("cus_00000000000000000000000000"))).1,
        "invoice.customer_unknown"
    );
    assert_eq!(attempt(issue, "idempotency-key: \r\n", &new(&|_| {})).0, 400);
    assert_eq!(attempt("/api/v1/invoices/inv_x/issue", "", "{}").0, 404);
    assert_eq!(attempt("/api/v2", "", "{}").0, 404);
    assert_eq!(attempt(issue, "", &" ".repeat(1024 * 1024 + 1)).0, 413);
    let mut client = installation.client(&serving);
    let first = client.post(issue, &invoice(&customer)).unwrap();
    assert!(first.body["number"].as_str().unwrap().ends_with("-0001"), "no refusal used a number");
}

// proves: C36.b
#[test]
fn without_a_key_there_is_nothing() {
    let mut installation = Installation::new(false);
    let serving = installation.serve();
    for key in ["", "cof_", "x"] {
        installation.key = key.to_owned();
        let answer = installation
            .client(&serving)
            .send("GET", "/api/v1/invoices/inv_00000000000000000000000000", "", "")
            .unwrap();
        assert_eq!((answer.status, answer.body["code"].as_str()), (401, Some("sign_in.needed")));
    }
}

// proves: D10, C74.c
#[test]
fn the_exported_log_verifies_offline_with_the_public_key_alone() {
    let installation = Installation::new(false);
    let file = installation.folder().join("log");
    let file = file.to_str().unwrap();
    installation.run(&["audit", "export", "--business", &installation.business, file]);
    let key = installation.run(&["audit", "key", "--business", &installation.business]);
    let key = String::from_utf8(key.stdout).unwrap();
    let verified = installation.run(&["audit", "verify", file, "--key", key.trim()]);
    assert!(String::from_utf8(verified.stdout).unwrap().contains("nothing was altered"));

    let serving = installation.serve();
    installation.customer(&mut installation.client(&serving));
    drop(serving);
    let later = installation.folder().join("later");
    let later = later.to_str().unwrap();
    installation.run(&["audit", "export", "--business", &installation.business, later]);
    installation.run(&["audit", "verify", later, "--key", key.trim(), "--since", file]);
    let cut_back = installation.try_run(&["audit", "verify", file, "--key", key.trim(), "--since", later]);
    assert!(!cut_back.status.success(), "an older log does not continue a newer one");
}

#[test]
fn told_to_stop_it_finishes_and_ends_well() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    let mut client = installation.client(&serving);
    installation.customer(&mut client);
    drop(client);
    serving.stop();
    assert!(installation.check().starts_with("3 records"), "what was refused or done is signed and whole");
}
