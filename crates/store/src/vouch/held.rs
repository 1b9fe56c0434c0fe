//! What step 24 does that no script can: the rows that are held get their digests.
//!
//! Each is held against the last record of it, and gets the digest that stands there: so doing this again gives none to what
//! was altered meanwhile. One that does not fit is left without, and is refused from then on. The log is read whole, unsigned
//! records too, and also where it is not the one that was signed: nobody makes a digest without the business's key, and what is
//! lost with one record must not lock away all the rest. `coffer check` names such a log, and the record of the step counts it.

use super::note;
use crate::check::{self, Written};
use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::migrate::Hands;
use crate::stored::{Aggregate, Table, digest};
use crate::{Fault, Row, Value, values};
use coffer_kernel::{BusinessId, TypedId};

/// The step this belongs to.
pub(super) const STEP: &str = "0024-held-rows";

/// What the record of it is called.
const HELD: &str = "rows.held";

mod sql {
    pub(super) const BUSINESSES: &str = "SELECT DISTINCT business FROM business_key ORDER BY business";
}

/// A table as it stood in the log before this step, and how it is gone through.
struct Standing {
    rows: Aggregate,
    /// Its rows behind `$2`, in the order of their ids.
    page: &'static str,
    /// What belongs to those from behind `$2` up to `$3`, in their order; its second column says to which.
    parts: Option<&'static str>,
    keep: &'static str,
}

macro_rules! named {
    ($table:literal) => {
        Table { name: $table, insert: "", replace: "", select: "" }
    };
}

macro_rules! standing {
    ($table:literal, $columns:literal $(, $part:literal, $of:literal, $also:literal)?) => {
        Standing {
            rows: Aggregate { root: named!($table), parts: &[$(named!($part))?], held: true, lets_in: false, all: "" },
            page: concat!("SELECT ", $columns, " FROM ", $table, " WHERE business = $1 AND id > $2 ORDER BY id LIMIT 500"),
            parts: standing!(parts $($part, $of, $also)?),
            keep: concat!("UPDATE ", $table, " SET digest = $3 WHERE business = $1 AND id = $2"),
        }
    };
    (parts) => { None };
    (parts $part:literal, $of:literal, $also:literal) => {
        Some(concat!(
            "SELECT business, ", $of, ", position, ", $also, " FROM ", $part, " WHERE business = $1 AND ", $of, " > $2 AND ", $of,
            " <= $3 ORDER BY ", $of, ", position"
        ))
    };
}

static STANDING: [Standing; 10] = [
    standing!(
        "business",
        "business, id, version, country, currency, time_zone, language, terms_days, number_prefix, show_account, particulars, account"
    ),
    standing!(
        "customer",
        "business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars"
    ),
    standing!(
        "item",
        "business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars"
    ),
    standing!(
        "invoice",
        "business, id, version, customer, scope_id, status, series, number, number_text, issued_on, due_on, currency, calculation, \
         lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, rounding, amount_due, content_hash, content",
        "invoice_tax",
        "invoice",
        "category, rate, taxable, tax"
    ),
    standing!(
        "invoice_standing",
        "business, id, version, customer, scope_id, currency, due_on, due_minor, open_minor, over_minor, delivery, delivered_on, \
         voided_on"
    ),
    standing!(
        "payment",
        "business, id, version, customer, scope_id, currency, minor, received_on, method, reversed_on, particulars",
        "payment_allocation",
        "payment",
        "invoice, minor"
    ),
    standing!("delivery_settings", "business, id, version, public_url, mail, password"),
    standing!("letterhead", "business, id, version, accent, logo"),
    standing!(
        "letter",
        "business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, attempts, problem, reply, \
         link, standing, recipient, words, said"
    ),
    standing!("recovery_sheet", "business, id, version, name, root, wrapped, asked, made_at, in_force_at"),
];

/// Gives each row that is as it was last recorded its digest.
pub(super) fn keep_what_stands(link: &mut dyn Connection, hands: &Hands<'_>) -> Result<(), Fault> {
    let (mut rows, mut left, mut altered) = (0, 0, 0);
    for business in link.query(sql::BUSINESSES, &[])? {
        let Some(book) = hands.keyring.book(link, business.id(0)?)? else { continue };
        let (written, signed) = check::recorded(link, &book)?;
        altered += i32::from(!signed);
        for table in &STANDING {
            let (fit, misfit) = table.keep(link, &book, &written)?;
            rows += fit;
            left += misfit;
        }
    }
    let Some(installation) = hands.keyring.book(link, BusinessId::INSTALLATION)? else { return Ok(()) };
    let said = format!(r#"{{"rows":{rows},"left":{left},"logs_altered":{altered}}}"#);
    note(link, hands, &installation, (HELD, &said))
}

impl Standing {
    /// How many rows fit what the log says of them, and how many do not.
    fn keep(&self, link: &mut dyn Connection, book: &BookKeys, written: &Written) -> Result<(u64, u64), Fault> {
        let (business, table) = (book.business.bytes(), self.rows.root.name);
        let (mut fit, mut misfit, mut last) = (0, 0, [0; 16]);
        loop {
            let page = link.query(self.page, &values![business, last])?;
            let Some(end) = page.last() else { return Ok((fit, misfit)) };
            let (from, to): ([u8; 16], [u8; 16]) = (last, end.get(1)?);
            let parts = match self.parts {
                Some(parts) => link.query(parts, &values![business, from, to])?,
                None => Vec::new(),
            };
            for root in &page {
                let id: [u8; 16] = root.get(1)?;
                let stands = digest(&book.keys, &self.rows, root.cells(), &[of(&parts, id)]);
                let recorded = written.get(table, id);
                if recorded.is_some_and(|(_, digest)| *digest == stands) {
                    link.later(self.keep, values![business, id, stands])?;
                    fit += 1;
                } else {
                    misfit += 1;
                }
            }
            link.flush()?;
            last = to;
        }
    }
}

/// The cells of what belongs to a root, of parts that stand in the order of their roots.
fn of(parts: &[Row], root: [u8; 16]) -> Vec<&[Value]> {
    let whose = |row: &Row| row.get::<[u8; 16]>(1).unwrap_or([0xff; 16]);
    let first = parts.partition_point(|row| whose(row) < root);
    parts.iter().skip(first).take_while(|row| whose(row) == root).map(Row::cells).collect()
}
