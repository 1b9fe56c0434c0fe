//! PostgreSQL 15 or newer, through `tokio-postgres` driven from store-owned threads.
//!
//! A thread hands over statements with `Handle::block_on`; those nobody waits for are held back and sent in one go
//! with the next one that somebody does (pipelining: twelve inserts cost one round trip). Transport security is
//! enforced here, not left to the library: see [`target`].

mod cells;
mod held;
mod target;
mod tls;

use super::{Committed, Connection, Dialect, Engine, Mode};
use crate::{Fault, Row, Value};
use cells::{Bound, Cell};
use coffer_keys::DatabaseKey;
use futures_util::TryStreamExt;
use futures_util::future::join_all;
use held::{Held, Prepared, for_rows, runs};
use std::error::Error as _;
pub use target::{Target, UnsafeTarget};
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::error::{DbError, Severity, SqlState};
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
        let client = handle.block_on(self.target.connect(mode)).map_err(|error| Fault::Away(error_text(&error)))?;
        Ok(Box::new(Link {
            handle,
            client,
            mode,
            statements: Prepared::default(),
            held: Vec::new(),
            open: false,
            lost: false,
        }))
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
    statements: Prepared,
    held: Vec<Held>,
    open: bool,
    /// The server's process has ended, or nobody knows; the client may take a moment longer to see it.
    lost: bool,
}

/// Something held back, ready to be sent: the statement, its parameters, and whether it has to touch a row.
type Ready<'a> = (Statement, Vec<&'a Value>, bool);

impl Link {
    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Fault> {
        if let Some(statement) = self.statements.get(sql, 1) {
            return Ok(statement.clone());
        }
        // A failed preparation would break the transaction at a place nobody can name, so what is held goes first.
        self.flush()?;
        let prepared = self.handle.block_on(self.client.prepare(sql));
        let statement = prepared.map_err(|error| self.failed(&error))?;
        self.statements.keep(sql, 1, statement.clone());
        Ok(statement)
    }

    /// What is held, in as few statements as it takes.
    fn ready<'a>(&mut self, held: &'a [Held]) -> Result<Vec<Ready<'a>>, Fault> {
        let mut ready = Vec::with_capacity(held.len());
        for run in runs(held) {
            let rows = held.get(run.first..run.first + run.rows).unwrap_or_default();
            let Some(first) = rows.first() else { continue };
            let statement = match self.statements.get(first.sql, run.rows) {
                Some(statement) => statement.clone(),
                None => {
                    let text = for_rows(first.sql, run.rows, first.values.len());
                    let made = self.handle.block_on(self.client.prepare(&text));
                    let made = made.map_err(|error| self.failed(&error))?;
                    self.statements.keep(first.sql, run.rows, made.clone());
                    made
                }
            };
            ready.push((statement, rows.iter().flat_map(|row| &row.values).collect(), first.takes));
        }
        Ok(ready)
    }

    /// Sends everything held back and then `last`, in that order, and waits for all of it.
    fn send<T>(&mut self, last: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>) -> Result<T, Sent> {
        let held = std::mem::take(&mut self.held);
        let ready = self.ready(&held).map_err(Sent::Fault)?;
        let client = &self.client;
        let sent = self.handle.block_on(async {
            // Requests go out in the order in which the futures are first polled.
            let ahead = join_all(ready.iter().map(|(statement, values, takes)| async move {
                let touched = client.execute_raw(statement, values.iter().map(|value| Bound(value))).await;
                touched.map(|touched| touched == 0 && *takes)
            }));
            let (ahead, last) = futures_util::future::join(ahead, last(client)).await;
            for outcome in ahead {
                if outcome.map_err(Sent::Error)? {
                    return Err(Sent::Fault(Fault::Taken("somebody was first".to_owned())));
                }
            }
            last.map_err(Sent::Error)
        });
        if let Err(Sent::Error(error)) = &sent {
            self.failed(error);
        }
        sent
    }

    /// What an error is to the books; one that is not about what was asked leaves no connection behind.
    fn failed(&mut self, error: &tokio_postgres::Error) -> Fault {
        self.lost |= !error.as_db_error().is_some_and(is_of_the_statement);
        fault(error)
    }
}

