//! Looking at printed documents, and at what is to be printed.

use super::{Rendition, sql};
use crate::business::{self, Account};
use crate::customers;
use crate::delivery::open::{OpenDocument, is_opened, of, only};
use crate::delivery::settings;
use crate::invoices::{self, Invoice, Issued};
use crate::letterhead::{self, Letterhead};
use crate::settlement;
use coffer_kernel::{Action, Actor, InvoiceId};
use coffer_store::{Books, Fault, Order, Reading, Refused, refusals};

refusals! {
    /// Why a document is not handed out.
    pub enum RenditionRefused {
        /// It is not what was recorded.
        Altered => Broken, "rendition.altered", "This document is not the one that was printed and recorded, so nobody gets it. Tell whoever runs Coffer: `coffer check` names it, and a backup brings it back.";
    }
}

struct LookForPrinting(InvoiceId);

impl Order for LookForPrinting {
    const ACTION: Action = Action::RecordRendition;
}

/// Whether a document of this invoice is kept.
///
/// # Errors
/// As the store's.
pub async fn is_kept(books: &Books, system: &Actor, invoice: InvoiceId) -> Result<bool, Refused> {
    books.read(system, LookForPrinting(invoice), |snapshot, _, query| Ok(sql::is_kept(snapshot, query.0)?)).await
}

/// What a document is printed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manuscript {
    /// The invoice.
    pub issued: Issued,
    /// The account that is printed on it, where one is.
    pub account: Option<Account>,
    /// The language.
    pub language: String,
    /// Logo and colour, as they are now.
    pub letterhead: Letterhead,
    /// How the links to it begin, where there are any.
    pub links: Option<String>,
}

/// What this invoice is printed from.
///
/// # Errors
/// [`Refused::NotFound`] where nothing was issued under this id.
pub async fn manuscript(books: &Books, system: &Actor, invoice: InvoiceId) -> Result<Manuscript, Refused> {
    books
        .read(system, LookForPrinting(invoice), |snapshot, permit, query| {
            let found = invoices::sql::find(snapshot, permit.scope(), query.0)?;
            let Some(Invoice::Issued(issued)) = found else { return Err(Refused::NotFound) };
            let customer = customers::sql::find(snapshot, permit.scope(), issued.draft.customer)?;
            let business = business::sql::get(snapshot)?;
            let account = issued.account(&business).filter(|(_, printed)| *printed).map(|(account, _)| account);
            let language = customer.map_or(business.language, |customer| customer.language);
            let links = settings::sql::links(snapshot)?;
            Ok(Manuscript { issued, account, language, letterhead: letterhead::sql::get(snapshot)?, links })
        })
        .await
}

struct GetRendition(InvoiceId);

impl Order for GetRendition {
    const ACTION: Action = Action::ReadInvoices;
}

/// The document that is kept of an invoice; [`None`] where none was printed yet.
///
/// # Errors
/// [`RenditionRefused::Altered`]; [`Refused::NotFound`] where there is no issued invoice within the actor's reach.
pub async fn kept(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Option<Rendition>, RenditionRefused> {
    books
        .read(actor, GetRendition(invoice), |snapshot, permit, query| {
            settlement::sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)?;
            whole(snapshot, query.0)
        })
        .await
}

/// The same, for the holder of its link, once they opened it.
///
/// # Errors
/// As [`kept`]; [`Refused::NotFound`] for whoever holds no link, or before it was opened.
pub async fn kept_for_reader(books: &Books, reader: &Actor) -> Result<Option<Rendition>, RenditionRefused> {
    books
        .read(reader, of(reader)?, |snapshot, permit, order: &OpenDocument| {
            let invoice = only(permit, *order)?;
            settlement::sql::find(snapshot, permit.scope(), invoice)?.ok_or(Refused::NotFound)?;
            if !is_opened(snapshot, *order)? {
                return Err(Refused::NotFound.into());
            }
            whole(snapshot, invoice)
        })
        .await
}

/// The document, if it is what was recorded.
fn whole(reading: &mut impl Reading, invoice: InvoiceId) -> Result<Option<Rendition>, RenditionRefused> {
    match sql::find(reading, invoice) {
        Ok(Some(rendition)) if !rendition.is_whole() => Err(RenditionRefused::Altered),
        Err(Fault::Corrupt { table: "rendition", .. }) => Err(RenditionRefused::Altered),
        found => Ok(found?),
    }
}
