//! The rules on lines.

use super::{Asked, Found, Ready, adjustment, period};
use crate::invoices::content::{AdjustmentKind, InvoiceLine};
use coffer_kernel::money::Decimal;

pub(super) fn check(ready: &Ready<'_>, found: &mut Found) {
    let lines = ready.content.lines.iter().zip(&ready.totals.line_adjustments);
    for (place, (line, adjusted)) in lines.enumerate() {
        let at = format!("/lines/{place}");
        let named = !line.name.trim().is_empty();
        found.need(named, format!("{at}/name"), "BR-25", "A line needs words for what it bills.");
        let unit = (1..=3).contains(&line.unit.len()) && line.unit.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let detail = "A unit is a code of UN/ECE recommendation 20, e.g. C62 for a piece, HUR for an hour.";
        found.need(unit, format!("{at}/unit"), "BR-23", detail);
        prices(line, &at, found);
        period(line.period, &format!("{at}/period"), ["BR-CO-20", "BR-30"], found);
        for (number, (part, adjusted)) in line.adjustments.iter().zip(adjusted).enumerate() {
            let asked = match part.kind {
                AdjustmentKind::Allowance => Asked { amount: "BT-136", percent: "BT-138", reason: "BR-42" },
                AdjustmentKind::Charge => Asked { amount: "BT-141", percent: "BT-143", reason: "BR-44" },
            };
            adjustment(&format!("{at}/adjustments/{number}"), &part.reason, *adjusted, &asked, found);
        }
    }
}

/// BT-146 is BT-148 less BT-147, and neither price is negative.
fn prices(line: &InvoiceLine, at: &str, found: &mut Found) {
    let detail = "A price is never negative. Make the quantity negative instead.";
    found.need(line.net_price.get() >= Decimal::ZERO, format!("{at}/net_price"), "BR-27", detail);
    let discount = line.price_discount.map_or(Decimal::ZERO, |discount| discount.get());
    let Some(list) = line.list_price else {
        let detail = "A discount on the price needs the price it is taken off. Add the list price.";
        return found.need(line.price_discount.is_none(), format!("{at}/list_price"), "BT-147", detail);
    };
    found.need(list.get() >= Decimal::ZERO, format!("{at}/list_price"), "BR-28", detail);
    let fits = list.get().checked_sub(discount) == Some(line.net_price.get());
    let detail = "The net price is the list price less its discount. Correct one of the three.";
    found.need(fits, format!("{at}/net_price"), "BT-146", detail);
}
