//! A person, signed in, who is shown out while what they ask for is still on its way: nothing of it is done, and what was
//! done before stays whole.

use crate::keys::after;
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use coffer_identity::members::{EndMembership, end};
use coffer_kernel::{BusinessId, UserId};
use coffer_testkit::Callers;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// So many clerks of the owner's business, each with their cookies and their id.
async fn clerks(world: &World, owner: &mut Visit<'_>, count: usize) -> Vec<(String, UserId)> {
    let mut links = Vec::new();
    // All are invited first: whoever invites proved a moment ago who they are.
    for number in 0..count {
        let email = format!("tom{number}@ateliersor.example");
        let invited = owner.post("/people/invite", &[("email", email.as_str()), ("role", "billing_clerk")]).await;
        links.push((email, invited.between("/enter/", "</code>")));
    }
    let mut clerks = Vec::new();
    for (email, link) in links {
        let mut clerk = Visit::new(world, &email);
        clerk.through(&link).await;
        assert_eq!(clerk.post("/set-up/join", &[]).await.status, StatusCode::SEE_OTHER);
        let people = owner.get("/people").await.text;
        let mut rows = people.split("action=\"/people/").filter(|row| row.starts_with("usr_"));
        let row = rows.find(|row| row.contains(&email)).unwrap();
        let cookies: Vec<String> = clerk.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        clerks.push((cookies.join("; "), row.split('"').next().unwrap().parse().unwrap()));
    }
    clerks
}

/// Shows somebody out.
async fn shown_out(world: &World, of: BusinessId, user: UserId) {
    end(&world.test.books, &Callers::of(of).operator(), EndMembership { user }).await.unwrap();
}

/// Sends a form of somebody's.
async fn sent(world: &World, path: &str, kind: &str, cookies: &str, body: Body) -> Response {
    let request = Request::post(path).header("sec-fetch-site", "same-origin").header("cookie", cookies);
    let request = request.header("accept", "text/html").header("content-type", kind);
    world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()
}

/// An import's form, with the button pressed that writes.
fn writing(csv: &str) -> String {
    let part = |name: &str, value: &str| {
        format!("--here\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    format!("{}{}{}--here--\r\n", part("csv", csv), part("then", "write"), part("column-0", "name"))
}

const FORM: &str = "application/x-www-form-urlencoded";
const FILE: &str = "multipart/form-data; boundary=here";

// proves: C40.f
#[test]
fn a_person_who_is_shown_out_while_their_request_is_read_changes_nothing() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let business = founded(&world).await;
        let key = key_to(&world, business).await;
        let records = world.records(&key).await;
        let stands = async || {
            let paths = ["customers", "items", "invoices", &format!("invoices/{}/payments", records.issued)];
            let mut all = Vec::new();
            for path in paths {
                all.push(world.send("GET", &format!("/api/v1/{path}"), &key, None).await.1);
            }
            all
        };
        let before: Vec<Value> = stands().await;
        let item = "name=Late&net_price=5&tax=S+19&unit=C62&currency=EUR";
        let draft = format!("customer={}&line-0-name=Late&line-0-net_price=5&line-0-tax=S+19", records.customer);
        let cases = [
            ("/customers".to_owned(), FORM, "name=Late".to_owned()),
            ("/items".to_owned(), FORM, item.to_owned()),
            ("/invoices".to_owned(), FORM, draft),
            (format!("/invoices/{}/issue", records.draft), FORM, String::new()),
            (format!("/invoices/{}/payments", records.issued), FORM, "amount=1&method=transfer".to_owned()),
            ("/customers/import".to_owned(), FILE, writing("name\nLate\nLater\n")),
        ];
        let clerks = clerks(&world, &mut owner, cases.len()).await;
        for ((path, kind, body), (cookies, user)) in cases.into_iter().zip(clerks) {
            let (books, operator) = (world.test.books.clone(), Callers::of(business).operator());
            let out = async move { end(&books, &operator, EndMembership { user }).await.unwrap() };
            let answer = sent(&world, &path, kind, &cookies, after(out, body)).await;
            let status = answer.status();
            let page = String::from_utf8(to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec()).unwrap();
            if kind == FILE {
                assert!(page.contains("<p class=\"big\">0</p>") && page.contains("The rows before stay"), "{page}");
            } else {
                assert!(
                    status == StatusCode::FORBIDDEN || status == StatusCode::UNAUTHORIZED,
                    "{path}: {status} {page}"
                );
            }
            assert_eq!(stands().await, before, "{path}");
        }
    });
}

// proves: C40.f, F4
#[test]
fn an_import_ends_where_its_person_is_shown_out_and_what_stands_is_whole() {
    const ROWS: usize = 600;
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let business = founded(&world).await;
        let key = key_to(&world, business).await;
        let (cookies, user) = clerks(&world, &mut owner, 1).await.remove(0);
        let csv = (0..ROWS).fold("name\n".to_owned(), |csv, row| csv + &format!("Customer {row}\n"));
        let answer = sent(&world, "/customers/import", FILE, &cookies, Body::from(writing(&csv))).await;
        let (mut pieces, mut page, mut is_in) = (answer.into_body().into_data_stream(), String::new(), true);
        while let Some(piece) = pieces.next().await {
            page += std::str::from_utf8(&piece.unwrap()).unwrap();
            if is_in && page.contains("value=\"50\"") {
                shown_out(&world, business, user).await;
                is_in = false;
            }
        }
        assert!(page.contains("The rows before stay") && page.ends_with("</html>"), "the report says it: {page}");
        let added = page.split_once("class=\"now\"").unwrap().1.split_once("<p class=\"big\">").unwrap().1;
        let added: usize = added.split('<').next().unwrap().parse().unwrap();
        assert!((50..ROWS).contains(&added), "{added}");
        // What stands is whole: whoever goes on finds each of them, adds the others, and nobody twice.
        let (_, done) = world.send("POST", "/api/v1/customers/import", &key, Some(&json!({ "csv": csv }))).await;
        let count =
            |outcome: &str| done["rows"].as_array().unwrap().iter().filter(|row| row["outcome"] == outcome).count();
        assert_eq!((count("there"), count("added")), (added, ROWS - added));
    });
}
