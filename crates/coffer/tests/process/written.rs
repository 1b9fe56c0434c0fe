//! An invoice while it is written by hand: half a name adds nobody, half a line leaves the others their sums, a line that was
//! taken out comes back, and what stands in the way of issuing is said as it comes and goes.

use crate::browser::Browser;
use crate::seated::seated;
use serde_json::Value;

/// Chooses, as a person does in a list.
fn choose(browser: &Browser, name: &str, value: &str) {
    browser.script(&format!(
        "const list = document.querySelector('[name=\"{name}\"]'); list.value = '{value}'; \
         for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, {{ bubbles: true }}));"
    ));
}

// proves: A1, A4
#[test]
fn an_invoice_is_written_step_by_step_and_nothing_comes_of_half_a_step() {
    let (_installation, serving, mut browser) = seated("en");
    let address = |path: &str| format!("https://localhost:{}{path}", serving.port);
    browser.go(&address("/invoices/new"));
    browser.until("document.querySelector('[role=combobox]') && !document.querySelector('[data-script]').hidden");
    half_a_name_adds_nobody(&mut browser);
    assert_eq!(browser.text("h1"), "Draft for Wagner");
    assert_eq!(browser.script("return document.title;"), Value::from("Draft for Wagner · Coffer"));
    assert!(browser.text("#before").contains("it can be issued without"), "{}", browser.text("#before"));
    assert!(browser.text("#before").contains("The day of delivery"), "and what the next page would say of it");
    let draft = browser.address();
    browser.go(&draft);
    assert_eq!(browser.text("h1"), "Draft for Wagner", "the address leads back to it");
    browser.until("!document.querySelector('[data-script]').hidden");
    half_a_line_is_left_out(&mut browser);
    half_a_line_is_there_again(&mut browser);
    a_line_comes_back(&browser);
    what_stands_in_the_way_comes_and_goes(&browser);
    on_a_phone_the_paper_comes_before_the_button(&browser);
    a_line_is_kept_in_the_catalogue(&browser);
    a_part_of_a_name_adds_nobody(&mut browser, &address("/invoices/new"));
}

/// The timer of what keeps itself passes while somebody thinks about how the name goes on.
fn half_a_name_adds_nobody(browser: &mut Browser) {
    browser.fill("line-0-name", "Shop sign");
    browser.fill("line-0-net_price", "95");
    browser.keys("[name='new_customer']", "Wag");
    browser.until("(window.began ??= Date.now()) && Date.now() - window.began > 2500");
    assert_eq!(browser.script("return location.pathname;"), Value::from("/invoices/new"), "nothing is kept yet");
    browser.keys("[name='new_customer']", "ner");
    browser.keys("[name='line-0-name']", "s");
    browser.until("location.pathname.endsWith('/edit')");
    browser.until("document.querySelector('#said').textContent.startsWith('Saved')");
    let found = "const asked = new XMLHttpRequest(); asked.open('GET', '/customers/find?q=Wag', false); asked.send(); \
                 return JSON.parse(asked.responseText).map((row) => row.name).join();";
    assert_eq!(browser.script(found), Value::from("Wagner"), "and nobody of half a name");
}

/// Whoever leaves the field with a part of somebody's name is asked, and says so by one press.
fn a_part_of_a_name_adds_nobody(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("document.querySelector('[role=combobox]') && !document.querySelector('[data-script]').hidden");
    browser.fill("line-0-name", "Shop sign");
    browser.fill("line-0-net_price", "95");
    browser.fill("new_customer", "Wag");
    browser.keys("[name='line-0-name']", "s");
    browser.until("document.querySelector('#new_customer-error')?.textContent.includes('Wagner')");
    browser.picture("63-part-of-a-name");
    assert_eq!(browser.script("return location.pathname;"), Value::from("/invoices/new"), "nothing is kept yet");
    assert_eq!(browser.text("button.add-new"), "Add “Wag” as a new customer");
    // By a button that goes on it is not added either.
    browser.click("button[value='issue']");
    assert!(browser.text(".banner.alarm").contains("Wagner"), "{}", browser.text("main"));
    browser.until("!document.querySelector('[data-script]').hidden");
    browser.script("document.querySelector('button.add-new').click();");
    browser.until("location.pathname.endsWith('/edit')");
    assert_eq!(browser.text("h1"), "Draft for Wag");
    assert!(!browser.script("return document.querySelector('button.add-new').checkVisibility();").as_bool().unwrap());
}

fn half_a_line_is_left_out(browser: &mut Browser) {
    browser.fill("line-1-name", "Design");
    browser.until("document.querySelector('#sums').textContent.includes('Not counted yet: Line 2')");
    assert!(browser.text("#sums").contains("114.00"), "the others are summed: {}", browser.text("#sums"));
    browser.picture("60-half-a-line");
    browser.fill("line-1-net_price", "5");
    browser.until("document.querySelector('#sums').textContent.includes('120.00')");
    assert!(!browser.text("#sums").contains("Not counted"), "{}", browser.text("#sums"));
}

