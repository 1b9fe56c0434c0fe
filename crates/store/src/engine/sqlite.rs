//! The embedded engine: SQLite with SQLCipher, AES-256 over every page, journal and temporary file.
//!
//! One writer, a few readers, write-ahead log, `synchronous=FULL`. The store owns checkpointing
//! (`wal_autocheckpoint=0` here, see [`crate::housekeeping`]), because backups ship pages. The cache is per
//! connection: 16 MB for the writer, 8 MB for a reader.

use super::{Committed, Connection, Dialect, Engine, Mode};
use crate::{Fault, Row, Value};
use coffer_keys::{DatabaseKey, Secret};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql, params_from_iter};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// How many commits pass between two looks at the log's size.
const LOOK_EVERY: u32 = 32;
/// How large the log may grow before its pages move into the database, in bytes.
const LARGEST_LOG: u64 = 4 * 1024 * 1024;

/// Opens connections to one encrypted file.
pub(crate) struct Sqlite {
    pub(crate) file: PathBuf,
    /// 64 hexadecimal digits; [`None`] for the plain file that the benchmarks compare with.
    pub(crate) key: Option<Secret<String>>,
}

impl Engine for Sqlite {
    fn connect(&self, mode: Mode) -> Result<Box<dyn Connection>, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let link = rusqlite::Connection::open_with_flags(&self.file, flags).map_err(|error| fault(&error))?;
        link.set_prepared_statement_cache_capacity(STATEMENTS);
        // Otherwise a statement is prepared anew whenever another value is bound to a range in it.
        link.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| fault(&error))?;
        if let Some(key) = &self.key {
            // Must be the first statement; a wrong key shows at the next. The library would print it otherwise.
            link.execute_batch("PRAGMA cipher_log_level = NONE").map_err(|error| fault(&error))?;
            link.execute_batch(&format!("PRAGMA key = \"x'{}'\"", key.expose())).map_err(|error| fault(&error))?;
        }
        link.execute_batch(match mode {
            Mode::Write => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;
                 PRAGMA cache_size = -16384; PRAGMA busy_timeout = 10000"
            }
            Mode::Read => {
                "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; PRAGMA busy_timeout = 10000; PRAGMA query_only = ON"
            }
        })
        .map_err(|error| fault(&error))?;
        Ok(Box::new(Link { link, texts: HashMap::new(), open: false, log: wal(&self.file), commits: 0 }))
    }
    fn writers(&self) -> usize {
        1
    }
    fn readers(&self) -> usize {
        3
    }
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    fn copy(&self, to: &Path) -> Result<(), Fault> {
        // Quotes in a path are doubled, as SQL wants them.
        let path = to.to_string_lossy().replace('\'', "''");
        self.connect(Mode::Write)?.script(&format!("VACUUM INTO '{path}'"))?;
        let synced = std::fs::File::open(to).and_then(|file| file.sync_all());
        synced.map_err(|error| Fault::Engine(format!("the copy could not be synced: {error}")))
    }
    fn key(&self) -> Option<DatabaseKey> {
        self.key.as_ref().and_then(DatabaseKey::from_hex)
    }
    /// An encrypted copy beside the database, under the same key.
    fn preserve(&self, name: &str) -> Result<(), Fault> {
        let copy = self.file.with_file_name(format!("{name}.db"));
        let unfinished = self.file.with_file_name(format!("{name}.part"));
        let io = |error: std::io::Error| Fault::Engine(format!("the copy before a migration failed: {error}"));
        match std::fs::remove_file(&unfinished) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        self.copy(&unfinished)?;
        std::fs::rename(&unfinished, &copy).map_err(io)
    }
}

struct Link {
    link: rusqlite::Connection,
    /// The rewritten text of each statement seen, found by where the original lies: a text is long to hash.
    texts: HashMap<(usize, usize), String>,
    open: bool,
    /// The write-ahead log's file.
    log: PathBuf,
    commits: u32,
}

impl Link {
    fn text<'t>(texts: &'t mut HashMap<(usize, usize), String>, sql: &'static str) -> &'t str {
        texts.entry((sql.as_ptr() as usize, sql.len())).or_insert_with(|| numbered(sql))
    }
}

impl Link {
    /// Whether there still is the transaction that was begun: without one SQLite would go on, and each statement would be
    /// durable by itself.
    fn within(&self) -> Result<(), Fault> {
        if self.open && self.link.is_autocommit() {
            return Err(Fault::Broken("the transaction was ended from inside".to_owned()));
        }
        Ok(())
    }

    fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value],
        take: &mut dyn FnMut(Row) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.within()?;
        let text = Self::text(&mut self.texts, sql);
        let mut statement = self.link.prepare_cached(text).map_err(|error| fault(&error))?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values)).map_err(|error| fault(&error))?;
        while let Some(row) = rows.next().map_err(|error| fault(&error))? {
            let cells = (0..columns)
                .map(|place| row.get_ref(place).map_err(|error| fault(&error)).and_then(cell))
                .collect::<Result<Vec<_>, _>>()?;
            take(Row(cells))?;
        }
        Ok(())
    }
}

