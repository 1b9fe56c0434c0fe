//! The editor while one types: sums from the server, drafts that keep themselves, names that are found, lines that come and
//! go, keys.

use crate::browser::Browser;
use crate::seated::seated;
use crate::unkept::{after_a_refused_press, asks_after_the_next_letter, while_no_answer_comes};
use serde_json::{Value, json};

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const BACKSPACE: &str = "\u{e003}";
const CONTROL: &str = "\u{e009}";

/// That everything that stands in the form is kept, as the form says: a save that is told may be one of less.
const ALL_KEPT: &str = "document.querySelector('form[data-editor]').hasAttribute('data-all-kept')";

// proves: A4, F8
#[test]
fn sums_follow_what_is_typed_and_a_draft_keeps_itself() {
    let (_installation, serving, mut browser) = seated("en");
    let address = |path: &str| format!("https://localhost:{}{path}", serving.port);
    browser.go(&address("/invoices/new"));
    browser.until("document.querySelector('[data-add-line]') && !document.querySelector('[data-script]').hidden");
    begins_with_whom_it_is_for(&browser);
    nothing_typed_is_lost_by_leaving(&browser);
    browser.fill("new_customer", "Łukasz Wójcik");
    browser.fill("line-0-name", "Shop sign");
    browser.fill("line-0-quantity", "18");
    browser.fill("line-0-net_price", "95");
    // The books reckon: 18 × 95.00, and the VAT of the country that was guessed.
    browser.until("document.querySelector('#sums').textContent.includes('2,052.00')");
    assert!(browser.text("[data-line='0'] output").contains("1,710.00"));
    browser.until(ALL_KEPT);
    browser.until("location.pathname.endsWith('/edit')");
    the_first_draft_leads_to_its_customer(&browser);
    its_paper_fades_while_it_is_of_something_else(&browser);
    // What is read in two ways is asked about at its field, once one has left it.
    browser.fill("line-0-net_price", "1,500");
    browser.keys("[name='line-0-name']", " ");
    browser.until("document.querySelector('#line-0-net_price-error')?.textContent.includes('1500')");
    browser.until("document.querySelector('#before').textContent.includes('Line 1, Net price: ')");
    assert!(browser.text("#sums").contains("as soon as the lines can be read"), "no sum of what cannot be read");
    browser.picture("51-editor-unclear");
    browser.fill("line-0-net_price", "1500.00");
    browser.until("document.querySelector('#line-0-net_price-error') === null");
    // A line comes, and goes.
    browser.script("document.querySelector('[data-add-line]').click();");
    let lines = "document.querySelectorAll('#lines [data-line]').length";
    let before = browser.script(&format!("return {lines};")).as_u64().unwrap();
    browser.script("document.querySelector('[data-line]:last-child button.x').click();");
    browser.until(&format!("{lines} === {}", before - 1));
    browser.until(ALL_KEPT);
    let draft = browser.address();
    // Somebody else's change is told, and nothing is overwritten.
    let steal = "const form = document.querySelector('form[data-editor]'); const typed = new URLSearchParams(new FormData(form)); \
                 typed.set('note', 'mine'); typed.set('then', 'keep'); \
                 fetch(form.action, { method: 'POST', body: typed }).then((answer) => { window.stolen = answer.status; });";
    browser.script(steal);
    browser.until("window.stolen === 200");
    browser.fill("line-0-quantity", "19");
    browser.keys("[name='line-0-name']", "s");
    browser.until("document.querySelector('#said').textContent.includes('Somebody changed this')");
    assert!(asks_after_the_next_letter(&browser), "it keeps itself no more, and nobody leaves it without being asked");
    browser.go(&draft);
    assert_eq!(browser.script("return document.querySelector('[name=note]').value;"), Value::from("mine"));
    what_is_not_kept_is_said_where_it_stands(&mut browser);
    found_by_name(&mut browser, &address("/invoices/new"));
    lists(&mut browser, &address("/invoices"));
    the_other_of_the_same_name_is_kept(&mut browser, &address("/invoices/new"));
    somebody_new_is_added_by_keys(&mut browser, &address("/invoices/new"));
    rows_have_their_own(&mut browser, &address("/invoices/new"));
}

