//! The recovery sheet and the backup: what never being lost begins with.

use crate::Ending;
use crate::console::Console;
use crate::files::replace;
use crate::home::Home;
use coffer_kernel::BusinessId;
use coffer_store::backup::{ASKED, TrySheet};
use std::fs;
use std::path::Path;

/// A copy of the root key, wrapped for the sheet in force: for whoever has the data and lost the key file.
pub(crate) const SHEET: &str = "recovery.key";

/// Makes a sheet, shows it, and has a part of it typed back before it is in force.
pub(crate) async fn sheet(home: &Home, console: &mut dyn Console) -> Result<(), Ending> {
    let (id, sheet) = home.books.make_sheet(&|books| home.operator(books)).await?;
    console.say(&format_args!(
        "Recovery sheet {}. Write it down or print it, and keep it away from this machine.",
        sheet.id()
    ))?;
    console.say(&"With it and a backup everything comes back; without it, a lost machine means lost books.\n")?;
    for (number, group) in sheet.groups().enumerate() {
        console.say(&format_args!("  {:>2}  {group}", number + 1))?;
    }
    let [first, last] = ASKED;
    let typed = [
        console.ask(&format!("\nType group {first} from the paper: "))?,
        console.ask(&format!("\nType group {last} from the paper: "))?,
    ];
    home.books.try_sheet(&|books| home.operator(books), TrySheet { sheet: id, typed }).await?;
    keep_copy(home).await?;
    console.say(&"The sheet is in force. Make a backup now: coffer backup FILE")
}

/// Keeps the copy beside the data in step with the books. It may be the last good one, so it goes only where the log says that the
/// sheet it is of is over, never because a row is missing.
pub(crate) async fn keep_copy(home: &Home) -> Result<(), Ending> {
    let path = home.places.data.join(SHEET);
    let Some(wrapped) = home.books.wrapped_root().await? else {
        if !path.exists() {
            return Ok(());
        }
        if !home.books.last_sheet_is_over().await? {
            return Err("no recovery sheet stands in the books, and their log does not say that the last one is over: run coffer \
                        check, and make a new sheet"
                .into());
        }
        // It opens a key that is no more.
        return Ok(fs::remove_file(&path)?);
    };
    if fs::read(&path).is_ok_and(|kept| kept == wrapped) {
        return Ok(());
    }
    Ok(replace(&path, &wrapped)?)
}

/// Writes a backup that the sheet opens.
pub(crate) async fn back_up(home: &Home, file: &Path, console: &mut dyn Console) -> Result<(), Ending> {
    let mut made = home.books.back_up(&|books| home.operator(books)).await?;
    let (bytes, handed) = (made.size(), made.handed());
    // Only a file that is whole and has its name is a backup: on a full disk there is none.
    let left = console.give(&mut made, file)?;
    home.books.backup_arrived(&home.operator(BusinessId::INSTALLATION), handed).await?;
    if left {
        console.say(&"An earlier backup to this name was ended before it was whole; what was left of it is gone.")?;
    }
    let kilobytes = bytes / 1024;
    console.say(&format_args!("Backed up {kilobytes} kB to {}. It opens with the recovery sheet only.", file.display()))
}
