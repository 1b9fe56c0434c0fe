//! The pages that ask before an act nothing takes back: found by their routes, so that the next one is held to the same.

use crate::consequence::{EMAIL, joins};
use crate::forms::{address, pages};
use crate::handed_over::reachable;
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{State, World, on_both_engines};
use axum::http::StatusCode;
use coffer_web::router::{Route, routes};
use std::collections::BTreeSet;

/// They ask as well, but in forms of their own: what they do is what somebody came for.
const FORMS: [&str; 2] = ["/invoices/{invoice}/issue", "/invoices/{invoice}/send"];

/// The pages of an act on one record, sent to the address at which it is asked about: `/…/{record}/act`, or `…/{record}/of/act`.
fn asking() -> Vec<Route> {
    let acts: BTreeSet<&str> =
        routes().into_iter().filter(|route| route.method == "POST").map(|route| route.path).collect();
    let on_a_record = |path: &str| {
        let (record, act) = path.rsplit_once('/').unwrap_or_default();
        !act.starts_with('{') && record.contains('{')
    };
    let all = pages("GET").map(|(route, _)| route).filter(|route| acts.contains(route.path) && on_a_record(route.path));
    all.filter(|route| !FORMS.contains(&route.path)).collect()
}

/// What is wrong with a page that asks; nothing where it is as it should be.
fn wrong(page: &str, path: &str) -> Option<&'static str> {
    let start = format!("<form class=\"acts\" method=\"post\" action=\"{path}\">");
    let Some((before, after)) = page.split_once(&start) else { return Some("no form that is sent to where it asks") };
    let before = before.split_once("</h1>").map_or("", |(_, before)| before);
    let form = after.split_once("</form>").map_or("", |(form, _)| form);
    let act = form.find("<button class=\"btn danger solid\">").or_else(|| form.find("<button class=\"btn main\">"));
    let safe = form.find(" autofocus>");
    [
        (!before.contains("<p>"), "it does not say what will happen"),
        (page.matches("autofocus").count() != 1 || safe.is_none(), "one way on has the focus"),
        (act.is_none() || form.matches("<button").count() != 1, "there is one act"),
        (safe > act, "the safe way is the first"),
        (form.matches("<a class=\"btn\" href=\"/").count() != 1, "on the safe way nothing is sent"),
    ]
    .into_iter()
    .find_map(|(wrong, why)| wrong.then_some(why))
}

// proves: A4
#[test]
fn every_page_that_asks_says_what_will_happen_and_has_its_focus_on_the_safe_way() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        joins(&world, &mut owner, "billing_clerk").await;
        let key = key_to(&world, founded(&world).await).await;
        let mut records = world.records_in_each(&key, &key).await;
        let person = owner.get("/people").await.between("href=\"/people/", "/end");
        let spare = world.spare_key_of(founded(&world).await).await;
        records.iter_mut().for_each(|records| (records.person, records.key) = (person.clone(), spare.clone()));
        reachable(&world).await;
        let issued = records[State::Issued as usize].invoice(State::Issued);
        owner.post(&format!("/invoices/{issued}/link"), &[]).await;
        let (asking, mut seen) = (asking(), BTreeSet::new());
        for (route, _) in pages("GET") {
            for &state in State::of(&route) {
                let path = address(&route, &records[state as usize], state);
                let page = owner.get(&path).await;
                let asks = asking.contains(&route) && page.status == StatusCode::OK;
                if asks {
                    assert_eq!(wrong(&page.text, &path), None, "{path} {state:?}: {}", page.text);
                    seen.insert(route.path);
                }
                // And nothing else ends anything by one press of a button that looks like it.
                assert!(asks || !page.text.contains("btn danger solid"), "{path} {state:?}: {}", page.text);
            }
        }
        let unseen: Vec<_> = asking.iter().map(|route| route.path).filter(|path| !seen.contains(path)).collect();
        assert!(unseen.is_empty() && seen.len() >= 8, "nobody saw {unseen:?} ask; {seen:?} did");
    });
}
