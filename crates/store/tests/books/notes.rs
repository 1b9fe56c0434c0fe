//! A small capability to try the store with: notes with a sealed text, a plain amount and lines.

use coffer_kernel::{Action, Actor, BusinessId, Permit, Scope, ScopeId, SubjectId, TypedId};
use coffer_store::{
    Aggregate, Books, Cells, Column, Event, Fault, Migration, Order, Reading, Recall, Refused, Root, Row, STEPS,
    Snapshot, Stored, Table, Tx, values,
};
use std::sync::LazyLock;

const SQLITE: &str = "CREATE TABLE note (business BLOB NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, scope BLOB NOT NULL, \
     slot INTEGER NOT NULL, amount INTEGER NOT NULL, text BLOB NOT NULL, digest BLOB, PRIMARY KEY (business, id), UNIQUE (business, slot)) STRICT; \
     CREATE TABLE note_line (business BLOB NOT NULL, note BLOB NOT NULL, position INTEGER NOT NULL, amount INTEGER NOT NULL, \
     PRIMARY KEY (business, note, position)) STRICT";
const POSTGRES: &str = "CREATE TABLE note (business UUID NOT NULL, id UUID NOT NULL, version BIGINT NOT NULL, scope UUID NOT NULL, \
     slot BIGINT NOT NULL, amount BIGINT NOT NULL, text BYTEA NOT NULL, digest BYTEA, PRIMARY KEY (business, id), UNIQUE (business, slot)); \
     CREATE TABLE note_line (business UUID NOT NULL, note UUID NOT NULL, position BIGINT NOT NULL, amount BIGINT NOT NULL, \
     PRIMARY KEY (business, note, position))";

static MIGRATIONS: LazyLock<Vec<Migration>> = LazyLock::new(|| {
    let known = STEPS.iter().map(|step| Migration {
        number: step.number,
        name: step.name,
        sqlite: step.sqlite,
        postgres: step.postgres,
    });
    let next = i64::try_from(STEPS.len()).unwrap() + 1;
    known.chain([Migration { number: next, name: "note", sqlite: SQLITE, postgres: POSTGRES }]).collect()
});

pub(crate) fn migrations() -> &'static [Migration] {
    &MIGRATIONS
}

pub(crate) static AGGREGATES: &[&Aggregate] = &[&NOTE];

static NOTE: Aggregate = Aggregate {
    root: Table {
        name: "note",
        insert: "INSERT INTO note (business, id, version, scope, slot, amount, text, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        replace: "UPDATE note SET version = $3, scope = $4, slot = $5, amount = $6, text = $7, digest = $8 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, scope, slot, amount, text, digest FROM note WHERE business = $1 AND id = $2",
    },
    parts: &[Table {
        name: "note_line",
        insert: "INSERT INTO note_line (business, note, position, amount) VALUES ($1, $2, $3, $4)",
        replace: "DELETE FROM note_line WHERE business = $1 AND note = $2",
        select: "SELECT business, note, position, amount FROM note_line WHERE business = $1 AND note = $2 ORDER BY position",
    }],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM note WHERE business = $1 ORDER BY id",
};
const TEXT: Column = Column::statutory("note", "text");
const LOCK: &str = "UPDATE note SET version = version WHERE business = $1 AND id = $2 AND (scope = $3 OR $3 IS NULL) \
     RETURNING business, id, version, scope, slot, amount, text, digest";
const LIST: &str =
    "SELECT business, id, version, scope, slot, amount, text FROM note WHERE business = $1 ORDER BY slot";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) id: [u8; 16],
    pub(crate) version: i64,
    pub(crate) scope: ScopeId,
    pub(crate) slot: i64,
    pub(crate) amount: i64,
    pub(crate) text: String,
}

impl Note {
    fn subject(&self) -> SubjectId {
        SubjectId::from_bytes(self.id)
    }
    fn read(row: &Row, reading: &mut impl Reading) -> Result<Self, Fault> {
        let id: [u8; 16] = row.get(1)?;
        let text = reading.open(&TEXT, &id, SubjectId::from_bytes(id), &row.get::<Vec<u8>>(6)?)?;
        Ok(Self { id, version: row.get(2)?, scope: row.id(3)?, slot: row.get(4)?, amount: row.get(5)?, text })
    }
}

impl Stored for Note {
    const AGGREGATE: &'static Aggregate = &NOTE;
    fn id(&self) -> [u8; 16] {
        self.id
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let business = tx.business().bytes();
        let text = tx.seal(&TEXT, &self.id, self.subject(), &self.text)?;
        let root = values![business, self.id, self.version, self.scope.bytes(), self.slot, self.amount, text];
        let lines = (0..2_i64).map(|line| values![business, self.id, line, self.amount + line]).collect();
        Ok(Cells { root, parts: vec![lines] })
    }
}

