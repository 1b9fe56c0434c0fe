//! Every statement on the invoices' tables.

use super::content::{CALCULATION, Content, totals};
use super::model::{Draft, Frozen, Invoice, Issued};
use super::unfinished::Unfinished;
use crate::scope::only;
use coffer_kernel::{Action, CustomerId, InvoiceId, Permit, Scope, SubjectId, TypedId};
use coffer_store::{
    Aggregate, Cells, Column, Fault, Granted, Reading, Recall, Root, Row, Stored, Table, Tx, Value, values,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Where an invoice stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "invoice",
        insert: "INSERT INTO invoice (business, id, version, customer, scope_id, status, series, number, number_text, issued_on, \
                 due_on, currency, calculation, lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, \
                 rounding, amount_due, content_hash, content, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
                 $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
        replace: "UPDATE invoice SET version = $3, customer = $4, scope_id = $5, status = $6, series = $7, number = $8, \
                  number_text = $9, issued_on = $10, due_on = $11, currency = $12, calculation = $13, lines_net = $14, \
                  allowances = $15, charges = $16, net_total = $17, tax_total = $18, gross_total = $19, prepaid = $20, \
                  rounding = $21, amount_due = $22, content_hash = $23, content = $24, digest = $25 \
                  WHERE business = $1 AND id = $2 AND status = 'draft'",
        select: "SELECT business, id, version, customer, scope_id, status, series, number, number_text, issued_on, due_on, currency, \
                 calculation, lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, rounding, amount_due, \
                 content_hash, content, digest FROM invoice WHERE business = $1 AND id = $2",
    },
    parts: &[Table {
        name: "invoice_tax",
        insert: "INSERT INTO invoice_tax (business, invoice, position, category, rate, taxable, tax) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
        replace: "DELETE FROM invoice_tax WHERE business = $1 AND invoice = $2",
        select: "SELECT business, invoice, position, category, rate, taxable, tax FROM invoice_tax \
                 WHERE business = $1 AND invoice = $2 ORDER BY position",
    }],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM invoice WHERE business = $1 ORDER BY id",
};

const CONTENT: Column = Column::statutory("invoice", "content");
const FIND: &str = "SELECT business, id, version, customer, scope_id, status, series, number, number_text, issued_on, due_on, currency, \
     calculation, lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, rounding, amount_due, content_hash, \
     content, digest FROM invoice WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";
const IS_THERE: &str = "SELECT id FROM invoice WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";
const LOCK: &str = "UPDATE invoice SET version = version WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL) \
     RETURNING business, id, version, customer, scope_id, status, series, number, number_text, issued_on, due_on, currency, \
     calculation, lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, rounding, amount_due, content_hash, \
     content, digest";
const REMOVE: &str = "DELETE FROM invoice WHERE business = $1 AND id = $2 AND status = 'draft'";
const LAST_NUMBER: &str = "SELECT value FROM number_series WHERE business = $1 AND series = $2";
const ANY_NUMBER: &str = "SELECT value FROM number_series WHERE business = $1 LIMIT 1";
const TAKE_NUMBER: &str = "INSERT INTO number_series (business, series, value) VALUES ($1, $2, \
     CASE WHEN EXISTS (SELECT 1 FROM number_series WHERE business = $1) THEN 1 ELSE CAST($3 AS BIGINT) END) \
     ON CONFLICT (business, series) DO UPDATE SET value = number_series.value + 1 RETURNING value";

/// What is sealed of an invoice.
#[derive(Serialize, Deserialize)]
struct Sealed<'a> {
    content: Cow<'a, Content>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    frozen: Option<Cow<'a, Frozen>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unfinished: Option<Cow<'a, Unfinished>>,
}

impl Stored for Invoice {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        Invoice::id(self).bytes()
    }
    fn version(&self) -> i64 {
        Invoice::version(self)
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let draft = self.draft();
        let issued = match self {
            Self::Draft(_) => None,
            Self::Issued(issued) => Some(issued),
        };
        let (business, id) = (tx.business().bytes(), draft.id.bytes());
        let frozen = issued.map(|issued| Cow::Borrowed(&issued.frozen));
        let unfinished = (!draft.unfinished.is_empty()).then_some(Cow::Borrowed(&draft.unfinished));
        let sealed = Sealed { content: Cow::Borrowed(&draft.content), frozen, unfinished };
        let text = serde_json::to_string(&sealed).map_err(|_| Fault::Misuse("content is plain texts"))?;
        let content = tx.seal(&CONTENT, &id, draft.customer.into(), &text)?;
        let mut root =
            values![business, id, draft.version, draft.customer.bytes(), draft.scope.bytes(), self.status().code()];
        root.extend(values![
            issued.map(|issued| issued.series.as_str()),
            issued.map(|issued| issued.number),
            issued.map(|issued| issued.number_text.as_str()),
            issued.map(|issued| issued.issued_on),
            issued.map(|issued| issued.due_on),
            draft.content.currency.code(),
            CALCULATION,
        ]);
        let sums = &draft.totals;
        let [lines, allowances, charges] = [sums.lines_net, sums.allowances, sums.charges].map(|sum| sum.minor());
        let [net, tax, gross] = [sums.net_total, sums.tax_total, sums.gross_total].map(|sum| sum.minor());
        let [prepaid, rounding, due] = [sums.prepaid, sums.rounding, sums.amount_due].map(|sum| sum.minor());
        root.extend(values![lines, allowances, charges, net, tax, gross, prepaid, rounding, due]);
        root.extend(values![issued.map(|issued| issued.content_hash), content]);
        let breakdown = sums.breakdown.iter().zip(0_i64..);
        let taxes: Vec<Vec<Value>> = breakdown
            .map(|(tax, place)| {
                let (taxable, amount) = (tax.taxable.minor(), tax.tax.minor());
                values![business, id, place, tax.category.code(), tax.rate.to_string(), taxable, amount]
            })
            .collect();
        Ok(Cells { root, parts: vec![taxes] })
    }
}

