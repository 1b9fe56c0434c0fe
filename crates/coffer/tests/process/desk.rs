//! The desk in a real browser: a file of customers comes in, and a line is filled from the catalogue while one types.

use crate::seated::seated;

const DOWN: &str = "\u{e015}";
const ENTER: &str = "\u{e007}";

// proves: A1, A2, F4
#[test]
fn customers_come_from_a_file_and_lines_from_the_catalogue() {
    let (installation, serving, mut browser) = seated("en");
    let address = |path: &str| format!("https://localhost:{}{path}", serving.port);
    let file = installation.folder().join("customers; \"all\".csv");
    let rows: String = (0..120).map(|row| format!("Studio {row} & Söhne;studio{row}@example.org\r\n")).collect();
    std::fs::write(&file, format!("Firma;E-Mail\r\n{rows}Berg;no address\r\n")).unwrap();
    browser.go(&address("/customers/import"));
    browser.keys("#file", file.to_str().unwrap());
    browser.click("form[enctype] button.main");
    let said = browser.text("main");
    assert!(said.contains("Add 120 customers") && said.contains("This is not one e-mail address"), "{said}");
    browser.picture("60-import");
    browser.click("button[value=write]");
    browser.until("document.querySelector('#progress > .stack .big')?.textContent === '120'");
    browser.until("getComputedStyle(document.querySelector('#progress > .step')).display === 'none'");
    browser.picture("61-imported");
    browser.go(&address("/customers?q=studio 77"));
    assert!(browser.text("#list").contains("Studio 77 & Söhne"));

    browser.go(&address("/items/new"));
    for (field, text) in [("name", "Façade lettering"), ("description", "By hand"), ("net_price", "95.50")] {
        browser.fill(field, text);
    }
    browser.click("form.stack button.main");
    browser.go(&address("/invoices/new"));
    browser.until("document.querySelector('[data-item].combo')");
    browser.fill("line-0-name", "letter");
    browser.until("document.querySelector('#line-0-name-list mark')?.textContent === 'letter'");
    browser.picture("62-item-offered");
    // The first is lit, and Enter takes it.
    browser
        .until("document.querySelector('.menu:not([hidden]) [aria-selected=true]')?.textContent.includes('lettering')");
    browser.keys("[name='line-0-name']", ENTER);
    browser.until("document.querySelector('[name=line-0-net_price]').value === '95.50'");
    browser.until("document.querySelector('[name=line-0-description]').value === 'By hand'");
    browser.until("document.querySelector('#sums').textContent.includes('114.60')");
    // Words of one's own stay where somebody says so, and kept they are not.
    browser.fill("line-1-name", "letter");
    browser.until("document.querySelector('#line-1-name-list')?.hidden === false");
    assert_eq!(browser.text("#line-1-name-list-use"), "Only “letter”, on this invoice");
    browser.keys("[name='line-1-name']", DOWN);
    browser.until("document.querySelector('#line-1-name-list-use').getAttribute('aria-selected') === 'true'");
    browser.keys("[name='line-1-name']", ENTER);
    browser.until("document.activeElement.name === 'line-1-quantity'");
    assert_eq!(browser.script("return document.querySelector('[name=line-1-name]').value;"), "letter");
    assert!(!browser.has("[data-line='1'] > .hint"), "nothing is kept of them");
}
