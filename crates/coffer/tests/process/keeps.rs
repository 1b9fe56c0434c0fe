//! A new item is made by typing it in the line: kept in the catalogue by whoever says so, by nobody else.

use crate::seated::seated;
use serde_json::Value;

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";

// proves: A1, A2
#[test]
fn what_is_typed_in_a_line_is_kept_in_the_catalogue_by_one_act_of_the_keyboard() {
    let (_installation, serving, mut browser) = seated("en");
    let address = |path: &str| format!("https://localhost:{}{path}", serving.port);
    browser.go(&address("/invoices/new"));
    browser.until("document.querySelector('[data-line=\"0\"] [role=combobox]')");
    browser.fill("new_customer", "Łukasz Wójcik");
    // Any words will do: nothing is chosen, and nothing is kept of them.
    browser.script("document.querySelector('[data-add-line]').click();");
    browser.fill("line-1-name", "Only once");
    browser.fill("line-1-net_price", "7");
    browser.keys("[name='line-0-name']", "Façade lettering");
    browser.until("document.querySelector('.menu:not([hidden]) .new')");
    assert_eq!(browser.text(".menu:not([hidden]) .new"), "Keep “Façade lettering” in the catalogue");
    assert!(!browser.has(".menu:not([hidden]) [aria-selected=true]"), "Enter takes nothing that is not lit");
    browser.picture("53-keep-item");
    browser.keys("[name='line-0-name']", DOWN);
    browser.until("document.querySelector('.menu:not([hidden]) .new[aria-selected=true]')");
    browser.keys("[name='line-0-name']", ENTER);
    browser.until("document.activeElement.name === 'line-0-quantity'");
    assert!(browser.text("[data-line='0'] > .hint").contains("as soon as its price"));
    browser.fill("line-0-quantity", "3");
    browser.script("document.querySelector('[name=\"line-0-unit\"]').value = 'HUR';");
    browser.fill("line-0-net_price", "1,500");
    browser.keys("[name='line-0-quantity']", "0");
    browser.until("document.querySelector('[data-line=\"0\"] > .hint').textContent.includes('1500')");
    browser.fill("line-0-net_price", "95.00");
    browser.keys("[name='line-0-quantity']", "0");
    browser
        .until("document.querySelector('[data-line=\"0\"] > .hint').textContent.includes('is in the catalogue now')");
    browser.picture("54-kept-item");
    browser.until("document.querySelector('#said').textContent.startsWith('Saved')");
    let draft = browser.address();
    browser.go(&draft);
    assert_eq!(
        browser.script("return document.querySelector('[name=\"line-0-name\"]').value;"),
        Value::from("Façade lettering"),
        "the draft kept itself beside it"
    );
    browser.go(&address("/items"));
    let list = browser.text("#list");
    assert!(list.contains("Façade lettering") && list.contains("95.00") && list.contains("hour"), "{list}");
    assert!(!list.contains("Only once"), "a free text stays free: {list}");
    // What is there is offered, and not a second time.
    browser.go(&address("/invoices/new"));
    browser.until("document.querySelector('[data-line=\"0\"] [role=combobox]')");
    browser.keys("[name='line-0-name']", "façade lettering");
    browser.until("document.querySelector('.menu:not([hidden]) mark')");
    assert!(!browser.has(".menu:not([hidden]) .new"));
}
