//! The API is what its description says, and nothing else.

use crate::installation::Installation;
use coffer_testkit::schemathesis::{Subject, judge};

// proves: F1, C95.j, C96.c
#[test]
fn no_answer_is_broken_or_undescribed_whatever_is_asked() {
    whatever_is_asked(false);
}

// proves: F1, C95.j, C96.c
#[test]
fn no_answer_of_postgres_is_broken_or_undescribed_whatever_is_asked() {
    whatever_is_asked(true);
}

fn whatever_is_asked(on_postgres: bool) {
    let installation = Installation::new(on_postgres);
    let key = installation.key_as("owner");
    let serving = installation.serve();
    installation.customer(&mut installation.client(&serving));
    let subject = Subject {
        description: &format!("https://localhost:{}/api/v1/openapi.json", serving.port),
        authority: &installation.folder().join("data/tls/authority.pem"),
        key: &key,
        folder: installation.folder(),
    };
    let judged = judge(&subject, "examples,coverage,fuzzing", (7, 20)).unwrap().output().unwrap();
    let (said, stumbled) = (String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr));
    assert!(judged.status.success(), "{said}\n{stumbled}");
    drop(serving);
    assert!(installation.check().ends_with("nothing was altered."), "whatever was asked, the books are whole");
}

#[test]
fn the_description_is_printed_as_it_is_served() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    let served = installation.client(&serving).send("GET", "/api/v1/openapi.json", "", "").unwrap();
    let printed: serde_json::Value = serde_json::from_slice(&installation.run(&["openapi"]).stdout).unwrap();
    assert_eq!((served.status, served.body), (200, printed));
}
