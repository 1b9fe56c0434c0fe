//! What the holder of a link sees: first whose document it is and a button; once opened, the document, how to pay it,
//! and its PDF. Nothing else of the business can be reached from here.

use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::lines::lines;
use crate::look::status::status;
use crate::look::sums::{Side, headline, sums};
use crate::look::{delivered, in_fours, money, public};
use crate::paper::as_file;
use crate::visitor::Anybody;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::{self, Opened};
use coffer_billing::invoices::content::Party;
use coffer_documents::epc::EpcCode;
use coffer_documents::numbers;
use coffer_identity::document_links::resume;
use coffer_kernel::{Actor, Reason, Refuse};
use coffer_store::Refused;
use maud::{Markup, html};

/// What does not open says so and who can help: whoever looks is a customer, and none of our places is theirs. Why it does
/// not open is told to nobody.
fn closed(words: &Words, no: impl Refuse) -> Response {
    if no.reason() != Reason::NotFound {
        return refused(words, no);
    }
    let title = words.t("document-closed-title");
    let body = html! { div.narrow.stack { h1 { (title) } p.soft { (words.t("document-closed")) } } };
    Html(StatusCode::NOT_FOUND, public(words, &html! {}, &title, &body)).into_response()
}

async fn reader(app: &App, anybody: &Anybody, token: &str) -> Result<Actor, Refused> {
    resume(&app.books, &app.mint, token, anybody.origin).await
}

/// `GET /d/{token}`: whoever looks, a scanner of mails too, learns who sent it and opens nothing.
pub(crate) async fn look(State(app): State<App>, anybody: Anybody, Path(token): Path<String>) -> Response {
    let words = anybody.words;
    let found = async {
        let reader = reader(&app, &anybody, &token).await?;
        let opened = match delivery::opened(&app.books, &reader).await {
            Err(no) if no.reason() == Reason::NotFound => None,
            opened => Some(opened?),
        };
        Ok::<_, Refused>((delivery::sender(&app.books, &reader).await?, opened))
    };
    match found.await {
        Err(no) => closed(words, no),
        Ok((sender, Some(opened))) => opened_page(words, &sender, &token, &opened),
        Ok((sender, None)) => {
            let body = html! {
                div.narrow.stack {
                    h1 { (words.t1("document-from", "sender", sender.as_str())) }
                    p.soft { (words.t("document-why")) }
                    form method="post" action={ "/d/" (token) } { button.btn.main { (words.t("document-open")) } }
                }
            };
            Html(StatusCode::OK, public(words, &masthead(&sender, None), &words.t("document-title"), &body))
                .into_response()
        }
    }
}

/// `GET /d/{token}/logo`: the logo of whoever sent it, once it was opened.
pub(crate) async fn logo(State(app): State<App>, anybody: Anybody, Path(token): Path<String>) -> Response {
    let found = async { delivery::opened(&app.books, &reader(&app, &anybody, &token).await?).await };
    match found.await {
        Ok(opened) => match opened.letterhead.logo {
            Some(logo) => {
                ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")], logo.png).into_response()
            }
            None => closed(anybody.words, Refused::NotFound),
        },
        Err(no) => closed(anybody.words, no),
    }
}

/// Whose document it is: the name, and the logo before it.
fn masthead(sender: &str, logo_of: Option<&str>) -> Markup {
    html! {
        @if let Some(token) = logo_of { img.logo src={ "/d/" (token) "/logo" } alt=""; }
        b { bdi { (sender) } }
    }
}

/// `POST /d/{token}`: opens it.
pub(crate) async fn open(State(app): State<App>, anybody: Anybody, Path(token): Path<String>, _: Fields) -> Response {
    let done = async { delivery::open(&app.books, &reader(&app, &anybody, &token).await?).await };
    match done.await {
        Ok(()) => go(&format!("/d/{token}")),
        Err(no) => closed(anybody.words, no),
    }
}

/// `POST /d/{token}/pdf`
pub(crate) async fn pdf(State(app): State<App>, anybody: Anybody, Path(token): Path<String>, _: Fields) -> Response {
    match reader(&app, &anybody, &token).await {
        Ok(reader) => crate::paper::of_reader(&app, &reader).await.map(as_file).into_response(),
        Err(no) => closed(anybody.words, no),
    }
}

