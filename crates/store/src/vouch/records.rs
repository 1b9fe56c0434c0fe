//! What step 19 does that no script can: what stands unsigned of each log is signed, because from here on nothing is that
//! lacks its mark.
//!
//! What was written in the last seconds of the program of before is taken as it stands; a log of which nothing was ever signed,
//! that is not the one that was signed, or has marks already and something behind them that lacks one, is left as it is, and the
//! record says so. It is done once: where the installation's log says that it was, or was begun with marks, the books do not open.

use super::{note, says};
use crate::Fault;
use crate::check;
use crate::engine::Connection;
use crate::log::kept::Kept;
use crate::log::leaf::Leaf;
use crate::log::tree::{Unmarked, advance, head};
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
    if says(link, &installation, &|leaf| leaf.what == SIGNED || begun_with_marks(leaf))? {
        return Err(Fault::Corrupt { table: "schema_step", column: "number", row: STEP.to_owned() });
    }
    let at = hands.world.clock.now();
    // Whoever could put a log of their own in the place of the installation's could hide there that this was done.
    let known = head(link, &installation)?.size > 0 && check::believed(link, &installation)?.is_some();
    let (mut signed, mut left) = (0, 0);
    for business in link.query(sql::BUSINESSES, &[])? {
        let business: BusinessId = business.id(0)?;
        let Some(book) = hands.keyring.book(link, business)? else { continue };
        if !known || head(link, &book)?.size == 0 || check::believed(link, &book)?.is_none() {
            left += 1;
            continue;
        }
        loop {
            // Nothing is kept of logs of before there were marks.
            let grown = advance(link, &book, at, Unmarked::OfBefore, &Kept::NONE)?;
            if grown.reached >= grown.size {
                break;
            }
        }
        signed += 1;
    }
    let said = format!(r#"{{"logs":{signed},"logs_altered":{left}}}"#);
    note(link, hands, &installation, (SIGNED, &said))
}

/// Whether an installation was founded by a program that gave each record its mark.
fn begun_with_marks(leaf: &Leaf) -> bool {
    leaf.what == "installation.founded" && leaf.detail.is_some() && leaf.mark.is_some()
}
