//! Saying that an invoice was handed over by hand, and when: nothing takes that back, so it is asked first, with the number in the
//! button.

use super::super::ask::ask_again;
use super::super::refused::refused;
use super::see::{Now, shown};
use super::{Which, id_of};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Field, Question, Safe, Wrong, money};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::delivery::{self, MarkSent};
use coffer_billing::invoices::{self, Invoice};
use coffer_kernel::Refuse;
use coffer_store::Refused;
use maud::html;

/// The field of the day.
const DAY: &str = "sent_on";

/// `GET /invoices/{invoice}/sent`: says what it means, before the button. Where it was said already there is nothing to ask.
pub(crate) async fn ask_to_mark_sent(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    question(&app, &person, &id, None, &Wrong::default()).await
}

/// The question; with the day that was typed, where it was refused.
async fn question(app: &App, person: &Inside, id: &str, typed: Option<&str>, wrong: &Wrong) -> Response {
    let words = person.words;
    let found = async {
        let seen = invoices::see(&app.books, &person.actor, id_of(id)?).await?;
        let which = Which::of(app, person, &seen).await?;
        Ok::<_, Refused>((seen, which))
    };
    let (seen, which) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let open = |standing: &coffer_billing::settlement::Standing| {
        standing.voided_on.is_none() && standing.delivery.is_unknown()
    };
    let (Invoice::Issued(issued), true) = (&seen.invoice, seen.standing.as_ref().is_some_and(open)) else {
        return go(&format!("/invoices/{id}"));
    };
    let day = typed.map_or_else(|| seen.today.to_string(), str::to_owned);
    let question = Question {
        what: words.t("sent-why"),
        about: html! {
            dl.facts {
                (which.whose(words))
                div { dt { (words.t("invoice-total")) } dd { (money(words, issued.draft.totals.amount_due)) } }
            }
        },
        stays: Some(words.t("sent-then")),
        action: format!("/invoices/{id}/sent"),
        along: Vec::new(),
        asks: Some(Field::text(DAY, words.t("sent-day"), &day).kind("date").required()),
        safe: Safe::Leave(format!("/invoices/{id}")),
        act: Act::Main(words.t1("sent-number", "number", issued.number_text.as_str())),
    };
    ask_again(app, person, "/invoices", (which.kicker(), "sent-title"), (&question, wrong)).await
}

/// `POST /invoices/{invoice}/sent`
pub(crate) async fn mark_sent(
    State(app): State<App>,
    person: Inside,
    Path(id): Path<String>,
    fields: Fields,
) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let typed = fields.get(DAY);
    let sent_on = typed.parse().ok();
    if sent_on.is_none() && !typed.is_empty() {
        let mut wrong = Wrong::default();
        wrong.add(DAY, "field.date", Vec::new());
        return question(&app, &person, &id, Some(typed), &wrong).await;
    }
    match delivery::mark_sent(&app.books, &person.actor, MarkSent { invoice, sent_on }).await {
        Ok(_) => go(&format!("/invoices/{id}?done=sent")),
        Err(no) if !no.pointers().is_empty() => question(&app, &person, &id, Some(typed), &Wrong::of(&no)).await,
        Err(no) => shown(&app, &person, &id, &Now { wrong: Wrong::of(&no), ..Now::default() }).await,
    }
}
