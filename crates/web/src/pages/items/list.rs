//! The list of what is sold. It follows what is typed.

use super::super::editor::tax;
use super::super::frame_for;
use super::super::invoices::may;
use super::super::refused::refused;
use super::{price, tax_code, unit};
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, inside};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::catalogue::{self, FindItems, Item, ListItems, Page};
use coffer_billing::fold::fold;
use coffer_kernel::Action;
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};
use serde::Deserialize;

/// The most that a search shows.
const MOST_FOUND: u16 = 100;

/// Which items of the list, and what was just done.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
    done: Option<String>,
}

/// `GET /items`
pub(crate) async fn list(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let (words, typed) = (person.words, asked.q.trim());
    let paged = asked.after.is_some();
    let page = match page(&app, &person, typed, asked.after.clone()).await {
        Ok(page) => page,
        Err(no) => return refused(words, no),
    };
    let writes = may(&person, Action::AddItem);
    let none = page.rows.is_empty() && typed.is_empty() && !paged;
    let done = match asked.done.as_deref() {
        Some("saved") => Some("items-saved"),
        Some("retired") => Some("items-retired"),
        _ => None,
    };
    let body = html! {
        @if let Some(done) = done { div.banner.good role="status" { div { b { (words.t(done)) } } } }
        @if none { (nothing(words, writes)) } @else { (some(words, page, typed, paged)) }
    };
    let acts = html! { @if writes && !none { a.btn.main href="/items/new" { (words.t("items-add")) } } };
    let title = words.t("items-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/items", &head, &body)).into_response()
}

async fn page(app: &App, person: &Inside, typed: &str, after: Option<String>) -> Result<Page, PageRefused> {
    if typed.is_empty() {
        return catalogue::list(&app.books, &person.actor, ListItems { after, most: Some(100) }).await;
    }
    let query = FindItems { like: typed.to_owned(), most: Some(MOST_FOUND) };
    Ok(Page { rows: catalogue::find(&app.books, &person.actor, query).await?, next: None })
}

fn nothing(words: &Words, writes: bool) -> Markup {
    html! { section.empty {
        h2 { (words.t("items-empty")) }
        p.soft { (words.t("items-empty-why")) }
        @if writes { a.btn.main href="/items/new" { (words.t("items-add")) } }
    } }
}

fn some(words: &Words, mut page: Page, typed: &str, paged: bool) -> Markup {
    // Names are sealed, so the database cannot sort by them; one page of all of them is sorted here.
    let whole = !paged && page.next.is_none() && typed.is_empty();
    if whole {
        page.rows.sort_by_cached_key(|item| fold(&item.particulars.name));
    }
    html! {
        div.bar { form method="get" action="/items" data-live role="search" {
            input.in type="search" name="q" value=(typed) aria-label=(words.t("items-search")) placeholder=(words.t("items-search")) autocomplete="off";
        } }
        div.stack #list {
            @if page.rows.is_empty() {
                section.empty { h2 { (words.t1("items-none-named", "text", typed)) } a.btn href="/items" { (words.t("filter-clear")) } }
            } @else {
                (table(words, &page.rows))
                div.pages {
                    span.muted { (words.t1(order(&page, whole, typed), "count", page.rows.len())) }
                    @if paged { a.btn.small href="/items" { (words.t("page-newest")) } }
                    @if let Some(next) = &page.next { a.btn.small href={ "/items?after=" (next) } { (words.t("page-older")) } }
                }
            }
        }
    }
}

/// In which order the rows stand, in words; and where a search shows the first alone, that it does.
fn order(page: &Page, whole: bool, typed: &str) -> &'static str {
    if whole {
        "customers-by-name"
    } else if typed.is_empty() {
        "page-newest-first"
    } else if page.rows.len() == usize::from(MOST_FOUND) {
        "found-first"
    } else {
        "items-best-first"
    }
}

fn table(words: &Words, rows: &[Item]) -> Markup {
    html! {
        table.tbl.list.people {
            thead { tr {
                th { (words.t("item-name")) } th { (words.t("line-unit")) } th { (words.t("line-vat")) } th.num { (words.t("line-price")) }
            } }
            tbody { @for item in rows {
                tr {
                    td.c-who { a href={ "/items/" (item.id) } { bdi { (item.particulars.name) } } }
                    td.c-where.muted { (unit(words, item)) }
                    td.c-late.muted { (tax::named(words, &tax_code(item))) }
                    td.num.c-open { (price(words, item)) }
                }
            } }
        }
    }
}
