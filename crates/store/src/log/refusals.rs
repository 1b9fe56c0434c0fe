//! Refusals in the log: the first of its kind in a minute at once, the number of its repeats when the minute is over,
//! so that nobody can flood the log by being refused. What is shown to the holder of a link is counted the same way.
//!
//! Counted in memory, and not in rows: a row that somebody wrote beforehand would keep a disclosure out of the log, and one
//! that was altered would be signed in somebody's name. What is lost with a process that is killed is how often something
//! was repeated in its last minutes; that it happened is in the log. Several processes count each for itself.

use super::append::Entry;
use super::leaf::Outcome;
use crate::keyring::{BookKeys, held};
use coffer_kernel::{Action, Actor, Entropy, SubjectId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// How long repeats are counted together, in microseconds.
const WINDOW: i64 = 60_000_000;
/// How many kinds are counted at once. Each of them stands in the log already; more are recorded each time.
const MOST_KINDS: usize = 100_000;

/// A refusal to be recorded.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) actor: Actor,
    pub(crate) action: Action,
    pub(crate) code: &'static str,
    /// What it was about, where that is known.
    pub(crate) about: Option<[u8; 16]>,
}

/// What is counted together: what it is known by within its minute, and what its record says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    window: i64,
    name: String,
    by: String,
    action: &'static str,
    what: String,
    about: Option<[u8; 16]>,
    shown: bool,
}

impl Kind {
    /// A refusal: the same actor from the same place, the same action on the same thing, the same reason.
    pub(crate) fn refused(at: Timestamp, refusal: &Refusal) -> Self {
        let from = refusal.actor.origin().address.map(|address| address.to_string()).unwrap_or_default();
        let (by, action) = (refusal.actor.label(), refusal.action.code());
        let (what, about) = (refusal.code.to_owned(), refusal.about);
        Self { window: window(at), name: from, by, action, what, about, shown: false }
    }

    /// Kinds of sealed data that were shown to the holder of a link, known by these words.
    pub(crate) fn shown(at: Timestamp, (actor, name): (&Actor, &str), (action, kinds): (Action, String)) -> Self {
        let (name, by) = (name.to_owned(), actor.label());
        Self { window: window(at), name, by, action: action.code(), what: kinds, about: None, shown: true }
    }

    fn entry(&self, book: &BookKeys, entropy: &dyn Entropy, times: i64) -> Entry {
        let mut id = [0; 16];
        entropy.fill(&mut id);
        Entry {
            id,
            by: self.by.clone(),
            action: self.action,
            out: if self.shown { Outcome::Shown } else { Outcome::Refused },
            what: self.what.clone(),
            about: self.about,
            times,
            rows: Vec::new(),
            opened: None,
            subject: SubjectId::from(book.business),
            sealed: None,
        }
    }
}

fn window(at: Timestamp) -> i64 {
    at.as_microsecond() - at.as_microsecond().rem_euclid(WINDOW)
}

/// The minutes that are over at this instant begin before the one that is answered here.
pub(crate) fn over_before(at: Timestamp) -> i64 {
    at.as_microsecond() - WINDOW
}

/// How often each kind came in its minute, in this process. Only what was committed is counted.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<BTreeMap<Kind, i64>>);

impl Counts {
    /// Whether it came in this minute already, and stands in the log.
    pub(crate) fn has(&self, kind: &Kind) -> bool {
        held(&self.0).contains_key(kind)
    }

    /// The entries for those refusals that are the first of their kind in their minute.
    pub(crate) fn firsts(&self, book: &BookKeys, entropy: &dyn Entropy, kinds: &[Kind]) -> Vec<Entry> {
        let mut told = BTreeSet::new();
        let mut entries = Vec::new();
        for kind in kinds {
            if !kind.shown && !self.has(kind) && told.insert(kind) {
                entries.push(kind.entry(book, entropy, 1));
            }
        }
        entries
    }

    /// Counts what was committed.
    pub(crate) fn add(&self, kinds: Vec<Kind>) {
        let mut counts = held(&self.0);
        for kind in kinds {
            if counts.len() < MOST_KINDS || counts.contains_key(&kind) {
                *counts.entry(kind).or_default() += 1;
            }
        }
    }

    /// The entries for what was repeated in minutes that began before this.
    pub(crate) fn over(&self, book: &BookKeys, entropy: &dyn Entropy, before: i64) -> Vec<Entry> {
        let counts = held(&self.0);
        let repeated = counts.iter().filter(|(kind, times)| kind.window < before && **times > 1);
        repeated.map(|(kind, times)| kind.entry(book, entropy, *times)).collect()
    }

    /// Forgets those minutes once that is committed.
    pub(crate) fn forget(&self, before: i64) {
        held(&self.0).retain(|kind, _| kind.window >= before);
    }
}
