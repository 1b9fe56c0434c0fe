//! The units that things are billed in, by the words people read.

use crate::words::Words;

/// The units one can choose, by their code of UN/ECE recommendation 20.
const UNITS: [(&str, &str); 12] = [
    ("C62", "unit-piece"),
    ("HUR", "unit-hour"),
    ("DAY", "unit-day"),
    ("WEE", "unit-week"),
    ("MON", "unit-month"),
    ("ANN", "unit-year"),
    ("SET", "unit-set"),
    ("LS", "unit-flat"),
    ("KMT", "unit-km"),
    ("MTR", "unit-metre"),
    ("MTK", "unit-square-metre"),
    ("KGM", "unit-kilogram"),
];

/// The units one can choose, with the one that is chosen.
pub(crate) fn units(words: &Words, chosen: &str) -> Vec<(String, String)> {
    let mut units: Vec<_> = UNITS.iter().map(|(code, key)| ((*code).to_owned(), words.t(key))).collect();
    if !chosen.is_empty() && units.iter().all(|(code, _)| code != chosen) {
        units.push((chosen.to_owned(), chosen.to_owned()));
    }
    units
}

/// What a unit is called; nothing for pieces, which need no word, and for what nobody here has a word for.
pub(crate) fn named(words: &Words, code: &str) -> Option<String> {
    let known = UNITS.iter().find(|(known, _)| *known == code && *known != "C62");
    known.map(|(_, key)| words.t(key))
}
