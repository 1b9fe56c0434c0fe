//! Invoices: the list, one of them, issuing, paying, voiding.

use super::customers::business_name;
use super::refused::refused;
use super::send::Handing;
use crate::App;
use crate::form::{Fields, mark};
use crate::look::answer::{Html, go};
use crate::look::status::status;
use crate::look::{Field, Head, Wrong, choice, inside, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::{self, EndLinks, MakeLink, MarkSent};
use coffer_billing::invoices::{self, Invoice, IssueInvoice, ListInvoices, Listed, Page, Seen, VoidInvoice};
use coffer_billing::payments::{self, Method, Particulars, Payment, RecordPayment};
use coffer_billing::settlement::Delivery;
use coffer_billing::{business, customers};
use coffer_documents::numbers;
use coffer_kernel::InvoiceId;
use coffer_store::Refused;
use maud::{Markup, html};
use serde::Deserialize;

/// Which invoices of the list.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    only: Option<String>,
    after: Option<String>,
}

/// `GET /invoices`
pub(crate) async fn list(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let only = asked.only.as_deref().and_then(Listed::from_code);
    let query = ListInvoices { only, after: asked.after, ..ListInvoices::default() };
    let page = match invoices::list(&app.books, &person.actor, query).await {
        Ok(page) => page,
        Err(no) => return refused(words, no),
    };
    let body = html! { (filters(words, only)) (table(words, &page, only)) };
    let acts = html! { a.btn.main href="/invoices/new" { (words.t("home-new")) } };
    let title = words.t("invoices-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &business_name(&app, &person).await, "/invoices", &head, &body)).into_response()
}

fn filters(words: &Words, only: Option<Listed>) -> Markup {
    let key = |listed: Listed| match listed {
        Listed::Drafts => "filter-drafts",
        Listed::Open => "filter-open",
        Listed::Overdue => "filter-overdue",
        Listed::Paid => "filter-paid",
        Listed::Void => "filter-void",
    };
    html! {
        div { nav.seg aria-label=(words.t("filter-label")) {
            a href="/invoices" aria-current=[only.is_none().then_some("page")] { (words.t("filter-all")) }
            @for listed in Listed::ALL {
                a href={ "/invoices?only=" (listed.code()) } aria-current=[(only == Some(listed)).then_some("page")] { (words.t(key(listed))) }
            }
        } }
    }
}

fn table(words: &Words, page: &Page, only: Option<Listed>) -> Markup {
    if page.rows.is_empty() {
        return html! { section.empty {
            @if only.is_some() { h2 { (words.t("invoices-no-match")) } a.btn href="/invoices" { (words.t("filter-clear")) } }
            @else { h2 { (words.t("home-empty")) } p.soft { (words.t("home-empty-why")) } a.btn href="/invoices/new" { (words.t("home-first")) } }
        } };
    }
    let day = |date| numbers::short_date(words.language, date, page.today);
    html! {
        table.tbl.list {
            thead { tr {
                th { (words.t("invoice-number")) } th { (words.t("invoice-customer")) } th { (words.t("invoice-issued")) }
                th { (words.t("invoice-due")) } th { (words.t("invoice-state")) } th.num { (words.t("invoice-amount")) }
            } }
            tbody { @for row in &page.rows { tr {
                td { a href={ "/invoices/" (row.id) } { (row.number.clone().unwrap_or_else(|| words.t("status-draft"))) } }
                td.wide { bdi { (row.customer_name) } }
                td.muted { (row.issued_on.map(day).unwrap_or_default()) }
                td.muted { (row.standing.as_ref().map(|standing| day(standing.due_on)).unwrap_or_default()) }
                td { (status(words, row.standing.as_ref(), page.today)) }
                td.num { (money(words, row.due)) }
            } } }
        }
        @if let Some(next) = &page.next {
            div.acts { a.btn href={ "/invoices?only=" (only.map(Listed::code).unwrap_or_default()) "&after=" (next) } { (words.t("page-older")) } }
        }
    }
}

pub(super) fn id_of(text: &str) -> Result<InvoiceId, Refused> {
    text.parse().map_err(|_| Refused::NotFound)
}

/// `GET /invoices/{invoice}`
pub(crate) async fn see(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    shown(&app, &person, &id, &Wrong::default(), None).await
}

async fn shown(app: &App, person: &Inside, id: &str, wrong: &Wrong, link: Option<&str>) -> Response {
    let found = async {
        let id = id_of(id)?;
        let seen = invoices::see(&app.books, &person.actor, id).await?;
        let customer = customers::get(&app.books, &person.actor, seen.invoice.draft().customer).await?;
        let payments = payments::of_invoice(&app.books, &person.actor, id).await?;
        let handing = Handing::of(app, &person.actor, id).await?;
        Ok::<_, Refused>((seen, customer.party.name, payments, handing))
    };
    let (seen, customer, payments, handing) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(person.words, no),
    };
    let words = person.words;
    let id = seen.invoice.id();
    let title = match &seen.invoice {
        Invoice::Draft(_) => words.t("status-draft"),
        Invoice::Issued(issued) => issued.number_text.clone(),
    };
    let draft = matches!(seen.invoice, Invoice::Draft(_));
    let acts = html! {
        a.btn href={ "/invoices/" (id) "/pdf" } { (words.t("invoice-pdf")) }
        @if draft { a.btn href={ "/invoices/" (id) "/edit" } { (words.t("invoice-edit")) } a.btn.main href={ "/invoices/" (id) "/issue" } { (words.t("invoice-issue")) } }
        @if seen.standing.as_ref().is_some_and(|standing| handing.wants_mail(standing)) {
            a.btn.main href={ "/invoices/" (id) "/send" } { (words.t("send-by-mail")) }
        }
    };
    let body = html! {
        @if let Some(link) = link {
            div.banner.good { div { b { (words.t("link-made")) } p { (words.t("link-hand-over")) } p { code { (link) } } } }
        }
        div.cols {
        section.sec {
            header { h2 { (words.t("invoice-page")) } }
            iframe.preview src={ "/invoices/" (id) "/pdf#toolbar=0&navpanes=0&view=FitH" } title=(words.t("invoice-page")) {}
        }
        div.stack { (facts(words, &seen, &customer, &handing)) (paying(words, &seen, &payments, wrong, &mark(app))) }
        }
    };
    let kicker = html! { bdi { (customer) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: Some(&acts) };
    let code = if wrong.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &business_name(app, person).await, "/invoices", &head, &body)).into_response()
}

