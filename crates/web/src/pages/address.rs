//! Settings: the address that links begin with. It is looked at when it is saved, and what came of it is said until it is
//! looked at again.

use super::delivery::{Typed, done, leads_here, page};
use super::refused::refused;
use crate::App;
use crate::delivery::trial;
use crate::form::Fields;
use crate::kept::asks_for_proof;
use crate::look::answer::go;
use crate::look::moment::moment;
use crate::look::{Field, Wrong};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::response::Response;
use coffer_billing::business::Calendar;
use coffer_billing::delivery::settings::{self, Address, DeliverySettings, Known, NewMail, SetUpDelivery};
use coffer_kernel::Refuse;
use coffer_outbound::reach::NotReached;
use maud::{Markup, html};

/// The form with the address there is, or what was typed and refused, and what is known of the one there is.
pub(super) fn form(
    words: &Words,
    settings: &DeliverySettings,
    calendar: &Calendar,
    typed: Option<&str>,
    wrong: &Wrong,
) -> Markup {
    let address = settings.address.as_ref();
    let there_is = address.map(|address| address.url.to_string()).unwrap_or_default();
    let url = typed.unwrap_or(&there_is);
    let known = address.map(|address| address.known);
    html! {
        section.sec {
            header { h2 { (words.t("address-title")) } }
            p.soft { (words.t("address-why")) }
            @if let Some(address) = address { (said(words, address, calendar)) }
            form.stack method="post" action="/settings/delivery/address" {
                input type="hidden" name="version" value=(settings.version);
                (Field::text("public_url", words.t("address-label"), url).kind("url").hint(words.t("address-hint")).draw(words, wrong))
                @if matches!(known, Some(Known::Missed | Known::TakenOn)) {
                    div.field {
                        label.tick { input type="checkbox" name="taken_on" value="yes" checked[known == Some(Known::TakenOn)]; (words.t("address-take-on")) }
                        p.hint { (words.t("address-take-on-why")) }
                    }
                }
                div.acts { button.btn.main[!leads_here(settings)] { (words.t("delivery-save-address")) } }
            }
            @if address.is_some() {
                form.stack method="post" action="/settings/delivery/address/try" {
                    p.hint { (words.t("address-try-why")) }
                    div.acts { button.btn { (words.t("address-try")) } }
                }
            }
        }
    }
}

/// Nobody has this name: whoever takes it on has most likely mistyped it.
const UNKNOWN: &str = NotReached::Unknown.code();

/// What is known of it, and what that means for links and mails.
fn said(words: &Words, address: &Address, calendar: &Calendar) -> Markup {
    let missed = address.missed.as_deref();
    let (class, what) = match (address.known, missed) {
        (Known::Reached, None) => ("banner good", "address-leads-here"),
        (Known::Reached, Some(_)) => ("banner care", "address-led-here"),
        (Known::TakenOn, Some(UNKNOWN)) => ("banner alarm", "address-taken-on"),
        (Known::TakenOn, _) => ("banner care", "address-taken-on"),
        (Known::Before, _) => ("banner care", "address-before"),
        (Known::Missed, _) => ("banner alarm", "address-missed"),
    };
    html! {
        div class=(class) role="status" { div {
            b { (words.t(what)) }
            @if let Some(why) = missed { p { (words.t(missed_words(why))) } }
            @if let Some(at) = address.looked_at { p { (words.t1("address-looked-at", "at", moment(words, calendar, at))) } }
        } }
    }
}

fn missed_words(code: &str) -> &'static str {
    match NotReached::from_code(code) {
        Some(NotReached::Unknown) => "address-unknown",
        Some(NotReached::Inside) => "address-inside",
        Some(NotReached::Unproven) => "address-unproven",
        Some(NotReached::Elsewhere) => "address-elsewhere",
        Some(NotReached::Unreachable) | None => "address-unreachable",
    }
}

/// `POST /settings/delivery/address`
pub(crate) async fn set(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let before = match settings::get(&app.books, &person.actor).await {
        Ok(settings) => settings,
        Err(no) => return refused(person.words, no),
    };
    let (version, public_url) = (fields.get("version").parse().ok(), fields.some("public_url"));
    // Taken on is what was seen to be missed: another address is looked at first.
    let same = before.address.is_some_and(|address| Some(address.url.to_string()) == public_url);
    let taken_on = same && !fields.get("taken_on").is_empty();
    let seen = match trial::seen(&app, &person.actor, public_url.as_deref(), taken_on).await {
        Ok(seen) => seen,
        Err(no) => return refused(person.words, no),
    };
    // Without an address there are no links, and without links there is no mail.
    let mail = before.mail.filter(|_| public_url.is_some()).map(NewMail::again);
    let typed = Typed { address: public_url.clone(), ..Typed::default() };
    done(&app, &person, SetUpDelivery { version, public_url, mail, seen }, typed).await
}

/// `POST /settings/delivery/address/try`
pub(crate) async fn look_again(State(app): State<App>, person: Inside, _: Fields) -> Response {
    match trial::address(&app, &person.actor).await {
        Ok(_) => go("/settings/delivery"),
        Err(no) if no.code() == "role.not_allowed" => refused(person.words, no),
        Err(no) => match asks_for_proof(&no) {
            Some(asks) => asks,
            None => page(&app, &person, &Wrong::of(&no), Typed::default(), None).await,
        },
    }
}
