//! Refusals in the log: the first of its kind in a minute at once, the number of its repeats when the minute is over,
//! so that nobody can flood the log by being refused. What is shown to the holder of a link is counted the same way.

use super::append::Entry;
use super::leaf::Outcome;
use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::{Fault, values};
use coffer_kernel::{Action, Actor, Entropy, SubjectId, Timestamp, TypedId};

mod sql {
    pub(super) const COUNT: &str = "INSERT INTO refusal_tally (business, window_at, tally, actor, action, code, outcome, count) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1) \
         ON CONFLICT (business, window_at, tally) DO UPDATE SET count = refusal_tally.count + 1 RETURNING count";
    pub(super) const OVER: &str = "SELECT window_at, tally, actor, action, code, count, outcome FROM refusal_tally \
         WHERE business = $1 AND window_at < $2 ORDER BY window_at, tally LIMIT 500";
    pub(super) const FORGET: &str = "DELETE FROM refusal_tally WHERE business = $1 AND window_at = $2 AND tally = $3";
}

/// The outcomes that are counted, as they stand in rows.
const REFUSED: &str = "refused";
const SHOWN: &str = "shown";

/// How long repeats are counted together, in microseconds.
const WINDOW: i64 = 60_000_000;

/// A refusal to be recorded.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) actor: Actor,
    pub(crate) action: Action,
    pub(crate) code: &'static str,
}

/// Counts a refusal; the entry for the log if it is the first of its kind in this minute.
pub(crate) fn count(
    link: &mut dyn Connection,
    book: &BookKeys,
    entropy: &dyn Entropy,
    at: Timestamp,
    refusal: &Refusal,
) -> Result<Option<Entry>, Fault> {
    let window = at.as_microsecond() - at.as_microsecond().rem_euclid(WINDOW);
    let by = refusal.actor.label();
    let origin = refusal.actor.origin().address.map(|address| address.to_string()).unwrap_or_default();
    let kind = format!("{by}\n{origin}\n{}\n{}", refusal.action.code(), refusal.code);
    let tally = book.keys.tally_hash(kind.as_bytes());
    let row = values![book.business.bytes(), window, tally, by.as_str(), refusal.action.code(), refusal.code, REFUSED];
    let count: i64 = link.query(sql::COUNT, &row)?.first().map_or(Ok(1), |row| row.get(0))?;
    let (out, what) = (Outcome::Refused, refusal.code.to_owned());
    Ok((count == 1).then(|| entry(book, entropy, (by, out), refusal.action.code(), what, 1)))
}

/// Counts that kinds of sealed data were shown to the holder of a link, known by these words; how often by now, in this
/// minute.
pub(crate) fn count_shown(
    link: &mut dyn Connection,
    book: &BookKeys,
    at: Timestamp,
    (actor, by): (&Actor, &str),
    (action, kinds): (Action, &str),
) -> Result<i64, Fault> {
    let window = at.as_microsecond() - at.as_microsecond().rem_euclid(WINDOW);
    let tally = book.keys.tally_hash(format!("shown\n{by}\n{}\n{kinds}", action.code()).as_bytes());
    let row = values![book.business.bytes(), window, tally, actor.label(), action.code(), kinds, SHOWN];
    link.query(sql::COUNT, &row)?.first().map_or(Ok(1), |row| row.get(0))
}

/// The entries for all minutes that are over, for the kinds that were repeated; their counts are forgotten.
pub(crate) fn over(
    link: &mut dyn Connection,
    book: &BookKeys,
    entropy: &dyn Entropy,
    at: Timestamp,
) -> Result<Vec<Entry>, Fault> {
    let business = book.business.bytes();
    let mut entries = Vec::new();
    for row in link.query(sql::OVER, &values![business, at.as_microsecond() - WINDOW])? {
        let (window, tally): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let (action, count): (String, i64) = (row.get(3)?, row.get(5)?);
        link.later(sql::FORGET, values![business, window, tally])?;
        let action = Action::from_code(&action).map_or("retired", Action::code);
        if count > 1 {
            let out = if row.get::<String>(6)? == SHOWN { Outcome::Shown } else { Outcome::Refused };
            entries.push(entry(book, entropy, (row.get(2)?, out), action, row.get(4)?, count));
        }
    }
    Ok(entries)
}

fn entry(
    book: &BookKeys,
    entropy: &dyn Entropy,
    (by, out): (String, Outcome),
    action: &'static str,
    what: String,
    times: i64,
) -> Entry {
    let mut id = [0; 16];
    entropy.fill(&mut id);
    Entry {
        id,
        by,
        action,
        out,
        what,
        about: None,
        times,
        rows: Vec::new(),
        opened: None,
        subject: SubjectId::from(book.business),
        sealed: None,
    }
}