/// Whoever is billed can be changed as soon as they are kept, and back from there.
fn the_first_draft_leads_to_its_customer(browser: &Browser) {
    let change = "const link = document.querySelector('[data-change]'); return link.checkVisibility() && link.getAttribute('href');";
    let there =
        "return `/customers/${document.querySelector('[name=customer]').value}/edit?back=${location.pathname}`;";
    let there = browser.script(there);
    assert!(there.as_str().unwrap().starts_with("/customers/cus_"), "{there}");
    assert_eq!(browser.script(change), there);
}

/// The paper comes with the first draft that keeps itself. While something else stands in the form it fades, and it is clear
/// again once it is of that.
fn its_paper_fades_while_it_is_of_something_else(browser: &Browser) {
    let clear = "!document.querySelector('#view .sheet').matches('.old, .waits') && document.querySelector('#view iframe').src\
                 .includes(`/pdf?v=${document.querySelector('[name=version]').value}#`)";
    browser.until(clear);
    assert!(browser.text("#view").contains("as it will be sent"), "{}", browser.text("#view"));
    browser.picture("50-editor-live");
    let faded = browser.script(
        "const seen = () => getComputedStyle(document.querySelector('#view iframe')).opacity; const before = seen(); \
         const note = document.querySelector('[name=note]'); note.value = 'Many thanks'; \
         note.dispatchEvent(new Event('input', { bubbles: true })); return [before, seen()];",
    );
    assert_eq!(faded, json!(["1", "0.35"]), "at once, and before it is kept");
    browser.until(clear);
}

/// What is refused while the draft keeps itself is said as every other refusal, and takes nothing else away.
fn what_is_not_kept_is_said_where_it_stands(browser: &mut Browser) {
    browser.until("!document.querySelector('[data-script]').hidden");
    let in_the_way = "return document.querySelectorAll('#before li').length;";
    let listed = browser.script(in_the_way);
    assert!(listed.as_u64().unwrap() > 0, "{}", browser.text("#before"));
    browser.fill("note", "4111 1111 1111 1111");
    browser.until("document.querySelector('#note-error')?.textContent.includes('card number')");
    browser.until("document.querySelector('#said').className === 'err'");
    let said = "return document.querySelector('[name=note]').getAttribute('aria-describedby');";
    assert_eq!(browser.script(said), Value::from("note-error"));
    assert!(browser.text("#said").starts_with("Not saved yet. A note to the customer: "), "{}", browser.text("#said"));
    assert_eq!(browser.script(in_the_way), listed, "what stands in the way stays listed");
    // An answer about another field leaves it.
    browser.fill("line-0-quantity", "20");
    browser.until("document.querySelector('[data-line=\"0\"] output').textContent.includes('30,000.00')");
    assert!(browser.has("#note-error[class=err]"), "{}", browser.text("main"));
    browser.picture("51-editor-refused");
    assert!(asks_after_the_next_letter(browser), "the draft is refused as a whole, wherever one types on");
    // It goes with the first letter that mends it, before any server was asked; that it is not kept stays said.
    browser.until(
        "document.querySelector('#said').textContent.includes('card number') && (window.mended ??= (() => { \
         const field = document.querySelector('[name=note]'); field.value = 'mine'; \
         field.dispatchEvent(new Event('input', { bubbles: true })); const said = document.querySelector('#said'); \
         return [document.querySelector('#note-error'), field.getAttribute('aria-invalid'), said.textContent, said.className]; })())",
    );
    assert_eq!(browser.script("return window.mended;"), json!([null, null, "Not saved yet.", "err"]));
    browser.until(ALL_KEPT);
    assert!(!browser.has("#note-error"), "{}", browser.text("main"));
    assert_eq!(browser.script(said), Value::from("note-hint"), "the hint is read again");
    while_no_answer_comes(browser, ALL_KEPT);
    after_a_refused_press(browser, ALL_KEPT);
}

