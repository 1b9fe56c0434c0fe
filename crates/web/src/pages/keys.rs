//! Keys for programs: made, shown once, listed with their last use, revoked.

mod revoke;

use super::frame_for;
use super::people::roles_explained;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::Html;
use crate::look::moment::{day, moment};
use crate::look::role_name;
use crate::look::{Field, Head, Wrong, choice, inside, once};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Calendar};
use coffer_identity::api_keys::{self, CreateApiKey, CreateRefused, LONGEST_DAYS, Listed};
use coffer_kernel::{Action, Role, policy};
use coffer_store::Refused;
use maud::{Markup, html};
pub(crate) use revoke::{ask_to_revoke, revoke};
use std::time::Duration;

/// What a program can do over the API, and the words for it.
const SCOPES: [(Action, &str); 17] = [
    (Action::ReadBusiness, "scope-read-business"),
    (Action::ReadCustomers, "scope-read-customers"),
    (Action::AddCustomer, "scope-add-customer"),
    (Action::ReviseCustomer, "scope-revise-customer"),
    (Action::ReadCatalogue, "scope-read-catalogue"),
    (Action::AddItem, "scope-add-item"),
    (Action::ReviseItem, "scope-revise-item"),
    (Action::ReadInvoices, "scope-read-invoices"),
    (Action::DraftInvoice, "scope-draft-invoice"),
    (Action::ReviseInvoice, "scope-revise-invoice"),
    (Action::IssueInvoice, "scope-issue-invoice"),
    (Action::SendInvoice, "scope-send-invoice"),
    (Action::VoidInvoice, "scope-void-invoice"),
    (Action::ReadPayments, "scope-read-payments"),
    (Action::RecordPayment, "scope-record-payment"),
    (Action::ReversePayment, "scope-reverse-payment"),
    (Action::ReadLog, "scope-read-log"),
];

/// For how many days a key may be good.
const DAYS: [u16; 4] = [30, 90, 180, LONGEST_DAYS];

/// What was asked for, and what came of it.
#[derive(Default)]
struct Asked {
    secret: Option<String>,
    typed: Fields,
    wrong: Wrong,
}

/// `GET /settings/keys`
pub(crate) async fn list(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, &Asked::default()).await
}

