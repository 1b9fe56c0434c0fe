//! Setting up, screen by screen: you, your second step, your business, numbers and look, the recovery sheet. What was
//! done stays done; one may come back and goes on where one left.

use super::door::marked;
use super::place;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, cookie, go, go_with};
use crate::look::{Field, Wrong, in_fours, outside};
use crate::visitor::Arriving;
use crate::words::Words;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{Account, FoundBusiness, found};
use coffer_billing::invoices::content::Party;
use coffer_documents::Language;
use coffer_documents::epc::Modules;
use coffer_identity::people::{
    Arrive, BeginSecondStep, ComeBack, ConfirmSecondStep, Enrolment, arrive, begin, come_back, confirm, has_second_step,
};
use coffer_identity::sessions::Stage;
use coffer_identity::{links, members, sessions};
use coffer_kernel::{BusinessId, Origin, Refuse, Who};
use coffer_keys::Secret;
use maud::{Markup, html};

/// The screens of whoever founds a business, and of whoever is invited into one. Coming back is a single one.
const FOUNDING: [&str; 5] = ["steps-you", "steps-second", "steps-business", "steps-look", "steps-sheet"];
const JOINING: [&str; 3] = ["steps-you", "steps-second", "steps-join"];

/// A screen of the set-up, with where it stands among the others.
fn screen(words: &Words, stage: Stage, number: usize, title: &str, body: &Markup) -> Response {
    let names: &[&str] = match stage {
        Stage::Joining => &JOINING,
        Stage::Recovering => &[],
        Stage::SetUp | Stage::Half | Stage::Full => &FOUNDING,
    };
    let body = html! {
        (places(words, names, number))
        div.narrow.stack { h1 { (title) } (body) }
    };
    Html(StatusCode::OK, outside(words, &words.t("set-up-aside"), title, &body)).into_response()
}

/// The same, said no to: the form is not what fits yet.
fn not_so(wrong: &Wrong, mut page: Response) -> Response {
    if wrong.any() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    page
}

/// Where a screen of whoever founds a business stands among the others.
pub(super) fn steps(words: &Words, number: usize) -> Markup {
    places(words, &FOUNDING, number)
}

fn places(words: &Words, names: &[&str], number: usize) -> Markup {
    html! {
        @if !names.is_empty() { ol.steps {
            @for (place, key) in names.iter().enumerate() {
                li.done[place < number] aria-current=[(place == number).then_some("step")] { span { (words.t(key)) } }
            }
        } }
    }
}

/// The name of the business that somebody is invited into. They hold its invitation; the history says that somebody who is
/// joining was told, and where they asked from.
pub(super) async fn inviting(app: &App, business: BusinessId, origin: Origin) -> Option<String> {
    let joining = app.mint.actor(Who::Joining, business, origin);
    coffer_billing::business::inviting(&app.books, &joining).await.ok().filter(|name| !name.is_empty())
}

/// `GET /set-up`: the screen that comes next.
pub(crate) async fn now(State(app): State<App>, arriving: Arriving, headers: HeaderMap) -> Response {
    let words = arriving.words;
    let Some(user) = arriving.session.user else {
        return you_page(&app, &arriving, &Fields::default(), &Wrong::default()).await;
    };
    match has_second_step(&app.books, &arriving.actor, user).await {
        Err(no) => refused(words, no),
        Ok(_) if arriving.session.stage == Stage::Recovering => {
            let body = html! {
                p.soft { (words.t("recover-why")) }
                form method="post" action="/set-up/second-step" { button.btn.main { (words.t("second-show")) } }
            };
            screen(words, arriving.session.stage, 1, &words.t("recover-title"), &body)
        }
        Ok(false) => {
            let body = html! {
                p.soft { (words.t("second-why")) }
                form method="post" action="/set-up/second-step" { button.btn.main { (words.t("second-show")) } }
            };
            screen(words, arriving.session.stage, 1, &words.t("second-title"), &body)
        }
        Ok(true) if arriving.session.stage == Stage::Joining => join_page(&app, &arriving).await,
        Ok(true) => business_page(words, &Fields::default(), Some(&place::named(&headers)), &Wrong::default()),
    }
}

