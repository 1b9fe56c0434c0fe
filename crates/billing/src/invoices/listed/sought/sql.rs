//! The statements of a search, along two ways. Where few customers fit, each of them is asked for their newest, and the numbers for
//! theirs, along indexes that have all of the invoice that is asked for: no invoice is read to find it, and how it stands is looked
//! up by its id, for those alone that fit otherwise. Else the list that is searched is walked, some rows at a time, and what fits is
//! kept.
//!
//! What a page costs at most. Without a filter: of up to [`FEW`] customers as many places of each as a page has, and each number once;
//! of more customers each invoice within the scope once, in an index. With a filter: its list once, as far as the page goes, and that
//! has rows of others in it, which are passed over. Where few customers fit, it ends after [`FIRST`] statements of [`AT_A_TIME`] rows,
//! and the rest is each invoice of theirs once, and each number; what is overdue is always walked.

use super::super::sql::Place;
use super::Found;
use crate::invoices::queries::{ListInvoices, Listed};
use crate::scope::only;
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, Value, values};
use std::collections::BTreeSet;

/// Ids between `$7` and `$2`, the newest `$5` of them, as far as they are on the list that `$6` names.
macro_rules! places {
    ($fits:literal, $number:literal) => {
        concat!(
            "SELECT i.id AS id FROM invoice i LEFT JOIN invoice_standing s ON s.business = i.business AND s.id = i.id ",
            "WHERE i.business = $1 AND (i.customer = $4 OR $4 IS NULL) AND i.id < $2 AND i.id > $7 AND ",
            $fits,
            $number,
            " AND CASE $6 WHEN 'drafts' THEN s.id IS NULL WHEN 'open' THEN s.open_minor > 0 ",
            "WHEN 'unsent' THEN s.open_minor > 0 AND s.delivery IN ('not_sent', 'link_made') ",
            "WHEN 'paid' THEN s.open_minor <= 0 AND s.voided_on IS NULL WHEN 'void' THEN s.voided_on IS NOT NULL ELSE TRUE END ",
            "ORDER BY i.id DESC LIMIT $5"
        )
    };
}
/// What the newest of each of these customers are: each walks along their own.
macro_rules! of_each {
    ($first:literal $(, $number:literal)*) => {
        concat!(
            "SELECT id FROM (",
            places!("(i.scope_id = $3 OR $3 IS NULL) AND i.customer = ", $first),
            ") c",
            $(
                " UNION ALL SELECT id FROM (",
                places!("(i.scope_id = $3 OR $3 IS NULL) AND i.customer = ", $number),
                ") c",
            )*
        )
    };
}
const NUMBERED: &str = places!("i.scope_id = $3 AND lower(i.number_text) LIKE ", "$8");
/// As many customers at a time as this asks for.
const AT_ONCE: usize = 16;
const OF: &str = of_each!(
    "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23"
);
/// Whoever sees everything searches the invoices of one person after the other: that is how they stand in the index.
const NEXT_SCOPE: &str = "SELECT scope_id FROM invoice WHERE business = $1 AND scope_id > $2 ORDER BY scope_id LIMIT 1";

/// Rows of a list behind `$2`, `$5` of them, with what says whether they fit: the list's own condition, order and index.
macro_rules! walked {
    (standing $only:literal) => {
        concat!(
            "SELECT s.id, i.customer, i.number_text, s.due_on FROM invoice_standing s CROSS JOIN invoice i ",
            "WHERE s.business = $1 AND i.business = $1 AND i.id = s.id AND (i.scope_id = $3 OR $3 IS NULL) ",
            "AND (s.customer = $4 OR $4 IS NULL) AND ",
            $only,
            " LIMIT $5"
        )
    };
    ($only:literal) => {
        concat!(
            "SELECT i.id, i.customer, i.number_text FROM invoice i WHERE i.business = $1 AND (i.customer = $4 OR $4 IS NULL) ",
            "AND i.id < $2 AND ",
            $only,
            " ORDER BY i.id DESC LIMIT $5"
        )
    };
}
/// Everything of one person down to `$6`.
const ALL: &str = walked!("i.scope_id = $3 AND i.id > $6");
const DRAFTS: &str = walked!("(i.scope_id = $3 OR $3 IS NULL) AND i.status = 'draft'");
const OPEN: &str = walked!(standing "s.id < $2 AND s.open_minor > 0 ORDER BY s.id DESC");
const UNSENT: &str =
    walked!(standing "s.id < $2 AND s.open_minor > 0 AND s.delivery IN ('not_sent', 'link_made') ORDER BY s.id DESC");
const OVERDUE: &str =
    walked!(standing "(s.due_on, s.id) > ($6, $2) AND s.open_minor > 0 AND s.due_on < $7 ORDER BY s.due_on, s.id");
const PAID: &str = walked!(standing "s.id < $2 AND s.open_minor <= 0 AND s.voided_on IS NULL ORDER BY s.id DESC");
const VOID: &str = walked!(standing "s.id < $2 AND s.voided_on IS NOT NULL ORDER BY s.id DESC");

// Tests have few invoices, and all ways are tried.
/// As many customers are asked one by one.
pub(super) const FEW: usize = if cfg!(test) { 18 } else { 64 };
/// How many rows of a list one statement walks.
const AT_A_TIME: i64 = if cfg!(test) { 7 } else { 200 };
/// After how many statements few customers are asked one by one instead.
const FIRST: u32 = if cfg!(test) { 2 } else { 10 };

