//! Where a list by customer and currency goes on.

use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Entropy, TypedId};
use coffer_store::Snapshot;
use coffer_store::cursor::{self, PageRefused};

/// After this customer's sum in this currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) customer: CustomerId,
    /// Empty before all of them.
    pub(super) currency: String,
}

impl Place {
    pub(super) fn of(customer: CustomerId, currency: Currency) -> Self {
        Self { customer, currency: currency.code().to_owned() }
    }

    /// Where the page goes on that is asked for; before all rows, where it is the first.
    pub(super) fn open(snapshot: &Snapshot<'_>, after: Option<&str>, list: &str) -> Result<Self, PageRefused> {
        let key = cursor::open::<19>(snapshot, after, list)?.unwrap_or([0; 19]);
        let (id, currency) = key.split_first_chunk::<16>().ok_or(PageRefused::Cursor)?;
        let currency = std::str::from_utf8(currency).map_err(|_| PageRefused::Cursor)?;
        // PostgreSQL keeps no zero in a text.
        Ok(Self { customer: CustomerId::from_bytes(*id), currency: currency.trim_matches('\0').to_owned() })
    }

    /// Cuts a list that was asked for one row too many to its page; says where the next one goes on.
    pub(super) fn cut<R>(
        snapshot: &Snapshot<'_>,
        entropy: &dyn Entropy,
        list: &str,
        rows: &mut Vec<R>,
        most: u16,
        place: impl Fn(&R) -> Self,
    ) -> Option<String> {
        let more = rows.len() > usize::from(most);
        rows.truncate(most.into());
        let last = place(rows.last().filter(|_| more)?);
        let mut key = [0; 19];
        let bytes = last.customer.bytes().into_iter().chain(last.currency.bytes());
        key.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte);
        Some(cursor::seal(snapshot, entropy, list, key))
    }
}
