//! Opening a document by its link: looking at whose it is tells nothing; opening is an act of its own, and recorded.

use crate::business;
use crate::business::Account;
use crate::customers;
use crate::invoices::{self, Invoice, Issued};
use crate::letterhead::{self, Letterhead};
use crate::settlement::{self, Delivery, Standing};
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, Date, InvoiceId, LinkId, Permit, SubjectId, TypedId, Who};
use coffer_store::{Books, Event, Order, Reading, Refused};

/// The one document that the actor's link opens.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenDocument(InvoiceId, LinkId);

impl Order for OpenDocument {
    const ACTION: Action = Action::OpenDocument;
}

struct DocumentOpened(InvoiceId, SubjectId);

impl Event for DocumentOpened {
    const NAME: &'static str = "invoice.opened";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
}

/// What the holder of a link sees once they opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The invoice.
    pub issued: Issued,
    /// How it stands.
    pub standing: Standing,
    /// Where to pay to.
    pub account: Option<Account>,
    /// The language of their documents.
    pub language: String,
    /// The logo and colour of whoever sent it.
    pub letterhead: Letterhead,
    /// Today, on the seller's calendar.
    pub today: Date,
}

/// The document of an actor who holds a link; nobody else has one.
pub(super) fn of(actor: &Actor) -> Result<OpenDocument, Refused> {
    match actor.who() {
        Who::Link { document, link } => Ok(OpenDocument(*document, *link)),
        Who::Anonymous
        | Who::Setup
        | Who::Joining
        | Who::Staff { .. }
        | Who::Key { .. }
        | Who::Operator { .. }
        | Who::System { .. } => Err(Refused::NotFound),
    }
}

/// The link's document is the permit's own: an order for another one is nothing that could be found.
pub(super) fn only(permit: &Permit, order: OpenDocument) -> Result<InvoiceId, Refused> {
    of(permit.actor()).and_then(|own| if own.0 == order.0 { Ok(own.0) } else { Err(Refused::NotFound) })
}

/// Who sent the document: all that is told before it is opened.
///
/// # Errors
/// [`Refused::NotFound`] for whoever holds no link.
pub async fn sender(books: &Books, actor: &Actor) -> Result<String, Refused> {
    books
        .read(actor, of(actor)?, |snapshot, permit, order| {
            only(permit, *order)?;
            Ok(business::sql::get(snapshot)?.particulars.name)
        })
        .await
}

/// Whether the document was opened by this link: by another one tells nothing of who holds this one.
pub(super) fn is_opened(reading: &mut impl Reading, order: OpenDocument) -> Result<bool, Refused> {
    Ok(document_links::is_opened(reading, order.1)?)
}

/// Opens the document: it counts as opened from now on, and so does the link. Once more is nothing new.
///
/// # Errors
/// [`Refused::NotFound`] for whoever holds no link.
pub async fn open(books: &Books, actor: &Actor) -> Result<(), Refused> {
    let before = books.read(actor, of(actor)?, |snapshot, permit, order| {
        only(permit, *order)?;
        is_opened(snapshot, *order)
    });
    if before.await? {
        return Ok(());
    }
    books
        .transact(actor, of(actor)?, |tx, permit, order| {
            let invoice = only(permit, *order)?;
            let granted = tx.lock::<Standing>(permit, invoice)?;
            document_links::mark_opened(tx, order.1)?;
            if granted.delivery != Delivery::Opened {
                let now = tx.now();
                let today = business::sql::date_at(tx, now)?;
                let next = Standing { delivery: Delivery::Opened, delivered_on: Some(today), ..granted.next() };
                tx.replace(&granted, &next)?;
            }
            tx.record(DocumentOpened(invoice, granted.customer.into()), ())
        })
        .await
}

/// The opened document.
///
/// # Errors
/// [`Refused::NotFound`] for whoever holds no link, or before it was opened.
pub async fn opened(books: &Books, actor: &Actor) -> Result<Opened, Refused> {
    books
        .read(actor, of(actor)?, |snapshot, permit, order| {
            let id = only(permit, *order)?;
            let now = snapshot.now();
            let standing = settlement::sql::find(snapshot, permit.scope(), id)?.ok_or(Refused::NotFound)?;
            if !is_opened(snapshot, *order)? {
                return Err(Refused::NotFound);
            }
            let Some(Invoice::Issued(issued)) = invoices::sql::find(snapshot, permit.scope(), id)? else {
                return Err(Refused::NotFound);
            };
            let business = business::sql::get(snapshot)?;
            let today = business.date_at(now);
            let customer = customers::sql::find(snapshot, permit.scope(), issued.draft.customer)?;
            let account = issued.account(&business).map(|(account, _)| account);
            let language = customer.map_or(business.language, |customer| customer.language);
            let letterhead = letterhead::sql::get(snapshot)?;
            Ok(Opened { issued, standing, account, language, letterhead, today })
        })
        .await
}
