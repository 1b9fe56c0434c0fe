//! Failing on purpose: every statement of every connection asks first.
//!
//! In production there is nothing to ask and nothing in the way. The simulator counts statements and lets the n-th one
//! fail, for all n; after a crash nothing of that process works any more.

use super::{Committed, Connection, Dialect, Engine, Mode};
use crate::{Fault, Row, Value};
use std::sync::Arc;

/// Where something may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Before a transaction begins.
    Begin,
    /// Before a statement.
    Statement(&'static str),
    /// Before COMMIT is sent.
    BeforeCommit,
    /// After COMMIT was done, before anybody hears of it.
    AfterCommit,
}

/// What happens instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The engine refuses this statement.
    Refuse,
    /// The transaction is lost, as with a full disk.
    Lose,
    /// The database is gone, as where its server stops.
    GoAway,
    /// The process is gone, as far as the books can tell.
    Crash,
    /// COMMIT never arrives (before it), or its answer never does (after it).
    Silence,
}

/// Decides where to fail.
pub trait Faults: Send + Sync {
    /// Asked before each step.
    fn at(&self, step: Step) -> Option<Failure>;
}

/// Puts the faults in the way, if there are any.
pub(crate) fn wrap(engine: Arc<dyn Engine>, faults: Option<Arc<dyn Faults>>) -> Arc<dyn Engine> {
    match faults {
        Some(faults) => Arc::new(Faulty { engine, faults }),
        None => engine,
    }
}

struct Faulty {
    engine: Arc<dyn Engine>,
    faults: Arc<dyn Faults>,
}

impl Engine for Faulty {
    fn connect(&self, mode: Mode) -> Result<Box<dyn Connection>, Fault> {
        let link = self.engine.connect(mode)?;
        Ok(Box::new(FaultyLink { link, faults: Arc::clone(&self.faults), crashed: false }))
    }
    fn writers(&self) -> usize {
        self.engine.writers()
    }
    fn readers(&self) -> usize {
        self.engine.readers()
    }
    fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }
    fn copy(&self, to: &std::path::Path) -> Result<(), Fault> {
        self.engine.copy(to)
    }
    fn key(&self) -> Option<coffer_keys::DatabaseKey> {
        self.engine.key()
    }
    fn preserve(&self, name: &str) -> Result<(), Fault> {
        self.engine.preserve(name)
    }
}

struct FaultyLink {
    link: Box<dyn Connection>,
    faults: Arc<dyn Faults>,
    crashed: bool,
}

impl FaultyLink {
    fn ask(&mut self, step: Step) -> Result<(), Fault> {
        if self.crashed {
            return Err(Fault::Closed);
        }
        match self.faults.at(step) {
            None => Ok(()),
            Some(Failure::Refuse) => Err(Fault::Engine("refused on purpose".to_owned())),
            Some(Failure::Lose) => {
                self.link.rollback();
                Err(Fault::Broken("lost on purpose".to_owned()))
            }
            Some(Failure::GoAway) => {
                self.link.rollback();
                Err(Fault::Away("gone on purpose".to_owned()))
            }
            Some(Failure::Silence) => {
                self.link.rollback();
                Err(Fault::Unknown)
            }
            Some(Failure::Crash) => {
                self.link.rollback();
                self.crashed = true;
                Err(Fault::Closed)
            }
        }
    }
}

impl Connection for FaultyLink {
    fn begin(&mut self, mode: Mode) -> Result<(), Fault> {
        self.ask(Step::Begin)?;
        self.link.begin(mode)
    }
    fn commit(&mut self) -> Committed {
        match self.ask(Step::BeforeCommit) {
            Ok(()) => {}
            // COMMIT never arrived, and nobody hears of that either.
            Err(Fault::Unknown) => return Committed::Unknown,
            Err(fault) => return Committed::No(fault),
        }
        let committed = self.link.commit();
        if committed != Committed::Yes {
            return committed;
        }
        match self.faults.at(Step::AfterCommit) {
            Some(Failure::Crash) => {
                self.crashed = true;
                Committed::No(Fault::Closed)
            }
            Some(Failure::Silence | Failure::Lose | Failure::Refuse | Failure::GoAway) => Committed::Unknown,
            None => Committed::Yes,
        }
    }
    fn rollback(&mut self) {
        self.link.rollback();
    }
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.ask(Step::Statement(sql))?;
        self.link.execute(sql, values)
    }
    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        self.ask(Step::Statement(sql))?;
        self.link.later(sql, values)
    }
    fn takes(&mut self, sql: &'static str, values: Vec<Value>) -> Result<bool, Fault> {
        self.ask(Step::Statement(sql))?;
        self.link.takes(sql, values)
    }
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.ask(Step::Statement(sql))?;
        self.link.query(sql, values)
    }
    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        self.ask(Step::Statement(sql))?;
        self.link.each(sql, take)
    }
    fn flush(&mut self) -> Result<(), Fault> {
        self.link.flush()
    }
    fn stands(&mut self) -> bool {
        !self.crashed && self.link.stands()
    }
    fn alive(&self) -> bool {
        self.link.alive()
    }
    fn upkeep(&mut self) {
        self.link.upkeep();
    }
    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.link.script(sql)
    }
}
