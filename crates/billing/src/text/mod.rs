//! What must not stand in a text that is kept (D15), and how long one may be.

mod card;
mod letters;

pub use card::holds_card_number;
pub use letters::{PRINTABLE, unprintable};

use crate::invoices::content::Party;
use coffer_kernel::{Pointer, Reason, Refusals, Refuse};
use std::fmt;

/// The most characters of a name, an address, a reference.
pub(crate) const SHORT: usize = 500;
/// The most characters of a note, a description, terms in words.
pub(crate) const LONG: usize = 4_000;

/// A text that is not kept, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    pointer: String,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Longer than this many characters.
    Long(usize),
    /// A card number.
    Card,
    /// A sign that is no letter.
    Control,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.why {
            Why::Long(most) => write!(f, "This text is longer than {most} characters. Shorten it."),
            Why::Card => f.write_str("This looks like a card number. Coffer does not keep those; please remove it."),
            Why::Control => f.write_str("This text holds an invisible control character. Type it anew."),
        }
    }
}

impl std::error::Error for Unfit {}

impl Refuse for Unfit {
    fn code(&self) -> &'static str {
        match self.why {
            Why::Long(_) => "text.too_long",
            Why::Card => "text.card_number",
            Why::Control => "text.control_character",
        }
    }
    fn reason(&self) -> Reason {
        Reason::Invalid
    }
    fn pointers(&self) -> Vec<Pointer> {
        let most = match self.why {
            Why::Long(most) => vec![("most", most.to_string())],
            Why::Card | Why::Control => Vec::new(),
        };
        vec![Pointer { arguments: most, ..Pointer::new(self.pointer.clone(), self.code(), self.to_string()) }]
    }
}

impl Refusals for Unfit {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        vec![
            ("text.too_long", Reason::Invalid, "A text is too long: the field says how long it may be."),
            ("text.card_number", Reason::Invalid, "A text looks like a card number, which is not kept."),
            ("text.control_character", Reason::Invalid, "A text holds an invisible control character."),
        ]
    }
}

/// Whether a text may be kept here. Only long ones have line ends.
///
/// # Errors
/// [`Unfit`] where it is longer than this many characters, holds a card number or a control character.
pub(crate) fn check(pointer: impl fmt::Display, text: &str, most: usize) -> Result<(), Unfit> {
    let control = |c: char| c.is_control() && !(most == LONG && matches!(c, '\n' | '\r' | '\t'));
    let why = if text.chars().nth(most).is_some() {
        Why::Long(most)
    } else if text.contains(control) {
        Why::Control
    } else if holds_card_number(text) {
        Why::Card
    } else {
        return Ok(());
    };
    Err(Unfit { pointer: pointer.to_string(), why })
}

/// Whether every text of a party may be kept.
///
/// # Errors
/// [`Unfit`], with the field below `pointer`.
pub(crate) fn check_party(pointer: &str, party: &Party) -> Result<(), Unfit> {
    each_of_party(party, &mut |field, text| check(format_args!("{pointer}/{field}"), text, SHORT))
}

/// Looks at every text of a party, with the name of its field.
///
/// # Errors
/// What the visitor says first.
pub(crate) fn each_of_party<E>(
    party: &Party,
    visit: &mut impl FnMut(&'static str, &str) -> Result<(), E>,
) -> Result<(), E> {
    visit("name", &party.name)?;
    let texts = [
        ("street", &party.street),
        ("address_line", &party.address_line),
        ("post_code", &party.post_code),
        ("city", &party.city),
        ("country", &party.country),
        ("vat_id", &party.vat_id),
        ("tax_registration", &party.tax_registration),
        ("registration", &party.registration),
        ("email", &party.email),
        ("phone", &party.phone),
    ];
    let mut texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)));
    texts.try_for_each(|(field, text)| visit(field, text))
}
