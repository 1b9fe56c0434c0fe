//! Changing an item. What was drafted or issued with it stays as it was.

use super::add::check;
use super::{AddRefused, Item, Particulars};
use coffer_kernel::{Action, Actor, ItemId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// An item as it shall be from now on.
#[derive(Debug, Clone)]
pub struct ReviseItem {
    /// Which.
    pub item: ItemId,
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
    /// What is said of it; its currency as before where it is not said.
    pub particulars: Particulars,
}

impl Order for ReviseItem {
    const ACTION: Action = Action::ReviseItem;
}

/// Why an item stays as it is: as when adding one.
pub type ReviseRefused = AddRefused;

struct ItemRevised(ItemId);

impl Event for ItemRevised {
    const NAME: &'static str = "item.revised";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Changes an item.
///
/// # Errors
/// [`ReviseRefused`]; nothing is written then.
pub async fn revise(books: &Books, actor: &Actor, order: ReviseItem) -> Result<Item, ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            check(&order.particulars)?;
            let granted = tx.lock::<Item>(permit, order.item)?;
            if order.version.is_some_and(|version| version != granted.version) {
                return Err(Refused::Stale.into());
            }
            if granted.retired_at.is_some() {
                return Err(AddRefused::Retired);
            }
            let currency = order.particulars.currency.unwrap_or(granted.currency);
            let next = Item {
                version: granted.version + 1,
                particulars: Particulars { currency: Some(currency), ..order.particulars.clone() },
                currency,
                ..(*granted).clone()
            };
            tx.replace(&granted, &next)?;
            tx.record(ItemRevised(next.id), next)
        })
        .await
}
