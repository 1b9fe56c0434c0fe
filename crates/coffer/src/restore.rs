//! Bringing books back from a backup and the recovery sheet, on an empty machine.
//!
//! Everything stands under another name (`….restoring`) until it is whole and was checked. Then the key file gets its
//! name, and last of all the books. Whatever ends the program on the way, the same command can be given again: what is
//! left under the other name is replaced, and a key file that holds the very key on the sheet is kept. Books that go to
//! PostgreSQL are put together and checked here first, and go over in one transaction.

use crate::Ending;
use crate::checked::{self, Logs, Looked};
use crate::console::{Console, Terminal};
use crate::files::{make_folder, sync_folder_of, write_new};
use crate::home::{self, Home};
use crate::places::Places;
use crate::sheet::SHEET;
use crate::world::{SystemClock, say};
use coffer_kernel::{BusinessId, Clock};
use coffer_keys::key_file::Problem;
use coffer_keys::recovery::recover;
use coffer_keys::{DatabaseKey, KeyFile, RootKey, RootProvider, RootUnavailable, Secret, WrappedKey};
use coffer_store::backup::{Backup, Embedded, into_postgres};
use coffer_store::{STEPS, Target};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Brings books back from a backup and the sheet's code, into places where there are none yet.
pub(crate) async fn restore(
    places: Places,
    database: Option<&str>,
    file: &Path,
    (code, with_findings): (Option<PathBuf>, bool),
) -> Result<(), Ending> {
    let target = database.map(|address| Target::parse(&Secret::new(address.to_owned()))).transpose()?;
    let key_file = KeyFile::at(places.key_file.clone(), places.data.clone());
    key_file.check_place()?;
    if fs::read_dir(&places.data).is_ok_and(|mut found| found.next().is_some()) {
        return Err(format!(
            "There are books at {} already. A restore never replaces any: use another --data and --key-file.",
            places.data.display()
        )
        .into());
    }
    let backup = Backup::open(file)?;
    say(format_args!("A backup of {}.", backup.made_at()));
    let typed = match code {
        Some(path) => fs::read_to_string(&path).map_err(|error| {
            format!(
                "The file with the code, {}, cannot be read ({error}). Name another --code-file, or type the code.",
                path.display()
            )
        })?,
        None => Terminal.ask("Type the code of the recovery sheet, all groups on one line: ")?,
    };
    let root = Arc::new(recover(typed.trim(), &WrappedKey(bytes(&backup.locks().root)?))?);
    let wrapped = WrappedKey(bytes(&backup.locks().database)?);
    let key = DatabaseKey::unwrap(&root, &wrapped);
    let key = key.map_err(|error| format!("This backup does not fit its own key: {error}."))?;
    let has_key = holds(&key_file, &root)?;
    let unfinished = Unfinished::take(&places.data)?;
    let settled = settle(&places, &unfinished.path, (backup, with_findings), (&root, &wrapped)).await;
    let outcome = match (settled, target) {
        (Ok(()), Some(target)) => over(&unfinished.path, &key, target).await,
        (settled, _) => settled,
    };
    if outcome.is_err() {
        drop(fs::remove_dir_all(&unfinished.path));
        return outcome;
    }
    if !has_key {
        if let Some(folder) = places.key_file.parent() {
            make_folder(folder)?;
        }
        key_file.create(&root)?;
    }
    // The books get their name last: until then there are none, and all of this can be done again.
    fs::rename(&unfinished.path, &places.data)?;
    sync_folder_of(&places.data)?;
    say(format_args!("Restored to {}. Start it: coffer serve", places.data.display()));
    Ok(())
}

