//! Somebody who was told nothing: from the set-up link to the first invoice with its PDF, and paid.

use crate::browser::Browser;
use crate::installation::{Installation, Serving};
use crate::pace::Pace;
use coffer_kernel::Timestamp;
use coffer_keys::totp::TotpSecret;
use serde_json::{Value, json};
use std::path::Path;

#[allow(clippy::disallowed_methods, reason = "the authenticator of a person has a clock of its own")]
pub(crate) fn code(secret: &str) -> String {
    TotpSecret::from_base_32(secret).unwrap().code_at(Timestamp::now()).unwrap()
}

/// Who sets up: name and address.
pub(crate) const PERSON: (&str, &str) = ("Ingrid Sæther", "ingrid@ateliernord.example");
/// Their password.
pub(crate) const PASSWORD: &str = "correct battery staple mango";

/// Sets up through the browser; returns the secret of the second step and the groups of the recovery sheet.
pub(crate) fn set_up(browser: &mut Browser, serving: &Serving) -> (String, Vec<String>) {
    set_up_as(browser, serving, (PERSON.0, "Atelier Nord"))
}

/// The same, under these names: the person's and the business's.
pub(crate) fn set_up_as(
    browser: &mut Browser,
    serving: &Serving,
    (person, business): (&str, &str),
) -> (String, Vec<String>) {
    let secret = arrive_as(browser, serving, person);
    browser.begins_in("name");
    browser.fill("name", business);
    browser.fill("vat_id", "DE318204977");
    // Where they are was guessed: their clock is in the country that their browser names.
    browser.until("['GB', 'DE'].includes(document.querySelector('[name=country]').value)");
    browser.picture("05-business");
    browser.click("button.main");
    // Whoever comes back later goes on where they left.
    browser.go(&format!("https://localhost:{}/set-up", serving.port));
    assert!(browser.address().ends_with("/set-up/look"), "{}", browser.address());
    assert!(browser.text("#shown").contains("-0001"), "{}", browser.text("#shown"));
    browser.picture("05-look");
    browser.click("button.main");
    browser.go(&format!("https://localhost:{}/set-up", serving.port));
    assert!(browser.address().ends_with("/set-up/sheet"), "{}", browser.address());
    browser.picture("05-sheet-why");
    browser.click("button.main");
    let groups = browser.script("return [...document.querySelectorAll('.codes li')].map(group => group.textContent);");
    let groups: Vec<String> =
        groups.as_array().unwrap().iter().map(|group| group.as_str().unwrap().to_owned()).collect();
    assert_eq!(groups.len(), 13, "{groups:?}");
    browser.picture("05-sheet");
    browser.fill("one", &groups[2]);
    browser.fill("two", &groups[12]);
    browser.click("button.main");
    (secret, groups)
}

/// Comes through the link and sets up a sign-in; returns the secret of the second step.
pub(crate) fn arrive(browser: &mut Browser, serving: &Serving) -> String {
    arrive_as(browser, serving, PERSON.0)
}

fn arrive_as(browser: &mut Browser, serving: &Serving, name: &str) -> String {
    browser.go(serving.link.as_deref().unwrap());
    browser.picture("01-enter");
    browser.click("button.main");
    browser.begins_in("name");
    browser.fill("name", name);
    // Whoever was invited has an address already.
    if browser.has("input[name='email']:not([type='hidden'])") {
        browser.fill("email", PERSON.1);
    }
    browser.fill("password", PASSWORD);
    browser.picture("02-you");
    browser.click("button.main");
    let secret = browser.text("code");
    browser.begins_in("code");
    browser.picture("03-second-step");
    browser.fill("code", &code(&secret));
    browser.click("button.main");
    browser.picture("04-spare-codes");
    browser.click("a.main");
    secret
}

// proves: A4, B1
#[test]
fn a_first_timer_issues_an_invoice_in_few_fields_and_clicks_and_is_paid() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("en").judging();
    browser.size(1440, 1000);
    set_up(&mut browser, &serving);
    browser.picture("06-home-empty");
    browser.click("main a.main");
    browser.fill("new_customer", "Bäckerei Vogel");
    browser.fill("line-0-name", "Shop sign and façade lettering");
    browser.fill("line-0-net_price", "1,710.00");
    browser.picture("07-editor");
    browser.click("button.main");
    let said = browser.text("main");
    assert!(said.contains("can no longer be changed") && said.contains("Your address"), "{said}");
    browser.picture("08-issue");
    browser.click("button.main");
    assert!(browser.text("h1").ends_with("-0001"), "{}", browser.text("h1"));
    browser.settle();
    browser.picture("09-invoice");
    has_the_paper(&browser);
    assert!(browser.fields <= 12, "{} fields", browser.fields);
    assert!(browser.clicks <= 25, "{} clicks", browser.clicks);
    in_under_three_minutes(&browser);
    is_paid_in_two(&mut browser);
    another_is_voided(&mut browser, serving.port);
    browser.click(".rail a[href='/']");
    browser.picture("11-home");
    browser.click(".rail a[href='/invoices']");
    browser.picture("12-invoices");
    browser.click(".rail a[href='/people']");
    browser.picture("13-people");
    browser.click(".rail a[href='/settings']");
    browser.picture("14-settings");
    narrow(&browser, serving.port);
}

