//! The two drivers, behind one small surface.
//!
//! A [`Connection`] is used by one store-owned thread at a time and blocks it: bodies never wait for anything else
//! (law 9). [`Connection::later`] may hold a statement back until something is asked for; PostgreSQL then sends all of
//! them in one go. Every text is written with `$1 … $n`; SQLite's driver would read `$1` as a *named* parameter
//! numbered by first appearance, so its driver rewrites them to `?1` once, where a statement is prepared.

pub(crate) mod faults;
pub(crate) mod postgres;
pub(crate) mod sqlite;
pub(crate) mod wanted;

use crate::{Fault, Row, Value};
use coffer_keys::DatabaseKey;

/// Whether a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// What became of a COMMIT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Committed {
    /// It is durable.
    Yes,
    /// It is not: the engine said so. What was in it may be tried again.
    No(Fault),
    /// The answer did not arrive.
    Unknown,
}

/// One connection to an engine.
pub(crate) trait Connection: Send {
    fn begin(&mut self, mode: Mode) -> Result<(), Fault>;
    /// Sends what is held back and commits.
    fn commit(&mut self) -> Committed;
    /// Ends the transaction, whatever state it is in. Never fails: a connection that cannot even do that is replaced.
    fn rollback(&mut self);
    /// Runs one statement and tells how many rows it touched.
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault>;
    /// Runs one statement whose outcome nobody looks at; its failure may surface at a later call.
    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault>;
    /// Runs one statement that touches a row unless somebody was first, and tells whether it did. Where that would take
    /// a round trip it is taken for granted; if it then did not, a later call fails with [`Fault::Taken`].
    fn takes(&mut self, sql: &'static str, values: Vec<Value>) -> Result<bool, Fault> {
        Ok(self.execute(sql, &values)? == 1)
    }
    /// Runs one statement and fetches its rows.
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault>;
    /// Runs one statement without parameters and hands over its rows as they come, never all at once. Inside a
    /// transaction.
    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault>;
    /// Sends what is held back and waits for it.
    fn flush(&mut self) -> Result<(), Fault>;
    /// Whether the transaction that was begun is still open and can go on after its savepoint is rolled back to.
    fn stands(&mut self) -> bool;
    /// Whether the connection can be used again.
    fn alive(&self) -> bool;
    /// Upkeep between two transactions of a writer. Nothing depends on it but disk space.
    fn upkeep(&mut self) {}
    /// Runs a script of several statements. For migrations and the store's own settings only.
    fn script(&mut self, sql: &str) -> Result<(), Fault>;
}

/// Makes connections. The store keeps one per thread and asks for another where one died.
pub(crate) trait Engine: Send + Sync {
    fn connect(&self, mode: Mode) -> Result<Box<dyn Connection>, Fault>;
    /// How many threads may write side by side. Each takes whole businesses.
    fn writers(&self) -> usize;
    /// How many threads read.
    fn readers(&self) -> usize;
    /// Which dialect the migrations are in.
    fn dialect(&self) -> Dialect;
    /// Copies everything as it stands at one instant into a new file, encrypted as it is.
    fn copy(&self, to: &std::path::Path) -> Result<(), Fault>;
    /// The key that such a copy opens with; [`None`] where there is none that could be handed out.
    fn key(&self) -> Option<DatabaseKey>;
    /// Keeps a copy of everything under this name, before the schema is changed, where the engine is ours to copy.
    fn preserve(&self, name: &str) -> Result<(), Fault>;
}

/// The dialect, for the few places that must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLCipher.
    Sqlite,
    /// PostgreSQL, and what speaks its protocol.
    Postgres,
}

/// Whether a statement would end or nest the transaction it runs in. Bodies may not; only the committer does.
pub(crate) fn controls_transaction(sql: &str) -> bool {
    let word = sql.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE", "SET"]
        .iter()
        .any(|control| word.eq_ignore_ascii_case(control))
}

#[cfg(test)]
mod tests {
    use super::controls_transaction;

    #[test]
    fn bodies_cannot_control_the_transaction() {
        assert!(controls_transaction("  commit"));
        assert!(controls_transaction("ROLLBACK TO x"));
        assert!(!controls_transaction("SELECT 1"));
        assert!(!controls_transaction("UPDATE settings SET a = 1"));
    }
}
