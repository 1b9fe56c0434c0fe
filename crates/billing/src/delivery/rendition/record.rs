//! Recording what was printed.

use super::{LARGEST, Rendition, fingerprint, sql};
use crate::invoices::{self, Invoice};
use crate::settlement::Standing;
use coffer_kernel::{Action, Actor, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused, refusals};

/// A document that was printed.
#[derive(Debug, Clone)]
pub struct RecordRendition {
    /// Which invoice it shows.
    pub invoice: InvoiceId,
    /// The version of the design.
    pub renderer: i64,
    /// What set it, and in which version.
    pub printer: String,
    /// The file.
    pub content: Vec<u8>,
}

impl Order for RecordRendition {
    const ACTION: Action = Action::RecordRendition;
}

refusals! {
    /// Why a document is not kept.
    pub enum RecordRefused {
        /// Nothing was issued that it could show.
        NotIssued => Conflict, "invoice.draft", "Only issued invoices are printed for good.";
        /// It is too large.
        TooLarge => Invalid, "rendition.too_large", "This document is larger than 4 MiB. Shorten its texts, then print it again.";
    }
}

/// What its record is called.
pub(super) const RENDERED: &str = InvoiceRendered::NAME;

struct InvoiceRendered {
    invoice: InvoiceId,
    subject: SubjectId,
    detail: Option<String>,
}

impl Event for InvoiceRendered {
    const NAME: &'static str = "invoice.rendered";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.invoice.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.subject)
    }
    fn detail(&self) -> Option<String> {
        self.detail.clone()
    }
}

/// Keeps a document with its fingerprint. Where one is kept already, that one stays and this one is forgotten.
///
/// # Errors
/// [`RecordRefused`].
pub async fn record(books: &Books, system: &Actor, order: RecordRendition) -> Result<(), RecordRefused> {
    if order.content.len() > LARGEST {
        return Err(RecordRefused::TooLarge);
    }
    books
        .transact(system, order, |tx, permit, order| {
            let found = invoices::sql::find(tx, permit.scope(), order.invoice)?.ok_or(Refused::NotFound)?;
            let Invoice::Issued(issued) = found else { return Err(RecordRefused::NotIssued) };
            // Taken first, so that two printers at once do not both keep theirs.
            tx.lock::<Standing>(permit, order.invoice)?;
            let (invoice, customer) = (order.invoice, issued.draft.customer);
            let detail = if sql::is_kept(tx, invoice)? {
                None
            } else {
                let (renderer, printer, made_at) = (order.renderer, order.printer.clone(), tx.now());
                let (fingerprint, content) = (fingerprint(&order.content), order.content.clone());
                let detail = serde_json::json!({ "renderer": renderer, "printer": printer, "sha256": fingerprint });
                tx.insert(&Rendition { invoice, customer, renderer, printer, made_at, fingerprint, content })?;
                Some(detail.to_string())
            };
            tx.record(InvoiceRendered { invoice, subject: customer.into(), detail }, ())
        })
        .await
}
