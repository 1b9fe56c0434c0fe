//! Every page in a language that nobody speaks: words that are not in the catalogue stand out. What forms answer is read as
//! well: each form on each page, sent back empty and with what nobody takes.

use crate::accessible::every_page;
use crate::browser::Browser;
use crate::first_timer::{PASSWORD, PERSON, code, set_up};
use crate::installation::Installation;

// proves: F8
#[test]
fn no_page_and_no_answer_has_words_that_are_not_in_the_catalogue() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("qps-ploc").reading();
    browser.size(1440, 1000);
    let (secret, _) = set_up(&mut browser, &serving);
    let address = |path: &str| format!("https://localhost:{}{path}", serving.port);
    browser.go(&address("/items/new"));
    browser.fill("name", "0");
    browser.fill("net_price", "1.00");
    browser.click("form.stack button.main");
    browser.go(&address("/invoices/new"));
    browser.fill("new_customer", "0");
    browser.fill("line-0-name", "0");
    browser.fill("line-0-net_price", "10.00");
    browser.click("button.main");
    browser.picture("57-pseudo-issue");
    browser.click("form.acts button.main");
    let invoice = browser.address();
    a_draft(&mut browser, &address("/invoices/new"));
    browser.go(&invoice);
    is_paid(&mut browser);
    a_file_comes(&mut browser, &installation, &address("/customers/import"));
    let from = ["/", "/no/such/page", "/invoices?only=void", "/invoices?q=000000", &invoice];
    let mut read = Vec::new();
    every_page(&mut browser, serving.port, &from, |browser, path| {
        browser.picture("57-pseudo");
        read.push(path.to_owned());
    });
    assert!(read.len() > 30, "{read:?}");
    for kind in ["/items/itm_", "/retire", "/take-back", "/customers/cus_", "/settings/keys"] {
        assert!(read.iter().any(|path| path.contains(kind)), "{kind}: {read:?}");
    }
    as_a_customer(&mut browser, &address(""), &invoice);
    comes_back(&mut browser, &address("/people"), &secret);
    let answers = browser.answers.get();
    assert!(answers > 60, "{answers} answers were read");
}

/// One that stays a draft: what is asked about it before it is issued or goes.
fn a_draft(browser: &mut Browser, editor: &str) {
    browser.go(editor);
    browser.fill("new_customer", "1");
    browser.fill("line-0-name", "1");
    browser.fill("line-0-net_price", "10.00");
    browser.click("button.main");
    let draft = browser.address().strip_suffix("/issue").unwrap().to_owned();
    for page in ["", "/edit", "/delete"] {
        browser.go(&format!("{draft}{page}"));
        browser.picture("57-pseudo-draft");
    }
}

/// Whether it is to be voided, a payment, and one that is more than is open.
fn is_paid(browser: &mut Browser) {
    browser.click("a[href$='/void']");
    browser.picture("57-pseudo-void");
    browser.click("main a.btn");
    for amount in ["1.00", "9,999.00"] {
        browser.fill("amount", amount);
        browser.click("form[action$='/payments'] button");
        browser.picture("57-pseudo-paid");
    }
    browser.click("button[value='change']");
}

/// Files of customers: one of which nobody knows what is in it, and one that is looked through before it comes in.
fn a_file_comes(browser: &mut Browser, installation: &Installation, page: &str) {
    for rows in ["0;1\r\n2;3\r\n", "Name;E-Mail\r\n0;0@0.example\r\n1;1\r\n;\r\n"] {
        let file = installation.folder().join("0.csv");
        std::fs::write(&file, rows).unwrap();
        browser.go(page);
        browser.keys("#file", file.to_str().unwrap());
        browser.click("form[enctype] button.main");
        browser.picture("57-pseudo-import");
    }
}

