//! A link to an invoice, to be handed to its reader: whoever has it opens this one document.

use super::settings;
use crate::settlement::{Delivery, Standing};
use crate::{business, invoices};
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, InvoiceId, LinkId, Permit, SubjectId, TypedId};
use coffer_keys::Secret;
use coffer_store::{Books, Event, Fault, Once, Order, Recall, Refused, Tx, refusals};

/// A link to be made.
#[derive(Debug, Clone, Copy)]
pub struct MakeLink {
    /// To which invoice.
    pub invoice: InvoiceId,
}

impl Order for MakeLink {
    const ACTION: Action = Action::SendInvoice;
}

refusals! {
    /// Why there is no link.
    pub enum LinkRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: nobody should get it yet. Issue it first.";
        /// It would lead nowhere.
        NoAddress => Conflict, "public_url.not_set_up", "A link would not reach the customer: nobody said yet under which address Coffer is reached from outside. Download the PDF and hand it over, or have the address set up under Settings.";
        /// It would lead elsewhere.
        NotReached => Conflict, "public_url.not_reached", "No link would reach the customer: this machine looked at the address that links begin with, and Coffer did not answer there. Download the PDF and hand it over, or have the address looked at again under Settings, Sending.";
        /// Nobody should get it.
        Void => Conflict, "invoice.void", "This invoice is void: nobody should get it.";
        /// The order was repeated, and a link is shown once.
        ShownBefore => Conflict, "link.shown_before", "This link was made when it was first asked for with this Idempotency-Key, and it is shown only once. Ask with a new key for another one; end the links where that one may be lost.";
    }
}

struct LinkMade(InvoiceId, SubjectId);

impl Event for LinkMade {
    const NAME: &'static str = "invoice.link_made";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
}

/// A link that was made, with its secret the first time.
struct Made(LinkId, Option<Secret<String>>);

impl Recall for Made {
    const READING: Action = Action::SendInvoice;
    fn reference(&self) -> [u8; 16] {
        self.0.bytes()
    }
    fn recall(_: &mut Tx<'_>, _: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        Ok(Some(Self(LinkId::from_bytes(reference), None)))
    }
}

/// Makes a link to an issued invoice, shown once. Whoever made it may pass it on at any time, so it can no longer be voided;
/// that it was sent is known once somebody says so, or its reader opens it.
///
/// # Errors
/// [`LinkRefused`].
pub async fn make_link(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: MakeLink,
) -> Result<Secret<String>, LinkRefused> {
    let Made(_, link) = books
        .transact_once(actor, once, order, |tx, permit, order| {
            let granted = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(LinkRefused::Draft);
                }
                found => found?,
            };
            if granted.voided_on.is_some() {
                return Err(LinkRefused::Void);
            }
            let address = settings::sql::get(tx)?.address.ok_or(LinkRefused::NoAddress)?;
            if !address.leads_here() {
                return Err(LinkRefused::NotReached);
            }
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            // Its version moves even where it was sent before: a mail that fails later shall not count it as unsent.
            let next = granted.next();
            let next = match granted.delivery {
                Delivery::NotSent => Standing { delivery: Delivery::LinkMade, delivered_on: Some(today), ..next },
                Delivery::LinkMade | Delivery::Sent | Delivery::Bounced | Delivery::Opened => next,
            };
            tx.replace(&granted, &next)?;
            let (token, id) = document_links::make(tx, order.invoice)?;
            let link = Secret::new(address.url.document(token.expose()));
            tx.record(LinkMade(order.invoice, granted.customer.into()), Made(id, Some(link)))
        })
        .await?;
    link.ok_or(LinkRefused::ShownBefore)
}
