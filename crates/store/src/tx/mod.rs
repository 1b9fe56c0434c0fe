//! A transaction, as a command's body sees it: one savepoint inside the committer's.

mod recording;
mod sealing;
mod work;

use crate::column::Column;
use crate::engine::{Connection, controls_transaction};
use crate::keyring::{BookKeys, Generation, KeyName};
use crate::log::refusals::Kind;
use crate::reading::{Reading, Vouching, open_sealed};
use crate::recorded::Pending;
use crate::shared::Shared;
use crate::snapshot::Disclosure;
use crate::stored::{Cells, GONE, Granted, Root, RowDigest, Stored, digest};
use crate::whole::Held;
use crate::world::World;
use crate::{Fault, Refused, Row, Value, values};
use coffer_kernel::{BusinessId, Entropy, Permit, SubjectId, Timestamp, TypedId};
use coffer_keys::{BusinessKeys, DataKey};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What one body may use: bulk work is many commands.
const MOST_STATEMENTS: u32 = 20_000;

/// One command's transaction.
pub struct Tx<'a> {
    link: &'a mut dyn Connection,
    book: &'a Arc<BookKeys>,
    world: &'a World,
    permit: &'a Permit,
    at: Timestamp,
    statements: u32,
    fault: Option<Fault>,
    held: Held,
    pub(crate) note: Note,
    pub(crate) shared: &'a mut Shared,
    bodies: Bodies,
}

/// Whether the bodies of a batch stand in savepoints of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    Together,
    Apart,
}

/// What a body leaves behind, to be written with the log when the batch ends.
#[derive(Default)]
pub(crate) struct Note {
    pub(crate) record: Option<Pending>,
    pub(crate) digests: Vec<RowDigest>,
    pub(crate) rollups: BTreeMap<(&'static str, String), (i64, i64)>,
    pub(crate) data_keys: HashMap<KeyName, Arc<DataKey>>,
    /// What is left of the blocks of uses that the body reserved.
    pub(crate) reserved: HashMap<Generation, u32>,
    pub(crate) work: bool,
    /// What the body opened: whoever gets its answer may have seen it.
    pub(crate) opened: Disclosure,
    /// Whether the body came upon a row that nobody vouched for.
    pub(crate) forged: bool,
    /// What is counted where it is committed.
    pub(crate) kinds: Vec<Kind>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(
        link: &'a mut dyn Connection,
        book: &'a Arc<BookKeys>,
        world: &'a World,
        permit: &'a Permit,
        at: Timestamp,
        (shared, bodies): (&'a mut Shared, Bodies),
    ) -> Self {
        let (held, note) = (Held::default(), Note::default());
        Self { link, book, world, permit, at, statements: 0, fault: None, held, note, shared, bodies }
    }

    /// What the body left, and the worst thing that happened to it even if it went on regardless.
    pub(crate) fn end(self) -> (Note, Option<Fault>) {
        (self.note, self.fault.or(self.held.altered))
    }

    /// The instant of this batch.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.at
    }

    /// Fresh randomness.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.world.entropy.as_ref()
    }

    /// The permit under which this runs.
    #[must_use]
    pub const fn permit(&self) -> &Permit {
        self.permit
    }

    /// Locks a row within the permit's scope and reads it.
    ///
    /// # Errors
    /// [`Refused::NotFound`] where there is none within reach; [`Fault::Altered`] where it is not what was written last, so that
    /// nothing is built on it and nothing records it as it stands.
    pub fn lock<R: Root>(&mut self, permit: &Permit, id: R::Id) -> Result<Granted<R>, Refused> {
        let found = R::lock(self, permit.scope(), id)?.ok_or(Refused::NotFound)?;
        if R::AGGREGATE.held && self.held.last != Some((R::AGGREGATE.root.name, found.id())) {
            return Ok(self.fail(Fault::Misuse("a row that is locked is held against its digest"))?);
        }
        Ok(Granted(found))
    }

    /// Inserts an aggregate; its digest joins the record.
    ///
    /// # Errors
    /// Where the engine refuses or a key is missing.
    pub fn insert<S: Stored>(&mut self, stored: &S) -> Result<(), Fault> {
        self.write(stored, false)
    }

    /// Replaces an aggregate that was locked; its digest joins the record.
    ///
    /// # Errors
    /// Where the engine refuses or a key is missing.
    pub fn replace<S: Stored>(&mut self, granted: &Granted<impl Stored>, stored: &S) -> Result<(), Fault> {
        if granted.id() != stored.id() || stored.version() != granted.version() + 1 {
            return self.fail(Fault::Misuse("a row is replaced by its own next version"));
        }
        self.write(stored, true)
    }

