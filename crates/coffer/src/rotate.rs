//! A new key to the data: everything that the old one opened is wrapped for the new one. What lies sealed in the books
//! need not be written anew.
//!
//! The new key is whole in a file of its own (`….next`) before anything changes, and each thing is wrapped by one of the
//! two until the new key takes the old one's place. Whatever ends the program on the way, the next start finishes it.

use crate::Ending;
use crate::certificates;
use crate::ending::{Ended, IN_USE};
use crate::files::{beside, replace, sync_folder_of};
use crate::home;
use crate::places::Places;
use crate::world::{SystemClock, say};
use coffer_kernel::Clock;
use coffer_keys::{DatabaseKey, KeyFile, RootKey, RootProvider, SystemEntropy, WrappedKey};
use coffer_store::{EngineChoice, rewrap};
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Where the new key is until it takes the old one's place.
pub(crate) fn next(places: &Places) -> PathBuf {
    beside(&places.key_file, ".next")
}

/// Makes a new key and puts it in the old one's place.
pub(crate) fn rotate(runtime: &Runtime, places: &Places, database: Option<&str>) -> Result<(), Ending> {
    if !places.data.join("lock").exists() {
        return Err(format!("There are no books at {}. Name them with --data.", places.data.display()).into());
    }
    let lock = home::lock(&places.data).map_err(|_| {
        Ended::with(IN_USE, "These books are open, and the key to them cannot be changed then. Stop the server first.")
    })?;
    let old = KeyFile::at(places.key_file.clone(), places.data.clone()).unlock()?;
    let fresh = KeyFile::at(next(places), places.data.clone());
    if !fresh.path().exists() {
        fresh.create(&RootKey::generate(&SystemEntropy))?;
    }
    finish(runtime, places, database, &old, lock)?;
    say(format_args!(
        "There is a new key in {}. The recovery sheet before it opens backups from before only: make a new sheet and a \
         backup now. Other machines that share these books need the new key file before they start.",
        places.key_file.display()
    ));
    Ok(())
}

/// Finishes a change of the key that was ended on the way.
pub(crate) fn resume(runtime: &Runtime, places: &Places, database: Option<&str>) -> Result<(), Ending> {
    if !places.data.join("lock").exists() {
        return Ok(());
    }
    if !next(places).exists() {
        forget_half_a_key(places);
        return Ok(());
    }
    let old = KeyFile::at(places.key_file.clone(), places.data.clone()).unlock()?;
    finish(runtime, places, database, &old, home::lock(&places.data)?)?;
    say("A change of the key was ended before it was done; it is done now. Make a new recovery sheet and a backup.");
    Ok(())
}

/// Takes away a new key that was ended before it was whole: nothing was ever wrapped for it.
fn forget_half_a_key(places: &Places) {
    let half = beside(&next(places), ".new");
    if half.exists() && home::lock(&places.data).is_ok() {
        // The next change of the key would replace it too.
        drop(fs::remove_file(half));
    }
}

/// Wraps everything for the new key, whatever was wrapped for it already, records that, and gives it its name last.
fn finish(runtime: &Runtime, places: &Places, database: Option<&str>, old: &RootKey, lock: File) -> Result<(), Ending> {
    let new = KeyFile::at(next(places), places.data.clone()).unlock()?;
    rewrap(engine(places, database, old, &new)?, old, &new, &SystemEntropy)?;
    let path = places.data.join("database.key");
    if path.exists() {
        let wrapped = WrappedKey(fs::read(&path)?);
        if wrapped.wrapped_by()? == old.id() {
            replace(&path, DatabaseKey::rewrap(old, &new, &wrapped, &SystemEntropy)?.as_bytes())?;
        }
    }
    certificates::reseal(&places.data.join("tls"), old, &new)?;
    let clock = Arc::new(SystemClock) as Arc<dyn Clock>;
    let home = home::open_locked(places.clone(), Arc::new(new), database, clock, lock)?;
    let recorded = runtime.block_on(home.books.note_new_root(&|books| home.operator(books)));
    home.books.close();
    recorded?;
    fs::rename(next(places), &places.key_file)?;
    Ok(sync_folder_of(&places.key_file)?)
}

/// The engine, whichever of the two keys its own is wrapped for.
fn engine(places: &Places, database: Option<&str>, old: &RootKey, new: &RootKey) -> Result<EngineChoice, Ending> {
    if let Some(address) = database {
        return home::postgres(address);
    }
    let wrapped = WrappedKey(fs::read(places.data.join("database.key"))?);
    let root = if wrapped.wrapped_by()? == new.id() { new } else { old };
    let key = DatabaseKey::unwrap(root, &wrapped)?.expose_hex();
    Ok(EngineChoice::Embedded { file: places.data.join("coffer.db"), key })
}