async fn you_page(app: &App, arriving: &Arriving, typed: &Fields, wrong: &Wrong) -> Response {
    let words = arriving.words;
    // An invitation that is over by now says so when its button is pressed.
    let invited = links::invited(&app.door, &arriving.actor, &arriving.session).await.ok();
    let email = invited.and_then(|invited| invited.email);
    let body = html! {
        p.soft { (words.t("you-why")) }
        @let form = html! {
            form.stack method="post" action="/set-up/you" novalidate {
                (Field::text("name", words.t("you-name"), typed.get("name")).required().complete("name").first().draw(words, wrong))
                @if let Some(email) = &email {
                    div.field { b { bdi { (email) } } p.hint { (words.t("you-email-fixed")) } }
                    input type="hidden" name="email" value=(email) autocomplete="username";
                } @else {
                    (Field::text("email", words.t("you-email"), typed.get("email")).kind("email").required().complete("username").hint(words.t("you-email-hint")).draw(words, wrong))
                }
                (Field::text("password", words.t("you-password"), "").kind("password").required().complete("new-password").hint(words.t("you-password-hint")).draw(words, wrong))
                div.acts { button.btn.main { (words.t("you-go")) } }
            }
        };
        (wrong.above(words, &form))
    };
    not_so(wrong, screen(words, arriving.session.stage, 0, &words.t("you-title"), &body))
}

/// `POST /set-up/you`
pub(crate) async fn you(State(app): State<App>, arriving: Arriving, fields: Fields) -> Response {
    let words = arriving.words;
    let order = Arrive {
        session: arriving.session.id,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        password: Secret::new(fields.exact("password")),
        language: words.language.code().to_owned(),
    };
    match arrive(&app.door, &arriving.actor, order).await {
        Ok(_) => show_second_step(&app, &arriving, &Wrong::default()).await,
        Err(no) => you_page(&app, &arriving, &fields, &Wrong::of(&no)).await,
    }
}

/// `POST /set-up/second-step`
pub(crate) async fn second_step(State(app): State<App>, arriving: Arriving, _: Fields) -> Response {
    show_second_step(&app, &arriving, &Wrong::default()).await
}

async fn show_second_step(app: &App, arriving: &Arriving, wrong: &Wrong) -> Response {
    match begin(&app.books, &arriving.actor, BeginSecondStep { session: arriving.session.id }).await {
        Ok(enrolment) => second_page(arriving, &enrolment, wrong),
        Err(no) => refused(arriving.words, no),
    }
}

fn second_page(arriving: &Arriving, enrolment: &Enrolment, wrong: &Wrong) -> Response {
    let words = arriving.words;
    let recovers = arriving.session.stage == Stage::Recovering;
    let body = html! {
        p.soft { (words.t(if recovers { "recover-why" } else { "second-why" })) }
        (picture(words, enrolment))
        @let form = html! {
            form.stack method="post" action=(if recovers { "/set-up/recover" } else { "/set-up/code" }) novalidate {
                @if recovers {
                    (Field::text("password", words.t("recover-password"), "").kind("password").required().complete("new-password").hint(words.t("you-password-hint")).draw(words, wrong))
                }
                (code_field(words).draw(words, wrong))
                div.acts { button.btn.main { (words.t("second-go")) } }
            }
        };
        (wrong.above(words, &form))
    };
    let title = words.t(if recovers { "recover-title" } else { "second-title" });
    not_so(wrong, screen(words, arriving.session.stage, 1, &title, &body))
}

/// What an authenticator reads: the picture, and the same to be typed.
pub(crate) fn picture(words: &Words, enrolment: &Enrolment) -> Markup {
    html! {
        @if let Some(picture) = Modules::of(enrolment.uri.expose()) {
            svg.qr viewBox={ "0 0 " (picture.side()) " " (picture.side()) } shape-rendering="crispEdges" role="img" aria-label=(words.t("second-picture")) { path d=(picture.path()) {} }
        }
        p { (words.t("second-type")) " " code { (in_fours(enrolment.secret.expose())) } }
    }
}

