//! Taking back a payment that was recorded: another entry, never a removal.

use super::events::{PaymentRecorded, PaymentReversed};
use super::record::{post, post_counted};
use super::{Allocation, Payment, sql};
use crate::business;
use crate::settlement::Standing;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, PaymentId, Permit};
use coffer_store::{Books, Fault, Granted, Order, Refused, Tx, refusals};

/// A payment to be taken back.
#[derive(Debug, Clone, Copy)]
pub struct ReversePayment {
    /// Which.
    pub payment: PaymentId,
}

impl Order for ReversePayment {
    const ACTION: Action = Action::ReversePayment;
}

refusals! {
    /// Why a payment stays.
    pub enum ReverseRefused {
        /// It was taken back before.
        Reversed => Conflict, "payment.reversed", "This payment was taken back already.";
    }
}

/// Takes back a payment: what it counted on is open again, as far as no other payment on it has something left.
///
/// # Errors
/// [`ReverseRefused`].
pub async fn reverse(books: &Books, actor: &Actor, order: ReversePayment) -> Result<Payment, ReverseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let found = sql::find(tx, permit.scope(), order.payment)?.ok_or(Refused::NotFound)?;
            // The standing owns the limit and is locked before any payment on it, so that two never wait for each other.
            let standing =
                found.allocations.first().map(|part| tx.lock::<Standing>(permit, part.invoice)).transpose()?;
            let granted = tx.lock::<Payment>(permit, order.payment)?;
            if granted.reversed_on.is_some() {
                return Err(ReverseRefused::Reversed);
            }
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            let next = Payment { version: granted.version + 1, reversed_on: Some(today), ..(*granted).clone() };
            post(tx, &next, -1)?;
            tx.replace(&granted, &next)?;
            if let Some(standing) = standing {
                take_off(tx, permit, &standing, &next)?;
            }
            tx.record(PaymentReversed(PaymentRecorded::of(&next)), next)
        })
        .await
}

/// Takes a payment off the invoice whose standing is locked, then lets what others paid too much count in its place.
fn take_off(
    tx: &mut Tx<'_>,
    permit: &Permit,
    standing: &Granted<Standing>,
    gone: &Payment,
) -> Result<(), ReverseRefused> {
    let mistake = |_| Fault::Misuse("what was counted can be taken back");
    let mut open = standing.open.plus(gone.counted()).map_err(mistake)?;
    let mut over = standing.over.minus(gone.surplus()).map_err(mistake)?;
    for id in sql::with_surplus(tx, permit.scope(), standing.invoice)? {
        if open.minor() <= 0 || over.minor() <= 0 {
            break;
        }
        let granted = tx.lock::<Payment>(permit, id)?;
        let more = Money::new(granted.surplus().minor().min(open.minor()), open.currency());
        let counted = granted.counted().plus(more).map_err(mistake)?;
        let allocations = vec![Allocation { invoice: standing.invoice, amount: counted }];
        let next = Payment { version: granted.version + 1, allocations, ..(*granted).clone() };
        post_counted(tx, &next, more, gone.reversed_on.unwrap_or(next.received_on))?;
        tx.replace(&granted, &next)?;
        open = open.minus(more).map_err(mistake)?;
        over = over.minus(more).map_err(mistake)?;
    }
    Ok(tx.replace(standing, &Standing { open, over, ..standing.next() })?)
}