fn facts(words: &Words, seen: &Seen, customer: &str, handing: &Handing) -> Markup {
    let totals = &seen.invoice.draft().totals;
    let date = |day| numbers::date(words.language, day);
    html! {
        section.sec {
            header { h2 { (words.t("invoice-state")) } (status(words, seen.standing.as_ref(), seen.today)) }
            dl.facts {
                div { dt { (words.t("invoice-customer")) } dd { a href={ "/customers/" (seen.invoice.draft().customer) } { bdi { (customer) } } } }
                @if let Invoice::Issued(issued) = &seen.invoice {
                    div { dt { (words.t("invoice-issued")) } dd { (date(issued.issued_on)) } }
                    div { dt { (words.t("invoice-due")) } dd { (date(issued.due_on)) } }
                }
                @if let Some(standing) = &seen.standing {
                    div { dt { (words.t("invoice-delivery")) } dd { (handing.draw(words, standing, seen.today)) } }
                }
            }
            dl.sums {
                div { dt { (words.t("sum-net")) } dd { (money(words, totals.net_total)) } }
                div { dt { (words.t("sum-vat")) } dd { (money(words, totals.tax_total)) } }
                div.total { dt { (words.t("sum-to-pay")) } dd { (money(words, totals.amount_due)) } }
            }
        }
    }
}

fn paying(words: &Words, seen: &Seen, payments: &[Payment], wrong: &Wrong, once: &str) -> Markup {
    let Some(standing) = &seen.standing else { return html! {} };
    let id = seen.invoice.id();
    let ways: Vec<(String, String)> = Method::ALL
        .iter()
        .map(|method| {
            let key = match method {
                Method::Transfer => "method-transfer",
                Method::Cash => "method-cash",
                Method::Card => "method-card",
                Method::Cheque => "method-cheque",
                Method::Other => "method-other",
            };
            (method.code().to_owned(), words.t(key))
        })
        .collect();
    let open = standing.open.amount_text();
    let today = seen.today.to_string();
    html! {
        section.sec {
            header { h2 { (words.t("payments-title")) } }
            @if payments.is_empty() { p.muted { (words.t("payments-none")) } }
            @else { table.tbl { tbody { @for payment in payments { tr {
                td { (numbers::short_date(words.language, payment.received_on, seen.today)) }
                td.muted { (payment.particulars.reference.clone().unwrap_or_default()) @if payment.reversed_on.is_some() { " " span.badge.void { (words.t("payment-reversed")) } } }
                td.num { (money(words, payment.amount)) }
            } } } } }
            (wrong.draw())
            @if standing.voided_on.is_none() && standing.open.minor() > 0 {
                form.stack method="post" action={ "/invoices/" (id) "/payments" } {
                    input type="hidden" name="once" value=(once);
                    div.row {
                        (Field::text("amount", words.t("payment-amount"), &open).required().draw(words, wrong))
                        (Field::text("received_on", words.t("payment-day"), &today).kind("date").required().draw(words, wrong))
                    }
                    div.row {
                        (choice("method", &words.t("payment-method"), &ways, "transfer"))
                        (Field::text("reference", words.t("payment-reference"), "").draw(words, wrong))
                    }
                    div.acts { button.btn { (words.t("payment-record")) } }
                }
            }
        }
        @if standing.voided_on.is_none() && payments.is_empty() && standing.delivery == Delivery::NotSent {
            section.sec {
                header { h2 { (words.t("void-title")) } }
                p.soft { (words.t("void-why")) }
                form method="post" action={ "/invoices/" (id) "/void" } { button.btn.danger { (words.t("void-go")) } }
            }
        }
    }
}