impl Root for Invoice {
    type Id = InvoiceId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: InvoiceId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes(), only(scope)])?;
        found.map(|invoice| read(invoice.root(), tx)).transpose()
    }
}

impl Recall for Invoice {
    const READING: Action = Action::ReadInvoices;
    fn reference(&self) -> [u8; 16] {
        Invoice::id(self).bytes()
    }
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        find(tx, permit.scope(), InvoiceId::from_bytes(reference))
    }
}

/// Whether there is such an invoice within the scope. Nothing of it is opened.
pub(crate) fn is_there(reading: &mut impl Reading, scope: &Scope, id: InvoiceId) -> Result<bool, Fault> {
    let row = reading.one(IS_THERE, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    Ok(row.is_some())
}

/// The invoice, if it is within the scope.
pub(crate) fn find(reading: &mut impl Reading, scope: &Scope, id: InvoiceId) -> Result<Option<Invoice>, Fault> {
    let found = reading.whole(&AGGREGATE, FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    found.map(|invoice| read(invoice.root(), reading)).transpose()
}

/// The same, whatever was altered: for whoever works it out again.
pub(crate) fn as_it_stands(reading: &mut impl Reading, scope: &Scope, id: InvoiceId) -> Result<Option<Invoice>, Fault> {
    let row = reading.one(FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    row.map(|row| read(&row, reading)).transpose()
}

/// Removes a draft; what was issued stays, whatever is asked.
pub(super) fn remove(tx: &mut Tx<'_>, granted: &Granted<Invoice>) -> Result<(), Fault> {
    tx.remove(granted, REMOVE)
}

/// The last number that was given in a series; [`None`] where none was.
pub(super) fn last_number(reading: &mut impl Reading, series: &str) -> Result<Option<i64>, Fault> {
    let row = reading.one(LAST_NUMBER, &values![reading.business().bytes(), series])?;
    row.map(|row| row.get(0)).transpose()
}

/// Whether a number was given in any series.
pub(super) fn any_number(reading: &mut impl Reading) -> Result<bool, Fault> {
    Ok(reading.one(ANY_NUMBER, &values![reading.business().bytes()])?.is_some())
}

/// Takes the next number of a series; `first`, where none was ever given in any. Its row stays locked until the
/// transaction ends.
pub(super) fn take_number(tx: &mut Tx<'_>, series: &str, first: i64) -> Result<i64, Fault> {
    let row = tx.one(TAKE_NUMBER, &values![tx.business().bytes(), series, first])?;
    row.ok_or(Fault::Misuse("a series always has a next number"))?.get(0)
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Invoice, Fault> {
    let id: InvoiceId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "invoice", column, row: id.to_string() };
    let customer: CustomerId = row.id(3)?;
    let text = reading.open(&CONTENT, &id.bytes(), SubjectId::from(customer), &row.get::<Vec<u8>>(23)?)?;
    let Sealed { content, frozen, unfinished } = serde_json::from_str(&text).map_err(|_| corrupt("content"))?;
    let (content, frozen) = (content.into_owned(), frozen.map(Cow::into_owned));
    let unfinished = unfinished.map(Cow::into_owned).unwrap_or_default();
    // Recomputed, not read: the columns are for sums over many rows, and the checker holds them against this.
    let totals = totals(&content).map_err(|_| corrupt("content"))?;
    let draft = Draft { id, version: row.get(2)?, customer, scope: row.id(4)?, content, totals, unfinished };
    match (row.get::<String>(5)?.as_str(), frozen) {
        ("draft", None) => Ok(Invoice::Draft(draft)),
        ("issued", Some(frozen)) => Ok(Invoice::Issued(Issued {
            draft,
            series: row.get(6)?,
            number: row.get(7)?,
            number_text: row.get(8)?,
            issued_on: row.get(9)?,
            due_on: row.get(10)?,
            content_hash: row.get(22)?,
            frozen,
        })),
        _ => Err(corrupt("status")),
    }
}
