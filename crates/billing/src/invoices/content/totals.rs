//! The arithmetic of EN 16931, in one place: pages, PDF and API show what comes from here.
//!
//! Line nets are rounded to minor units (BT-131); sums of them are exact (BR-CO-10); tax is computed once per category
//! and rate on the exact base and rounded once (BR-CO-17); everything else is addition. Rounding is half away from
//! zero. [`CALCULATION`] is kept with each issued invoice, because rules of arithmetic change.

use super::{Adjusted, AdjustmentKind, Content, InvoiceLine, TaxCategory};
use coffer_kernel::money::{Currency, Decimal, Money, MoneyError, Percent};
use coffer_kernel::{Pointer, Reason, Refusals, Refuse};
use std::collections::BTreeMap;
use std::fmt;

/// The version of this arithmetic.
pub const CALCULATION: i64 = 1;

/// The most that an invoice or a payment is about, in minor units: far enough from 64 bits that no running sum gets there.
pub const MOST_MINOR: i64 = 10_000_000_000_000;

/// How many lines, or adjustments, an invoice may have.
const MOST: usize = 1_000;

/// The tax of one category and rate (BG-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxSubtotal {
    /// The category (BT-118).
    pub category: TaxCategory,
    /// The rate in percent (BT-119).
    pub rate: Percent,
    /// What it is on (BT-116).
    pub taxable: Money,
    /// The tax (BT-117).
    pub tax: Money,
}

/// The sums of an invoice (BG-22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The net amount of each line, in the order of the lines (BT-131).
    pub line_nets: Vec<Money>,
    /// What the allowances and charges of each line come to, in their order.
    pub line_adjustments: Vec<Vec<Adjusted>>,
    /// What the allowances and charges of the document come to, in their order.
    pub adjustments: Vec<Adjusted>,
    /// Their sum (BT-106).
    pub lines_net: Money,
    /// Allowances on the document (BT-107).
    pub allowances: Money,
    /// Charges on the document (BT-108).
    pub charges: Money,
    /// Without VAT (BT-109).
    pub net_total: Money,
    /// The VAT (BT-110).
    pub tax_total: Money,
    /// With VAT (BT-112).
    pub gross_total: Money,
    /// Paid before (BT-113).
    pub prepaid: Money,
    /// Added to round the amount due (BT-114).
    pub rounding: Money,
    /// To pay (BT-115).
    pub amount_due: Money,
    /// The VAT by category and rate.
    pub breakdown: Vec<TaxSubtotal>,
}

/// Why there are no sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsRefused(Box<Pointer>);

impl fmt::Display for TotalsRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl std::error::Error for TotalsRefused {}

impl Refuse for TotalsRefused {
    fn code(&self) -> &'static str {
        "invoice.not_computable"
    }
    fn reason(&self) -> Reason {
        Reason::Invalid
    }
    fn pointers(&self) -> Vec<Pointer> {
        vec![(*self.0).clone()]
    }
}

impl Refusals for TotalsRefused {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        vec![("invoice.not_computable", Reason::Invalid, "It cannot be summed: the field says why.")]
    }
}

