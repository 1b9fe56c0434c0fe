//! Sending an invoice: the letter is written down, with the work of handing it over, and leaves once that is durable.

use super::end::given_up;
use super::{Letter, SEND, State, sql};
use crate::delivery::settings::{self, Ways, could_be_address};
use crate::settlement::Standing;
use crate::text::holds_card_number;
use crate::{customers, invoices};
use coffer_kernel::text::{self, Hidden};
use coffer_kernel::{Action, Actor, DeliveryId, InvoiceId, Permit, SubjectId, TypedId};
use coffer_store::{Books, Event, Fault, Once, Order, Recall, Refused, Tx, refusals};

/// The most of one's own words, in characters.
const MOST_WORDS: usize = 2_000;

/// An invoice to be sent by mail.
#[derive(Debug, Clone)]
pub struct SendInvoice {
    /// Which.
    pub invoice: InvoiceId,
    /// To whom; the customer's own address where it is not said.
    pub recipient: Option<String>,
    /// Words of one's own that stand before the others.
    pub words: Option<String>,
}

impl Order for SendInvoice {
    const ACTION: Action = Action::SendInvoice;
}

refusals! {
    /// Why an invoice is not sent.
    pub enum SendRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: nobody should get it yet. Issue it first.";
        /// Nobody should get it.
        Void => Conflict, "invoice.void", "This invoice is void: nobody should get it.";
        /// Nothing can be sent.
        NotSetUp => Conflict, "mail.not_set_up", "No mail can leave yet: nobody set up a mail server, or the address that links begin with. Download the PDF and hand it over, or have sending set up under Settings.";
        /// Its link would lead elsewhere.
        NotReached => Conflict, "public_url.not_reached", "No link would reach the customer: this machine looked at the address that links begin with, and Coffer did not answer there. Download the PDF and hand it over, or have the address looked at again under Settings, Sending.";
        /// Nobody to send it to.
        NoRecipient => Invalid, "recipient.missing", "This customer has no e-mail address. Say one here, or add it to the customer.";
        /// Mail cannot go there.
        Recipient => Invalid, "recipient.unfit", "This is not an e-mail address. Write one, like name@example.com.";
        /// Too many words.
        Words => Invalid, "words.too_long", "Your own words have more than 2,000 characters. Shorten them.";
        /// A mail is no place for it.
        Card => Invalid, "words.card_number", "Your own words hold what looks like a card number. A mail is no place for it: take it out.";
        /// One is on its way.
        Underway => Conflict, "letter.underway", "A mail about this invoice is on its way already. Wait until it arrived or failed.";
        + Hidden(Hidden), "A sign that is not seen.";
    }
}

struct LetterWritten(InvoiceId, SubjectId, DeliveryId);

impl Event for LetterWritten {
    const NAME: &'static str = "invoice.letter_written";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
    fn detail(&self) -> Option<String> {
        Some(serde_json::json!({ "letter": self.2 }).to_string())
    }
}

impl Recall for Letter {
    const READING: Action = Action::ReadInvoices;
    fn reference(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        sql::find(tx, permit.scope(), DeliveryId::from_bytes(reference))
    }
}

/// Sends an issued invoice: its letter waits from now on, and leaves as soon as a worker takes it.
///
/// # Errors
/// [`SendRefused`]; nothing is sent then.
pub async fn send(books: &Books, actor: &Actor, once: Option<Once>, order: SendInvoice) -> Result<Letter, SendRefused> {
    books
        .transact_once(actor, once, order, |tx, permit, order| {
            let standing = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(SendRefused::Draft);
                }
                found => found?,
            };
            if standing.voided_on.is_some() {
                return Err(SendRefused::Void);
            }
            match settings::sql::ways(tx)? {
                Ways { mail: true, .. } => {}
                Ways { unreached: true, .. } => return Err(SendRefused::NotReached),
                Ways { .. } => return Err(SendRefused::NotSetUp),
            }
            let customer = customers::sql::find(tx, permit.scope(), standing.customer)?.ok_or(Refused::NotFound)?;
            let recipient = recipient(order, customer.party.email)?;
            let words = words(order)?;
            let mut last = sql::of_invoice(tx, order.invoice, 1)?.pop();
            if let Some(letter) = last.as_ref().filter(|letter| letter.state.is_underway()) {
                last = given_up(tx, permit, letter.id)?.or(last);
            }
            let letter = match last {
                Some(last) if last.state.is_underway() => return Err(SendRefused::Underway),
                Some(last) if last.state == State::PerhapsSent && last.recipient == recipient => {
                    // The same letter once more: whoever has it already shall see it as one.
                    let granted = tx.lock::<Letter>(permit, last.id)?;
                    let now = tx.now();
                    let again = Letter { words, due_at: now, ended_at: None, attempts: 0, ..last.next(State::Waiting) };
                    tx.replace(&granted, &again)?;
                    again
                }
                _ => {
                    let new = new(tx, &standing, customer.language, recipient, words);
                    tx.insert(&new)?;
                    new
                }
            };
            let due = tx.now();
            tx.enqueue(SEND, Some(letter.id.bytes()), due)?;
            tx.record(LetterWritten(letter.invoice, letter.customer.into(), letter.id), letter)
        })
        .await
}

fn new(tx: &Tx<'_>, standing: &Standing, language: String, recipient: String, words: Option<String>) -> Letter {
    let now = tx.now();
    Letter {
        id: DeliveryId::new(now, tx.entropy()),
        version: 1,
        invoice: standing.invoice,
        customer: standing.customer,
        scope: standing.scope,
        language,
        state: State::Waiting,
        made_at: now,
        due_at: now,
        ended_at: None,
        attempts: 0,
        problem: None,
        reply: None,
        said: None,
        recipient,
        words,
        link: None,
        standing: None,
    }
}

fn recipient(order: &SendInvoice, known: Option<String>) -> Result<String, SendRefused> {
    let said = order.recipient.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    text::check("/recipient", said.as_deref().unwrap_or_default())?;
    let recipient = said.or(known).ok_or(SendRefused::NoRecipient)?;
    if could_be_address(&recipient) { Ok(recipient) } else { Err(SendRefused::Recipient) }
}

fn words(order: &SendInvoice) -> Result<Option<String>, SendRefused> {
    let Some(words) = order.words.as_deref().map(|words| words.replace("\r\n", "\n")) else { return Ok(None) };
    let words: String = words.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    if words.chars().count() > MOST_WORDS {
        return Err(SendRefused::Words);
    }
    text::check("/words", &words)?;
    if holds_card_number(&words) {
        return Err(SendRefused::Card);
    }
    Ok(Some(words.trim().to_owned()).filter(|words| !words.is_empty()))
}
