//! Somebody who set their business up, in front of a browser.

use crate::browser::Browser;
use crate::first_timer::set_up;
use crate::installation::{Installation, Serving};

/// A new installation that serves, and a browser in this language whose person has set their business up there.
pub(crate) fn seated(language: &str) -> (Installation, Serving, Browser) {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open(language);
    browser.size(1440, 1000);
    set_up(&mut browser, &serving);
    (installation, serving, browser)
}
