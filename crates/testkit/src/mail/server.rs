//! Starting the server, and looking at what it got.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};

use super::certificate;
use crate::machine::{Ending, Folder, MachineError, ServerUser, judges};

/// When TLS begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Never.
    None,
    /// After STARTTLS.
    StartTls,
    /// At once.
    Implicit,
}

/// What server is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// When TLS begins.
    pub tls: Tls,
    /// The name on its certificate.
    pub name: &'static str,
    /// The name and password it asks for.
    pub sign_in: Option<(&'static str, &'static str)>,
}

impl Settings {
    /// Called `localhost`, open to everybody.
    #[must_use]
    pub const fn with(tls: Tls) -> Self {
        Self { tls, name: "localhost", sign_in: None }
    }
}

/// A running mail server.
#[derive(Debug)]
pub struct MailHouse {
    /// Its loopback port.
    pub port: u16,
    /// The authority that vouches for it, PEM.
    pub authority: String,
    // Ended by the watcher of its folder.
    _process: Child,
    folder: Folder,
}

/// A letter that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The envelope's sender.
    pub sender: String,
    /// The envelope's recipients, separated by spaces.
    pub recipients: String,
    /// Headers and body.
    pub content: String,
}

impl Accepted {
    /// The value of a header, as it stands there; folded lines are joined.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.content.split("\r\n\r\n").next()?.replace("\r\n ", " ");
        let lead = format!("{}:", name.to_lowercase());
        head.lines()
            .find(|line| line.to_lowercase().starts_with(&lead))?
            .get(lead.len()..)
            .map(|it| it.trim().to_owned())
    }
}

const ENDING: Ending = Ending {
    grace_seconds: 0,
    stop: r#"
pid=$(cat "$1/mail.pid")
[ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$1" ] && kill -s KILL "$pid"
"#,
    only_remove: None,
};

/// What the server writes when it is ready, before its port.
const READY: &str = "listening on port ";

impl MailHouse {
    /// Starts a server and waits until it listens.
    ///
    /// # Errors
    /// [`MachineError`]: Python or aiosmtpd is missing, or the server ended before it was ready.
    pub fn start(settings: Settings) -> Result<Self, MachineError> {
        let python = judges()?.join("bin/python3");
        let folder = Folder::new("mail", ENDING)?;
        let home = folder.path();
        let failed = |error: rcgen::Error| MachineError::Failed { program: "rcgen".into(), said: error.to_string() };
        let made = certificate(settings.name).map_err(failed)?;
        let write = |name: &str, text: &str| {
            let path = home.join(name);
            fs::write(&path, text).map_err(MachineError::doing("write", &path)).map(|()| path)
        };
        let (chain, key) = (write("server.pem", &made.certificate)?, write("server.key", &made.key)?);
        let program = write("server.py", include_str!("server.py"))?;
        let said = home.join("server.log");
        let log = File::create(&said).map_err(MachineError::doing("write", &said))?;
        let mut command = ServerUser::Same.command(&python);
        command.arg(program).arg("--folder").arg(home);
        command.args(["--tls", settings.tls.name()]).arg("--certificate").arg(chain).arg("--key").arg(key);
        if let Some((user, password)) = settings.sign_in {
            command.args(["--user", user, "--password", password]);
        }
        command.current_dir(home).process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut process = command.spawn().map_err(MachineError::doing("start", &python))?;
        write("mail.pid", &process.id().to_string())?;
        let port = announced_port(&mut process, &said)?;
        Ok(Self { port, authority: made.authority, _process: process, folder })
    }

    /// The letters it accepted, in the order of their coming.
    ///
    /// # Errors
    /// [`MachineError`]: its folder cannot be read.
    pub fn accepted(&self) -> Result<Vec<Accepted>, MachineError> {
        let home = self.folder.path();
        let entries = fs::read_dir(home).map_err(MachineError::doing("read", home))?;
        let is_letter = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("letter-") && path.extension().is_none()
        };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| is_letter(path)).collect();
        paths.sort();
        paths.iter().map(|path| letter(path)).collect()
    }

    /// What it was told, a line each: `MAIL …`, `RCPT …`, `DATA`, `AUTH …`.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.path().join("heard")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }
}

impl Tls {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::Implicit => "implicit",
        }
    }
}

fn letter(path: &Path) -> Result<Accepted, MachineError> {
    let bytes = fs::read(path).map_err(MachineError::doing("read", path))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut parts = text.splitn(3, '\n').map(ToOwned::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    Ok(Accepted { sender: next(), recipients: next(), content: next() })
}

fn announced_port(process: &mut Child, log: &Path) -> Result<u16, MachineError> {
    let output = process.stdout.take().into_iter();
    let mut lines = output.flat_map(|output| BufReader::new(output).lines()).map_while(Result::ok);
    let port = lines.find_map(|line| line.strip_prefix(READY)?.parse().ok());
    port.ok_or_else(|| {
        let said = fs::read_to_string(log).unwrap_or_default();
        MachineError::Failed { program: "the mail server".to_owned(), said }
    })
}
