//! Every statement on the payments' tables.

use super::{Allocation, ListPayments, Method, Particulars, Payment, Taken};
use crate::scope::only;
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{Action, CustomerId, Date, InvoiceId, PaymentId, Permit, Scope, SubjectId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Recall, Root, Row, Stored, Table, Tx, Value, values};
use std::collections::BTreeMap;

/// Where a payment stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "payment",
        insert: "INSERT INTO payment (business, id, version, customer, scope_id, currency, minor, received_on, method, reversed_on, \
                 particulars, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        replace: "UPDATE payment SET version = $3, customer = $4, scope_id = $5, currency = $6, minor = $7, received_on = $8, \
                  method = $9, reversed_on = $10, particulars = $11, digest = $12 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, customer, scope_id, currency, minor, received_on, method, reversed_on, particulars, \
                 digest FROM payment WHERE business = $1 AND id = $2",
    },
    parts: &[Table {
        name: "payment_allocation",
        insert: "INSERT INTO payment_allocation (business, payment, position, invoice, minor) VALUES ($1, $2, $3, $4, $5)",
        replace: "DELETE FROM payment_allocation WHERE business = $1 AND payment = $2",
        select: "SELECT business, payment, position, invoice, minor FROM payment_allocation \
                 WHERE business = $1 AND payment = $2 ORDER BY position",
    }],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM payment WHERE business = $1 ORDER BY id",
};

const PARTICULARS: Column = Column::statutory("payment", "particulars");
const LOCK: &str = "UPDATE payment SET version = version WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL) \
     RETURNING business, id, version, customer, scope_id, currency, minor, received_on, method, reversed_on, particulars, digest";
const FIND: &str = "SELECT business, id, version, customer, scope_id, currency, minor, received_on, method, reversed_on, particulars, \
     digest FROM payment WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";
const OF_INVOICE: &str = "SELECT p.business, p.id, p.version, p.customer, p.scope_id, p.currency, p.minor, p.received_on, p.method, \
     p.reversed_on, p.particulars, p.digest FROM payment_allocation a JOIN payment p ON p.business = a.business AND p.id = a.payment \
     WHERE a.business = $1 AND a.invoice = $2 AND (p.scope_id = $3 OR $3 IS NULL) ORDER BY p.id";
const WITH_SURPLUS: &str = "SELECT p.id FROM payment_allocation a JOIN payment p ON p.business = a.business AND p.id = a.payment \
     WHERE a.business = $1 AND a.invoice = $2 AND (p.scope_id = $3 OR $3 IS NULL) AND p.reversed_on IS NULL AND p.minor > a.minor \
     ORDER BY p.id";
/// Of all payments that count on an invoice.
const ALLOCATIONS_OF_INVOICE: &str = "SELECT business, payment, position, invoice, minor FROM payment_allocation WHERE business = $1 AND payment IN \
     (SELECT payment FROM payment_allocation WHERE business = $1 AND invoice = $2) ORDER BY payment, position";

/// A list of payments, the newest received first, of those rows; `$5` is how many.
macro_rules! listed {
    ($only:literal) => {
        concat!(
            "SELECT p.business, p.id, p.version, p.customer, p.scope_id, p.currency, p.minor, p.received_on, p.method, ",
            "p.reversed_on, p.particulars, p.digest FROM payment p WHERE p.business = $1 AND (p.scope_id = $2 OR $2 IS NULL) ",
            "AND (p.received_on, p.id) < ($3, $4) ",
            $only,
            " ORDER BY p.received_on DESC, p.id DESC LIMIT $5"
        )
    };
}
const LIST: &str = listed!("");
const TAKEN_BACK: &str = listed!("AND p.reversed_on IS NOT NULL");
const OF_CUSTOMER: &str = listed!("AND p.customer = $6");
const TAKEN_BACK_OF_CUSTOMER: &str = listed!("AND p.customer = $6 AND p.reversed_on IS NOT NULL");
/// As many at a time as this asks for: a page and one more, so that it never asks twice.
const AT_ONCE: usize = 51;
const ALLOCATIONS_OF: &str = "SELECT business, payment, position, invoice, minor FROM payment_allocation WHERE business = $1 \
     AND payment IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
     $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, \
     $52) ORDER BY payment, position";

impl Stored for Payment {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id) = (tx.business().bytes(), self.id.bytes());
        let text =
            serde_json::to_string(&self.particulars).map_err(|_| Fault::Misuse("particulars are plain texts"))?;
        let sealed = tx.seal(&PARTICULARS, &id, SubjectId::from(self.customer), &text)?;
        let mut root = values![business, id, self.version, self.customer.bytes(), self.scope.bytes()];
        root.extend(values![self.amount.currency().code(), self.amount.minor(), self.received_on, self.method.code()]);
        root.extend(values![self.reversed_on, sealed]);
        let parts = self.allocations.iter().zip(0_i64..);
        let parts: Vec<Vec<Value>> = parts
            .map(|(part, place)| values![business, id, place, part.invoice.bytes(), part.amount.minor()])
            .collect();
        Ok(Cells { root, parts: vec![parts] })
    }
}

impl Root for Payment {
    type Id = PaymentId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: PaymentId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes(), only(scope)])?;
        found.map(|payment| read_with(payment.root(), tx, payment.parts())).transpose()
    }
}

impl Recall for Payment {
    const READING: Action = Action::ReadPayments;
    fn reference(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        find(tx, permit.scope(), PaymentId::from_bytes(reference))
    }
}

