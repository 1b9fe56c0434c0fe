//! Sending an invoice: the page that shows what the mail will say, and how the mails on an invoice went.

use super::delivery::why;
use super::frame_for;
use super::invoices::id_of;
use super::refused::refused;
use crate::App;
use crate::form::{Fields, mark};
use crate::look::answer::{Html, go};
use crate::look::{Field, Head, Wrong, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Business};
use coffer_billing::delivery::letters::{self, Astray, Letter, Preview, SendInvoice, SendRefused, State as Stage};
use coffer_billing::delivery::settings::{self, Ways};
use coffer_billing::delivery::{self, Links};
use coffer_billing::settlement::{Delivery, Standing};
use coffer_documents::numbers;
use coffer_kernel::{Actor, Date, InvoiceId, Timestamp};
use coffer_outbound::mail::{About, Problem, invoice_notice};
use coffer_store::Refused;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// How many mails are shown on an invoice's page.
const SHOWN: usize = 5;

/// How an invoice was handed over so far, and how it can be.
pub(super) struct Handing {
    letters: Vec<Letter>,
    /// How many there are besides that were altered.
    altered: usize,
    ways: Ways,
    links: Links,
    business: Business,
}

impl Handing {
    pub(super) async fn of(app: &App, actor: &Actor, invoice: InvoiceId) -> Result<Self, Refused> {
        let letters::Shown { letters, altered } = letters::shown(&app.books, actor, invoice).await?;
        let ways = settings::ways(&app.books, actor).await?;
        let links = delivery::links(&app.books, actor, invoice).await?;
        Ok(Self { letters, altered, ways, links, business: business::get(&app.books, actor).await? })
    }

    /// Whether the next thing to do is to send it by mail.
    pub(super) fn wants_mail(&self, standing: &Standing) -> bool {
        self.ways.mail && Self::waits(standing) && !self.is_underway()
    }

    /// Whether it still waits to be handed over, by whichever way.
    pub(super) fn waits(standing: &Standing) -> bool {
        standing.voided_on.is_none() && standing.delivery == Delivery::NotSent
    }

    /// How it is handed over next, once it is issued.
    pub(super) const fn next_words(&self) -> &'static str {
        match self.ways {
            Ways { mail: true, .. } => "done-issued-mail",
            Ways { link: true, .. } => "done-issued",
            Ways { .. } => "done-issued-by-hand",
        }
    }

    /// Whether it can only be handed over by hand.
    pub(super) const fn by_hand_alone(&self) -> bool {
        !self.ways.mail && !self.ways.link
    }

    fn is_underway(&self) -> bool {
        self.letters.first().is_some_and(|letter| letter.state.is_underway())
    }

    /// A day and a time of day on the business's clock.
    fn at(&self, words: &Words, instant: Timestamp, today: Date) -> String {
        let zone = TimeZone::get(&self.business.time_zone).unwrap_or(TimeZone::UTC);
        let local = instant.to_zoned(zone);
        format!("{}, {}", numbers::short_date(words.language, local.date(), today), local.strftime("%H:%M"))
    }

    /// Each mail with what became of it, and what can be done next by whoever may.
    pub(super) fn draw(&self, words: &Words, standing: &Standing, today: Date, may: bool) -> Markup {
        let invoice = standing.invoice;
        let underway = self.is_underway();
        html! {
            @if self.altered > 0 { p.hint { (words.t("letter-altered")) } }
            @for letter in self.letters.iter().take(SHOWN) { (self.letter(words, letter, today)) }
            @if self.links == Links::Ended && standing.delivery != Delivery::NotSent { p.soft { (words.t("links-ended")) } }
            @if may && standing.voided_on.is_none() && standing.delivery == Delivery::LinkMade && self.links == Links::Live { p.hint { (words.t("delivery-link-made-why")) } }
            @if may && Self::waits(standing) && !underway { p.hint { (words.t("delivery-ends-void")) } }
            @if may && standing.voided_on.is_none() { div.acts {
                @if self.ways.mail && !underway { a.btn.small href={ "/invoices/" (invoice) "/send" } { (words.t("send-by-mail")) } }
                @if self.ways.link { form method="post" action={ "/invoices/" (invoice) "/link" } { button.btn.small.main[!self.ways.mail && Self::waits(standing)] { (words.t("link-make")) } } }
                @if self.links == Links::Live {
                    a.btn.small href={ "/invoices/" (invoice) "/links/end" } { (words.t("link-end")) }
                }
                @if standing.delivery.is_unknown() && !underway {
                    a.btn.small href={ "/invoices/" (invoice) "/sent" } { (words.t("delivery-mark-sent")) }
                }
            } }
        }
    }

    fn letter(&self, words: &Words, letter: &Letter, today: Date) -> Markup {
        let ended = letter.ended_at.map(|at| self.at(words, at, today)).unwrap_or_default();
        let state = match letter.state {
            Stage::Waiting if letter.attempts == 0 => words.t("letter-waiting"),
            Stage::Waiting => words.t1("letter-again", "at", self.at(words, letter.due_at, today)),
            Stage::Leaving => words.t("letter-leaving"),
            Stage::HandedOver => words.t1("letter-handed-over", "at", ended),
            Stage::PerhapsSent => words.t1("letter-perhaps-sent", "at", ended),
            Stage::Refused => words.t1("letter-refused", "at", ended),
            Stage::GivenUp => words.t1("letter-given-up", "at", ended),
            Stage::Stopped => words.t1("letter-stopped", "at", ended),
        };
        html! {
            p.soft { bdi { (letter.recipient) } ": " (state) }
            @if let Some(problem) = &letter.problem { p.hint { (words.t(problem_words(problem))) } }
            @if let Some(said) = &letter.said { p.hint { (words.t("mail-said")) " " q { bdi { (said) } } } }
        }
    }
}

