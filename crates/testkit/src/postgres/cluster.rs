//! The files and the process of one PostgreSQL server.

use std::{
    fs::{self, DirBuilder},
    io::Write,
    net::TcpListener,
    os::unix::{
        fs::{DirBuilderExt, OpenOptionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    thread,
};

use super::settings::{self, PASSWORD, ROLE, SUPERUSER, Settings};
use crate::machine::{MachineError, ServerUser, postgres_programs, succeed};

/// The port that PostgreSQL names its socket after while it has no other.
const NO_PORT: u16 = 5432;

/// How many ports are tried: another program may take one between choosing and binding it.
const PORTS: u32 = 3;

/// Shell text that stops the server in the held folder `$1` without ceremony, if it runs. A number
/// from a file may belong to another process by now; only a server works in this folder.
pub(super) const STOP: &str = r#"
pid=$(head -n 1 "$1/server/data/postmaster.pid")
if [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$1/server/data" ]; then
    kill -QUIT "$pid"
    tries=0
    while kill -0 "$pid" && [ "$tries" -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
fi
"#;

/// One server, in the folder `server` of a held folder.
#[derive(Debug)]
pub(super) struct Cluster {
    programs: PathBuf,
    user: ServerUser,
    /// The socket lies here, the data below; closed to everybody but the server's user and root.
    folder: PathBuf,
    port: Option<u16>,
}

impl Cluster {
    /// The cluster that another test made in `held`.
    pub(super) fn existing(held: &Path) -> Result<Self, MachineError> {
        Ok(Self {
            programs: postgres_programs()?,
            user: ServerUser::choose()?,
            folder: held.join("server"),
            port: None,
        })
    }

    /// Makes a cluster in `held`, starts it and adds the role.
    pub(super) fn create(held: &Path, settings: &Settings) -> Result<Self, MachineError> {
        let mut cluster = Self::existing(held)?;
        let folder = &cluster.folder;
        DirBuilder::new().mode(0o700).create(folder).map_err(MachineError::doing("make", folder))?;
        cluster.user.own(folder)?;
        let mut initdb = cluster.command("initdb");
        initdb.args(["--no-sync", "--no-instructions", "--auth=trust", "--encoding=UTF8"]);
        succeed(initdb.args(["--locale=C", "--username", SUPERUSER, "--pgdata"]).arg(cluster.data()))?;
        cluster.configure(settings)?;
        cluster.start_first(settings.tls.is_some())?;
        cluster.query(&format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'"))?;
        Ok(cluster)
    }

    fn configure(&self, settings: &Settings) -> Result<(), MachineError> {
        if let Some(tls) = &settings.tls {
            self.write("server.crt", &tls.certificate_pem)?;
            self.write("server.key", &tls.key_pem)?;
        }
        self.write("pg_hba.conf", settings::host_based_authentication(settings))?;
        let ours = settings::configuration(settings, &self.folder);
        self.write("postgresql.conf", &ours)
    }

    /// Appends to a file of the data folder, or replaces the access list; a new file is the server's.
    fn write(&self, name: &str, text: &str) -> Result<(), MachineError> {
        let path = self.data().join(name);
        let fresh = name == "pg_hba.conf";
        let mut options = fs::OpenOptions::new();
        options.create(true).mode(0o600).append(!fresh).write(true).truncate(fresh);
        options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(MachineError::doing("write", &path))?;
        self.user.own(&path)
    }

    /// Starts a new server, on a port of its own where it shall listen.
    fn start_first(&mut self, listens: bool) -> Result<(), MachineError> {
        if !listens {
            return self.start();
        }
        let mut started = Ok(());
        for _ in 0..PORTS {
            self.port = Some(free_port()?);
            started = self.start();
            if started.is_ok() {
                break;
            }
        }
        started
    }

    /// Starts the server where it was, and waits until it answers.
    pub(super) fn start(&self) -> Result<(), MachineError> {
        let log = self.folder.join("log");
        let mut start = self.command("pg_ctl");
        start.args(["start", "--wait", "--silent", "--pgdata"]).arg(self.data());
        start.arg("--log").arg(&log).arg("--options").arg(format!("-p {}", self.socket_port()));
        succeed(&mut start).map(|_| ()).map_err(|error| MachineError::Failed {
            program: "postgres".to_owned(),
            said: format!("{error}\n{}", fs::read_to_string(&log).unwrap_or_default()),
        })
    }

    /// Kills the server and each of its processes, as a loss of power would.
    pub(super) fn kill(&self) -> Result<(), MachineError> {
        let file = self.data().join("postmaster.pid");
        let text = fs::read_to_string(&file).map_err(MachineError::doing("read", &file))?;
        let server = text.lines().next().unwrap_or_default();
        let children = format!("/proc/{server}/task/{server}/children");
        let children = fs::read_to_string(children).unwrap_or_default();
        let family = || std::iter::once(server).chain(children.split_whitespace());
        for process in family() {
            // A process that has just ended by itself is as dead as one that was killed.
            let _ = succeed(self.command("pg_ctl").args(["kill", "KILL", process]));
        }
        while family().any(runs) {
            thread::yield_now();
        }
        // The number stays taken until somebody asks how the process ended, and a new server would
        // think that the old one still runs.
        let socket = format!(".s.PGSQL.{}.lock", self.socket_port());
        for claim in [file, self.folder.join(socket)] {
            fs::remove_file(&claim).map_err(MachineError::doing("remove", &claim))?;
        }
        Ok(())
    }

    /// Runs one statement as superuser, outside a transaction; its rows as bare text.
    pub(super) fn query(&self, statement: &str) -> Result<String, MachineError> {
        self.query_in("postgres", statement)
    }

    /// The same in a database of its own.
    pub(super) fn query_in(&self, database: &str, statement: &str) -> Result<String, MachineError> {
        let mut psql = self.command("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--username", SUPERUSER]);
        psql.args(["--set", "ON_ERROR_STOP=1", "--dbname", database, "--port"]);
        psql.arg(self.socket_port().to_string()).arg("--host").arg(&self.folder);
        succeed(psql.args(["--command", statement]))
    }

    /// Whether somebody listens on the socket.
    pub(super) fn answers(&self) -> bool {
        let socket = self.folder.join(format!(".s.PGSQL.{}", self.socket_port()));
        UnixStream::connect(socket).is_ok()
    }

    /// The loopback port, where there is one.
    pub(super) fn port(&self) -> Option<u16> {
        self.port
    }

    /// The number in the socket's name.
    pub(super) fn socket_port(&self) -> u16 {
        self.port.unwrap_or(NO_PORT)
    }

    /// Where the socket lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, program: &str) -> std::process::Command {
        self.user.command(&self.programs.join(program))
    }
}

/// A port that was free a moment ago. PostgreSQL cannot be told to let the system choose.
fn free_port() -> Result<u16, MachineError> {
    let listener = TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(|source| MachineError::Io { doing: "find a free port".to_owned(), source })
}

/// Whether a process of this number runs; one that was killed and only waits to be counted does not.
fn runs(process: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // "number (name) state …"
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}
