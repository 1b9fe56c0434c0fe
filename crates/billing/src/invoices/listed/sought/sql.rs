//! The statements of a search. Each asks for the ids of one page, along an index that has all of the invoice that it asks for:
//! no invoice is read to find it. How it stands is looked up by its id, for those alone that fit otherwise.

use super::super::sql::Place;
use crate::invoices::queries::{ListInvoices, Listed};
use crate::scope::only;
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, Value, values};

/// Places behind `$2`, `$5` of them, as far as they are on the list that `$6` names.
macro_rules! places {
    ($behind:literal, $fits:literal, $number:literal, $order:literal) => {
        concat!(
            "SELECT i.id AS id, s.due_on AS due_on FROM invoice i ",
            "LEFT JOIN invoice_standing s ON s.business = i.business AND s.id = i.id ",
            "WHERE i.business = $1 AND (i.customer = $4 OR $4 IS NULL) AND ",
            $behind,
            " AND ",
            $fits,
            $number,
            " AND CASE $6 WHEN 'drafts' THEN s.id IS NULL WHEN 'open' THEN s.open_minor > 0 ",
            "WHEN 'overdue' THEN s.open_minor > 0 AND s.due_on < $7 ",
            "WHEN 'unsent' THEN s.open_minor > 0 AND s.delivery IN ('not_sent', 'link_made') ",
            "WHEN 'paid' THEN s.open_minor <= 0 AND s.voided_on IS NULL WHEN 'void' THEN s.voided_on IS NOT NULL ELSE TRUE END ",
            $order,
            " LIMIT $5"
        )
    };
}
/// What the newest of each of these customers are: each walks along their own.
macro_rules! of_each {
    ($behind:literal, $order:literal, $first:literal $(, $number:literal)*) => {
        concat!(
            "SELECT id, due_on FROM (",
            places!($behind, "(i.scope_id = $3 OR $3 IS NULL) AND i.customer = ", $first, $order),
            ") c",
            $(
                " UNION ALL SELECT id, due_on FROM (",
                places!($behind, "(i.scope_id = $3 OR $3 IS NULL) AND i.customer = ", $number, $order),
                ") c",
            )*
        )
    };
}
const NUMBERED: &str =
    places!("i.id < $2", "i.scope_id = $3 AND lower(i.number_text) LIKE ", "$8", "ORDER BY i.id DESC");
const NUMBERED_BY_DAY: &str = places!(
    "(s.due_on, s.id) > ($9, $2)",
    "i.scope_id = $3 AND lower(i.number_text) LIKE ",
    "$8",
    "ORDER BY s.due_on, s.id"
);
/// As many customers at a time as these ask for.
const AT_ONCE: usize = 16;
const OF: &str = of_each!(
    "i.id < $2",
    "ORDER BY i.id DESC",
    "$8",
    "$9",
    "$10",
    "$11",
    "$12",
    "$13",
    "$14",
    "$15",
    "$16",
    "$17",
    "$18",
    "$19",
    "$20",
    "$21",
    "$22",
    "$23"
);
const OF_BY_DAY: &str = of_each!(
    "(s.due_on, s.id) > ($24, $2)",
    "ORDER BY s.due_on, s.id",
    "$8",
    "$9",
    "$10",
    "$11",
    "$12",
    "$13",
    "$14",
    "$15",
    "$16",
    "$17",
    "$18",
    "$19",
    "$20",
    "$21",
    "$22",
    "$23"
);
/// Whoever sees everything searches the invoices of one person after the other: that is how they stand in the index.
const NEXT_SCOPE: &str = "SELECT scope_id FROM invoice WHERE business = $1 AND scope_id > $2 ORDER BY scope_id LIMIT 1";

/// A list, and where it goes on.
pub(super) struct Sought<'a> {
    pub(super) query: &'a ListInvoices,
    pub(super) after: Place,
    pub(super) today: Date,
    pub(super) most: i64,
}

impl Sought<'_> {
    /// Those whose number is like this: as many as asked for of each person's, each in the order of the list.
    pub(super) fn numbered(
        &self,
        reading: &mut impl Reading,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<Place>, Fault> {
        let mut places = Vec::new();
        for scope in scopes(reading, scope)? {
            places.extend(self.ask(reading, (NUMBERED, NUMBERED_BY_DAY), Some(scope), values![number])?);
        }
        Ok(places)
    }

    /// Those of these customers: as many as asked for of each, each in the order of the list.
    pub(super) fn of(
        &self,
        reading: &mut impl Reading,
        scope: &Scope,
        customers: &[CustomerId],
    ) -> Result<Vec<Place>, Fault> {
        let asked: Vec<CustomerId> =
            customers.iter().copied().filter(|id| self.query.customer.is_none_or(|only| only == *id)).collect();
        let mut places = Vec::new();
        for some in asked.chunks(AT_ONCE) {
            let these = (0..AT_ONCE).map(|place| Value::from(some.get(place).map(|id| id.bytes()))).collect();
            places.extend(self.ask(reading, (OF, OF_BY_DAY), only(scope), these)?);
        }
        Ok(places)
    }

    fn ask(
        &self,
        reading: &mut impl Reading,
        (newest, by_day): (&'static str, &'static str),
        scope: Option<[u8; 16]>,
        fits: Vec<Value>,
    ) -> Result<Vec<Place>, Fault> {
        let customer = self.query.customer.map(|id| id.bytes());
        let list = self.query.only.map_or("all", Listed::code);
        let mut values = values![reading.business().bytes(), self.after.id.bytes(), scope, customer, self.most];
        values.extend(values![list, self.today]);
        values.extend(fits);
        let is_by_day = self.query.only == Some(Listed::Overdue);
        if is_by_day {
            values.extend(values![self.after.due_on]);
        }
        let rows = reading.query(if is_by_day { by_day } else { newest }, &values)?;
        rows.iter().map(|row| place(row, is_by_day)).collect()
    }
}

fn place(row: &Row, is_by_day: bool) -> Result<Place, Fault> {
    let id: InvoiceId = row.id(0)?;
    // Behind what is no day nothing can be gone on from.
    let no_day = |_| Fault::Altered { table: "invoice_standing", id: id.bytes() };
    let due_on = if is_by_day { row.get(1).map_err(no_day)? } else { Date::ZERO };
    Ok(Place { id, due_on })
}

/// Whose invoices there are within the scope.
fn scopes(reading: &mut impl Reading, scope: &Scope) -> Result<Vec<[u8; 16]>, Fault> {
    if let Some(one) = only(scope) {
        return Ok(vec![one]);
    }
    let (business, mut last, mut scopes) = (reading.business().bytes(), [0; 16], Vec::new());
    while let Some(row) = reading.one(NEXT_SCOPE, &values![business, last])? {
        last = row.get(0)?;
        scopes.push(last);
    }
    Ok(scopes)
}

#[cfg(test)]
mod tests;
