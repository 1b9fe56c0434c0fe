//! The books under everything that is billed and paid, seen from outside.

use crate::App;
use crate::api::domain::amount;
use crate::api::shape::described;
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::IntoResponse;
use coffer_billing::ledger;
use coffer_kernel::money::Currency;
use serde::Serialize;

described! {
    /// The trial balance: of each account what stands on it. In each currency all of them sum to nothing.
    #[derive(Serialize)]
    pub(crate) struct TrialBalance {
        /// By account and currency; accounts on which nothing stands are left out.
        balances: Vec<Balance>,
    }

    /// What stands on an account in one currency.
    #[derive(Serialize)]
    pub(crate) struct Balance {
        /// The account: "receivable", "bank", "customer credit", "revenue", "rounding", or VAT by category and rate.
        account: String,
        /// Which currency, ISO 4217.
        currency: Currency,
        /// Debits less credits, in major units.
        amount: String = amount(),
    }
}

/// `GET /api/v1/ledger/balances`
pub(crate) async fn balances(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let view = |ledger::Balance { account, amount }| Balance {
        account,
        currency: amount.currency(),
        amount: amount.amount_text(),
    };
    let balances = ledger::trial_balance(&app.books, &actor).await?.into_iter().map(view).collect();
    Ok(axum::Json(TrialBalance { balances }))
}
