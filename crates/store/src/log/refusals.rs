//! Refusals in the log: the first of its kind in a minute at once, the number of its repeats when the minute is over,
//! so that nobody can flood the log by being refused. What is shown to the holder of a link is counted the same way.

use super::append::Entry;
use super::leaf::Outcome;
use crate::engine::Connection;
use crate::fault::hex;
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
    let (action, code) = (refusal.action.code(), refusal.code);
    let tally = tally(book, window, &format!("{by}\n{origin}\n{action}\n{code}"), [&by, action, code, REFUSED]);
    let row = values![book.business.bytes(), window, tally, by.as_str(), action, code, REFUSED];
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
    let (label, action) = (actor.label(), action.code());
    let tally = tally(book, window, &format!("shown\n{by}\n{action}\n{kinds}"), [&label, action, kinds, SHOWN]);
    let row = values![book.business.bytes(), window, tally, label, action, kinds, SHOWN];
    link.query(sql::COUNT, &row)?.first().map_or(Ok(1), |row| row.get(0))
}

/// What a row is counted under, and what says that it was begun here, with these words, in this minute. Without the key
/// nobody makes one beforehand, or one that the log would say in somebody else's name.
fn tally(book: &BookKeys, window: i64, kind: &str, words: [&str; 4]) -> Vec<u8> {
    let which = book.keys.tally_hash(format!("{window}\n{kind}").as_bytes());
    [which, mark(book, window, &which, words)].concat()
}

fn mark(book: &BookKeys, window: i64, which: &[u8], words: [&str; 4]) -> [u8; 16] {
    let lengths = words.map(str::len);
    let whole = format!("row\n{window}\n{}\n{lengths:?}\n{}", hex(which), words.concat());
    book.keys.tally_hash(whole.as_bytes())
}

/// The entries for all minutes that are over, for the kinds that were repeated; their counts are forgotten. A row that was
/// not begun here is forgotten unsaid.
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
        let (by, action, code, outcome): (String, String, String, String) =
            (row.get(2)?, row.get(3)?, row.get(4)?, row.get(6)?);
        let (which, marked) = tally.split_at_checked(16).unwrap_or_default();
        let ours = *marked == mark(book, window, which, [&by, &action, &code, &outcome]);
        link.later(sql::FORGET, values![business, window, tally])?;
        let count: i64 = row.get(5)?;
        if ours && count > 1 {
            let action = Action::from_code(&action).map_or("retired", Action::code);
            let out = if outcome == SHOWN { Outcome::Shown } else { Outcome::Refused };
            entries.push(entry(book, entropy, (by, out), action, code, count));
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
