//! Retiring an item: it is offered no more. It stays, so that its history can be read.

use super::Item;
use coffer_kernel::{Action, Actor, ItemId, TypedId};
use coffer_store::{Books, Event, Order, refusals};

/// An item to be retired.
#[derive(Debug, Clone, Copy)]
pub struct RetireItem {
    /// Which.
    pub item: ItemId,
}

impl Order for RetireItem {
    const ACTION: Action = Action::ReviseItem;
}

refusals! {
    /// Why an item stays in the catalogue.
    pub enum RetireRefused {
        /// It was retired before.
        Retired => Conflict, "item.retired", "This item was retired already.";
    }
}

struct ItemRetired(ItemId);

impl Event for ItemRetired {
    const NAME: &'static str = "item.retired";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Retires an item.
///
/// # Errors
/// [`RetireRefused`]; nothing is written then.
pub async fn retire(books: &Books, actor: &Actor, order: RetireItem) -> Result<Item, RetireRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Item>(permit, order.item)?;
            if granted.retired_at.is_some() {
                return Err(RetireRefused::Retired);
            }
            let next = Item { version: granted.version + 1, retired_at: Some(tx.now()), ..(*granted).clone() };
            tx.replace(&granted, &next)?;
            tx.record(ItemRetired(next.id), next)
        })
        .await
}
