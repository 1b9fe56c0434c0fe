//! What step 13 does that no script can: tokens get their keyed indexes, and rows that let somebody in their vouchers. What
//! step 18 does for [`people`], step 19 for [`records`] and step 24 for what is [`held`] stands in files of their own.
//!
//! Step 13 runs once, in the transaction of its step. Places of people are held against the log, which says what the program
//! last wrote of each; one that does not fit is left without a voucher, and is no place any more. The log itself is believed
//! as far as it was signed, and not at all where it is not the one that was: then no place fits. Keys and links are in
//! no log, so they are taken as they stand at this moment (docs/decisions/0012-vouchers.md). What was vouched for is
//! recorded in the installation's log, and where that says it was done before, it is not done again.

use crate::check::{self, Written};
use crate::engine::Connection;
use crate::keyring::{BookKeys, Which, no_key};
use crate::log::append::{Entry, append};
use crate::log::leaf::{Leaf, Outcome};
use crate::migrate::Hands;
use crate::stored::{Aggregate, Table, digest, encoded};
use crate::{Column, Fault, Row, Value, values};
use coffer_kernel::{Action, BusinessId, SubjectId, TypedId};
use coffer_keys::{BusinessKeys, Place, TokenHash};

mod heads;
mod held;
mod people;
mod records;

/// The step this belongs to.
const STEP: &str = "0013-vouchers";

/// Before steps that build on the log: looks whether each log is the one that was signed here.
pub(crate) fn before(
    link: &mut dyn Connection,
    mut steps: impl Iterator<Item = &'static str>,
    hands: &Hands<'_>,
) -> Result<(), Fault> {
    const BUILDING: [&str; 4] = [STEP, people::STEP, records::STEP, held::STEP];
    if steps.any(|step| BUILDING.contains(&step)) { heads::look(link, hands) } else { Ok(()) }
}

/// Does what belongs to this step.
pub(crate) fn after(link: &mut dyn Connection, step: &str, hands: &Hands<'_>) -> Result<(), Fault> {
    match step {
        STEP => for_what_stands(link, hands),
        people::STEP => people::for_those_that_stand(link, hands),
        records::STEP => records::sign_what_stands(link, hands),
        held::STEP => held::keep_what_stands(link, hands),
        _ => Ok(()),
    }
}

mod sql {
    pub(super) const BUSINESSES: &str = "SELECT business FROM business_directory ORDER BY business";
    pub(super) const LEAVES: &str =
        "SELECT seq, leaf FROM log_record WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
    pub(super) const MEMBERS: &str =
        "SELECT business, id, version, role, since, ended_at FROM membership WHERE business = $1 ORDER BY id";
    pub(super) const MEMBER: &str = "UPDATE membership SET voucher = $3 WHERE business = $1 AND id = $2";
}

/// A table of rows that are found by a token: the first column is its hash, the last one when the row was over.
struct Found {
    table: &'static str,
    select: &'static str,
    update: &'static str,
}

const FOUND: &[Found] = &[
    Found {
        table: "api_key",
        select: "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, revoked_at FROM api_key",
        update: "UPDATE api_key SET hash = $2, voucher = $3 WHERE hash = $1",
    },
    Found {
        table: "entry_link",
        select: "SELECT hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, ended_at FROM entry_link",
        update: "UPDATE entry_link SET hash = $2, voucher = $3 WHERE hash = $1",
    },
    Found {
        table: "document_link",
        select: "SELECT hash, id, business, invoice, made_at, expires_at, made_by, revoked_at FROM document_link",
        update: "UPDATE document_link SET hash = $2, voucher = $3 WHERE hash = $1",
    },
];

/// As places of people stood in the log before this step.
static PLACES: Aggregate = Aggregate {
    root: Table { name: "membership", insert: "", replace: "", select: "" },
    parts: &[],
    held: false,
    lets_in: true,
    all: "",
};

const DETAIL: Column = Column::other("log_detail", "sealed");