/// As long as a person takes who knows nothing of it. Three times they turn from the browser: the second step is taken up by a
/// telephone, its spare codes are kept, and the sheet is.
fn in_under_three_minutes(browser: &Browser) {
    let pace = Pace::of(browser, 3);
    let (clicks, fields, words) = (browser.clicks, browser.fields, browser.words);
    println!("{clicks} clicks, {fields} fields, {words} words on the pages; in thousandths of a second {pace:?}");
    assert!(pace.all < 3 * 60 * 1_000, "{pace:?}");
    assert!(words <= 1_100, "{words} words stand on the way");
}

/// A part comes first, then what is left.
fn is_paid_in_two(browser: &mut Browser) {
    browser.fill("amount", "10.00");
    browser.click("form[action$='/payments'] button");
    assert_eq!(browser.text(".now .st"), "Part paid");
    assert!(browser.text(".now .big").starts_with("2,042.00"), "{}", browser.text(".now"));
    browser.picture("10-part-paid");
    // What is left stands in the form already.
    browser.click("form[action$='/payments'] button");
    assert_eq!(browser.text(".now .st"), "Paid");
    assert!(browser.text(".now .big").starts_with("0.00"), "{}", browser.text(".now"));
    assert!(!browser.has("form[action$='/payments']"), "nothing is open");
    browser.picture("10-paid");
}

/// One that nobody has yet is voided: its number stays, nothing is owed, nobody is sent it, and the list says so.
fn another_is_voided(browser: &mut Browser, port: u16) {
    let address = |path: &str| format!("https://localhost:{port}{path}");
    browser.go(&address("/invoices/new"));
    for (field, text) in [("new_customer", "Kontor Elbe"), ("line-0-name", "Twice"), ("line-0-net_price", "10.00")] {
        browser.fill(field, text);
    }
    browser.click("button.main");
    browser.click("button.main");
    let number = browser.text("h1");
    assert!(number.ends_with("-0002"), "{number}");
    // Whoever would mark it as sent reads whose it is and what it comes to, and can leave it as it is.
    browser.click("a[href$='/sent']");
    let facts = browser.text(".facts");
    assert!(facts.contains("Kontor Elbe") && facts.contains("12.00"), "{facts}");
    browser.click("form[action$='/sent'] a.btn");
    browser.click("a[href$='/void']");
    assert_eq!(browser.text(".btn.danger"), format!("Void {number}"));
    browser.click("form[action$='/void'] button");
    assert_eq!((browser.text(".now .badge"), browser.text("h1")), ("Void".to_owned(), number.clone()));
    for done in ["/payments", "/sent", "/link", "/void"] {
        assert!(!browser.has(&format!("form[action$='{done}'], a[href$='{done}']:not(nav a)")), "{done}");
    }
    browser.picture("10-void");
    browser.go(&address("/invoices?only=void"));
    let listed = browser.text("#list tbody");
    assert!(listed.contains(&number) && listed.contains("Void") && !listed.contains("-0001"), "{listed}");
}

/// The paper is there, as a PDF of this size at least, and is seen.
fn has_the_paper(browser: &Browser) {
    let fetched = browser.script(
        "const paper = new XMLHttpRequest(); paper.open('GET', document.querySelector('iframe').src, false); \
         paper.overrideMimeType('text/plain; charset=x-user-defined'); paper.send(); \
         return [paper.status, paper.responseText.slice(0, 5), paper.responseText.length > 10000];",
    );
    assert_eq!(fetched, json!([200, "%PDF-", true]));
    assert!(browser.draws("iframe", 15_000), "the browser's own viewer shows it, and its policy lets it");
}

/// The same pages as a phone shows them; whether they fit is asked about each that a picture is taken of.
fn narrow(browser: &Browser, port: u16) {
    let paths =
        ["/", "/invoices", "/invoices/new", "/customers", "/people", "/settings", "/items/new", "/customers/import"];
    for (number, path) in paths.into_iter().chain(["/history", "/payments"]).enumerate() {
        browser.seen(390, "light");
        browser.go(&format!("https://localhost:{port}{path}"));
        browser.picture(&format!("20-phone-{number}"));
    }
    // The chosen filter is the last in its row, and is seen there all the same.
    browser.seen(320, "light");
    browser.go(&format!("https://localhost:{port}/invoices?only=void"));
    browser.until(
        "(([row, chosen]) => { const [all, one] = [row, chosen].map((at) => at.getBoundingClientRect()); \
         return row.scrollLeft > 0 && all.left < one.left && (one.left + one.right) / 2 < all.right; }) \
         (['.filters', '.filters [aria-current]'].map((css) => document.querySelector(css)))",
    );
}

