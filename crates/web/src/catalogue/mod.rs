//! The catalogue, seen from outside.

use crate::App;
use crate::body::{Asked, Bare, Body, Id, if_match};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use coffer_billing::catalogue::{self, AddItem, FindItems, Item, ListItems, Particulars, RetireItem, ReviseItem};
use coffer_billing::invoices::content::InvoiceLine;
use coffer_kernel::money::Currency;
use coffer_kernel::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct List {
    items: Vec<View>,
    next: Option<String>,
}

#[derive(Serialize)]
struct View {
    id: ItemId,
    version: i64,
    currency: Currency,
    created_at: Timestamp,
    retired_at: Option<Timestamp>,
    /// One of it, as a line to be copied into a draft.
    line: InvoiceLine,
}

impl From<Item> for View {
    fn from(item: Item) -> Self {
        let line = item.line(1.into());
        let Item { id, version, particulars: _, currency, created_at, retired_at } = item;
        Self { id, version, currency, created_at, retired_at, line }
    }
}

fn view(item: Item) -> impl IntoResponse {
    ([(header::ETAG, format!("\"{}\"", item.version))], axum::Json(View::from(item)))
}

/// `POST /api/v1/items`
pub(crate) async fn add(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<Particulars>,
) -> Result<impl IntoResponse, Problem> {
    let item = catalogue::add(&app.books, &actor, body.once, AddItem { particulars: body.value }).await?;
    Ok((StatusCode::CREATED, view(item)))
}

/// `GET /api/v1/items/{item}`
pub(crate) async fn get(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<ItemId>,
) -> Result<impl IntoResponse, Problem> {
    Ok(view(catalogue::get(&app.books, &actor, id).await?))
}

/// Which items of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// Letters of the name; found all at once, so it takes no `after`.
    like: Option<String>,
    after: Option<String>,
    limit: Option<u16>,
}

/// `GET /api/v1/items`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<ListQuery>,
) -> Result<impl IntoResponse, Problem> {
    let (rows, next) = match asked.like {
        Some(like) => (catalogue::find(&app.books, &actor, FindItems { like, most: asked.limit }).await?, None),
        None => {
            let query = ListItems { after: asked.after, most: asked.limit };
            let page = catalogue::list(&app.books, &actor, query).await?;
            (page.rows, page.next)
        }
    };
    Ok(axum::Json(List { items: rows.into_iter().map(View::from).collect(), next }))
}

/// `PUT /api/v1/items/{item}`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(item): Id<ItemId>,
    headers: HeaderMap,
    body: Body<Particulars>,
) -> Result<impl IntoResponse, Problem> {
    let order = ReviseItem { item, version: if_match(&headers)?, particulars: body.value };
    Ok(view(catalogue::revise(&app.books, &actor, order).await?))
}

/// `POST /api/v1/items/{item}/retire`
pub(crate) async fn retire(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(item): Id<ItemId>,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    Ok(view(catalogue::retire(&app.books, &actor, RetireItem { item }).await?))
}