/// `GET /invoices/{invoice}/pdf`
pub(crate) async fn pdf(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    match id_of(&id) {
        Ok(id) => crate::paper::pdf(&app, &person.actor, id).await.into_response(),
        Err(no) => refused(person.words, no),
    }
}

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
        Ok::<_, Refused>((seen, customer.party.name, number, business))
    };
    let (seen, customer, number, business) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let Invoice::Draft(draft) = &seen.invoice else { return go(&format!("/invoices/{id}")) };
    let due = numbers::date(words.language, draft.due_on(seen.today, &business));
    let body = html! {
        div.narrow.stack {
            (wrong.draw())
            dl.facts {
                div { dt { (words.t("invoice-customer")) } dd { bdi { (customer) } } }
                div { dt { (words.t("sum-to-pay")) } dd { (money(words, draft.totals.amount_due)) } }
                div { dt { (words.t("invoice-due")) } dd { (due) } }
            }
            p { (words.t1("issue-fixed", "number", number)) }
            form.acts method="post" action={ "/invoices/" (id) "/issue" } {
                input type="hidden" name="version" value=(draft.version);
                button.btn.main { (words.t("issue-go")) }
                a.btn.quiet href={ "/invoices/" (id) "/edit" } { (words.t("form-back")) }
            }
        }
    };
    let title = words.t("issue-title");
    let head = Head { kicker: None, title: &title, acts: None };
    let code = if wrong.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &business.particulars.name, "/invoices", &head, &body)).into_response()
}

/// `POST /invoices/{invoice}/issue`
pub(crate) async fn issue(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let invoice = match id_of(&id) {
        Ok(invoice) => invoice,
        Err(no) => return refused(person.words, no),
    };
    let order = IssueInvoice { invoice, version: fields.get("version").parse().ok() };
    match invoices::issue(&app.books, &person.actor, None, order).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(no) => issue_page(&app, &person, &id, &Wrong::of(&no)).await,
    }
}

/// `POST /invoices/{invoice}/void`
pub(crate) async fn void(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match invoices::void(&app.books, &person.actor, VoidInvoice { invoice }).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(no) => shown(&app, &person, &id, &Wrong::of(&no), None).await,
    }
}

/// `POST /invoices/{invoice}/links/end`: no link opens it from now on.
pub(crate) async fn end_links(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match delivery::end_links(&app.books, &person.actor, EndLinks { invoice }).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(no) => refused(person.words, no),
    }
}

/// `POST /invoices/{invoice}/link`: the link is shown once, here.
pub(crate) async fn make_link(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match delivery::make_link(&app.books, &person.actor, MakeLink { invoice }).await {
        Ok(link) => shown(&app, &person, &id, &Wrong::default(), Some(link.expose())).await,
        Err(no) => shown(&app, &person, &id, &Wrong::of(&no), None).await,
    }
}

/// `POST /invoices/{invoice}/sent`
pub(crate) async fn mark_sent(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match delivery::mark_sent(&app.books, &person.actor, MarkSent { invoice }).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(no) => shown(&app, &person, &id, &Wrong::of(&no), None).await,
    }
}

/// `POST /invoices/{invoice}/payments`
pub(crate) async fn pay(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let order = RecordPayment {
        invoice,
        amount: super::editor::plain_number(fields.get("amount")),
        received_on: fields.get("received_on").parse().ok(),
        method: Method::from_code(fields.get("method")).unwrap_or(Method::Other),
        particulars: Particulars { reference: fields.some("reference"), note: fields.some("note") },
    };
    match payments::record(&app.books, &person.actor, fields.once(), order).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(no) => shown(&app, &person, &id, &Wrong::of(&no), None).await,
    }
}