async fn page(app: &App, person: &Inside, asked: &Asked) -> Response {
    let words = person.words;
    let found = async {
        let keys = api_keys::list(&app.books, &person.actor).await?;
        Ok::<_, Refused>((keys, business::calendar(&app.books, &person.actor).await?))
    };
    let (keys, calendar) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        @if let Some(secret) = &asked.secret {
            div.banner.good { div { b { (words.t("keys-made")) } p { (words.t("keys-copy")) } (once(words, secret)) } }
        }
        @let cols = html! { div.cols {
            section.sec {
                header { h2 { (words.t("keys-here")) } }
                @if keys.is_empty() { p.muted { (words.t("keys-none")) } }
                div.stack { @for key in &keys { (row(words, &calendar, key)) } }
            }
            section.sec { (form(person, asked)) }
        } };
        (asked.wrong.above(words, &cols))
    };
    let title = words.t("keys-title");
    let kicker = html! { a href="/settings" { (words.t("settings-title")) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let status = if asked.wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/settings", &head, &body)).into_response()
}

fn row(words: &Words, calendar: &Calendar, listed: &Listed) -> Markup {
    let key = &listed.key;
    html! {
        div.row {
            div {
                b { bdi { (listed.name) } }
                p.muted {
                    (role_name(words, key.role)) " · "
                    @if let Some(used) = key.used_at { (words.t1("keys-used", "time", moment(words, calendar, used))) }
                    @else { (words.t("keys-unused")) }
                }
                p.muted { (words.t("keys-may")) ": " (does(words, &key.scopes)) }
                p.muted {
                    @if key.revoked_at.is_some() { (words.t("keys-revoked")) }
                    @else if listed.over { (words.t("keys-expired")) }
                    @else { (words.t1("keys-until", "day", day(words, calendar, key.expires_at))) }
                }
            }
            @if !listed.over { div.acts { a.btn.small.danger href={ "/settings/keys/" (key.id) "/revoke" } { (words.t("keys-revoke")) } } }
        }
    }
}

fn form(person: &Inside, asked: &Asked) -> Markup {
    let (words, typed) = (person.words, &asked.typed);
    let lends = |role: Role| SCOPES.iter().any(|(action, _)| may_lend(person, role, *action));
    let roles = Role::ALL.into_iter().filter(|role| lends(*role));
    let roles: Vec<(String, String)> = roles.map(|role| (role.code().to_owned(), role_name(words, role))).collect();
    let days: Vec<(String, String)> =
        DAYS.iter().map(|days| (days.to_string(), words.t1("keys-days", "count", i64::from(*days)))).collect();
    let offered = SCOPES.iter().filter(|(action, _)| policy::permit(&person.actor, *action).is_ok());
    let role = typed.some("role").unwrap_or_else(|| Role::BillingClerk.code().to_owned());
    let good_for = typed.some("days").unwrap_or_else(|| "90".to_owned());
    html! {
        header { h2 { (words.t("keys-new")) } }
        p.soft { (words.t("keys-why")) }
        form.stack method="post" action="/settings/keys" {
            (Field::text("name", words.t("keys-name"), typed.get("name")).required().hint(words.t("keys-name-hint")).draw(words, &asked.wrong))
            (choice("role", &words.t("keys-role"), &roles, &role))
            (roles_explained(words))
            @let error = asked.wrong.at(words, "scopes");
            fieldset.ticks #scopes.bad[error.is_some()] aria-describedby=[error.as_ref().map(|_| "scopes-error")] {
                legend { (words.t("keys-may")) }
                @for (action, key) in offered {
                    @let ticked = typed.ticked(action.code());
                    @let never = error.is_some() && ticked && Role::from_code(&role).is_some_and(|role| !reached(role, *action));
                    label.tick.never[never] { input type="checkbox" name=(action.code()) value="yes" checked[ticked] aria-invalid=[never.then_some("true")]; (words.t(key)) }
                }
                @if let Some(error) = &error { p.err #scopes-error { (error) } }
            }
            (choice("days", &words.t("keys-good-for"), &days, &good_for))
            div.acts { button.btn.main { (words.t("keys-go")) } }
        }
    }
}

/// What a key does, in words.
fn does(words: &Words, scopes: &[Action]) -> String {
    let known = |scope: &Action| SCOPES.iter().find(|(action, _)| action == scope).map(|(_, key)| words.t(key));
    let said = |scope: &Action| known(scope).or_else(|| words.action(scope.code())).unwrap_or_default();
    scopes.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn reached(role: Role, action: Action) -> bool {
    policy::reach(action, policy::Party::Role(role)) != policy::Reach::None
}

fn may_lend(person: &Inside, role: Role, action: Action) -> bool {
    policy::may_lend(&person.actor, role, &[action]) && reached(role, action)
}

/// `POST /settings/keys`: the secret is shown once, here.
pub(crate) async fn create(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let days: u16 = fields.get("days").parse().unwrap_or_default();
    let life = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let Some(role) = Role::from_code(fields.get("role")) else { return refused(person.words, Refused::NotFound) };
    let Ok(expires_at) = app.books.world().clock.now().checked_add(life) else {
        return refused(person.words, CreateRefused::TooLong);
    };
    let scopes = SCOPES.iter().map(|(action, _)| *action).filter(|action| fields.ticked(action.code())).collect();
    let order = CreateApiKey { name: fields.get("name").to_owned(), role, scopes, expires_at: Some(expires_at) };
    let asked = match api_keys::create(&app.books, &person.actor, order).await {
        Ok(created) => Asked { secret: Some(created.secret.expose().to_owned()), ..Asked::default() },
        Err(CreateRefused::Store(no)) => return refused(person.words, no),
        Err(CreateRefused::BeyondRole) => {
            // Which of the ticks it is stands in the sentence, not in their colour alone.
            let never = SCOPES.iter().filter(|(action, _)| fields.ticked(action.code()) && !reached(role, *action));
            let rights = never.map(|(_, key)| person.words.t(key)).collect::<Vec<_>>().join(", ");
            let mut wrong = Wrong::default();
            wrong.add(
                "scopes",
                "field.scopes_beyond",
                vec![("rights", rights), ("role", role_name(person.words, role))],
            );
            Asked { secret: None, wrong, typed: fields }
        }
        Err(no @ CreateRefused::Nameless) => Asked { secret: None, wrong: Wrong::at_field("name", &no), typed: fields },
        Err(no @ CreateRefused::Scopeless) => {
            Asked { secret: None, wrong: Wrong::at_field("scopes", &no), typed: fields }
        }
        Err(no) => Asked { secret: None, wrong: Wrong::of(&no), typed: fields },
    };
    page(&app, &person, &asked).await
}
