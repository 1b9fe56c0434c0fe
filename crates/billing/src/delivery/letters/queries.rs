//! Looking at letters, and at what one would say.

use super::{Letter, State, sql};
use crate::delivery::settings::{self, Ways};
use crate::invoices::{self, Invoice};
use crate::settlement::Delivery;
use crate::{business, customers};
use coffer_kernel::{Action, Actor, DeliveryId, InvoiceId};
use coffer_store::{Books, Order, Refused};

/// How many letters of one invoice are shown.
const MOST: i64 = 50;

struct GetLetters(InvoiceId);

impl Order for GetLetters {
    const ACTION: Action = Action::ReadInvoices;
}

/// The letters about an invoice, the newest first.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such invoice within the actor's reach.
pub async fn of_invoice(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Vec<Letter>, Refused> {
    books
        .read(actor, GetLetters(invoice), |snapshot, permit, query| {
            invoices::sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)?;
            Ok(sql::of_invoice(snapshot, query.0, MOST)?)
        })
        .await
}

/// The letters about an invoice, for a page that shows more than them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Those that are what was written, the newest first.
    pub letters: Vec<Letter>,
    /// How many are not. They do not leave, and nothing in them is to be believed.
    pub altered: usize,
}

/// The letters about an invoice, the newest first; those that were altered are counted and not shown.
///
/// # Errors
/// As [`of_invoice`].
pub async fn shown(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Shown, Refused> {
    books
        .read(actor, GetLetters(invoice), |snapshot, permit, query| {
            invoices::sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)?;
            let (letters, altered) = sql::that_stand(snapshot, query.0, MOST)?;
            Ok(Shown { letters, altered })
        })
        .await
}

/// An invoice whose mail did not arrive, as far as anybody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: Option<String>,
    /// What became of its last letter.
    pub state: State,
}

/// How many of them are named.
const MOST_ASTRAY: i64 = 5;

struct FindAstray;

impl Order for FindAstray {
    const ACTION: Action = Action::ReadInvoices;
}

/// The invoices within the actor's reach whose mail did not arrive, and that nobody has handed over since.
///
/// # Errors
/// As the store's.
pub async fn astray(books: &Books, actor: &Actor) -> Result<Vec<Astray>, Refused> {
    books
        .read(actor, FindAstray, |snapshot, permit, _| {
            let mut found = Vec::new();
            for (state, delivery) in [
                (State::Refused, Delivery::NotSent),
                (State::GivenUp, Delivery::NotSent),
                (State::PerhapsSent, Delivery::Sent),
            ] {
                found.extend(sql::astray(snapshot, permit.scope(), state, delivery, MOST_ASTRAY)?);
            }
            Ok::<_, Refused>(found)
        })
        .await
}

/// What a letter would be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Whose invoice it is.
    pub seller: String,
    /// Its number.
    pub number: String,
    /// The customer's address, where one is known.
    pub recipient: Option<String>,
    /// The customer's language.
    pub language: String,
    /// By which ways it could go.
    pub ways: Ways,
}

struct PreviewLetter(InvoiceId);

impl Order for PreviewLetter {
    const ACTION: Action = Action::SendInvoice;
}

/// What a letter about this invoice would be made of.
///
/// # Errors
/// [`Refused::NotFound`] where there is no issued invoice within the actor's reach.
pub async fn preview(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Preview, Refused> {
    books
        .read(actor, PreviewLetter(invoice), |snapshot, permit, query| {
            let found = invoices::sql::find(snapshot, permit.scope(), query.0)?;
            let Some(Invoice::Issued(issued)) = found else { return Err(Refused::NotFound) };
            let customer = customers::sql::find(snapshot, permit.scope(), issued.draft.customer)?;
            let customer = customer.ok_or(Refused::NotFound)?;
            let seller = business::sql::get(snapshot)?.particulars.name;
            let ways = settings::sql::ways(snapshot)?;
            let (recipient, language) = (customer.party.email, customer.language);
            Ok(Preview { seller, number: issued.number_text, recipient, language, ways })
        })
        .await
}

struct GetInvoiceOf(DeliveryId);

impl Order for GetInvoiceOf {
    const ACTION: Action = Action::RecordDelivery;
}

/// Which invoice a letter is about, for the worker that is to hand it over.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such letter.
pub async fn invoice_of(books: &Books, system: &Actor, letter: DeliveryId) -> Result<InvoiceId, Refused> {
    books
        .read(system, GetInvoiceOf(letter), |snapshot, _, query| {
            sql::invoice_of(snapshot, query.0)?.ok_or(Refused::NotFound)
        })
        .await
}
