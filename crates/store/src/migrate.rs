//! Bringing a schema forward, one numbered step at a time, all that are missing in one transaction.

use crate::engine::{Committed, Connection, Dialect, Engine, Mode};
use crate::keyring::Keyring;
use crate::log::kept::KeptHeads;
use crate::world::World;
use crate::{Fault, facts, values, vouch};
use coffer_kernel::Clock;
use coffer_proof::hash::leaf_hash;

mod sql {
    pub(super) const ENSURE_SQLITE: &str = "CREATE TABLE IF NOT EXISTS schema_step (number INTEGER NOT NULL PRIMARY KEY, \
         name TEXT NOT NULL, digest BLOB NOT NULL, applied_at INTEGER NOT NULL) STRICT";
    pub(super) const ENSURE_POSTGRES: &str = "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT NOT NULL PRIMARY KEY, \
         name TEXT NOT NULL, digest BYTEA NOT NULL, applied_at BIGINT NOT NULL)";
    pub(super) const LOCK_POSTGRES: &str = "LOCK TABLE schema_step IN SHARE ROW EXCLUSIVE MODE";
    pub(super) const APPLIED: &str = "SELECT number, digest FROM schema_step ORDER BY number";
    pub(super) const ADD: &str = "INSERT INTO schema_step (number, name, digest, applied_at) VALUES ($1, $2, $3, $4)";
}

/// One step, in both dialects.
#[derive(Debug)]
pub struct Migration {
    /// Its number, from 1, dense.
    pub number: i64,
    /// What it does.
    pub name: &'static str,
    /// For the embedded engine.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl Migration {
    fn script(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// What a step needs that is more than its script: keys, clock and entropy, and the heads that were kept of the logs.
pub(crate) struct Hands<'a> {
    pub(crate) keyring: &'a Keyring,
    pub(crate) world: &'a World,
    pub(crate) heads: &'a KeptHeads,
}

/// Applies what is missing, in one transaction, after a copy of what was there. Several processes may do this at once;
/// one of them does the work.
///
/// Without hands only for a schema whose rows come from books that were brought forward themselves.
pub(crate) fn bring_forward(
    engine: &dyn Engine,
    steps: &[Migration],
    clock: &dyn Clock,
    hands: Option<&Hands<'_>>,
) -> Result<(), Fault> {
    let mut link = engine.connect(Mode::Write)?;
    let dialect = engine.dialect();
    if dialect == Dialect::Postgres {
        facts::new_enough(link.as_mut())?;
    }
    let applied = transaction(link.as_mut(), |link| ensure(link, dialect).and_then(|()| known(link, steps, dialect)))?;
    if applied == steps.len() {
        return Ok(());
    }
    if applied > 0 {
        engine.preserve(&format!("before-step-{}", applied + 1))?;
    }
    transaction(link.as_mut(), |link| apply(link, steps, dialect, (clock, hands)))
}

fn transaction<T>(
    link: &mut dyn Connection,
    act: impl FnOnce(&mut dyn Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    link.begin(Mode::Write)?;
    link.flush()?;
    let outcome = act(link);
    if outcome.is_err() {
        link.rollback();
        return outcome;
    }
    match link.commit() {
        Committed::Yes => outcome,
        Committed::No(fault) => {
            link.rollback();
            Err(fault)
        }
        Committed::Unknown => Err(Fault::Unknown),
    }
}

/// Makes the table of steps where there is none, and takes its lock.
fn ensure(link: &mut dyn Connection, dialect: Dialect) -> Result<(), Fault> {
    match dialect {
        Dialect::Sqlite => link.script(sql::ENSURE_SQLITE),
        Dialect::Postgres => {
            link.script(sql::ENSURE_POSTGRES)?;
            link.script(sql::LOCK_POSTGRES)
        }
    }
}

/// How many steps were applied; each must be the one that is known here.
fn known(link: &mut dyn Connection, steps: &[Migration], dialect: Dialect) -> Result<usize, Fault> {
    let applied = link.query(sql::APPLIED, &[])?;
    for (place, row) in applied.iter().enumerate() {
        let newer = Fault::Misuse("these books were written by a newer Coffer; start that one");
        let step = steps.get(place).ok_or(newer)?;
        let digest: Vec<u8> = row.get(1)?;
        if row.get::<i64>(0)? != step.number || digest != leaf_hash(step.script(dialect).as_bytes()).as_bytes() {
            return Err(Fault::Corrupt { table: "schema_step", column: "digest", row: step.name.to_owned() });
        }
    }
    Ok(applied.len())
}

fn apply(
    link: &mut dyn Connection,
    steps: &[Migration],
    dialect: Dialect,
    (clock, hands): (&dyn Clock, Option<&Hands<'_>>),
) -> Result<(), Fault> {
    ensure(link, dialect)?;
    let applied = known(link, steps, dialect)?;
    if let Some(hands) = hands.filter(|_| applied > 0) {
        vouch::before(link, steps.iter().skip(applied).map(|step| step.name), hands)?;
    }
    for step in steps.iter().skip(applied) {
        let script = step.script(dialect);
        link.script(script)?;
        if let Some(hands) = hands {
            vouch::after(link, step.name, hands)?;
        }
        let digest = leaf_hash(script.as_bytes()).as_bytes().to_vec();
        link.execute(sql::ADD, &values![step.number, step.name, digest, clock.now()])?;
    }
    Ok(())
}
