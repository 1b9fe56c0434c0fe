//! Every page and every form, asked for by people in every role: what the policy says stands before anything is shown or
//! read. What is expected comes from the policy table and the kind of record alone.

use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{Records, State, World, on_both_engines};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use coffer_kernel::Role;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_web::router::{Route, routes};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tower::ServiceExt;

/// The owner of a business, and somebody in each role of it, the owner's own included.
pub(crate) async fn staff(world: &World) -> Vec<(Role, Visit<'_>)> {
    let mut owner = Visit::owner(world, "ingrid@ateliersor.example").await;
    let mut links = Vec::new();
    for role in Role::ALL {
        let email = format!("{}@ateliersor.example", role.code());
        let invited = owner.post("/people/invite", &[("email", email.as_str()), ("role", role.code())]).await;
        links.push((role, email, invited.between("/enter/", "</code>")));
    }
    let mut staff = Vec::new();
    for (role, email, link) in links {
        let mut person = Visit::new(world, &email);
        person.through(&link).await;
        assert_eq!(person.post("/set-up/join", &[]).await.status, StatusCode::SEE_OTHER, "{role:?}");
        staff.push((role, person));
    }
    staff
}

/// The address with a record in it.
pub(crate) fn address(route: &Route, records: &Records, state: State) -> String {
    let names =
        [("{customer}", records.customer.as_str()), ("{invoice}", records.invoice(state)), ("{item}", &records.item)];
    let path = names.into_iter().fold(route.path.to_owned(), |path, (name, id)| path.replace(name, id));
    let path =
        path.replace("{payment}", &records.payment).replace("{user}", &records.person).replace("{key}", &records.key);
    let nobodys = |kind: &str| format!("{kind}_00000000000000000000000000");
    let path = path.replace("{link}", &nobodys("lnk")).replace("{session}", &nobodys("ses"));
    assert!(!path.contains('{'), "nobody here knows how to ask {route:?}");
    path
}

/// The address with what is no record in it.
fn of_nothing(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether a page is about another state of an invoice than this.
fn unlike(route: &Route, state: State) -> bool {
    let of_issued = ["/send", "/void", "{payment}"];
    let of_others = if state == State::Draft { of_issued } else { ["/edit", "/issue", "/delete"] };
    of_others.iter().any(|part| route.path.contains(part))
}

/// The pages that need somebody who is signed in.
pub(crate) fn pages(method: &'static str) -> impl Iterator<Item = (Route, coffer_kernel::Action)> {
    let pages = routes().into_iter().filter(move |route| route.method == method && !route.path.starts_with("/api/"));
    // The page of all components is there in the demonstration only.
    pages.filter_map(|route| Some((route, route.action?))).filter(|(route, _)| route.path != "/look")
}

// proves: C42.g, C43.d, C45.g, D8
#[test]
fn every_page_answers_every_role_as_the_table_says() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut staff = staff(&world).await;
        let (ours, theirs) = (key_to(&world, founded(&world).await).await, world.key(2, Role::Owner).await);
        let people = staff.iter_mut().find(|(role, _)| *role == Role::Owner).unwrap().1.get("/people").await;
        let mut here = world.records_in_each(&ours, &ours).await;
        let spare = world.spare_key_of(founded(&world).await).await;
        here.iter_mut().for_each(|records| {
            records.person = people.between("href=\"/people/", "/end");
            records.key.clone_from(&spare);
        });
        let elsewhere = world.records_in_each(&theirs, &theirs).await;
        let nobodys = State::ALL.map(|_| Records::of_nobody());
        let (mut asked, mut wrong) = (0, Vec::new());
        for (role, mut person) in staff {
            for (route, action) in pages("GET") {
                for (records, ours) in [(&here[..], true), (&elsewhere[..], false), (&nobodys[..], false)] {
                    for &state in State::of(&route) {
                        let path = address(&route, &records[state as usize], state);
                        let (status, names_a_record) = (person.get(&path).await.status, route.path.contains('{'));
                        let missing = status == StatusCode::NOT_FOUND;
                        let said = match (reach(action, Party::Role(role)), names_a_record) {
                            (Reach::None, _) => status == StatusCode::FORBIDDEN,
                            (Reach::All | Reach::Own, false) => status.is_success() || status.is_redirection(),
                            (Reach::All, true) if ours => {
                                status != StatusCode::FORBIDDEN && (!missing || unlike(&route, state))
                            }
                            // Nothing here is the sales representative's own.
                            (Reach::All | Reach::Own, true) => missing,
                        };
                        wrong.extend((!said).then(|| format!("{role:?} {route:?} ours {ours} {state:?}: {status}")));
                        asked += 1;
                    }
                }
            }
            for (route, action) in pages("POST").filter(|(_, action)| reach(*action, Party::Role(role)) == Reach::None)
            {
                let path = of_nothing(&route);
                // Neither a form, nor a file: nothing of it is looked at.
                let status = person.upload(&path, &[]).await.status;
                wrong.extend(
                    (status != StatusCode::FORBIDDEN).then(|| format!("{role:?} {route:?} {action:?}: {status}")),
                );
                // Whoever waits for the rest of one waits long: the first that does is enough.
                let begun = begun(&world, &path, &person.cookies).await;
                assert_eq!(
                    begun,
                    StatusCode::FORBIDDEN,
                    "{role:?} {route:?} {action:?}, only begun; before: {wrong:#?}"
                );
            }
        }
        for (route, _) in pages("POST") {
            let begun = begun(&world, &of_nothing(&route), &BTreeMap::new()).await;
            assert_eq!(begun, StatusCode::UNAUTHORIZED, "a stranger {route:?}, only begun");
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(asked > 6 * (9 * 12 + 20 * 3), "{asked}");
    });
}

/// What is answered to the head of a form of which nothing else ever comes.
async fn begun(world: &World, path: &str, cookies: &BTreeMap<String, String>) -> StatusCode {
    let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post(path).header("sec-fetch-site", "same-origin").header("cookie", cookies.join("; "));
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("content-length", "1000");
    let body = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap().status()
}

/// A body that says whether anybody asked for it.
fn watched(text: String) -> (Body, Arc<AtomicBool>) {
    let read = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&read);
    let body = Body::from_stream(futures_util::stream::once(async move {
        seen.store(true, Ordering::Relaxed);
        Ok::<_, std::io::Error>(text)
    }));
    (body, read)
}

// proves: C42.g, C95.n
#[test]
fn a_file_of_somebody_who_may_not_import_is_not_even_read() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let form = "--here\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nName\nVogel\n\r\n--here--\r\n";
        let json = json!({ "csv": "Name\nVogel\n", "dry_run": true }).to_string();
        for (role, person) in staff(&world).await {
            let (cookies, key) = (person.cookies.clone(), world.key(1, role).await);
            let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let page = Request::post("/customers/import").header("sec-fetch-site", "same-origin");
            let page = page.header("cookie", cookies.join("; "));
            let page = page.header("content-type", "multipart/form-data; boundary=here");
            let program = Request::post("/api/v1/customers/import").header("content-type", "application/json");
            let program = program.header("authorization", format!("Bearer {key}"));
            for (request, text) in [(page, form), (program, json.as_str())] {
                let (body, read) = watched(text.to_owned());
                let status = world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap().status();
                let may = reach(coffer_kernel::Action::ImportCustomers, Party::Role(role)) != Reach::None;
                let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!((status, read.load(Ordering::Relaxed)), (expected, may), "{role:?}");
            }
        }
    });
}
