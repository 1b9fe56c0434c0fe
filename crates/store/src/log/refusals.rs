//! Refusals in the log: the first of its kind in a minute at once, the number of its repeats when the minute is over,
//! so that nobody can flood the log by being refused.

use super::append::Entry;
use super::leaf::Outcome;
use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::{Fault, values};
use coffer_kernel::{Action, Actor, Entropy, SubjectId, Timestamp, TypedId};

mod sql {
    pub(super) const COUNT: &str = "INSERT INTO refusal_tally (business, window_at, tally, actor, action, code, count) \
         VALUES ($1, $2, $3, $4, $5, $6, 1) \
         ON CONFLICT (business, window_at, tally) DO UPDATE SET count = refusal_tally.count + 1 RETURNING count";
    pub(super) const OVER: &str = "SELECT window_at, tally, actor, action, code, count FROM refusal_tally \
         WHERE business = $1 AND window_at < $2 ORDER BY window_at, tally LIMIT 500";
    pub(super) const FORGET: &str = "DELETE FROM refusal_tally WHERE business = $1 AND window_at = $2 AND tally = $3";
}

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
    let row = values![book.business.bytes(), window, tally, by.as_str(), refusal.action.code(), refusal.code];
    let count: i64 = link.query(sql::COUNT, &row)?.first().map_or(Ok(1), |row| row.get(0))?;
    Ok((count == 1).then(|| entry(book, entropy, by, refusal.action.code(), refusal.code.to_owned(), 1)))
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
            entries.push(entry(book, entropy, row.get(2)?, action, row.get(4)?, count));
        }
    }
    Ok(entries)
}

fn entry(book: &BookKeys, entropy: &dyn Entropy, by: String, action: &'static str, what: String, times: i64) -> Entry {
    let mut id = [0; 16];
    entropy.fill(&mut id);
    Entry {
        id,
        by,
        action,
        out: Outcome::Refused,
        what,
        about: None,
        times,
        rows: Vec::new(),
        opened: None,
        subject: SubjectId::from(book.business),
        sealed: None,
    }
}
