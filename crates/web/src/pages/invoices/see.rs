//! One invoice: what is still open first, then its sums, how it got there, its payments and what happened to it; its
//! page beside all that, or on a phone below.

use super::super::frame_for;
use super::super::refused::refused;
use super::super::send::Handing;
use super::{id_of, may, pay, timeline};
use crate::App;
use crate::form::mark;
use crate::look::answer::Html;
use crate::look::lines::lines;
use crate::look::status::{delivery, status};
use crate::look::sums::{Side, headline, sums};
use crate::look::{Head, Wrong, delivered, in_fours, inside, link_once};
use crate::pages::together::Together;
use crate::paper::as_file;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::customers;
use coffer_billing::invoices::{self, Invoice, Seen};
use coffer_billing::payments;
use coffer_billing::settlement::Delivery;
use coffer_documents::numbers;
use coffer_identity::document_links::GOOD_FOR;
use coffer_kernel::{Action, Date};
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};
use serde::Deserialize;

/// What was just done, in the address after it.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// What a page of an invoice says besides the invoice: what went wrong, what was done, a link that is shown once.
#[derive(Default)]
pub(super) struct Now {
    pub(super) wrong: Wrong,
    pub(super) link: Option<String>,
    pub(super) done: Option<&'static str>,
    pub(super) typed: Option<pay::Typed>,
}

/// `GET /invoices/{invoice}`
pub(crate) async fn see(
    Together(app): Together,
    person: Inside,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let done = asked.done.as_deref().and_then(|done| match done {
        "issued" => Some("done-issued"),
        "sent" => Some("done-sent"),
        "links-ended" => Some("done-links-ended"),
        "paid" => Some("done-paid"),
        "taken-back" => Some("done-taken-back"),
        "void" => Some("done-void"),
        _ => None,
    });
    shown(&app, &person, &id, &Now { done, ..Now::default() }).await
}

/// Whether the page is wanted as a file.
#[derive(Deserialize, Default)]
pub(crate) struct AsFile {
    save: Option<String>,
}

/// `GET /invoices/{invoice}/pdf`
pub(crate) async fn pdf(
    State(app): State<App>,
    person: Inside,
    Path(id): Path<String>,
    Query(asked): Query<AsFile>,
) -> Response {
    match id_of(&id) {
        Ok(id) => match crate::paper::pdf(&app, &person.actor, id).await {
            Ok(page) if asked.save.is_some() => as_file(page),
            Ok(page) => page,
            Err(problem) => problem.into_response(),
        },
        Err(no) => refused(person.words, no),
    }
}

/// The page of an invoice.
pub(super) async fn shown(app: &App, person: &Inside, id: &str, now: &Now) -> Response {
    let found = async {
        let id = id_of(id)?;
        let seen = invoices::see(&app.books, &person.actor, id).await?;
        let customer = customers::get(&app.books, &person.actor, seen.invoice.draft().customer).await?;
        let payments = payments::of_invoice(&app.books, &person.actor, id).await?;
        let handing = Handing::of(app, &person.actor, id).await?;
        let acts = timeline::Acts::of(app, person, id).await?;
        Ok::<_, PageRefused>((seen, customer.party.name, payments, handing, acts))
    };
    let (seen, customer, payments, handing, past) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(person.words, no),
    };
    let words = person.words;
    let title = match &seen.invoice {
        Invoice::Draft(_) => words.t("status-draft"),
        Invoice::Issued(issued) => issued.number_text.clone(),
    };
    let body = html! {
        (said(person, now, &handing, seen.today))
        div.cols.paper-first {
            (preview(words, id))
            div.stack.wide-gaps {
                (stands(words, &seen, &customer))
                (billed(words, &seen))
                (handing_over(person, &seen, &handing))
                (pay::section(person, &seen, &payments, now, &mark(app)))
                (timeline::of(words, &seen, &payments, &past))
                (voiding(person, &seen))
            }
        }
    };
    let kicker = html! { a href="/invoices" { (words.t("invoices-title")) } };
    let acts = acts(person, &seen, &handing);
    let head = Head { kicker: Some(kicker), title: &title, acts: Some(&acts) };
    let code = if now.wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &frame_for(app, person).await, "/invoices", &head, &body)).into_response()
}

fn acts(person: &Inside, seen: &Seen, handing: &Handing) -> Markup {
    let (words, id) = (person.words, seen.invoice.id());
    let draft = matches!(seen.invoice, Invoice::Draft(_));
    let hands_over = may(person, Action::SendInvoice);
    // The next step of this state: what can leave by mail leaves, what cannot is downloaded and handed over by hand.
    let by_mail = hands_over && seen.standing.as_ref().is_some_and(|standing| handing.wants_mail(standing));
    let by_hand = hands_over && handing.by_hand_alone() && seen.standing.as_ref().is_some_and(Handing::waits);
    html! {
        a.btn.main[by_hand] href={ "/invoices/" (id) "/pdf?save=yes" } { (words.t("invoice-pdf")) }
        @if may(person, Action::DraftInvoice) { form method="post" action={ "/invoices/" (id) "/copy" } { button.btn { (words.t("invoice-copy")) } } }
        @if draft && may(person, Action::ReviseInvoice) { a.btn href={ "/invoices/" (id) "/edit" } data-key="e" { (words.t("invoice-edit")) } }
        @if draft && may(person, Action::IssueInvoice) { a.btn.main href={ "/invoices/" (id) "/issue" } { (words.t("invoice-issue")) } }
        @if by_mail {
            a.btn.main href={ "/invoices/" (id) "/send" } { (words.t("send-by-mail")) }
        }
    }
}

