//! What happens to invoices, for the log.

use super::model::{Draft, Issued};
use coffer_kernel::{SubjectId, TypedId};
use coffer_store::Event;

pub(super) struct InvoiceDrafted {
    id: [u8; 16],
    subject: SubjectId,
}

impl InvoiceDrafted {
    pub(super) fn of(draft: &Draft) -> Self {
        Self { id: draft.id.bytes(), subject: draft.customer.into() }
    }
}

impl Event for InvoiceDrafted {
    const NAME: &'static str = "invoice.drafted";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.id)
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.subject)
    }
}

pub(super) struct DraftRevised(InvoiceDrafted);

impl DraftRevised {
    pub(super) fn of(draft: &Draft) -> Self {
        Self(InvoiceDrafted::of(draft))
    }
}

impl Event for DraftRevised {
    const NAME: &'static str = "invoice.revised";
    fn about(&self) -> Option<[u8; 16]> {
        self.0.about()
    }
    fn subject(&self) -> Option<SubjectId> {
        self.0.subject()
    }
}

pub(super) struct InvoiceIssued {
    id: [u8; 16],
    subject: SubjectId,
    detail: String,
}

impl InvoiceIssued {
    pub(super) fn of(issued: &Issued) -> Self {
        let detail =
            serde_json::json!({ "number": issued.number_text, "due": issued.draft.totals.amount_due.to_string() });
        Self { id: issued.draft.id.bytes(), subject: issued.draft.customer.into(), detail: detail.to_string() }
    }
}

impl Event for InvoiceIssued {
    const NAME: &'static str = "invoice.issued";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.id)
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.subject)
    }
    fn detail(&self) -> Option<String> {
        Some(self.detail.clone())
    }
}