/// The field for the first code.
pub(crate) fn code_field(words: &Words) -> Field<'static> {
    Field::text("code", words.t("second-code"), "").required().complete("one-time-code").first()
}

/// Spare codes, shown once.
pub(crate) fn spare_codes(words: &Words, codes: &[Secret<String>], onward: &str) -> Markup {
    html! {
        p.soft { (words.t("spare-why")) }
        ol.codes { @for code in codes { li { (code.expose()) } } }
        p.soft { (words.t("spare-once")) }
        div.acts data-print hidden { button.btn type="button" { (words.t("sheet-print")) } }
        div.acts { a.btn.main href=(onward) { (words.t("spare-go")) } }
    }
}

/// `POST /set-up/recover`: somebody comes back, with a new password and a new second step.
pub(crate) async fn recover(State(app): State<App>, arriving: Arriving, fields: Fields) -> Response {
    let words = arriving.words;
    let password = Secret::new(fields.exact("password"));
    let order = ComeBack { session: arriving.session.id, password, code: fields.get("code").to_owned() };
    match come_back(&app.door, &arriving.actor, order).await {
        Err(no) => show_second_step(&app, &arriving, &Wrong::of(&no)).await,
        Ok((token, codes)) => {
            let mut answer =
                screen(words, arriving.session.stage, 1, &words.t("spare-title"), &spare_codes(words, &codes, "/"));
            cookie(&mut answer, token.expose());
            marked(&app, arriving.session.user, answer).await
        }
    }
}

/// `POST /set-up/code`
pub(crate) async fn code(State(app): State<App>, arriving: Arriving, fields: Fields) -> Response {
    let words = arriving.words;
    let order = ConfirmSecondStep { session: arriving.session.id, code: fields.get("code").to_owned() };
    match confirm(&app.books, &arriving.actor, order).await {
        // A wrong code is asked for again with the same picture: whoever scanned it has it.
        Err(no) => show_second_step(&app, &arriving, &Wrong::of(&no)).await,
        Ok(codes) => {
            let body = spare_codes(words, &codes, "/set-up");
            screen(words, arriving.session.stage, 1, &words.t("spare-title"), &body)
        }
    }
}

async fn join_page(app: &App, arriving: &Arriving) -> Response {
    let words = arriving.words;
    let name = match arriving.session.business {
        Some(business) => inviting(app, business, arriving.origin).await,
        None => None,
    };
    let body = html! {
        p.soft { @if let Some(name) = &name { (words.t1("join-whom", "business", name.as_str())) } @else { (words.t("join-why")) } }
        form method="post" action="/set-up/join" { button.btn.main { (words.t("join-go")) } }
    };
    screen(words, arriving.session.stage, 2, &words.t("join-title"), &body)
}

/// `POST /set-up/join`
pub(crate) async fn join(State(app): State<App>, arriving: Arriving, _: Fields) -> Response {
    let Some(business) = arriving.session.business else { return go("/set-up") };
    match members::join(&app.door, arriving.origin, arriving.session.id, business).await {
        Ok(token) => marked(&app, arriving.session.user, go_with("/", token.expose())).await,
        Err(no) => refused(arriving.words, no),
    }
}

/// The language of the invoices to begin with: what most customers in that country read, where there is paper in it; else
/// the language of whoever sets up. It is chosen on the next screen.
fn language_of(fields: &Fields, words: &Words) -> &'static str {
    match fields.get("country") {
        "AT" | "CH" | "DE" => Language::De.code(),
        "AU" | "CA" | "GB" | "IE" | "IN" | "NZ" | "US" => Language::En.code(),
        _ => words.language.code(),
    }
}

