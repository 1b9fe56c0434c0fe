//! What concerns the books of every business here stands in the log of each, beside the installation's own.
//!
//! A backup carries all of a business off, a sheet opens it, a restore brings back what it was. Its own people read its own
//! history, and prove what happened from the log they export: neither would know of it from the installation's log alone.

use crate::recorded::Event;
use crate::{Books, Order, Refused};
use coffer_kernel::{Actor, BusinessId};

/// As whom one and the same caller acts in the books of a business, or of the installation.
pub type Acting<'a> = &'a (dyn Fn(BusinessId) -> Actor + Send + Sync);

impl Books {
    /// Records in the log of each business what concerns all of them.
    pub(crate) async fn tell_everybody<O, E>(&self, acting: Acting<'_>, order: O, event: E) -> Result<(), Refused>
    where
        O: Order + Clone,
        E: Event + Clone + Send + 'static,
    {
        for business in self.businesses().await? {
            if business == BusinessId::INSTALLATION {
                continue;
            }
            let (actor, event) = (acting(business), event.clone());
            self.transact(&actor, order.clone(), move |tx, _, _| tx.record::<_, _, Refused>(event.clone(), ())).await?;
        }
        Ok(())
    }
}
