//! The code on a recovery sheet: thirteen numbered groups of three characters.
//!
//! The alphabet is Crockford's base 32: ten digits and the letters without I, L, O and U. In each group two symbols
//! carry five random bits each, 130 in all, and the third checks them. The check is a weighted sum over GF(2⁵) that
//! also counts the group's number in: one mistyped symbol, two exchanged ones, and a group typed in another's place are
//! always found, and found in the group where they are.

use super::slips::{NotTheCode, Slip, WrongGroup};
use crate::Secret;
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many groups a code has.
pub const GROUPS: usize = 13;
/// How many characters a group has.
pub const GROUP: usize = 3;
/// How many characters a code has.
pub(super) const WHOLE: usize = GROUPS * GROUP;

/// A whole code, all of whose checks hold: thirty-nine characters of the alphabet.
pub(super) struct Code(Secret<[u8; WHOLE]>);

impl Code {
    /// A code of 130 random bits.
    pub(super) fn random(entropy: &dyn Entropy) -> Self {
        let mut random = Zeroizing::new([0; GROUPS * 2]);
        entropy.fill(random.as_mut_slice());
        let (pairs, _) = random.as_chunks::<2>();
        Self(Secret::filled(|text| {
            let (groups, _) = text.as_chunks_mut::<GROUP>();
            for ((number, group), [first, second]) in (1..).zip(groups).zip(pairs) {
                let (first, second) = (first & 31, second & 31);
                *group = [first, second, check(number, first, second)].map(symbol);
            }
        }))
    }

    /// The code somebody typed: any case, groups apart or not, O for zero and I or L for one.
    pub(super) fn parse(typed: &str) -> Result<Self, NotTheCode> {
        let groups = groups_of(typed)?;
        let mut wrong = Vec::new();
        let code = Self(Secret::filled(|text| {
            let (written, _) = text.as_chunks_mut::<GROUP>();
            for ((number, group), written) in (1..).zip(&groups).zip(written) {
                match read_group(number, group) {
                    Ok(symbols) => *written = symbols,
                    Err(found) => wrong.push(found),
                }
            }
        }));
        if wrong.is_empty() { Ok(code) } else { Err(NotTheCode::WrongGroups(wrong)) }
    }

    /// The characters, without anything between them.
    pub(super) fn expose(&self) -> &[u8; WHOLE] {
        self.0.expose()
    }
}

/// The groups as typed: by what stands between them where that gives thirteen, else by counting.
fn groups_of(typed: &str) -> Result<Vec<Zeroizing<String>>, NotTheCode> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | ',' | ';' | ':' | '·' | '|' | '/');
    let groups: Vec<&str> = typed.split(apart).filter(|group| !group.is_empty()).collect();
    if groups.len() == GROUPS {
        return Ok(groups.into_iter().map(|group| Zeroizing::new(group.to_owned())).collect());
    }
    let all = Zeroizing::new(groups.iter().flat_map(|group| group.chars()).collect::<Vec<char>>());
    if all.len() != WHOLE {
        return Err(NotTheCode::WrongLength { characters: all.len() });
    }
    Ok(all.chunks(GROUP).map(|group| Zeroizing::new(group.iter().collect())).collect())
}

/// What is wrong with what was typed as this group, where its own check tells: any group that was mistyped once.
#[must_use]
pub fn slip(number: u8, typed: &str) -> Option<WrongGroup> {
    read_group(number, typed.trim()).err()
}

fn read_group(number: u8, typed: &str) -> Result<[u8; GROUP], WrongGroup> {
    let wrong = |slip| WrongGroup { number, slip };
    let characters = typed.chars().count();
    if characters != GROUP {
        return Err(wrong(Slip::Length(characters)));
    }
    let mut lookalike = None;
    let mut values = [0; GROUP];
    for (value, c) in values.iter_mut().zip(typed.chars()) {
        let letter = c.to_ascii_uppercase();
        let digit = match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if digit != letter {
            lookalike = Some(Slip::LooksLike { letter, digit });
        }
        *value = value_of(digit).ok_or(wrong(Slip::NeverOnTheSheet(letter)))?;
    }
    let [first, second, found] = values;
    if check(number, first, second) == found {
        Ok(values.map(symbol))
    } else {
        Err(wrong(lookalike.unwrap_or(Slip::Mistyped)))
    }
}

/// The third symbol of a group. The weights 2, 4 and (for itself) 1 differ, so no exchange of two goes unseen.
const fn check(number: u8, first: u8, second: u8) -> u8 {
    number ^ doubled(first) ^ doubled(doubled(second))
}

/// Twice a value in GF(2⁵), modulo x⁵ + x² + 1.
const fn doubled(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

fn symbol(value: u8) -> u8 {
    ALPHABET.get(usize::from(value & 31)).copied().unwrap_or(b'0')
}

fn value_of(symbol: char) -> Option<u8> {
    let position = ALPHABET.iter().position(|known| char::from(*known) == symbol)?;
    u8::try_from(position).ok()
}
