//! The list of all that came in, the newest first.

use super::sql::Place;
use super::{Payment, sql};
use coffer_kernel::{Action, Actor, CustomerId, Date, PaymentId, TypedId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order, Snapshot};

/// Some payments, the newest received first; of one day, those that were recorded last.
#[derive(Debug, Clone, Default)]
pub struct ListPayments {
    /// Only those.
    pub only: Option<Taken>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListPayments {
    const ACTION: Action = Action::ReadPayments;
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Taken back.
    Back,
}

impl Taken {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Back];

    /// The name in addresses and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Back => "taken_back",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|taken| taken.code() == code)
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The payments.
    pub rows: Vec<Payment>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of payments within the actor's reach, in the order of [`ListPayments`].
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListPayments) -> Result<Page, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let (list, most) = (query.filter(), cursor::size(query.most));
            let below = Place::open(snapshot, query.after.as_deref(), &list)?;
            let (rows, more) = sql::list(snapshot, permit.scope(), query, below, most)?;
            let last = rows.last().filter(|_| more).map(Place::of);
            let next = last.map(|place| cursor::seal(snapshot, entropy.as_ref(), &list, place.key()));
            Ok(Page { rows, next })
        })
        .await
}

impl ListPayments {
    /// What a cursor is bound to besides its place: never the scope, which is decided anew on each page.
    fn filter(&self) -> String {
        let customer = self.customer.map(|id| id.to_string()).unwrap_or_default();
        format!("payments {} {customer}", self.only.map(Taken::code).unwrap_or_default())
    }
}

impl Place {
    /// Where the page goes on that is asked for; above all rows, where it is the first.
    fn open(snapshot: &Snapshot<'_>, after: Option<&str>, list: &str) -> Result<Self, PageRefused> {
        let Some(key) = cursor::open::<26>(snapshot, after, list)? else {
            return Ok(Self { received_on: Date::MAX, id: PaymentId::from_bytes([0xff; 16]) });
        };
        let (day, id) = key.split_first_chunk::<10>().ok_or(PageRefused::Cursor)?;
        let received_on =
            std::str::from_utf8(day).ok().and_then(|text| text.parse().ok()).ok_or(PageRefused::Cursor)?;
        Ok(Self { received_on, id: PaymentId::from_bytes(id.try_into().map_err(|_| PageRefused::Cursor)?) })
    }

    const fn of(payment: &Payment) -> Self {
        Self { received_on: payment.received_on, id: payment.id }
    }

    /// `YYYY-MM-DD` and the id.
    fn key(self) -> [u8; 26] {
        let mut key = [0; 26];
        let (day, id) = key.split_at_mut(10);
        day.iter_mut().zip(self.received_on.to_string().bytes()).for_each(|(slot, byte)| *slot = byte);
        id.copy_from_slice(self.id.as_bytes());
        key
    }
}

#[cfg(test)]
mod tests;
