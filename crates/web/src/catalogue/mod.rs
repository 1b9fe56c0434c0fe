//! The catalogue, seen from outside.

use crate::App;
use crate::api::shape::described;
use crate::body::{Asked, Bare, Body, Id, PageSize, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use coffer_billing::catalogue::{self, AddItem, FindItems, ListItems, Particulars, RetireItem, ReviseItem};
use coffer_billing::invoices::content::InvoiceLine;
use coffer_kernel::money::Currency;
use coffer_kernel::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};

described! {
    /// A page of the catalogue.
    #[derive(Serialize)]
    pub(crate) struct ItemPage {
        /// The items.
        items: Vec<Item>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
    }

    /// Something the business sells.
    #[derive(Serialize)]
    pub(crate) struct Item {
        /// The id.
        id: ItemId,
        /// The version, also in the ETag.
        version: i64,
        /// The currency of its price, ISO 4217.
        currency: Currency,
        /// Since when it is there.
        created_at: Timestamp,
        /// Since when it is sold no more; null while it is.
        retired_at: Option<Timestamp>,
        /// One of it, as a line to be copied into a draft.
        line: InvoiceLine,
    }

    /// Which items of the list.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct ItemQuery {
        /// Letters of the name; found all at once, so it takes no `after`.
        like: Option<String>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }
}

impl From<catalogue::Item> for Item {
    fn from(item: catalogue::Item) -> Self {
        let line = item.line(1.into());
        let catalogue::Item { id, version, particulars: _, currency, created_at, retired_at } = item;
        Self { id, version, currency, created_at, retired_at, line }
    }
}

fn view(item: catalogue::Item) -> impl IntoResponse {
    ([(header::ETAG, format!("\"{}\"", item.version))], axum::Json(Item::from(item)))
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

/// `GET /api/v1/items`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<ItemQuery>,
) -> Result<impl IntoResponse, Problem> {
    let most = asked.limit.map(|size| size.0);
    let (rows, next) = match asked.like {
        Some(like) => (catalogue::find(&app.books, &actor, FindItems { like, most }).await?, None),
        None => {
            let query = ListItems { after: asked.after, most };
            let page = catalogue::list(&app.books, &actor, query).await?;
            (page.rows, page.next)
        }
    };
    Ok(axum::Json(ItemPage { items: rows.into_iter().map(Item::from).collect(), next }))
}

/// `PUT /api/v1/items/{item}`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(item): Id<ItemId>,
    Seen(version): Seen,
    body: Body<Particulars>,
) -> Result<impl IntoResponse, Problem> {
    let order = ReviseItem { item, version, particulars: body.value };
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