/// The mails that did not arrive, for whoever opens the books; nothing where all is well.
pub(super) fn astray(words: &Words, letters: &[Astray]) -> Markup {
    let what = |stage: Stage| if stage == Stage::PerhapsSent { "astray-perhaps" } else { "astray-not-sent" };
    html! {
        @if !letters.is_empty() {
            div.banner.care { div {
                b { (words.t("astray-title")) }
                ul { @for letter in letters { li {
                    a href={ "/invoices/" (letter.invoice) } { (letter.number.as_deref().unwrap_or_default()) } ": " (words.t(what(letter.state)))
                } } }
            } }
        }
    }
}

/// What a problem's code means.
fn problem_words(code: &str) -> &'static str {
    match code {
        "document.not_printable" => "problem-not-printable",
        "invoice.void" => "problem-void",
        "mail.not_set_up" => "problem-not-set-up",
        "public_url.not_reached" => "problem-not-reached",
        letters::ALTERED => "problem-altered",
        code => Problem::from_code(code).map_or("problem-unclear", why),
    }
}

/// `GET /invoices/{invoice}/send`
pub(crate) async fn ask(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    page(&app, &person, &id, &Wrong::default(), None).await
}

/// `typed` is what was typed, where it was refused.
async fn page(app: &App, person: &Inside, id: &str, wrong: &Wrong, typed: Option<&SendInvoice>) -> Response {
    let words = person.words;
    let preview = match id_of(id) {
        Ok(id) => letters::preview(&app.books, &person.actor, id).await,
        Err(no) => Err(no),
    };
    let preview = match preview {
        Ok(preview) => preview,
        Err(no) => return refused(words, no),
    };
    let body = if preview.ways.mail {
        html! { div.cols { (form(words, id, &preview, wrong, typed, &mark(app))) (letter(words, &preview, typed)) } }
    } else {
        html! { div.narrow.stack {
            p { (words.t(if preview.ways.unreached { "send-not-reached" } else { "send-not-set-up" })) }
            div.acts {
                a.btn.main href={ "/invoices/" (id) "/pdf?save=yes" } { (words.t("invoice-pdf")) }
                a.btn href="/settings/delivery" { (words.t("hand-over-go")) }
            }
        } }
    };
    let title = words.t1("send-title", "number", preview.number.as_str());
    let kicker = html! { a href={ "/invoices/" (id) } { (preview.number) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let code = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &frame_for(app, person).await, "/invoices", &head, &body)).into_response()
}

fn form(words: &Words, id: &str, preview: &Preview, wrong: &Wrong, typed: Option<&SendInvoice>, once: &str) -> Markup {
    let known = preview.recipient.clone().unwrap_or_default();
    let recipient = typed.and_then(|typed| typed.recipient.clone()).unwrap_or(known);
    let own = typed.and_then(|typed| typed.words.as_deref()).unwrap_or_default();
    let form = html! {
        section.sec {
            form.stack method="post" action={ "/invoices/" (id) "/send" } {
                input type="hidden" name="once" value=(once);
                (Field::text("recipient", words.t("send-recipient"), &recipient).kind("email").required().draw(words, wrong))
                (Field::text("words", words.t("send-words"), own).kind("area").hint(words.t("send-words-hint")).draw(words, wrong))
                p.hint { (words.t("delivery-ends-void")) }
                div.acts {
                    button.btn.main { (words.t("send-go")) }
                    a.btn.quiet href={ "/invoices/" (id) } { (words.t("form-back")) }
                }
            }
        }
    };
    wrong.above(words, &form)
}

/// The mail as it will read, but for the link, which nobody but its reader sees.
fn letter(words: &Words, preview: &Preview, typed: Option<&SendInvoice>) -> Markup {
    let link = words.t("send-link-here");
    let notice = invoice_notice(About {
        language: &preview.language,
        seller: &preview.seller,
        number: &preview.number,
        link: &link,
        words: typed.and_then(|typed| typed.words.as_deref()),
    });
    html! {
        section.sec {
            header { h2 { (words.t("send-preview")) } }
            p { b { bdi { (notice.subject) } } }
            @for paragraph in notice.text.trim().split("\n\n") {
                p { bdi { @for (place, line) in paragraph.lines().enumerate() { @if place > 0 { br; } (line) } } }
            }
            p.hint { (words.t("send-preview-why")) }
        }
    }
}

/// `POST /invoices/{invoice}/send`
pub(crate) async fn send(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let invoice = match id_of(&id) {
        Ok(invoice) => invoice,
        Err(no) => return refused(person.words, no),
    };
    let order = SendInvoice { invoice, recipient: fields.some("recipient"), words: fields.some("words") };
    match letters::send(&app.books, &person.actor, fields.once_for(&id), order.clone()).await {
        Ok(_) => go(&format!("/invoices/{id}")),
        Err(SendRefused::Store(no)) => refused(person.words, no),
        Err(no) => page(&app, &person, &id, &at_field(&no), Some(&order)).await,
    }
}

/// The field that a refusal is about.
fn at_field(refused: &SendRefused) -> Wrong {
    match refused {
        SendRefused::NoRecipient | SendRefused::Recipient => Wrong::at_field("recipient", refused),
        SendRefused::Words | SendRefused::Card => Wrong::at_field("words", refused),
        SendRefused::Draft
        | SendRefused::Void
        | SendRefused::NotSetUp
        | SendRefused::NotReached
        | SendRefused::Underway
        | SendRefused::Hidden(_)
        | SendRefused::Store(_) => Wrong::of(refused),
    }
}
