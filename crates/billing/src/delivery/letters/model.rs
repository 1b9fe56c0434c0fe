//! A letter and what may become of it. Pure.

use coffer_kernel::{CustomerId, DeliveryId, InvoiceId, LinkId, ScopeId, Timestamp};
use std::time::Duration;

/// Where a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits to be handed over, for the first time or again.
    Waiting,
    /// It is being handed over.
    Leaving,
    /// The mail server took it.
    HandedOver,
    /// The mail server took it, or it did not: nobody lived to hear the answer.
    PerhapsSent,
    /// The mail server refused it for good.
    Refused,
    /// It was tried often enough.
    GivenUp,
    /// It shall not leave any more.
    Stopped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Leaving,
        Self::HandedOver,
        Self::PerhapsSent,
        Self::Refused,
        Self::GivenUp,
        Self::Stopped,
    ];

    /// The name in rows and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leaving => "leaving",
            Self::HandedOver => "handed_over",
            Self::PerhapsSent => "perhaps_sent",
            Self::Refused => "refused",
            Self::GivenUp => "given_up",
            Self::Stopped => "stopped",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it is still on its way.
    #[must_use]
    pub const fn is_underway(self) -> bool {
        matches!(self, Self::Waiting | Self::Leaving)
    }
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id: what it is known by in every attempt.
    pub id: DeliveryId,
    /// Its version.
    pub version: i64,
    /// Which invoice it is about.
    pub invoice: InvoiceId,
    /// Who owes it.
    pub customer: CustomerId,
    /// Whose customer they are.
    pub scope: ScopeId,
    /// The language it is written in.
    pub language: String,
    /// Where it is.
    pub state: State,
    /// When somebody sent it.
    pub made_at: Timestamp,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// When its way ended, as far as we know it.
    pub ended_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong the last time: a code.
    pub problem: Option<String>,
    /// The mail server's reply code, where it said one.
    pub reply: Option<i64>,
    /// What it said with it.
    pub said: Option<String>,
    /// The one address it goes to.
    pub recipient: String,
    /// The seller's own words.
    pub words: Option<String>,
    /// The link it carries, while it leaves or after it left.
    pub(super) link: Option<LinkId>,
    /// The version that the invoice's standing got when this letter counted it as sent.
    pub(super) standing: Option<i64>,
}

impl Letter {
    /// Its next version, in this state.
    pub(super) fn next(&self, state: State) -> Self {
        Self { version: self.version + 1, state, ..self.clone() }
    }
}

impl Letter {
    /// As it is once nobody hands it over any more: stopped where it waited; and perhaps sent where it was leaving, because
    /// whoever let it leave did not live to say, or could not. [`None`] where it ended already.
    pub(super) fn abandoned(&self, problem: &str, now: Timestamp) -> Option<Self> {
        let state = match self.state {
            State::Waiting => State::Stopped,
            State::Leaving => State::PerhapsSent,
            State::HandedOver | State::PerhapsSent | State::Refused | State::GivenUp | State::Stopped => return None,
        };
        Some(Self { problem: Some(problem.to_owned()), ended_at: Some(now), ..self.next(state) })
    }
}

/// How long a letter waits after each attempt in vain; after the last it is given up.
const PAUSES_MINUTES: [u64; 9] = [1, 5, 15, 60, 180, 360, 720, 1_440, 1_440];

/// When a letter is tried again after so many attempts; [`None`] if it is not.
#[must_use]
pub(super) fn again_after(attempts: i64) -> Option<Duration> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES_MINUTES.get(place).map(|minutes| Duration::from_secs(minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::again_after;

    #[test]
    fn it_is_tried_for_days_and_ever_more_seldom() {
        let pauses: Vec<u64> = (1..).map_while(again_after).map(|pause| pause.as_secs()).collect();
        assert!(pauses.is_sorted() && pauses.first() == Some(&60));
        let days = pauses.iter().sum::<u64>() / (24 * 60 * 60);
        assert_eq!((pauses.len(), days), (9, 2));
        assert_eq!((again_after(0), again_after(10)), (None, None));
    }
}