fn opened_page(words: &Words, sender: &str, token: &str, opened: &Opened) -> Response {
    let (issued, standing) = (&opened.issued, Some(&opened.standing));
    let totals = &issued.draft.totals;
    let date = |day| numbers::date(words.language, day);
    let title = words.t1("document-number", "number", issued.number_text.as_str());
    let body = html! {
        div.head {
            div { p.kicker { bdi { (issued.frozen.buyer.name) } } h1 { (title) } }
            form.acts method="post" action={ "/d/" (token) "/pdf" } { button.btn { (words.t("invoice-pdf")) } }
        }
        div.cols.paper-last {
            div.stack.wide-gaps {
                section.now {
                    (headline(words, totals, standing, Side::Buyer))
                    dl.facts {
                        div { dt { (words.t("invoice-state")) } dd { (status(words, standing, opened.today)) } }
                        div { dt { (words.t("invoice-issued")) } dd { (date(issued.issued_on)) } }
                        (delivered(words, &issued.draft.content))
                        @if opened.standing.voided_on.is_none() { div { dt { (words.t("invoice-due")) } dd { (date(issued.due_on)) } } }
                        div { dt { (words.t("invoice-mark")) } dd { (in_fours(&issued.mark())) } }
                    }
                }
                (how_to_pay(words, opened))
                (questions(words, &issued.frozen.seller))
            }
            section.sec {
                header { h2 { (words.t("document-what")) } }
                (lines(words, &issued.draft.content, totals))
                (sums(words, &issued.draft, standing, Side::Buyer))
            }
        }
    };
    Html(
        StatusCode::OK,
        public(words, &masthead(sender, opened.letterhead.logo.as_ref().map(|_| token)), &title, &body),
    )
    .into_response()
}

/// How the seller is reached, as it stood when they issued it.
fn questions(words: &Words, seller: &Party) -> Markup {
    let ways = [("customer-phone", &seller.phone), ("customer-email", &seller.email)];
    html! {
        @if ways.iter().any(|(_, way)| way.is_some()) {
            section.sec {
                header { h2 { (words.t("document-questions")) } }
                dl.facts { @for (key, way) in ways { @if let Some(way) = way { div { dt { (words.t(key)) } dd { a href=(reached(key, way)) { bdi { (way) } } } } } } }
            }
        }
    }
}

/// The address under which a phone or a mail program takes it up; whatever has a meaning there is written out.
fn reached(key: &str, way: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@.+-_".contains(&byte);
    let written: String = if key == "customer-phone" {
        way.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    } else {
        way.bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    };
    format!("{}:{written}", if key == "customer-phone" { "tel" } else { "mailto" })
}

fn how_to_pay(words: &Words, opened: &Opened) -> Markup {
    let open = opened.standing.open;
    if open.minor() <= 0 || opened.standing.voided_on.is_some() {
        let void = opened.standing.voided_on.is_some();
        return html! { @if !void { p { (words.t("pay-nothing")) } } };
    }
    let Some(account) = &opened.account else {
        return html! { section.sec { header { h2 { (words.t("pay-title")) } } p { (words.t("pay-ask")) } } };
    };
    let number = &opened.issued.number_text;
    let euro = open.currency().to_string() == "EUR";
    let code =
        euro.then(|| EpcCode::new(&account.holder, &account.iban, account.bic.as_deref(), open.minor(), number).ok());
    let picture = code.flatten().and_then(|code| code.modules());
    html! {
        section.sec {
            header { h2 { (words.t("pay-title")) } }
            @if let Some(picture) = picture {
                svg.qr viewBox={ "0 0 " (picture.side()) " " (picture.side()) } shape-rendering="crispEdges" role="img" aria-label=(words.t("pay-code")) { path d=(picture.path()) {} }
                p.muted { (words.t("pay-code-why")) }
            }
            dl.facts {
                div { dt { (words.t("pay-to")) } dd { bdi { (account.holder) } } }
                div { dt { (words.t("settings-iban")) } dd { (in_fours(&account.iban)) } }
                div { dt { (words.t("payment-amount")) } dd { (money(words, open)) } }
                div { dt { (words.t("payment-reference")) } dd { (number) } }
            }
            p.soft { (words.t("pay-warning")) }
        }
    }
}
