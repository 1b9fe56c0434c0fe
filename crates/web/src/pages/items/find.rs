//! The items that are offered while somebody types a line, each with what it fills into the line.

use super::super::customers::parts;
use super::super::refused::refused;
use super::typed::Typed;
use super::unit;
use crate::App;
use crate::visitor::Inside;
use crate::words::Words;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use coffer_billing::catalogue::{self, FindItems, Item};
use coffer_documents::numbers;
use serde::{Deserialize, Serialize};

/// What is typed of a name.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// An item as the type-ahead offers it.
#[derive(Serialize)]
struct Offered {
    name: String,
    /// The name in pieces; whether each is what was typed.
    parts: Vec<(String, bool)>,
    /// What helps to choose.
    second: String,
    /// The currency of the price: a line in another one takes no price.
    currency: String,
    fills: Fills,
}

/// The fields of the line, as they are written into it.
#[derive(Serialize)]
struct Fills {
    description: String,
    unit: String,
    net_price: String,
    tax: String,
}

/// `GET /items/find`
pub(crate) async fn find(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let query = FindItems { like: asked.q.clone(), most: Some(8) };
    match catalogue::find(&app.books, &person.actor, query).await {
        Ok(found) => {
            let offered: Vec<Offered> = found.iter().map(|item| offered(words, item, &asked.q)).collect();
            ([(header::CACHE_CONTROL, "no-store")], Json(offered)).into_response()
        }
        Err(no) => refused(words, no),
    }
}

fn offered(words: &Words, item: &Item, typed: &str) -> Offered {
    let Typed { name, description, unit: code, net_price, tax, .. } = Typed::of_item(words, item);
    let shown = numbers::decimal(words.language, item.particulars.net_price.get(), item.currency.exponent());
    Offered {
        parts: parts(&name, typed),
        name,
        second: format!("{shown} {} · {}", item.currency, unit(words, item)),
        currency: item.currency.to_string(),
        fills: Fills { description, unit: code, net_price, tax },
    }
}
