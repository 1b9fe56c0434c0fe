//! What happens to payments, for the log.

use super::Payment;
use coffer_kernel::{InvoiceId, SubjectId, TypedId};
use coffer_store::Event;

/// About the first invoice it counts on, so that it stands in that invoice's history.
fn about(payment: &Payment) -> [u8; 16] {
    payment.allocations.first().map_or_else(|| payment.id.bytes(), |allocation| allocation.invoice.bytes())
}

fn detail(payment: &Payment) -> String {
    let invoices: Vec<InvoiceId> = payment.allocations.iter().map(|allocation| allocation.invoice).collect();
    serde_json::json!({ "payment": payment.id, "amount": payment.amount.to_string(), "invoices": invoices }).to_string()
}

pub(super) struct PaymentRecorded {
    about: [u8; 16],
    subject: SubjectId,
    detail: String,
}

impl PaymentRecorded {
    pub(super) fn of(payment: &Payment) -> Self {
        Self { about: about(payment), subject: payment.customer.into(), detail: detail(payment) }
    }
}

impl Event for PaymentRecorded {
    const NAME: &'static str = "payment.recorded";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.about)
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.subject)
    }
    fn detail(&self) -> Option<String> {
        Some(self.detail.clone())
    }
}

pub(super) struct PaymentReversed(pub(super) PaymentRecorded);

impl Event for PaymentReversed {
    const NAME: &'static str = "payment.reversed";
    fn about(&self) -> Option<[u8; 16]> {
        self.0.about()
    }
    fn subject(&self) -> Option<SubjectId> {
        self.0.subject()
    }
    fn detail(&self) -> Option<String> {
        self.0.detail()
    }
}
