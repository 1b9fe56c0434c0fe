//! The list of customers, with what they owe.

use super::super::frame_for;
use super::super::invoices::may;
use super::super::refused::refused;
use crate::look::answer::Html;
use crate::look::{Head, inside, money};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::customers::{self, Customer, FindCustomers, ListCustomers, Page};
use coffer_billing::fold::fold;
use coffer_billing::insights::{self, Debt, ListOwers, Owers, Owing, WhoOwes};
use coffer_kernel::Action;
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};
use serde::Deserialize;

/// The most that a search shows.
const MOST_FOUND: u16 = 50;

/// Which customers of the list.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    only: Option<String>,
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    Owing,
    Overdue,
}

impl Only {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::All, "/customers", "filter-all"),
        (Self::Owing, "/customers?only=owing", "filter-owing"),
        (Self::Overdue, "/customers?only=overdue", "filter-overdue"),
    ];

    fn of(code: Option<&str>) -> Self {
        match code {
            Some("owing") => Self::Owing,
            Some("overdue") => Self::Overdue,
            _ => Self::All,
        }
    }

    /// What stands behind the question mark.
    const fn narrowed(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Owing => "only=owing&",
            Self::Overdue => "only=overdue&",
        }
    }

    /// How many belong to it, where that is said.
    const fn count(self, owing: &Owing) -> Option<i64> {
        match self {
            Self::All => None,
            Self::Owing => Some(owing.owing),
            Self::Overdue => Some(owing.overdue),
        }
    }
}

/// `GET /customers`
pub(crate) async fn list(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let typed = asked.q.trim().to_owned();
    let (only, paged) = (Only::of(asked.only.as_deref()), asked.after.is_some());
    let found = async {
        let page = match only {
            Only::All if !typed.is_empty() => {
                let query = FindCustomers { text: typed.clone(), most: MOST_FOUND };
                Page { rows: customers::find(&app.books, &person.actor, query).await?, next: None }
            }
            Only::All => {
                customers::list(&app.books, &person.actor, ListCustomers { after: asked.after, most: Some(100) })
                    .await?
            }
            Only::Owing | Only::Overdue => {
                let query = ListOwers { overdue: only == Only::Overdue, after: asked.after, most: Some(100) };
                let Owers { rows, next } = insights::owers(&app.books, &person.actor, query).await?;
                Page { rows, next }
            }
        };
        let customers = page.rows.iter().map(|customer| customer.id).collect();
        Ok::<_, PageRefused>((page, insights::owing(&app.books, &person.actor, WhoOwes { customers }).await?))
    };
    let (page, owing) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let none = page.rows.is_empty() && only == Only::All && typed.is_empty() && !paged;
    let (writes, imports) = (may(&person, Action::AddCustomer), may(&person, Action::ImportCustomers));
    let body = if none { nothing(words, writes, imports) } else { some(words, page, &owing, only, &typed, paged) };
    let acts = html! {
        @if imports && !none { a.btn href="/customers/import" { (words.t("customers-import")) } }
        @if writes && !none { a.btn.main href="/customers/new" { (words.t("customers-add")) } }
    };
    let title = words.t("customers-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/customers", &head, &body)).into_response()
}

fn nothing(words: &Words, writes: bool, imports: bool) -> Markup {
    html! { section.empty {
        h2 { (words.t("customers-empty")) }
        p.soft { (words.t("customers-empty-why")) }
        div.acts {
            @if writes { a.btn.main href="/customers/new" { (words.t("customers-add")) } }
            @if imports { a.btn.quiet href="/customers/import" { (words.t("customers-import")) } }
        }
    } }
}

fn some(words: &Words, mut page: Page, owing: &Owing, only: Only, typed: &str, paged: bool) -> Markup {
    // Names are sealed, so the database cannot sort by them; one page of all of them is sorted here.
    let whole = !paged && page.next.is_none() && only == Only::All && typed.is_empty();
    if whole {
        page.rows.sort_by_cached_key(|customer| fold(&customer.party.name));
    }
    html! {
        nav.filters aria-label=(words.t("filter-customers")) { @for (listed, address, key) in Only::ALL {
            a href=(address) aria-current=[(listed == only).then_some("page")] {
                (words.t(key)) @if let Some(count) = listed.count(owing) { " " span.n { (count) } }
            }
        } }
        @if only == Only::All { div.bar { form method="get" action="/customers" data-live role="search" {
            input.in type="search" name="q" value=(typed) aria-label=(words.t("customers-search")) placeholder=(words.t("customers-search")) autocomplete="off";
        } } }
        div.stack #list {
        @if page.rows.is_empty() {
            section.empty { h2 { @if typed.is_empty() { (words.t("customers-no-match")) } @else { (words.t1("customers-none-named", "text", typed)) } } a.btn href="/customers" { (words.t("filter-clear")) } }
        } @else {
            (table(words, &page.rows, &owing.debts))
            div.pages {
                span.muted { (words.t1(order(&page, only, whole, typed), "count", page.rows.len())) }
                @if paged { a.btn.small href={ "/customers?" (only.narrowed()) } { (words.t(if only == Only::All { "page-newest" } else { "page-first" })) } }
                @if let Some(next) = &page.next { a.btn.small href={ "/customers?" (only.narrowed()) "after=" (next) } { (words.t(if only == Only::All { "page-older" } else { "page-next" })) } }
            }
        }
        }
    }
}

/// In which order the rows stand, in words; and where a search shows the first alone, that it does.
fn order(page: &Page, only: Only, whole: bool, typed: &str) -> &'static str {
    match only {
        Only::Owing | Only::Overdue => "customers-oldest-debt",
        Only::All if whole => "customers-by-name",
        Only::All if typed.is_empty() => "page-newest-first",
        Only::All if page.rows.len() == usize::from(MOST_FOUND) => "found-first",
        Only::All => "items-best-first",
    }
}

fn table(words: &Words, rows: &[Customer], debts: &[Debt]) -> Markup {
    html! {
        table.tbl.list.people {
            thead { tr {
                th { (words.t("customer-name")) } th { (words.t("customer-city")) } th.room { (words.t("customer-email")) }
                th.num { (words.t("invoice-overdue")) } th.num { (words.t("invoice-open")) }
            } }
            tbody { @for customer in rows {
                @let owed = || debts.iter().filter(|debt| debt.customer == customer.id);
                tr {
                    td.c-who { a href={ "/customers/" (customer.id) } { bdi { (customer.party.name) } } }
                    td.c-where.muted { bdi { (customer.party.city.clone().unwrap_or_default()) } }
                    td.c-mail.room.muted { (customer.party.email.clone().unwrap_or_default()) }
                    td.num.c-late.alarm { @for debt in owed().filter(|debt| debt.overdue.minor() > 0) { div { (money(words, debt.overdue)) span.only-narrow { " " (words.t("chart-late")) } } } }
                    td.num.c-open { @for debt in owed() { div { (money(words, debt.open)) } } }
                }
            } }
        }
    }
}
