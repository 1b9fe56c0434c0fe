//! Numbers and look: how invoices are numbered, logo and colour, and the paper as it comes out. The fourth screen of the
//! set-up, and a page of the settings.

mod form;
mod sample;

pub(super) use form::languages;
pub(crate) use sample::{paper, paper_with, shown};

use super::frame_for;
use super::refused::refused;
use super::set_up::steps;
use crate::App;
use crate::look::answer::{Html, go};
use crate::look::{Head, Wrong, inside, outside};
use crate::upload::Upload;
use crate::visitor::Inside;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Business, Change, Numbering, ReviseBusiness};
use coffer_billing::delivery::settings;
use coffer_billing::invoices::{self, Tried};
use coffer_billing::letterhead::{self, Accent, Letterhead};
use coffer_documents::{Brought, Dress, LogoRefused, dress};
use coffer_kernel::{Action, Date, policy};
use coffer_store::Refused;

/// Where the form stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    SetUp,
    Settings,
}

/// What the page shows.
struct Ground {
    business: Business,
    letterhead: Letterhead,
    /// How the links to invoices begin, where there are any.
    links: Option<String>,
    /// What is typed, or stands already.
    typed: Typed,
    /// The number that comes next, in the form that is typed.
    next: String,
    /// Today, on the calendar of the business.
    today: Date,
    /// Whether a number was given already: the first one is no question any more.
    begun: bool,
}

/// What a form says about numbers and colour.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    numbering: Numbering,
    language: String,
    accent: Option<Accent>,
}

impl Typed {
    /// What stands already.
    fn of(business: &Business, letterhead: &Letterhead) -> Self {
        let (numbering, language) = (business.numbering.clone(), business.language.clone());
        Self { numbering, language, accent: letterhead.accent }
    }

    /// What a form says; a number that is none becomes one that is refused.
    fn read(get: impl Fn(&str) -> String) -> Self {
        let number = |name: &str| get(name).trim().parse().unwrap_or(-1);
        let numbering = Numbering {
            prefix: get("numbering-prefix").trim().to_owned(),
            year: get("numbering-year") == "yes",
            digits: number("numbering-digits"),
            first: number("numbering-first"),
        };
        // The browser's own field for a colour always says one: whether it is wanted is said beside it.
        let accent = get("accent").parse().ok().filter(|_| !get("coloured").is_empty());
        Self { numbering, language: get("language"), accent }
    }
}

async fn ground(app: &App, person: &Inside, typed: Option<Typed>) -> Result<Ground, Refused> {
    let business = business::get(&app.books, &person.actor).await?;
    let letterhead = letterhead::get(&app.books, &person.actor).await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&business, &letterhead));
    let Tried { next, today, begun } =
        invoices::try_numbering(&app.books, &person.actor, typed.numbering.clone()).await?;
    let links = settings::links(&app.books, &person.actor).await?;
    Ok(Ground { business, letterhead, links, typed, next, today, begun })
}

/// `GET /settings/look`
pub(crate) async fn see(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, Place::Settings, None, &Wrong::default(), None).await
}

/// `GET /set-up/look`: where the set-up goes on. What was chosen once is not asked for again.
pub(crate) async fn set_up(State(app): State<App>, person: Inside) -> Response {
    if policy::permit(&person.actor, Action::ReviseBusiness).is_err() {
        return go("/");
    }
    match letterhead::get(&app.books, &person.actor).await {
        Ok(letterhead) if letterhead.version > 0 => go("/set-up/sheet"),
        Ok(_) => page(&app, &person, Place::SetUp, None, &Wrong::default(), None).await,
        Err(no) => refused(person.words, no),
    }
}

/// `POST /settings/look`
pub(crate) async fn save(State(app): State<App>, person: Inside, upload: Upload) -> Response {
    if upload.too_large {
        // Of a form that is too large to be read nothing is known but that.
        let wrong = Wrong::at_field("logo", &LogoRefused::TooLarge);
        return page(&app, &person, Place::Settings, None, &wrong, None).await;
    }
    let place = if upload.has("first") { Place::SetUp } else { Place::Settings };
    let typed = Typed::read(|name| upload.text(name).to_owned());
    if let Err(wrong) = keep(&app, &person, &typed, &upload).await {
        return page(&app, &person, place, Some(typed), &wrong, None).await;
    }
    match place {
        Place::SetUp => go("/set-up/sheet"),
        Place::Settings => page(&app, &person, place, None, &Wrong::default(), Some("settings-saved")).await,
    }
}

/// Keeps what was chosen: the numbers with the business, logo and colour beside it.
async fn keep(app: &App, person: &Inside, typed: &Typed, upload: &Upload) -> Result<(), Wrong> {
    let logo = match upload.bytes("logo") {
        [] if upload.has("no_logo") => Brought::None,
        [] => Brought::Same,
        file => Brought::File(file.to_vec()),
    };
    // What can be refused is refused before anything is kept.
    business::check_numbering(&typed.numbering).map_err(|no| Wrong::of(&no))?;
    let order = Dress { version: upload.text("version").parse().ok(), accent: typed.accent, logo };
    dress(&app.books, &person.actor, order).await.map_err(|no| Wrong::at_field("logo", &no))?;
    let before = business::get(&app.books, &person.actor).await.map_err(|no| Wrong::of(&no))?;
    if (&typed.numbering, &typed.language) != (&before.numbering, &before.language) {
        let order = ReviseBusiness {
            version: Some(before.version),
            particulars: before.particulars,
            terms_days: before.terms_days,
            numbering: Some(typed.numbering.clone()),
            language: Some(typed.language.clone()),
            account: Change::Stays,
            show_account: Change::Stays,
        };
        business::revise(&app.books, &person.actor, order).await.map_err(|no| Wrong::of(&no))?;
    }
    Ok(())
}

async fn page(
    app: &App,
    person: &Inside,
    place: Place,
    typed: Option<Typed>,
    wrong: &Wrong,
    done: Option<&str>,
) -> Response {
    let words = person.words;
    let ground = match ground(app, person, typed).await {
        Ok(ground) => ground,
        Err(no) => return refused(words, no),
    };
    let title = words.t("look-title");
    let body = form::draw(words, place, &ground, wrong, done);
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if place == Place::SetUp {
        let body = maud::html! { (steps(words, 3)) div.stack { h1 { (title) } (body) } };
        return Html(status, outside(words, &words.t("set-up-aside"), &title, &body)).into_response();
    }
    let head = Head {
        kicker: Some(maud::html! { a href="/settings" { (words.t("settings-title")) } }),
        title: &title,
        acts: None,
    };
    Html(status, inside(words, &frame_for(app, person).await, "/settings", &head, &body)).into_response()
}
