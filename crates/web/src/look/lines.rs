//! What was billed, line by line: for whoever sees no paper beside it.

use super::sums::vat;
use super::{money, units};
use crate::words::Words;
use coffer_billing::invoices::content::{Adjusted, Content, InvoiceLine, TaxCategory, Totals};
use coffer_documents::{adjustments, numbers};
use coffer_kernel::money::Money;
use maud::{Markup, html};

/// How many lines stand there at once; the others behind one word.
const AT_ONCE: usize = 12;

/// A line, its net, and what its discounts and charges come to.
type Row<'a> = ((&'a InvoiceLine, &'a Money), &'a Vec<Adjusted>);

/// The lines with their nets.
pub(crate) fn lines(words: &Words, content: &Content, totals: &Totals) -> Markup {
    let mut rows: Vec<_> = content.lines.iter().zip(&totals.line_nets).zip(&totals.line_adjustments).collect();
    let rest = rows.split_off(rows.len().min(AT_ONCE));
    html! {
        (table(words, &rows))
        @if !rest.is_empty() { details.extra {
            summary { (words.t1("import-more", "count", rest.len())) }
            (table(words, &rest))
        } }
    }
}

fn table(words: &Words, rows: &[Row<'_>]) -> Markup {
    html! {
        table.tbl.what { tbody { @for ((line, net), adjusted) in rows {
            tr {
                td { bdi { (line.name) } p.muted { (times(words, line)) } (parts(words, line, adjusted)) }
                td.num { (money(words, **net)) }
            }
        } } }
    }
}

/// The discounts and charges of a line, as they stand on its paper.
fn parts(words: &Words, line: &InvoiceLine, adjusted: &[Adjusted]) -> Markup {
    html! {
        @for (part, sum) in line.adjustments.iter().zip(adjusted) {
            @let told = adjustments::of_line(words.language, part, *sum);
            p.muted { bdi { (told.what) } ": " span.whole { (numbers::amount(words.language, told.sum)) } }
        }
    }
}

/// How many at which price.
fn times(words: &Words, line: &InvoiceLine) -> String {
    let number = |value, places| numbers::decimal(words.language, value, places);
    let (quantity, price) = (number(line.quantity.get(), 0), number(line.net_price.get(), 2));
    let times = match units::named(words, &line.unit) {
        Some(unit) => words.t_all("line-times-per", &[("quantity", quantity), ("price", price), ("unit", unit)]),
        None => format!("{quantity} × {price}"),
    };
    let taxed = if line.category == TaxCategory::S {
        format!("{} {} %", words.t("line-vat"), number(line.rate.get(), 0))
    } else {
        vat(words, line.category, line.rate)
    };
    format!("{times} · {taxed}")
}
