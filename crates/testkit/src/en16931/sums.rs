//! What has to add up: BR-CO-10 to BR-CO-17, and BT-131.

use super::document::check_amount;
use super::ratio::sum;
use super::{Broken, Document, Part, Ratio};

pub(super) fn check(document: &Document<'_>, broken: &mut Broken) {
    let total = |name: &str| document.sum(name);
    let all = |parts: &[Part<'_>], off: bool| {
        sum(parts.iter().filter(|part| part.takes_off() == off).map(|part| part.amount))
    };
    for line in &document.lines {
        line_net(line, document.decimals, broken);
    }
    // BR-CO-10: Sum of Invoice line net amount (BT-106) = Σ Invoice line net amount (BT-131).
    broken.unless(total("lines_net") == sum(document.lines.iter().map(|line| line.amount)), "BR-CO-10");
    // BR-CO-11: Sum of allowances on document level (BT-107) = Σ Document level allowance amount (BT-92).
    broken.unless(total("allowances") == all(&document.adjustments, true), "BR-CO-11");
    // BR-CO-12: Sum of charges on document level (BT-108) = Σ Document level charge amount (BT-99).
    broken.unless(total("charges") == all(&document.adjustments, false), "BR-CO-12");
    // BR-CO-13: Invoice total amount without VAT (BT-109) = BT-106 − BT-107 + BT-108.
    let net = || total("lines_net")?.minus(total("allowances")?)?.plus(total("charges")?);
    broken.unless(total("net_total") == net(), "BR-CO-13");
    // BR-CO-14: Invoice total VAT amount (BT-110) = Σ VAT category tax amount (BT-117).
    broken.unless(total("tax_total") == sum(document.subtotals.iter().map(|row| row.number("tax"))), "BR-CO-14");
    // BR-CO-15: Invoice total amount with VAT (BT-112) = BT-109 + BT-110.
    broken.unless(total("gross_total") == sum([total("net_total"), total("tax_total")]), "BR-CO-15");
    // BR-CO-16: Amount due for payment (BT-115) = BT-112 − Paid amount (BT-113) + Rounding amount (BT-114).
    let due = || total("gross_total")?.minus(total("prepaid")?)?.plus(total("rounding")?);
    broken.unless(total("amount_due") == due(), "BR-CO-16");
    // BR-CO-17: VAT category tax amount (BT-117) = BT-116 × BT-119 ÷ 100, rounded to the decimals of the currency.
    for row in &document.subtotals {
        let exact = || row.amount?.times(row.number("rate")?)?.over(Ratio::whole(100));
        let tax = exact().and_then(|exact| exact.rounded(document.decimals));
        broken.unless(tax.is_some() && row.number("tax") == tax, "BR-CO-17");
    }
    payable(document, broken);
}

/// BT-131: Invoiced quantity × Item net price ÷ Item price base quantity − allowances + charges, rounded.
fn line_net(line: &Part<'_>, decimals: u32, broken: &mut Broken) {
    let price = || line.number("quantity")?.times(line.number("net_price")?)?.over(line.number("base_quantity")?);
    let exact = price().and_then(|price| {
        line.parts.iter().try_fold(price, |net, part| {
            if part.takes_off() { net.minus(part.amount?) } else { net.plus(part.amount?) }
        })
    });
    broken.unless(exact.is_some() && line.amount == exact.and_then(|exact| exact.rounded(decimals)), "BT-131");
    for part in &line.parts {
        let terms = if part.takes_off() { ["BT-136", "BT-138"] } else { ["BT-141", "BT-143"] };
        check_amount(part, terms, decimals, broken);
        // Where no base is said, a percentage is of quantity × price.
        if let (None, Some(rate)) = (part.number("base"), part.number("percent")) {
            let base = price().and_then(|price| price.rounded(decimals));
            let computed = base.and_then(|base| base.times(rate)?.over(Ratio::whole(100))?.rounded(decimals));
            broken.unless(computed == part.amount, terms[1]);
        }
    }
}

/// The paid amount is a part of the whole, and rounding is less than one unit.
fn payable(document: &Document<'_>, broken: &mut Broken) {
    let (Some(prepaid), Some(gross)) = (document.sum("prepaid"), document.sum("gross_total")) else { return };
    let most = if gross.is_negative() { Ratio::ZERO } else { gross };
    broken.unless(!prepaid.is_negative() && !prepaid.above(most), "BT-113");
    let (Some(rounding), one) = (document.sum("rounding"), Ratio::whole(1)) else { return };
    let less_than_one = one.above(rounding) && rounding.plus(one).is_some_and(|sum| sum.above(Ratio::ZERO));
    broken.unless(less_than_one, "BT-114");
}