/// Why what was sent did not do what it should.
enum Sent {
    Fault(Fault),
    Error(tokio_postgres::Error),
}

impl From<Sent> for Fault {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Fault(fault) => fault,
            Sent::Error(error) => fault(&error),
        }
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
        // What was taken for granted is known before anything is committed.
        if self.held.iter().any(|held| held.takes)
            && let Err(fault) = self.flush()
        {
            return Committed::No(fault);
        }
        match self.send(async |client| run(client, &statement, &[]).await) {
            Ok(_) => {
                self.open = false;
                Committed::Yes
            }
            Err(Sent::Fault(fault)) => Committed::No(fault),
            // An ordinary error from the server means that it did not commit. Silence, or the end of the server's process,
            // which may come after the commit was written, means that nobody knows.
            Err(Sent::Error(error)) if error.as_db_error().is_some_and(is_of_the_statement) => {
                Committed::No(fault(&error))
            }
            Err(Sent::Error(_)) => Committed::Unknown,
        }
    }

    fn rollback(&mut self) {
        self.held.clear();
        if self.open && self.alive() {
            let _ = self.handle.block_on(self.client.batch_execute("ROLLBACK"));
        }
        self.open = false;
    }

    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        let statement = self.prepared(sql)?;
        Ok(self.send(async |client| run(client, &statement, values).await)?)
    }

    fn later(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), Fault> {
        self.prepared(sql)?;
        self.held.push(Held { sql, values, takes: false });
        Ok(())
    }

    fn takes(&mut self, sql: &'static str, values: Vec<Value>) -> Result<bool, Fault> {
        self.prepared(sql)?;
        self.held.push(Held { sql, values, takes: true });
        Ok(true)
    }

    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let statement = self.prepared(sql)?;
        Ok(self.send(async |client| fetch(client, &statement, values).await)?)
    }

    fn each(&mut self, sql: &'static str, take: &mut dyn FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        self.flush()?;
        self.script(&format!("DECLARE each_row NO SCROLL CURSOR FOR {sql}"))?;
        // Not kept: what it fetches is another shape for each statement.
        let some = self.handle.block_on(self.client.prepare("FETCH 200 FROM each_row"));
        let some = some.map_err(|error| self.failed(&error))?;
        loop {
            let rows = self.handle.block_on(fetch(&self.client, &some, &[])).map_err(|error| self.failed(&error))?;
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
        Ok(self.send(async |_| Ok(()))?)
    }

    fn stands(&mut self) -> bool {
        self.open && self.alive()
    }

    fn alive(&self) -> bool {
        !self.lost && !self.client.is_closed()
    }

    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.handle.block_on(self.client.batch_execute(sql)).map_err(|error| self.failed(&error))
    }
}

fn fault(error: &tokio_postgres::Error) -> Fault {
    let Some(answer) = error.as_db_error() else {
        let gone = error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>());
        return if gone { Fault::Away(error.to_string()) } else { Fault::Broken(error.to_string()) };
    };
    match (answer.code(), answer.constraint()) {
        (&SqlState::UNIQUE_VIOLATION, Some(name)) => Fault::Taken(name.to_owned()),
        (
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::TOO_MANY_CONNECTIONS,
            _,
        ) => Fault::Away(answer.message().to_owned()),
        (&SqlState::DISK_FULL | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT, _) => {
            Fault::Broken(answer.message().to_owned())
        }
        (&SqlState::NUMERIC_VALUE_OUT_OF_RANGE, _) => Fault::TooLarge,
        (code, _) => Fault::Engine(format!("{} ({})", answer.message(), code.code())),
    }
}

/// What an error says, with what the server said.
fn error_text(error: &tokio_postgres::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// Whether an error is about what was asked, and not the end of the process that was asked (57P01 and its like).
fn is_of_the_statement(error: &DbError) -> bool {
    !matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic))
        && !error.code().code().starts_with("57P")
}
