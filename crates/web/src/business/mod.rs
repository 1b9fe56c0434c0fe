//! The business itself, seen from outside.

pub(crate) mod letterhead;

use crate::App;
use crate::api::domain::text;
use crate::api::shape::described;
use crate::body::{Body, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use coffer_billing::business::{self, Account, Change, Numbering, ReviseBusiness};
use coffer_billing::invoices::content::Party;
use coffer_kernel::money::Currency;
use serde::{Deserialize, Serialize};
use serde_json::json;

described! {
    /// The business, as it shall be. What may be left out stays as it is, and so do country, currency and time zone.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewBusiness {
        /// The seller on documents.
        particulars: Party,
        /// How many days a customer has to pay, unless somebody says otherwise.
        terms_days: i64 = json!({ "type": "integer", "minimum": 0, "maximum": 365 }),
        /// How numbers look; as before where it is not said.
        numbering: Option<Numbering>,
        /// The language of documents, BCP 47; as before where it is not said.
        language: Option<String> = crate::api::shape::nullable(text(35)),
        /// Where customers pay to; null for nowhere.
        #[serde(default)]
        account: Change<Option<Account>>,
        /// Whether the account is printed on documents; otherwise it stands behind the opened link alone.
        #[serde(default)]
        show_account: Change<bool>,
    }

    /// The business.
    #[derive(Serialize)]
    pub(crate) struct Business {
        /// The version, also in the ETag.
        version: i64,
        /// The seller on documents.
        particulars: Party,
        /// Where it is taxed, ISO 3166-1 alpha-2.
        country: String = text(2),
        /// What it bills in unless somebody says otherwise, ISO 4217.
        currency: Currency,
        /// The time zone whose date is the legal one, by its IANA name.
        time_zone: String,
        /// The language of its documents, BCP 47.
        language: String,
        /// How many days a customer has to pay, unless somebody says otherwise.
        terms_days: i64,
        /// How the numbers of invoices look.
        numbering: Numbering,
        /// Where customers pay to; null for nowhere.
        account: Option<Account>,
        /// Whether the account is printed on documents.
        show_account: bool,
    }
}

fn view(business: business::Business) -> impl IntoResponse {
    let etag = format!("\"{}\"", business.version);
    let view = Business {
        version: business.version,
        particulars: business.particulars,
        country: business.country,
        currency: business.currency,
        time_zone: business.time_zone,
        language: business.language,
        terms_days: business.terms_days,
        numbering: business.numbering,
        account: business.account,
        show_account: business.show_account,
    };
    ([(header::ETAG, etag)], axum::Json(view))
}

/// `GET /api/v1/business`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    Ok(view(business::get(&app.books, &actor).await?))
}

/// `PUT /api/v1/business`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Seen(version): Seen,
    body: Body<NewBusiness>,
) -> Result<impl IntoResponse, Problem> {
    let NewBusiness { particulars, terms_days, numbering, language, account, show_account } = body.value;
    let order = ReviseBusiness { version, particulars, terms_days, numbering, language, account, show_account };
    Ok(view(business::revise(&app.books, &actor, order).await?))
}