/// Whoever leaves in the middle of a line finds it as they typed it, finishes it, and it is one.
fn half_a_line_is_there_again(browser: &mut Browser) {
    browser.fill("line-2-name", "Panels, painted");
    browser.fill("line-2-quantity", "abc");
    browser.until("document.querySelector('#said').textContent.startsWith('Saved as typed')");
    browser.until("document.querySelector('#before').textContent.includes('Line 3, Quantity: ')");
    assert!(browser.text("#before").contains("Line 3, Net price: "), "{}", browser.text("#before"));
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(leaving);";
    assert_eq!(browser.script(asks), Value::from(false), "nothing would be lost");
    let draft = browser.address();
    browser.go(&draft);
    browser.until("!document.querySelector('[data-script]').hidden");
    let value = |name: &str| browser.script(&format!("return document.querySelector('[name={name}]').value;"));
    assert_eq!((value("line-2-name"), value("line-2-quantity")), ("Panels, painted".into(), "abc".into()));
    assert!(browser.text("[data-line='2']").contains("A number belongs here"), "{}", browser.text("[data-line='2']"));
    assert!(browser.text("#sums").contains("120.00"), "it counts nothing: {}", browser.text("#sums"));
    browser.picture("60-half-a-line-again");
    browser.click("button[value='issue']");
    assert!(browser.text(".banner.alarm").contains("Line 3, Quantity: "), "{}", browser.text("main"));
    assert!(browser.text("[data-line='2'] .err").contains("A number belongs here"));
    browser.until("!document.querySelector('[data-script]').hidden");
    browser.fill("line-2-quantity", "2");
    browser.fill("line-2-net_price", "10");
    browser.until("document.querySelector('#sums').textContent.includes('144.00')");
    browser.until("document.querySelector('#said').textContent.startsWith('Saved at ')");
    // It is one line among the others, and goes as it came.
    browser.script("document.querySelector('[data-line=\"2\"] button.x').click();");
    browser.until("document.querySelector('#sums').textContent.includes('120.00')");
}

fn a_line_comes_back(browser: &Browser) {
    let first = "document.querySelector('[data-line] input:not([type=hidden])').value";
    browser.script("document.querySelector('[data-line] button.x').click();");
    browser.until(&format!("{first} === 'Design'"));
    browser.until("document.querySelector('#sums').textContent.includes('6.00')");
    assert!(browser.text("[data-gone]").contains("Line 1"), "{}", browser.text("[data-gone]"));
    browser.picture("61-undo");
    browser.script("document.querySelector('[data-undo]').click();");
    browser.until("document.querySelector('#sums').textContent.includes('120.00')");
    assert_eq!(browser.script(&format!("return {first};")), Value::from("Shop signs"), "where it was");
    assert!(!browser.script("return document.querySelector('[data-undo]').checkVisibility();").as_bool().unwrap());
}

fn what_stands_in_the_way_comes_and_goes(browser: &Browser) {
    choose(browser, "line-0-tax", "K 0");
    let reason = "document.querySelector('[name=exemption_reasons-K]')";
    browser.until(&format!("{reason}.value !== '' && {reason}.checkVisibility()"));
    browser.until("document.querySelector('#before').textContent.includes('Delivered on')");
    browser.picture("62-before");
    choose(browser, "line-0-tax", "S 20");
    browser.until(&format!("{reason}.value === '' && !{reason}.checkVisibility()"));
    browser.until("document.querySelector('#before').textContent.includes('it can be issued without')");
}

fn on_a_phone_the_paper_comes_before_the_button(browser: &Browser) {
    let way = "const way = document.querySelector('.to-paper'); const issues = document.querySelector('button[value=issue]'); \
               return way.checkVisibility() && way.pathname.endsWith('/pdf') && \
                   Boolean(way.compareDocumentPosition(issues) & Node.DOCUMENT_POSITION_FOLLOWING);";
    assert_eq!(browser.script(way), Value::from(false), "beside the form stands the paper itself");
    browser.size(390, 844);
    assert_eq!(browser.script(way), Value::from(true));
    browser.picture("63-paper-before-button");
    browser.size(1440, 1000);
}

fn a_line_is_kept_in_the_catalogue(browser: &Browser) {
    browser.script("document.querySelector('[data-line] details').open = true;");
    browser.script("document.querySelector('[data-line] [data-keep-line] button').click();");
    browser.until("document.querySelector('[data-line] > .hint').textContent.includes('is in the catalogue now')");
}