    /// Removes an aggregate that was locked, with this statement on its root ($1 the business, $2 the id). That it is
    /// gone joins the record, so that one that merely vanished is still found.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn remove<S: Stored>(&mut self, granted: &Granted<S>, sql: &'static str) -> Result<(), Fault> {
        let aggregate = S::AGGREGATE;
        self.shared.forget(aggregate.root.name);
        let (id, version) = (granted.id(), granted.version() + 1);
        self.note.digests.push(RowDigest { table: aggregate.root.name, id, version, digest: GONE });
        for part in aggregate.parts {
            self.later(part.replace, values![self.business().bytes(), id])?;
        }
        self.later(sql, values![self.business().bytes(), id])
    }

    fn write<S: Stored>(&mut self, stored: &S, replaces: bool) -> Result<(), Fault> {
        let Cells { mut root, parts } = stored.cells(self)?;
        let aggregate = S::AGGREGATE;
        self.shared.forget(aggregate.root.name);
        if parts.len() != aggregate.parts.len() {
            return self.fail(Fault::Misuse("an aggregate's cells do not fit its parts"));
        }
        if S::VOUCH.is_some() != aggregate.lets_in {
            return self.fail(Fault::Misuse("an aggregate that lets somebody in is vouched for, and no other"));
        }
        let seen: Vec<Vec<&[Value]>> = parts.iter().map(|rows| rows.iter().map(Vec::as_slice).collect()).collect();
        let digest = digest(&self.book.keys, aggregate, &root, &seen);
        drop(seen);
        let (id, version) = (stored.id(), stored.version());
        let voucher = match S::VOUCH {
            Some(sql) => Some((sql, self.voucher(aggregate.root.name, &whole(&root, &parts))?)),
            None => None,
        };
        self.note.digests.push(RowDigest { table: aggregate.root.name, id, version, digest });
        root.extend(aggregate.held.then(|| Value::from(digest)));
        self.later(if replaces { aggregate.root.replace } else { aggregate.root.insert }, root)?;
        for (part, rows) in aggregate.parts.iter().zip(parts) {
            if replaces {
                self.later(part.replace, values![self.business().bytes(), id])?;
            }
            self.each(part.insert, rows)?;
        }
        match voucher {
            Some((sql, voucher)) => self.later(sql, values![self.business().bytes(), id, voucher]),
            None => Ok(()),
        }
    }

    /// Runs a statement and tells how many rows it touched. For `sql.rs` files.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.charge(sql, 1)?;
        let outcome = self.link.execute(sql, values);
        self.seen(outcome)
    }

    /// Runs a statement that touches a row unless somebody was first, and tells whether it did. For `sql.rs` files.
    ///
    /// Among bodies that stand or fall together it may be taken for granted until a later statement; if it was wrong to,
    /// all of them run again, each in a savepoint of its own, and are told the truth.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub(crate) fn takes(&mut self, sql: &'static str, values: Vec<Value>) -> Result<bool, Fault> {
        self.charge(sql, 1)?;
        let outcome = match self.bodies {
            Bodies::Together => self.link.takes(sql, values),
            Bodies::Apart => self.link.execute(sql, &values).map(|touched| touched == 1),
        };
        self.seen(outcome)
    }

    /// Runs a statement nobody waits for. For `sql.rs` files.
    ///
    /// # Errors
    /// Where the engine refuses; with PostgreSQL that may show at a later statement.
    pub fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        self.charge(sql, 1)?;
        let outcome = self.link.later(sql, values);
        self.seen(outcome)
    }

    /// Runs a statement once for each row, pipelined where the engine can. For `sql.rs` files.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn each(&mut self, sql: &'static str, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        rows.into_iter().try_for_each(|row| self.later(sql, row))
    }

    /// Adds to a running sum and a running count, written once per batch.
    pub fn tally(&mut self, name: &'static str, part: impl Into<String>, minor: i64, count: i64) {
        let sum = self.note.rollups.entry((name, part.into())).or_default();
        sum.0 = sum.0.saturating_add(minor);
        sum.1 = sum.1.saturating_add(count);
    }

    fn charge(&mut self, sql: &'static str, statements: u32) -> Result<(), Fault> {
        if controls_transaction(sql) {
            return self.fail(Fault::Misuse("a body does not control the transaction it runs in"));
        }
        self.statements = self.statements.saturating_add(statements);
        if self.statements > MOST_STATEMENTS {
            return self.fail(Fault::OverBudget("too many statements in one command"));
        }
        Ok(())
    }

    /// Remembers the first fault, so that a body that shrugs it off does not commit.
    fn seen<T>(&mut self, outcome: Result<T, Fault>) -> Result<T, Fault> {
        if let Err(fault) = &outcome {
            self.fault.get_or_insert_with(|| fault.clone());
        }
        outcome
    }

    fn fail<T>(&mut self, fault: Fault) -> Result<T, Fault> {
        self.seen(Err(fault))
    }
}

/// The cells of a root and of its parts, one after another.
fn whole(root: &[Value], parts: &[Vec<Vec<Value>>]) -> Vec<Value> {
    root.iter().chain(parts.iter().flatten().flatten()).cloned().collect()
}

impl Reading for Tx<'_> {
    fn business(&self) -> BusinessId {
        self.book.business
    }

    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.charge(sql, 1)?;
        let outcome = self.link.query(sql, values);
        self.seen(outcome)
    }

    fn vouching(&mut self) -> Result<Vouching<'_>, Fault> {
        let keys = self.book.installation(self.link);
        let keys = self.seen(keys)?;
        Ok(Vouching { keys, forged: &mut self.note.forged })
    }

    fn holding(&mut self) -> (&BusinessKeys, &mut Held) {
        (&self.book.keys, &mut self.held)
    }

    fn open_bytes(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.opening_key(subject, column.class, blob)?;
        let opened = open_sealed(self.book, &key, column, row, blob);
        self.note.opened.add(column, subject);
        self.seen(opened)
    }
}
