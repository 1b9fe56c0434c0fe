//! What is known of the address that links begin with: whether whoever is sent one gets here by it.
//!
//! It is looked at when it is saved, and whenever somebody asks. Once it was reached it counts as reached: that it is away
//! today is the operator's to mend, and no reason to hold back every invoice. Not every machine sees itself from outside
//! (routers that do not turn around, names that mean something else at home), so that a person may know better.

use super::PublicUrl;
use coffer_kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether customers get here by an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// It was looked at, and this installation answered.
    Reached,
    /// Somebody who may says so, although this machine did not get there.
    TakenOn,
    /// It was in use before addresses were looked at.
    Before,
    /// It never answered.
    Missed,
}

impl Known {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Reached, Self::TakenOn, Self::Before, Self::Missed];

    /// The name in the API and in the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::TakenOn => "taken_on",
            Self::Before => "before",
            Self::Missed => "missed",
        }
    }
}

/// The address that links begin with, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// The address.
    pub url: PublicUrl,
    /// Whether customers get here by it.
    pub known: Known,
    /// When it was looked at last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Timestamp>,
    /// Why this machine did not get there then, as a code; [`None`] where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<String>,
}

/// What whoever saves an address found out about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: where it is the one there was, what is known of it stays.
    AsBefore,
    /// This installation answered there.
    Reached,
    /// It did not, for this reason.
    Missed(&'static str),
    /// It did not, for this reason; but customers reach it, says who saves it.
    TakenOn(&'static str),
    /// It leads to this machine alone: for the demonstration, whose customers sit at it.
    Here,
}

impl Address {
    /// One from before addresses were looked at.
    pub(super) const fn from_before(url: PublicUrl) -> Self {
        Self { url, known: Known::Before, looked_at: None, missed: None }
    }

    /// Whether links and mails may begin with it.
    #[must_use]
    pub const fn leads_here(&self) -> bool {
        !matches!(self.known, Known::Missed)
    }

    /// What is known from now on.
    pub(super) fn seen(url: PublicUrl, seen: Seen, before: Option<&Self>, now: Timestamp) -> Self {
        let was = before.filter(|before| before.url == url);
        let known = |lasting: &[Known], otherwise| {
            was.map(|was| was.known).filter(|known| lasting.contains(known)).unwrap_or(otherwise)
        };
        let (known, looked) = match seen {
            Seen::AsBefore => (known(&Known::ALL, Known::Missed), None),
            Seen::Reached => (Known::Reached, Some(None)),
            Seen::Missed(why) => (known(&[Known::Reached, Known::Before], Known::Missed), Some(Some(why))),
            Seen::TakenOn(why) => (known(&[Known::Reached], Known::TakenOn), Some(Some(why))),
            Seen::Here => (Known::TakenOn, None),
        };
        let (looked_at, missed) = match looked {
            Some(missed) => (Some(now), missed.map(str::to_owned)),
            None => was.map(|was| (was.looked_at, was.missed.clone())).unwrap_or_default(),
        };
        Self { url, known, looked_at, missed }
    }
}
