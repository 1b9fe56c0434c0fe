//! An invoice as JSON. Amounts are strings in major units: a JSON number may be a float to whoever reads it.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use coffer_billing::invoices::content::{Adjusted, Content, Party, TaxCategory, Totals};
use coffer_billing::invoices::{Invoice, Issued, Row};
use coffer_billing::settlement::Standing;
use coffer_kernel::money::{Currency, Money, Percent};
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
    #[serde(flatten)]
    standing: Option<StandingView>,
}

/// How an issued invoice stands: settlement and delivery, each an axis of its own.
#[derive(Serialize)]
pub(super) struct StandingView {
    settlement: &'static str,
    open: String,
    overpaid: String,
    delivery: &'static str,
    delivered_on: Option<Date>,
    voided_on: Option<Date>,
}

impl From<&Standing> for StandingView {
    fn from(standing: &Standing) -> Self {
        Self {
            settlement: standing.settlement().code(),
            open: standing.open.amount_text(),
            overpaid: standing.over.amount_text(),
            delivery: standing.delivery.code(),
            delivered_on: standing.delivered_on,
            voided_on: standing.voided_on,
        }
    }
}

/// An invoice in a list.
#[derive(Serialize)]
pub(super) struct RowView {
    id: InvoiceId,
    number: Option<String>,
    customer: CustomerId,
    customer_name: String,
    issued_on: Option<Date>,
    due_on: Option<Date>,
    currency: Currency,
    amount_due: String,
    overdue: bool,
    #[serde(flatten)]
    standing: Option<StandingView>,
}

impl RowView {
    pub(super) fn of(row: Row, today: Date) -> Self {
        let standing = row.standing.as_ref();
        Self {
            id: row.id,
            customer: row.customer,
            issued_on: row.issued_on,
            due_on: standing.map(|standing| standing.due_on),
            currency: row.due.currency(),
            amount_due: row.due.amount_text(),
            overdue: standing.is_some_and(|standing| standing.is_overdue(today)),
            standing: standing.map(StandingView::from),
            number: row.number,
            customer_name: row.customer_name,
        }
    }
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
    line_adjustments: Vec<Vec<String>>,
    adjustments: Vec<String>,
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
pub(super) fn view(
    invoice: &Invoice,
    standing: Option<&Standing>,
) -> ([(HeaderName, String); 1], impl IntoResponse + use<>) {
    let draft = invoice.draft();
    let view = View {
        id: invoice.id(),
        version: invoice.version(),
        status: if standing.is_some_and(|standing| standing.voided_on.is_some()) {
            "void"
        } else {
            invoice.status().code()
        },
        customer: draft.customer,
        content: &draft.content,
        totals: sums(&draft.totals),
        issued: match invoice {
            Invoice::Draft(_) => None,
            Invoice::Issued(issued) => Some(issued_view(issued)),
        },
        standing: standing.map(StandingView::from),
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
    let amounts = |parts: &[Adjusted]| parts.iter().map(|part| text(part.amount)).collect();
    let breakdown = totals.breakdown.iter();
    Sums {
        line_nets: totals.line_nets.iter().copied().map(text).collect(),
        line_adjustments: totals.line_adjustments.iter().map(|parts| amounts(parts)).collect(),
        adjustments: amounts(&totals.adjustments),
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
