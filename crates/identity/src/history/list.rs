//! A page of the history: the records, and for people who read it the names of whom they are about.

use crate::door::Door;
use crate::members;
use coffer_kernel::{Action, Actor, UserId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Asked, Books, Leaf, Order, Outcome, Remembered};
use std::collections::HashMap;
use std::sync::Arc;

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// What was done.
    Done,
    /// What was shown of sealed data.
    Shown,
    /// What was refused. That somebody was asked to prove who they are first is no refusal: they did, or left it.
    Refused,
    /// Whatever was not done: what was refused, and what a proof was asked for first.
    NotDone,
    /// All of them.
    #[default]
    All,
}

/// What the store answers where a fresh proof is asked for.
pub const NOT_FRESH: &str = "sign_in.not_fresh";

impl Kept {
    fn passes(self, leaf: &Leaf) -> bool {
        match self {
            Self::Done => leaf.out == Outcome::Done,
            Self::Shown => leaf.out == Outcome::Shown,
            Self::Refused => leaf.out == Outcome::Refused && leaf.what != NOT_FRESH,
            Self::NotDone => leaf.out == Outcome::Refused,
            Self::All => true,
        }
    }
}

/// Some records, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListHistory {
    /// Which records.
    pub kept: Kept,
    /// Of whom alone: a kind and an id, as they stand in the record, such as `staff:usr_…`.
    pub by: Option<String>,
    /// Only what is about this; the bytes of its id.
    pub about: Option<[u8; 16]>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListHistory {
    const ACTION: Action = Action::ReadLog;
}

impl ListHistory {
    /// What a cursor is bound to besides its place.
    fn filter(&self) -> String {
        format!("history {:?} {:?} {:?}", self.kept, self.by, self.about)
    }

    fn passes(&self, leaf: &Leaf) -> bool {
        self.kept.passes(leaf) && self.by.as_ref().is_none_or(|by| *by == leaf.by)
    }
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<R> {
    /// Newest first. Where what is asked for is rare, a page may hold few of them and go on all the same.
    pub records: Vec<R>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of the history of the actor's business. That somebody looked is itself no record: a leaf tells nobody's name.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListHistory) -> Result<Page<Leaf>, PageRefused> {
    let Page { records, next } = look(books, actor, query, false).await?;
    Ok(Page { records: records.into_iter().map(|record| record.leaf).collect(), next })
}

/// The one reading behind both lists.
async fn look(
    books: &Books,
    actor: &Actor,
    query: ListHistory,
    details: bool,
) -> Result<Page<Remembered>, PageRefused> {
    let entropy = Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, _, query| {
            let list = query.filter();
            let before = cursor::open(snapshot, query.after.as_deref(), &list)?.map(i64::from_be_bytes);
            let asked = Asked { about: query.about, before, most: cursor::size(query.most).into(), details };
            let past = snapshot.history(asked, |leaf| query.passes(leaf))?;
            let next = past.before.map(|seq| cursor::seal(snapshot, entropy.as_ref(), &list, seq.to_be_bytes()));
            Ok(Page { records: past.records, next })
        })
        .await
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
    /// The page.
    pub page: Page<Line>,
    /// Everybody who works or worked here, by name, for the choice of whose history is shown.
    pub people: Vec<(UserId, String)>,
}

/// A page of the history of the actor's business, with names and details. What was opened for it is in it.
///
/// # Errors
/// As [`list`].
pub async fn told(door: &Door, actor: &Actor, query: ListHistory) -> Result<Lines, PageRefused> {
    let people = members::names(door, actor).await?;
    let Page { records, next } = look(&door.books, actor, query, true).await?;
    let named: HashMap<String, &str> = people.iter().map(|(user, name)| (user.to_string(), name.as_str())).collect();
    let abouts: HashMap<String, &str> = people.iter().map(|(user, name)| (hex(*user), name.as_str())).collect();
    let lines = records.into_iter().map(|record| {
        let by = record.leaf.by.strip_prefix("staff:").and_then(|user| named.get(user));
        let about = record.leaf.about.as_ref().and_then(|about| abouts.get(about));
        let (name, about) = (by.map(|name| (*name).to_owned()), about.map(|name| (*name).to_owned()));
        // Whoever arrives has no sign-in yet, and what they do is about themselves.
        let (name, about) = if arrives(&record.leaf) { (about, None) } else { (name, about) };
        Line { record, name, about }
    });
    let mut lines: Vec<Line> = lines.collect();
    // Whoever set the business up is the first who joined it, by that very act.
    let set_up = |line: &&mut Line| arrives(&line.record.leaf) && line.record.leaf.by == SETUP;
    if let Some(first) = lines.iter_mut().filter(set_up).find_map(|line| line.name.clone()) {
        lines.iter_mut().filter(set_up).for_each(|line| line.name = Some(first.clone()));
    }
    Ok(Lines { page: Page { records: lines, next }, people })
}

/// As whom somebody acts who sets up an installation.
const SETUP: &str = "setup";

/// Whether somebody did it on their way in.
fn arrives(leaf: &Leaf) -> bool {
    leaf.out == Outcome::Done && [SETUP, "joining"].contains(&leaf.by.as_str())
}

/// What was done to one thing, the oldest first, the last hundred of it, with the names of those who did it; nothing else is
/// opened.
///
/// # Errors
/// As the store's.
pub async fn done_to(door: &Door, actor: &Actor, about: [u8; 16]) -> Result<Vec<Line>, PageRefused> {
    let query = ListHistory { kept: Kept::Done, about: Some(about), most: Some(100), ..ListHistory::default() };
    let mut records = look(&door.books, actor, query, false).await?.records;
    records.reverse();
    let by = |record: &Remembered| record.leaf.by.strip_prefix("staff:").and_then(|user| user.parse::<UserId>().ok());
    let users: Vec<UserId> = records.iter().filter_map(by).collect();
    let named: HashMap<UserId, String> = if users.is_empty() {
        HashMap::new()
    } else {
        members::names_of(door, actor, &users).await?.into_iter().collect()
    };
    let line = |record| {
        let name = by(&record).and_then(|user| named.get(&user).cloned());
        Line { record, name, about: None }
    };
    Ok(records.into_iter().map(line).collect())
}

/// An id as it stands in a leaf.
fn hex(user: UserId) -> String {
    coffer_kernel::TypedId::bytes(&user).map(|byte| format!("{byte:02x}")).concat()
}
