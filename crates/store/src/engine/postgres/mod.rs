//! PostgreSQL 15 or newer, through `tokio-postgres` driven from store-owned threads.
//!
//! A thread hands over statements with `Handle::block_on`; those nobody waits for are held back and sent in one go
//! with the next one that somebody does (pipelining: twelve inserts cost one round trip). Transport security is
//! enforced here, not left to the library: see [`target`].

mod cells;
mod target;
mod tls;

use super::{Committed, Connection, Dialect, Engine, Mode};
use crate::{Fault, Row, Value};
use cells::{Bound, Cell};
use coffer_keys::DatabaseKey;
use futures_util::TryStreamExt;
use futures_util::future::join_all;
use std::collections::HashMap;
use std::future::Future;
pub use target::{Target, UnsafeTarget};
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Statement};

/// How many businesses are written side by side by one process.
const WRITERS: usize = 4;
/// How many threads read.
const READERS: usize = 4;

/// Opens connections to one database.
pub(crate) struct Postgres {
    target: Target,
    /// Drives the connections. Taken only when this goes.
    runtime: Option<Runtime>,
    handle: Handle,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The last handle to the books may go inside somebody's async code, where waiting is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Postgres {
    pub(crate) fn new(target: Target) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("coffer-postgres")
            .enable_all()
            .build()
            .map_err(|error| Fault::Engine(error.to_string()))?;
        let handle = runtime.handle().clone();
        Ok(Self { target, runtime: Some(runtime), handle })
    }
}

impl Engine for Postgres {
    fn connect(&self, mode: Mode) -> Result<Box<dyn Connection>, Fault> {
        let handle = self.handle.clone();
        let client = handle.block_on(self.target.connect()).map_err(|error| fault(&error))?;
        Ok(Box::new(Link { handle, client, mode, statements: HashMap::new(), held: Vec::new(), open: false }))
    }
    fn writers(&self) -> usize {
        WRITERS
    }
    fn readers(&self) -> usize {
        READERS
    }
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
    /// Nothing: its files are the server's. Its rows go over one by one, see [`crate::backup`].
    fn copy(&self, _: &std::path::Path) -> Result<(), Fault> {
        Err(Fault::Misuse("this engine has tools of its own for that"))
    }
    fn key(&self) -> Option<DatabaseKey> {
        None
    }
    fn preserve(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
}

struct Link {
    handle: Handle,
    client: Client,
    mode: Mode,
    statements: HashMap<&'static str, Statement>,
    held: Vec<(Statement, Vec<Value>)>,
    open: bool,
}

impl Link {
    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Fault> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        // A failed preparation would break the transaction at a place nobody can name, so what is held goes first.
        self.flush()?;
        let statement = self.handle.block_on(self.client.prepare(sql)).map_err(|error| fault(&error))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

async fn run(client: &Client, statement: &Statement, values: &[Value]) -> Result<u64, tokio_postgres::Error> {
    client.execute_raw(statement, values.iter().map(Bound)).await
}

async fn fetch(client: &Client, statement: &Statement, values: &[Value]) -> Result<Vec<Row>, tokio_postgres::Error> {
    let rows = client.query_raw(statement, values.iter().map(Bound)).await?;
    rows.and_then(|row| async move {
        let cells = (0..row.len()).map(|place| row.try_get::<_, Cell>(place).map(|cell| cell.0));
        cells.collect::<Result<Vec<_>, _>>().map(Row)
    })
    .try_collect()
    .await
}

impl Connection for Link {
    fn begin(&mut self, mode: Mode) -> Result<(), Fault> {
        debug_assert!(mode == Mode::Read || self.mode == Mode::Write, "a reader's connection never writes");
        let sql = match mode {
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Mode::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        };
        self.held.clear();
        self.later(sql, Vec::new())?;
        self.open = true;
        Ok(())
    }

    fn commit(&mut self) -> Committed {
        let statement = match self.prepared("COMMIT") {
            Ok(statement) => statement,
            Err(fault) => return Committed::No(fault),
        };
        let held = std::mem::take(&mut self.held);
        let client = &self.client;
        match self.handle.block_on(pipelined(client, &held, run(client, &statement, &[]))) {
            Ok(_) => {
                self.open = false;
                Committed::Yes
            }
            // An answer from the server means that it did not commit; silence means that nobody knows.
            Err(error) if error.as_db_error().is_some() => Committed::No(fault(&error)),
            Err(_) => Committed::Unknown,
        }
    }

    fn rollback(&mut self) {
        self.held.clear();
        if self.open && !self.client.is_closed() {
            let _ = self.handle.block_on(self.client.batch_execute("ROLLBACK"));
        }
        self.open = false;
    }

    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        let statement = self.prepared(sql)?;
        let held = std::mem::take(&mut self.held);
        let client = &self.client;
        let outcome = self.handle.block_on(pipelined(client, &held, run(client, &statement, values)));
        outcome.map_err(|error| fault(&error))
    }

    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        let statement = self.prepared(sql)?;
        self.held.push((statement, values));
        Ok(())
    }

    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let statement = self.prepared(sql)?;
        let held = std::mem::take(&mut self.held);
        let client = &self.client;
        let outcome = self.handle.block_on(pipelined(client, &held, fetch(client, &statement, values)));
        outcome.map_err(|error| fault(&error))
    }

    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        self.flush()?;
        self.script(&format!("DECLARE each_row NO SCROLL CURSOR FOR {sql}"))?;
        // Not kept: what it fetches is another shape for each statement.
        let some =
            self.handle.block_on(self.client.prepare("FETCH 200 FROM each_row")).map_err(|error| fault(&error))?;
        loop {
            let rows = self.handle.block_on(fetch(&self.client, &some, &[])).map_err(|error| fault(&error))?;
            if rows.is_empty() {
                return self.script("CLOSE each_row");
            }
            rows.into_iter().try_for_each(&mut *take)?;
        }
    }

    fn flush(&mut self) -> Result<(), Fault> {
        if self.held.is_empty() {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        self.handle.block_on(pipelined(&self.client, &held, async { Ok(()) })).map_err(|error| fault(&error))
    }

    fn stands(&mut self) -> bool {
        self.open && !self.client.is_closed()
    }

    fn alive(&self) -> bool {
        !self.client.is_closed()
    }

    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.handle.block_on(self.client.batch_execute(sql)).map_err(|error| fault(&error))
    }
}

/// Sends everything held back and then `last`, in that order, and waits for all of it.
async fn pipelined<T>(
    client: &Client,
    held: &[(Statement, Vec<Value>)],
    last: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, tokio_postgres::Error> {
    // Requests go out in the order in which the futures are first polled.
    let ahead = join_all(held.iter().map(|(statement, values)| run(client, statement, values)));
    let (ahead, last) = futures_util::future::join(ahead, last).await;
    for outcome in ahead {
        outcome?;
    }
    last
}

fn fault(error: &tokio_postgres::Error) -> Fault {
    let Some(answer) = error.as_db_error() else {
        return Fault::Broken(error.to_string());
    };
    match (answer.code(), answer.constraint()) {
        (&SqlState::UNIQUE_VIOLATION, Some(name)) => Fault::Taken(name.to_owned()),
        (&SqlState::DISK_FULL | &SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN, _) => {
            Fault::Broken(answer.message().to_owned())
        }
        (code, _) => Fault::Engine(format!("{} ({})", answer.message(), code.code())),
    }
}
