//! Settings: the business as it stands on documents, and one's own sign-in.

use super::frame_for;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::kept;
use crate::look::answer::{Html, go, speak};
use crate::look::moment::moment;
use crate::look::{Field, Head, Wrong, choice, in_fours, inside, who_may};
use crate::visitor::{Inside, came_from};
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Account, Business, Calendar, Change, ReviseBusiness};
use coffer_billing::delivery::settings::{self, Ways};
use coffer_billing::invoices::content::Party;
use coffer_documents::{Language, countries};
use coffer_identity::people::{ChangePassword, change_password};
use coffer_identity::sessions::{self, EndSessions, Session, SignOut};
use coffer_kernel::{Action, SessionId, policy};
use coffer_keys::Secret;
use coffer_store::{Refuse, Refused};
use maud::{Markup, html};
use serde::Deserialize;

/// Where somebody came from, to mend what is missing there; they go back.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    back: String,
}

/// What the page says besides the settings: what went wrong, what was typed then, what was done.
#[derive(Default)]
struct Now {
    wrong: Wrong,
    typed: Option<Business>,
    done: Option<&'static str>,
    back: Option<String>,
}

impl Now {
    fn done(key: &'static str) -> Self {
        Self { done: Some(key), ..Self::default() }
    }

    fn wrong(no: &impl Refuse) -> Self {
        Self { wrong: Wrong::of(no), ..Self::default() }
    }
}

/// `GET /settings`
pub(crate) async fn see(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    page(&app, &person, Now { back: came_from(&asked.back), ..Now::default() }).await
}

async fn page(app: &App, person: &Inside, now: Now) -> Response {
    let (words, wrong) = (person.words, &now.wrong);
    let found = async {
        let business = business::get(&app.books, &person.actor).await?;
        let sessions = sessions::list(&app.books, &app.mint, &person.actor).await?;
        let calendar = business::calendar(&app.books, &person.actor).await?;
        let ways = settings::ways(&app.books, &person.actor).await?;
        Ok::<_, Refused>((business, sessions, calendar, ways))
    };
    let (business, sessions, calendar, ways) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        @if let Some(done) = now.done { div.banner.good role="status" { div { b { (words.t(done)) } } } }
        (wrong.above(words, &html! { div.cols { (of_business(person, &business, ways, &now)) (own(person, &sessions, &calendar, wrong)) } }))
    };
    let title = words.t("settings-title");
    let head = Head { kicker: None, title: &title, acts: None };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/settings", &head, &body)).into_response()
}

/// The business: its form for whoever may change it, what it is for everybody else.
fn of_business(person: &Inside, business: &Business, ways: Ways, now: &Now) -> Markup {
    let words = person.words;
    if policy::permit(&person.actor, Action::ReviseBusiness).is_err() {
        return html! {
            section.sec {
                header { h2 { (words.t("settings-business")) } }
                p.soft { (words.t1("settings-who-may", "roles", who_may(words, Action::ReviseBusiness))) }
                (facts(words, business))
            }
        };
    }
    // An account that is named where no link can show it stands on the paper, unless somebody wants it otherwise.
    let first = Business {
        show_account: business.show_account || (business.account.is_none() && !ways.link),
        ..business.clone()
    };
    business_form(words, now.typed.as_ref().unwrap_or(&first), now.back.as_deref(), &now.wrong)
}

/// What the form would say, to be read.
fn facts(words: &Words, business: &Business) -> Markup {
    let party = &business.particulars;
    let place: Vec<&str> = [&party.post_code, &party.city].into_iter().flatten().map(String::as_str).collect();
    let said = [
        ("business-name", Some(party.name.clone())),
        ("customer-street", party.street.clone()),
        ("customer-city", Some(place.join(" ")).filter(|place| !place.is_empty())),
        ("customer-email", party.email.clone()),
        ("customer-phone", party.phone.clone()),
        ("business-vat-id", party.vat_id.clone()),
        ("settings-tax-number", party.tax_registration.clone()),
        ("settings-terms", Some(business.terms_days.to_string())),
        ("settings-holder", business.account.as_ref().map(|account| account.holder.clone())),
    ];
    html! {
        dl.facts {
            (fixed(words, business))
            @for (key, value) in &said { @if let Some(value) = value { div { dt { (words.t(key)) } dd { bdi { (value) } } } } }
            @if let Some(account) = &business.account { div { dt { (words.t("settings-iban")) } dd { (in_fours(&account.iban)) } } }
        }
    }
}

/// What was chosen when the books were opened, and stands.
fn fixed(words: &Words, business: &Business) -> Markup {
    let facts = [
        ("customer-country", countries::name(words.language, &business.country).to_owned()),
        ("editor-currency", business.currency.to_string()),
        ("settings-time-zone", business.time_zone.clone()),
    ];
    html! { @for (key, value) in &facts { div { dt { (words.t(key)) } dd { bdi { (value) } } } } }
}

