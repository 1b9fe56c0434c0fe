//! People: who works here, and as what.

use super::customers::business_name;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::{Head, choice, inside};
use crate::visitor::{Here, Inside};
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::links::{self, InvitePerson};
use coffer_identity::members::{self, EndMembership, Person, ReviseMember};
use coffer_kernel::{Role, UserId};
use coffer_store::Refused;
use maud::{Markup, html};

fn role_name(words: &Words, role: Role) -> String {
    words.t(match role {
        Role::Owner => "role-owner",
        Role::Administrator => "role-administrator",
        Role::FinanceManager => "role-finance-manager",
        Role::BillingClerk => "role-billing-clerk",
        Role::SalesRepresentative => "role-sales-representative",
        Role::Auditor => "role-auditor",
    })
}

fn roles(words: &Words) -> Vec<(String, String)> {
    Role::ALL.iter().map(|role| (role.code().to_owned(), role_name(words, *role))).collect()
}

/// `GET /people`
pub(crate) async fn list(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, None).await
}

async fn page(app: &App, person: &Inside, link: Option<&str>) -> Response {
    let words = person.words;
    let found = async {
        let people = members::list(&app.door, &person.actor).await?;
        let waiting = links::waiting(&app.books, &person.actor).await?;
        Ok::<_, Refused>((people, waiting.len()))
    };
    let (people, waiting) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        @if let Some(link) = link {
            div.banner.good { div { b { (words.t("invite-made")) } p { (words.t("invite-hand-over")) } p { code { (link) } } } }
        }
        div.cols {
            section.sec {
                header { h2 { (words.t("people-here")) } }
                div.stack { @for one in &people { (row(words, one)) } }
            }
            section.sec {
                header { h2 { (words.t("invite-title")) } }
                p.soft { (words.t("invite-why")) }
                form.stack method="post" action="/people/invite" {
                    (choice("role", &words.t("people-role"), &roles(words), "billing_clerk"))
                    div.acts { button.btn.main { (words.t("invite-go")) } }
                }
                @if waiting > 0 { p.muted { (words.t1("invite-waiting", "count", waiting)) } }
            }
        }
    };
    let title = words.t("people-title");
    let head = Head { kicker: None, title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &business_name(app, person).await, "/people", &head, &body)).into_response()
}

fn row(words: &Words, one: &Person) -> Markup {
    html! {
        form.row method="post" action={ "/people/" (one.member.user) } {
            div { b { bdi { (one.name) } } p.muted { (one.email) } }
            (choice("role", &words.t("people-role"), &roles(words), one.member.role.code()))
            div.acts {
                button.btn.small name="act" value="role" { (words.t("people-change")) }
                button.btn.small.danger name="act" value="end" { (words.t("people-end")) }
            }
        }
    }
}

/// `POST /people/invite`: the link is shown once, here.
pub(crate) async fn invite(State(app): State<App>, person: Inside, Here(here): Here, fields: Fields) -> Response {
    let role = Role::from_code(fields.get("role")).unwrap_or(Role::Auditor);
    match links::invite(&app.books, &person.actor, InvitePerson { role }).await {
        Ok(token) => page(&app, &person, Some(&format!("{here}/enter/{}", token.expose()))).await,
        Err(no) => refused(person.words, no),
    }
}

/// `POST /people/{user}`
pub(crate) async fn revise(
    State(app): State<App>,
    person: Inside,
    Path(user): Path<String>,
    fields: Fields,
) -> Response {
    let Ok(user) = user.parse::<UserId>() else { return refused(person.words, Refused::NotFound) };
    let done = match (fields.get("act"), Role::from_code(fields.get("role"))) {
        ("end", _) => members::end(&app.books, &person.actor, EndMembership { user }).await,
        (_, Some(role)) => members::revise(&app.books, &person.actor, ReviseMember { user, role }).await.map(drop),
        (_, None) => return refused(person.words, Refused::NotFound),
    };
    match done {
        Ok(()) => go("/people"),
        Err(no) => refused(person.words, no),
    }
}
