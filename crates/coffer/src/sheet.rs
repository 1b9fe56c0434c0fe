//! The recovery sheet and the backup: what never being lost begins with.

use crate::Ending;
use crate::files::{deliver, replace};
use crate::home::Home;
use crate::world::{ask, say};
use coffer_kernel::BusinessId;
use coffer_keys::recovery::GROUPS;
use coffer_keys::{RecoverySheet, SystemEntropy};
use coffer_store::backup::Locks;
use std::fs;
use std::path::Path;

/// The root key, wrapped for the sheet in force.
pub(crate) const SHEET: &str = "recovery.key";

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
    replace(&path, wrapped.as_bytes())?;
    say("The sheet is in force. Make a backup now: coffer backup FILE");
    Ok(())
}

/// Writes a backup that the sheet opens.
pub(crate) async fn back_up(home: &Home, file: &Path) -> Result<(), Ending> {
    let sheet = fs::read(home.places.data.join(SHEET)).map_err(|_| {
        "There is no recovery sheet yet, so nobody could open this backup elsewhere. Make one: coffer recovery-sheet"
    })?;
    let database = fs::read(home.places.data.join("database.key")).unwrap_or_default();
    let locks = Locks { root: hex(&sheet), database: hex(&database) };
    let mut made = home.books.back_up(&home.operator(BusinessId::INSTALLATION), locks, home.places.scratch()).await?;
    let bytes = made.bytes();
    if deliver(&mut made, file)? {
        say("An earlier backup to this name was ended before it was whole; what was left of it is gone.");
    }
    say(format_args!("Backed up {} kB to {}. It opens with the recovery sheet only.", bytes / 1024, file.display()));
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
