//! Where the columns of such a row stand: those of the invoice, of how it stands and of its customer, each in the order of its
//! aggregate's `select`, and then a draft's taxes.

/// So many columns, from this one on.
pub(super) type Part = (usize, usize);

pub(super) const INVOICE: Part = (0, 25);
pub(super) const STANDING: Part = behind(INVOICE, 14);
pub(super) const CUSTOMER: Part = behind(STANDING, 12);
pub(super) const TAXES: usize = behind(CUSTOMER, 1).0;

// Of the invoice.
pub(super) const ID: usize = 1;
pub(super) const OF_CUSTOMER: usize = 3;
pub(super) const SCOPE: usize = 4;
pub(super) const STATUS: usize = 5;
pub(super) const NUMBER: usize = 8;
pub(super) const ISSUED_ON: usize = 9;
pub(super) const CURRENCY: usize = 11;
pub(super) const AMOUNT_DUE: usize = 21;
// Of how it stands.
pub(super) const OF_INVOICE: usize = 1;
pub(super) const DUE_ON: usize = 6;

const fn behind(part: Part, columns: usize) -> Part {
    (part.0 + part.1, columns)
}

#[cfg(test)]
mod tests;
