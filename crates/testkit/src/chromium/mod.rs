//! A real Chromium for tests: the driver's process, and the arguments with which a session of its own
//! is asked for. The WebDriver client stands in the `tests` package; here is only the machine's side.
//!
//! Each [`Driver`] has a folder that is its home, its temporary folder and where its profiles lie;
//! when the value or the process goes, a watcher kills driver and browsers and removes the folder.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use crate::machine::{Ending, Folder, MachineError, ServerUser, browser, driver, is_root};

#[cfg(test)]
mod tests;

/// A running driver, on a loopback port that the system chose.
#[derive(Debug)]
pub struct Driver {
    url: String,
    browser: PathBuf,
    sandboxed: bool,
    sessions: AtomicU32,
    // Not ended here: a driver that is asked to end leaves its browsers behind, and the watcher needs
    // its number to end the whole group.
    _process: Child,
    folder: Folder,
}

/// Kills the driver's process group, to which its browsers belong. A number from a file may belong to
/// another process by now; only the driver works in this folder.
const ENDING: Ending = Ending {
    grace_seconds: 0,
    stop: r#"
pid=$(cat "$1/driver.pid")
[ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$1" ] && kill -s KILL -- "-$pid"
"#,
    only_remove: None,
};

/// What the driver writes when it is ready, before its port and a full stop.
const READY: &str = "started successfully on port ";

impl Driver {
    /// Starts a driver and waits until it listens.
    ///
    /// # Errors
    /// [`MachineError`]: Chromium or its driver is missing, or the driver ended before it was ready.
    pub fn start() -> Result<Self, MachineError> {
        let (browser, driver) = (browser()?, driver()?);
        let folder = Folder::new("chromium", ENDING)?;
        let home = folder.path();
        let said = home.join("driver.log");
        let log = File::create(&said).map_err(MachineError::doing("write", &said))?;
        let mut process = ServerUser::Same
            .command(&driver)
            .arg("--port=0")
            .current_dir(home)
            .env("HOME", home)
            .env("TMPDIR", home)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(MachineError::doing("start", &driver))?;
        let number = home.join("driver.pid");
        fs::write(&number, process.id().to_string()).map_err(MachineError::doing("write", &number))?;
        let port = announced_port(&mut process)?;
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            browser,
            sandboxed: !is_root()?,
            sessions: AtomicU32::new(0),
            _process: process,
            folder,
        })
    }

    /// Where the driver takes WebDriver commands.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The browser's program, for the capability `goog:chromeOptions.binary`.
    #[must_use]
    pub fn browser(&self) -> &Path {
        &self.browser
    }

    /// The home folder of its browsers; a test that wants a certificate authority trusted puts an NSS
    /// database at `.pki/nssdb` in it.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    /// The arguments for one new session: without a window, with a profile of its own, without calls
    /// to anybody, and without a sandbox where root leaves no other choice.
    #[must_use]
    pub fn session_arguments(&self) -> Vec<String> {
        let number = self.sessions.fetch_add(1, Ordering::Relaxed);
        let profile = self.folder.path().join(format!("profile-{number}"));
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        if !self.sandboxed {
            arguments.push("--no-sandbox".to_owned());
        }
        arguments
    }
}

const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

/// Reads what the driver writes until it names its port.
fn announced_port(process: &mut Child) -> Result<u16, MachineError> {
    let mut said = String::new();
    let output = process.stdout.take().into_iter();
    for line in output.flat_map(|output| BufReader::new(output).lines()).map_while(Result::ok) {
        let port = line.split_once(READY).map(|(_, rest)| rest.trim_end_matches('.'));
        if let Some(port) = port.and_then(|port| port.parse().ok()) {
            return Ok(port);
        }
        said += &line;
        said.push('\n');
    }
    Err(MachineError::Failed { program: "chromedriver".to_owned(), said })
}
