//! Before a letter leaves: the books say so, and its link is made. What comes next cannot be taken back.

use super::record::arrived;
use super::{Letter, State, sql};
use crate::business;
use crate::delivery::rendition;
use crate::delivery::settings::{self, MailParticulars};
use crate::invoices::{self, Invoice};
use crate::settlement::{Delivery, Standing};
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, DeliveryId, InvoiceId, Permit, SubjectId, Timestamp, TypedId};
use coffer_keys::Secret;
use coffer_store::{Books, Claimed, Event, Order, Recorded, Refused, Tx, refusals};

/// A letter that a worker claimed.
#[derive(Debug, Clone)]
pub struct Leave {
    /// The work.
    pub claimed: Claimed,
    /// Whether the document it leads to can be printed.
    pub printable: bool,
}

impl Order for Leave {
    const ACTION: Action = Action::RecordDelivery;
}

refusals! {
    /// Why a letter does not leave yet.
    pub enum LeaveRefused {
        /// What it leads to is not there.
        NotPrinted => Conflict, "document.not_printed", "The document is not printed yet; nothing leaves before it is.";
    }
}

/// What a letter is made of, with what it takes to hand it over.
pub struct Parcel {
    /// The letter's id.
    pub letter: DeliveryId,
    /// Whose invoice it is.
    pub seller: String,
    /// Where replies go.
    pub reply_to: Option<String>,
    /// The invoice's number.
    pub number: String,
    /// The link to it.
    pub link: Secret<String>,
    /// The one address it goes to.
    pub recipient: String,
    /// The language.
    pub language: String,
    /// The seller's own words.
    pub words: Option<String>,
    /// When it was sent by whoever sent it.
    pub made_at: Timestamp,
    /// Where it is handed over.
    pub mail: MailParticulars,
    /// The password for that.
    pub password: Option<Secret<String>>,
}

/// What is to be done with a claimed letter.
pub enum Leaving {
    /// It is to be handed over now, and what became of it recorded.
    Now(Box<Parcel>),
    /// Nothing: it ended otherwise.
    Not(State),
}

pub(super) struct LetterLeaving {
    invoice: InvoiceId,
    subject: SubjectId,
    detail: String,
}

impl LetterLeaving {
    pub(super) fn of(letter: &Letter) -> Self {
        let detail =
            serde_json::json!({ "letter": letter.id, "state": letter.state.code(), "problem": letter.problem });
        Self { invoice: letter.invoice, subject: letter.customer.into(), detail: detail.to_string() }
    }
}

impl Event for LetterLeaving {
    const NAME: &'static str = "invoice.letter_leaving";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.invoice.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.subject)
    }
    fn detail(&self) -> Option<String> {
        Some(self.detail.clone())
    }
}

/// Lets a claimed letter leave, or says why it does not.
///
/// # Errors
/// [`LeaveRefused`]; [`Refused::Stale`] where the claim has passed to somebody else.
pub async fn leave(books: &Books, system: &Actor, order: Leave) -> Result<Leaving, LeaveRefused> {
    books
        .transact(system, order, |tx, permit, order| {
            tx.hold(&order.claimed)?;
            let id = DeliveryId::from_bytes(order.claimed.about.ok_or(Refused::NotFound)?);
            let invoice = sql::invoice_of(tx, id)?.ok_or(Refused::NotFound)?;
            // The invoice's standing first, then the letter: the same order everywhere.
            let standing = tx.lock::<Standing>(permit, invoice)?;
            let letter = tx.lock::<Letter>(permit, id)?;
            let (now, ways) = (Some(tx.now()), settings::sql::ways(tx)?);
            let ended = match letter.state {
                State::Waiting if standing.voided_on.is_some() => stopped(&letter, "invoice.void", now),
                State::Waiting if !order.printable => stopped(&letter, "document.not_printable", now),
                State::Waiting if ways.unreached => stopped(&letter, "public_url.not_reached", now),
                State::Waiting if !ways.mail => stopped(&letter, "mail.not_set_up", now),
                State::Waiting => return now_leaving(tx, permit, &standing, &letter),
                // Whoever let it leave did not live to say what became of it.
                State::Leaving => {
                    arrived(tx, &standing)?;
                    Letter { ended_at: now, ..letter.next(State::PerhapsSent) }
                }
                State::HandedOver | State::PerhapsSent | State::Refused | State::GivenUp | State::Stopped => {
                    tx.settle(&order.claimed)?;
                    return tx.record(LetterLeaving::of(&letter), Leaving::Not(letter.state));
                }
            };
            tx.replace(&letter, &ended)?;
            tx.settle(&order.claimed)?;
            tx.record(LetterLeaving::of(&ended), Leaving::Not(ended.state))
        })
        .await
}

fn stopped(letter: &Letter, problem: &str, now: Option<Timestamp>) -> Letter {
    Letter { problem: Some(problem.to_owned()), ended_at: now, ..letter.next(State::Stopped) }
}

fn now_leaving(
    tx: &mut Tx<'_>,
    permit: &Permit,
    standing: &coffer_store::Granted<Standing>,
    letter: &coffer_store::Granted<Letter>,
) -> Result<Recorded<Leaving>, LeaveRefused> {
    if !rendition::sql::is_kept(tx, letter.invoice)? {
        return Err(LeaveRefused::NotPrinted);
    }
    let Some(Invoice::Issued(issued)) = invoices::sql::find(tx, permit.scope(), letter.invoice)? else {
        return Err(Refused::NotFound.into());
    };
    // What reads it may see this one alone: both rows say whose it is, and neither is believed by itself.
    if issued.draft.customer != letter.customer {
        return Err(Refused::NotFound.into());
    }
    let settings = settings::sql::get(tx)?;
    let password = settings::sql::password(tx, &settings)?;
    let (Some(address), Some(mail)) = (settings.address, settings.mail) else {
        return Err(Refused::NotFound.into());
    };
    let business = business::sql::get(tx)?;
    let mut next = letter.next(State::Leaving);
    if standing.delivery == Delivery::NotSent {
        let today = business.date_at(tx.now());
        let sent = Standing { delivery: Delivery::Sent, delivered_on: Some(today), ..standing.next() };
        tx.replace(standing, &sent)?;
        next.standing = Some(sent.version);
    }
    let (token, link) = document_links::make(tx, letter.invoice)?;
    next.link = Some(link);
    next.attempts += 1;
    tx.replace(letter, &next)?;
    let parcel = Parcel {
        letter: next.id,
        seller: business.particulars.name,
        reply_to: business.particulars.email,
        number: issued.number_text,
        link: Secret::new(address.url.document(token.expose())),
        recipient: next.recipient.clone(),
        language: next.language.clone(),
        words: next.words.clone(),
        made_at: next.made_at,
        mail,
        password,
    };
    tx.record(LetterLeaving::of(&next), Leaving::Now(Box::new(parcel)))
}
