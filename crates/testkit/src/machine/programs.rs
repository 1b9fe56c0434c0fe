//! Finding and running the real programs: PostgreSQL, Chromium and its driver.

use std::{
    env, fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::Command,
};

use super::MachineError;

/// The oldest PostgreSQL that Coffer supports.
const OLDEST_POSTGRES: u32 = 15;

/// The folder of PostgreSQL's server programs, the newest where there are several.
/// Debian and others keep them beside the `PATH`.
pub(crate) fn postgres_programs() -> Result<PathBuf, MachineError> {
    let beside = ["/usr/lib/postgresql", "/usr"].into_iter().flat_map(|root| {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        entries.map(|entry| entry.path().join("bin"))
    });
    beside
        .chain(search_path())
        .filter_map(|folder| Some((postgres_version(&folder)?, folder)))
        .filter(|(version, _)| *version >= OLDEST_POSTGRES)
        .max()
        .map(|(_, folder)| folder)
        .ok_or(MachineError::Missing { program: "PostgreSQL 15 or later" })
}

/// The major version of the server in `folder`, where a whole server is there.
fn postgres_version(folder: &Path) -> Option<u32> {
    let whole = ["postgres", "initdb", "pg_ctl", "psql"];
    if !whole.iter().all(|program| folder.join(program).is_file()) {
        return None;
    }
    // "postgres (PostgreSQL) 15.18 (Debian …)"
    let said = command(&folder.join("postgres")).arg("--version").output().ok()?.stdout;
    let said = String::from_utf8(said).ok()?;
    let version = said.split(|letter: char| !letter.is_ascii_digit()).find(|part| !part.is_empty())?;
    version.parse().ok()
}

/// The browser.
pub(crate) fn browser() -> Result<PathBuf, MachineError> {
    find(&["chromium", "chromium-browser", "google-chrome"]).ok_or(MachineError::Missing { program: "Chromium" })
}

/// The program that drives the browser.
pub(crate) fn driver() -> Result<PathBuf, MachineError> {
    find(&["chromedriver"]).ok_or(MachineError::Missing { program: "chromedriver" })
}

/// The folder of the Python environment with the judges that `xtask/needs.sh` installs.
#[expect(clippy::disallowed_methods, reason = "tests look where the installer put things")]
pub(crate) fn judges() -> Result<PathBuf, MachineError> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
    let judges = cache.map(|cache| cache.join("coffer/judges")).filter(|judges| judges.join("bin/python3").exists());
    judges.ok_or(MachineError::Missing { program: "the Python environment of the tests" })
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let candidates = search_path().flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

#[expect(clippy::disallowed_methods, reason = "tests look for real programs where the shell would")]
fn search_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

/// Whether this process has all rights, with which neither PostgreSQL nor Chromium's sandbox runs.
pub(crate) fn is_root() -> Result<bool, MachineError> {
    Ok(user_id()? == 0)
}

/// The user of this process.
pub(crate) fn user_id() -> Result<u32, MachineError> {
    let own = Path::new("/proc/self");
    let found = fs::metadata(own).map_err(MachineError::doing("read", own))?;
    Ok(found.uid())
}

/// Whom a server runs as: nobody else for a plain user, a user without rights for root.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ServerUser {
    /// The user of this process.
    Same,
    /// Another, by number.
    Other {
        /// User.
        user: u32,
        /// Group.
        group: u32,
    },
}

impl ServerUser {
    /// Chooses; as root the user of PostgreSQL's package, or any system's `nobody`.
    pub(crate) fn choose() -> Result<Self, MachineError> {
        if !is_root()? {
            return Ok(Self::Same);
        }
        let table = Path::new("/etc/passwd");
        let users = fs::read_to_string(table).map_err(MachineError::doing("read", table))?;
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| users.lines().find_map(|line| named(line, name)))
            .ok_or(MachineError::Missing { program: "a user called postgres or nobody" })
    }

    /// A command that runs as this user.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = command(program);
        if let Self::Other { user, group } = self {
            command.uid(user).gid(group);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub(crate) fn own(self, path: &Path) -> Result<(), MachineError> {
        match self {
            Self::Same => Ok(()),
            Self::Other { user, group } => {
                std::os::unix::fs::chown(path, Some(user), Some(group)).map_err(MachineError::doing("give away", path))
            }
        }
    }
}

/// The user of one line of the user table, `name:x:user:group:…`, if it has that name.
fn named(line: &str, name: &str) -> Option<ServerUser> {
    let mut fields = line.split(':');
    if fields.next() != Some(name) {
        return None;
    }
    let user = fields.nth(1)?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    Some(ServerUser::Other { user, group })
}

/// A command in a folder and a language that everybody has.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").env("LC_ALL", "C");
    command
}

/// Runs a command to its end; its output, or what it said when it failed.
pub(crate) fn succeed(command: &mut Command) -> Result<String, MachineError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = command.output().map_err(|source| MachineError::Io { doing: format!("start {program}"), source })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if ended.status.success() {
        return Ok(text(&ended.stdout));
    }
    let said = format!("{}\n{}", text(&ended.stderr), text(&ended.stdout));
    Err(MachineError::Failed { program, said: said.trim().to_owned() })
}
