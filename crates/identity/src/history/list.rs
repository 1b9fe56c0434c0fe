//! A page of the history, with names.

use crate::door::Door;
use crate::members;
use coffer_kernel::{Action, Actor, UserId};
use coffer_store::{Leaf, Order, Outcome, Refused, Remembered, past};
use std::collections::HashMap;

/// How many lines a page has.
const MOST: usize = 50;

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// What was done.
    #[default]
    Done,
    /// What was shown of sealed data.
    Shown,
    /// What was refused.
    Refused,
    /// All of them.
    All,
}

impl Kept {
    fn passes(self, leaf: &Leaf) -> bool {
        match self {
            Self::Done => leaf.out == Outcome::Done,
            Self::Shown => leaf.out == Outcome::Shown,
            Self::Refused => leaf.out == Outcome::Refused,
            Self::All => true,
        }
    }
}

/// A page of the history that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListHistory {
    /// Which records.
    pub kept: Kept,
    /// Of whom alone.
    pub by: Option<UserId>,
    /// Before which place.
    pub before: Option<i64>,
}

impl Order for ListHistory {
    const ACTION: Action = Action::ReadLog;
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The record.
    pub record: Remembered,
    /// The name of the person who did it, where it was one who works or worked here.
    pub name: Option<String>,
    /// The name of the person it is about.
    pub about: Option<String>,
}

/// A page of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Newest first.
    pub lines: Vec<Line>,
    /// Where an older page begins.
    pub before: Option<i64>,
    /// Everybody who works or worked here, by name, for the choice of whose history is shown.
    pub people: Vec<(UserId, String)>,
}

/// A page of the history of the actor's business.
///
/// # Errors
/// As the store's.
pub async fn list(door: &Door, actor: &Actor, query: ListHistory) -> Result<Lines, Refused> {
    let people = members::names(door, actor).await?;
    let page = door
        .books
        .read(actor, query, |snapshot, _, query| {
            let by = query.by.map(|user| format!("staff:{user}"));
            let passes = |leaf: &Leaf| query.kept.passes(leaf) && by.as_ref().is_none_or(|by| *by == leaf.by);
            Ok::<_, Refused>(past(snapshot, query.before, MOST, passes)?)
        })
        .await?;
    let named: HashMap<String, &str> = people.iter().map(|(user, name)| (user.to_string(), name.as_str())).collect();
    let abouts: HashMap<String, &str> = people.iter().map(|(user, name)| (hex(*user), name.as_str())).collect();
    let lines = page.records.into_iter().map(|record| {
        let by = record.leaf.by.strip_prefix("staff:").and_then(|user| named.get(user));
        let about = record.leaf.about.as_ref().and_then(|about| abouts.get(about));
        let (name, about) = (by.map(|name| (*name).to_owned()), about.map(|name| (*name).to_owned()));
        Line { record, name, about }
    });
    Ok(Lines { lines: lines.collect(), before: page.before, people })
}

/// An id as it stands in a leaf.
fn hex(user: UserId) -> String {
    coffer_kernel::TypedId::bytes(&user).map(|byte| format!("{byte:02x}")).concat()
}
