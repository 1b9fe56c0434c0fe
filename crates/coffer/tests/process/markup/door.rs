//! The same texts in the forms of the door, where nobody is known yet: the screens of the set-up, signing in, its code, coming
//! back without a second step. And in two that stand behind another one: the sheet typed back, another second step.

use super::crawl::Crawl;
use super::{CORPUS, at_peace};
use crate::browser::Browser;
use crate::first_timer::{PASSWORD, PERSON, code};
use crate::installation::{Installation, last_line};

/// Makes a form of these fields and sends it: what a page has that waits for somebody.
fn sends(browser: &Browser, to: &str, fields: &[(&str, &str)]) {
    browser.script(&format!(
        "const form = document.createElement('form'); form.method = 'post'; form.action = '{to}'; \
         for (const [name, value] of {}) {{ const field = document.createElement('input'); field.name = name; \
         field.value = value; form.append(field); }} \
         document.body.append(form); window.left = false; HTMLFormElement.prototype.submit.call(form);",
        serde_json::to_string(fields).unwrap()
    ));
    assert!(browser.leaves(), "{to} leads to a page");
    at_peace(browser, to);
}

/// From the link to the sheet, screen by screen.
fn sets_up(browser: &mut Browser, crawl: &mut Crawl, (link, site): (&str, &str)) {
    let set_up = format!("{site}/set-up");
    browser.go(link);
    at_peace(browser, "a link");
    browser.click("button.main");
    crawl.forms_here(browser, &mut |browser| browser.go(&set_up));
    browser.fill("name", CORPUS[2]);
    browser.fill("email", PERSON.1);
    browser.fill("password", PASSWORD);
    browser.click("button.main");
    crawl.forms_here(browser, &mut |browser| {
        browser.go(&set_up);
        browser.click("button.main");
    });
    let shown = browser.text("code");
    browser.fill("code", &code(&shown));
    browser.click("button.main");
    browser.click("a.main");
    crawl.forms_here(browser, &mut |browser| browser.go(&set_up));
    browser.fill("name", CORPUS[0]);
    browser.fill("vat_id", "DE318204977");
    browser.until("document.querySelector('[name=country]').value !== ''");
    browser.click("button.main");
    at_peace(browser, "numbers and look");
    browser.go(&format!("{site}/set-up/sheet"));
    browser.click("button.main");
    crawl.forms_here(browser, &mut |browser| {
        browser.go(&format!("{site}/set-up/sheet"));
        browser.click("button.main");
    });
}

/// Where somebody who is signed in is asked for a code: another second step, and a proof of who they are.
fn is_asked_for_codes(browser: &mut Browser, crawl: &mut Crawl, site: &str) {
    let mut shows = |browser: &mut Browser| {
        browser.go(&format!("{site}/settings"));
        browser.click("form[action='/settings/second-step'] button");
        assert!(browser.has("form[action='/settings/second-step/code']"), "{}", browser.text("main"));
    };
    shows(browser);
    crawl.forms_here(browser, &mut shows);
    // What waits for a proof stands in its page as it came.
    let mut asks = |browser: &mut Browser| {
        browser.go(&format!("{site}/settings"));
        sends(browser, "/proof", &[("code", "000000"), ("kept", CORPUS[0])]);
        let kept = browser.script("return document.querySelector('form[action=\"/proof\"] [name=kept]').value;");
        assert_eq!(kept, CORPUS[0], "as it came");
    };
    asks(browser);
    crawl.forms_here(browser, &mut asks);
}

/// Somebody without a sign-in, who knows an address and its password.
fn signs_in(browser: &mut Browser, crawl: &mut Crawl, site: &str) {
    let asked = format!(
        "{site}/sign-in?back=%2F%22%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E"
    );
    browser.go(&asked);
    at_peace(browser, "a way back in the address");
    assert!(browser.has("[name='back']"), "it goes on with the form");
    crawl.forms_here(browser, &mut |browser| browser.go(&asked));
    // A form that waits goes on with the sign-in, in the page itself.
    let mut half = |browser: &mut Browser| {
        browser.go(&asked);
        let waits = [("email", PERSON.1), ("password", PASSWORD), ("kept", CORPUS[0]), ("back", CORPUS[1])];
        sends(browser, "/sign-in", &waits);
        assert!(browser.has("form[action='/sign-in/code'] [name=kept]"), "{}", browser.text("body"));
    };
    half(browser);
    crawl.forms_here(browser, &mut half);
    browser.go(&format!("{site}/sign-in/code?back=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E"));
    at_peace(browser, "a way back in the address");
    assert!(browser.has("[name='code']"), "half signed in");
}

/// Somebody who lost their second step, and comes back by the machine's link.
fn comes_back(browser: &mut Browser, crawl: &mut Crawl, (installation, site): (&Installation, &str)) {
    let made = last_line(&installation.run(&["user", "recover", "--email", PERSON.1]));
    let token = made.rsplit_once("/enter/").unwrap_or_else(|| panic!("no link in {made}")).1;
    browser.go(&format!("{site}/enter/{token}"));
    browser.click("button.main");
    browser.click("button.main");
    assert!(browser.has("form[action='/set-up/recover']"), "{}", browser.text("body"));
    crawl.forms_here(browser, &mut |browser| {
        browser.go(&format!("{site}/set-up"));
        browser.click("button.main");
    });
}

// proves: C94.c
#[test]
fn the_corpus_in_every_form_of_the_door_runs_on_no_page() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let site = format!("https://localhost:{}", serving.port);
    let mut browser = Browser::open("en");
    let mut crawl = Crawl::new(&site);
    sets_up(&mut browser, &mut crawl, (serving.link.as_deref().unwrap(), &site));
    is_asked_for_codes(&mut browser, &mut crawl, &site);
    let mut nobody = Browser::open("de");
    signs_in(&mut nobody, &mut crawl, &site);
    let mut lost = Browser::open("en");
    comes_back(&mut lost, &mut crawl, (&installation, &site));
    crawl.has_seen_the_door();
}
