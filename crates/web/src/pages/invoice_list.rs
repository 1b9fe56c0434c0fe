//! The list of invoices: narrowed by how they stand, by number and by customer.

use super::customers::business_name;
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::status::status;
use crate::look::{Head, inside, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::invoices::{self, ListInvoices, Listed, Page, Row};
use coffer_billing::settlement::{Delivery, Standing};
use coffer_documents::numbers;
use coffer_kernel::{Date, Role, Who};
use maud::{Markup, html};
use serde::Deserialize;

/// Which invoices of the list.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `GET /invoices`
pub(crate) async fn list(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let only = Listed::from_code(&asked.only);
    let search = Some(asked.q.trim().to_owned()).filter(|text| !text.is_empty());
    let query = ListInvoices { only, search, after: asked.after.clone(), ..ListInvoices::default() };
    let page = match invoices::list(&app.books, &person.actor, query).await {
        Ok(page) => page,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        (filters(words, only, &asked))
        div #list { (table(words, &person, &page, only, &asked)) }
    };
    let acts = html! { a.btn.main href="/invoices/new" { (words.t("home-new")) " " kbd { "N" } } };
    let title = words.t("invoices-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &business_name(&app, &person).await, "/invoices", &head, &body)).into_response()
}

fn filters(words: &Words, only: Option<Listed>, asked: &Asked) -> Markup {
    let key = |listed: Listed| match listed {
        Listed::Drafts => "filter-drafts",
        Listed::Open => "filter-open",
        Listed::Overdue => "filter-overdue",
        Listed::Paid => "filter-paid",
        Listed::Void => "filter-void",
    };
    let address = |code: &str| format!("/invoices?only={code}&q={}", escaped(&asked.q));
    html! {
        div.bar {
            nav.seg aria-label=(words.t("filter-label")) {
                a href=(address("")) aria-current=[only.is_none().then_some("page")] { (words.t("filter-all")) }
                @for listed in Listed::ALL {
                    a href=(address(listed.code())) aria-current=[(only == Some(listed)).then_some("page")] { (words.t(key(listed))) }
                }
            }
            form method="get" action="/invoices" data-live role="search" {
                input type="hidden" name="only" value=(asked.only);
                input.in type="search" name="q" value=(asked.q) aria-label=(words.t("list-search")) placeholder=(words.t("list-search")) autocomplete="off";
            }
        }
    }
}

/// What was typed, as it stands in an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn table(words: &Words, person: &Inside, page: &Page, only: Option<Listed>, asked: &Asked) -> Markup {
    if page.rows.is_empty() {
        return empty(words, person, only, asked);
    }
    html! {
        table.tbl.list {
            thead { tr {
                th { (words.t("invoice-number")) } th { (words.t("invoice-customer")) } th { (words.t("invoice-state")) }
                th { (words.t("invoice-issued")) } th { (words.t("invoice-due")) } th { (words.t("invoice-delivery")) }
                th.num { (words.t("invoice-amount")) } th.num { (words.t("invoice-open")) }
            } }
            tbody { @for row in &page.rows { (line(words, row, page.today)) } }
        }
        @if asked.after.is_some() || page.next.is_some() {
            div.acts {
                @let address = format!("/invoices?only={}&q={}", asked.only, escaped(&asked.q));
                @if asked.after.is_some() { a.btn href=(address) { (words.t("page-newest")) } }
                @if let Some(next) = &page.next { a.btn href={ (address) "&after=" (next) } { (words.t("page-older")) } }
            }
        }
    }
}

fn line(words: &Words, row: &Row, today: Date) -> Markup {
    let day = |date| numbers::short_date(words.language, date, today);
    let standing = row.standing.as_ref();
    let counts = standing.filter(|standing| standing.voided_on.is_none());
    html! {
        tr {
            td {
                a href={ "/invoices/" (row.id) } {
                    @if let Some(number) = &row.number { (number) } @else { span.badge.draft { (words.t("status-draft")) } }
                }
            }
            td.wide { bdi { (row.customer_name) } }
            td { @if standing.is_some() { (status(words, standing, today)) } }
            td.muted.spare { (row.issued_on.map(day).unwrap_or_default()) }
            td.due { (counts.map(|standing| day(standing.due_on)).unwrap_or_default()) }
            td.muted.spare { @if let Some(standing) = counts { (delivery(words, standing, today)) } }
            td.num.sum { (money(words, row.due)) }
            td.num.spare { @if let Some(standing) = counts { @if standing.over.minor() > 0 { "−" (money(words, standing.over)) } @else { (money(words, standing.open)) } } }
        }
    }
}

/// How far it got, in plain words and a date.
fn delivery(words: &Words, standing: &Standing, today: Date) -> Markup {
    let day = standing.delivered_on.map(|day| numbers::short_date(words.language, day, today)).unwrap_or_default();
    let key = match standing.delivery {
        Delivery::NotSent => return html! { (words.t("delivery-not-sent")) },
        Delivery::Sent => "delivery-sent",
        Delivery::Bounced => "delivery-bounced",
        Delivery::Opened => "delivery-opened",
    };
    html! { span.care[standing.delivery == Delivery::Bounced] { (words.t(key)) " " (day) } }
}

/// What will stand here, in a sentence, with one button.
fn empty(words: &Words, person: &Inside, only: Option<Listed>, asked: &Asked) -> Markup {
    let (title, clear) = match only {
        _ if !asked.q.trim().is_empty() => (words.t1("list-no-match", "text", asked.q.trim()), true),
        Some(Listed::Drafts) => (words.t("list-no-drafts"), true),
        Some(Listed::Open) => (words.t("list-none-open"), true),
        Some(Listed::Overdue) => (words.t("list-none-overdue"), true),
        Some(Listed::Paid) => (words.t("list-none-paid"), true),
        Some(Listed::Void) => (words.t("list-none-void"), true),
        None => (words.t(if own_only(person) { "list-none-of-yours" } else { "home-empty" }), false),
    };
    html! {
        section.empty {
            h2 { (title) }
            @if clear { a.btn href="/invoices" { (words.t("filter-clear")) } }
            @else { p.soft { (words.t("home-empty-why")) } a.btn.main href="/invoices/new" { (words.t("home-first")) } }
        }
    }
}

/// Whether somebody sees what is theirs alone, so that an empty list says nothing about the books.
pub(super) fn own_only(person: &Inside) -> bool {
    matches!(person.actor.who(), Who::Staff { role: Role::SalesRepresentative, .. })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_was_typed_cannot_leave_its_place_in_an_address() {
        assert_eq!(escaped("Wójcik & Co?a=b#c%"), "W%C3%B3jcik%20%26%20Co%3Fa%3Db%23c%25");
    }
}