/// Takes books that were put together and checked over to PostgreSQL; what is left of them here is what goes with them.
async fn over(unfinished: &Path, key: &DatabaseKey, target: Target) -> Result<(), Ending> {
    let from = Embedded { file: unfinished.join("coffer.db"), key: key.expose_hex() };
    // The driver waits on its own, which only a thread for waiting may.
    tokio::task::spawn_blocking(move || into_postgres(from, target, STEPS, &SystemClock)).await??;
    for name in ["coffer.db", "coffer.db-wal", "coffer.db-shm", "database.key"] {
        match fs::remove_file(unfinished.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Whether the key file is there and holds this very key; any other file in its place is refused.
fn holds(key_file: &KeyFile, root: &RootKey) -> Result<bool, Ending> {
    match key_file.unlock() {
        Ok(found) if found.id() == root.id() => Ok(true),
        Ok(_) => Err(format!(
            "The key file {} holds another key than this backup needs. It may be the only key to other books, so it is \
             left as it is: use another --key-file.",
            key_file.path().display()
        )
        .into()),
        Err(RootUnavailable::KeyFile(refused)) if refused.problem == Problem::Missing => Ok(false),
        Err(refused) => Err(refused.into()),
    }
}

/// The folder in which books are put together, held by one process at a time.
struct Unfinished {
    path: PathBuf,
    _lock: File,
}

impl Unfinished {
    /// Makes it anew. What an earlier restore left when it was ended is not complete, and goes.
    fn take(data: &Path) -> Result<Self, Ending> {
        let path = home::unfinished_restore(data);
        let left = path.exists();
        make_folder(&path)?;
        let lock = File::open(&path)?;
        lock.try_lock().map_err(|_| {
            format!("Another restore is putting books together in {}. Wait for it to end.", path.display())
        })?;
        let entries: Vec<PathBuf> =
            fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        if let Some(foreign) = entries.iter().find(|entry| !is_ours(entry)) {
            return Err(format!(
                "{} was not made by a restore, so nothing was removed. Move it away, or use another --data.",
                foreign.display()
            )
            .into());
        }
        if left {
            say(format_args!(
                "An earlier restore was ended before it was done; what it left in {} is gone.",
                path.display()
            ));
        }
        for entry in entries {
            if entry.is_dir() { fs::remove_dir_all(entry)? } else { fs::remove_file(entry)? }
        }
        Ok(Self { path, _lock: lock })
    }
}

/// Whether a restore makes a file of this name.
fn is_ours(entry: &Path) -> bool {
    let name = entry.file_name().map(std::ffi::OsStr::to_string_lossy).unwrap_or_default();
    ["coffer.db", "database.key", SHEET, "lock", "unfinished", "before-step-"].iter().any(|ours| name.starts_with(ours))
}

/// Puts everything together under another name, and checks it.
async fn settle(
    places: &Places,
    unfinished: &Path,
    (backup, with_findings): (Backup, bool),
    (root, database): (&Arc<RootKey>, &WrappedKey),
) -> Result<(), Ending> {
    let (sheet, made_at) = (bytes(&backup.locks().root)?, backup.made_at().to_owned());
    backup.pages(&unfinished.join("coffer.db"))?;
    write_new(&unfinished.join("database.key"), database.as_bytes())?;
    write_new(&unfinished.join(SHEET), &sheet)?;
    let trial = Places { data: unfinished.to_owned(), key_file: places.key_file.clone() };
    let home = home::open_with(trial, Arc::clone(root), None, Arc::new(SystemClock) as Arc<dyn Clock>)?;
    let outcome = match check_all(&home, with_findings).await {
        // After the check: it is of what came back, not of what was written since.
        Ok(findings) => {
            let noted = home.books.note_restore(&|books| home.operator(books), &made_at, findings).await;
            noted.map_err(Ending::from)
        }
        Err(altered) => Err(altered),
    };
    home.books.close();
    outcome
}

/// Looks at everything there is of every business: how many findings there are, each of them said. Where there are any
/// nothing comes back, unless that was asked for; what was altered is refused then wherever it is read, as it was where the
/// backup was made.
async fn check_all(home: &Home, with_findings: bool) -> Result<usize, Ending> {
    let mut looked = Looked::default();
    for business in home.books.businesses().await? {
        let books = checked::books(&home.books, &home.operator(business), Logs::AsTheyAre).await?;
        looked = looked.and(books.said(&mut Terminal)?);
    }
    let installation = home.operator(BusinessId::INSTALLATION);
    let ways_in = checked::ways_in(&home.books, &installation).await?.said(&mut Terminal)?;
    let Looked { records, rows, .. } = looked;
    let findings = looked.findings.len() + ways_in.findings.len();
    let known = looked.known.len();
    let but = if known == 0 { String::new() } else { format!(" but {known} findings that were said to be known") };
    if findings == 0 {
        say(format_args!(
            "All {rows} protected rows and {records} records of the log are there; nothing was altered{but}."
        ));
    } else if with_findings {
        say(format_args!(
            "{findings} findings, named above, come back as they are: what was altered is refused wherever it is read. Run \
             coffer check."
        ));
    } else {
        return Err(format!(
            "What came back is not whole: {findings} findings, named above. Nothing was restored. Take an earlier backup; where \
             there is none, --with-findings brings back this one, and what was altered in it is refused wherever it is read."
        )
        .into());
    }
    Ok(findings)
}

fn bytes(hex: &str) -> Result<Vec<u8>, Ending> {
    let digit = |place: usize| hex.get(place..place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(digit).collect();
    bytes.ok_or_else(|| "This backup is damaged: its keys cannot be read.".into())
}