/// What was just done, or a link that is shown once.
fn said(person: &Inside, now: &Now, handing: &Handing, today: Date) -> Markup {
    let words = person.words;
    let issued = now.done == Some("done-issued");
    let done = if issued { Some(handing.next_words()) } else { now.done };
    html! {
        @if let Some(done) = done {
            div.banner.good role="status" { div {
                b { (words.t(done)) }
                @if issued && handing.by_hand_alone() && may(person, Action::ReviseSettings) {
                    p { (words.t("done-issued-more")) " " a href="/settings/delivery" { (words.t("hand-over-go")) } }
                }
            } }
        }
        @if let Some(link) = &now.link {
            div.banner.good { div { b { (words.t("link-made")) } p { (words.t("link-hand-over")) } (link_once(words, link)) p.soft { (words.t1("link-until", "day", until(words, today))) } } }
        }
    }
}

/// The day until which a link that is made today opens.
fn until(words: &Words, today: Date) -> String {
    let days = i64::try_from(GOOD_FOR.as_secs() / (24 * 60 * 60)).unwrap_or_default();
    numbers::date(words.language, today.checked_add(jiff::Span::new().days(days)).unwrap_or(today))
}

/// The page of the invoice, in the proportions of paper. The viewer's own margin is cut off by the style.
pub(super) fn preview(words: &Words, id: &str) -> Markup {
    html! {
        section.paper aria-label=(words.t("invoice-page")) {
            a.btn.open-paper href={ "/invoices/" (id) "/pdf" } target="_blank" { (words.t("paper-open")) }
            div.sheet data-wait=(words.t("paper-comes")) { iframe.preview src={ "/invoices/" (id) "/pdf#toolbar=0&navpanes=0&view=FitH" } title=(words.t("invoice-page")) loading="lazy" {} }
        }
    }
}

/// How it stands: the one sum that counts now, large, and the facts beneath.
fn stands(words: &Words, seen: &Seen, customer: &str) -> Markup {
    let date = |day| numbers::date(words.language, day);
    let draft = seen.invoice.draft();
    html! {
        section.now {
            (headline(words, &draft.totals, seen.standing.as_ref(), Side::Seller))
            dl.facts {
                div { dt { (words.t("invoice-customer")) } dd { a href={ "/customers/" (draft.customer) } { bdi { (customer) } } } }
                @if let (Invoice::Issued(issued), Some(standing)) = (&seen.invoice, &seen.standing) {
                    div { dt { (words.t("invoice-state")) } dd { (status(words, Some(standing), seen.today)) } }
                    div { dt { (words.t("invoice-issued")) } dd { (date(issued.issued_on)) } }
                    (delivered(words, &draft.content))
                    @if standing.voided_on.is_none() { div { dt { (words.t("invoice-due")) } dd { (date(issued.due_on)) } } }
                    div { dt { (words.t("invoice-mark")) } dd { (in_fours(&issued.mark())) } }
                }
            }
        }
    }
}

/// What it is for, and what that comes to.
fn billed(words: &Words, seen: &Seen) -> Markup {
    let draft = seen.invoice.draft();
    html! {
        section.sec {
            header { h2 { (words.t("document-what")) } }
            (lines(words, &draft.content, &draft.totals))
            (sums(words, draft, seen.standing.as_ref(), Side::Seller))
        }
    }
}

/// How far it got, and how it gets further.
fn handing_over(person: &Inside, seen: &Seen, handing: &Handing) -> Markup {
    let words = person.words;
    let Some(standing) = &seen.standing else { return html! {} };
    html! {
        section.sec {
            header { h2 { (words.t("invoice-delivery")) } span.soft { (delivery(words, standing, seen.today)) } }
            (handing.draw(words, standing, seen.today, may(person, Action::SendInvoice)))
        }
    }
}

/// The way to void it, where that is possible: the question has a page of its own. Where it is not, why, and what instead.
fn voiding(person: &Inside, seen: &Seen) -> Markup {
    let words = person.words;
    let standing = seen.standing.as_ref().filter(|standing| standing.voided_on.is_none());
    let why_not = standing.and_then(|standing| match standing.delivery {
        Delivery::NotSent if standing.is_untouched() => None,
        Delivery::NotSent => Some("void-not-paid-on"),
        Delivery::LinkMade => Some("void-not-link-made"),
        Delivery::Sent | Delivery::Bounced | Delivery::Opened => Some("void-not-sent"),
    });
    html! {
        @if seen.standing.is_none() && may(person, Action::DeleteDraft) {
            p { a.btn.quiet.danger.small href={ "/invoices/" (seen.invoice.id()) "/delete" } { (words.t("delete-go")) } }
        }
        @if let (Some(why), true) = (why_not, may(person, Action::VoidInvoice)) {
            p.hint { (words.t(why)) }
        } @else if standing.is_some() && may(person, Action::VoidInvoice) {
            p { a.btn.quiet.danger.small href={ "/invoices/" (seen.invoice.id()) "/void" } { (words.t("void-go")) } }
        }
    }
}
