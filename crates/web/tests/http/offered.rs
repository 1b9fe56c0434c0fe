//! Nobody is offered what they may not do: every link and every form of every page that somebody in each role comes to leads
//! where the policy lets them.

use crate::consequence::{EMAIL, joins_as};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use coffer_web::router::{Route, routes};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So many pages of a kind are looked at.
const OF_A_KIND: usize = 3;

/// What leads to no page.
const NO_PAGE: [&str; 5] = ["/static", "/invoices/{invoice}/pdf", "/history/export", "/settings/look/paper", "/look"];

/// The route at this address.
pub(crate) fn route(method: &str, path: &str) -> Option<Route> {
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/').collect::<Vec<_>>(), path.split('/').collect::<Vec<_>>());
        pattern.len() == path.len() && pattern.iter().zip(path).all(|(part, is)| *part == is || part.starts_with('{'))
    };
    let fitting = routes().into_iter().filter(|route| route.method == method && fits(route.path));
    // A name comes before a placeholder.
    fitting.min_by_key(|route| route.path.matches('{').count())
}

pub(crate) fn may(role: Role, action: Action) -> bool {
    reach(action, Party::Role(role)) != Reach::None
}

/// Where links lead, by what stands before them.
pub(crate) fn addresses(markup: &str, lead: &str) -> Vec<String> {
    let found = markup.split(lead).skip(1).filter_map(|rest| rest.split('"').next());
    found.filter(|to| to.starts_with('/')).map(|to| to.replace("&amp;", "&")).collect()
}

/// What a page offers: where its links lead, and where its forms and their buttons are sent.
fn offers(page: &str) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = addresses(page, " href=\"").into_iter().map(|to| ("GET", to)).collect();
    for form in page.split("<form").skip(1) {
        let head = form.split('>').next().unwrap_or_default();
        let method = if head.contains("method=\"post\"") { "POST" } else { "GET" };
        all.extend(addresses(head, " action=\"").into_iter().map(|to| (method, to)));
        let whole = form.split("</form>").next().unwrap_or_default();
        all.extend(addresses(whole, " formaction=\"").into_iter().map(|to| (method, to)));
    }
    all
}

/// A customer with nothing, an item, a draft, and an invoice that is paid in part: as much of it as they may.
async fn works(visit: &mut Visit<'_>) {
    visit.post("/customers", &[("name", "Kontor Elbe")]).await;
    visit.post("/items", &[("name", "Sign"), ("net_price", "95"), ("currency", "EUR"), ("tax", "S 19")]).await;
    let line = [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
    visit.post("/invoices", &line).await;
    let second = visit.post("/invoices", &line).await.location.replace("/edit", "");
    if second.starts_with("/invoices/") {
        visit.post(&format!("{second}/issue"), &[]).await;
        visit.post(&format!("{second}/payments"), &[("amount", "10"), ("method", "transfer")]).await;
    }
}

/// Opens every page that is offered; how many kinds of them there were, and what is offered that they may not do.
async fn walks(visit: &mut Visit<'_>, role: Role) -> (usize, BTreeSet<String>) {
    let mut beyond = BTreeSet::new();
    let (mut waiting, mut kinds) = (VecDeque::from(["/".to_owned()]), BTreeMap::<&str, Vec<String>>::new());
    while let Some(address) = waiting.pop_front() {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let Some(here) = route("GET", path) else { panic!("{role:?}: {address} leads nowhere") };
        let seen = kinds.entry(here.path).or_default();
        if NO_PAGE.iter().any(|none| here.path.starts_with(none)) || seen.len() == OF_A_KIND || seen.contains(&address)
        {
            continue;
        }
        seen.push(address.clone());
        let page = visit.get(&address).await;
        assert!(![StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&page.status), "{role:?}: {address}");
        waiting.extend(Some(page.location).filter(|to| to.starts_with('/')));
        for (method, to) in offers(&page.text) {
            let at = to.split(['?', '#']).next().unwrap_or_default();
            let found = route(method, at).unwrap_or_else(|| panic!("{role:?}: {address}: {method} {to} leads nowhere"));
            if found.action.is_some_and(|action| !may(role, action)) {
                beyond.insert(format!("{role:?} on {}: {method} {}", here.path, found.path));
            } else if method == "GET" {
                waiting.push_back(to);
            }
        }
    }
    (kinds.len(), beyond)
}

// proves: D8, F8
#[test]
fn nobody_is_offered_what_they_may_not_do() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        works(&mut owner).await;
        let (mut most, mut all) = (0, BTreeSet::new());
        for role in Role::ALL.into_iter().rev() {
            owner.signs_in().await;
            let (kinds, beyond) = if role == Role::Owner {
                walks(&mut owner, role).await
            } else {
                let email = format!("{}@ateliersor.example", role.code());
                let mut visit = joins_as(&world, &mut owner, role.code(), &email).await;
                works(&mut visit).await;
                walks(&mut visit, role).await
            };
            assert!(kinds >= 3, "{role:?}: {kinds} kinds of pages");
            most = most.max(kinds);
            all.extend(beyond);
        }
        assert!(all.is_empty(), "{all:#?}");
        assert!(most > 25, "whoever may most comes almost everywhere: {most} kinds of pages");
    });
}