fn business_form(words: &Words, business: &Business, back: Option<&str>, wrong: &Wrong) -> Markup {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let party = &business.particulars;
    let (holder, iban, bic) = business.account.as_ref().map_or_else(
        || (party.name.clone(), String::new(), String::new()),
        |account| (account.holder.clone(), account.iban.clone(), text(&account.bic)),
    );
    let terms = business.terms_days.to_string();
    html! {
        section.sec {
            header { h2 { (words.t("settings-business")) } }
            dl.facts { (fixed(words, business)) }
            p.hint { (words.t("settings-fixed")) }
            form.stack method="post" action="/settings" {
                input type="hidden" name="version" value=(business.version);
                @if let Some(back) = back { input type="hidden" name="back" value=(back); }
                (Field::text("name", words.t("business-name"), &party.name).required().draw(words, wrong))
                (Field::text("street", words.t("customer-street"), &text(&party.street)).draw(words, wrong))
                div.row {
                    (Field::text("post_code", words.t("customer-post-code"), &text(&party.post_code)).draw(words, wrong))
                    (Field::text("city", words.t("customer-city"), &text(&party.city)).draw(words, wrong))
                }
                div.row {
                    (Field::text("email", words.t("customer-email"), &text(&party.email)).kind("email").draw(words, wrong))
                    (Field::text("phone", words.t("customer-phone"), &text(&party.phone)).kind("tel").draw(words, wrong))
                }
                div.row {
                    (Field::text("vat_id", words.t("business-vat-id"), &text(&party.vat_id)).draw(words, wrong))
                    (Field::text("tax_registration", words.t("settings-tax-number"), &text(&party.tax_registration)).draw(words, wrong))
                }
                div.row {
                    (Field::text("terms_days", words.t("settings-terms"), &terms).kind("number").required().draw(words, wrong))
                }
                h3 { (words.t("settings-account")) }
                p.hint { (words.t("settings-account-why")) }
                (Field::text("holder", words.t("settings-holder"), &holder).draw(words, wrong))
                div.row {
                    (Field::text("iban", words.t("settings-iban"), &iban).draw(words, wrong))
                    (Field::text("bic", words.t("settings-bic"), &bic).draw(words, wrong))
                }
                label.tick { input #show_account type="checkbox" name="show_account" value="yes" checked[business.show_account]; (words.t("settings-show-account")) }
                div.acts {
                    button.btn.main { (words.t("settings-save")) }
                    @if let Some(back) = back { a.btn.quiet href=(back) { (words.t("form-back")) } }
                }
            }
        }
    }
}

fn own(person: &Inside, sessions: &[Session], calendar: &Calendar, wrong: &Wrong) -> Markup {
    let words = person.words;
    html! {
        div.stack {
            @if policy::permit(&person.actor, Action::ReviseBusiness).is_ok() {
                section.sec {
                    header { h2 { (words.t("look-title")) } }
                    p.soft { (words.t("look-settings-why")) }
                    div.acts { a.btn href="/settings/look" { (words.t("look-settings-go")) } }
                }
            }
            @if policy::permit(&person.actor, Action::ReviseSettings).is_ok() {
                section.sec {
                    header { h2 { (words.t("hand-over-title")) } }
                    p.soft { (words.t("hand-over-why")) }
                    div.acts { a.btn href="/settings/delivery" { (words.t("hand-over-go")) } }
                }
            }
            section.sec {
                header { h2 { (words.t("settings-language")) } }
                form.acts method="post" action="/settings/language" {
                    (choice("language", &words.t("settings-language-of"), &spoken(), words.language.code()))
                    button.btn { (words.t("settings-language-go")) }
                }
            }
            section.sec {
                header { h2 { (words.t("settings-sign-in")) } }
                form.stack method="post" action="/settings/password" {
                    (Field::text("old", words.t("settings-old-password"), "").kind("password").required().complete("current-password").draw(words, wrong))
                    (Field::text("new", words.t("settings-new-password"), "").kind("password").required().complete("new-password").hint(words.t("you-password-hint")).draw(words, wrong))
                    div.acts { button.btn { (words.t("settings-change-password")) } }
                }
            }
            section.sec {
                header { h2 { (words.t("second-title")) } }
                p.hint { (words.t("second-settings-why")) }
                div.acts {
                    form method="post" action="/settings/second-step" { button.btn { (words.t("second-anew")) } }
                    form method="post" action="/settings/spare-codes" { button.btn { (words.t("spare-anew")) } }
                }
            }
            section.sec {
                header { h2 { (words.t("settings-sessions")) } }
                ul.stack { @for session in sessions { li {
                    (moment(words, calendar, session.created_at))
                    @if session.id == person.session.id { " · " b { (words.t("settings-this-one")) } }
                    @else { form method="post" action={ "/settings/sessions/" (session.id) "/end" } { button.btn.small { (words.t("settings-end-one")) } } }
                } } }
                @if sessions.len() > 1 { form method="post" action="/settings/sessions" { button.btn { (words.t("settings-end-others")) } } }
            }
            @if policy::permit(&person.actor, Action::RevokeApiKey).is_ok() {
                section.sec {
                    header { h2 { (words.t("keys-title")) } }
                    p.soft { (words.t("keys-why")) }
                    div.acts { a.btn href="/settings/keys" { (words.t("keys-settings-go")) } }
                }
            }
        }
    }
}

/// The languages of pages, by their own names.
fn spoken() -> Vec<(String, String)> {
    Language::ALL.map(|language| (language.code().to_owned(), language.own_name().to_owned())).into()
}

/// `POST /settings/language`: in which language this person reads here, on this device, whatever their browser asks for.
pub(crate) async fn language(person: Inside, fields: Fields) -> Response {
    let known = Language::ALL.into_iter().find(|language| language.code() == fields.get("language"));
    let mut response = go("/settings");
    if let Some(language) = known {
        speak(&mut response, language.code());
        return response;
    }
    refused(person.words, Refused::NotFound)
}

/// `POST /settings`
pub(crate) async fn revise(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let before = match business::get(&app.books, &person.actor).await {
        Ok(business) => business,
        Err(no) => return refused(person.words, no),
    };
    let particulars = Party {
        name: fields.get("name").to_owned(),
        street: fields.some("street"),
        post_code: fields.some("post_code"),
        city: fields.some("city"),
        email: fields.some("email"),
        phone: fields.some("phone"),
        vat_id: fields.some("vat_id"),
        tax_registration: fields.some("tax_registration"),
        // An address needs its country, and there is no other than the one it was founded in.
        country: before.particulars.country.clone().or_else(|| Some(before.country.clone())),
        ..before.particulars.clone()
    };
    let account = fields.some("iban").map(|iban| Account {
        holder: fields.get("holder").to_owned(),
        iban,
        bic: fields.some("bic"),
    });
    let (terms_days, show_account) = (fields.get("terms_days").parse().unwrap_or(-1), fields.ticked("show_account"));
    let typed = Business {
        version: fields.get("version").parse().unwrap_or(before.version),
        particulars: particulars.clone(),
        account: account.clone(),
        terms_days,
        show_account,
        ..before
    };
    let order = ReviseBusiness {
        version: fields.get("version").parse().ok(),
        particulars,
        terms_days,
        numbering: None,
        language: None,
        account: Change::To(account),
        show_account: Change::To(show_account),
    };
    match (business::revise(&app.books, &person.actor, order).await, came_from(fields.get("back"))) {
        (Ok(_), Some(back)) => go(&back),
        (Ok(_), None) => page(&app, &person, Now::done("settings-saved")).await,
        (Err(no), back) => match kept::asks_for_proof(&no) {
            Some(asks) => asks,
            None => page(&app, &person, Now { typed: Some(typed), back, ..Now::wrong(&no) }).await,
        },
    }
}

/// `POST /settings/password`
pub(crate) async fn password(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let order = ChangePassword {
        session: person.session.id,
        old: Secret::new(fields.exact("old")),
        new: Secret::new(fields.exact("new")),
    };
    match change_password(&app.door, &person.actor, order).await {
        Ok(()) => page(&app, &person, Now::done("settings-password-changed")).await,
        Err(no) => {
            let wrong = match no.code() {
                "password.wrong" => Wrong::at_field("old", &no),
                code if code.starts_with("password.") => Wrong::at_field("new", &no),
                _ => Wrong::of(&no),
            };
            page(&app, &person, Now { wrong, ..Now::default() }).await
        }
    }
}

/// `POST /settings/sessions/{session}/end`: one of one's own sign-ins, elsewhere.
pub(crate) async fn end_one(State(app): State<App>, person: Inside, Path(session): Path<String>) -> Response {
    let Ok(session) = session.parse::<SessionId>() else { return refused(person.words, Refused::NotFound) };
    match sessions::sign_out(&app.books, &app.mint, &person.actor, SignOut(session)).await {
        Ok(()) => go("/settings"),
        Err(no) => refused(person.words, no),
    }
}

/// `POST /settings/sessions`
pub(crate) async fn end_others(State(app): State<App>, person: Inside, _: Fields) -> Response {
    let order = EndSessions { but: person.session.id };
    match sessions::end_others(&app.books, &app.mint, &person.actor, order).await {
        Ok(_) => go("/settings"),
        Err(no) => refused(person.words, no),
    }
}
