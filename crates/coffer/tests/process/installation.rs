//! An installation in a folder of its own: set up through the command line, served, killed, served again.

use crate::client::Client;
use coffer_keys::{DatabaseKey, KeyFile, RootProvider, WrappedKey};
use coffer_testkit::postgres::{Database, Server};
use serde_json::json;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) struct Installation {
    folder: PathBuf,
    /// Whether the folder goes with it.
    borrowed: bool,
    database: Option<Arc<Database>>,
    pub(crate) business: String,
    pub(crate) key: String,
}

/// A process that serves; killed when it goes.
pub(crate) struct Serving {
    child: Child,
    pub(crate) port: u16,
    /// The owner's set-up link, where nobody can sign in yet.
    pub(crate) link: Option<String>,
}

impl Installation {
    /// A founded business and a key to its books.
    pub(crate) fn new(on_postgres: bool) -> Self {
        Self::bare(on_postgres).founded()
    }

    /// The same in this database.
    #[allow(dead_code, reason = "benchmarks bring a database of their own, tests share one")]
    pub(crate) fn new_in(database: Database) -> Self {
        Self::nothing_in(database).founded()
    }

    /// Nothing but a place, and this database.
    pub(crate) fn nothing_in(database: Database) -> Self {
        let mut new = Self::bare(false);
        new.database = Some(Arc::new(database));
        new
    }

    /// Another machine before the same books on PostgreSQL: a data folder of its own, and the same key.
    pub(crate) fn beside(&self) -> Self {
        let mut other = Self::bare(false);
        other.database.clone_from(&self.database);
        other.become_another(self);
        DirBuilder::new().mode(0o700).create(other.folder.join("keys")).unwrap();
        std::fs::copy(self.folder.join("keys/root.key"), other.folder.join("keys/root.key")).unwrap();
        other
    }

    fn founded(mut self) -> Self {
        let found = ["business", "--name", "Atelier Nord", "--vat-id", "DE318204977", "--country", "DE"];
        let more = ["--currency", "EUR", "--time-zone", "Europe/Berlin", "--number-prefix", "AN-"];
        self.business = last_line(&self.run(&[found.as_slice(), more.as_slice()].concat()));
        self.key = last_line(&self.run(&["key", "--business", &self.business.clone()]));
        self
    }

    /// Nothing but a place, and a database where it is wanted.
    pub(crate) fn nothing(on_postgres: bool) -> Self {
        Self::bare(on_postgres)
    }

    /// Founds a business with these words and speaks for it from now on.
    pub(crate) fn speak_for(&mut self, words: &[&str]) {
        self.business = last_line(&self.run(words));
        self.key = last_line(&self.run(&["key", "--business", &self.business.clone()]));
    }

