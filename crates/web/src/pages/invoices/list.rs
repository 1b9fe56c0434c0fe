//! The list of invoices.

use super::super::frame_for;
use super::super::refused::refused;
use super::may;
use super::table::{Columns, invoices};
use crate::look::answer::Html;
use crate::look::{Head, inside, money};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::customers::{Customer, FindCustomers, find};
use coffer_billing::insights::{Waiting, waiting};
use coffer_billing::invoices::{self, ListInvoices, Listed, Page};
use coffer_kernel::Action;
use coffer_kernel::money::Money;
use maud::{Markup, html};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many customers are looked for by what was typed; one fewer is shown.
const MOST_FOUND: u16 = 4;

/// Which invoices of the list.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    q: String,
    after: Option<String>,
    done: Option<String>,
}

/// `GET /invoices`
pub(crate) async fn list(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let only = Listed::from_code(&asked.only);
    let search = Some(asked.q.trim().to_owned()).filter(|text| !text.is_empty());
    let paged = asked.after.is_some();
    let query = ListInvoices { only, search: search.clone(), after: asked.after, ..ListInvoices::default() };
    let page = match invoices::list(&app.books, &person.actor, query).await {
        Ok(page) => page,
        Err(no) => return refused(words, no),
    };
    let waiting = match waiting(&app.books, &person.actor).await {
        Ok(waiting) => waiting,
        Err(no) => return refused(words, no),
    };
    // Whoever types a name means a customer as often as an invoice.
    let found = match search.as_deref().filter(|_| !paged && may(&person, Action::ReadCustomers)) {
        Some(text) => find(&app.books, &person.actor, FindCustomers { text: text.to_owned(), most: MOST_FOUND }).await,
        None => Ok(Vec::new()),
    };
    let found = match found {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let writes = may(&person, Action::DraftInvoice);
    let none = page.rows.is_empty() && only.is_none() && search.is_none() && !paged;
    let list = if none {
        nothing(words, writes)
    } else {
        some(words, &page, only, (search.as_deref(), &found), paged, &waiting)
    };
    let deleted = asked.done.as_deref() == Some("deleted");
    let body = html! {
        @if deleted { div.banner.good role="status" { div { b { (words.t("done-deleted")) } } } }
        (list)
    };
    let acts = html! { @if writes && !none { a.btn.main href="/invoices/new" { (words.t("home-new")) } } };
    let title = words.t("invoices-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/invoices", &head, &body)).into_response()
}

/// No invoice at all: what will stand here, and the way to the first one.
fn nothing(words: &Words, writes: bool) -> Markup {
    html! { section.empty {
        h2 { (words.t("home-empty")) }
        p.soft { (words.t("home-empty-why")) }
        @if writes { a.btn.main href="/invoices/new" { (words.t("home-first")) } }
    } }
}

fn some(
    words: &Words,
    page: &Page,
    only: Option<Listed>,
    (search, found): (Option<&str>, &[Customer]),
    paged: bool,
    waiting: &Waiting,
) -> Markup {
    let code = only.map(Listed::code).unwrap_or_default();
    let narrowed = format!("only={code}&q={}", escaped(search.unwrap_or_default()));
    html! {
        (filters(words, only, waiting))
        div.bar { form method="get" action="/invoices" data-live role="search" {
            input type="hidden" name="only" value=(code);
            input.in type="search" name="q" value=[search] aria-label=(words.t("list-search")) placeholder=(words.t("list-search")) autocomplete="off";
        } }
        div.stack #list {
        (customers_found(words, search.unwrap_or_default(), found))
        @if page.rows.is_empty() {
            section.empty { h2 { @if let Some(text) = search { (words.t1("list-no-match", "text", text)) } @else { (words.t(nothing_key(only))) } } a.btn href="/invoices" { (words.t("filter-clear")) } }
        } @else {
            (invoices_table(words, page))
            // Of a list that is here as a whole, and of one thing.
            @if matches!(only, Some(Listed::Open | Listed::Overdue | Listed::Unsent)) && !paged && page.next.is_none() { (open_sums(words, page)) }
            div.pages {
                span.muted { (words.t1(order_key(only), "count", page.rows.len())) }
                @if paged { a.btn.small href={ "/invoices?" (narrowed) } { (words.t(if only == Some(Listed::Overdue) { "page-first" } else { "page-newest" })) } }
                @if let Some(next) = &page.next { a.btn.small href={ "/invoices?" (narrowed) "&after=" (next) } { (words.t(if only == Some(Listed::Overdue) { "page-next" } else { "page-older" })) } }
            }
        }
        }
    }
}

