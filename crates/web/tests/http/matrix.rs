//! The authorization matrix: every route of the API, in every role, on one's own record, a colleague's, another
//! business's and one that does not exist, as a draft and issued. What is expected comes from the policy table and the
//! kind of record alone; a route that nobody here knows how to ask fails the test.

use crate::description;
use crate::world::{Records, World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use coffer_web::router::{Route, routes};

/// Whose record is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Colleague,
    OtherBusiness,
    Nobody,
}

const WHOSE: [Whose; 4] = [Whose::Own, Whose::Colleague, Whose::OtherBusiness, Whose::Nobody];

/// The address with a record in it.
fn address(route: &Route, records: &Records, issued: bool) -> String {
    let invoice = if issued { &records.issued } else { &records.draft };
    let path = route.path.replace("{customer}", &records.customer).replace("{invoice}", invoice);
    let path = path.replace("{item}", &records.item);
    let path = path.replace("{payment}", &records.payment).replace("{key}", &records.key);
    assert!(!path.contains('{'), "nobody here knows how to ask {route:?}");
    path
}

/// What the policy and the record say, without knowing how the program decides.
fn expected(route: &Route, action: Action, role: Role, whose: Whose, status: StatusCode) -> bool {
    let missing = status == StatusCode::NOT_FOUND;
    let names_a_record = route.path.contains('{');
    match reach(action, Party::Role(role)) {
        Reach::None => status == StatusCode::FORBIDDEN,
        _ if !names_a_record => !missing && status != StatusCode::FORBIDDEN,
        Reach::All if matches!(whose, Whose::Own | Whose::Colleague) => !missing && status != StatusCode::FORBIDDEN,
        Reach::Own if whose == Whose::Own => !missing && status != StatusCode::FORBIDDEN,
        Reach::All | Reach::Own => missing,
    }
}

// proves: C42.b, C43.d, C45.a, D8
#[test]
fn every_route_answers_every_role_as_the_table_says() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let colleagues = world.key(1, Role::Owner).await;
        let colleague = world.paid_records(&colleagues).await;
        let other = world.paid_records(&world.key(2, Role::Owner).await).await;
        let nobody = Records::of_nobody();
        let mut asked = 0;
        for role in Role::ALL {
            let key = world.key(1, role).await;
            let spare = match reach(Action::IssueInvoice, Party::Role(role)) {
                Reach::None => colleague.clone(),
                Reach::Own | Reach::All => world.paid_records(&key).await,
            };
            for route in routes().into_iter().filter(|route| route.path.starts_with("/api/")) {
                let Some(action) = route.action else { continue };
                for (whose, issued) in WHOSE.into_iter().flat_map(|whose| [(whose, false), (whose, true)]) {
                    // What is asked may change it, so that each time it is another one.
                    let own = match reach(Action::IssueInvoice, Party::Role(role)) {
                        Reach::Own | Reach::All if whose == Whose::Own => world.paid_records(&key).await,
                        Reach::None | Reach::Own | Reach::All => spare.clone(),
                    };
                    // What somebody deleted is not there for the next one.
                    let colleague = if route.method == "DELETE" {
                        world.paid_records(&colleagues).await
                    } else {
                        colleague.clone()
                    };
                    let records = match whose {
                        Whose::Own => &own,
                        Whose::Colleague => &colleague,
                        Whose::OtherBusiness => &other,
                        Whose::Nobody => &nobody,
                    };
                    // A key that was revoked is as good as none.
                    let key_id = match whose {
                        Whose::Nobody => nobody.key.clone(),
                        _ if !route.path.contains("{key}") => nobody.key.clone(),
                        Whose::OtherBusiness => world.spare_key(2).await,
                        Whose::Own | Whose::Colleague => world.spare_key(1).await,
                    };
                    let records = &Records { key: key_id, ..records.clone() };
                    let (path, body) = (address(&route, records, issued), description::example(&route, &own.customer));
                    let (status, answer) = world.send(route.method, &path, &key, body.as_ref()).await;
                    assert!(!status.is_server_error(), "{role:?} {route:?} {whose:?}: {answer}");
                    assert!(
                        description::expects(&route, status, &answer),
                        "{route:?}: {status} {answer} is not described"
                    );
                    // An auditor has no records of their own: what is there is the colleague's.
                    assert!(
                        expected(&route, action, role, whose, status),
                        "{role:?} {route:?} {whose:?} issued {issued}: {status} {answer}"
                    );
                    asked += 1;
                }
            }
        }
        assert!(asked > 6 * 20 * 8, "{asked}");
    });
}

// proves: F1, C59.b
#[test]
fn what_must_be_said_is_asked_for_before_anything_is_done() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let records = world.records(&key).await;
        let mut missed = Vec::new();
        for route in routes().into_iter().filter(|route| route.path.starts_with("/api/")) {
            let needed = description::needed(&route);
            for left_out in &needed {
                let all = [("idempotency-key", "1"), ("if-match", "*")];
                let headers: Vec<_> =
                    all.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case(left_out)).collect();
                let (path, body) = (address(&route, &records, false), description::example(&route, &records.customer));
                let (status, answer) = world.send_with(route.method, &path, &key, &headers, body.as_ref()).await;
                let code = answer["code"].as_str().unwrap_or_default().to_owned();
                assert!(description::expects(&route, status, &answer), "{route:?}: {answer}");
                missed.push((status.as_u16(), code));
            }
        }
        missed.sort();
        missed.dedup();
        assert_eq!(missed, [(400, "idempotency_key.missing".to_owned()), (428, "if_match.missing".to_owned())]);
        let (_, listed) = world.send("GET", "/api/v1/invoices", &key, None).await;
        assert_eq!(listed["invoices"].as_array().map(Vec::len), Some(2), "nothing was done");
    });
}
