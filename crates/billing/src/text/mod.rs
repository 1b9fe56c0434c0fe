//! What must not stand in a text that is kept (D15), and how long one may be.

mod card;
mod letters;

pub use card::holds_card_number;
pub use letters::{PRINTABLE, unprintable};

use crate::invoices::content::Party;
use crate::vat_id;
use coffer_kernel::text as hidden;
use coffer_kernel::{Pointer, Reason, Refusals, Refuse};
use std::convert::Infallible;
use std::fmt;

/// The most characters of a name, an address, a reference.
pub(crate) const SHORT: usize = 500;
/// The most characters of a note, a description, terms in words.
pub(crate) const LONG: usize = 4_000;

/// Texts that are not kept, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    first: Spot,
    more: Vec<Spot>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    pointer: String,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// Longer than this many characters.
    Long(usize),
    /// A card number.
    Card,
    /// A sign that is no letter.
    Control,
    /// A sign that nobody sees.
    Hidden(char),
    /// Blanks that are not one ordinary blank, in a name.
    Blank,
    /// A VAT identifier with what none has.
    VatSigns,
    /// A VAT identifier of no country.
    VatCountry,
    /// A VAT identifier that its country never gives. It gives such as this one.
    VatFormat(String),
}

impl Why {
    const fn code(&self) -> &'static str {
        match self {
            Self::Long(_) => "text.too_long",
            Self::Card => "text.card_number",
            Self::Control => "text.control_character",
            Self::Hidden(_) => "text.hidden_sign",
            Self::Blank => "text.odd_blank",
            Self::VatSigns => "text.vat_id_signs",
            Self::VatCountry => "text.vat_id_without_country",
            Self::VatFormat(_) => "text.vat_id_unfit",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Long(most) => write!(f, "This text is longer than {most} characters. Shorten it."),
            Self::Card => f.write_str("This looks like a card number. Coffer does not keep those; please remove it."),
            Self::Control => f.write_str("This text holds an invisible control character. Type it anew."),
            Self::Hidden(sign) => f.write_str(&hidden::sentence(*sign)),
            Self::Blank => f.write_str(hidden::ODD_BLANK),
            Self::VatSigns => f.write_str(
                "A VAT number is written with the letters A to Z, digits, and spaces, dots, hyphens or slashes between them. Type it anew with those.",
            ),
            Self::VatCountry => f.write_str(
                "A VAT number begins with the two letters of its country, e.g. DE318204977. Write them before it.",
            ),
            Self::VatFormat(example) => {
                write!(
                    f,
                    "This is no VAT number of that country: those look like {example}. Compare it with a letter of theirs."
                )
            }
        }
    }
}

impl Spot {
    fn pointer(&self) -> Pointer {
        let arguments = match &self.why {
            Why::Long(most) => vec![("most", most.to_string())],
            Why::VatFormat(example) => vec![("example", example.clone())],
            Why::Hidden(sign) => vec![("sign", hidden::name_of(*sign))],
            Why::Card | Why::Control | Why::Blank | Why::VatSigns | Why::VatCountry => Vec::new(),
        };
        Pointer { arguments, ..Pointer::new(self.pointer.clone(), self.why.code(), self.why.to_string()) }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.why.fmt(f)
    }
}

impl std::error::Error for Unfit {}

impl Refuse for Unfit {
    fn code(&self) -> &'static str {
        self.first.why.code()
    }
    fn reason(&self) -> Reason {
        Reason::Invalid
    }
    fn pointers(&self) -> Vec<Pointer> {
        std::iter::once(&self.first).chain(&self.more).map(Spot::pointer).collect()
    }
}

impl Refusals for Unfit {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        vec![
            ("text.too_long", Reason::Invalid, "A text is too long: the field says how long it may be."),
            ("text.card_number", Reason::Invalid, "A text looks like a card number, which is not kept."),
            ("text.control_character", Reason::Invalid, "A text holds an invisible control character."),
            ("text.hidden_sign", Reason::Invalid, "A text holds a sign that is not seen; the field says which."),
            (
                "text.odd_blank",
                Reason::Invalid,
                "A name holds blanks that are not one ordinary blank between two words.",
            ),
            ("text.vat_id_signs", Reason::Invalid, "A VAT id holds a sign that none is written with."),
            ("text.vat_id_without_country", Reason::Invalid, "A VAT id does not begin with two letters of a country."),
            ("text.vat_id_unfit", Reason::Invalid, "A VAT id does not have the format of its country."),
        ]
    }
}

/// Whether a text may be kept here. Only long ones have line ends.
///
/// # Errors
/// [`Unfit`] where it is longer than this many characters, holds a card number, a control character or a sign that nobody
/// sees.
pub(crate) fn check_kept(pointer: impl fmt::Display, text: &str, most: usize) -> Result<(), Unfit> {
    let control = |c: char| c.is_control() && !(most == LONG && matches!(c, '\n' | '\r' | '\t'));
    let why = if text.chars().nth(most).is_some() {
        Why::Long(most)
    } else if text.contains(control) {
        Why::Control
    } else if let Some(sign) = hidden::hidden(text) {
        Why::Hidden(sign)
    } else if holds_card_number(text) {
        Why::Card
    } else {
        return Ok(());
    };
    Err(Unfit { first: Spot { pointer: pointer.to_string(), why }, more: Vec::new() })
}

/// The same of a name: with ordinary blanks alone, so that no two names look alike.
///
/// # Errors
/// As [`check_kept`].
pub(crate) fn check_name(pointer: impl fmt::Display, name: &str) -> Result<(), Unfit> {
    check_kept(&pointer, name, SHORT)?;
    let odd = hidden::odd_blank(name).map(|_| Spot { pointer: pointer.to_string(), why: Why::Blank });
    odd.map_or(Ok(()), |first| Err(Unfit { first, more: Vec::new() }))
}

/// Whether every text of a party may be kept.
///
/// # Errors
/// [`Unfit`], with each field below `pointer`.
pub(crate) fn check_party(pointer: &str, party: &Party) -> Result<(), Unfit> {
    let mut spots = Vec::new();
    // By any of them one is told from another of the same name.
    let visited = each_of_party(&party.as_seen(), &mut |field, text| {
        let at = format!("{pointer}/{field}");
        match check_name(&at, text) {
            Err(unfit) => spots.push(unfit.first),
            Ok(()) if field == "vat_id" => spots.extend(check_vat_id(at, text)),
            Ok(()) => {}
        }
        Ok::<_, Infallible>(())
    });
    let Ok(()) = visited;
    let mut spots = spots.into_iter();
    spots.next().map_or(Ok(()), |first| Err(Unfit { first, more: spots.collect() }))
}

fn check_vat_id(pointer: String, text: &str) -> Option<Spot> {
    let why = match vat_id::check(text).err()? {
        vat_id::Unfit::Signs => Why::VatSigns,
        vat_id::Unfit::NoCountry => Why::VatCountry,
        vat_id::Unfit::Format(example) => Why::VatFormat(example),
    };
    Some(Spot { pointer, why })
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
        ("subdivision", &party.subdivision),
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
