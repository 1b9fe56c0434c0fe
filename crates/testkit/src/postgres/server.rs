//! A running server, shared or a test's own.

use std::{fs::File, path::Path, sync::Arc};

use super::{
    cluster::{Cluster, STOP},
    database::{Address, Database, Template},
    settings::{self, Settings},
    shared,
};
use crate::machine::{Ending, Folder, MachineError};

/// A running PostgreSQL server. It lives for as long as one of its values and databases, the shared
/// one a little longer.
#[derive(Debug, Clone)]
pub struct Server {
    running: Arc<Running>,
}

#[derive(Debug)]
struct Running {
    cluster: Cluster,
    _hold: Hold,
}

/// What keeps the server alive.
#[derive(Debug)]
enum Hold {
    Shared { _lock: File },
    Own { _folder: Folder },
}

const ENDING: Ending = Ending { grace_seconds: 0, stop: STOP, only_remove: None };

impl Server {
    /// The server that all tests of a run share. Not durable; do not stop it, do not count on being
    /// alone in it.
    ///
    /// # Errors
    /// [`MachineError`]: PostgreSQL is missing, or said no.
    pub fn shared() -> Result<Self, MachineError> {
        let (cluster, lock) = shared::join()?;
        Ok(Self::holding(cluster, Hold::Shared { _lock: lock }))
    }

    /// A server of the test's own. Takes about a second.
    ///
    /// # Errors
    /// [`MachineError`]: PostgreSQL is missing, or said no.
    pub fn start(settings: &Settings) -> Result<Self, MachineError> {
        let folder = Folder::new("postgres", ENDING)?;
        let cluster = Cluster::create(folder.path(), settings)?;
        Ok(Self::holding(cluster, Hold::Own { _folder: folder }))
    }

    fn holding(cluster: Cluster, hold: Hold) -> Self {
        Self { running: Arc::new(Running { cluster, _hold: hold }) }
    }

    /// Where everything it writes lies: its data, its write-ahead log, and the log of what it was asked.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.cluster().folder()
    }

    pub(super) fn cluster(&self) -> &Cluster {
        &self.running.cluster
    }

    /// A new, empty database, owned by a role without superuser rights and dropped with the value.
    ///
    /// # Errors
    /// [`MachineError`]: PostgreSQL said no.
    pub fn database(&self) -> Result<Database, MachineError> {
        Database::create(self, "template0")
    }

    /// The same, in which texts are ordered and folded as this part of `CREATE DATABASE` says, such as
    /// `LOCALE_PROVIDER icu ICU_LOCALE 'tr'`.
    ///
    /// # Errors
    /// [`MachineError`]: PostgreSQL said no.
    pub fn database_speaking(&self, locale: &str) -> Result<Database, MachineError> {
        Database::create(self, &format!("template0 {locale}"))
    }

    /// A new database that begins as a copy of the template `name`. The first test that asks for the
    /// template fills it with `fill`; the others of the run get it for the price of a copy. What
    /// decides the content (a digest of the migrations) belongs in the name.
    ///
    /// # Errors
    /// [`MachineError::Template`]: `fill` failed. Others: PostgreSQL said no.
    pub fn database_like<F, E>(&self, name: &str, fill: F) -> Result<Database, MachineError>
    where
        F: FnOnce(&Address) -> Result<(), E>,
        E: std::fmt::Display,
    {
        let template = Template::named(name);
        template.make_once(self, fill)?;
        Database::create(self, template.database())
    }

    /// Kills every process of a server of one's own, as a loss of power would. Connections break;
    /// what was acknowledged is on disk if the server is [durable](Settings::durable).
    ///
    /// # Errors
    /// [`MachineError`]: the server was not running.
    pub fn kill(&self) -> Result<(), MachineError> {
        self.cluster().kill()
    }

    /// Starts a killed server again, on the same data and at the same address.
    ///
    /// # Errors
    /// [`MachineError::Failed`]: it did not start, with its log.
    pub fn restart(&self) -> Result<(), MachineError> {
        self.cluster().start()
    }

    /// How the test's role reaches the database `name`: over TLS where the server has it.
    pub(super) fn address(&self, name: &str) -> Address {
        let host = match self.cluster().port() {
            Some(_) => "127.0.0.1".to_owned(),
            None => self.cluster().folder().display().to_string(),
        };
        Address {
            host,
            port: self.cluster().socket_port(),
            user: settings::ROLE.to_owned(),
            password: settings::PASSWORD.to_owned(),
            database: name.to_owned(),
        }
    }
}
