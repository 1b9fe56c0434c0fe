//! Saying that an invoice was handed over: by post, by a mail of one's own, in person.

use crate::invoices::Invoice;
use crate::settlement::{Delivery, Standing};
use crate::{business, invoices};
use coffer_kernel::{Action, Actor, Date, InvoiceId, Permit, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};

/// An invoice that was handed over.
#[derive(Debug, Clone, Copy)]
pub struct MarkSent {
    /// Which.
    pub invoice: InvoiceId,
    /// On which day; today where it is not said.
    pub sent_on: Option<Date>,
}

impl Order for MarkSent {
    const ACTION: Action = Action::SendInvoice;
}

refusals! {
    /// Why an invoice is not marked.
    pub enum MarkRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: nobody should get it yet. Issue it first.";
        /// Nobody should get it.
        Void => Conflict, "invoice.void", "This invoice is void: nobody should get it.";
        /// It was marked before.
        Sent => Conflict, "invoice.sent", "This invoice was sent already.";
        /// From the future.
        Future => Invalid, "sent.in_the_future", "This day has not come yet. Say so once it was sent.", at "/sent_on";
        /// There was nothing to send yet.
        TooEarly => Invalid, "sent.before_issue", "This day is before the invoice was issued. Check the day.", at "/sent_on";
    }
}

struct MarkedSent(InvoiceId, SubjectId, Option<Date>);

impl Event for MarkedSent {
    const NAME: &'static str = "invoice.marked_sent";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
    fn detail(&self) -> Option<String> {
        self.2.map(|day| serde_json::json!({ "sent_on": day }).to_string())
    }
}

/// Marks an issued invoice as sent on a day that was.
///
/// # Errors
/// [`MarkRefused`].
pub async fn mark_sent(books: &Books, actor: &Actor, order: MarkSent) -> Result<Standing, MarkRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(MarkRefused::Draft);
                }
                found => found?,
            };
            if granted.voided_on.is_some() {
                return Err(MarkRefused::Void);
            }
            if !granted.delivery.is_unknown() {
                return Err(MarkRefused::Sent);
            }
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            let before = order.sent_on.filter(|day| *day != today);
            if let Some(day) = before {
                check(tx, permit, order.invoice, (day, today))?;
            }
            let delivered_on = Some(before.unwrap_or(today));
            let next = Standing { delivery: Delivery::Sent, delivered_on, ..granted.next() };
            tx.replace(&granted, &next)?;
            tx.record(MarkedSent(order.invoice, next.customer.into(), before), next)
        })
        .await
}

/// Whether it can have been sent on that day: between its issue and today.
fn check(tx: &mut Tx<'_>, permit: &Permit, id: InvoiceId, (day, today): (Date, Date)) -> Result<(), MarkRefused> {
    if day > today {
        return Err(MarkRefused::Future);
    }
    match invoices::sql::find(tx, permit.scope(), id)? {
        Some(Invoice::Issued(issued)) if day < issued.issued_on => Err(MarkRefused::TooEarly),
        Some(Invoice::Issued(_)) => Ok(()),
        Some(Invoice::Draft(_)) | None => Err(Refused::NotFound.into()),
    }
}