/// Discounts stay with their lines while others are taken out and the draft keeps itself; and a rate can be typed.
fn rows_have_their_own(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("!document.querySelector('[data-script]').hidden");
    browser.fill("new_customer", "Rowan Row");
    for (number, name) in ["A", "B", "C"].into_iter().enumerate() {
        browser.fill(&format!("line-{number}-name"), name);
        browser.fill(&format!("line-{number}-net_price"), "10.00");
    }
    browser.script("document.querySelector('[data-line=\"2\"] details').open = true;");
    for (number, amount) in ["3.00", "2.00"].into_iter().enumerate() {
        // There is always one more beneath what is filled in.
        browser.until(&format!("document.querySelector('[name=line-2-adjustment-{number}-amount]')?.value === ''"));
        browser.fill(&format!("line-2-adjustment-{number}-amount"), amount);
        browser.fill(&format!("line-2-adjustment-{number}-reason"), "Early order");
    }
    browser.until("document.querySelector('#sums').textContent.includes('25.00')");
    browser.until("location.pathname.endsWith('/edit')");
    browser.until(ALL_KEPT);
    let draft = browser.address();
    browser.go(&draft);
    browser.until("!document.querySelector('[data-script]').hidden");
    browser.script("document.querySelector('[data-line=\"0\"] button.x').click();");
    browser.until(ALL_KEPT);
    browser.keys("[name='line-1-name']", "B");
    browser.until(ALL_KEPT);
    let rate = "const rate = document.querySelector('[name=line-1-rate]'); return rate.checkVisibility();";
    assert_eq!(browser.script(rate), Value::from(false), "nobody is asked who did not choose it");
    browser.script(
        "const tax = document.querySelector('[name=line-1-tax]'); tax.value = 'S other'; \
         for (const kind of ['input', 'change']) tax.dispatchEvent(new Event(kind, { bubbles: true }));",
    );
    assert_eq!(browser.script(rate), Value::from(true));
    // Without its rate the line is kept as half of one: what counts is what is kept once the rate stands there.
    browser.fill("line-1-rate", "9.975");
    browser.until(ALL_KEPT);
    browser.picture("58-editor-rows");
    browser.go(&draft);
    let value = |name: &str| browser.script(&format!("return document.querySelector('[name={name}]').value;"));
    assert_eq!(value("line-0-name"), Value::from("BB"));
    assert_eq!(value("line-0-tax"), Value::from("S 9.975"));
    assert_eq!(value("line-0-adjustment-0-amount"), Value::from(""), "nothing of another line's");
    assert_eq!(value("line-1-adjustment-0-amount"), Value::from("3.00"));
    assert_eq!(value("line-1-adjustment-1-amount"), Value::from("2.00"));
}

/// A new one begins with its customer and one line; Enter goes from field to field, sends nothing and loses nothing.
fn begins_with_whom_it_is_for(browser: &Browser) {
    browser.until("document.activeElement.name === 'new_customer'");
    assert!(!browser.has(".menu:not([hidden])"), "nothing covers the form before anybody asks");
    assert_eq!(browser.script("return document.querySelectorAll('#lines [data-line]').length;"), Value::from(1));
    assert_eq!(browser.text("#said"), "Choose a customer to keep this draft.");
    assert!(browser.has("[data-change][hidden]"), "there is nobody to be changed yet");
    browser.keys("[name='order_number']", &format!("A-7{ENTER}"));
    browser.until("document.activeElement.name === 'currency'");
    assert_eq!(browser.text("#said"), "Choose a customer to keep this draft.", "nothing else was tried");
    assert_eq!(browser.script("return document.querySelector('[name=order_number]').value;"), Value::from("A-7"));
    assert_eq!(browser.script("return location.pathname;"), Value::from("/invoices/new"));
    browser.keys("[name='order_number']", &BACKSPACE.repeat(3));
}