/// What is looked for, in which list, and how many.
pub(super) struct Sought<'a> {
    pub(super) found: &'a Found,
    pub(super) query: &'a ListInvoices,
    pub(super) scope: &'a Scope,
    pub(super) today: Date,
    pub(super) most: usize,
}

impl Sought<'_> {
    /// The newest behind this one, of few customers and with such a number.
    pub(super) fn of_each(
        &self,
        reading: &mut impl Reading,
        behind: InvoiceId,
        customers: &[CustomerId],
        most: usize,
    ) -> Result<Vec<Place>, Fault> {
        let mut newest = Newest { ids: BTreeSet::new(), most };
        for some in customers.chunks(AT_ONCE) {
            let these = (0..AT_ONCE).map(|place| Value::from(some.get(place).map(|id| id.bytes()))).collect();
            self.ask(reading, OF, (behind, only(self.scope)), these, &mut newest)?;
        }
        let Some(number) = &self.found.number else { return Ok(newest.places()) };
        for scope in scopes(reading, self.scope)? {
            self.ask(reading, NUMBERED, (behind, Some(scope)), values![format!("%{number}%")], &mut newest)?;
        }
        Ok(newest.places())
    }

    fn ask(
        &self,
        reading: &mut impl Reading,
        sql: &'static str,
        (behind, scope): (InvoiceId, Option<[u8; 16]>),
        fits: Vec<Value>,
        newest: &mut Newest,
    ) -> Result<(), Fault> {
        let most = i64::try_from(newest.most).unwrap_or(i64::MAX);
        let mut values = values![reading.business().bytes(), behind.bytes(), scope, self.customer(), most];
        values.extend(values![self.query.only.map_or("all", Listed::code), newest.floor()]);
        values.extend(fits);
        for row in reading.query(sql, &values)? {
            newest.add(row.id(0)?);
        }
        Ok(())
    }

    /// The newest behind this one that fit, of all there are.
    pub(super) fn of_all(&self, reading: &mut impl Reading, behind: InvoiceId) -> Result<Vec<Place>, Fault> {
        let mut newest = Newest { ids: BTreeSet::new(), most: self.most };
        for scope in scopes(reading, self.scope)? {
            let mut behind = behind;
            loop {
                let mut values = values![reading.business().bytes(), behind.bytes(), scope, self.customer(), AT_A_TIME];
                values.extend(values![newest.floor()]);
                let rows = reading.query(ALL, &values)?;
                for row in &rows {
                    behind = row.id(0)?;
                    if self.keeps(row)? {
                        newest.add(behind);
                    }
                }
                if i64::try_from(rows.len()) != Ok(AT_A_TIME) {
                    break;
                }
            }
        }
        Ok(newest.places())
    }

    /// Those of a list behind this place that fit, in its order; and where it goes on, where that is left to asking few customers.
    pub(super) fn of_list(
        &self,
        reading: &mut impl Reading,
        (list, mut behind): (Listed, Place),
        few: bool,
    ) -> Result<(Vec<Place>, Option<InvoiceId>), Fault> {
        let (sql, is_by_day) = (walk(list), list == Listed::Overdue);
        let (mut places, mut statements) = (Vec::new(), 0);
        loop {
            let mut values = values![reading.business().bytes(), behind.id.bytes(), only(self.scope)];
            values.extend(values![self.customer(), AT_A_TIME]);
            if is_by_day {
                values.extend(values![behind.due_on, self.today]);
            }
            let rows = reading.query(sql, &values)?;
            for row in &rows {
                behind = place(row, is_by_day)?;
                if self.keeps(row)? {
                    places.push(behind);
                }
                if places.len() == self.most {
                    return Ok((places, None));
                }
            }
            if i64::try_from(rows.len()) != Ok(AT_A_TIME) {
                return Ok((places, None));
            }
            statements += 1;
            if few && !is_by_day && statements == FIRST {
                return Ok((places, Some(behind.id)));
            }
        }
    }

    fn keeps(&self, row: &Row) -> Result<bool, Fault> {
        Ok(self.found.keeps(row.get::<Option<String>>(2)?.as_deref(), row.id(1)?))
    }

    fn customer(&self) -> Option<[u8; 16]> {
        self.query.customer.map(|id| id.bytes())
    }
}

/// The newest of what was found, as many as asked for.
struct Newest {
    ids: BTreeSet<InvoiceId>,
    most: usize,
}

impl Newest {
    fn add(&mut self, id: InvoiceId) {
        self.ids.insert(id);
        if self.ids.len() > self.most {
            self.ids.pop_first();
        }
    }

    /// Nothing older than this is among them any more.
    fn floor(&self) -> [u8; 16] {
        let oldest = self.ids.first().filter(|_| self.ids.len() >= self.most);
        oldest.map_or([0; 16], TypedId::bytes)
    }

    fn places(self) -> Vec<Place> {
        self.ids.into_iter().rev().map(|id| Place { id, due_on: Date::ZERO }).collect()
    }
}

const fn walk(list: Listed) -> &'static str {
    match list {
        Listed::Drafts => DRAFTS,
        Listed::Open => OPEN,
        Listed::Overdue => OVERDUE,
        Listed::Unsent => UNSENT,
        Listed::Paid => PAID,
        Listed::Void => VOID,
    }
}

fn place(row: &Row, is_by_day: bool) -> Result<Place, Fault> {
    let id: InvoiceId = row.id(0)?;
    // Behind what is no day nothing can be gone on from.
    let no_day = |_| Fault::Altered { table: "invoice_standing", id: id.bytes() };
    let due_on = if is_by_day { row.get(3).map_err(no_day)? } else { Date::ZERO };
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