/// Vouches for what stands, where these are books that somebody founded.
fn for_what_stands(link: &mut dyn Connection, hands: &Hands<'_>) -> Result<(), Fault> {
    let Some(installation) = hands.keyring.book(link, BusinessId::INSTALLATION)? else { return Ok(()) };
    // Its rows are vouched for since it was founded, or since this was done.
    let vouched = |leaf: &Leaf| leaf.what == VOUCHED || (leaf.what == "installation.founded" && leaf.detail.is_some());
    if says(link, &installation, &vouched)? {
        return Err(Fault::Corrupt { table: "schema_step", column: "number", row: STEP.to_owned() });
    }
    let mut rows = 0;
    for found in FOUND {
        rows += tokens(link, &installation.keys, found)?;
    }
    let (mut places, mut left, mut altered) = (0, 0, 0);
    for business in link.query(sql::BUSINESSES, &[])? {
        let business: BusinessId = business.id(0)?;
        let Some(book) = hands.keyring.book(link, business)? else { continue };
        let believed = check::believed(link, &book)?;
        altered += i32::from(believed.is_none());
        let (fit, misfit) = members(link, &installation.keys, &book, &believed.unwrap_or_default())?;
        places += fit;
        left += misfit;
    }
    let said = format!(r#"{{"rows":{rows},"places":{places},"left":{left},"logs_altered":{altered}}}"#);
    note(link, hands, &installation, (VOUCHED, &said))
}

/// Whether the installation's log has a record that says so.
fn says(link: &mut dyn Connection, installation: &BookKeys, so: &dyn Fn(&Leaf) -> bool) -> Result<bool, Fault> {
    let mut next = 0_i64;
    loop {
        let page = link.query(sql::LEAVES, &values![installation.business.bytes(), next])?;
        let Some(last) = page.last() else { return Ok(false) };
        next = last.get::<i64>(0)? + 1;
        for row in page {
            if Leaf::from_bytes(&row.get::<Vec<u8>>(1)?).is_some_and(|leaf| so(&leaf)) {
                return Ok(true);
            }
        }
    }
}

fn tokens(link: &mut dyn Connection, keys: &BusinessKeys, found: &Found) -> Result<u64, Fault> {
    let mut count = 0;
    for Row(cells) in link.query(found.select, &[])? {
        let corrupt = || Fault::Corrupt { table: found.table, column: "hash", row: String::new() };
        let (hash, mut grant) = cells.split_first().ok_or_else(corrupt)?;
        let (over, rest) = grant.split_last().ok_or_else(corrupt)?;
        grant = rest;
        let Value::Bytes(old) = hash else { return Err(corrupt()) };
        let old_hash = TokenHash(old.as_slice().try_into().map_err(|_| corrupt())?);
        let index = keys.token_index(&old_hash);
        let mut granted = values![index];
        granted.extend_from_slice(grant);
        let voucher = (*over == Value::Null).then(|| keys.voucher(found.table, &encoded(&granted)).to_vec());
        count += u64::from(voucher.is_some());
        link.execute(found.update, &values![old.as_slice(), index, voucher])?;
    }
    Ok(count)
}

/// How many places of people fit what the log says of them, and how many do not.
fn members(
    link: &mut dyn Connection,
    keys: &BusinessKeys,
    book: &BookKeys,
    written: &Written,
) -> Result<(u64, u64), Fault> {
    let (mut fit, mut misfit) = (0, 0);
    for row in link.query(sql::MEMBERS, &values![book.business.bytes()])? {
        let id: [u8; 16] = row.get(1)?;
        let stands = digest(&book.keys, &PLACES, row.cells(), &[]);
        let recorded = written.get(PLACES.root.name, id);
        if recorded.is_none_or(|(_, digest)| *digest != stands) {
            misfit += 1;
            continue;
        }
        fit += 1;
        let voucher = keys.voucher(PLACES.root.name, &encoded(row.cells())).to_vec();
        link.execute(sql::MEMBER, &values![book.business.bytes(), id, voucher])?;
    }
    Ok((fit, misfit))
}

/// What the record of it is called.
const VOUCHED: &str = "rows.vouched";

/// Records in these books what was vouched for.
fn note(
    link: &mut dyn Connection,
    hands: &Hands<'_>,
    book: &BookKeys,
    (what, said): (&str, &str),
) -> Result<(), Fault> {
    let (entropy, at) = (hands.world.entropy.as_ref(), hands.world.clock.now());
    let mut id = [0; 16];
    entropy.fill(&mut id);
    let subject = SubjectId::from(book.business);
    let place = Place { business: book.business.as_bytes(), table: DETAIL.table, column: DETAIL.name, row: &id };
    let key = book.fetch(link, (subject, DETAIL.class, Which::Newest))?.ok_or_else(|| no_key(subject, DETAIL.class))?;
    let sealed = key.seal(&place, said.as_bytes(), entropy);
    let entry = Entry {
        id,
        by: "system:store.vouch".to_owned(),
        action: Action::ResumeCaller.code(),
        out: Outcome::Done,
        what: what.to_owned(),
        about: None,
        times: 1,
        rows: Vec::new(),
        opened: None,
        subject,
        sealed: Some(sealed),
    };
    append(link, book, at, vec![entry]).map(drop)
}