/// Computes the sums.
///
/// # Errors
/// Where an amount is not one of this currency, or does not fit into 64 bits; with the field.
pub fn totals(content: &Content) -> Result<Totals, TotalsRefused> {
    let currency = content.currency;
    let zero = Money::zero(currency);
    limit("/lines", content.lines.len())?;
    limit("/adjustments", content.adjustments.len())?;
    let mut groups = BTreeMap::<(TaxCategory, Percent), Money>::new();
    let mut sums = Sums { lines_net: zero, allowances: zero, charges: zero };
    let mut lines =
        Parts { nets: Vec::with_capacity(content.lines.len()), adjusted: Vec::new(), of_document: Vec::new() };
    for (place, line) in content.lines.iter().enumerate() {
        let at = |error: MoneyError| refused(format!("/lines/{place}"), error);
        limit(&format!("/lines/{place}/adjustments"), line.adjustments.len())?;
        let (net, adjusted) = line_net(line, place, currency)?;
        sums.lines_net = sums.lines_net.plus(net).map_err(at)?;
        add(&mut groups, (line.category, line.rate), net).map_err(at)?;
        lines.nets.push(net);
        lines.adjusted.push(adjusted);
    }
    // What a percentage is of where nothing else is said: the lines alone, whatever other adjustments there are.
    let bases = groups.clone();
    for (place, part) in content.adjustments.iter().enumerate() {
        let at = |error: MoneyError| refused(format!("/adjustments/{place}/amount"), error);
        let key = (part.category, part.rate);
        let adjusted = part.how_much().resolve(bases.get(&key).copied().unwrap_or(zero));
        let adjusted = adjusted.map_err(|(field, detail)| unfit(format!("/adjustments/{place}/{field}"), detail))?;
        let signed = sums.adjust(part.kind, adjusted.amount).map_err(at)?;
        add(&mut groups, key, signed).map_err(at)?;
        lines.of_document.push(adjusted);
    }
    let breakdown = breakdown(groups, currency)?;
    finish(content, lines, sums, breakdown)
}

/// What the parts of the document come to.
struct Parts {
    nets: Vec<Money>,
    adjusted: Vec<Vec<Adjusted>>,
    of_document: Vec<Adjusted>,
}

impl Totals {
    /// Whether every sum is one that the books hold however many of them there are.
    ///
    /// # Errors
    /// Where one is larger than [`MOST_MINOR`].
    pub fn check_size(&self) -> Result<(), TotalsRefused> {
        let sums = [self.lines_net, self.allowances, self.charges, self.net_total, self.tax_total, self.gross_total];
        let paid = [("/prepaid", self.prepaid), ("/rounding", self.rounding)];
        let rows = self.breakdown.iter().flat_map(|row| [row.taxable, row.tax]);
        let all = sums.into_iter().chain(rows).map(|sum| ("/lines", sum)).chain(paid);
        match all.into_iter().find(|(_, sum)| sum.minor().unsigned_abs() > MOST_MINOR.unsigned_abs()) {
            Some((pointer, _)) => Err(refused(pointer.to_owned(), MoneyError::TooLarge)),
            None => Ok(()),
        }
    }
}

struct Sums {
    lines_net: Money,
    allowances: Money,
    charges: Money,
}

impl Sums {
    /// Adds a document-level adjustment; returns what it does to the taxable base.
    fn adjust(&mut self, kind: AdjustmentKind, amount: Money) -> Result<Money, MoneyError> {
        match kind {
            AdjustmentKind::Allowance => {
                self.allowances = self.allowances.plus(amount)?;
                Money::zero(amount.currency()).minus(amount)
            }
            AdjustmentKind::Charge => {
                self.charges = self.charges.plus(amount)?;
                Ok(amount)
            }
        }
    }
}

/// BT-131: quantity × price ÷ base quantity, − allowances + charges, rounded once.
fn line_net(line: &InvoiceLine, place: usize, currency: Currency) -> Result<(Money, Vec<Adjusted>), TotalsRefused> {
    let field = |name: &str, error| refused(format!("/lines/{place}/{name}"), error);
    if line.base_quantity.get() <= Decimal::ZERO {
        let detail = "A price is for more than nothing: the base quantity must be above 0.";
        let pointer = Pointer::new(format!("/lines/{place}/base_quantity"), "invoice.base_quantity_unfit", detail);
        return Err(TotalsRefused(Box::new(pointer)));
    }
    let product = line.quantity.get().checked_mul(line.net_price.get());
    let exact = product.and_then(|product| product.checked_div(line.base_quantity.get()));
    let mut exact = exact.ok_or_else(|| field("base_quantity", MoneyError::TooLarge))?;
    let usual = Money::rounded(exact, currency).map_err(|error| field("quantity", error))?;
    let mut parts = Vec::with_capacity(line.adjustments.len());
    for (number, part) in line.adjustments.iter().enumerate() {
        let at = |name: &str| format!("/lines/{place}/adjustments/{number}/{name}");
        let adjusted = part.how_much().resolve(usual).map_err(|(name, detail)| unfit(at(name), detail))?;
        let amount = adjusted.amount.major();
        let sum = match part.kind {
            AdjustmentKind::Allowance => exact.checked_sub(amount),
            AdjustmentKind::Charge => exact.checked_add(amount),
        };
        exact = sum.ok_or_else(|| refused(at("amount"), MoneyError::TooLarge))?;
        parts.push(adjusted);
    }
    let net = Money::rounded(exact, currency).map_err(|error| field("quantity", error))?;
    Ok((net, parts))
}