/// A line without a customer cannot be kept yet: whoever leaves then is asked.
fn nothing_typed_is_lost_by_leaving(browser: &Browser) {
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(leaving);";
    assert_eq!(browser.script(asks), Value::from(false), "nothing was typed yet");
    assert!(
        browser.script("return document.querySelector('#view iframe').src === '';") == true,
        "and there is no paper"
    );
    browser.keys("[name='line-0-name']", "Shop");
    assert_eq!(browser.script(asks), Value::from(true));
}

/// A part of a name adds nobody, however it is left; somebody new is added by saying so, by keys alone.
fn somebody_new_is_added_by_keys(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("document.querySelector('[role=combobox]')");
    let chosen = |browser: &Browser| browser.script("return document.querySelector('[name=customer]').value;");
    browser.fill("line-0-name", "Third thing");
    browser.fill("line-0-net_price", "10.00");
    browser.keys("[name='new_customer']", "Wojc");
    browser.until("document.querySelector('.menu [aria-selected=true]')?.textContent.startsWith('Łukasz Wójcik')");
    browser.script("document.querySelector('[name=note]').focus();");
    browser.until("document.querySelector('[data-find] .add-new')?.hidden === false");
    assert_eq!(chosen(browser), Value::from(""), "to leave it chooses nobody, and adds nobody");
    browser.keys("[name='new_customer']", "i");
    browser.until("document.querySelectorAll('.menu:not([hidden]) li').length === 2");
    browser.keys("[name='new_customer']", DOWN);
    browser.until("document.querySelector('.menu:not([hidden]) .new[aria-selected=true]')");
    browser.keys("[name='new_customer']", ENTER);
    browser.until("document.querySelector('#new_customer-hint').textContent.startsWith('A new customer')");
    assert!(browser.has("[data-kept][hidden]"), "nothing is there to be deleted yet");
    browser.until(ALL_KEPT);
    assert!(browser.text("#said").starts_with("Saved at "), "{}", browser.text("#said"));
    assert!(chosen(browser).as_str().unwrap().starts_with("cus_"));
    let deletes = "return document.querySelector('a[data-kept]:not([hidden])')?.getAttribute('href');";
    let deletes = browser.script(deletes);
    assert!(deletes.as_str().unwrap().ends_with("/delete"), "and now it can be: {deletes}");
    // What was said of a draft with a line is not said any more once that is taken out, not for a moment.
    let fine = "document.querySelector('[data-fine]')?.checkVisibility({ visibilityProperty: true })";
    browser.until(fine);
    browser.script("for (const line of document.querySelectorAll('.line .x')) line.click();");
    assert_eq!(browser.script(&format!("return {fine};")), Value::from(false));
    browser.until("document.querySelector('#before').textContent.includes('nothing to bill for')");
}

/// Of two customers of one name the one who was chosen last is the draft's.
fn the_other_of_the_same_name_is_kept(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.script(
        "const add = (city) => fetch('/customers', { method: 'POST', body: new URLSearchParams({ name: 'Wagner', also: 'Wagner', city }) }); \
         add('Kiel').then(() => add('Ulm')).then(() => { window.added = true; });",
    );
    browser.until("window.added");
    browser.go(address);
    browser.until("document.querySelector('[role=combobox]')");
    let chosen = |browser: &Browser| browser.script("return document.querySelector('[name=customer]').value;");
    // Each key is pressed once the last one was taken, in the list that is shown: what it held before stays in it, hidden.
    let both = "[...document.querySelectorAll('.menu:not([hidden]) mark')]\
                .filter((hit) => hit.textContent === 'Wagner').length === 2";
    let nth =
        |place: u8| format!("document.querySelector('.menu:not([hidden]) [aria-selected=true]:nth-child({place})')");
    browser.keys("[name='new_customer']", "Wagner");
    browser.until(both);
    browser.keys("[name='new_customer']", DOWN);
    browser.until(&nth(1));
    browser.keys("[name='new_customer']", ENTER);
    browser.fill("line-0-name", "Shop sign");
    browser.fill("line-0-net_price", "10.00");
    browser.until(ALL_KEPT);
    let first = chosen(browser);
    browser.fill("new_customer", "Wagner");
    browser.until(both);
    for place in [1, 2] {
        browser.keys("[name='new_customer']", DOWN);
        browser.until(&nth(place));
    }
    browser.keys("[name='new_customer']", ENTER);
    let other = chosen(browser);
    assert!(other != first && other.as_str().unwrap().starts_with("cus_"), "{first} {other}");
    browser.keys("[name='line-0-name']", "s");
    browser.until(ALL_KEPT);
    let draft = browser.address();
    browser.go(&draft);
    assert_eq!(chosen(browser), other, "the draft is theirs");
    assert_eq!(
        browser.script("return document.querySelector('[name=new_customer]').value;"),
        Value::from("Wagner"),
        "and their name stands there alone"
    );
}