/// The payment, if it is within the scope.
pub(super) fn find(reading: &mut impl Reading, scope: &Scope, id: PaymentId) -> Result<Option<Payment>, Fault> {
    let found = reading.whole(&AGGREGATE, FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    found.map(|payment| read_with(payment.root(), reading, payment.parts())).transpose()
}

/// The payments for an invoice that have more than what counts on it, oldest first.
pub(super) fn with_surplus(
    reading: &mut impl Reading,
    scope: &Scope,
    invoice: InvoiceId,
) -> Result<Vec<PaymentId>, Fault> {
    let rows = reading.query(WITH_SURPLUS, &values![reading.business().bytes(), invoice.bytes(), only(scope)])?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// The payments that count on an invoice, within the scope: each of them what was written.
pub(super) fn of_invoice(reading: &mut impl Reading, scope: &Scope, invoice: InvoiceId) -> Result<Vec<Payment>, Fault> {
    let rows = reading.query(OF_INVOICE, &values![reading.business().bytes(), invoice.bytes(), only(scope)])?;
    let parts = reading.query(ALLOCATIONS_OF_INVOICE, &values![reading.business().bytes(), invoice.bytes()])?;
    let mut payments = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: PaymentId = row.id(1)?;
        let own = parts.iter().filter(|part| part.id(1) == Ok(id)).map(Row::cells).collect();
        reading.hold(&AGGREGATE, row, &[own])?;
        payments.push(read_with(row, reading, &parts)?);
    }
    Ok(payments)
}

/// Where a list goes on: below this day, and on it below this payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) received_on: Date,
    pub(super) id: PaymentId,
}

/// Payments below this place, the newest received first; and whether there are more. Of those that are not shown nothing
/// is opened. One that is not what was written is left out: who may see it is said by the row itself.
pub(super) fn list(
    reading: &mut impl Reading,
    scope: &Scope,
    query: &ListPayments,
    below: Place,
    most: u16,
) -> Result<(Vec<Payment>, bool), Fault> {
    let mut found = reading.fill(
        below,
        i64::from(most) + 1,
        |reading, below, asked| with_parts(reading, scope, query, below, asked),
        |reading, (row, parts)| {
            let cells: Vec<_> = parts.iter().map(Row::cells).collect();
            let received_on = row.get(7);
            if received_on.is_err() {
                // Behind what is no day nothing can be gone on from.
                reading.hold(&AGGREGATE, &row, std::slice::from_ref(&cells))?;
            }
            let stands = reading.stands(&AGGREGATE, &row, &[cells])?;
            Ok((Place { received_on: received_on?, id: row.id(1)? }, stands.then_some((row, parts))))
        },
    )?;
    let more = found.len() > usize::from(most);
    found.truncate(most.into());
    let payments = found.iter().map(|(row, parts)| read_with(row, reading, parts)).collect::<Result<_, _>>()?;
    Ok((payments, more))
}

/// So many payments below this place, each with its own allocations.
fn with_parts(
    reading: &mut impl Reading,
    scope: &Scope,
    query: &ListPayments,
    below: Place,
    asked: i64,
) -> Result<Vec<(Row, Vec<Row>)>, Fault> {
    let mut values = values![reading.business().bytes(), only(scope), below.received_on, below.id.bytes(), asked];
    values.extend(query.customer.map(|customer| Value::from(customer.bytes())));
    let rows = reading.query(statement(query), &values)?;
    let mut parts = BTreeMap::<PaymentId, Vec<Row>>::new();
    for some in rows.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes()];
        for place in 0..AT_ONCE {
            values.push(some.get(place).map(|row| row.id::<PaymentId>(1)).transpose()?.map(|id| id.bytes()).into());
        }
        for part in reading.query(ALLOCATIONS_OF, &values)? {
            parts.entry(part.id(1)?).or_default().push(part);
        }
    }
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let own = parts.remove(&row.id(1)?).unwrap_or_default();
        found.push((row, own));
    }
    Ok(found)
}

const fn statement(query: &ListPayments) -> &'static str {
    match (query.only, query.customer) {
        (None, None) => LIST,
        (Some(Taken::Back), None) => TAKEN_BACK,
        (None, Some(_)) => OF_CUSTOMER,
        (Some(Taken::Back), Some(_)) => TAKEN_BACK_OF_CUSTOMER,
    }
}

/// A payment, with those of these allocations that are its own.
fn read_with(row: &Row, reading: &mut impl Reading, parts: &[Row]) -> Result<Payment, Fault> {
    let id: PaymentId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "payment", column, row: id.to_string() };
    let (customer, scope): (CustomerId, _) = (row.id(3)?, row.id(4)?);
    let currency: Currency = row.get::<String>(5)?.parse().map_err(|_| corrupt("currency"))?;
    let text = reading.open(&PARTICULARS, &id.bytes(), SubjectId::from(customer), &row.get::<Vec<u8>>(10)?)?;
    let particulars: Particulars = serde_json::from_str(&text).map_err(|_| corrupt("particulars"))?;
    let mut allocations = Vec::new();
    for part in parts {
        if part.id::<PaymentId>(1)? == id {
            allocations.push(Allocation { invoice: part.id(3)?, amount: Money::new(part.get(4)?, currency) });
        }
    }
    Ok(Payment {
        id,
        version: row.get(2)?,
        customer,
        scope,
        amount: Money::new(row.get(6)?, currency),
        received_on: row.get(7)?,
        method: Method::from_code(&row.get::<String>(8)?).ok_or(corrupt("method"))?,
        reversed_on: row.get(9)?,
        particulars,
        allocations,
    })
}

#[cfg(test)]
mod tests;
