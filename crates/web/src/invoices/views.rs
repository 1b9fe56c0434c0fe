//! An invoice as JSON. Amounts are strings in major units: a JSON number may be a float to whoever reads it.

use crate::api::domain::{amount, one_of};
use crate::api::shape::described;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use coffer_billing::invoices::content::{Adjusted, Content, Party, TaxCategory};
use coffer_billing::invoices::{self, Row};
use coffer_billing::settlement;
use coffer_kernel::money::{Currency, Money, Percent};
use coffer_kernel::{CustomerId, Date, InvoiceId};
use serde::Serialize;
use serde_json::json;

described! {
    /// An invoice at any point of its life.
    #[derive(Serialize)]
    pub(crate) struct Invoice<'a> {
        /// The id, from the first draft on.
        id: InvoiceId,
        /// The version of the draft, and of what was issued.
        version: i64,
        /// Where it is in its life.
        status: &'static str = one_of(&["draft", "issued", "void"]),
        /// Who is billed.
        customer: CustomerId,
        /// What it says.
        content: &'a Content,
        /// What it sums to.
        totals: Totals,
        /// Whether something was typed into its editor that does not read yet, as half a line: it is kept as it was typed,
        /// stands neither in the content nor in the sums, and in the way of issuing. Replacing the draft takes it out.
        unfinished: bool,
        /// Once it is issued.
        #[serde(flatten)]
        issued: Option<Issued<'a>>,
        /// Once it is issued.
        #[serde(flatten)]
        standing: Option<Standing>,
    }

    /// How an issued invoice stands: settlement and delivery, each an axis of its own.
    #[derive(Serialize)]
    pub(crate) struct Standing {
        /// How much of it was paid.
        settlement: &'static str = one_of(&["unpaid", "partly_paid", "paid", "overpaid"]),
        /// What is open of it, in major units.
        open: String = amount(),
        /// What was paid beyond it, in major units.
        overpaid: String = amount(),
        /// How far it got to its reader.
        delivery: &'static str = one_of(&["not_sent", "link_made", "sent", "bounced", "opened"]),
        /// When it got there, was sent, or its first link was made; null before.
        delivered_on: Option<Date>,
        /// When it was voided; null where it was not.
        voided_on: Option<Date>,
    }

    /// An invoice in a list.
    #[derive(Serialize)]
    pub(crate) struct InvoiceRow {
        /// The id.
        id: InvoiceId,
        /// The number (BT-1); null for a draft.
        number: Option<String>,
        /// Who is billed.
        customer: CustomerId,
        /// Their name today; null where their record is not what was written, which `coffer check` names.
        customer_name: Option<String>,
        /// When it was issued (BT-2); null for a draft.
        issued_on: Option<Date>,
        /// When it is to be paid (BT-9); null for a draft.
        due_on: Option<Date>,
        /// The currency of its amounts, ISO 4217.
        currency: Currency,
        /// To pay (BT-115), in major units.
        amount_due: String = amount(),
        /// Whether something is open beyond its day.
        overdue: bool,
        /// Once it is issued.
        #[serde(flatten)]
        standing: Option<Standing>,
    }

    /// What stands since an invoice was issued.
    #[derive(Serialize)]
    pub(crate) struct Issued<'a> {
        /// The number (BT-1).
        number: &'a str,
        /// When it was issued (BT-2), on the business's calendar.
        issued_on: Date,
        /// When it is to be paid (BT-9).
        due_on: Date,
        /// The seller, as they were.
        seller: &'a Party,
        /// The buyer, as they were.
        buyer: &'a Party,
        /// SHA-256 over what was issued, hexadecimal.
        content_hash: String = json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
    }

    /// The sums of an invoice (BG-22), in major units.
    #[derive(Serialize)]
    pub(crate) struct Totals {
        /// The net amount of each line, in the order of the lines (BT-131).
        line_nets: Vec<String> = json!({ "type": "array", "items": amount() }),
        /// What each allowance and charge of each line comes to, in their order (BT-136, BT-141).
        line_adjustments: Vec<Vec<String>> = json!({ "type": "array", "items": { "type": "array", "items": amount() } }),
        /// What each allowance and charge on the document comes to, in their order (BT-92, BT-99).
        adjustments: Vec<String> = json!({ "type": "array", "items": amount() }),
        /// The sum of the lines (BT-106).
        lines_net: String = amount(),
        /// Allowances on the document (BT-107).
        allowances: String = amount(),
        /// Charges on the document (BT-108).
        charges: String = amount(),
        /// Without VAT (BT-109).
        net_total: String = amount(),
        /// The VAT (BT-110).
        tax_total: String = amount(),
        /// With VAT (BT-112).
        gross_total: String = amount(),
        /// Paid before (BT-113).
        prepaid: String = amount(),
        /// Added to round the amount due (BT-114).
        rounding: String = amount(),
        /// To pay (BT-115).
        amount_due: String = amount(),
        /// The VAT by category and rate.
        tax_breakdown: Vec<TaxSubtotal>,
    }

    /// The tax of one category and rate (BG-23), in major units.
    #[derive(Serialize)]
    pub(crate) struct TaxSubtotal {
        /// The category (BT-118).
        category: TaxCategory,
        /// The rate in percent (BT-119).
        rate: Percent,
        /// What it is on (BT-116).
        taxable: String = amount(),
        /// The tax (BT-117).
        tax: String = amount(),
        /// Why there is none (BT-120); not there where the category needs no reason, or a draft says none yet.
        #[serde(skip_serializing_if = "Option::is_none")]
        exemption_reason: Option<String>,
    }
}

