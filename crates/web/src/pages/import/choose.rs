//! The first step: a file is chosen, and looked at.

use super::brought::brought;
use super::{review, write};
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, Wrong, inside};
use crate::pages::frame_for;
use crate::pages::refused::refused;
use crate::upload::{Upload, apart};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// `GET /customers/import`
pub(crate) async fn choose(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, &Wrong::default()).await
}

async fn page(app: &App, person: &Inside, wrong: &Wrong) -> Response {
    let words = person.words;
    let body = wrong.above(words, &form(words, wrong));
    let kicker = html! { a href="/customers" { (words.t("customers-title")) } };
    let title = words.t("import-title");
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/customers", &head, &body)).into_response()
}

fn form(words: &Words, wrong: &Wrong) -> Markup {
    let error = wrong.at(words, "file");
    let described = if error.is_some() { "file-error" } else { "file-hint" };
    html! {
        form.stack.narrow method="post" action="/customers/import" enctype="multipart/form-data" novalidate {
            p.soft { (words.t("import-why")) }
            div.field.bad[error.is_some()] {
                label for="file" { (words.t("import-file")) }
                p.hint #file-hint { (words.t("import-file-hint")) }
                input.in #file type="file" name="file" required accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
                    aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=(described);
                @if let Some(error) = &error { p.err #file-error { (error) } }
            }
            div.acts { button.btn.main { (words.t("import-look")) } a.btn.quiet href="/customers" { (words.t("form-back")) } }
        }
    }
}

/// `POST /customers/import`: the file, looked at; or written, where somebody has seen what would become of it.
pub(crate) async fn take(State(app): State<App>, person: Inside, upload: Upload) -> Response {
    let writes = upload.text("then") == "write";
    let brought = match apart(move || brought(&upload)).await {
        Ok(Ok(brought)) => brought,
        Ok(Err(wrong)) => return page(&app, &person, &wrong).await,
        Err(no) => return refused(person.words, no),
    };
    if writes && !brought.wrong().any() {
        return write::write(app, &person, brought).await;
    }
    review::review(&app, &person, &brought).await
}
