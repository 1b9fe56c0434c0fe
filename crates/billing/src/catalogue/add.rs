//! Adding to the catalogue.

use super::{Item, Particulars, sql};
use crate::business;
use crate::invoices::rate_fits;
use crate::text::{self, LONG, Unfit};
use coffer_kernel::money::Decimal;
use coffer_kernel::{Action, Actor, ItemId, Permit, TypedId};
use coffer_store::{Books, Event, Fault, Once, Order, Recall, Tx, refusals};

/// Something to be sold.
#[derive(Debug, Clone)]
pub struct AddItem {
    /// What is said of it.
    pub particulars: Particulars,
}

impl Order for AddItem {
    const ACTION: Action = Action::AddItem;
}

refusals! {
    /// Why the catalogue stays as it is.
    pub enum AddRefused {
        /// There is no name.
        Nameless => Invalid, "item.name_missing", "An item needs words for what it is: they stand on the line.", at "/name";
        /// The unit is not a code.
        Unit => Invalid, "item.unit_unfit", "A unit is a code of UN/ECE recommendation 20, e.g. C62 for a piece, HUR for an hour.", at "/unit";
        /// The price is below nothing.
        Price => Invalid, "item.price_unfit", "A price is never negative. Bill a negative quantity instead.", at "/net_price";
        /// The category does not have this rate.
        Rate => Invalid, "item.rate_unfit", "The standard category needs a rate above 0 and at most 100; every other one has none, so write 0.", at "/rate";
        /// It is offered no more.
        Retired => Conflict, "item.retired", "This item was retired. Add it anew to sell it again.";
        + Text(Unfit), "A text is too long, or holds what must not be kept.";
    }
}

struct ItemAdded(ItemId);

impl Event for ItemAdded {
    const NAME: &'static str = "item.added";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Adds an item.
///
/// # Errors
/// [`AddRefused`]; nothing is written then.
pub async fn add(books: &Books, actor: &Actor, once: Option<Once>, order: AddItem) -> Result<Item, AddRefused> {
    books
        .transact_once(actor, once, order, |tx, _, order| {
            check(&order.particulars)?;
            let currency = order.particulars.currency.unwrap_or(business::sql::get(tx)?.currency);
            let item = Item {
                id: ItemId::new(tx.now(), tx.entropy()),
                version: 1,
                particulars: Particulars { currency: Some(currency), ..order.particulars.clone() },
                currency,
                created_at: tx.now(),
                retired_at: None,
            };
            tx.insert(&item)?;
            tx.record(ItemAdded(item.id), item)
        })
        .await
}

/// What every item must be, whether new or changed.
pub(super) fn check(particulars: &Particulars) -> Result<(), AddRefused> {
    if particulars.name.trim().is_empty() {
        return Err(AddRefused::Nameless);
    }
    text::check_name("/name", &particulars.name)?;
    text::check_kept("/description", particulars.description.as_deref().unwrap_or_default(), LONG)?;
    let unit = &particulars.unit;
    if !(1..=3).contains(&unit.len()) || !unit.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(AddRefused::Unit);
    }
    if particulars.net_price.get() < Decimal::ZERO {
        return Err(AddRefused::Price);
    }
    let (fits, _) = rate_fits(particulars.category, particulars.rate.get());
    if fits { Ok(()) } else { Err(AddRefused::Rate) }
}

impl Recall for Item {
    const READING: Action = Action::ReadCatalogue;
    fn reference(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn recall(tx: &mut Tx<'_>, _: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        sql::find(tx, ItemId::from_bytes(reference))
    }
}
