//! A database of a test's own, and the template it may begin as.

use std::{
    fmt::Display,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use super::{server::Server, settings::ROLE, shared};
use crate::machine::MachineError;

/// How a client reaches a test database.
#[derive(Debug, Clone)]
pub struct Address {
    /// The folder of a Unix socket, or the loopback address.
    pub host: String,
    /// The port, also part of the socket's name.
    pub port: u16,
    /// A role without superuser rights that owns the database.
    pub user: String,
    /// Asked for over TCP only.
    pub password: String,
    /// The database.
    pub database: String,
}

impl Address {
    /// As a connection URL, without `sslmode`.
    #[must_use]
    pub fn url(&self) -> String {
        let Self { host, port, user, password, database } = self;
        // The folder of a socket stands where a host would, its slashes written so as not to be read.
        let host = host.replace('/', "%2F");
        format!("postgresql://{user}:{password}@{host}:{port}/{database}")
    }
}

/// A database of a test's own. Dropped, with whoever is still connected, when this value goes.
#[derive(Debug)]
pub struct Database {
    server: Server,
    address: Address,
}

impl Database {
    pub(super) fn create(server: &Server, template: &str) -> Result<Self, MachineError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{count}", process::id());
        // Left by a killed process of the same number.
        drop_database(server, &name)?;
        let statement = format!("CREATE DATABASE {name} TEMPLATE {template} OWNER {ROLE}");
        server.cluster().query(&statement)?;
        Ok(Self { server: server.clone(), address: server.address(&name) })
    }

    /// What a superuser reads with one statement, as text: everything that a stolen database shows.
    ///
    /// # Errors
    /// Where the server refuses.
    pub fn query(&self, sql: &str) -> Result<String, MachineError> {
        self.server.cluster().query_in(&self.address.database, sql)
    }

    /// How to reach it.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that was killed takes its databases with it.
        let _ = drop_database(&self.server, &self.address.database);
    }
}

fn drop_database(server: &Server, name: &str) -> Result<(), MachineError> {
    let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    server.cluster().query(&statement).map(|_| ())
}

/// A database that others begin as.
#[derive(Debug)]
pub(super) struct Template {
    database: String,
}

impl Template {
    /// `name` with everything that would need quoting left out.
    pub(super) fn named(name: &str) -> Self {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() { letter } else { '_' }
        };
        let name: String = name.chars().map(plain).collect();
        Self { database: format!("like_{}", name.to_ascii_lowercase()) }
    }

    pub(super) fn database(&self) -> &str {
        &self.database
    }

    /// Fills the template unless it stands already.
    pub(super) fn make_once<F, E>(&self, server: &Server, fill: F) -> Result<(), MachineError>
    where
        F: FnOnce(&Address) -> Result<(), E>,
        E: Display,
    {
        let _turn = shared::one_at_a_time()?;
        let name = &self.database;
        let finished = format!("SELECT 1 FROM pg_database WHERE datname = '{name}' AND NOT datallowconn");
        if server.cluster().query(&finished)? == "1" {
            return Ok(());
        }
        drop_database(server, name)?;
        server.cluster().query(&format!("CREATE DATABASE {name} TEMPLATE template0 OWNER {ROLE}"))?;
        fill(&server.address(name))
            .map_err(|error| MachineError::Template { name: name.clone(), said: error.to_string() })?;
        // From here on nobody connects, so copies can be made at any time.
        let close = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        server.cluster().query(&close).map(|_| ())
    }
}