    /// Changes the books past the program: what whoever has the database can do, with the key or as its administrator. Tells
    /// what a statement that asks found.
    pub(crate) fn behind(&self, sql: &str) -> String {
        if let Some(database) = &self.database {
            return database.query(sql).unwrap().trim().to_owned();
        }
        let data = self.folder.join("data");
        let root = KeyFile::at(self.folder.join("keys/root.key"), data.clone()).unlock().unwrap();
        let wrapped = WrappedKey(std::fs::read(data.join("database.key")).unwrap());
        let key = DatabaseKey::unwrap(&root, &wrapped).ok().unwrap();
        let link = rusqlite::Connection::open(data.join("coffer.db")).unwrap();
        link.execute_batch(&format!("PRAGMA key = \"x'{}'\"", key.expose_hex().expose())).unwrap();
        let mut statement = link.prepare(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        rows.next().unwrap().map(|row| row.get::<_, String>(0).unwrap()).unwrap_or_default()
    }

    /// Everything that stands in the tables on PostgreSQL, as whoever owns the server reads it.
    pub(crate) fn everything_stored(&self) -> String {
        let database = self.database.as_ref().unwrap();
        let tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        let tables = database.query(tables).unwrap();
        assert!(tables.lines().count() > 20, "{tables}");
        let read = |table: &str| format!("SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t");
        tables.lines().map(|table| database.query(&read(table.trim())).unwrap()).collect()
    }

    /// Nothing but a place: as on a fresh machine.
    pub(crate) fn empty() -> Self {
        Self::bare(false)
    }

    /// Speaks for the business of another one from now on.
    pub(crate) fn become_another(&mut self, other: &Self) {
        self.business.clone_from(&other.business);
        self.key.clone_from(&other.key);
    }

    fn bare(on_postgres: bool) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("coffer-process-{}-{number}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        let database = on_postgres.then(|| Arc::new(Server::shared().unwrap().database().unwrap()));
        Self { folder, borrowed: false, database, business: String::new(), key: String::new() }
    }

    /// Another hand on the same folder, which stays when this one goes.
    pub(crate) fn same_place(&self) -> Self {
        let (business, key) = (self.business.clone(), self.key.clone());
        Self { folder: self.folder.clone(), borrowed: true, database: None, business, key }
    }

    pub(crate) fn command(&self) -> Command {
        self.command_through(Command::new(env!("CARGO_BIN_EXE_coffer")))
    }

    /// The same through another program, which is given the program's name last.
    pub(crate) fn command_through(&self, mut command: Command) -> Command {
        command.env_clear().arg("--data").arg(self.folder.join("data"));
        command.arg("--key-file").arg(self.folder.join("keys/root.key"));
        if let Some(database) = &self.database {
            command.env("COFFER_DATABASE", database.address().url());
        }
        command
    }

    /// Runs one command to its end, however that is.
    pub(crate) fn try_run(&self, words: &[&str]) -> Output {
        self.command().args(words).output().unwrap()
    }

    /// Runs one command to its good end.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let output = self.try_run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Starts to serve and waits until it says where.
    pub(crate) fn serve(&self) -> Serving {
        let mut command = self.command();
        command.stderr(Stdio::null());
        Self::start("serve", command)
    }

    /// Serves and writes everything it could say to the end of this file.
    pub(crate) fn serve_talking(&self, log: &Path) -> Serving {
        let file = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut command = self.command();
        // What it would put aside for a moment it puts where its other files are looked through.
        let aside = self.folder.join("aside");
        std::fs::create_dir_all(&aside).unwrap();
        command.env("TMPDIR", &aside).env("SQLITE_TMPDIR", &aside);
        command.args(["--log", "trace", "--log-format", "json"]).stderr(file);
        Self::start("serve", command)
    }

    /// Serves the demonstration, which brings its own place.
    pub(crate) fn demo(&self) -> Serving {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command.env_clear().stderr(Stdio::null());
        Self::start("demo", command)
    }

    /// Serves by the project's own command, with this home and nothing said of places; this cargo comes before the others.
    pub(crate) fn serve_by_run(&self, cargo: &Path) -> Serving {
        let mut command = Command::new(coffer_testkit::project::root().join("run"));
        let others = "/usr/local/bin:/usr/bin:/bin";
        command.env_clear().env("HOME", &self.folder).env("PATH", format!("{}:{others}", cargo.display()));
        command.env("PROGRAM", env!("CARGO_BIN_EXE_coffer")).stderr(Stdio::null());
        Self::start("serve", command)
    }

    fn start(what: &str, mut command: Command) -> Serving {
        command.args([what, "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let at = lines.find(|line| line.starts_with("Coffer is at")).unwrap();
        let port = at.trim().rsplit(':').next().unwrap().parse().unwrap();
        // The next line is the link, where there is one, and comes at once.
        let link = lines.next().and_then(|line| Some(format!("https://{}", line.split("https://").nth(1)?)));
        Serving { child, port, link }
    }

    /// A client of what is served.
    pub(crate) fn client(&self, serving: &Serving) -> Client {
        let authority = std::fs::read_to_string(self.folder.join("data/tls/authority.pem")).unwrap();
        Client::connect(serving.port, &authority, &self.key).unwrap()
    }

    /// A customer's id.
    pub(crate) fn customer(&self, client: &mut Client) -> String {
        let answer = client.post("/api/v1/customers", &json!({ "party": { "name": "Bäckerei Vogel" } })).unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// Another key, in this role.
    pub(crate) fn key_as(&self, role: &str) -> String {
        last_line(&self.run(&["key", "--business", &self.business, "--role", role]))
    }

    /// What `coffer check` says.
    pub(crate) fn check(&self) -> String {
        last_line(&self.run(&["check", "--business", &self.business]))
    }

    pub(crate) fn folder(&self) -> &PathBuf {
        &self.folder
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        if !self.borrowed {
            drop(std::fs::remove_dir_all(&self.folder));
        }
    }
}

impl Serving {
    /// As the power would: no farewell.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(self) {
        self.told_to_stop();
        assert!(self.ends_well(), "it ends well");
    }

    /// Tells it to stop.
    pub(crate) fn told_to_stop(&self) {
        assert!(Command::new("kill").arg(self.id().to_string()).status().unwrap().success());
    }

    /// Waits until it has; whether it ended well.
    pub(crate) fn ends_well(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn last_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().lines().last().unwrap_or_default().to_owned()
}

/// The body of an invoice for this customer.
pub(crate) fn invoice(customer: &str) -> serde_json::Value {
    json!({ "customer": customer, "content": { "currency": "EUR", "lines": [
        { "name": "Design work, October, senior", "quantity": "12.5", "net_price": "95", "category": "S", "rate": "19" },
        { "name": "Hosting and monitoring", "quantity": "1", "net_price": "49", "category": "S", "rate": "19" },
        { "name": "Books, reduced rate", "quantity": "3", "net_price": "21.50", "category": "S", "rate": "7" },
        { "name": "Travel, train second class", "quantity": "1", "net_price": "88.90", "category": "S", "rate": "7" },
        { "name": "Licence, annual", "quantity": "2", "net_price": "199", "category": "S", "rate": "19" },
    ]}})
}
