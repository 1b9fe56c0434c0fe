//! Settings: how documents are handed over. Each part is saved by itself, and can be tried out where it stands.

use super::refused::refused;
use super::{address, frame_for};
use crate::App;
use crate::delivery::trial;
use crate::form::Fields;
use crate::kept::asks_for_proof;
use crate::look::answer::{Html, go};
use crate::look::{Field, Head, Wrong, choice, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business;
use coffer_billing::delivery::settings::{
    self, Address, DeliverySettings, MailParticulars, MailSecurity, NewMail, Seen, SetUpDelivery, SetUpRefused,
};
use coffer_kernel::Refuse;
use coffer_keys::Secret;
use coffer_outbound::mail::{Problem, Step, Stuck};
use maud::{Markup, html};

/// `GET /settings/delivery`
pub(crate) async fn see(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, &Wrong::default(), Typed::default(), None).await
}

/// What was typed, where it was refused.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) address: Option<String>,
    pub(super) mail: Option<MailParticulars>,
}

/// `typed` is shown instead of what is set up; `tried` is what came of trying the mail server.
pub(super) async fn page(
    app: &App,
    person: &Inside,
    wrong: &Wrong,
    typed: Typed,
    tried: Option<Result<(), Stuck>>,
) -> Response {
    let words = person.words;
    let settings = match settings::get(&app.books, &person.actor).await {
        Ok(settings) => settings,
        Err(no) => return refused(words, no),
    };
    let calendar = match business::calendar(&app.books, &person.actor).await {
        Ok(calendar) => calendar,
        Err(no) => return refused(words, no),
    };
    let shown = typed.mail.or_else(|| settings.mail.clone());
    let forms = html! {
        div.cols {
            (address::form(words, &settings, &calendar, typed.address.as_deref(), wrong))
            (mail_form(words, &settings, shown, wrong, tried.as_ref()))
        }
    };
    let body = wrong.above(words, &forms);
    let title = words.t("hand-over-title");
    let kicker = html! { a href="/settings" { (words.t("settings-title")) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let code = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(code, inside(words, &frame_for(app, person).await, "/settings", &head, &body)).into_response()
}

fn mail_form(
    words: &Words,
    settings: &DeliverySettings,
    shown: Option<MailParticulars>,
    wrong: &Wrong,
    tried: Option<&Result<(), Stuck>>,
) -> Markup {
    let starttls = MailParticulars {
        host: String::new(),
        port: 587,
        security: MailSecurity::StartTls,
        user: None,
        authority: None,
        sender: String::new(),
    };
    let mail = shown.unwrap_or(starttls);
    let ways = [("starttls", "mail-starttls"), ("tls", "mail-tls")].map(|(way, key)| (way.to_owned(), words.t(key)));
    let chosen = if mail.security == MailSecurity::Tls { "tls" } else { "starttls" };
    let (port, user) = (mail.port.to_string(), mail.user.clone().unwrap_or_default());
    let hint = if settings.has_password() { "mail-password-kept" } else { "mail-password-hint" };
    html! {
        section.sec {
            header { h2 { (words.t("mail-title")) } }
            p.soft { (words.t("mail-why")) }
            @if let Some(outcome) = tried { (steps(words, settings, outcome)) }
            form.stack method="post" action="/settings/delivery/mail" {
                input type="hidden" name="version" value=(settings.version);
                (Field::text("host", words.t("mail-host"), &mail.host).required().hint(words.t("mail-host-hint")).draw(words, wrong))
                div.row {
                    (Field::text("port", words.t("mail-port"), &port).kind("number").required().draw(words, wrong))
                    (choice("security", &words.t("mail-security"), &ways, chosen))
                }
                (Field::text("sender", words.t("mail-sender"), &mail.sender).kind("email").required().hint(words.t("mail-sender-hint")).draw(words, wrong))
                div.row {
                    (Field::text("user", words.t("mail-user"), &user).complete("off").draw(words, wrong))
                    (Field::text("password", words.t("mail-password"), "").kind("password").complete("off").hint(words.t(hint)).draw(words, wrong))
                }
                (Field::text("authority", words.t("mail-authority"), mail.authority.as_deref().unwrap_or_default()).kind("area").hint(words.t("mail-authority-hint")).draw(words, wrong))
                // What is to be done first is the address: without one that leads here no mail is sent.
                div.acts { button.btn.main[leads_here(settings)] { (words.t("delivery-save-mail")) } }
            }
            @if settings.mail.is_some() {
                form.stack method="post" action="/settings/delivery/mail/try" {
                    p.hint { (words.t("mail-try-why")) }
                    div.acts { button.btn { (words.t("mail-try")) } }
                }
                form.stack method="post" action="/settings/delivery/mail/forget" {
                    div.acts { button.btn.danger { (words.t("mail-forget")) } }
                }
            }
        }
    }
}

/// Whether there is an address, and customers reach it.
pub(super) fn leads_here(settings: &DeliverySettings) -> bool {
    settings.address.as_ref().is_some_and(Address::leads_here)
}

/// What was tried, in order, up to where it got stuck.
fn steps(words: &Words, settings: &DeliverySettings, outcome: &Result<(), Stuck>) -> Markup {
    let signs_in = settings.has_password();
    let tried = Step::ALL.into_iter().filter(|step| signs_in || *step != Step::SignIn);
    let tried = tried.take_while(|step| outcome.as_ref().err().is_none_or(|stuck| *step <= stuck.step));
    let passed = |step: Step| outcome.as_ref().err().is_none_or(|stuck| step < stuck.step);
    html! {
        div class=(if outcome.is_ok() { "banner good" } else { "banner alarm" }) role="status" { div {
            b { (words.t(if outcome.is_ok() { "mail-works" } else { "mail-stuck" })) }
            ul { @for step in tried { li { (words.t(step_words(step, passed(step)))) } } }
            @if let Err(stuck) = outcome {
                p { (words.t(why(stuck.why.problem))) }
                @if !stuck.why.said.words().is_empty() { p { (words.t("mail-said")) " " q { bdi { (stuck.why.said.words()) } } } }
            }
        } }
    }
}

const fn step_words(step: Step, passed: bool) -> &'static str {
    match (step, passed) {
        (Step::Find, true) => "mail-found",
        (Step::Find, false) => "mail-not-found",
        (Step::Connect, true) => "mail-connected",
        (Step::Connect, false) => "mail-not-connected",
        (Step::Encrypt, true) => "mail-encrypted",
        (Step::Encrypt, false) => "mail-not-encrypted",
        (Step::SignIn, true) => "mail-signed-in",
        (Step::SignIn, false) => "mail-not-signed-in",
        (Step::Sender, true) => "mail-sender-taken",
        (Step::Sender, false) => "mail-sender-not-taken",
    }
}

/// What went wrong with a mail server or a letter, and what to do.
pub(super) const fn why(problem: Problem) -> &'static str {
    match problem {
        Problem::Settings => "problem-settings",
        Problem::Unknown => "problem-unknown",
        Problem::Unreachable => "problem-unreachable",
        Problem::Silent => "problem-silent",
        Problem::NoTls => "problem-no-tls",
        Problem::Unproven => "problem-unproven",
        Problem::Unclear => "problem-unclear",
        Problem::SignIn => "problem-sign-in",
        Problem::Sender => "problem-sender",
        Problem::Recipient => "problem-recipient",
        Problem::Content => "problem-content",
        Problem::Unanswered => "problem-unanswered",
    }
}

