//! Every page in a language that nobody speaks: words that are not in the catalogue stand out.

use crate::accessible::every_page;
use crate::browser::Browser;
use crate::first_timer::set_up;
use crate::installation::Installation;

// proves: F8
#[test]
fn no_page_has_words_that_are_not_in_the_catalogue() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("qps-ploc").reading();
    browser.size(1440, 1000);
    set_up(&mut browser, &serving);
    browser.go(&format!("https://localhost:{}/invoices/new", serving.port));
    browser.fill("new_customer", "0");
    browser.fill("line-0-name", "0");
    browser.fill("line-0-net_price", "10.00");
    browser.click("button.main");
    browser.picture("57-pseudo-issue");
    browser.click("form.acts button.main");
    let invoice = browser.address();
    let from = ["/", "/no/such/page", "/invoices?only=void", "/invoices?q=000000", &invoice];
    let mut read = 0;
    every_page(&mut browser, serving.port, &from, |browser, _| {
        browser.picture("57-pseudo");
        read += 1;
    });
    assert!(read > 25, "{read} pages");
}

/// Words in plain Latin letters, outside of what people typed, of codes and of names that stay the same everywhere.
pub(crate) const HARD_CODED: &str = r#"
    const same = ["Coffer", "Atelier", "Nord", "Ingrid", "ther", "Ctrl", "Enter", "IBAN", "BIC", "VAT", "PDF", "UTC"];
    const named = ["country", "deliver_to-country", "currency", "time_zone", "language"]
        .map((name) => `select[name="${name}"] option:not([value=""])`).join(", ");
    const free = `bdi, code, .codes, kbd, time, script, style, .cur, ${named}, [translate=no], iframe, input[type=hidden]`;
    const found = [];
    const look = (text, at) => {
        if (at.closest(free)) return;
        const words = text.replace(/\S*[@\d]\S*/g, "").match(/[A-Za-z]{2,}/g) ?? [];
        const months = /^(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;
        const odd = words.filter((word) => !same.includes(word) && !months.test(word) && !/^[A-Z]{3}$/.test(word));
        if (odd.length) found.push(`${at.tagName}: ${text.trim().slice(0, 80)}`);
    };
    look(document.title, document.documentElement);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement);
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
        for (const name of ["aria-label", "placeholder", "title"]) look(element.getAttribute(name) ?? "", element);
    }
    return found;
"#;
