//! Across engines: every row of one engine's books, as they all stand at one instant, into the empty books of another.
//!
//! A backup of books on PostgreSQL is an embedded database made for it, encrypted under a key of its own; so one format
//! serves both engines, and either can be restored from it. Both schemas have the same tables and columns, which
//! `cargo xtask tidy` holds them to.

use crate::engine::postgres::{Postgres, Target};
use crate::engine::sqlite::Sqlite;
use crate::engine::{Committed, Connection, Engine, Mode};
use crate::migrate::{Migration, bring_forward};
use crate::{Fault, Row, keyring::held, values};
use coffer_kernel::Clock;
use coffer_keys::Secret;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

mod sql {
    pub(super) const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
         AND name <> 'schema_step' ORDER BY name";
    pub(super) const COLUMNS: &str = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
    pub(super) const KEYS: &str =
        "SELECT business, generation, wrapped FROM business_key ORDER BY business, generation";
    pub(super) const HEADS: &str = "SELECT business, size FROM log_head ORDER BY business";
    pub(super) const SCHEMA: &str =
        "SELECT CAST(CASE WHEN to_regclass('business_key') IS NULL THEN 0 ELSE 1 END AS BIGINT)";
    pub(super) const ANY_KEY: &str = "SELECT business FROM business_key LIMIT 1";
    pub(super) const CHECKPOINT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
}

/// How many rows go over at once.
const AT_ONCE: usize = 200;

/// A table, and how it is read and written whole.
struct Shape {
    select: &'static str,
    insert: &'static str,
}

/// An embedded database in a file, with its key.
pub struct Embedded {
    /// The file.
    pub file: PathBuf,
    /// SQLCipher's raw key, 64 hexadecimal digits.
    pub key: Secret<String>,
}

impl Embedded {
    fn engine(self) -> Sqlite {
        Sqlite { file: self.file, key: Some(self.key) }
    }
}

/// Why books do not go into a database.
#[derive(Debug)]
pub enum NotInto {
    /// There are others in it.
    Others,
    /// The engine.
    Fault(Fault),
}

impl std::fmt::Display for NotInto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Others => f.write_str("There are other books in this database already, and a restore never replaces any. Make an empty database and name it with --database."),
            Self::Fault(fault) => write!(f, "The books could not be written to the database: {fault}. Nothing of them is in it."),
        }
    }
}

impl std::error::Error for NotInto {}

impl From<Fault> for NotInto {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Copies an engine's books into a new embedded database, from one snapshot.
pub(super) fn into_embedded(
    from: &dyn Engine,
    to: Embedded,
    steps: &[Migration],
    clock: &dyn Clock,
) -> Result<(), Fault> {
    let target = to.engine();
    bring_forward(&target, steps, clock, None)?;
    let (mut link, mut into) = (from.connect(Mode::Read)?, target.connect(Mode::Write)?);
    let shapes = shapes(into.as_mut())?;
    link.begin(Mode::Read)?;
    let outcome = whole(link.as_mut(), into.as_mut(), &shapes);
    link.rollback();
    outcome?;
    // The log goes into the file; the last connection takes what is left of it away.
    into.script(sql::CHECKPOINT)
}

/// Copies embedded books into a database that has none; all of them or nothing. Where the very same books are in it
/// already, that is well too: the one who did it was ended before saying so.
///
/// # Errors
/// [`NotInto`].
pub fn into_postgres(from: Embedded, to: Target, steps: &[Migration], clock: &dyn Clock) -> Result<(), NotInto> {
    let (source, target) = (from.engine(), Postgres::new(to)?);
    bring_forward(&target, steps, clock, None)?;
    let (mut link, mut into) = (source.connect(Mode::Read)?, target.connect(Mode::Write)?);
    let shapes = shapes(link.as_mut())?;
    link.begin(Mode::Read)?;
    if !into.query(sql::HEADS, &[])?.is_empty() {
        let same = [sql::KEYS, sql::HEADS].into_iter().all(|sql| {
            let both = (link.query(sql, &[]), into.query(sql, &[]));
            matches!(both, (Ok(ours), Ok(theirs)) if ours == theirs)
        });
        return if same { Ok(()) } else { Err(NotInto::Others) };
    }
    let outcome = whole(link.as_mut(), into.as_mut(), &shapes);
    link.rollback();
    Ok(outcome?)
}

/// Whether there are books in this database. Nothing is made or brought forward.
///
/// # Errors
/// Where the engine refuses.
pub fn holds_books(database: Target) -> Result<bool, Fault> {
    let engine = Postgres::new(database)?;
    let mut link = engine.connect(Mode::Read)?;
    let there = link.query(sql::SCHEMA, &[])?.first().map_or(Ok(0), |row| row.get::<i64>(0))?;
    Ok(there == 1 && !link.query(sql::ANY_KEY, &[])?.is_empty())
}

fn whole(from: &mut dyn Connection, to: &mut dyn Connection, shapes: &[Shape]) -> Result<(), Fault> {
    to.begin(Mode::Write)?;
    let copied = shapes.iter().try_for_each(|shape| copy(from, to, shape)).and_then(|()| to.flush());
    if let Err(fault) = copied {
        to.rollback();
        return Err(fault);
    }
    match to.commit() {
        Committed::Yes => Ok(()),
        Committed::No(fault) => {
            to.rollback();
            Err(fault)
        }
        Committed::Unknown => Err(Fault::Unknown),
    }
}

fn copy(from: &mut dyn Connection, to: &mut dyn Connection, shape: &Shape) -> Result<(), Fault> {
    let mut waiting = 0;
    from.each(shape.select, &mut |Row(cells)| {
        to.later(shape.insert, cells)?;
        waiting += 1;
        if waiting % AT_ONCE == 0 { to.flush() } else { Ok(()) }
    })?;
    to.flush()
}

/// The tables of the embedded schema, with all of their columns in order.
fn shapes(embedded: &mut dyn Connection) -> Result<Vec<Shape>, Fault> {
    let tables: Vec<String> = texts(&embedded.query(sql::TABLES, &[])?)?;
    tables.iter().map(|table| shape(table, &texts(&embedded.query(sql::COLUMNS, &values![table.as_str()])?)?)).collect()
}

fn texts(rows: &[Row]) -> Result<Vec<String>, Fault> {
    rows.iter().map(|row| row.get(0)).collect()
}

fn shape(table: &str, columns: &[String]) -> Result<Shape, Fault> {
    let plain =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !columns.iter().all(|column| plain(column)) || !plain(table) {
        return Err(Fault::Misuse("a table or column with a name that would need quoting"));
    }
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
    let (columns, places) = (columns.join(", "), places.join(", "));
    Ok(Shape {
        select: kept(format!("SELECT {columns} FROM {table}")),
        insert: kept(format!("INSERT INTO {table} ({columns}) VALUES ({places})")),
    })
}

/// A statement that stays for as long as the program does, once: there are two for each table.
fn kept(text: String) -> &'static str {
    static TEXTS: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut texts = held(&TEXTS);
    if let Some(known) = texts.get(text.as_str()) {
        return known;
    }
    let text: &'static str = text.leak();
    texts.insert(text);
    text
}
