//! Every statement on the standings' table.

use super::{Delivery, Standing};
use crate::scope::only;
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{InvoiceId, Scope, TypedId};
use coffer_store::{Aggregate, Cells, Fault, Reading, Root, Row, Stored, Table, Tx, values};

/// Where a standing stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "invoice_standing",
        insert: "INSERT INTO invoice_standing (business, id, version, customer, scope_id, currency, due_on, due_minor, open_minor, \
                 over_minor, delivery, delivered_on, voided_on, digest) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        replace: "UPDATE invoice_standing SET version = $3, customer = $4, scope_id = $5, currency = $6, due_on = $7, \
                  due_minor = $8, open_minor = $9, over_minor = $10, delivery = $11, delivered_on = $12, voided_on = $13, \
                  digest = $14 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, customer, scope_id, currency, due_on, due_minor, open_minor, over_minor, delivery, \
                 delivered_on, voided_on, digest FROM invoice_standing WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM invoice_standing WHERE business = $1 ORDER BY id",
};

const LOCK: &str = "UPDATE invoice_standing SET version = version WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL) \
     RETURNING business, id, version, customer, scope_id, currency, due_on, due_minor, open_minor, over_minor, delivery, \
     delivered_on, voided_on, digest";
const FIND: &str = "SELECT business, id, version, customer, scope_id, currency, due_on, due_minor, open_minor, over_minor, delivery, \
     delivered_on, voided_on, digest FROM invoice_standing WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";

impl Stored for Standing {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.invoice.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, customer) = (tx.business().bytes(), self.invoice.bytes(), self.customer.bytes());
        let [due, open, over] = [self.due, self.open, self.over].map(Money::minor);
        let mut root = values![business, id, self.version, customer, self.scope.bytes(), self.due.currency().code()];
        root.extend(values![self.due_on, due, open, over, self.delivery.code(), self.delivered_on, self.voided_on]);
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Standing {
    type Id = InvoiceId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: InvoiceId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes(), only(scope)])?;
        found.map(|standing| read(standing.root())).transpose()
    }
}

/// How an invoice stands, if it is issued and within the scope.
pub(crate) fn find(reading: &mut impl Reading, scope: &Scope, id: InvoiceId) -> Result<Option<Standing>, Fault> {
    let found = reading.whole(&AGGREGATE, FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    found.map(|standing| read(standing.root())).transpose()
}

/// A standing, from the columns of its `select`.
pub(crate) fn read(row: &Row) -> Result<Standing, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "invoice_standing", column, row: String::new() };
    let currency: Currency = row.get::<String>(5)?.parse().map_err(|_| corrupt("currency"))?;
    let money = |place| Ok::<_, Fault>(Money::new(row.get(place)?, currency));
    Ok(Standing {
        invoice: row.id(1)?,
        version: row.get(2)?,
        customer: row.id(3)?,
        scope: row.id(4)?,
        due_on: row.get(6)?,
        due: money(7)?,
        open: money(8)?,
        over: money(9)?,
        delivery: Delivery::from_code(&row.get::<String>(10)?).ok_or(corrupt("delivery"))?,
        delivered_on: row.get(11)?,
        voided_on: row.get(12)?,
    })
}