/// Which text it is where one is too long. A chain of certificates is long by nature.
fn longest(typed: &MailParticulars) -> &'static str {
    let user = typed.user.as_deref().unwrap_or_default();
    let authority = typed.authority.as_deref().unwrap_or_default();
    let all = [("host", typed.host.len()), ("user", user.len()), ("authority", authority.len() / 200)];
    all.into_iter().max_by_key(|(_, length)| *length).map_or("host", |(name, _)| name)
}

/// The field that a refusal is about.
fn at_field(refused: &SetUpRefused, longest: &'static str) -> Wrong {
    let name = match refused {
        SetUpRefused::Host => "host",
        SetUpRefused::Sender => "sender",
        SetUpRefused::PublicUrl | SetUpRefused::NoLinks => "public_url",
        SetUpRefused::Password => "password",
        SetUpRefused::User => "user",
        SetUpRefused::Authority => "authority",
        SetUpRefused::TooLong => longest,
        SetUpRefused::Hidden(_) | SetUpRefused::Store(_) => return Wrong::of(refused),
    };
    Wrong::at_field(name, refused)
}

/// `POST /settings/delivery/mail`
pub(crate) async fn set_mail(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let public_url = match settings::get(&app.books, &person.actor).await {
        Ok(settings) => settings.address.map(|address| address.url.to_string()),
        Err(no) => return refused(person.words, no),
    };
    let security = if fields.get("security") == "tls" { MailSecurity::Tls } else { MailSecurity::StartTls };
    let typed = MailParticulars {
        host: fields.get("host").to_owned(),
        port: fields.get("port").parse().unwrap_or(0),
        security,
        user: fields.some("user"),
        authority: fields.some("authority"),
        sender: fields.get("sender").to_owned(),
    };
    let password = Some(fields.exact("password")).filter(|password| !password.is_empty()).map(Secret::new);
    let mail = Some(NewMail { password, ..NewMail::again(typed.clone()) });
    let version = fields.get("version").parse().ok();
    done(
        &app,
        &person,
        SetUpDelivery { version, public_url, mail, seen: Seen::AsBefore },
        Typed { mail: Some(typed), address: None },
    )
    .await
}

/// `POST /settings/delivery/mail/forget`
pub(crate) async fn forget_mail(State(app): State<App>, person: Inside, _: Fields) -> Response {
    let settings = match settings::get(&app.books, &person.actor).await {
        Ok(settings) => settings,
        Err(no) => return refused(person.words, no),
    };
    let public_url = settings.address.map(|address| address.url.to_string());
    let order = SetUpDelivery { version: Some(settings.version), public_url, mail: None, seen: Seen::AsBefore };
    done(&app, &person, order, Typed::default()).await
}

pub(super) async fn done(app: &App, person: &Inside, order: SetUpDelivery, typed: Typed) -> Response {
    match settings::set_up(&app.books, &person.actor, order).await {
        Ok(_) => go("/settings/delivery"),
        Err(no) => match asks_for_proof(&no) {
            Some(asks) => asks,
            None => {
                let longest = typed.mail.as_ref().map_or("host", longest);
                page(app, person, &at_field(&no, longest), typed, None).await
            }
        },
    }
}

/// `POST /settings/delivery/mail/try`
pub(crate) async fn try_mail(State(app): State<App>, person: Inside, _: Fields) -> Response {
    match trial::mail(&app, &person.actor).await {
        Ok(outcome) => page(&app, &person, &Wrong::default(), Typed::default(), Some(outcome)).await,
        Err(no) if no.code() == "role.not_allowed" => refused(person.words, no),
        Err(no) => page(&app, &person, &Wrong::of(&no), Typed::default(), None).await,
    }
}
