//! Where an operator is: at this terminal, or at the other end of the socket. Commands talk to either alike.

use crate::Ending;
use crate::files::deliver;
use rustix::fs::OFlags;
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Somebody who gave a command.
pub(crate) trait Console {
    /// Tells them something.
    ///
    /// # Errors
    /// Where they are gone, and the command has nobody to work for.
    fn say(&mut self, line: &dyn Display) -> Result<(), Ending>;
    /// Asks them for a line.
    ///
    /// # Errors
    /// Where they are gone.
    fn ask(&mut self, question: &str) -> Result<String, Ending>;
    /// Gives them a file, under a name that must be free on their side. Tells whether something was left there of an
    /// attempt that was ended by force.
    ///
    /// # Errors
    /// Where the name is taken or there is no room; nothing is left of it then.
    fn give(&mut self, file: &mut dyn Read, name: &Path) -> Result<bool, Ending>;
    /// Takes a file of theirs, whole; [`None`] where it is larger than so many bytes.
    ///
    /// # Errors
    /// Where there is no such file, or it cannot be read: a pipe may never end.
    fn take(&mut self, name: &Path, most: usize) -> Result<Option<Vec<u8>>, Ending>;
}

/// This terminal.
pub(crate) struct Terminal;

impl Console for Terminal {
    fn say(&mut self, line: &dyn Display) -> Result<(), Ending> {
        crate::world::say(line);
        Ok(())
    }

    fn ask(&mut self, question: &str) -> Result<String, Ending> {
        let mut out = io::stdout();
        write!(out, "{question}")?;
        out.flush()?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Err("Nobody answered, so nothing was done. Give this command at a terminal.".into());
        }
        Ok(line)
    }

    fn give(&mut self, file: &mut dyn Read, name: &Path) -> Result<bool, Ending> {
        deliver(file, name)
    }

    fn take(&mut self, name: &Path, most: usize) -> Result<Option<Vec<u8>>, Ending> {
        let unread = |error| format!("{} cannot be read: {error}. Name a file that is there.", name.display());
        // Never more than is wanted, whatever it is and however it grows.
        let mut file = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let opened = open(name).map_err(unread)?;
        if !opened.metadata().map_err(unread)?.is_file() {
            let name = name.display();
            return Err(format!(
                "{name} cannot be read: it is a folder, a pipe or a device. Save what it holds to a file, and name that."
            )
            .into());
        }
        opened.take(limit).read_to_end(&mut file).map_err(unread)?;
        Ok(Some(file).filter(|file| file.len() <= most))
    }
}

/// Opens what has this name, without waiting for anybody at the other end of it.
fn open(name: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(name)
}
