//! Every form of a page that names a record, sent by everybody who may do such a thing at all: about what is another's, or
//! nobody's, the answer is "not found", and nothing is done; about what is theirs to change, it is anything else. What is
//! expected comes from the policy table and the kind of record alone.

use crate::forms::{address, pages, staff};
use crate::pages::{founded, key_to};
use crate::world::{Records, State, World, business, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::Role;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_web::router::Route;

/// One form that says enough for every address: what it does not know, it leaves.
const FILLED: [(&str, &str); 13] = [
    ("version", "1"),
    ("name", "Vogel"),
    ("unit", "C62"),
    ("net_price", "50.00"),
    ("price", "50.00"),
    ("tax", "S 19"),
    ("amount", "0.01"),
    ("method", "transfer"),
    ("received_on", ""),
    ("recipient", "vogel@example.org"),
    ("reason", "mistake"),
    ("role", "auditor"),
    ("sure", "yes"),
];

const WHOSE: [&str; 3] = ["ours", "theirs", "nobody's"];

/// The states of an invoice that a form can be about: some are about drafts alone.
fn states(route: &Route) -> &'static [State] {
    let of_drafts = ["/edit", "/issue", "/delete"].iter().any(|part| route.path.ends_with(part));
    if of_drafts || route.path == "/invoices/{invoice}" {
        return &[State::Draft];
    }
    State::of(route).strip_prefix(&[State::Draft]).unwrap_or(State::of(route))
}

/// Whether it names somebody, an invitation or a sign-in: of those, what is asked about here is nobody's.
fn of_people(route: &Route) -> bool {
    ["{user}", "{link}", "{session}"].iter().any(|part| route.path.contains(part))
}

/// The newest act that stands in the log of a business.
async fn acts(world: &World, key: &str) -> (String, u64) {
    let (_, page) = world.send("GET", "/api/v1/history?outcome=done&limit=1", key, None).await;
    let newest = &page["records"][0];
    (newest["what"].to_string(), newest["seq"].as_u64().unwrap_or_default())
}

// proves: C43.d, C45.g, D8
#[test]
fn no_form_reaches_what_is_anothers_and_nothing_is_done_to_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let staff = staff(&world).await;
        let books = founded(&world).await;
        let ours = key_to(&world, books).await;
        let theirs = world.key(2, Role::Owner).await;
        let (spare, elsewhere) = (world.spare_key_of(business(2)).await, world.records_in_each(&theirs, &theirs).await);
        let (before, mut asked, mut wrong) = (acts(&world, &theirs).await, 0, Vec::new());
        for (role, mut person) in staff {
            person.signs_in().await;
            let named = |route: &Route| route.path.contains('{');
            for (route, action) in pages("POST").filter(|(route, _)| named(route)) {
                let reach = reach(action, Party::Role(role));
                if reach == Reach::None {
                    continue;
                }
                for (state, whose) in states(&route).iter().flat_map(|state| WHOSE.map(|whose| (*state, whose))) {
                    // What is asked may change it, so that each time it is another one; and nobody is shown out.
                    let records = match whose {
                        "ours" => world.records_in(state, &ours, &ours).await,
                        "theirs" => elsewhere[state as usize].clone(),
                        _ => Records::of_nobody(),
                    };
                    let key = if whose == "ours" { world.spare_key_of(books).await } else { spare.clone() };
                    let path = address(&route, &Records { key, ..records }, state);
                    let once = asked.to_string();
                    let mut filled = FILLED.to_vec();
                    filled.push(("once", &once));
                    let seen = person.post(&path, &filled).await;
                    let missing = seen.status == StatusCode::NOT_FOUND;
                    let (status, reached) = (seen.status, reach == Reach::All && whose == "ours" && !of_people(&route));
                    let said = if reached { !missing && status != StatusCode::FORBIDDEN } else { missing };
                    wrong.extend(
                        (!said)
                            .then(|| format!("{role:?} {} {state:?} {whose}: {status} {}", route.path, seen.location)),
                    );
                    asked += 1;
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(asked > 4 * 15 * 3, "{asked}");
        assert_eq!(acts(&world, &theirs).await, before, "nothing was done there");
    });
}
