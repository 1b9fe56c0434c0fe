//! What people type is never markup. Texts that try to get out of where they stand go into every text that the API takes and
//! into every field of every form there is; then every page is opened in a real browser, and the document as its reader sees
//! it. That nothing ran is the pages' own doing: their policy had nothing to stop. And were it otherwise, the policy would stop
//! it: the same texts, put into a page as markup, do not run either.

mod crawl;
mod door;
mod written;

use crate::browser::Browser;
use crate::client::Client;
use crate::first_timer::set_up_as;
use crate::installation::{Installation, last_line};
use crawl::Crawl;
use serde_json::Value;
use std::collections::BTreeSet;

/// Ways out of where a text stands: an element, an attribute, a script, a style, a comment, an address, a template.
pub(crate) const CORPUS: [&str; 4] = [
    "'\"><script>window.hit=1</script><img src=x onerror=window.hit=1><svg onload=window.hit=1>",
    "</textarea></title></style></script>--><details open ontoggle=window.hit=1><iframe srcdoc='<script>parent.hit=1</script>'>",
    "\" autofocus onfocus=window.hit=1 x=\"' onmouseover='window.hit=1' <a href=javascript:window.hit=1>y</a>",
    "javascript:window.hit=1//&lt;script&gt;window.hit=1&lt;/script&gt;{{7*7}}${7*7}<base href=//evil.example>",
];

/// Nothing ran, and nothing on the page came from what was typed.
const CLEAN: &str = "return window.hit === undefined && document.querySelectorAll('script:not([src]), [onerror], [onload], \
    [onfocus], [onmouseover], [ontoggle], iframe[srcdoc], a[href^=\"javascript:\"], base').length === 0;";

/// The page as it stands took nothing typed for markup, and its policy had nothing to stop.
pub(crate) fn at_peace(browser: &Browser, at: &str) {
    assert_eq!(browser.script(CLEAN), Value::from(true), "{at}: {}", browser.address());
    let stopped: Vec<String> =
        browser.console().into_iter().filter(|line| line.contains("Content Security Policy")).collect();
    assert!(stopped.is_empty(), "{at}: only the policy stopped this: {stopped:?}");
}

/// An API key with everything that an owner may, made at the machine.
fn key(installation: &Installation) -> String {
    let listed = installation.run(&["user", "list"]);
    let business = last_line(&listed).split_whitespace().last().unwrap().to_owned();
    last_line(&installation.run(&["key", "--business", &business, "--role", "owner"]))
}

/// What only people change: who the business is, and where it is paid.
fn who_they_are(browser: &mut Browser, site: &str) {
    browser.go(&format!("{site}/settings"));
    for field in ["street", "post_code", "city", "phone", "tax_registration", "holder"] {
        browser.fill(field, CORPUS[2]);
    }
    browser.fill("name", CORPUS[0]);
    browser.fill("iban", "DE89370400440532013000");
    browser.click("form[action='/settings'] button");
    browser.go(&format!("{site}/settings"));
    for field in ["street", "post_code", "city", "phone", "tax_registration", "holder"] {
        let kept = browser.script(&format!("return document.querySelector('[name={field}]').value;"));
        assert_eq!(kept, Value::from(CORPUS[2]), "{field}");
    }
}

// proves: C94.c
#[test]
fn the_corpus_in_every_text_and_field_runs_on_no_page() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("en");
    set_up_as(&mut browser, &serving, (CORPUS[2], CORPUS[0]));
    let site = format!("https://localhost:{}", serving.port);
    at_peace(&browser, "the set-up");
    who_they_are(&mut browser, &site);
    let authority = std::fs::read_to_string(installation.folder().join("data/tls/authority.pem")).unwrap();
    let mut client = Client::connect(serving.port, &authority, &key(&installation)).unwrap();
    let mut taken = BTreeSet::new();
    let issued: Vec<(String, String)> =
        CORPUS.iter().map(|text| written::everywhere(&mut client, text, &mut taken)).collect();
    let untaken: Vec<String> = written::texts().into_iter().filter(|text| !taken.contains(text)).collect();
    assert_eq!(untaken, written::TAKES_NO_SUCH_TEXT, "what takes any text has it, and what does not is known");

    let mut crawl = Crawl::new(&site);
    crawl.of_everything(&mut browser);
    as_they_type(&mut browser, &site);
    a_file(&mut browser, &installation, &site);
    for invoice in &issued {
        as_its_reader(&mut browser, &site, invoice);
    }
    crawl.has_seen_all();
    were_it_not_escaped(&mut browser, &site);
}

/// What the page's own script shows while one types: names that are found.
fn as_they_type(browser: &mut Browser, site: &str) {
    browser.go(&format!("{site}/invoices/new"));
    for field in ["new_customer", "line-0-name"] {
        browser.until(&format!("document.querySelector('[name=\"{field}\"][role=combobox]')"));
        browser.keys(&format!("[name='{field}']"), "window");
        browser.until("[...document.querySelectorAll('.menu')].some(menu => !menu.hidden && menu.textContent.includes('window.hit'))");
        at_peace(browser, field);
    }
    // Whoever leaves what cannot be kept yet is asked, and nobody would answer here.
    browser.script("addEventListener('beforeunload', leaving => leaving.stopImmediatePropagation(), true);");
}

/// A file whose names and rows are such texts, as it is looked through before it comes in and when it is in.
fn a_file(browser: &mut Browser, installation: &Installation, site: &str) {
    let (file, quoted) = (installation.folder().join("corpus<img src=x onerror=hit=1>.csv"), |text: &str| {
        format!("\"{}\"", text.replace('"', "\"\""))
    });
    let rows: String = CORPUS.iter().map(|text| format!("{0},{0}\r\n", quoted(text))).collect();
    std::fs::write(&file, format!("name,{}\r\n{rows}", quoted(CORPUS[0]))).unwrap();
    browser.go(&format!("{site}/customers/import"));
    browser.keys("#file", file.to_str().unwrap());
    browser.click("form[enctype] button.main");
    assert!(browser.text("main").contains("window.hit"), "{}", browser.text("main"));
    at_peace(browser, "a file that is looked through");
}

/// The document as a customer sees it, before and after they open it, and as paper in the browser's own viewer.
fn as_its_reader(browser: &mut Browser, site: &str, (invoice, token): &(String, String)) {
    browser.go(&format!("{site}/invoices/{invoice}"));
    at_peace(browser, "an invoice with its paper beside it");
    browser.go(&format!("{site}/invoices/{invoice}/pdf"));
    assert_eq!(browser.script("return document.contentType;"), "application/pdf");
    at_peace(browser, "the paper");
    browser.go(&format!("{site}/d/{token}"));
    at_peace(browser, "before it is opened");
    browser.click("button.main");
    assert!(browser.text("main").contains("window.hit"), "as it was written");
    at_peace(browser, "when it is opened");
}

/// The second wall alone: were a text taken for markup, it would not run.
fn were_it_not_escaped(browser: &mut Browser, site: &str) {
    for text in CORPUS {
        browser.go(&format!("{site}/"));
        let text = serde_json::to_string(text).unwrap();
        browser.script(&format!(
            "document.body.append(document.createRange().createContextualFragment({text})); \
             document.querySelectorAll('a').forEach(a => a.href.startsWith('javascript:') && a.click());"
        ));
        browser.until("document.readyState === 'complete'");
        assert_eq!(browser.script("return window.hit === undefined;"), Value::from(true), "{text}");
    }
    let stopped = browser.console().iter().filter(|line| line.contains("Content Security Policy")).count();
    assert!(stopped >= CORPUS.len(), "and it says so: {stopped}");
}
