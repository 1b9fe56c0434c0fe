//! Trust: tells this machine and its browsers about the installation's own authority, after saying exactly what will
//! be done and asking. `--remove` takes it away again.
//!
//! The authority can vouch for this machine's own names only (its certificate says so), and its key never leaves the
//! data folder.

use crate::Ending;
use crate::arguments::Trust;
use crate::console::{Console, Terminal};
use crate::places::{Places, variable};
use coffer_keys::fingerprint::Fingerprint;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where machines keep authorities of their own: the folder, and what has to run after a change there.
const MACHINES: [(&str, &[&str]); 3] = [
    ("/usr/local/share/ca-certificates", &["update-ca-certificates"]),
    ("/etc/pki/ca-trust/source/anchors", &["update-ca-trust", "extract"]),
    ("/etc/ca-certificates/trust-source/anchors", &["update-ca-trust"]),
];

/// One thing that will be done.
enum Step {
    Copy { from: PathBuf, to: PathBuf },
    Remove(PathBuf),
    Run(Vec<String>),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Copy { from, to } => write!(f, "copy {} to {}", from.display(), to.display()),
            Self::Remove(path) => write!(f, "remove {}", path.display()),
            Self::Run(words) => write!(f, "run {}", words.join(" ")),
        }
    }
}

impl Step {
    fn run(words: &[&str]) -> Self {
        Self::Run(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn take(&self) -> Result<(), Ending> {
        match self {
            Self::Copy { from, to } => fs::copy(from, to).map(drop).map_err(Ending::from),
            Self::Remove(path) => fs::remove_file(path).map_err(Ending::from),
            Self::Run(words) => {
                let (program, rest) = words.split_first().ok_or("There is nothing to run.")?;
                let output = Command::new(program).args(rest).output()?;
                if output.status.success() {
                    return Ok(());
                }
                Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
            }
        }
    }
}

/// Says what would be done, asks, and does it.
pub(crate) fn run(places: &Places, options: &Trust) -> Result<(), Ending> {
    let authority = places.data.join("tls/authority.pem");
    let pem = fs::read(&authority).map_err(|_| {
        format!("There is no authority at {} yet. It is made with the installation: coffer init", authority.display())
    })?;
    let name = name(&pem);
    let steps: Vec<Step> = machine(&authority, &name, options.remove)
        .into_iter()
        .chain(browsers(&authority, &name, options.remove))
        .collect();
    let mut terminal = Terminal;
    if steps.is_empty() {
        return Err(nothing(&authority, options.remove));
    }
    terminal.say(&if options.remove {
        format!("This takes away the trust in \"{name}\":")
    } else {
        format!(
            "This makes this machine trust \"{name}\", the authority that this installation made for itself.\n\
             It can vouch for localhost and the address of this machine, and for nothing else:"
        )
    })?;
    for step in &steps {
        terminal.say(&format_args!("  {step}"))?;
    }
    if !options.yes && terminal.ask("Type yes to do this: ")?.trim() != "yes" {
        return Err("Nothing was done.".into());
    }
    for step in &steps {
        step.take().map_err(|error| format!("This could not be done: {step} ({error}). What stands before it in the list is done; mend this and give the command again."))?;
    }
    terminal.say(&if options.remove {
        "Done. Browsers that are open notice when they are started again."
    } else {
        "Done. Browsers that are open notice when they are started again. To undo it: coffer trust --remove"
    })
}

/// What the authority is called in lists of authorities: of each installation its own.
fn name(pem: &[u8]) -> String {
    let mut fingerprint = Fingerprint::default();
    fingerprint.update(pem);
    format!("Coffer {}", fingerprint.finish().get(..12).unwrap_or_default())
}

/// The machine's own list, where this account may write it.
fn machine(authority: &Path, name: &str, remove: bool) -> Vec<Step> {
    let found = MACHINES
        .iter()
        .find(|(folder, words)| Path::new(folder).is_dir() && words.first().is_some_and(|program| is_there(program)));
    let Some((folder, words)) = found.filter(|_| rustix::process::geteuid().is_root()) else { return Vec::new() };
    let file = Path::new(folder).join(format!("{}.crt", name.to_lowercase().replace(' ', "-")));
    match (remove, file.exists()) {
        (true, true) => vec![Step::Remove(file), Step::run(words)],
        (true, false) => Vec::new(),
        (false, _) => vec![Step::Copy { from: authority.to_owned(), to: file }, Step::run(words)],
    }
}

/// The lists of this user's browsers: Chromium's and each Firefox profile's.
fn browsers(authority: &Path, name: &str, remove: bool) -> Vec<Step> {
    let Some(home) = variable("HOME").map(PathBuf::from).filter(|_| is_there("certutil")) else { return Vec::new() };
    let chromium = home.join(".pki/nssdb");
    let firefox = fs::read_dir(home.join(".mozilla/firefox")).into_iter().flatten().flatten().map(|entry| entry.path());
    let lists = std::iter::once(chromium).chain(firefox).filter(|folder| folder.join("cert9.db").exists());
    let file = authority.display().to_string();
    lists
        .map(|folder| {
            let list = format!("sql:{}", folder.display());
            if remove {
                Step::run(&["certutil", "-D", "-d", &list, "-n", name])
            } else {
                Step::run(&["certutil", "-A", "-d", &list, "-n", name, "-t", "C,,", "-i", &file])
            }
        })
        .collect()
}

/// Whether a program can be found.
fn is_there(program: &str) -> bool {
    variable("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

fn nothing(authority: &Path, remove: bool) -> Ending {
    if remove {
        return "No list of authorities that this account may change knows this installation. Nothing was done.".into();
    }
    format!(
        "No list of authorities was found that this account may change, so nothing was done. Give this command as root, \
         or install certutil (Debian: libnss3-tools) and start the browser once; or import {} in the browser's settings, \
         under authorities.",
        authority.display()
    )
    .into()
}
