//! The sums of an invoice, the same wherever they are shown: what it asks for, what came in, what is open.

use super::money;
use crate::words::Words;
use coffer_billing::invoices::Draft;
use coffer_billing::invoices::content::{TaxCategory, Totals};
use coffer_billing::settlement::Standing;
use coffer_documents::{adjustments, numbers};
use coffer_kernel::money::{Money, Percent};
use maud::{Markup, html};

/// What the sum that counts is called by whoever looks: the seller waits for it, the buyer pays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// "Still open".
    Seller,
    /// "To pay now".
    Buyer,
}

impl Side {
    const fn open(self) -> &'static str {
        match self {
            Self::Seller => "sum-open",
            Self::Buyer => "sum-to-pay-now",
        }
    }
}

/// The one sum that counts now, large. What is void asks for nothing.
pub(crate) fn headline(words: &Words, totals: &Totals, standing: Option<&Standing>, side: Side) -> Markup {
    let asked = totals.amount_due;
    html! {
        @match standing {
            None => { p.label { (words.t("sum-to-pay")) } p.big { (large(words, asked)) } }
            Some(standing) => @match standing.voided_on {
                Some(day) => {
                    p.label { (words.t1("void-since", "date", numbers::date(words.language, day))) }
                    p.big.struck { s { (large(words, asked)) } }
                    p.soft { (words.t(if side == Side::Seller { "void-nothing" } else { "void-do-not-pay" })) }
                }
                None if standing.over.minor() > 0 => { p.label { (words.t("sum-over")) } p.big { (large(words, standing.over)) } }
                None => { p.label { (words.t(side.open())) } p.big.muted[standing.open.minor() == 0] { (large(words, standing.open)) } }
            }
        }
    }
}

/// The longest amount that has room on a phone as large as others.
const MILLIONS: usize = 12;

/// An amount as it stands large: more than millions smaller, so that no number is broken.
pub(crate) fn large(words: &Words, amount: Money) -> Markup {
    let long = numbers::amount(words.language, amount).chars().count() > MILLIONS;
    html! { @if long { span.long { (money(words, amount)) } } @else { (money(words, amount)) } }
}

/// From net to what is open, in the order of the paper. What is void is not totalled.
pub(crate) fn sums(words: &Words, draft: &Draft, standing: Option<&Standing>, side: Side) -> Markup {
    let totals = &draft.totals;
    let minus = |amount: Money| Money::new(-amount.minor(), amount.currency());
    let received = standing.map(received).filter(|received| received.minor() != 0);
    let void = standing.is_some_and(|standing| standing.voided_on.is_some());
    html! {
        dl.sums.gone[void] {
            (of_document(words, draft))
            div { dt { (words.t("sum-net")) } dd { (money(words, totals.net_total)) } }
            @for tax in &totals.breakdown { div {
                dt { (vat(words, tax.category, tax.rate)) @if totals.breakdown.len() > 1 { " " span.muted { "· " (money(words, tax.taxable)) } } }
                dd { (money(words, tax.tax)) }
            } }
            @if totals.prepaid.minor() != 0 { div { dt { (words.t("sum-prepaid")) } dd { (money(words, minus(totals.prepaid))) } } }
            @if totals.rounding.minor() != 0 { div { dt { (words.t("sum-rounding")) } dd { (money(words, totals.rounding)) } } }
            @if void { div { dt { (words.t("sum-asked")) } dd { s { (money(words, totals.amount_due)) } } } }
            @else if let (Some(standing), Some(received)) = (standing, received) {
                div { dt { (words.t("sum-asked")) } dd { (money(words, totals.amount_due)) } }
                div { dt { (words.t("sum-received")) } dd { (money(words, minus(received))) } }
                div.total { dt { (words.t(side.open())) } dd { (money(words, still_open(standing))) } }
            }
            @else { div.total { dt { (words.t("sum-to-pay")) } dd { (money(words, totals.amount_due)) } } }
        }
    }
}

/// What stands between the lines and the net: the discounts and charges of the whole document.
fn of_document(words: &Words, draft: &Draft) -> Markup {
    let totals = &draft.totals;
    let parts = draft.content.adjustments.iter().zip(&totals.adjustments);
    let told = parts.map(|(part, sum)| adjustments::of_document(words.language, part, *sum));
    html! {
        @if !draft.content.adjustments.is_empty() {
            div { dt { (words.t("sum-lines")) } dd { (money(words, totals.lines_net)) } }
            @for told in told { div.sub { dt { bdi { (told.what) } } dd { (money(words, told.sum)) } } }
        }
    }
}

/// Which VAT: by its rate, or by the words for why there is none.
pub(crate) fn vat(words: &Words, category: TaxCategory, rate: Percent) -> String {
    untaxed(category).map_or_else(
        || words.t1("sum-vat-rate", "rate", numbers::decimal(words.language, rate.get(), 0)),
        |without| words.t(without),
    )
}

/// The words for a category that has no rate.
pub(crate) const fn untaxed(category: TaxCategory) -> Option<&'static str> {
    match category {
        TaxCategory::S => None,
        TaxCategory::Z => Some("tax-zero"),
        TaxCategory::E => Some("tax-exempt"),
        TaxCategory::ReverseCharge => Some("tax-reverse"),
        TaxCategory::K => Some("tax-eu"),
        TaxCategory::G => Some("tax-export"),
        TaxCategory::O => Some("tax-outside"),
    }
}

/// What is open of an invoice; below nothing where it was overpaid.
pub(crate) fn still_open(standing: &Standing) -> Money {
    Money::new(standing.open.minor() - standing.over.minor(), standing.open.currency())
}

/// What came in for it: what counts, and what went beyond.
fn received(standing: &Standing) -> Money {
    let counted = if standing.due.minor() > 0 { standing.due.minor() - standing.open.minor() } else { 0 };
    Money::new(counted + standing.over.minor(), standing.due.currency())
}
