//! The statement about customers' credit. It looks and never writes.

use super::super::page::Place;
use super::Credit;
use crate::scope::only;
use crate::summed::{altered, read_all};
use coffer_kernel::money::Money;
use coffer_kernel::{CustomerId, Scope, TypedId};
use coffer_store::{Fault, Reading, values};

// What the account says, sign turned: a credit is what is owed to the customer. What an invoice takes as prepaid is taken from
// it; where more was, it was received elsewhere, and nobody owes anybody for it.
const CREDITS: &str = "SELECT i.customer, e.currency, CAST(-SUM(p.minor) AS BIGINT) FROM posting p \
     JOIN journal_entry e ON e.business = p.business AND e.id = p.entry \
     JOIN invoice i ON i.business = e.business AND i.id = e.document \
     WHERE p.business = $1 AND p.account = 'customer credit' AND (i.scope_id = $2 OR $2 IS NULL) \
     AND (i.customer = $3 OR $3 IS NULL) AND (i.customer, e.currency) > ($4, $5) \
     GROUP BY i.customer, e.currency HAVING SUM(p.minor) < 0 ORDER BY i.customer, e.currency LIMIT $6";

/// A page of what stands on the account of customers' credit: of one customer, or of all.
pub(super) fn credits(
    reading: &mut impl Reading,
    scope: &Scope,
    customer: Option<CustomerId>,
    after: &Place,
    most: i64,
) -> Result<Vec<Credit>, Fault> {
    let customer = customer.map(|id| id.bytes());
    let mut values = values![reading.business().bytes(), only(scope), customer, after.customer.bytes()];
    values.extend(values![after.currency.as_str(), most]);
    read_all(reading, "journal_entry", (CREDITS, &values), |row| {
        let currency = row.get::<String>(1)?.parse().map_err(|_| altered("journal_entry"))?;
        Ok(Credit { customer: row.id(0)?, amount: Money::new(row.get(2)?, currency) })
    })
}
