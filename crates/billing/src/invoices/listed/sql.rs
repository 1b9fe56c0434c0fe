//! Every statement that lists invoices.

use super::columns::{DUE_ON, ID, STANDING};
use super::listed;
use crate::invoices::queries::{ListInvoices, Listed, Row as Listing};
use crate::scope::only;
use crate::settlement;
use coffer_kernel::{Date, InvoiceId, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, values};
use std::collections::BTreeSet;

/// What stands in a row of a list: the invoice, how it stands and whose it is, each in the order of its `select`, and what a draft
/// is held by. What is sealed of an issued one is not even read. A draft's taxes come without their order, so that
/// nobody sorts.
macro_rules! listed {
    ($from:literal, $only:literal) => {
        concat!(
            "SELECT i.business, i.id, i.version, i.customer, i.scope_id, i.status, i.series, i.number, i.number_text, i.issued_on, ",
            "i.due_on, i.currency, i.calculation, i.lines_net, i.allowances, i.charges, i.net_total, i.tax_total, i.gross_total, ",
            "i.prepaid, i.rounding, i.amount_due, i.content_hash, CASE WHEN s.id IS NULL THEN i.content END, i.digest, ",
            "s.business, s.id, s.version, s.customer, s.scope_id, s.currency, s.due_on, s.due_minor, s.open_minor, s.over_minor, ",
            "s.delivery, s.delivered_on, s.voided_on, s.digest, c.business, c.id, c.version, c.scope_id, c.currency, c.language, ",
            "c.created_at, c.archived_at, c.email_index, c.name, c.particulars, c.digest, CASE WHEN s.id IS NULL THEN (SELECT string_agg(",
            "t.position || '|' || t.category || '|' || t.rate || '|' || t.taxable || '|' || t.tax, ';') FROM invoice_tax t ",
            "WHERE t.business = i.business AND t.invoice = i.id) END FROM ",
            $from,
            " CROSS JOIN customer c WHERE c.business = i.business AND c.id = i.customer AND i.business = $1 ",
            $only
        )
    };
    (all $only:literal) => {
        listed!(
            "invoice i LEFT JOIN invoice_standing s ON s.business = i.business AND s.id = i.id",
            $only
        )
    };
    (standing $only:literal) => {
        listed!(
            "invoice_standing s JOIN invoice i ON i.business = s.business AND i.id = s.id",
            $only
        )
    };
}
/// `$5` is how many. What the first table has no index for is looked through.
const LIST: &str = listed!(all "AND (i.scope_id = $3 OR $3 IS NULL) AND i.id < $2 AND (i.customer = $4 OR $4 IS NULL) \
     ORDER BY i.id DESC LIMIT $5");
const OF_CUSTOMER: &str = listed!(all "AND (i.scope_id = $3 OR $3 IS NULL) AND i.id < $2 AND i.customer = $4 \
     ORDER BY i.id DESC LIMIT $5");
const DRAFTS: &str = listed!(all "AND (i.scope_id = $3 OR $3 IS NULL) AND i.id < $2 AND (i.customer = $4 OR $4 IS NULL) \
     AND i.status = 'draft' ORDER BY i.id DESC LIMIT $5");
const PAID: &str = listed!(standing "AND (i.scope_id = $3 OR $3 IS NULL) AND s.business = $1 AND s.id < $2 \
     AND (s.customer = $4 OR $4 IS NULL) AND s.open_minor <= 0 AND s.voided_on IS NULL ORDER BY s.id DESC LIMIT $5");
const OPEN: &str = listed!(standing "AND (i.scope_id = $3 OR $3 IS NULL) AND s.business = $1 AND s.id < $2 \
     AND (s.customer = $4 OR $4 IS NULL) AND s.open_minor > 0 ORDER BY s.id DESC LIMIT $5");
const UNSENT: &str = listed!(standing "AND (i.scope_id = $3 OR $3 IS NULL) AND s.business = $1 AND s.id < $2 \
     AND (s.customer = $4 OR $4 IS NULL) AND s.open_minor > 0 AND s.delivery IN ('not_sent', 'link_made') \
     ORDER BY s.id DESC LIMIT $5");
const OVERDUE: &str = listed!(standing "AND (i.scope_id = $3 OR $3 IS NULL) AND s.business = $1 AND (s.due_on, s.id) > ($6, $2) \
     AND (s.customer = $4 OR $4 IS NULL) AND s.open_minor > 0 AND s.due_on < $7 ORDER BY s.due_on, s.id LIMIT $5");