impl Root for Note {
    type Id = SubjectId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: SubjectId) -> Result<Option<Self>, Fault> {
        let only = match scope {
            Scope::All => None,
            Scope::Only(scopes) => scopes.first().map(TypedId::bytes),
        };
        let found = tx.whole(&NOTE, LOCK, &values![tx.business().bytes(), id.bytes(), only])?;
        found.map(|note| Self::read(note.root(), tx)).transpose()
    }
}

impl Recall for Note {
    const READING: Action = Action::ReadCustomers;
    fn reference(&self) -> [u8; 16] {
        self.id
    }
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        Self::lock(tx, permit.scope(), SubjectId::from_bytes(reference))
    }
}

pub(crate) struct NoteWritten(pub(crate) Note);
impl Event for NoteWritten {
    const NAME: &'static str = "note.written";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.id)
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.0.subject())
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.text.clone())
    }
}

pub(crate) struct Found;
impl Order for Found {
    const ACTION: Action = Action::FoundBusiness;
}
pub(crate) struct Founded;
impl Event for Founded {
    const NAME: &'static str = "business.founded";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Founds the operator's business.
pub(crate) async fn found(books: &Books, operator: &Actor) -> Result<(), Refused> {
    books
        .found(operator, Found, |tx, _, _| {
            let business = tx.business();
            tx.new_subject(business.into())?;
            tx.record(Founded, ())
        })
        .await
}

#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) slot: i64,
    pub(crate) amount: i64,
    pub(crate) text: String,
    pub(crate) scope: ScopeId,
}
impl Order for Write {
    const ACTION: Action = Action::AddCustomer;
}

pub(crate) fn write(tx: &mut Tx<'_>, order: &Write) -> Result<Note, Fault> {
    let id = coffer_kernel::CustomerId::new(tx.now(), tx.entropy()).bytes();
    let Write { slot, amount, text, scope } = order.clone();
    let note = Note { id, version: 1, scope, slot, amount, text };
    tx.new_subject(note.subject())?;
    tx.insert(&note)?;
    tx.tally("notes", "all", amount, 1);
    Ok(note)
}

/// Writes a note.
pub(crate) async fn add(books: &Books, actor: &Actor, slot: i64, text: &str) -> Result<Note, Refused> {
    let order = Write { slot, amount: slot * 10, text: text.to_owned(), scope: ScopeId::from_bytes([1; 16]) };
    books
        .transact(actor, order, |tx, _, order| {
            let note = write(tx, order)?;
            tx.record(NoteWritten(note.clone()), note)
        })
        .await
}

/// Gives a note another text.
pub(crate) async fn revise(books: &Books, actor: &Actor, note: &Note, text: &str) -> Result<(), Refused> {
    let order = Write { slot: note.slot, amount: note.amount, text: text.to_owned(), scope: note.scope };
    let id = note.subject();
    books
        .transact(actor, order, move |tx, permit, order| {
            let granted = tx.lock::<Note>(permit, id)?;
            let next = Note { version: granted.version + 1, text: order.text.clone(), ..granted.clone() };
            tx.replace(&granted, &next)?;
            tx.record(NoteWritten(next), ())
        })
        .await
}

pub(crate) struct List;
impl Order for List {
    const ACTION: Action = Action::ReadCustomers;
}

/// Lists all notes.
pub(crate) async fn list(books: &Books, actor: &Actor) -> Result<Vec<Note>, Refused> {
    books
        .read(actor, List, |snapshot: &mut Snapshot<'_>, _, _| {
            let rows = snapshot.query(LIST, &values![snapshot.business().bytes()])?;
            Ok(rows.iter().map(|row| Note::read(row, snapshot)).collect::<Result<_, _>>()?)
        })
        .await
}

struct Show;
impl Order for Show {
    const ACTION: Action = Action::OpenDocument;
}

/// Shows all notes to whoever holds a link; how many they are.
pub(crate) async fn show(books: &Books, actor: &Actor) -> Result<usize, Refused> {
    books
        .read(actor, Show, |snapshot: &mut Snapshot<'_>, _, _| {
            let rows = snapshot.query(LIST, &values![snapshot.business().bytes()])?;
            rows.iter().try_for_each(|row| Note::read(row, snapshot).map(drop))?;
            Ok(rows.len())
        })
        .await
}

pub(crate) fn business(number: u8) -> BusinessId {
    BusinessId::from_bytes([number; 16])
}