/// The customers whose name fits what was typed: the first of them, and the way to all.
fn customers_found(words: &Words, text: &str, found: &[Customer]) -> Markup {
    let shown = usize::from(MOST_FOUND) - 1;
    html! {
        @if !found.is_empty() { p {
            (words.t1("list-customers", "count", found.len().min(shown))) " "
            @for (place, one) in found.iter().take(shown).enumerate() {
                @if place > 0 { ", " }
                a href={ "/customers/" (one.id) } { bdi { (one.party.name) } }
            }
            @if found.len() > shown { ", " a href={ "/customers?q=" (escaped(text)) } { (words.t("list-customers-all")) } }
        } }
    }
}

fn invoices_table(words: &Words, page: &Page) -> Markup {
    invoices(words, &page.rows, page.today, Columns { customer: true, issued: true, delivery: true })
}

/// What is open of these invoices, each currency for itself.
fn open_sums(words: &Words, page: &Page) -> Markup {
    let mut sums = BTreeMap::<String, (usize, Money)>::new();
    for open in page.rows.iter().filter_map(|row| Some(row.standing.as_ref()?.open)) {
        let none = (0, Money::zero(open.currency()));
        let (count, sum) = sums.entry(open.currency().to_string()).or_insert(none);
        (*count, *sum) = (*count + 1, sum.plus(open).unwrap_or(*sum));
    }
    // What most of it is in comes first.
    let mut sums: Vec<(usize, Money)> = sums.into_values().collect();
    sums.sort_by_key(|(count, _)| Reverse(*count));
    html! { dl.sums.of-list { @for (_, sum) in sums { div.total { dt { (words.t("sum-open")) } dd { (money(words, sum)) } } } } }
}

/// The filters, with how many there are of what waits for somebody.
fn filters(words: &Words, only: Option<Listed>, waiting: &Waiting) -> Markup {
    let (count, key) = (
        |listed: Listed| match listed {
            Listed::Drafts => Some(waiting.drafts),
            Listed::Open => Some(waiting.open),
            Listed::Overdue => Some(waiting.overdue),
            Listed::Unsent => Some(waiting.unsent),
            Listed::Paid | Listed::Void => None,
        },
        |listed: Listed| match listed {
            Listed::Drafts => "filter-drafts",
            Listed::Open => "filter-open",
            Listed::Overdue => "filter-overdue",
            Listed::Unsent => "filter-unsent",
            Listed::Paid => "filter-paid",
            Listed::Void => "filter-void",
        },
    );
    html! {
        nav.filters aria-label=(words.t("filter-label")) {
            a href="/invoices" aria-current=[only.is_none().then_some("page")] { (words.t("filter-all")) }
            @for listed in Listed::ALL {
                a href={ "/invoices?only=" (listed.code()) } aria-current=[(only == Some(listed)).then_some("page")] {
                    (words.t(key(listed))) @if let Some(count) = count(listed) { " " span.n { (count) } }
                }
            }
        }
    }
}

/// In which order the rows stand: what is late, the longest late first.
fn order_key(only: Option<Listed>) -> &'static str {
    if only == Some(Listed::Overdue) { "page-longest-late-first" } else { "page-newest-first" }
}

fn nothing_key(only: Option<Listed>) -> &'static str {
    match only {
        Some(Listed::Drafts) => "no-drafts",
        Some(Listed::Open) => "no-open",
        Some(Listed::Overdue) => "no-overdue",
        Some(Listed::Unsent) => "no-unsent",
        Some(Listed::Paid) => "no-paid",
        Some(Listed::Void) => "no-void",
        None => "invoices-no-match",
    }
}

/// What was typed, as it stands in an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_was_typed_cannot_leave_its_place_in_an_address() {
        assert_eq!(escaped("Wójcik & Co?a=b#c%"), "W%C3%B3jcik%20%26%20Co%3Fa%3Db%23c%25");
    }
}
