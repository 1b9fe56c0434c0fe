//! Customers, seen from outside.

mod import;

pub(crate) use import::{CustomerFile, ImportReport, import};

use crate::App;
use crate::api::domain::text;
use crate::api::shape::described;
use crate::body::{Asked, Body, Id, PageSize, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use coffer_billing::customers::{self, AddCustomer, FindCustomers, ListCustomers, ReviseCustomer};
use coffer_billing::invoices::content::Party;
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Timestamp};
use coffer_store::cursor;
use serde::{Deserialize, Serialize};

described! {
    /// A customer, as they shall be.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewCustomer {
        /// The buyer on documents.
        party: Party,
        /// What they are billed in, ISO 4217; the business's currency where it is not said.
        currency: Option<Currency>,
        /// The language of their documents, BCP 47; the business's where it is not said.
        language: Option<String> = crate::api::shape::nullable(text(35)),
    }

    /// Which customers of the list.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct CustomerQuery {
        /// A part of the name, in any case, with or without accents; found all at once, so it takes no `after`.
        q: Option<String>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// A page of customers, newest first; of those that were looked for, the best match first.
    #[derive(Serialize)]
    pub(crate) struct CustomerPage {
        /// The customers.
        customers: Vec<Customer>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
    }

    /// The standing relation with somebody who is billed.
    #[derive(Serialize)]
    pub(crate) struct Customer {
        /// The id.
        id: CustomerId,
        /// The version, also in the ETag.
        version: i64,
        /// What they are billed in, ISO 4217.
        currency: Currency,
        /// The language of their documents, BCP 47.
        language: String,
        /// Since when they are here.
        created_at: Timestamp,
        /// The buyer on documents.
        party: Party,
    }
}

impl From<customers::Customer> for Customer {
    fn from(customer: customers::Customer) -> Self {
        let customers::Customer { id, version, scope: _, currency, language, created_at, party } = customer;
        Self { id, version, currency, language, created_at, party }
    }
}

fn view(customer: customers::Customer) -> impl IntoResponse {
    ([(header::ETAG, format!("\"{}\"", customer.version))], axum::Json(Customer::from(customer)))
}

/// `POST /api/v1/customers`
pub(crate) async fn add(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewCustomer>,
) -> Result<impl IntoResponse, Problem> {
    let NewCustomer { party, currency, language } = body.value;
    let customer = customers::add(&app.books, &actor, body.once, AddCustomer { party, currency, language }).await?;
    Ok((StatusCode::CREATED, view(customer)))
}

/// `GET /api/v1/customers/{customer}`
pub(crate) async fn get(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<CustomerId>,
) -> Result<impl IntoResponse, Problem> {
    Ok(view(customers::get(&app.books, &actor, id).await?))
}

/// `GET /api/v1/customers`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<CustomerQuery>,
) -> Result<impl IntoResponse, Problem> {
    let most = asked.limit.map(|size| size.0);
    let (rows, next) = match asked.q {
        Some(text) => {
            let query = FindCustomers { text, most: cursor::size(most) };
            (customers::find(&app.books, &actor, query).await?, None)
        }
        None => {
            let page = customers::list(&app.books, &actor, ListCustomers { after: asked.after, most }).await?;
            (page.rows, page.next)
        }
    };
    Ok(axum::Json(CustomerPage { customers: rows.into_iter().map(Customer::from).collect(), next }))
}

/// `PUT /api/v1/customers/{customer}`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(customer): Id<CustomerId>,
    Seen(version): Seen,
    body: Body<NewCustomer>,
) -> Result<impl IntoResponse, Problem> {
    let NewCustomer { party, currency, language } = body.value;
    let order = ReviseCustomer { customer, version, party, currency, language };
    Ok(view(customers::revise(&app.books, &actor, order).await?))
}
