//! What pages do, programs do too: every form of a page beside the operation that does the same, and the few that are for
//! people alone. A page with a new form fails here until somebody says which it is.

use crate::description;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::Action;
use coffer_kernel::policy::PEOPLE_ONLY;
use coffer_web::router::{Route, routes};
use std::collections::{BTreeMap, BTreeSet};

/// A page's form, and the operations that do what it does.
const SAME: [(&str, &str); 31] = [
    ("/customers", "addCustomer"),
    ("/customers/import", "importCustomers"),
    ("/customers/{customer}", "reviseCustomer"),
    ("/items", "addItem"),
    // A line of the editor, as an item.
    ("/items/keep", "addItem"),
    ("/items/{item}", "reviseItem"),
    ("/items/{item}/retire", "retireItem"),
    ("/invoices", "draftInvoice"),
    // It reckons what a draft comes to: as the answer to drafting one.
    ("/invoices/preview", "draftInvoice"),
    ("/invoices/{invoice}", "reviseInvoice"),
    // A copy is a draft with what was read of another one.
    ("/invoices/{invoice}/copy", "getInvoice"),
    ("/invoices/{invoice}/issue", "issueInvoice"),
    ("/invoices/{invoice}/void", "voidInvoice"),
    ("/invoices/{invoice}/delete", "deleteDraft"),
    ("/invoices/{invoice}/send", "sendInvoice"),
    ("/invoices/{invoice}/link", "makeLink"),
    ("/invoices/{invoice}/links/end", "endLinks"),
    ("/invoices/{invoice}/sent", "markInvoiceSent"),
    ("/invoices/{invoice}/payments", "recordPayment"),
    ("/invoices/{invoice}/payments/{payment}/take-back", "reversePayment"),
    ("/backup", "makeBackup"),
    ("/settings", "reviseBusiness"),
    ("/settings/look", "putLetterhead"),
    ("/settings/look/paper", "printInvoice"),
    ("/settings/delivery/address", "setUpDelivery"),
    ("/settings/delivery/address/try", "testPublicUrl"),
    ("/settings/delivery/mail", "setUpDelivery"),
    ("/settings/delivery/mail/try", "testMail"),
    ("/settings/delivery/mail/forget", "setUpDelivery"),
    ("/settings/keys", "createApiKey"),
    ("/settings/keys/{key}/revoke", "revokeApiKey"),
];

/// What only a person does who is signed in: about themselves, or giving power away (decision 10).
const OF_PEOPLE: [(&str, Action); 12] = [
    ("/people/invite", Action::InvitePerson),
    ("/people/invitations/{link}/end", Action::InvitePerson),
    ("/people/{user}", Action::RevisePerson),
    ("/people/{user}/end", Action::RevisePerson),
    ("/recovery-sheet", Action::MakeRecoverySheet),
    ("/recovery-sheet/try", Action::MakeRecoverySheet),
    ("/settings/sessions", Action::EndSession),
    ("/settings/sessions/{session}/end", Action::EndSession),
    ("/settings/second-step", Action::ReviseSignIn),
    ("/settings/second-step/code", Action::ReviseSignIn),
    ("/settings/spare-codes", Action::ReviseSignIn),
    ("/settings/password", Action::ReviseSignIn),
];

// proves: F1
#[test]
fn whatever_a_page_does_a_program_does_or_it_is_said_why_not() {
    let all = routes();
    let (api, pages): (Vec<&Route>, Vec<&Route>) =
        all.iter().filter(|route| route.action.is_some()).partition(|route| route.path.starts_with("/api/"));
    let operations: BTreeMap<&str, Action> =
        api.iter().filter_map(|route| Some((description::of(route)["operationId"].as_str()?, route.action?))).collect();
    for page in pages.iter().filter(|page| page.method != "GET") {
        let same = SAME.iter().find(|(path, _)| *path == page.path);
        let of_people = OF_PEOPLE.iter().find(|(path, _)| *path == page.path);
        match (same, of_people) {
            (Some((_, operation)), None) => assert!(operations.contains_key(operation), "{page:?}: {operation}"),
            (None, Some((_, action))) => assert_eq!(page.action, Some(*action), "{page:?}"),
            (None, None) | (Some(_), Some(_)) => panic!("{page:?}: say which operation does this, or why none does"),
        }
    }
    let actions = |routes: &[&Route]| routes.iter().filter_map(|route| route.action).collect::<BTreeSet<_>>();
    let alone: BTreeSet<Action> = actions(&pages).difference(&actions(&api)).copied().collect();
    let about_oneself = [Action::EndSession, Action::ReviseSignIn];
    assert_eq!(alone, PEOPLE_ONLY.into_iter().chain(about_oneself).collect(), "decision 10 names them");
}

// proves: F1
#[test]
fn a_program_finds_what_a_person_finds_and_counts_what_waits() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, coffer_kernel::Role::Owner).await;
        let records = world.records(&key).await;
        let get = async |path: &str| {
            let (status, found) = world.send("GET", path, &key, None).await;
            assert_eq!(status, StatusCode::OK, "{path}: {found}");
            found
        };
        let count = |found: &serde_json::Value, of: &str| found[of].as_array().unwrap().len();
        assert_eq!(count(&get("/api/v1/invoices?q=backerei").await, "invoices"), 2, "by the customer's name");
        assert_eq!(count(&get("/api/v1/invoices?q=-0001").await, "invoices"), 1, "by its number");
        assert_eq!(count(&get("/api/v1/invoices?q=nobody").await, "invoices"), 0);
        let found = get("/api/v1/customers?q=VOGEL").await;
        assert_eq!((count(&found, "customers"), found["customers"][0]["id"].as_str()), (1, Some(&*records.customer)));
        assert_eq!(count(&get("/api/v1/customers?q=nobody").await, "customers"), 0);
        let overview = get("/api/v1/overview").await;
        assert_eq!((&overview["drafts"], &overview["waiting"]["open"]), (&1.into(), &1.into()), "{overview}");
    });
}
