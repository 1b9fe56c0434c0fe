//! Every statement on the renditions' table.

use super::Rendition;
use coffer_kernel::{CustomerId, InvoiceId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Row, Stored, Table, Tx, values};

/// Where a rendition stands. It is inserted once and never replaced, so there is no older one to be put back; what is sealed in it
/// opens in its place only, and whoever gets it gets what its fingerprint is of.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "rendition",
        insert: "INSERT INTO rendition (business, id, version, customer, renderer, printer, made_at, size, fingerprint, \
                 content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        replace: "UPDATE rendition SET version = $3, customer = $4, renderer = $5, printer = $6, made_at = $7, size = $8, \
                  fingerprint = $9, content = $10 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, customer, renderer, printer, made_at, size, fingerprint, content FROM rendition \
                 WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: false,
    lets_in: false,
    all: "SELECT id, version FROM rendition WHERE business = $1 ORDER BY id",
};

const CONTENT: Column = Column::statutory("rendition", "content");
const KEPT: &str = "SELECT 1 FROM rendition WHERE business = $1 AND id = $2";
const AFTER: &str = "SELECT id FROM rendition WHERE business = $1 AND id > $2 ORDER BY id LIMIT $3";

impl Stored for Rendition {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.invoice.bytes()
    }
    fn version(&self) -> i64 {
        1
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, customer) = (tx.business().bytes(), self.invoice.bytes(), self.customer.bytes());
        let content = tx.seal_bytes(&CONTENT, &id, self.customer.into(), &self.content)?;
        let size = i64::try_from(self.content.len()).map_err(|_| Fault::Misuse("a document has a size"))?;
        let mut root = values![business, id, 1_i64, customer, self.renderer, self.printer.as_str(), self.made_at];
        root.extend(values![size, self.fingerprint.as_str(), content]);
        Ok(Cells { root, parts: Vec::new() })
    }
}

/// Whether there is one of this invoice; opens nothing.
pub(crate) fn is_kept(reading: &mut impl Reading, invoice: InvoiceId) -> Result<bool, Fault> {
    Ok(reading.one(KEPT, &values![reading.business().bytes(), invoice.bytes()])?.is_some())
}

/// Invoices with a document, in the order of their ids, from behind this one.
pub(super) fn after(reading: &mut impl Reading, id: InvoiceId, most: i64) -> Result<Vec<InvoiceId>, Fault> {
    let rows = reading.query(AFTER, &values![reading.business().bytes(), id.bytes(), most])?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// The one of this invoice.
pub(crate) fn find(reading: &mut impl Reading, invoice: InvoiceId) -> Result<Option<Rendition>, Fault> {
    let row = reading.one(AGGREGATE.root.select, &values![reading.business().bytes(), invoice.bytes()])?;
    row.map(|row| read(&row, reading)).transpose()
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Rendition, Fault> {
    let (invoice, customer): (InvoiceId, CustomerId) = (row.id(1)?, row.id(3)?);
    let content = reading.open_bytes(&CONTENT, &invoice.bytes(), customer.into(), &row.get::<Vec<u8>>(9)?)?;
    Ok(Rendition {
        invoice,
        customer,
        renderer: row.get(4)?,
        printer: row.get(5)?,
        made_at: row.get(6)?,
        fingerprint: row.get(8)?,
        content,
    })
}
