//! Taking back a payment that was recorded: another entry, never a removal.

use super::Payment;
use super::events::{PaymentRecorded, PaymentReversed};
use super::record::post;
use crate::business;
use crate::settlement::Standing;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, PaymentId};
use coffer_store::{Books, Fault, Order, refusals};

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

/// Takes back a payment: what it counted on is open again.
///
/// # Errors
/// [`ReverseRefused`].
pub async fn reverse(books: &Books, actor: &Actor, order: ReversePayment) -> Result<Payment, ReverseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Payment>(permit, order.payment)?;
            if granted.reversed_on.is_some() {
                return Err(ReverseRefused::Reversed);
            }
            let counted: i64 = granted.allocations.iter().map(|part| part.amount.minor()).sum();
            let mut surplus = granted.amount.minor() - counted;
            for part in &granted.allocations {
                let standing = tx.lock::<Standing>(permit, part.invoice)?;
                let mistake = |_| Fault::Misuse("what was counted can be taken back");
                let over = Money::new(surplus.min(standing.over.minor()), part.amount.currency());
                surplus -= over.minor();
                let next = Standing {
                    open: standing.open.plus(part.amount).map_err(mistake)?,
                    over: standing.over.minus(over).map_err(mistake)?,
                    ..standing.next()
                };
                tx.replace(&standing, &next)?;
            }
            let today = business::sql::get(tx)?.date_at(tx.now());
            let next = Payment { version: granted.version + 1, reversed_on: Some(today), ..(*granted).clone() };
            post(tx, &next, -1)?;
            tx.replace(&granted, &next)?;
            tx.record(PaymentReversed(PaymentRecorded::of(&next)), next)
        })
        .await
}
