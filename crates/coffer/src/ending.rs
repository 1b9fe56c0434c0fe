//! How a command ends: its exit codes.

use crate::Ending;
use coffer_store::Refused;
use coffer_store::backup::{BackUpRefused, SheetRefused};
use std::fmt;

/// It was refused, or failed.
pub(crate) const REFUSED: u8 = 1;
/// It did what it should, and found what should not be: a check, a verification, an export, the doctor.
pub(crate) const FOUND: u8 = 3;
/// Another process has the books, and cannot be asked.
pub(crate) const IN_USE: u8 = 4;

/// What `coffer help` says of them.
pub(crate) const CODES: &str = "\
Exit codes: 0 done; 1 refused or failed, the reason is printed; 2 the command line was not understood;
3 looked, and found something wrong (check, audit, doctor); 4 another process has the books open
and cannot be asked.

Beside a running server the commands that need the books go to it through the socket in the data folder;
without one they open the books themselves.";

/// An end with a code of its own.
#[derive(Debug)]
pub(crate) struct Ended {
    code: u8,
    why: String,
}

impl Ended {
    /// Ends with this code and sentence.
    pub(crate) fn with(code: u8, why: impl Into<String>) -> Ending {
        Box::new(Self { code, why: why.into() })
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Ended {}

/// The sentence of an end; to the operator also what the store would tell nobody else.
pub(crate) fn sentence(why: &Ending) -> String {
    let refused = why.downcast_ref::<Refused>().or_else(|| of_backup(why)).or_else(|| of_sheet(why));
    if let Some(Refused::Fault(fault)) = refused {
        return format!("{why} For the operator: {fault}.");
    }
    why.to_string()
}

fn of_backup(why: &Ending) -> Option<&Refused> {
    if let BackUpRefused::Store(refused) = why.downcast_ref()? { Some(refused) } else { None }
}

fn of_sheet(why: &Ending) -> Option<&Refused> {
    if let SheetRefused::Store(refused) = why.downcast_ref()? { Some(refused) } else { None }
}

/// The code that an end has.
pub(crate) fn code(why: &Ending) -> u8 {
    why.downcast_ref::<Ended>().map_or(REFUSED, |ended| ended.code)
}
