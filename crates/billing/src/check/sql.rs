//! Every statement of the recomputation. They look and never write, and answer with what is wrong alone.

use crate::invoices::content::Totals;
use coffer_kernel::money::Money;
use coffer_kernel::{EntryId, InvoiceId, PaymentId, TypedId};
use coffer_store::{Fault, Reading, Row, values};

// The first series of a business begins where it wants to: only one may begin elsewhere than at 1.
const SERIES: &str = "SELECT COALESCE(s.series, n.series), COALESCE(s.least, 0), \
     CASE WHEN s.most - s.least + 1 = s.given AND n.value = s.most THEN 0 ELSE 1 END FROM \
     (SELECT business, series, MIN(number) AS least, MAX(number) AS most, COUNT(*) AS given FROM invoice \
      WHERE business = $1 AND status = 'issued' GROUP BY business, series) s \
     FULL JOIN (SELECT business, series, value FROM number_series WHERE business = $1) n ON n.business = s.business AND n.series = s.series \
     ORDER BY 1";
const UNBALANCED: &str =
    "SELECT entry FROM posting WHERE business = $1 GROUP BY entry HAVING SUM(minor) <> 0 ORDER BY entry";
// What is open is what was asked for less what counts; what is over, what came in and does not count.
const STANDING: &str = "SELECT i.id FROM invoice i \
     LEFT JOIN invoice_standing s ON s.business = i.business AND s.id = i.id \
     LEFT JOIN (SELECT a.business, a.invoice, SUM(a.minor) AS counted, SUM(p.minor - a.minor) AS surplus FROM payment_allocation a \
      JOIN payment p ON p.business = a.business AND p.id = a.payment WHERE a.business = $1 AND p.reversed_on IS NULL \
      GROUP BY a.business, a.invoice) c ON c.business = i.business AND c.invoice = i.id \
     WHERE i.business = $1 AND CASE WHEN i.status <> 'issued' THEN s.id IS NOT NULL OR c.counted IS NOT NULL ELSE \
      s.id IS NULL OR s.customer <> i.customer OR s.currency <> i.currency OR s.due_on <> i.due_on OR s.due_minor <> i.amount_due \
      OR s.over_minor <> COALESCE(c.surplus, 0) \
      OR s.open_minor <> CASE WHEN s.voided_on IS NOT NULL OR i.amount_due < 0 THEN 0 ELSE i.amount_due - COALESCE(c.counted, 0) END \
      END ORDER BY i.id";
const STRAY: &str = "SELECT s.id FROM invoice_standing s LEFT JOIN invoice i ON i.business = s.business AND i.id = s.id \
     WHERE s.business = $1 AND i.id IS NULL ORDER BY s.id";
const BOOKED: &str = "SELECT i.id FROM invoice i JOIN invoice_standing s ON s.business = i.business AND s.id = i.id \
     LEFT JOIN (SELECT e.business, e.document, SUM(CASE WHEN p.account = 'receivable' THEN p.minor ELSE 0 END) AS owed, \
      SUM(CASE WHEN p.account = 'customer credit' THEN p.minor ELSE 0 END) AS credit, \
      SUM(CASE WHEN p.account = 'bank' THEN p.minor ELSE 0 END) AS bank, \
      SUM(CASE WHEN p.account = 'revenue' THEN p.minor ELSE 0 END) AS revenue, \
      SUM(CASE WHEN p.account = 'rounding' THEN p.minor ELSE 0 END) AS rounding FROM posting p \
      JOIN journal_entry e ON e.business = p.business AND e.id = p.entry WHERE p.business = $1 GROUP BY e.business, e.document) b \
      ON b.business = i.business AND b.document = i.id \
     LEFT JOIN (SELECT a.business, a.invoice, SUM(a.minor) AS counted, SUM(p.minor) AS paid FROM payment_allocation a \
      JOIN payment p ON p.business = a.business AND p.id = a.payment WHERE a.business = $1 AND p.reversed_on IS NULL \
      GROUP BY a.business, a.invoice) c ON c.business = i.business AND c.invoice = i.id \
     WHERE i.business = $1 AND (COALESCE(b.bank, 0) <> COALESCE(c.paid, 0) \
      OR COALESCE(b.owed, 0) <> CASE WHEN s.voided_on IS NULL THEN i.amount_due - COALESCE(c.counted, 0) ELSE 0 END \
      OR COALESCE(b.credit, 0) <> CASE WHEN s.voided_on IS NULL THEN i.prepaid ELSE 0 END - s.over_minor \
      OR COALESCE(b.revenue, 0) <> CASE WHEN s.voided_on IS NULL THEN -i.net_total ELSE 0 END \
      OR COALESCE(b.rounding, 0) <> CASE WHEN s.voided_on IS NULL THEN -i.rounding ELSE 0 END) ORDER BY i.id";
