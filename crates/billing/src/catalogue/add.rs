//! Adding to the catalogue.

use super::{Item, Particulars, sql};
use crate::business;
use crate::invoices::rate_fits;
use crate::text::{self, LONG, SHORT, Unfit};
use coffer_kernel::money::Decimal;
use coffer_kernel::{Action, Actor, ItemId, Permit, Pointer, Reason, Refusals, Refuse, TypedId};
use coffer_store::{Books, Event, Fault, Once, Order, Recall, Refused, Tx};

/// Something to be sold.
#[derive(Debug, Clone)]
pub struct AddItem {
    /// What is said of it.
    pub particulars: Particulars,
}

impl Order for AddItem {
    const ACTION: Action = Action::AddItem;
}

/// Why the catalogue stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddRefused {
    /// There is no name.
    Nameless,
    /// The unit is not a code.
    Unit,
    /// The price is below nothing.
    Price,
    /// The category does not have this rate.
    Rate(&'static str),
    /// It is offered no more.
    Retired,
    /// A text is too long, or holds what must not be kept.
    Text(Unfit),
    /// What the store answers to any order.
    Store(Refused),
}

impl std::fmt::Display for AddRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nameless => "An item needs words for what it is: they stand on the line.",
            Self::Unit => "A unit is a code of UN/ECE recommendation 20, e.g. C62 for a piece, HUR for an hour.",
            Self::Price => "A price is never negative. Bill a negative quantity instead.",
            Self::Rate(detail) => detail,
            Self::Retired => "This item was retired. Add it anew to sell it again.",
            Self::Text(unfit) => return unfit.fmt(f),
            Self::Store(refused) => return refused.fmt(f),
        })
    }
}

impl std::error::Error for AddRefused {}

impl Refuse for AddRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Nameless => "item.name_missing",
            Self::Unit => "item.unit_unfit",
            Self::Price => "item.price_unfit",
            Self::Rate(_) => "item.rate_unfit",
            Self::Retired => "item.retired",
            Self::Text(unfit) => unfit.code(),
            Self::Store(refused) => refused.code(),
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::Retired => Reason::Conflict,
            Self::Store(refused) => refused.reason(),
            Self::Nameless | Self::Unit | Self::Price | Self::Rate(_) | Self::Text(_) => Reason::Invalid,
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        let pointer = match self {
            Self::Nameless => "/name",
            Self::Unit => "/unit",
            Self::Price => "/net_price",
            Self::Rate(_) => "/rate",
            Self::Text(unfit) => return unfit.pointers(),
            Self::Retired | Self::Store(_) => return Vec::new(),
        };
        vec![Pointer::new(pointer, self.code(), self.to_string())]
    }
}

impl Refusals for AddRefused {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        let own = [
            ("item.name_missing", Reason::Invalid, "An item needs a name."),
            ("item.unit_unfit", Reason::Invalid, "This is not a unit."),
            ("item.price_unfit", Reason::Invalid, "This price cannot be billed."),
            ("item.rate_unfit", Reason::Invalid, "This rate does not fit its category."),
            ("item.retired", Reason::Conflict, "The item was retired."),
        ];
        [Unfit::all(), own.to_vec()].concat()
    }
}

impl From<Unfit> for AddRefused {
    fn from(unfit: Unfit) -> Self {
        Self::Text(unfit)
    }
}

impl From<Refused> for AddRefused {
    fn from(refused: Refused) -> Self {
        Self::Store(refused)
    }
}

impl From<Fault> for AddRefused {
    fn from(fault: Fault) -> Self {
        Self::Store(fault.into())
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
    text::check("/name", &particulars.name, SHORT)?;
    text::check("/description", particulars.description.as_deref().unwrap_or_default(), LONG)?;
    let unit = &particulars.unit;
    if !(1..=3).contains(&unit.len()) || !unit.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(AddRefused::Unit);
    }
    if particulars.net_price.get() < Decimal::ZERO {
        return Err(AddRefused::Price);
    }
    let (fits, detail) = rate_fits(particulars.category, particulars.rate.get());
    if fits { Ok(()) } else { Err(AddRefused::Rate(detail)) }
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
