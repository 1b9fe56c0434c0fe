//! What the bare engine needs for the rows of an issued invoice: the program's own schema and statements, with no
//! permit, no sealing, no log of our own, no TLS and no JSON.

mod postgres;
mod rows;
mod sqlite;

pub(crate) use postgres::invoices_per_second as on_postgres;
pub(crate) use sqlite::{bytes_each, invoices_per_second as on_sqlite, micros_of_pages};

use std::time::Duration;

/// How long each floor is measured.
const LASTS: Duration = Duration::from_secs(2);
