//! Printing an issued invoice once and for all: what is kept then is what every reader gets.

use crate::{Language, Look, Paper, Pay, Printer, RENDERER, TYPESETTER};
use coffer_billing::delivery::rendition::{self, RecordRefused, RecordRendition};
use coffer_kernel::{Actor, InvoiceId};
use coffer_store::{Books, Refused, Room, refusals};
use std::sync::{Arc, LazyLock};

/// Where documents are set: two at once, each of them up to 300 MB for a moment, and a few more waiting.
static PRESSES: LazyLock<Room> = LazyLock::new(|| Room::new(2, 16));

refusals! {
    /// Why there is no document.
    pub enum KeepRefused {
        /// No typesetter can set it.
        NotPrintable => Invalid, "document.not_printable", "This document could not be printed. Remove unusual signs from its texts, then try again.";
        /// Nothing was issued that it could show.
        NotIssued => Conflict, "invoice.draft", "Only issued invoices are printed for good.";
        /// It is too large to be kept.
        TooLarge => Invalid, "rendition.too_large", "This document is larger than 4 MiB. Shorten its texts, then print it again.";
    }
}

impl From<RecordRefused> for KeepRefused {
    fn from(refused: RecordRefused) -> Self {
        match refused {
            RecordRefused::NotIssued => Self::NotIssued,
            RecordRefused::TooLarge => Self::TooLarge,
            RecordRefused::Store(refused) => Self::Store(refused),
        }
    }
}

/// Makes sure that a document of this invoice is kept: where none is, it is printed and recorded now.
///
/// # Errors
/// [`KeepRefused`].
pub async fn keep(
    printer: &Arc<Printer>,
    books: &Books,
    system: &Actor,
    invoice: InvoiceId,
) -> Result<(), KeepRefused> {
    if rendition::is_kept(books, system, invoice).await? {
        return Ok(());
    }
    let manuscript = rendition::manuscript(books, system, invoice).await?;
    let content = set(printer, move |printer| {
        let issued = &manuscript.issued;
        let pay = manuscript.account.clone().map(|account| Pay { account, reference: issued.number_text.clone() });
        let language = Language::of_tag(&manuscript.language);
        let links = manuscript.links.as_deref();
        let paper = Paper::Issued { issued, pay: pay.as_ref(), links, language };
        printer.print(&paper, Look::of(&manuscript.letterhead))
    });
    let (renderer, printer) = (RENDERER, TYPESETTER.to_owned());
    let order = RecordRendition { invoice, renderer, printer, content: content.await? };
    Ok(rendition::record(books, system, order).await?)
}

/// Does on a thread apart what takes a processor for long, a few at once.
///
/// # Errors
/// [`Refused::Busy`] where too many wait; another where it gave up.
pub(crate) async fn at_a_press<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    PRESSES.apart(work).await
}

/// Sets a document on a thread apart, a few at once.
///
/// # Errors
/// [`KeepRefused::NotPrintable`]; [`Refused::Busy`] where too many wait already.
pub async fn set(
    printer: &Arc<Printer>,
    work: impl FnOnce(&Printer) -> Result<crate::Printed, crate::PrintRefused> + Send + 'static,
) -> Result<Vec<u8>, KeepRefused> {
    let printer = Arc::clone(printer);
    let printed = match PRESSES.apart(move || work(&printer)).await {
        // The caller learns what to do; the operator which part gave up.
        Ok(printed) => printed.inspect_err(|why| tracing::error!(%why, "a document could not be printed")).ok(),
        Err(Refused::Busy) => return Err(Refused::Busy.into()),
        Err(_) => None,
    };
    Ok(printed.ok_or(KeepRefused::NotPrintable)?.pdf)
}