/// What the holder of a link reads, before and after they open the document, and where there is none.
fn as_a_customer(browser: &mut Browser, here: &str, invoice: &str) {
    // No picture in between: whatever one is taken of has its forms sent back empty, and this one would forget the address.
    let settings = format!("{here}/settings/delivery");
    for taken_on in [false, true] {
        browser.go(&settings);
        browser.fill("public_url", "https://0.example");
        browser
            .script(&format!("document.querySelectorAll('[name=taken_on]').forEach(at => at.checked = {taken_on});"));
        browser.click("form[action$='/address'] button");
    }
    browser.go(invoice);
    browser.click("form[action$='/link'] button");
    browser.picture("57-pseudo-link");
    let link = browser.text(".banner code").replace("https://0.example", here);
    browser.go(&link);
    browser.picture("57-pseudo-customer-before");
    browser.click("button.main");
    assert!(browser.has(".facts dd"), "it is open");
    browser.picture("57-pseudo-customer-opened");
    for nothing in ["/d/0", "/enter/0"] {
        browser.go(&format!("{here}{nothing}"));
        browser.picture("57-pseudo-nothing");
    }
    browser.go(&settings);
    browser.picture("57-pseudo-taken-on");
    browser.fill("public_url", "https://0.example");
    browser.click("form[action$='/address'] button");
    browser.picture("57-pseudo-not-reached");
}

/// Out, and in again: both steps, and a form that waited for them.
fn comes_back(browser: &mut Browser, page: &str, secret: &str) {
    browser.go(page);
    browser.click(".rail button");
    browser.picture("57-pseudo-signed-out");
    browser.fill("email", PERSON.1);
    browser.fill("password", PASSWORD);
    browser.click("button.main");
    browser.picture("57-pseudo-code");
    browser.fill("code", &code(secret));
    browser.click("button.main");
    assert!(browser.has(".rail"), "{}", browser.text("body"));
}

/// Words in plain Latin letters, outside of what people typed, of codes and of names that stay the same everywhere.
const READ: &str = r#"
    const same = ["Coffer", "Atelier", "Nord", "Ingrid", "ther", "Ctrl", "Enter", "IBAN", "BIC", "VAT", "PDF", "UTC"];
    const named = ["country", "deliver_to-country", "currency", "time_zone", "language"]
        .map((name) => `select[name="${name}"] option:not([value=""])`).join(", ");
    const free = `bdi, code, .codes, kbd, time, script, style, .cur, ${named}, [translate=no], iframe, input[type=hidden]`;
    const read = (page) => {
        const found = [];
        const look = (text, at) => {
            if (at.closest(free)) return;
            const words = text.replace(/\S*[@\d]\S*/g, "").match(/[A-Za-z]{2,}/g) ?? [];
            const months = /^(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;
            const odd = words.filter((word) => !same.includes(word) && !months.test(word) && !/^[A-Z]{3}$/.test(word));
            if (odd.length) found.push(`${at.tagName}: ${text.trim().slice(0, 80)}`);
        };
        look(page.title, page.documentElement);
        const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement);
        for (const element of page.querySelectorAll("[aria-label], [placeholder], [title]")) {
            for (const name of ["aria-label", "placeholder", "title"]) look(element.getAttribute(name) ?? "", element);
        }
        return found;
    };
"#;

/// Each form of the page with something to fill in, sent as it stands but for these texts, and its answer read; the page stays.
const ANSWERS: &str = r#"
    const [texts, done] = arguments;
    const typed = (field) => field.tagName === "TEXTAREA"
        || field.tagName === "INPUT" && !["hidden", "checkbox", "radio", "file", "color", "submit"].includes(field.type);
    const ask = async () => {
        const found = read(document);
        let answers = 0;
        for (const form of document.querySelectorAll("form[method=post]")) {
            if (![...form.elements].some((field) => field.name && typed(field))) continue;
            for (const text of texts) {
                const filled = new FormData(form);
                for (const field of form.elements) if (field.name && typed(field)) filled.set(field.name, text);
                const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
                const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
                if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                const at = `${form.getAttribute("action")} answers “${text}” with ${answer.status}`;
                found.push(...read(page).map((what) => `${at}: ${what}`));
                answers += 1;
            }
        }
        return [answers, found];
    };
    ask().then(done, (error) => done([0, [String(error)]]));
"#;

/// How many answers of forms were read beside the page itself, and what stands there in plain letters.
pub(crate) fn plain_words(browser: &Browser) -> (u32, Vec<String>) {
    // What sets up a business is sent empty alone: a name that nobody has is a name.
    let texts: &[&str] = if browser.address().contains("/set-up") { &[""] } else { &["", "§"] };
    let found = browser.told(&format!("{READ}{ANSWERS}"), &serde_json::json!([texts]));
    let words = found[1].as_array().unwrap().iter().map(|what| what.as_str().unwrap().to_owned());
    (u32::try_from(found[0].as_u64().unwrap()).unwrap(), words.collect())
}
