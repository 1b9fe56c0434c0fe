//! What step 18 does that no script can: people get their vouchers.
//!
//! Each is held against the log of the installation, which says what the program last wrote of them; one that does not fit is
//! left without a voucher, and signs in no more until they are let back in at the machine. Because the log is asked, doing
//! this again would vouch for nobody who was altered meanwhile. It is asked for what was signed of it, and for nothing where
//! it is not the one that was signed: then everybody is left out, and the record says why.

use super::note;
use crate::check;
use crate::engine::Connection;
use crate::migrate::Hands;
use crate::stored::{Aggregate, Table, cells_of, digest, encoded};
use crate::{Fault, Row, Value, values};
use coffer_kernel::{BusinessId, TypedId};

/// The step this belongs to.
pub(super) const STEP: &str = "0018-people-vouched";

/// What the record of it is called.
const VOUCHED: &str = "people.vouched";

mod sql {
    pub(super) const PEOPLE: &str = "SELECT business, id, version, created_at, language, email_index, second_step, last_step, \
         password, name, email, totp, totp_pending FROM user_account WHERE business = $1 ORDER BY id";
    pub(super) const CODES: &str = "SELECT business, user_id, position, code, used_at FROM spare_code \
         WHERE business = $1 AND user_id = $2 ORDER BY position";
    pub(super) const VOUCH: &str = "UPDATE user_account SET voucher = $3 WHERE business = $1 AND id = $2";
}

/// As people stood in the log before this step.
static PEOPLE: Aggregate = Aggregate {
    root: Table { name: "user_account", insert: "", replace: "", select: "" },
    parts: &[Table { name: "spare_code", insert: "", replace: "", select: "" }],
    held: false,
    lets_in: true,
    all: "",
};

/// Vouches for everybody whose row and codes are as they were last recorded.
pub(super) fn for_those_that_stand(link: &mut dyn Connection, hands: &Hands<'_>) -> Result<(), Fault> {
    let Some(book) = hands.keyring.book(link, BusinessId::INSTALLATION)? else { return Ok(()) };
    let believed = check::believed(link, &book)?;
    let altered = believed.is_none();
    let written = believed.unwrap_or_default();
    let (mut people, mut left) = (0, 0);
    for person in link.query(sql::PEOPLE, &values![book.business.bytes()])? {
        let id: [u8; 16] = person.get(1)?;
        let codes = link.query(sql::CODES, &values![book.business.bytes(), id])?;
        let stands = digest(&book.keys, &PEOPLE, person.cells(), &[cells_of(&codes)]);
        let recorded = written.get(PEOPLE.root.name, id);
        if recorded.is_none_or(|(_, digest)| *digest != stands) {
            left += 1;
            continue;
        }
        people += 1;
        let grant: Vec<Value> = [&person].into_iter().chain(&codes).flat_map(Row::cells).cloned().collect();
        let voucher = book.keys.voucher(PEOPLE.root.name, &encoded(&grant)).to_vec();
        link.execute(sql::VOUCH, &values![book.business.bytes(), id, voucher])?;
    }
    let said = format!(r#"{{"people":{people},"left":{left},"log_altered":{altered}}}"#);
    note(link, hands, &book, (VOUCHED, &said))
}
