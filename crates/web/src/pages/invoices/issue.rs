//! Issuing: says what will be fixed, with the page that will be sent beside it.

use super::super::frame_for;
use super::super::refused::refused;
use super::fixed::fixed;
use super::missing;
use super::see::preview;
use super::{id_of, may};
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::sums::{Side, sums};
use crate::look::{Head, Wrong, inside, money, to_paper};
use crate::visitor::{Inside, and_back};
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::settings;
use coffer_billing::invoices::{self, Draft, Invoice, IssueInvoice, IssueRefused, ListInvoices, Listed, Row};
use coffer_billing::settlement::Standing;
use coffer_billing::{business, customers};
use coffer_kernel::Action;
use coffer_store::Refuse;
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};

/// `GET /invoices/{invoice}/issue`: says what will be fixed, before the button.
pub(crate) async fn ask_to_issue(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    issue_page(&app, &person, &id, &Wrong::default()).await
}

async fn issue_page(app: &App, person: &Inside, id: &str, wrong: &Wrong) -> Response {
    let words = person.words;
    let found = async {
        let id = id_of(id)?;
        let seen = invoices::see(&app.books, &person.actor, id).await?;
        let customer = customers::get(&app.books, &person.actor, seen.invoice.draft().customer).await?;
        let number = invoices::next_number(&app.books, &person.actor).await?;
        let business = business::get(&app.books, &person.actor).await?;
        let open = ListInvoices { only: Some(Listed::Open), customer: Some(customer.id), ..ListInvoices::default() };
        let owed = invoices::list(&app.books, &person.actor, open).await?.rows;
        let ways = settings::ways(&app.books, &person.actor).await?;
        Ok::<_, PageRefused>((seen, customer, number, business, owed, ways))
    };
    let (seen, customer, number, business, owed, ways) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let Invoice::Draft(draft) = &seen.invoice else { return go(&format!("/invoices/{id}")) };
    let found = draft.obstacles(&business, &customer, seen.today);
    let missing = missing::Lists::of(person, draft, found, &invoices::missing(draft, &business, &customer, ways));
    let body = html! {
        div.cols.paper-last {
            div.stack {
                (wrong.clone().with_settings(and_back("/settings", &format!("/invoices/{id}/issue"))).draw(words))
                (missing.first(words))
                (missing.besides(words))
                (fixed(words, draft, &business, &customer, seen.today))
                (sums(words, draft, None, Side::Seller))
                (also_owed(words, &owed, may(person, Action::VoidInvoice)))
                (way_on(words, draft, &number, &missing, wrong.any()))
            }
            (preview(words, id))
        }
    };
    let title = words.t("issue-title");
    let kicker = html! { a href="/invoices" { (words.t("invoices-title")) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let code = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &frame_for(app, person).await, "/invoices", &head, &body)).into_response()
}

/// What can be done next: what stands in the way is mended first, and there is nothing to press before.
fn way_on(words: &Words, draft: &Draft, number: &str, missing: &missing::Lists, no: bool) -> Markup {
    let (form, edit) = (format!("/invoices/{}/issue", draft.id), format!("/invoices/{}/edit", draft.id));
    html! {
        @if missing.stops() {
            div.acts { (missing.way(words)) a.btn href=(edit) { (words.t("editor-title")) } }
        } @else {
            (to_paper(words, Some(&draft.id.to_string())))
            @if !no { p { (words.t1("issue-fixed", "number", number)) } }
            form.acts method="post" action=(form) {
                input type="hidden" name="version" value=(draft.version);
                // What was refused is not issued by pressing again: the way on is through the draft.
                @if no { a.btn.main href=(edit) { (words.t("editor-title")) } button.btn { (words.t("issue-go")) } }
                @else { button.btn.main data-key="ctrl+enter" { (words.t("issue-go")) } a.btn href=(edit) { (words.t("editor-title")) } }
            }
        }
    }
}

/// What the same customer owes already, the newest: whoever writes an invoice anew may forget that the first one stands.
fn also_owed(words: &Words, owed: &[Row], may_void: bool) -> Markup {
    let Some(row) = owed.first() else { return html! {} };
    let open = row.standing.as_ref().map_or(row.due, |standing| standing.open);
    html! {
        p.soft {
            (words.t("issue-also-owed")) " "
            a href={ "/invoices/" (row.id) } { (row.number.as_deref().unwrap_or_default()) } ", " (money(words, open))
            @if owed.len() > 1 { " " (words.t1("import-more", "count", owed.len() - 1)) }
            "."
            // Only what can be done is advised.
            @if may_void && row.standing.as_ref().is_some_and(Standing::can_be_voided) { " " (words.t("issue-also-owed-why")) }
        }
    }
}

/// `POST /invoices/{invoice}/issue`
pub(crate) async fn issue(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let invoice = match id_of(&id) {
        Ok(invoice) => invoice,
        Err(no) => return refused(person.words, no),
    };
    let order = IssueInvoice { invoice, version: fields.get("version").parse().ok() };
    match invoices::issue(&app.books, &person.actor, None, order).await {
        Ok(_) => go(&format!("/invoices/{id}?done=issued")),
        // What stands in the way is mended where it was typed.
        Err(no) if !no.pointers().is_empty() || no == IssueRefused::Unfinished => {
            super::super::editor::mend(&app, &person, &id, &Wrong::of(&no)).await
        }
        Err(no) => issue_page(&app, &person, &id, &Wrong::of(&no)).await,
    }
}
