//! The authorization matrix: every route of the API, in every role, on one's own record, a colleague's, another
//! business's and one that does not exist, as a draft, issued, paid and void. What is expected comes from the policy table and
//! the kind of record alone; a route that nobody here knows how to ask fails the test.

use crate::description;
use crate::world::{Records, State, World, on_both_engines};
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
fn address(route: &Route, records: &Records, state: State) -> String {
    let path = route.path.replace("{customer}", &records.customer).replace("{invoice}", records.invoice(state));
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

/// Whether an invoice in this state takes such a change from anybody at all. Looking changes nothing.
fn takes(route: &Route, state: State) -> bool {
    let of_drafts = matches!(route.method, "PUT" | "DELETE") || route.path.ends_with("/issue");
    if route.method == "GET" || !route.path.contains("{invoice}") {
        return true;
    }
    match state {
        State::Draft => of_drafts,
        State::Issued => !of_drafts,
        State::Settled => !of_drafts && !route.path.ends_with("/void"),
        // Nothing but that its links end.
        State::Void => route.path.ends_with("/links/end"),
    }
}

/// Whose records are asked for, in each state.
struct Kept {
    owner: String,
    colleague: Vec<Records>,
    other: Vec<Records>,
    nobody: Records,
}

impl Kept {
    async fn of(world: &World) -> Self {
        let (owner, others) = (world.key(1, Role::Owner).await, world.key(2, Role::Owner).await);
        let colleague = world.records_in_each(&owner, &owner).await;
        let other = world.records_in_each(&others, &others).await;
        Self { owner, colleague, other, nobody: Records::of_nobody() }
    }

    /// The records that are asked for. What is asked may change one's own, so that each time it is another one; and what
    /// somebody deleted is not there for the next one.
    async fn records(&self, world: &World, route: &Route, (whose, state): (Whose, State), own: &Records) -> Records {
        let records = match whose {
            Whose::Own => own.clone(),
            Whose::Colleague if route.method == "DELETE" => world.records_in(state, &self.owner, &self.owner).await,
            Whose::Colleague => self.colleague[state as usize].clone(),
            Whose::OtherBusiness => self.other[state as usize].clone(),
            Whose::Nobody => self.nobody.clone(),
        };
        // A key that was revoked is as good as none.
        let key = match whose {
            Whose::OtherBusiness if route.path.contains("{key}") => world.spare_key(2).await,
            Whose::Own | Whose::Colleague if route.path.contains("{key}") => world.spare_key(1).await,
            Whose::Own | Whose::Colleague | Whose::OtherBusiness | Whose::Nobody => self.nobody.key.clone(),
        };
        Records { key, ..records }
    }
}

// proves: C42.b, C43.d, C45.a, D8
#[test]
fn every_route_answers_every_role_as_the_table_says() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let kept = Kept::of(&world).await;
        let mut asked = 0;
        for role in Role::ALL {
            let key = world.key(1, role).await;
            let issues = reach(Action::IssueInvoice, Party::Role(role)) != Reach::None;
            // An auditor has no records of their own: what is there is the colleague's.
            let spare = if issues { world.paid_records(&key).await } else { kept.colleague[1].clone() };
            for route in routes().into_iter().filter(|route| route.path.starts_with("/api/")) {
                let Some(action) = route.action else { continue };
                let states = State::of(&route).iter().copied();
                for (whose, state) in states.flat_map(|state| WHOSE.map(|whose| (whose, state))) {
                    let own = match whose {
                        Whose::Own if issues => world.records_in(state, &key, &kept.owner).await,
                        Whose::Own => kept.colleague[state as usize].clone(),
                        Whose::Colleague | Whose::OtherBusiness | Whose::Nobody => spare.clone(),
                    };
                    let records = kept.records(&world, &route, (whose, state), &own).await;
                    let (path, body) = (address(&route, &records, state), description::example(&route, &own.customer));
                    let (status, answer) = world.send(route.method, &path, &key, body.as_ref()).await;
                    let at = format!("{role:?} {route:?} {whose:?} {state:?}: {status} {answer}");
                    assert!(!status.is_server_error(), "{at}");
                    assert!(description::expects(&route, status, &answer), "{at} is not described");
                    assert!(expected(&route, action, role, whose, status), "{at}");
                    // What is nobody else's is in the state that it was brought into.
                    let fresh = issues && whose == Whose::Own;
                    assert!(!fresh || takes(&route, state) || !status.is_success(), "{at}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 6 * (14 * 16 + 20 * 4), "{asked}");
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
                let (path, body) =
                    (address(&route, &records, State::Draft), description::example(&route, &records.customer));
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