// proves: C94.a, C93.a
#[test]
fn what_is_typed_is_never_markup_and_nothing_inline_runs() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("de");
    let (secret, _) = set_up(&mut browser, &serving);
    let attack = "\"><script>window.hit=1</script><img src=x onerror=window.hit=1>";
    for (path, name) in [("/customers/new", "name"), ("/invoices/new", "new_customer")] {
        browser.go(&format!("https://localhost:{}{path}", serving.port));
        browser.fill(name, attack);
        if path == "/invoices/new" {
            browser.fill("line-0-name", attack);
            browser.fill("line-0-net_price", "1");
            browser.fill("note", attack);
        }
        browser.click("button.main");
        assert_eq!(browser.script("return window.hit === undefined;"), Value::from(true), "{path}");
        assert!(browser.text("main").contains("<script>"), "shown as it was typed: {}", browser.address());
    }
    browser.go(&format!("https://localhost:{}/invoices", serving.port));
    assert_eq!(browser.script("return window.hit === undefined;"), Value::from(true));
    let inline = "const s = document.createElement('script'); s.textContent = 'window.hit=1'; document.body.append(s); return window.hit === undefined;";
    assert_eq!(browser.script(inline), Value::from(true), "the policy stops what is inline");
    browser.click(".rail button");
    browser.begins_in("email");
    browser.fill("email", PERSON.1);
    browser.fill("password", PASSWORD);
    browser.click("button.main");
    browser.begins_in("code");
    browser.fill("code", &code(&secret));
    browser.click("button.main");
    browser.picture("30-signed-in-again");
}

// proves: A13, B5, B7
#[test]
fn the_demonstration_shows_a_year_of_business_with_no_currencies_added_up() {
    let installation = Installation::empty();
    let serving = installation.demo();
    let mut browser = Browser::open("en").judging();
    browser.size(1440, 1200);
    arrive(&mut browser, &serving);
    browser.click("button.main");
    let home = browser.text("main");
    assert!(home.contains("What is owed to Atelier Nord") && home.contains("EUR") && home.contains("CHF"), "{home}");
    assert!(browser.script("return document.querySelectorAll('.chart rect').length;").as_u64().unwrap() > 8);
    browser.picture("40-demo-home");
    browser.click(".rail a[href='/invoices']");
    browser.picture("41-demo-invoices");
    browser.click("tbody tr:nth-child(2) a");
    browser.settle();
    browser.picture("42-demo-invoice");
    slips(&mut browser);
    as_a_customer(&mut browser, &installation.folder().join("downloads"));
}

/// A slip of the finger is asked about before it is recorded, and what was recorded can be taken back.
fn slips(browser: &mut Browser) {
    browser.fill("amount", "999999");
    browser.click("form[action$='/payments'] button");
    assert!(browser.text("h1").contains("More than is open"), "{}", browser.text("main"));
    browser.picture("42-too-much");
    browser.click("button[value='change']");
    assert_eq!(browser.script("return document.querySelector('[name=amount]').value;"), Value::from("999999"));
    browser.click("form[action$='/payments'] button");
    browser.click("form[action*='/payments'] button.main");
    assert!(browser.text("main").contains("Paid too much"), "{}", browser.text("main"));
    browser.click("a[href$='/take-back']");
    browser.click("form[action$='/take-back'] button");
    let seen = browser.text("main");
    assert!(seen.contains("Still open") && seen.contains("taken back"), "{seen}");
    assert!(!seen.contains("Paid too much"), "{seen}");
    browser.click("a[href$='/void']");
    assert!(browser.text("main").contains("cannot be undone"));
    browser.picture("42-void");
    browser.click("main a.btn");
}

/// What the customer sees: first a button, then the document and how to pay it; and they take its paper home.
fn as_a_customer(browser: &mut Browser, downloads: &Path) {
    browser.click("form[action$='/link'] button");
    let link = browser.text(".banner code");
    browser.go(&link);
    assert!(!browser.text("main").contains("EUR"), "looking tells nothing but who sent it");
    browser.picture("43-customer-before");
    browser.click("button.main");
    let seen = browser.text("main");
    assert!(seen.contains("DE89370400440532013000") && seen.contains("EUR"), "{seen}");
    browser.picture("44-customer-opened");
    let paper = browser.file("form[action$='/pdf'] button", downloads);
    assert!(paper.starts_with(b"%PDF-") && paper.len() > 10_000, "{} bytes", paper.len());
    assert_eq!(browser.address(), link, "the document stays where it was");
    browser.seen(390, "light");
    browser.picture("45-customer-phone");
}
