//! What step 19 does that no script can: what stands unsigned of each log is signed, because from here on nothing is that
//! lacks its mark.
//!
//! What was written in the last seconds of the program of before is taken as it stands; a log that is not the one that was
//! signed, or has marks already and something behind them that lacks one, is left as it is, and the record says so.

use super::note;
use crate::Fault;
use crate::check;
use crate::engine::Connection;
use crate::log::tree::{Unmarked, advance};
use crate::migrate::Hands;
use coffer_kernel::BusinessId;

/// The step this belongs to.
pub(super) const STEP: &str = "0019-counts";

/// What the record of it is called.
const SIGNED: &str = "records.signed";

mod sql {
    pub(super) const BUSINESSES: &str = "SELECT DISTINCT business FROM business_key ORDER BY business";
}

/// Signs each log to its end.
pub(super) fn sign_what_stands(link: &mut dyn Connection, hands: &Hands<'_>) -> Result<(), Fault> {
    let Some(installation) = hands.keyring.book(link, BusinessId::INSTALLATION)? else { return Ok(()) };
    let at = hands.world.clock.now();
    let (mut signed, mut left) = (0, 0);
    for business in link.query(sql::BUSINESSES, &[])? {
        let business: BusinessId = business.id(0)?;
        let Some(book) = hands.keyring.book(link, business)? else { continue };
        if check::believed(link, &book)?.is_none() {
            left += 1;
            continue;
        }
        loop {
            let (reached, size) = advance(link, &book, at, Unmarked::OfBefore)?;
            if reached >= size {
                break;
            }
        }
        signed += 1;
    }
    let said = format!(r#"{{"logs":{signed},"logs_altered":{left}}}"#);
    note(link, hands, &installation, (SIGNED, &said))
}
