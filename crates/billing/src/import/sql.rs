//! Every statement on what was imported: by what a row is known again, and whom it became.

use coffer_kernel::{CustomerId, TypedId};
use coffer_store::{Fault, Reading, Tx, values};

const FIND: &str = "SELECT customer FROM customer_import WHERE business = $1 AND source = $2";
const KEEP: &str = "INSERT INTO customer_import (business, source, customer) VALUES ($1, $2, $3) \
     ON CONFLICT (business, source) DO NOTHING";

/// Whom a row became, if it was imported before.
pub(super) fn find(reading: &mut impl Reading, source: [u8; 16]) -> Result<Option<CustomerId>, Fault> {
    let row = reading.one(FIND, &values![reading.business().bytes(), source])?;
    row.map(|row| row.id(0)).transpose()
}

/// Keeps whom a row became; false where it became somebody before.
pub(super) fn keep(tx: &mut Tx<'_>, source: [u8; 16], customer: CustomerId) -> Result<bool, Fault> {
    Ok(tx.execute(KEEP, &values![tx.business().bytes(), source, customer.bytes()])? == 1)
}
