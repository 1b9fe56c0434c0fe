//! What was typed, shown at once: the next number in words, and a sheet of paper that says it is none to be paid.

use super::{Ground, Typed, ground};
use crate::App;
use crate::form::Fields;
use crate::look::answer::Html;
use crate::pages::refused::refused;
use crate::problem::Problem;
use crate::upload::Upload;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::PaidTo;
use coffer_billing::invoices::content::{Content, Party, totals};
use coffer_billing::invoices::{Draft, Frozen, Issued, Unfinished};
use coffer_documents::{Brought, File, Language, Look, Paper, file_name, logo, set};
use coffer_kernel::{CustomerId, InvoiceId, ScopeId, TypedId};
use coffer_store::{Fault, Refused};
use maud::{Markup, html};

type Asked = Query<Vec<(String, String)>>;

/// The ground with what is being typed, where anything is.
async fn typed(app: &App, person: &Inside, asked: Asked) -> Result<Ground, Refused> {
    let fields = Fields::of(asked.0);
    let typed = (!fields.get("numbering-digits").is_empty()).then(|| Typed::read(|name| fields.get(name).to_owned()));
    ground(app, person, typed).await
}

/// `GET /settings/look/shown`: the next number and the colour, in words.
pub(crate) async fn shown(State(app): State<App>, person: Inside, asked: Asked) -> Response {
    match typed(&app, &person, asked).await {
        Ok(ground) => Html(StatusCode::OK, said(person.words, &ground)).into_response(),
        Err(no) => refused(person.words, no),
    }
}

/// What comes of what is typed.
pub(super) fn said(words: &Words, ground: &Ground) -> Markup {
    let accent = ground.typed.accent.filter(|accent| accent.on_paper() != *accent);
    html! {
        p { (words.t("number-next")) " " b.number { (ground.next) } }
        @if let Some(accent) = accent { p.soft { (words.t1("look-darkened", "printed", accent.on_paper().to_string())) } }
    }
}

/// `GET /settings/look/paper`: a sheet as it comes out.
pub(crate) async fn paper(State(app): State<App>, person: Inside, asked: Asked) -> Response {
    match sheet(&app, &person, asked).await {
        Ok((content, name)) => crate::paper::answer(content, &name),
        Err(problem) => problem.into_response(),
    }
}

/// `POST /settings/look/paper`: the same with a logo that was just chosen. Nothing is kept of it.
pub(crate) async fn paper_with(State(app): State<App>, person: Inside, upload: Upload) -> Response {
    // Of a form that is too large to be read nothing is known: what stands already is shown.
    let typed = (!upload.too_large).then(|| Typed::read(|name| upload.text(name).to_owned()));
    let brought = match upload.bytes("logo") {
        [] if upload.has("no_logo") => Brought::None,
        [] => Brought::Same,
        file => Brought::File(file.to_vec()),
    };
    let ground = ground(&app, &person, typed).await.map_err(Problem::from);
    let sheet = async { print(&app, ground?, brought).await };
    match sheet.await {
        Ok((content, name)) => crate::paper::answer(content, &name),
        Err(problem) => problem.into_response(),
    }
}

async fn sheet(app: &App, person: &Inside, asked: Asked) -> Result<(Vec<u8>, String), Problem> {
    print(app, typed(app, person, asked).await?, Brought::Same).await
}

/// The sheet and the name of its file. A logo that cannot be read is left out; that it cannot is said when it is to be kept.
async fn print(app: &App, ground: Ground, brought: Brought) -> Result<(Vec<u8>, String), Problem> {
    let language = Language::of_tag(&ground.typed.language);
    let issued = made_up(&ground, Words::of(language)).ok_or(Refused::Fault(Fault::Misuse("a sample adds up")))?;
    let name = file_name(language, File::Sample, &ground.business.particulars.name);
    let content = set(&app.printer, move |printer| {
        let picture = match brought {
            Brought::Same => ground.letterhead.logo,
            Brought::None => None,
            Brought::File(file) => logo(&file).ok(),
        };
        let look = Look { accent: ground.typed.accent, logo: picture.as_ref() };
        let (account, links) = (ground.business.printed_account(), ground.links.as_deref());
        printer.print(&Paper::Sample { issued: &issued, account, links, language }, look)
    });
    Ok((content.await?, name))
}

/// An invoice that nobody gets.
fn made_up(ground: &Ground, words: &Words) -> Option<Issued> {
    let business = &ground.business;
    let line = |name: &str, quantity: &str, unit: &str, price: &str| serde_json::json!({ "name": words.t(name), "quantity": quantity, "unit": unit, "net_price": price, "category": "S", "rate": "19" });
    let lines = [line("sample-line-goods", "1", "C62", "1200"), line("sample-line-hours", "12", "HUR", "40")];
    let content = serde_json::json!({ "currency": business.currency, "lines": lines });
    let content: Content = serde_json::from_value(content).ok()?;
    let totals = totals(&content).ok()?;
    let place = |key: &str| Some(words.t(key));
    let (street, post_code, city) = (place("sample-street"), place("sample-post-code"), place("sample-city"));
    let buyer = Party { name: words.t("sample-buyer"), street, post_code, city, ..Party::default() };
    let none = [0; 16];
    let (id, customer, scope) = (InvoiceId::from_bytes(none), CustomerId::from_bytes(none), ScopeId::from_bytes(none));
    let draft = Draft { id, version: 1, customer, scope, content, totals, unfinished: Unfinished::default() };
    let due_on = draft.due_on(ground.today, business);
    Some(Issued {
        draft,
        series: String::new(),
        number: 1,
        number_text: ground.next.clone(),
        issued_on: ground.today,
        due_on,
        frozen: Frozen { seller: business.particulars.clone(), buyer, paid_to: PaidTo::Nowhere, nonce: String::new() },
        content_hash: [0; 32],
    })
}
