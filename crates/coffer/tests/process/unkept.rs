//! What the editor could not keep is not lost by leaving, whatever the reason was: whoever leaves is asked until it is kept.

use crate::browser::Browser;
use serde_json::Value;

const LEAVES: &str = "const leaving = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(leaving);";
const TYPES: &str = "const types = (name, text) => { const field = document.querySelector(`[name=${name}]`); \
                     field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); };";

fn asks(browser: &Browser) -> bool {
    browser.script(LEAVES) == true
}

/// Somebody types one more letter elsewhere, and leaves before anything could be sent.
pub(crate) fn asks_after_the_next_letter(browser: &Browser) -> bool {
    let elsewhere = "types('order_number', document.querySelector('[name=order_number]').value + 'x');";
    browser.script(&format!("{TYPES} {elsewhere} {LEAVES}")) == true
}

/// The server is away for a while, and then it is there again.
pub(crate) fn while_no_answer_comes(browser: &Browser, all_kept: &str) {
    assert!(!asks(browser), "all is kept");
    browser.script("window.away = fetch; window.fetch = () => Promise.reject(new TypeError());");
    assert!(!asks_after_the_next_letter(browser), "leaving takes it along");
    browser.until("document.querySelector('#said').textContent.startsWith('Not saved yet: something')");
    assert!(asks(browser) && asks_after_the_next_letter(browser));
    browser.script("window.fetch = window.away;");
    asks_after_the_next_letter(browser);
    browser.until(all_kept);
    assert!(!asks(browser), "all is kept again");
}

/// A button was pressed and refused: the form is drawn again with what was typed, and nothing of it is kept.
pub(crate) fn after_a_refused_press(browser: &Browser, all_kept: &str) {
    let press = "const form = document.querySelector('form[data-editor]'); window.pressed = true; \
                 form.requestSubmit(form.querySelector('button[name=then][value=edit]'));";
    browser.script(&format!("{TYPES} types('note', '4111 1111 1111 1111'); {press}"));
    browser.until(
        "!window.pressed && document.readyState === 'complete' && \
         document.querySelector('#note-error')?.textContent.includes('card number') && \
         !document.querySelector('[data-script]').hidden",
    );
    assert!(asks(browser), "nothing was typed since, and nothing is kept");
    // The paper is of what is kept: that it came says nothing of what stands in the form.
    browser.script("document.querySelector('#view iframe').dispatchEvent(new Event('load'));");
    assert_eq!(browser.script(&format!("return {all_kept};")), Value::from(false));
    assert!(asks_after_the_next_letter(browser));
    browser.script(&format!("{TYPES} types('note', 'mine');"));
    browser.until(all_kept);
    assert!(!asks(browser), "it is mended and kept");
}