/// `named` are the countries that the browser names, on a form that nobody sent yet.
fn business_page(words: &Words, typed: &Fields, named: Option<&str>, wrong: &Wrong) -> Response {
    let body = html! {
        p.soft { (words.t("business-why")) }
        @let form = html! {
            form.stack method="post" action="/set-up/business" novalidate {
                (Field::text("name", words.t("business-name"), typed.get("name")).required().complete("organization").first().draw(words, wrong))
                (place::choice(words, typed.get("country"), named, wrong))
                (Field::text("street", words.t("customer-street"), typed.get("street")).hint(words.t("business-address-hint")).complete("address-line1").draw(words, wrong))
                div.row {
                    (Field::text("post_code", words.t("customer-post-code"), typed.get("post_code")).complete("postal-code").draw(words, wrong))
                    (Field::text("city", words.t("customer-city"), typed.get("city")).complete("address-level2").draw(words, wrong))
                }
                (Field::text("vat_id", words.t("business-vat-id"), typed.get("vat_id")).hint(words.t("business-vat-hint")).draw(words, wrong))
                (Field::text("iban", words.t("business-iban"), typed.get("iban")).hint(words.t("business-iban-hint")).draw(words, wrong))
                div.acts { button.btn.main { (words.t("business-go")) } }
            }
        };
        (wrong.above(words, &form))
    };
    not_so(wrong, screen(words, Stage::SetUp, 2, &words.t("business-title"), &body))
}

/// `POST /set-up/business`
pub(crate) async fn business(State(app): State<App>, arriving: Arriving, fields: Fields) -> Response {
    let words = arriving.words;
    // Nobody founds books that they could not sign in to.
    let ready = match arriving.session.user {
        Some(user) => has_second_step(&app.books, &arriving.actor, user).await,
        None => Ok(false),
    };
    if arriving.session.stage != Stage::SetUp || ready != Ok(true) {
        return go("/set-up");
    }
    let id = match sessions::found_what(&app.books, &arriving.actor, arriving.session.id).await {
        Ok(id) => id,
        Err(no) => return pressed_again(words, no),
    };
    // Pressed twice, or pressed again after a crash: what the first press founded is there.
    if app.books.log_verifier(id).await.is_ok() {
        return settle_in(&app, words, arriving.origin, &arriving, id).await;
    }
    let actor = app.mint.actor(Who::Setup, id, arriving.origin);
    let country = fields.get("country").to_owned();
    let Some(place) = place::of(&country, fields.get("zone")) else {
        let mut wrong = Wrong::default();
        wrong.add("country", "field.home_country", Vec::new());
        return business_page(words, &fields, None, &wrong);
    };
    let particulars = Party {
        name: fields.get("name").to_owned(),
        street: fields.some("street"),
        post_code: fields.some("post_code"),
        city: fields.some("city"),
        vat_id: fields.some("vat_id"),
        country: Some(country.clone()),
        ..Party::default()
    };
    let Ok(currency) = place.currency.parse() else { return go("/set-up") };
    let holder = particulars.name.clone();
    let account = fields.some("iban").map(|iban| Account { holder, iban, bic: None });
    let order = FoundBusiness {
        country,
        currency,
        time_zone: place.zone,
        language: language_of(&fields, words).to_owned(),
        number_prefix: String::new(),
        particulars,
        account,
    };
    if let Err(no) = found(&app.books, &actor, order).await
        && app.books.log_verifier(id).await.is_err()
    {
        return business_page(words, &fields, None, &Wrong::of(&no));
    }
    settle_in(&app, words, arriving.origin, &arriving, id).await
}

async fn settle_in(app: &App, words: &Words, origin: Origin, arriving: &Arriving, business: BusinessId) -> Response {
    match members::open_business(&app.door, origin, arriving.session.id, business).await {
        Ok(token) => marked(app, arriving.session.user, go_with("/set-up/look", token.expose())).await,
        Err(no) => pressed_again(words, no),
    }
}

/// Whoever pressed more than once at the same moment ends where their first press did, which has the new sign-in: theirs here
/// was over before this one was looked at.
fn pressed_again(words: &Words, no: impl Refuse) -> Response {
    if matches!(no.code(), "not_found" | "business.taken") { go("/set-up/look") } else { refused(words, no) }
}
