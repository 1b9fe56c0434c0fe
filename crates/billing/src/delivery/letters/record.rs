//! What became of a letter that left.

use super::model::again_after;
use super::{Letter, State, sql};
use crate::business;
use crate::settlement::{Delivery, Standing};
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, DeliveryId, InvoiceId, SubjectId, Timestamp, TypedId};
use coffer_store::{Books, Claimed, Event, Granted, Order, Refused, Tx};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it.
    HandedOver,
    /// It was told everything, and no answer came: it may have taken it.
    Unanswered(Unsent),
    /// It was not taken, for now.
    NotNow(Unsent),
    /// It will never be taken.
    Never(Unsent),
}

/// What went wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsent {
    /// A code.
    pub problem: String,
    /// The mail server's reply code, where it said one.
    pub reply: Option<i64>,
    /// What it said with it.
    pub said: Option<String>,
}

/// The outcome of a claimed letter.
#[derive(Debug, Clone)]
pub struct RecordDelivery {
    /// The work.
    pub claimed: Claimed,
    /// What became of it.
    pub outcome: Outcome,
}

impl Order for RecordDelivery {
    const ACTION: Action = Action::RecordDelivery;
}

struct DeliveryRecorded {
    invoice: InvoiceId,
    subject: SubjectId,
    detail: String,
}

impl Event for DeliveryRecorded {
    const NAME: &'static str = "invoice.delivery_recorded";
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

/// Records what became of a letter: it ended, or it waits to be tried again.
///
/// # Errors
/// [`Refused::Stale`] where the claim has passed to somebody else, or the letter is not leaving.
pub async fn record(books: &Books, system: &Actor, order: RecordDelivery) -> Result<Letter, Refused> {
    books
        .transact(system, order, |tx, permit, order| {
            let id = DeliveryId::from_bytes(order.claimed.about.ok_or(Refused::NotFound)?);
            let invoice = sql::invoice_of(tx, id)?.ok_or(Refused::NotFound)?;
            let standing = tx.lock::<Standing>(permit, invoice)?;
            let letter = tx.lock::<Letter>(permit, id)?;
            if letter.state != State::Leaving {
                return Err(Refused::Stale);
            }
            let next = decided(&letter, &order.outcome, tx.now());
            if next.state == State::Waiting {
                tx.put_off(&order.claimed, next.due_at, next.problem.as_deref().unwrap_or_default())?;
            } else {
                tx.settle(&order.claimed)?;
            }
            let may_be_there = matches!(next.state, State::HandedOver | State::PerhapsSent);
            let next = if may_be_there { next } else { brought_back(tx, &standing, next)? };
            if may_be_there {
                arrived(tx, &standing)?;
            }
            tx.replace(&letter, &next)?;
            let detail = serde_json::json!({
                "letter": next.id, "state": next.state.code(), "problem": next.problem, "reply": next.reply,
                "attempts": next.attempts,
            });
            let (invoice, subject, detail) = (next.invoice, next.customer.into(), detail.to_string());
            tx.record(DeliveryRecorded { invoice, subject, detail }, next)
        })
        .await
}

/// The letter as it is from now on.
fn decided(letter: &Letter, outcome: &Outcome, now: Timestamp) -> Letter {
    let with = |state, unsent: &Unsent| Letter {
        problem: Some(unsent.problem.clone()),
        reply: unsent.reply,
        said: unsent.said.clone(),
        ..letter.next(state)
    };
    let ended = |letter: Letter| Letter { ended_at: Some(now), ..letter };
    match outcome {
        Outcome::HandedOver => {
            ended(Letter { problem: None, reply: None, said: None, ..letter.next(State::HandedOver) })
        }
        Outcome::Unanswered(unsent) => ended(with(State::PerhapsSent, unsent)),
        Outcome::Never(unsent) => ended(with(State::Refused, unsent)),
        Outcome::NotNow(unsent) => match again_after(letter.attempts).and_then(|pause| now.checked_add(pause).ok()) {
            Some(due_at) => Letter { due_at, ..with(State::Waiting, unsent) },
            None => ended(with(State::GivenUp, unsent)),
        },
    }
}

/// It left: what a link was made for by hand is known to be sent from now on.
pub(super) fn arrived(tx: &mut Tx<'_>, standing: &Granted<Standing>) -> Result<(), Refused> {
    if standing.delivery == Delivery::LinkMade {
        let now = tx.now();
        let today = business::sql::date_at(tx, now)?;
        let sent = Standing { delivery: Delivery::Sent, delivered_on: Some(today), ..standing.next() };
        tx.replace(standing, &sent)?;
    }
    Ok(())
}

/// It certainly did not leave: its link is taken back, and the invoice counts as unsent again, unless somebody else has
/// handed it over since.
fn brought_back(tx: &mut Tx<'_>, standing: &Granted<Standing>, letter: Letter) -> Result<Letter, Refused> {
    if let Some(link) = letter.link {
        document_links::revoke(tx, letter.invoice, link)?;
    }
    if letter.standing == Some(standing.version) && standing.delivery == Delivery::Sent {
        let unsent = Standing { delivery: Delivery::NotSent, delivered_on: None, ..standing.next() };
        tx.replace(standing, &unsent)?;
    }
    Ok(Letter { link: None, standing: None, ..letter })
}
