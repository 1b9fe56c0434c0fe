//! An invoice as JSON. Amounts are strings in major units: a JSON number may be a float to whoever reads it.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use coffer_billing::invoices::content::{Content, Party, TaxCategory, Totals};
use coffer_billing::invoices::{Invoice, Issued};
use coffer_kernel::money::{Money, Percent};
use coffer_kernel::{CustomerId, Date, InvoiceId};
use serde::Serialize;

#[derive(Serialize)]
struct View<'a> {
    id: InvoiceId,
    version: i64,
    status: &'static str,
    customer: CustomerId,
    content: &'a Content,
    totals: Sums,
    #[serde(flatten)]
    issued: Option<IssuedView<'a>>,
}

#[derive(Serialize)]
struct IssuedView<'a> {
    number: &'a str,
    issued_on: Date,
    due_on: Date,
    seller: &'a Party,
    buyer: &'a Party,
    content_hash: String,
}

#[derive(Serialize)]
struct Sums {
    line_nets: Vec<String>,
    lines_net: String,
    allowances: String,
    charges: String,
    net_total: String,
    tax_total: String,
    gross_total: String,
    prepaid: String,
    rounding: String,
    amount_due: String,
    tax_breakdown: Vec<Tax>,
}

#[derive(Serialize)]
struct Tax {
    category: TaxCategory,
    rate: Percent,
    taxable: String,
    tax: String,
}

/// The invoice, with its version as its ETag.
pub(super) fn view(invoice: &Invoice) -> ([(HeaderName, String); 1], impl IntoResponse + use<>) {
    let draft = invoice.draft();
    let view = View {
        id: invoice.id(),
        version: invoice.version(),
        status: invoice.status().code(),
        customer: draft.customer,
        content: &draft.content,
        totals: sums(&draft.totals),
        issued: match invoice {
            Invoice::Draft(_) => None,
            Invoice::Issued(issued) => Some(issued_view(issued)),
        },
    };
    let etag = format!("\"{}\"", view.version);
    // Plain texts: there is nothing in it that could fail.
    let json = serde_json::to_vec(&view).unwrap_or_default();
    ([(header::ETAG, etag)], ([(header::CONTENT_TYPE, "application/json")], json))
}

fn issued_view(issued: &Issued) -> IssuedView<'_> {
    IssuedView {
        number: &issued.number_text,
        issued_on: issued.issued_on,
        due_on: issued.due_on,
        seller: &issued.frozen.seller,
        buyer: &issued.frozen.buyer,
        content_hash: issued.content_hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn sums(totals: &Totals) -> Sums {
    let text = |amount: Money| amount.amount_text();
    let breakdown = totals.breakdown.iter();
    Sums {
        line_nets: totals.line_nets.iter().copied().map(text).collect(),
        lines_net: text(totals.lines_net),
        allowances: text(totals.allowances),
        charges: text(totals.charges),
        net_total: text(totals.net_total),
        tax_total: text(totals.tax_total),
        gross_total: text(totals.gross_total),
        prepaid: text(totals.prepaid),
        rounding: text(totals.rounding),
        amount_due: text(totals.amount_due),
        tax_breakdown: breakdown
            .map(|tax| Tax { category: tax.category, rate: tax.rate, taxable: text(tax.taxable), tax: text(tax.tax) })
            .collect(),
    }
}