const VOID: &str = listed!(standing "AND (i.scope_id = $3 OR $3 IS NULL) AND s.business = $1 AND s.id < $2 \
     AND (s.customer = $4 OR $4 IS NULL) AND s.voided_on IS NOT NULL ORDER BY s.id DESC LIMIT $5");
const PRESSING: &str = listed!(
    "invoice_standing s CROSS JOIN invoice i",
    "AND i.id = s.id AND s.business = $1 \
     AND (s.scope_id = $2 OR $2 IS NULL) AND s.open_minor > 0 AND (s.due_on < $3 OR s.delivery = 'bounced') \
     ORDER BY s.due_on, s.open_minor DESC, i.id LIMIT $4"
);
/// How many are fetched by their ids at a time: the lines of a page.
const AT_ONCE: usize = 50;
const THESE: &str = listed!(all "AND (i.scope_id = $2 OR $2 IS NULL) AND i.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
     $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, \
     $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52)");

/// Each of them, for whoever looks at their columns.
#[cfg(test)]
pub(super) const STATEMENTS: [&str; 10] =
    [LIST, OF_CUSTOMER, DRAFTS, PAID, OPEN, UNSENT, OVERDUE, VOID, PRESSING, THESE];

/// Where a list goes on: after this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::invoices) struct Place {
    pub(in crate::invoices) id: InvoiceId,
    /// When it fell due: what is overdue stands in this order.
    pub(in crate::invoices) due_on: Date,
}

/// Invoices in the order of the list, after this place: the newest first; of what is overdue, the longest overdue.
pub(in crate::invoices) fn list(
    reading: &mut impl Reading,
    scope: &Scope,
    query: &ListInvoices,
    (after, today): (Place, Date),
    most: i64,
) -> Result<Vec<Listing>, Fault> {
    let sql = match (query.only, query.customer) {
        (None, None) => LIST,
        (None, Some(_)) => OF_CUSTOMER,
        (Some(Listed::Drafts), _) => DRAFTS,
        (Some(Listed::Open), _) => OPEN,
        (Some(Listed::Overdue), _) => OVERDUE,
        (Some(Listed::Unsent), _) => UNSENT,
        (Some(Listed::Paid), _) => PAID,
        (Some(Listed::Void), _) => VOID,
    };
    reading.fill(
        after,
        most,
        |reading, after: Place, asked| {
            let mut values = values![reading.business().bytes(), after.id.bytes(), only(scope)];
            values.extend(values![query.customer.map(|id| id.bytes()), asked]);
            if query.only == Some(Listed::Overdue) {
                values.extend(values![after.due_on, today]);
            }
            reading.query(sql, &values)
        },
        |reading, row: Row| {
            let standing = row.part(STANDING.0, STANDING.1);
            let due_on = standing.get::<Option<Date>>(DUE_ON);
            if due_on.is_err() {
                // Behind what is no day nothing can be gone on from.
                reading.hold(&settlement::AGGREGATE, &standing, &[])?;
            }
            let place = Place { id: row.id(ID)?, due_on: due_on?.unwrap_or(Date::ZERO) };
            Ok((place, listed(&row, reading)?))
        },
    )
}

/// Invoices that are late or came back, the oldest debt first and then the largest.
pub(in crate::invoices) fn pressing(
    reading: &mut impl Reading,
    scope: &Scope,
    today: Date,
    most: i64,
) -> Result<Vec<Listing>, Fault> {
    let rows = reading.query(PRESSING, &values![reading.business().bytes(), only(scope), today, most])?;
    let mut pressing = Vec::with_capacity(rows.len());
    for row in rows {
        pressing.extend(listed(&row, reading)?);
    }
    Ok(pressing)
}

/// These, as far as they are within the scope.
pub(crate) fn these(
    reading: &mut impl Reading,
    scope: &Scope,
    ids: &BTreeSet<InvoiceId>,
) -> Result<Vec<Listing>, Fault> {
    let ids: Vec<InvoiceId> = ids.iter().copied().collect();
    let mut these = Vec::with_capacity(ids.len());
    for row in rows(reading, scope, &ids)? {
        these.extend(listed(&row, reading)?);
    }
    Ok(these)
}

/// Their rows, as they stand.
pub(super) fn rows(reading: &mut impl Reading, scope: &Scope, ids: &[InvoiceId]) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes(), only(scope)];
        values.extend((0..AT_ONCE).map(|place| some.get(place).map(|id| id.bytes()).into()));
        rows.extend(reading.query(THESE, &values)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
