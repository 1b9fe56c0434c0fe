//! Acts: orders as callers give them, and the answers as callers note them.

use coffer_billing::customers::{self, AddCustomer, ReviseCustomer};
use coffer_billing::delivery::{self, MarkSent};
use coffer_billing::invoices::content::{Content, Party};
use coffer_billing::invoices::{
    self, DraftInvoice, Invoice, IssueAtOnce, IssueInvoice, ReviseDraft, Unfinished, VoidInvoice,
};
use coffer_billing::payments::{self, Method, Particulars, RecordPayment, ReversePayment};
use coffer_kernel::{CustomerId, InvoiceId, PaymentId, Reason, Refuse, Role};
use coffer_store::{Books, Once};
use coffer_testkit::Callers;

/// Something a caller orders.
#[derive(Debug, Clone)]
pub(super) enum Act {
    AddCustomer { name: String },
    ReviseCustomer { customer: CustomerId, version: i64, name: String },
    Draft { customer: CustomerId, content: Content, once: Once },
    ReviseDraft { invoice: InvoiceId, version: i64, customer: CustomerId, content: Content },
    Issue { invoice: InvoiceId, version: Option<i64>, once: Once },
    IssueAtOnce { customer: CustomerId, content: Content, once: Once },
    Pay { invoice: InvoiceId, amount: String, token: String, once: Once },
    Reverse { payment: PaymentId, invoice: InvoiceId },
    Void { invoice: InvoiceId },
    MarkSent { invoice: InvoiceId },
}

/// What was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Done {
    Customer { id: CustomerId, version: i64 },
    Drafted { id: InvoiceId, version: i64, token: String },
    Issued { id: InvoiceId, number: String, token: String, due: i64 },
    Paid { id: PaymentId, invoice: InvoiceId, minor: i64, token: String },
    Reversed { payment: PaymentId, invoice: InvoiceId },
    Voided { invoice: InvoiceId },
    Sent { invoice: InvoiceId },
}

/// An answer that is none: whether it is sure that nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotDone {
    pub(super) code: &'static str,
    pub(super) sure: bool,
}

fn not_done(refused: impl Refuse) -> NotDone {
    // What broke inside or was cut off may have been done or not, as far as a caller can tell.
    let sure = !matches!(refused.reason(), Reason::Broken | Reason::Unavailable);
    NotDone { code: refused.code(), sure }
}

fn of_invoice(invoice: Invoice) -> Done {
    let draft = invoice.draft();
    let (id, version, token) = (draft.id, draft.version, draft.content.buyer_reference.clone().unwrap_or_default());
    let due = draft.totals.amount_due.minor();
    match invoice {
        Invoice::Draft(_) => Done::Drafted { id, version, token },
        Invoice::Issued(issued) => Done::Issued { id, number: issued.number_text, token, due },
    }
}

fn party(name: String) -> Party {
    Party { name, ..Party::default() }
}

impl Act {
    /// What marks its effect in the books, where it makes a document or a payment of its own.
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Draft { content, .. } | Self::IssueAtOnce { content, .. } => content.buyer_reference.as_deref(),
            Self::Pay { token, .. } => Some(token),
            _ => None,
        }
    }

    /// Orders it.
    pub(super) async fn order(self, books: &Books, callers: &Callers) -> Result<Done, NotDone> {
        let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
        match self {
            Self::AddCustomer { name } => {
                let order = AddCustomer { party: party(name), currency: None, language: None };
                let added = customers::add(books, &clerk, None, order).await.map_err(not_done)?;
                Ok(Done::Customer { id: added.id, version: added.version })
            }
            Self::ReviseCustomer { customer, version, name } => {
                let party = party(name);
                let order = ReviseCustomer { customer, version: Some(version), party, currency: None, language: None };
                let revised = customers::revise(books, &clerk, order).await.map_err(not_done)?;
                Ok(Done::Customer { id: revised.id, version: revised.version })
            }
            Self::Draft { customer, content, once } => {
                let order = DraftInvoice { customer, content, unfinished: Unfinished::default() };
                invoices::draft(books, &clerk, Some(once), order).await.map(of_invoice).map_err(not_done)
            }
            Self::ReviseDraft { invoice, version, customer, content } => {
                let order = ReviseDraft {
                    invoice,
                    version: Some(version),
                    customer,
                    content,
                    unfinished: Unfinished::default(),
                };
                invoices::revise(books, &clerk, None, order).await.map(of_invoice).map_err(not_done)
            }
            Self::Issue { invoice, version, once } => {
                let order = IssueInvoice { invoice, version };
                invoices::issue(books, &clerk, Some(once), order).await.map(of_invoice).map_err(not_done)
            }
            Self::IssueAtOnce { customer, content, once } => {
                let order = IssueAtOnce(DraftInvoice { customer, content, unfinished: Unfinished::default() });
                invoices::issue_at_once(books, &clerk, Some(once), order).await.map(of_invoice).map_err(not_done)
            }
            Self::Pay { invoice, amount, token, once } => {
                let particulars = Particulars { reference: Some(token.clone()), note: None };
                let order = RecordPayment { invoice, amount, received_on: None, method: Method::Transfer, particulars };
                let paid = payments::record(books, &clerk, Some(once), order).await.map_err(not_done)?;
                Ok(Done::Paid { id: paid.id, invoice, minor: paid.amount.minor(), token })
            }
            Self::Reverse { payment, invoice } => {
                payments::reverse(books, &manager, ReversePayment { payment }).await.map_err(not_done)?;
                Ok(Done::Reversed { payment, invoice })
            }
            Self::Void { invoice } => {
                invoices::void(books, &clerk, VoidInvoice { invoice }).await.map_err(not_done)?;
                Ok(Done::Voided { invoice })
            }
            Self::MarkSent { invoice } => {
                delivery::mark_sent(books, &clerk, MarkSent { invoice, sent_on: None }).await.map_err(not_done)?;
                Ok(Done::Sent { invoice })
            }
        }
    }
}