impl Connection for Link {
    fn begin(&mut self, mode: Mode) -> Result<(), Fault> {
        let sql = if mode == Mode::Write { "BEGIN IMMEDIATE" } else { "BEGIN" };
        self.link.prepare_cached(sql).and_then(|mut begin| begin.execute([])).map_err(|error| fault(&error))?;
        self.open = true;
        Ok(())
    }

    fn commit(&mut self) -> Committed {
        match self.link.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])) {
            Ok(_) => {
                self.open = false;
                Committed::Yes
            }
            Err(error) => Committed::No(fault(&error)),
        }
    }

    fn rollback(&mut self) {
        if !self.link.is_autocommit() {
            let _ = self.link.execute_batch("ROLLBACK");
        }
        self.open = false;
    }

    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.within()?;
        let text = Self::text(&mut self.texts, sql);
        let mut statement = self.link.prepare_cached(text).map_err(|error| fault(&error))?;
        let touched = statement.execute(params_from_iter(values)).map_err(|error| fault(&error))?;
        Ok(touched as u64)
    }

    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        self.execute(sql, &values).map(drop)
    }

    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let mut answer = Vec::new();
        self.rows(sql, values, &mut |row| {
            answer.push(row);
            Ok(())
        })?;
        Ok(answer)
    }

    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        self.rows(sql, &[], take)
    }

    fn flush(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn stands(&mut self) -> bool {
        // A full disk, an interrupt or a body's own ROLLBACK drops the whole transaction, and SQLite then goes on
        // in autocommit as if nothing had happened.
        self.open && !self.link.is_autocommit()
    }

    fn alive(&self) -> bool {
        true
    }

    fn upkeep(&mut self) {
        self.commits += 1;
        if self.commits < LOOK_EVERY {
            return;
        }
        self.commits = 0;
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() > LARGEST_LOG) {
            // Takes what no reader still needs; what it cannot take now it takes the next time.
            drop(self.link.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())));
        }
    }

    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.link.execute_batch(sql).map_err(|error| fault(&error))
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

fn cell(value: ValueRef<'_>) -> Result<Value, Fault> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Text(value) => Value::Text(String::from_utf8(value.to_vec()).map_err(|_| not_text())?),
        ValueRef::Blob(value) => Value::Bytes(value.to_vec()),
        // No column holds one: it is what SQLite makes of an expression that leaves 64 bits.
        ValueRef::Real(_) => return Err(Fault::TooLarge),
    })
}

fn not_text() -> Fault {
    Fault::Corrupt { table: "answer", column: "text", row: "not UTF-8".to_owned() }
}

/// `coffer.db` has its log in `coffer.db-wal`.
fn wal(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// `$1` becomes `?1`, outside string literals.
fn numbered(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|character| {
            quoted ^= character == '\'';
            if character == '$' && !quoted { '?' } else { character }
        })
        .collect()
}

/// What SQLite says where a sum leaves 64 bits; it has no code of its own.
const OVERFLOW: &str = "integer overflow";

fn fault(error: &rusqlite::Error) -> Fault {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return Fault::Engine(error.to_string());
    };
    let message = message.clone().unwrap_or_else(|| code.to_string());
    if code.code == ErrorCode::ConstraintViolation
        && let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ")
    {
        return Fault::Taken(constraint_name(columns));
    }
    if message == OVERFLOW {
        return Fault::TooLarge;
    }
    // The whole transaction went with it.
    let lost =
        [ErrorCode::DiskFull, ErrorCode::SystemIoFailure, ErrorCode::OutOfMemory, ErrorCode::OperationInterrupted];
    if lost.contains(&code.code) { Fault::Broken(message) } else { Fault::Engine(message) }
}

/// `invoice.business, invoice.number` becomes `invoice_business_number_key`, as PostgreSQL would name it.
fn constraint_name(columns: &str) -> String {
    let mut name = String::new();
    for (place, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if place == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name + "_key"
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_bound_by_their_number() {
        let engine = Sqlite { file: PathBuf::from(":memory:"), key: None };
        let mut link = engine.connect(Mode::Write).unwrap();
        let rows = link.query("SELECT $2, '$1', $1", &[Value::Int(1), Value::Int(2)]).unwrap();
        assert_eq!(rows, vec![Row(vec![Value::Int(2), Value::Text("$1".into()), Value::Int(1)])]);
    }

    #[test]
    fn a_taken_key_is_named_as_postgres_would() {
        let engine = Sqlite { file: PathBuf::from(":memory:"), key: None };
        let mut link = engine.connect(Mode::Write).unwrap();
        link.script("CREATE TABLE t(a INTEGER, b INTEGER, UNIQUE(a, b)); INSERT INTO t VALUES(1, 2)").unwrap();
        let taken = link.execute("INSERT INTO t VALUES($1, $2)", &[Value::Int(1), Value::Int(2)]);
        assert_eq!(taken, Err(Fault::Taken("t_a_b_key".into())));
    }
}
