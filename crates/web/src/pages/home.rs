//! Home: what is owed, what is late, what needs somebody.

use super::backup;
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::status::status;
use crate::look::{Head, chart, inside, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::letters;
use coffer_billing::insights::{Overview, overview};
use coffer_billing::invoices::{ListInvoices, Listed, Page, list};
use coffer_billing::{business, insights};
use coffer_documents::numbers;
use coffer_identity::links;
use coffer_kernel::money::Money;
use maud::{Markup, html};

/// `GET /`
pub(crate) async fn home(State(app): State<App>, inside_: Inside) -> Response {
    let (words, actor) = (inside_.words, &inside_.actor);
    let business = match business::get(&app.books, actor).await {
        Ok(business) => business,
        Err(no) => return refused(words, no),
    };
    let seen = match overview(&app.books, actor).await {
        Ok(seen) => seen,
        // An administrator manages people and reads no invoices.
        Err(_) => return crate::look::answer::go("/people"),
    };
    let late = ListInvoices { only: Some(Listed::Overdue), most: Some(5), ..ListInvoices::default() };
    let late = match list(&app.books, actor, late).await {
        Ok(late) => late,
        Err(no) => return refused(words, no),
    };
    let astray = match letters::astray(&app.books, actor).await {
        Ok(astray) => astray,
        Err(no) => return refused(words, no),
    };
    let name = &business.particulars.name;
    let warning = backup::warning(&app, &inside_).await;
    // Only whoever may see who works here is told, and asked again on that page.
    let recovered = links::recoveries(&app.books, actor).await.is_ok_and(|recoveries| !recoveries.is_empty());
    let body = if seen.issued == 0 && seen.drafts == 0 { first(words) } else { figures(words, &seen, &late) };
    let body = html! {
        @if recovered { div.banner.alarm role="status" { div { b { (words.t("recovery-home")) } p { a href="/people" { (words.t("people-title")) } } } } }
        @if let Some(warning) = warning { (warning) }
        (body)
    };
    let acts = html! { a.btn.main href="/invoices/new" { (words.t("home-new")) } };
    let title = words.t1("home-title", "business", name.as_str());
    let kicker = html! { (numbers::date(words.language, seen.today)) };
    let head = Head { kicker: Some(kicker), title: &title, acts: Some(&acts) };
    let body = html! { (super::send::astray(words, &astray)) (body) };
    Html(StatusCode::OK, inside(words, name, "/", &head, &body)).into_response()
}

fn first(words: &Words) -> Markup {
    html! {
        section.empty {
            h2 { (words.t("home-empty")) }
            p.soft { (words.t("home-empty-why")) }
            a.btn.main href="/invoices/new" { (words.t("home-first")) }
        }
    }
}

fn figures(words: &Words, seen: &Overview, late: &Page) -> Markup {
    let none = insights::Owed {
        open: Money::zero(seen.currency),
        open_count: 0,
        overdue: Money::zero(seen.currency),
        overdue_count: 0,
        weeks: Vec::new(),
    };
    let main = seen.owed.first().unwrap_or(&none);
    let expected = main.open.minus(main.overdue).unwrap_or(Money::zero(seen.currency));
    html! {
        div.figures {
            div { (words.t("home-owed")) span.big { (money(words, main.open)) } @for owed in seen.owed.iter().skip(1) { p { (money(words, owed.open)) } } p.muted { (words.t1("home-invoices", "count", main.open_count)) } }
            div { (words.t("home-overdue")) span.big.alarm[main.overdue.minor() > 0] { (money(words, main.overdue)) } @for owed in seen.owed.iter().skip(1) { p { (money(words, owed.overdue)) } } p.muted { (words.t1("home-invoices", "count", main.overdue_count)) } }
            div { (words.t("home-expected")) span.big { (money(words, expected)) } p.muted { (words.t1("home-drafts", "count", seen.drafts)) } }
        }
        @if main.open.minor() > 0 {
            section.sec { header { h2 { (words.t("home-chart")) } span.muted { (main.open.currency()) } } (chart::owed(words, main, seen.today)) }
        }
        section.sec {
            header { h2 { (words.t("home-needs-you")) } a href="/invoices?only=overdue" { (words.t("home-all-late")) } }
            @if late.rows.is_empty() { p.muted { (words.t("home-nothing")) } }
            @else {
                table.tbl.list { tbody { @for row in &late.rows {
                    tr {
                        td { a href={ "/invoices/" (row.id) } { (row.number.clone().unwrap_or_default()) } }
                        td.wide { bdi { (row.customer_name) } }
                        td { (status(words, row.standing.as_ref(), late.today)) }
                        td.num { (money(words, row.standing.as_ref().map_or(row.due, |standing| standing.open))) }
                    }
                } } }
            }
        }
    }
}
