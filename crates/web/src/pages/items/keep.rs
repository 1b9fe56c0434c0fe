//! A line of the editor that is kept in the catalogue: asked for by its script, answered with a sentence.

use super::typed::Typed;
use crate::App;
use crate::form::Fields;
use crate::look::Wrong;
use crate::visitor::Inside;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::catalogue::{self, AddItem};
use serde::Serialize;

/// What became of it.
#[derive(Serialize)]
struct Said {
    said: String,
}

/// `POST /items/keep`: with the line's unit, price and VAT.
pub(crate) async fn keep(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let words = person.words;
    let typed = Typed::of_fields(&fields);
    let kept = match typed.particulars(words) {
        Ok(particulars) => catalogue::add(&app.books, &person.actor, fields.once(), AddItem { particulars })
            .await
            .map_err(|no| Wrong::of(&no)),
        Err(wrong) => Err(wrong),
    };
    let (status, said) = match kept {
        Ok(item) => (StatusCode::CREATED, words.t1("item-kept", "text", item.particulars.name)),
        Err(wrong) => {
            let why: Vec<String> = wrong.each(words).into_iter().map(|(_, why)| why).collect();
            let whole = wrong.whole(words).filter(|_| why.is_empty());
            (StatusCode::UNPROCESSABLE_ENTITY, whole.unwrap_or_else(|| why.join(" ")))
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(Said { said })).into_response()
}