impl From<&settlement::Standing> for Standing {
    fn from(standing: &settlement::Standing) -> Self {
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

impl InvoiceRow {
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
            standing: standing.map(Standing::from),
            number: row.number,
            customer_name: row.customer_name,
        }
    }
}

/// The invoice, with its version as its ETag.
pub(super) fn view(
    invoice: &invoices::Invoice,
    standing: Option<&settlement::Standing>,
) -> ([(HeaderName, String); 1], impl IntoResponse + use<>) {
    let draft = invoice.draft();
    let view = Invoice {
        id: invoice.id(),
        version: invoice.version(),
        status: if standing.is_some_and(|standing| standing.voided_on.is_some()) {
            "void"
        } else {
            invoice.status().code()
        },
        customer: draft.customer,
        content: &draft.content,
        totals: sums(draft),
        unfinished: !draft.unfinished.is_empty(),
        issued: match invoice {
            invoices::Invoice::Draft(_) => None,
            invoices::Invoice::Issued(issued) => Some(issued_view(issued)),
        },
        standing: standing.map(Standing::from),
    };
    // What changes once it is issued is how it stands: both versions make the tag.
    let etag = standing.map_or_else(
        || format!("\"{}\"", view.version),
        |standing| format!("\"{}.{}\"", view.version, standing.version),
    );
    // Plain texts: there is nothing in it that could fail.
    let json = serde_json::to_vec(&view).unwrap_or_default();
    ([(header::ETAG, etag)], ([(header::CONTENT_TYPE, "application/json")], json))
}

fn issued_view(issued: &invoices::Issued) -> Issued<'_> {
    Issued {
        number: &issued.number_text,
        issued_on: issued.issued_on,
        due_on: issued.due_on,
        seller: &issued.frozen.seller,
        buyer: &issued.frozen.buyer,
        content_hash: issued.content_hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn sums(draft: &invoices::Draft) -> Totals {
    let totals = &draft.totals;
    let text = |amount: Money| amount.amount_text();
    let amounts = |parts: &[Adjusted]| parts.iter().map(|part| text(part.amount)).collect();
    let breakdown = totals.breakdown.iter();
    Totals {
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
            .map(|tax| TaxSubtotal {
                category: tax.category,
                rate: tax.rate,
                taxable: text(tax.taxable),
                tax: text(tax.tax),
                exemption_reason: draft.content.reason_of(tax.category).map(str::to_owned),
            })
            .collect(),
    }
}
