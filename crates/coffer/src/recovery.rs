//! Never lost: the recovery sheet, the backup, and bringing books back from both on an empty machine.

use crate::Ending;
use crate::home::{self, Home, write_new};
use crate::places::Places;
use crate::world::{SystemClock, ask, say};
use coffer_kernel::{BusinessId, Clock};
use coffer_keys::recovery::{GROUPS, recover};
use coffer_keys::{DatabaseKey, KeyFile, RecoverySheet, RootKey, SystemEntropy, WrappedKey};
use coffer_store::backup::{Backup, Locks};
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The root key, wrapped for the sheet in force.
const SHEET: &str = "recovery.key";

/// Makes a sheet, shows it, and has a part of it typed back before it is in force.
pub(crate) fn sheet(home: &Home) -> Result<(), Ending> {
    let (sheet, wrapped) = RecoverySheet::create(&home.root, &SystemEntropy);
    say(format_args!("Recovery sheet {}. Write it down or print it, and keep it away from this machine.", sheet.id()));
    say("With it and a backup everything comes back; without it, a lost machine means lost books.\n");
    let groups: Vec<&str> = sheet.groups().collect();
    for (number, group) in groups.iter().enumerate() {
        say(format_args!("  {:>2}  {group}", number + 1));
    }
    for number in [3, GROUPS] {
        let expected = groups.get(number - 1).copied().unwrap_or_default();
        let typed = ask(&format!("\nType group {number} from the paper: "))?;
        if !typed.trim().eq_ignore_ascii_case(expected) {
            return Err(format!(
                "This is not group {number}. No sheet was made; the one before stays good. Try again."
            )
            .into());
        }
    }
    let path = home.places.data.join(SHEET);
    let fresh = path.with_extension("new");
    drop(fs::remove_file(&fresh));
    write_new(&fresh, wrapped.as_bytes())?;
    fs::rename(&fresh, &path)?;
    say("The sheet is in force. Make a backup now: coffer backup FILE");
    Ok(())
}

/// Writes a backup that the sheet opens.
pub(crate) async fn back_up(home: &Home, file: PathBuf) -> Result<(), Ending> {
    let sheet = fs::read(home.places.data.join(SHEET)).map_err(|_| {
        "There is no recovery sheet yet, so nobody could open this backup elsewhere. Make one: coffer recovery-sheet"
    })?;
    let database = fs::read(home.places.data.join("database.key"))?;
    let locks = Locks { root: hex(&sheet), database: hex(&database) };
    let bytes = home.books.back_up(&home.operator(BusinessId::INSTALLATION), locks, file.clone()).await?;
    say(format_args!("Backed up {} kB to {}. It opens with the recovery sheet only.", bytes / 1024, file.display()));
    Ok(())
}

/// Brings books back from a backup and the sheet's code, into places where there is nothing yet.
pub(crate) async fn restore(places: Places, file: &Path, code: Option<PathBuf>) -> Result<(), Ending> {
    if places.data.join("coffer.db").exists() || places.key_file.exists() {
        return Err(format!(
            "There are books at {} already. A restore never replaces any: use another --data and --key-file.",
            places.data.display()
        )
        .into());
    }
    let backup = Backup::open(file)?;
    say(format_args!("A backup of {}.", backup.made_at()));
    let typed = match code {
        Some(path) => fs::read_to_string(path)?,
        None => ask("Type the code of the recovery sheet, all groups on one line: ")?,
    };
    let root = recover(typed.trim(), &WrappedKey(bytes(&backup.locks().root)?))?;
    let database = WrappedKey(bytes(&backup.locks().database)?);
    DatabaseKey::unwrap(&root, &database).map_err(|error| format!("This backup does not fit its own key: {error}."))?;
    let unfinished = places.data.with_extension("restoring");
    drop(fs::remove_dir_all(&unfinished));
    DirBuilder::new().recursive(true).mode(0o700).create(&unfinished)?;
    let outcome = settle(&places, &unfinished, backup, &root, &database).await;
    if outcome.is_err() {
        drop(fs::remove_dir_all(&unfinished));
    }
    outcome
}

/// Puts everything in its place under another name, checks it, and only then gives it its own.
async fn settle(
    places: &Places,
    unfinished: &Path,
    backup: Backup,
    root: &RootKey,
    database: &WrappedKey,
) -> Result<(), Ending> {
    let sheet = bytes(&backup.locks().root)?;
    backup.pages(&unfinished.join("coffer.db"))?;
    write_new(&unfinished.join("database.key"), database.as_bytes())?;
    write_new(&unfinished.join(SHEET), &sheet)?;
    if let Some(folder) = places.key_file.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    KeyFile::at(places.key_file.clone(), unfinished.to_owned()).create(root)?;
    let trial = Places { data: unfinished.to_owned(), key_file: places.key_file.clone() };
    let checked = check(trial).await;
    if checked.is_err() {
        drop(fs::remove_file(&places.key_file));
    }
    checked?;
    drop(fs::remove_dir(&places.data));
    fs::rename(unfinished, &places.data)?;
    say(format_args!("Restored to {}. Start it: coffer serve", places.data.display()));
    Ok(())
}

async fn check(places: Places) -> Result<(), Ending> {
    let home = home::open_at(places, None, Arc::new(SystemClock) as Arc<dyn Clock>)?;
    let outcome = check_all(&home).await;
    home.books.close();
    outcome
}

/// Recomputes every log and every row of every business.
pub(crate) async fn check_all(home: &Home) -> Result<(), Ending> {
    let (mut rows, mut records) = (0, 0);
    for business in home.books.businesses().await? {
        let checked = home.books.check(business).await?;
        if let Some(finding) = checked.findings.first() {
            return Err(format!("What came back is not whole: {finding:?}. Take an earlier backup.").into());
        }
        rows += checked.rows;
        records += checked.records;
    }
    say(format_args!("All {rows} protected rows and {records} records of the log are there; nothing was altered."));
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Result<Vec<u8>, Ending> {
    let digit = |place: usize| hex.get(place..place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(digit).collect();
    bytes.ok_or_else(|| "This backup is damaged: its keys cannot be read.".into())
}
