//! What an engine says of itself, for whoever runs the machine.

use crate::books::Books;
use crate::engine::{Connection, Dialect};
use crate::refused::Refused;
use crate::{Fault, Row};
use coffer_kernel::{BusinessId, Clock};
use std::sync::Arc;

mod sql {
    pub(super) const CIPHER: &str = "PRAGMA cipher_version";
    pub(super) const VERSION: &str = "SELECT current_setting('server_version'), current_setting('server_version_num')";
    pub(super) const SERVER: &str = "SELECT current_setting('server_version'), current_setting('server_version_num'), \
         current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), \
         (SELECT CASE WHEN rolsuper THEN 'yes' ELSE 'no' END FROM pg_roles WHERE rolname = current_user), \
         CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
}

/// The oldest PostgreSQL that will do.
const OLDEST: u32 = 150_000;
/// How far two clocks may be apart, in milliseconds.
const MOST_SKEW_MS: u64 = 2_000;

/// What an engine says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its name and version.
    pub engine: String,
    /// Whether it is older than what these books need.
    pub too_old: bool,
    /// Settings under which a power cut costs what was acknowledged, as they stand.
    pub lossy: Vec<String>,
    /// Whether these books are opened with more rights than they need.
    pub superuser: bool,
    /// How far its clock is ahead of ours at least, in milliseconds.
    pub skew_ms: i64,
}

impl Facts {
    /// Whether its clock and ours differ by more than leases of several nodes can stand.
    #[must_use]
    pub const fn clocks_differ(&self) -> bool {
        self.skew_ms.unsigned_abs() > MOST_SKEW_MS
    }
}

impl Books {
    /// Asks the engine what it is and how it is set. It tells nothing of what is in the books.
    ///
    /// # Errors
    /// Where it cannot be asked.
    pub async fn facts(&self) -> Result<Facts, Refused> {
        let (dialect, clock) = (self.dialect(), Arc::clone(&self.world().clock));
        self.apart(BusinessId::INSTALLATION, move |link, _| match dialect {
            Dialect::Sqlite => embedded(link),
            Dialect::Postgres => server(link, clock.as_ref()),
        })
        .await
    }
}

/// Refuses a server that is older than what these books need, before anything is made in it.
pub(crate) fn new_enough(link: &mut dyn Connection) -> Result<(), Fault> {
    let rows = link.query(sql::VERSION, &[])?;
    let row = rows.first().ok_or(Fault::Misuse("a server that says nothing of itself"))?;
    let number: u32 = row.get::<String>(1)?.parse().unwrap_or_default();
    if number < OLDEST { Err(Fault::TooOld(row.get(0)?)) } else { Ok(()) }
}

fn embedded(link: &mut dyn Connection) -> Result<Facts, Fault> {
    let version: Option<String> = link.query(sql::CIPHER, &[])?.first().map(|row| row.get(0)).transpose()?;
    let engine =
        version.map_or_else(|| "SQLite without encryption".to_owned(), |version| format!("SQLCipher {version}"));
    Ok(Facts { engine, too_old: false, lossy: Vec::new(), superuser: false, skew_ms: 0 })
}

fn server(link: &mut dyn Connection, clock: &dyn Clock) -> Result<Facts, Fault> {
    // Asked around the statement: what was waited for before it is no difference of clocks, nor is what it took.
    let before = clock.now().as_millisecond();
    let rows = link.query(sql::SERVER, &[])?;
    let after = clock.now().as_millisecond();
    let row = rows.first().ok_or(Fault::Misuse("a server that says nothing of itself"))?;
    let text = |place: usize| -> Result<String, Fault> { row.get(place) };
    let number: u32 = text(1)?.parse().unwrap_or_default();
    Ok(Facts {
        engine: format!("PostgreSQL {}", text(0)?),
        too_old: number < OLDEST,
        lossy: lossy(row)?,
        superuser: text(5)? == "yes",
        skew_ms: outside(row.get(6)?, before, after),
    })
}

/// How far an instant lies outside of these two.
const fn outside(there: i64, before: i64, after: i64) -> i64 {
    if there < before {
        there - before
    } else if there > after {
        there - after
    } else {
        0
    }
}

fn lossy(row: &Row) -> Result<Vec<String>, Fault> {
    let mut lossy = Vec::new();
    for (place, name) in [(2, "fsync"), (3, "full_page_writes"), (4, "synchronous_commit")] {
        let setting: String = row.get(place)?;
        if setting == "off" {
            lossy.push(format!("{name}={setting}"));
        }
    }
    Ok(lossy)
}
