//! Handing an invoice over by a link that opens it.

use super::super::refused::refused;
use super::id_of;
use super::see::{Now, shown};
use crate::App;
use crate::form::Fields;
use crate::look::Wrong;
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::delivery::{self, MakeLink};
use coffer_store::Refused;

/// `POST /invoices/{invoice}/link`: the link is shown once, here.
pub(crate) async fn make_link(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let now = match delivery::make_link(&app.books, &person.actor, None, MakeLink { invoice }).await {
        Ok(link) => Now { link: Some(link.expose().to_owned()), ..Now::default() },
        Err(no) => Now { wrong: Wrong::of(&no), ..Now::default() },
    };
    shown(&app, &person, &id, &now).await
}
