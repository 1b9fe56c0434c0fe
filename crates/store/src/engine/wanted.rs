//! A long look ends with whoever waits for it: a process that is told to stop does not wait for what nobody will hear.

use super::{Committed, Connection, Mode};
use crate::{Fault, Row, Value};

/// A connection on which nothing more is asked once nobody wants the answer.
pub(crate) struct WhileWanted<'a> {
    link: &'a mut dyn Connection,
    wanted: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> WhileWanted<'a> {
    pub(crate) fn new(link: &'a mut dyn Connection, wanted: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { link, wanted }
    }

    fn ask(&mut self) -> Result<&mut dyn Connection, Fault> {
        if (self.wanted)() { Ok(self.link) } else { Err(Fault::Closed) }
    }
}

impl Connection for WhileWanted<'_> {
    fn begin(&mut self, mode: Mode) -> Result<(), Fault> {
        self.ask()?.begin(mode)
    }
    fn commit(&mut self) -> Committed {
        self.link.commit()
    }
    fn rollback(&mut self) {
        self.link.rollback();
    }
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.ask()?.execute(sql, values)
    }
    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        self.ask()?.later(sql, values)
    }
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.ask()?.query(sql, values)
    }
    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        self.ask()?.each(sql, take)
    }
    fn flush(&mut self) -> Result<(), Fault> {
        self.link.flush()
    }
    fn stands(&mut self) -> bool {
        self.link.stands()
    }
    fn alive(&self) -> bool {
        self.link.alive()
    }
    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.ask()?.script(sql)
    }
}
