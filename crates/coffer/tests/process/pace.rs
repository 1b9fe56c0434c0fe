//! How long a person takes over what a script did in the browser. It reckons with what was clicked, typed and read and never
//! with a clock, so that it says the same on every machine.
//!
//! The keystroke-level model (Card, Moran, Newell: "The keystroke-level model for user performance time with interactive
//! systems", Communications of the ACM 23(7), 1980) for somebody who types slowly, reaches for the mouse each time and thinks
//! before each act; and what is done beside the browser. In that model taking in what a page asks is part of thinking.
//!
//! The bound of three minutes covers `all`: every act with the thought before it, waiting, and what is done beside the browser.
//! It does not cover `reading`, the share of a page's words that people read who came to read; thinking has its time already, and
//! nobody knows how far the two overlap. Added whole, the way would take longer than three minutes. So it is printed beside the
//! bound, and that pages do not become wordier is held by the test. It is a model: no person's time is claimed by it.

use crate::browser::Browser;

/// A key, for whoever types 40 words a minute ("average non-secretary typist").
const KEY: u32 = 280;
/// The pointer is brought to something.
const POINT: u32 = 1_100;
/// A button is pressed and let go.
const PRESS: u32 = 200;
/// The hand goes from the keys to the mouse, or back.
const HAND: u32 = 400;
/// Thinking what comes next.
const THINK: u32 = 1_350;
/// The hand goes to the mouse, a button is found and pressed.
const CLICK: u32 = THINK + HAND + POINT + PRESS;
/// The same with a field, and the hand goes back to the keys.
const FIELD: u32 = CLICK + HAND;
/// Until the next page is there: as long as a thought is not interrupted (Nielsen, "Usability Engineering", 1993, 5.5).
const WAIT: u32 = 1_000;
/// A word that is read: 238 a minute (Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109,
/// 2019).
const WORD: u32 = 60_000 / 238;
/// Of the words on a page at most 28 in a hundred are read (Nielsen, "How little do users read?", 2008).
const READ_OF_100: u32 = 28;
/// Beside the browser: a picture is taken with a telephone, codes are saved. Nobody measured it: what we allow.
const BESIDE: u32 = 8_000;

/// What it comes to, in milliseconds.
#[derive(Debug)]
#[allow(dead_code, reason = "it is printed")]
pub(crate) struct Pace {
    clicks: u32,
    fields: u32,
    keys: u32,
    beside: u32,
    /// What the model makes of it.
    pub(crate) all: u32,
    /// What reading adds for whoever reads as much as people do on pages they came to read.
    reading: u32,
}

impl Pace {
    /// What was done in this browser so far, and `beside` it.
    pub(crate) fn of(browser: &Browser, beside: u32) -> Self {
        let (clicks, fields) = (browser.clicks * (CLICK + WAIT), browser.fields * FIELD);
        let (keys, reading) = (browser.typed * KEY, browser.words * READ_OF_100 / 100 * WORD);
        let beside = beside * BESIDE;
        Self { clicks, fields, keys, beside, all: clicks + fields + keys + beside, reading }
    }
}

#[test]
fn whoever_does_more_takes_longer() {
    // One click, one field, ten keys and a hundred words, by hand: 4.05 + 3.45 + 2.8 + 7.056 s.
    let (clicks, fields, keys) = (CLICK + WAIT, FIELD, 10 * KEY);
    assert_eq!(clicks + fields + keys + READ_OF_100 * WORD, 17_356);
}
