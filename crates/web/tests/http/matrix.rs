//! The authorization matrix: every route of the API, in every role, on one's own record, a colleague's, another
//! business's and one that does not exist, as a draft and issued. What is expected comes from the policy table and the
//! kind of record alone; a route that nobody here knows how to ask fails the test.

use crate::world::{Records, World, customer_body, invoice_body, item_body};
use axum::http::StatusCode;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;
use coffer_web::router::{Route, routes};
use serde_json::{Value, json};

/// Whose record is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Colleague,
    OtherBusiness,
    Nobody,
}

const WHOSE: [Whose; 4] = [Whose::Own, Whose::Colleague, Whose::OtherBusiness, Whose::Nobody];

/// The address with a record in it, and what is sent; [`None`] where this route is unknown here.
fn ask(route: &Route, records: &Records, issued: bool, own: &Records) -> Option<(String, Option<Value>)> {
    let invoice = if issued { &records.issued } else { &records.draft };
    let path = route.path.replace("{customer}", &records.customer).replace("{invoice}", invoice);
    let path = path.replace("{item}", &records.item);
    // A payment's id is looked for among payments: an id of that kind which is none of ours.
    let path = path.replace("{payment}", "pay_00000000000000000000000000");
    let body = match (route.method, route.path) {
        ("GET", _) => None,
        ("POST", "/api/v1/customers") | ("PUT", "/api/v1/customers/{customer}") => Some(customer_body()),
        ("POST", "/api/v1/invoices" | "/api/v1/invoices/issue") | ("PUT", "/api/v1/invoices/{invoice}") => {
            Some(invoice_body(&own.customer))
        }
        ("PUT", "/api/v1/settings/delivery") => Some(json!({ "public_url": null, "mail": null })),
        ("POST", "/api/v1/customers/import") => Some(json!({ "csv": "name\nBerg\n" })),
        ("POST", "/api/v1/items") | ("PUT", "/api/v1/items/{item}") => Some(item_body()),
        ("POST", "/api/v1/invoices/{invoice}/payments") => Some(json!({ "amount": "1", "method": "cash" })),
        (
            "POST",
            "/api/v1/invoices/{invoice}/issue"
            | "/api/v1/invoices/{invoice}/void"
            | "/api/v1/invoices/{invoice}/mark-sent"
            | "/api/v1/invoices/{invoice}/send"
            | "/api/v1/settings/delivery/test-mail"
            | "/api/v1/settings/delivery/test-public-url"
            | "/api/v1/items/{item}/retire"
            | "/api/v1/payments/{payment}/reverse",
        ) => Some(json!({})),
        _ => return None,
    };
    Some((path, body))
}

/// What the policy and the record say, without knowing how the program decides.
fn expected(route: &Route, action: Action, role: Role, whose: Whose, status: StatusCode) -> bool {
    let missing = status == StatusCode::NOT_FOUND;
    // A list of what counts on an invoice out of reach is empty, not missing.
    let lists = route.path.ends_with("/payments") && route.method == "GET";
    let names_a_record = route.path.contains('{');
    let never_there = route.path.contains("{payment}");
    match reach(action, Party::Role(role)) {
        Reach::None => status == StatusCode::FORBIDDEN,
        _ if !names_a_record => !missing && status != StatusCode::FORBIDDEN,
        _ if lists => status == StatusCode::OK,
        _ if never_there => missing,
        Reach::All if matches!(whose, Whose::Own | Whose::Colleague) => !missing && status != StatusCode::FORBIDDEN,
        Reach::Own if whose == Whose::Own => !missing && status != StatusCode::FORBIDDEN,
        Reach::All | Reach::Own => missing,
    }
}

// proves: C42.b, C43.d, C45.a, D8
#[test]
fn every_route_answers_every_role_as_the_table_says() {
    on_both_engines(STEPS, &[], |test| async move {
        let world = World::new(test).await;
        let colleague = world.records(&world.key(1, Role::Owner).await).await;
        let other = world.records(&world.key(2, Role::Owner).await).await;
        let nobody = Records {
            customer: "cus_00000000000000000000000000".into(),
            draft: "inv_00000000000000000000000000".into(),
            issued: "inv_00000000000000000000000000".into(),
            item: "itm_00000000000000000000000000".into(),
        };
        let mut asked = 0;
        for role in Role::ALL {
            let key = world.key(1, role).await;
            for route in routes().into_iter().filter(|route| route.path.starts_with("/api/")) {
                let action = route.action.unwrap_or_else(|| panic!("{route:?} declares no action"));
                for (whose, issued) in WHOSE.into_iter().flat_map(|whose| [(whose, false), (whose, true)]) {
                    let own = match reach(Action::IssueInvoice, Party::Role(role)) {
                        Reach::None => colleague.clone(),
                        Reach::Own | Reach::All => world.records(&key).await,
                    };
                    let records = match whose {
                        Whose::Own => &own,
                        Whose::Colleague => &colleague,
                        Whose::OtherBusiness => &other,
                        Whose::Nobody => &nobody,
                    };
                    let (path, body) =
                        ask(&route, records, issued, &own).unwrap_or_else(|| panic!("{route:?} is unknown here"));
                    let (status, answer) = world.send(route.method, &path, &key, body.as_ref()).await;
                    assert!(!status.is_server_error(), "{role:?} {route:?} {whose:?}: {answer}");
                    // An auditor has no records of their own: what is there is the colleague's.
                    assert!(
                        expected(&route, action, role, whose, status),
                        "{role:?} {route:?} {whose:?} issued {issued}: {status} {answer}"
                    );
                    asked += 1;
                }
            }
        }
        assert!(asked > 6 * 15 * 8, "{asked}");
    });
}
