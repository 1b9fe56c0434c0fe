//! The overview: what is owed, what is late, what is expected.

use super::sql;
use crate::business;
use crate::summed::altered;
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{Action, Actor, Date};
use coffer_store::{Books, Fault, Order, Refused};
use std::collections::BTreeMap;

struct Look;

impl Order for Look {
    const ACTION: Action = Action::ReadInvoices;
}

/// What is owed in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// All of it.
    pub open: Money,
    /// How many invoices that is.
    pub open_count: i64,
    /// What of it is late.
    pub overdue: Money,
    /// How many invoices that is.
    pub overdue_count: i64,
    /// When the oldest of them fell due.
    pub overdue_since: Option<Date>,
    /// What of it falls due in which week, from the earliest to the latest.
    pub weeks: Vec<Week>,
}

impl Owed {
    /// Nothing, in this currency.
    #[must_use]
    pub const fn none(currency: Currency) -> Self {
        let none = Money::zero(currency);
        Self { open: none, open_count: 0, overdue: none, overdue_count: 0, overdue_since: None, weeks: Vec::new() }
    }

    /// What is open and not late.
    #[must_use]
    pub fn expected(&self) -> Money {
        Money::new(self.open.minor() - self.overdue.minor(), self.open.currency())
    }
}

/// What falls due within seven days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// How many weeks from today: −1 is the last seven days, 0 the next.
    pub offset: i32,
    /// How much.
    pub amount: Money,
}

/// What was billed and paid in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Billed, without VAT.
    pub billed: Money,
    /// Paid.
    pub paid: Money,
}

/// What a person looks at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Today, on the calendar of the business.
    pub today: Date,
    /// What the business bills in.
    pub currency: Currency,
    /// What is owed, by currency, the business's own first.
    pub owed: Vec<Owed>,
    /// The last twelve months, in the business's own currency.
    pub months: Vec<Month>,
    /// How many drafts wait.
    pub drafts: i64,
    /// How many invoices were ever issued.
    pub issued: i64,
}

/// The overview of what is within the actor's reach.
///
/// # Errors
/// As the store's.
pub async fn overview(books: &Books, actor: &Actor) -> Result<Overview, Refused> {
    books
        .read(actor, Look, |snapshot, permit, _| {
            let now = snapshot.now();
            let (today, currency) = business::sql::calendar(snapshot, now)?;
            let mut owed = owed(&sql::open(snapshot, permit.scope())?, today)?;
            owed.sort_by_key(|owed| (owed.open.currency() != currency, owed.open.currency().to_string()));
            let since = today.first_of_month().checked_sub(jiff::Span::new().months(11)).unwrap_or(today);
            let months = months(snapshot, permit.scope(), currency, since, today)?;
            let (drafts, issued) = sql::counts(snapshot, permit.scope())?;
            Ok(Overview { today, currency, owed, months, drafts, issued })
        })
        .await
}

/// Sums what falls due on each day into weeks around today.
fn owed(days: &[(Currency, Date, i64, i64)], today: Date) -> Result<Vec<Owed>, Fault> {
    let mut by_currency = BTreeMap::<&str, (Owed, BTreeMap<i32, i64>)>::new();
    for (currency, due_on, minor, count) in days {
        let (owed, weeks) =
            by_currency.entry(currency.code()).or_insert_with(|| (Owed::none(*currency), BTreeMap::new()));
        let amount = Money::new(*minor, *currency);
        // More than anybody can be asked for.
        let large = |_| altered("invoice_standing");
        owed.open = owed.open.plus(amount).map_err(large)?;
        owed.open_count += count;
        if *due_on < today {
            owed.overdue = owed.overdue.plus(amount).map_err(large)?;
            owed.overdue_count += count;
            owed.overdue_since = Some(owed.overdue_since.map_or(*due_on, |since| since.min(*due_on)));
        }
        let days = due_on.since(today).map_or(0, |span| span.get_days());
        *weeks.entry(days.div_euclid(7)).or_default() += minor;
    }
    let whole = |(mut owed, weeks): (Owed, BTreeMap<i32, i64>)| {
        let currency = owed.open.currency();
        owed.weeks =
            weeks.into_iter().map(|(offset, minor)| Week { offset, amount: Money::new(minor, currency) }).collect();
        owed
    };
    Ok(by_currency.into_values().map(whole).collect())
}

fn months(
    reading: &mut impl coffer_store::Reading,
    scope: &coffer_kernel::Scope,
    currency: Currency,
    since: Date,
    today: Date,
) -> Result<Vec<Month>, Fault> {
    let billed = sql::billed(reading, scope, currency, since)?;
    let paid = sql::paid(reading, scope, currency, since)?;
    let name = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let amount =
        |sums: &BTreeMap<String, i64>, month: &str| Money::new(sums.get(month).copied().unwrap_or(0), currency);
    let starts = (0..12).filter_map(|number| since.checked_add(jiff::Span::new().months(number)).ok());
    Ok(starts
        .filter(|start| *start <= today)
        .map(name)
        .map(|month| Month { billed: amount(&billed, &month), paid: amount(&paid, &month), month })
        .collect())
}
