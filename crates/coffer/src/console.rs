//! Where an operator is: at this terminal, or at the other end of the socket. Commands talk to either alike.

use crate::Ending;
use crate::files::deliver;
use std::fmt::Display;
use std::io::{self, Read, Write};
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
}
