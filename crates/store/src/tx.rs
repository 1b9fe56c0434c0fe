//! A transaction, as a command's body sees it: one savepoint inside the committer's.

use crate::column::Column;
use crate::engine::{Connection, controls_transaction};
use crate::keyring::{BookKeys, Generation, KeyName, Which, asked_for, no_key};
use crate::log::leaf::Outcome;
use crate::reading::{Reading, Vouching, open_sealed};
use crate::recorded::{Event, Pending, Recorded};
use crate::shared::Shared;
use crate::snapshot::Disclosure;
use crate::stored::{Cells, GONE, Granted, Root, RowDigest, Stored, digest};
use crate::work::Claimed;
use crate::world::World;
use crate::{Fault, Refused, Row, Value, values};
use coffer_kernel::{BusinessId, Entropy, Permit, SubjectId, Timestamp, TypedId};
use coffer_keys::{Class, DataKey, Place};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The sealed detail of a record.
const DETAIL: Column = Column::other("log_detail", "sealed");

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
        Self { link, book, world, permit, at, statements: 0, fault: None, note: Note::default(), shared, bodies }
    }

    /// What the body left, and the worst thing that happened to it even if it went on regardless.
    pub(crate) fn end(self) -> (Note, Option<Fault>) {
        (self.note, self.fault)
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
    /// [`Refused::NotFound`] where there is none within reach.
    pub fn lock<R: Root>(&mut self, permit: &Permit, id: R::Id) -> Result<Granted<R>, Refused> {
        R::lock(self, permit.scope(), id)?.map(Granted).ok_or(Refused::NotFound)
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
        let Cells { root, parts } = stored.cells(self)?;
        let aggregate = S::AGGREGATE;
        self.shared.forget(aggregate.root.name);
        if parts.len() != aggregate.parts.len() {
            return self.fail(Fault::Misuse("an aggregate's cells do not fit its parts"));
        }
        let seen: Vec<Vec<&[Value]>> = parts.iter().map(|rows| rows.iter().map(Vec::as_slice).collect()).collect();
        let digest = digest(&self.book.keys, aggregate, &root, &seen);
        drop(seen);
        let (id, version) = (stored.id(), stored.version());
        self.note.digests.push(RowDigest { table: aggregate.root.name, id, version, digest });
        self.later(if replaces { aggregate.root.replace } else { aggregate.root.insert }, root)?;
        for (part, rows) in aggregate.parts.iter().zip(parts) {
            if replaces {
                self.later(part.replace, values![self.business().bytes(), id])?;
            }
            self.each(part.insert, rows)?;
        }
        Ok(())
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

    /// Seals a text for its place. An empty text is sealed like any other.
    ///
    /// # Errors
    /// [`Fault::Keys`] where the subject has no key.
    pub fn seal(&mut self, column: &Column, row: &[u8], subject: SubjectId, text: &str) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(column, row, subject, text.as_bytes())
    }

    /// Seals what is no text for its place: a document, a picture.
    ///
    /// # Errors
    /// [`Fault::Keys`] where the subject has no key.
    pub fn seal_bytes(
        &mut self,
        column: &Column,
        row: &[u8],
        subject: SubjectId,
        plain: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let key = self.sealing_key(subject, column.class)?;
        let place = Place { business: self.book.business.as_bytes(), table: column.table, column: column.name, row };
        Ok(key.seal(&place, plain, self.world.entropy.as_ref()))
    }

    /// Makes the data keys of somebody new.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn new_subject(&mut self, subject: SubjectId) -> Result<(), Fault> {
        let made = self.book.new_subject(self.link, subject, self.world.entropy.as_ref());
        for (class, key) in self.seen(made)? {
            let generation = key.tag().generation;
            self.note.reserved.insert((subject, class, generation), self.book.block());
            self.remember((subject, class), &key);
        }
        Ok(())
    }

    /// The keyed hash under which equal values of this column are found. Equality is what it leaks.
    #[must_use]
    pub fn blind_index(&self, table: &'static str, column: &'static str, normalised: &str) -> [u8; 16] {
        self.book.keys.blind_index(table, column, normalised.as_bytes())
    }

    /// Keyed hashes of an idempotency key and of the request it came with.
    pub(crate) fn receipt_hash(&self, bytes: &[u8]) -> [u8; 32] {
        self.book.keys.receipt_hash(bytes)
    }

    /// Ends claimed work with the result it led to.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn settle(&mut self, claimed: &Claimed) -> Result<(), Refused> {
        let row = values![self.business().bytes(), claimed.id.bytes(), claimed.fence];
        if self.execute(crate::work::sql::SETTLE, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Makes sure that claimed work is still this worker's, before it does what cannot be taken back.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn hold(&mut self, claimed: &Claimed) -> Result<(), Refused> {
        let row = values![self.business().bytes(), claimed.id.bytes(), claimed.fence];
        if self.execute(crate::work::sql::HOLD, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Puts claimed work back, to be tried again at `due`, with the change that says why.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn put_off(&mut self, claimed: &Claimed, due: Timestamp, problem: &str) -> Result<(), Refused> {
        let (business, id) = (self.business().bytes(), claimed.id.bytes());
        let row = values![business, id, claimed.fence, "waiting", due, problem];
        if self.execute(crate::work::sql::PUT_OFF, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Adds to a running sum and a running count, written once per batch.
    pub fn tally(&mut self, name: &'static str, part: impl Into<String>, minor: i64, count: i64) {
        let sum = self.note.rollups.entry((name, part.into())).or_default();
        sum.0 = sum.0.saturating_add(minor);
        sum.1 = sum.1.saturating_add(count);
    }

    /// Leaves a row of work for after the commit: what must leave the process is a row first.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn enqueue(&mut self, kind: &'static str, about: Option<[u8; 16]>, due: Timestamp) -> Result<(), Fault> {
        self.note.work = true;
        let id = coffer_kernel::WorkId::new(self.at, self.entropy());
        let row = values![self.business().bytes(), id.bytes(), kind, about, due];
        self.later(crate::work::sql::ADD, row)
    }

    /// Ends the body: the record of what was done, and what the caller gets once it is durable.
    ///
    /// # Errors
    /// Where the detail cannot be sealed, or a body records twice.
    pub fn record<E: Event, T, R: From<Fault>>(&mut self, event: E, value: T) -> Result<Recorded<T>, R> {
        let pending = self.pending(&event)?;
        if self.note.record.replace(pending).is_some() {
            return Err(R::from(Fault::Misuse("a body records once")));
        }
        Ok(Recorded(value))
    }

    fn pending<E: Event>(&mut self, event: &E) -> Result<Pending, Fault> {
        let mut id = [0; 16];
        self.entropy().fill(&mut id);
        let subject = event.subject().unwrap_or_else(|| self.business().into());
        let sealed = match event.detail() {
            Some(detail) => Some(self.seal(&DETAIL, &id, subject, &detail)?),
            None => None,
        };
        Ok(Pending { id, out: Outcome::Done, what: E::NAME.to_owned(), about: event.about(), subject, sealed })
    }

    /// The record that sealed data was shown: which kinds in the open, whose in the sealed detail.
    pub(crate) fn record_disclosure(&mut self, disclosure: &Disclosure) -> Result<(), Fault> {
        let mut id = [0; 16];
        self.entropy().fill(&mut id);
        let whose: Vec<String> = disclosure.subjects.iter().map(ToString::to_string).collect();
        let about = disclosure.subjects.first().filter(|_| disclosure.subjects.len() == 1).map(TypedId::bytes);
        let subject = SubjectId::from(self.business());
        let sealed = Some(self.seal(&DETAIL, &id, subject, &whose.join(" "))?);
        self.note.record = Some(Pending { id, out: Outcome::Shown, what: disclosure.kinds(), about, subject, sealed });
        Ok(())
    }

    /// Records what this body has opened as shown, if it opened anything.
    pub(crate) fn record_what_was_opened(&mut self) -> Result<bool, Fault> {
        let opened = std::mem::take(&mut self.note.opened);
        if opened.is_empty() {
            return Ok(false);
        }
        self.record_disclosure(&opened).map(|()| true)
    }

    /// The newest key of the subject, with one use of it counted.
    fn sealing_key(&mut self, subject: SubjectId, class: Class) -> Result<Arc<DataKey>, Fault> {
        let Some(key) = self.data_key((subject, class, Which::Newest))? else {
            return self.fail(no_key(subject, class));
        };
        let generation = (subject, class, key.tag().generation);
        if let Some(left) = self.note.reserved.get_mut(&generation).filter(|left| **left > 0) {
            *left -= 1;
            return Ok(key);
        }
        if self.book.spend(&generation) {
            return Ok(key);
        }
        let reserved = self.book.reserve(self.link, &key, self.world.entropy.as_ref());
        let key = self.seen(reserved)?;
        let left = self.note.reserved.entry((subject, class, key.tag().generation)).or_default();
        *left = left.saturating_add(self.book.block()).saturating_sub(1);
        self.remember((subject, class), &key);
        Ok(key)
    }

    /// Keeps the newest key for the rest of this body, and at hand once it has committed.
    fn remember(&mut self, (subject, class): (SubjectId, Class), key: &Arc<DataKey>) {
        for which in [Which::Newest, Which::Of(key.tag().generation)] {
            self.note.data_keys.insert((subject, class, which), Arc::clone(key));
        }
    }

    /// A key that this body made or fetched, or one at hand, or one from its row. What a transaction fetches is kept at hand
    /// only once it has committed: a body before it may have made it, and be rolled back.
    fn data_key(&mut self, name: KeyName) -> Result<Option<Arc<DataKey>>, Fault> {
        if let Some(key) = self.note.data_keys.get(&name) {
            return Ok(Some(Arc::clone(key)));
        }
        if let Some(key) = self.book.at_hand(&name) {
            return Ok(Some(key));
        }
        let fetched = self.book.fetch(self.link, name);
        let fetched = self.seen(fetched)?;
        match (&fetched, name) {
            (Some(key), (subject, class, Which::Newest)) => self.remember((subject, class), key),
            (Some(key), _) => drop(self.note.data_keys.insert(name, Arc::clone(key))),
            (None, _) => {}
        }
        Ok(fetched)
    }

    /// The key that a sealed value says it needs.
    fn opening_key(&mut self, subject: SubjectId, class: Class, blob: &[u8]) -> Result<Arc<DataKey>, Fault> {
        for which in asked_for(blob) {
            if let Some(key) = self.data_key((subject, class, which))? {
                return Ok(key);
            }
        }
        self.fail(no_key(subject, class))
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

    fn open_bytes(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.opening_key(subject, column.class, blob)?;
        let opened = open_sealed(self.book, &key, column, row, blob);
        self.note.opened.add(column, subject);
        self.seen(opened)
    }
}
