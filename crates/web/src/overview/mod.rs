//! What is owed and since when, what was billed and paid, seen from outside.

use crate::App;
use crate::api::domain::amount;
use crate::api::shape::described;
use crate::body::{Asked, PageSize};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::IntoResponse;
use coffer_billing::insights::{self, ListCredits, ListDebts};
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Date};
use serde::{Deserialize, Serialize};
use serde_json::json;

described! {
    /// What one looks at first. Currencies are never added up.
    #[derive(Serialize)]
    pub(crate) struct Overview {
        /// Today, on the calendar of the business.
        today: Date,
        /// What the business bills in, ISO 4217.
        currency: Currency,
        /// What is owed, by currency, the business's own first.
        owed: Vec<Owed>,
        /// The last twelve months, in the business's own currency.
        months: Vec<Month>,
        /// How many drafts wait.
        drafts: i64,
        /// How many issued invoices wait for money.
        waiting: Waiting,
        /// How many invoices were ever issued.
        issued: i64,
    }

    /// How many issued invoices wait.
    #[derive(Serialize)]
    pub(crate) struct Waiting {
        /// Open.
        open: i64,
        /// Of the open ones, late.
        overdue: i64,
        /// Of the open ones, not handed over, as far as is known.
        unsent: i64,
    }

    /// What is owed in one currency.
    #[derive(Serialize)]
    pub(crate) struct Owed {
        /// Which, ISO 4217.
        currency: Currency,
        /// All of it, in major units.
        open: String = amount(),
        /// How many invoices that is.
        open_count: i64,
        /// What of it is late, in major units.
        overdue: String = amount(),
        /// How many invoices that is.
        overdue_count: i64,
        /// When the oldest of them fell due; null where none is late.
        overdue_since: Option<Date>,
        /// What of it falls due in which week, from the earliest to the latest.
        weeks: Vec<Week>,
    }

    /// Whose debts.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct DebtQuery {
        /// Only this customer's.
        customer: Option<CustomerId>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// Who owes what. Currencies are never added up.
    #[derive(Serialize)]
    pub(crate) struct DebtList {
        /// By customer and currency; nothing for whoever owes nothing.
        debts: Vec<Debt>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
    }

    /// What a customer owes in one currency.
    #[derive(Serialize)]
    pub(crate) struct Debt {
        /// Who.
        customer: CustomerId,
        /// In what, ISO 4217.
        currency: Currency,
        /// All that is open, in major units.
        open: String = amount(),
        /// What of it is late, in major units.
        overdue: String = amount(),
        /// The earliest day on which something of it fell due, or will.
        since: Date,
    }

    /// Whose credit.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct CreditQuery {
        /// Only this customer's.
        customer: Option<CustomerId>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// What customers paid beyond what they owe. Currencies are never added up.
    #[derive(Serialize)]
    pub(crate) struct CreditList {
        /// By customer and currency; nothing for whoever has none.
        credits: Vec<Credit>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
    }

    /// What a customer paid beyond what they owe, in one currency.
    #[derive(Serialize)]
    pub(crate) struct Credit {
        /// Who.
        customer: CustomerId,
        /// In what, ISO 4217.
        currency: Currency,
        /// How much, in major units.
        amount: String = amount(),
    }

    /// What falls due within seven days.
    #[derive(Serialize)]
    pub(crate) struct Week {
        /// How many weeks from today: -1 is the last seven days, 0 the next.
        offset: i64,
        /// How much, in major units.
        amount: String = amount(),
    }

    /// What was billed and paid in a month.
    #[derive(Serialize)]
    pub(crate) struct Month {
        /// Which.
        month: String = json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$" }),
        /// Billed, without VAT, in major units.
        billed: String = amount(),
        /// Paid, in major units.
        paid: String = amount(),
    }
}

impl From<insights::Owed> for Owed {
    fn from(owed: insights::Owed) -> Self {
        let weeks = owed.weeks.iter();
        Self {
            currency: owed.open.currency(),
            open: owed.open.amount_text(),
            open_count: owed.open_count,
            overdue: owed.overdue.amount_text(),
            overdue_count: owed.overdue_count,
            overdue_since: owed.overdue_since,
            weeks: weeks.map(|week| Week { offset: week.offset.into(), amount: week.amount.amount_text() }).collect(),
        }
    }
}

impl From<insights::Month> for Month {
    fn from(month: insights::Month) -> Self {
        Self { billed: month.billed.amount_text(), paid: month.paid.amount_text(), month: month.month }
    }
}

/// `GET /api/v1/overview`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let insights::Overview { today, currency, owed, months, drafts, issued } =
        insights::overview(&app.books, &actor).await?;
    let insights::Waiting { open, overdue, unsent, .. } = insights::waiting(&app.books, &actor).await?;
    let waiting = Waiting { open, overdue, unsent };
    let owed = owed.into_iter().map(Owed::from).collect();
    let months = months.into_iter().map(Month::from).collect();
    Ok(axum::Json(Overview { today, currency, owed, months, drafts, waiting, issued }))
}

impl From<insights::Debt> for Debt {
    fn from(debt: insights::Debt) -> Self {
        let insights::Debt { customer, open, overdue, since } = debt;
        let currency = open.currency();
        Self { customer, currency, open: open.amount_text(), overdue: overdue.amount_text(), since }
    }
}

/// `GET /api/v1/debts`
pub(crate) async fn debts(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<DebtQuery>,
) -> Result<impl IntoResponse, Problem> {
    let DebtQuery { customer, after, limit } = asked;
    let query = ListDebts { customer, after, most: limit.map(|size| size.0) };
    let page = insights::debts(&app.books, &actor, query).await?;
    Ok(axum::Json(DebtList { debts: page.rows.into_iter().map(Debt::from).collect(), next: page.next }))
}

/// `GET /api/v1/credits`
pub(crate) async fn credits(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<CreditQuery>,
) -> Result<impl IntoResponse, Problem> {
    let CreditQuery { customer, after, limit } = asked;
    let query = ListCredits { customer, after, most: limit.map(|size| size.0) };
    let page = insights::credits(&app.books, &actor, query).await?;
    let view = |insights::Credit { customer, amount }| Credit {
        customer,
        currency: amount.currency(),
        amount: amount.amount_text(),
    };
    Ok(axum::Json(CreditList { credits: page.rows.into_iter().map(view).collect(), next: page.next }))
}