type Groups = BTreeMap<(TaxCategory, Percent), Money>;

fn add(groups: &mut Groups, key: (TaxCategory, Percent), amount: Money) -> Result<(), MoneyError> {
    let base = groups.entry(key).or_insert(Money::zero(amount.currency()));
    *base = base.plus(amount)?;
    Ok(())
}

/// BR-CO-17: once per category and rate.
fn breakdown(groups: Groups, currency: Currency) -> Result<Vec<TaxSubtotal>, TotalsRefused> {
    let tax = |((category, rate), taxable): ((TaxCategory, Percent), Money)| {
        let exact = taxable.major().checked_mul(rate.get()).and_then(|product| product.checked_div(100.into()));
        let exact = exact.ok_or_else(|| refused("/lines".to_owned(), MoneyError::TooLarge))?;
        let tax = Money::rounded(exact, currency).map_err(|error| refused("/lines".to_owned(), error))?;
        Ok(TaxSubtotal { category, rate, taxable, tax })
    };
    groups.into_iter().map(tax).collect()
}

fn finish(content: &Content, parts: Parts, sums: Sums, breakdown: Vec<TaxSubtotal>) -> Result<Totals, TotalsRefused> {
    let currency = content.currency;
    let optional = |name: &str, text: &Option<String>| {
        let amount = text.as_deref().map_or(Ok(Money::zero(currency)), |text| Money::parse(text, currency));
        amount.map_err(|error| refused(format!("/{name}"), error))
    };
    let (prepaid, rounding) = (optional("prepaid", &content.prepaid)?, optional("rounding", &content.rounding)?);
    let rest = || {
        let net_total = sums.lines_net.minus(sums.allowances)?.plus(sums.charges)?;
        let tax_total = breakdown.iter().try_fold(Money::zero(currency), |sum, tax| sum.plus(tax.tax))?;
        let gross_total = net_total.plus(tax_total)?;
        let amount_due = gross_total.minus(prepaid)?.plus(rounding)?;
        Ok((net_total, tax_total, gross_total, amount_due))
    };
    let (net_total, tax_total, gross_total, amount_due) =
        rest().map_err(|error| refused("/lines".to_owned(), error))?;
    let Sums { lines_net, allowances, charges } = sums;
    Ok(Totals {
        line_nets: parts.nets,
        line_adjustments: parts.adjusted,
        adjustments: parts.of_document,
        lines_net,
        allowances,
        charges,
        net_total,
        tax_total,
        gross_total,
        prepaid,
        rounding,
        amount_due,
        breakdown,
    })
}

fn limit(pointer: &str, count: usize) -> Result<(), TotalsRefused> {
    if count <= MOST {
        return Ok(());
    }
    let detail = format!("There are {count} of these; an invoice has at most {MOST}. Split it into several.");
    let arguments = vec![("count", count.to_string()), ("most", MOST.to_string())];
    Err(TotalsRefused(Box::new(Pointer { arguments, ..Pointer::new(pointer, "invoice.too_many", detail) })))
}

fn unfit(pointer: String, detail: String) -> TotalsRefused {
    TotalsRefused(Box::new(Pointer::new(pointer, "invoice.adjustment_unfit", detail)))
}

fn refused(pointer: String, error: MoneyError) -> TotalsRefused {
    TotalsRefused(Box::new(Pointer::new(pointer, error.code(), error.to_string())))
}