/// A customer is found by a part of their name, without the accents, and chosen by keys alone.
fn found_by_name(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("document.querySelector('[role=combobox]')");
    browser.keys("[name='new_customer']", "wo");
    browser.until("document.querySelector('.menu mark')?.textContent === 'Wó'");
    browser.picture("52-type-ahead");
    // The first is lit while one types, and somebody new is the last of them.
    browser.until("document.querySelector('.menu [aria-selected=true]')?.textContent.startsWith('Łukasz Wójcik')");
    assert_eq!(browser.text(".menu li:last-child"), "Add “wo” as a new customer");
    browser.keys("[name='new_customer']", ENTER);
    browser.until("document.querySelector('[name=new_customer]').value === 'Łukasz Wójcik'");
    browser.until("document.querySelector('[name=customer]').value.startsWith('cus_')");
    whose_name_is_typed_whole_is_chosen(browser, address);
    browser.fill("line-0-name", "Second thing");
    browser.fill("line-0-net_price", "10.00");
    browser.until(ALL_KEPT);
    browser.keys("[name='line-0-name']", &format!("{CONTROL}{ENTER}"));
    browser.until("location.pathname.endsWith('/issue')");
    browser.picture("53-issue");
    browser.click("form.acts button.main");
    assert!(browser.text("h1").ends_with("-0001"), "{}", browser.text("h1"));
    browser.settle();
    browser.picture("54-invoice");
}

/// The whole name, typed and confirmed, is the customer who has it: nobody is added a second time.
fn whose_name_is_typed_whole_is_chosen(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("document.querySelector('[role=combobox]')");
    browser.keys("[name='new_customer']", "lukasz wojcik");
    browser.until("document.querySelector('.menu [aria-selected=true]')?.textContent.startsWith('Łukasz Wójcik')");
    assert_eq!(browser.script("return document.querySelectorAll('.menu .new').length;"), Value::from(0));
    browser.keys("[name='new_customer']", ENTER);
    browser.until("document.querySelector('[name=customer]').value.startsWith('cus_')");
    assert_eq!(
        browser.script("return document.querySelector('[name=new_customer]').value;"),
        Value::from("Łukasz Wójcik")
    );
    // A key that is taken back turns nobody known into somebody new.
    browser.keys("[name='new_customer']", "x");
    browser.until("document.querySelector('[name=customer]').value === ''");
    browser.keys("[name='new_customer']", BACKSPACE);
    browser.until("document.querySelector('[name=customer]').value.startsWith('cus_')");
}

/// A list follows what is typed; keys lead around.
fn lists(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.until("document.querySelector('form[data-live]')");
    let rows = "document.querySelectorAll('#list tbody tr').length";
    browser.until(&format!("{rows} === 2"));
    browser.keys("form[data-live] input[type=search]", "0001");
    browser.until(&format!("{rows} === 1"));
    browser.keys("form[data-live] input[type=search]", "x");
    browser.until("document.querySelector('#list').textContent.includes('0001x')");
    browser.picture("55-no-match");
    browser.go(address);
    browser.keys("body", "?");
    browser.until("document.querySelector('#keys').open");
    browser.picture("56-keys");
    browser.script("document.querySelector('#keys').close();");
    browser.keys("body", "n");
    browser.until("location.pathname === '/invoices/new'");
}