const ALLOCATED: &str = "SELECT p.id FROM payment p \
     LEFT JOIN payment_allocation a ON a.business = p.business AND a.payment = p.id WHERE p.business = $1 \
     GROUP BY p.id, p.minor HAVING COALESCE(SUM(a.minor), 0) > p.minor OR COALESCE(MIN(a.minor), 0) < 0 ORDER BY p.id";
const AFTER: &str = "SELECT id FROM invoice WHERE business = $1 AND id > $2 ORDER BY id LIMIT $3";
const SUMS: &str = "SELECT lines_net, allowances, charges, net_total, tax_total, gross_total, prepaid, rounding, amount_due, currency \
     FROM invoice WHERE business = $1 AND id = $2";
const TAXES: &str =
    "SELECT category, rate, taxable, tax FROM invoice_tax WHERE business = $1 AND invoice = $2 ORDER BY position";

/// The series whose numbers do not run on.
pub(super) fn series_with_gaps(reading: &mut impl Reading) -> Result<Vec<String>, Fault> {
    let rows = reading.query(SERIES, &values![reading.business().bytes()])?;
    let (mut wrong, mut began) = (Vec::new(), false);
    for row in &rows {
        let (least, broken): (i64, i64) = (row.get(1)?, row.get(2)?);
        let second_beginning = least != 1 && std::mem::replace(&mut began, true);
        if broken != 0 || second_beginning {
            wrong.push(row.get(0)?);
        }
    }
    Ok(wrong)
}

pub(super) fn unbalanced(reading: &mut impl Reading) -> Result<Vec<EntryId>, Fault> {
    ids(&reading.query(UNBALANCED, &values![reading.business().bytes()])?)
}

pub(super) fn standing_wrong(reading: &mut impl Reading) -> Result<Vec<InvoiceId>, Fault> {
    let mut wrong = ids(&reading.query(STANDING, &values![reading.business().bytes()])?)?;
    wrong.extend(ids::<InvoiceId>(&reading.query(STRAY, &values![reading.business().bytes()])?)?);
    Ok(wrong)
}

pub(super) fn booked_wrong(reading: &mut impl Reading) -> Result<Vec<InvoiceId>, Fault> {
    ids(&reading.query(BOOKED, &values![reading.business().bytes()])?)
}

pub(super) fn allocated_wrong(reading: &mut impl Reading) -> Result<Vec<PaymentId>, Fault> {
    ids(&reading.query(ALLOCATED, &values![reading.business().bytes()])?)
}

/// The invoices after this one, drafts included.
pub(super) fn after(reading: &mut impl Reading, last: InvoiceId, most: i64) -> Result<Vec<InvoiceId>, Fault> {
    ids(&reading.query(AFTER, &values![reading.business().bytes(), last.bytes(), most])?)
}

/// Whether the columns of an invoice hold these sums.
pub(super) fn holds(reading: &mut impl Reading, id: InvoiceId, sums: &Totals) -> Result<bool, Fault> {
    let place = values![reading.business().bytes(), id.bytes()];
    let Some(row) = reading.one(SUMS, &place)? else { return Ok(false) };
    let columns: Vec<i64> = (0..9).map(|column| row.get(column)).collect::<Result<_, _>>()?;
    let [lines, allowances, charges] = [sums.lines_net, sums.allowances, sums.charges].map(Money::minor);
    let [net, tax, gross] = [sums.net_total, sums.tax_total, sums.gross_total].map(Money::minor);
    let [prepaid, rounding, due] = [sums.prepaid, sums.rounding, sums.amount_due].map(Money::minor);
    let same = columns == [lines, allowances, charges, net, tax, gross, prepaid, rounding, due]
        && row.get::<String>(9)? == sums.amount_due.currency().code();
    let kept = reading.query(TAXES, &place)?;
    let kept: Vec<(String, String, i64, i64)> = kept
        .iter()
        .map(|row| Ok::<_, Fault>((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .collect::<Result<_, _>>()?;
    let taxes = sums.breakdown.iter();
    let taxes =
        taxes.map(|tax| (tax.category.code().to_owned(), tax.rate.to_string(), tax.taxable.minor(), tax.tax.minor()));
    Ok(same && taxes.eq(kept))
}

fn ids<T: TypedId>(rows: &[Row]) -> Result<Vec<T>, Fault> {
    rows.iter().map(|row| row.id(0)).collect()
}
