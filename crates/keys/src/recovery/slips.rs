//! What can go wrong when a code is typed, in words for the person who typed it.

use super::code::{GROUP, GROUPS, WHOLE};
use std::fmt;

/// What was typed is not a code that stands on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTheCode {
    /// These groups cannot stand where they were typed.
    WrongGroups(Vec<WrongGroup>),
    /// There are too many or too few characters to tell the groups apart.
    WrongLength {
        /// How many characters were typed, without spaces and dashes.
        characters: usize,
    },
}

/// A group that was mistyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongGroup {
    /// Its number on the sheet, from 1.
    pub number: u8,
    /// What about it gives a hint.
    pub slip: Slip,
}

/// What may have gone wrong in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// It has this many characters, and should have three.
    Length(usize),
    /// It holds a character that is never on the sheet, whatever the font.
    NeverOnTheSheet(char),
    /// It holds a letter that is never on the sheet but looks like this digit, which did not fit either.
    LooksLike {
        /// The letter that was typed, in upper case.
        letter: char,
        /// The digit it was read as.
        digit: char,
    },
    /// Its check does not hold.
    Mistyped,
}

impl fmt::Display for NotTheCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongGroups(groups) => {
                for (index, group) in groups.iter().enumerate() {
                    let space = if index == 0 { "" } else { " " };
                    write!(f, "{space}{group}")?;
                }
                Ok(())
            }
            Self::WrongLength { characters } => write!(
                f,
                "This is not the whole code: it has {GROUPS} groups of {GROUP} characters, {WHOLE} in all, and here \
                 are {characters}. Type the groups in order, with a space between them."
            ),
        }
    }
}

impl std::error::Error for NotTheCode {}

impl fmt::Display for WrongGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This is not group {}. ", self.number)?;
        match self.slip {
            Slip::Length(found) => {
                write!(f, "A group has {GROUP} characters, and here are {found}.")
            }
            Slip::NeverOnTheSheet('U') => write!(f, "There is never a letter U on the sheet; did you mean the V?"),
            Slip::NeverOnTheSheet(found) => write!(f, "There is never a {found:?} on the sheet."),
            Slip::LooksLike { letter, digit } => write!(
                f,
                "There is never a letter {letter} on the sheet; the digit {digit} was tried in its place and does not \
                 fit either."
            ),
            Slip::Mistyped => write!(f, "Compare its characters with the sheet, one by one."),
        }
    }
}
