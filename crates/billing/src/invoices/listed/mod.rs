//! A row of a list of invoices: shown only where it is what was written, because it says itself who may see it.
//!
//! An issued invoice stands beside how it stands, which has the digest of its row alone and says whose it is and what it asks
//! for: with that the invoice's own columns have to agree. Its content is neither read nor opened. A draft has nothing beside
//! it and is held itself, with its content and its taxes. A customer who is not what was written leaves it without a name.

mod columns;
pub(super) mod sought;
pub(crate) mod sql;

use self::columns::{
    AMOUNT_DUE, CURRENCY, CUSTOMER, ID, INVOICE, ISSUED_ON, NUMBER, OF_CUSTOMER, OF_INVOICE, SCOPE, STANDING, STATUS,
    TAXES,
};
use super::queries::Row as Listing;
use crate::{customers, settlement};
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{CustomerId, InvoiceId};
use coffer_store::{Fault, Reading, Row, Value, values};

/// The row as it is shown; [`None`] where it is not what was written, which is noted.
fn listed(row: &Row, reading: &mut impl Reading) -> Result<Option<Listing>, Fault> {
    let (root, beside) = (row.part(INVOICE.0, INVOICE.1), row.part(STANDING.0, STANDING.1));
    let (id, customer): (InvoiceId, CustomerId) = (root.id(ID)?, root.id(OF_CUSTOMER)?);
    let Ok(currency) = root.get::<String>(CURRENCY)?.parse::<Currency>() else {
        reading.amiss(&super::AGGREGATE, &root)?;
        return Ok(None);
    };
    let due = Money::new(root.get(AMOUNT_DUE)?, currency);
    let standing = if beside.maybe_id::<InvoiceId>(OF_INVOICE)?.is_some() {
        if !reading.stands(&settlement::AGGREGATE, &beside, &[])? {
            return Ok(None);
        }
        let standing = settlement::sql::read(&beside)?;
        if (standing.customer, standing.scope, standing.due) != (customer, root.id(SCOPE)?, due) {
            reading.amiss(&super::AGGREGATE, &root)?;
            return Ok(None);
        }
        Some(standing)
    } else if root.get::<String>(STATUS)? != "draft" {
        // Whether it is void stands there alone, and it does not stand there any more.
        reading.amiss(&settlement::AGGREGATE, &root)?;
        return Ok(None);
    } else {
        let taxes = taxes(&root, &row.get::<Option<String>>(TAXES)?.unwrap_or_default());
        if !reading.stands(&super::AGGREGATE, &root, &[taxes.iter().map(Vec::as_slice).collect()])? {
            return Ok(None);
        }
        None
    };
    let customer_name = customers::sql::name(reading, &row.part(CUSTOMER.0, CUSTOMER.1))?;
    let (number, issued_on) = (root.get(NUMBER)?, root.get(ISSUED_ON)?);
    Ok(Some(Listing { id, number, customer, customer_name, issued_on, due, standing }))
}

/// The cells of a draft's taxes, which come with its row as one text. What cannot be read fits no digest.
fn taxes(root: &Row, said: &str) -> Vec<Vec<Value>> {
    let number = |text: Option<&str>| text?.parse::<i64>().ok();
    let mut taxes: Vec<(i64, Vec<Value>)> = said
        .split_terminator(';')
        .filter_map(|one| {
            let mut cells = one.split('|');
            let (place, category, rate) = (number(cells.next())?, cells.next()?, cells.next()?);
            let (taxable, tax) = (number(cells.next())?, number(cells.next())?);
            let mut tax_row = root.span(0, 2).to_vec();
            tax_row.extend(values![place, category, rate, taxable, tax]);
            Some((place, tax_row))
        })
        .collect();
    taxes.sort_by_key(|(place, _)| *place);
    taxes.into_iter().map(|(_, cells)| cells).collect()
}
