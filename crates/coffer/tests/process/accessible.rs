//! Every page there is a way to, as a judge of accessible pages sees it: light at a desk, dark and narrow on a phone; and
//! none scrolls sideways there.

use crate::browser::Browser;
use crate::first_timer::arrive;
use crate::installation::Installation;
use std::collections::{BTreeSet, VecDeque};

const LINKS: &str = "return document.contentType === 'text/html'
    ? [...document.querySelectorAll('a[href^=\"/\"]')].map(link => link.getAttribute('href')) : null;";

/// What pages of one kind have in common: ids, numbers and what was asked for differ.
fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let id = |part: &str| part.split_once('_').is_some_and(|(prefix, id)| prefix.len() == 3 && id.len() > 20);
    let parts: Vec<&str> = path.split('/').map(|part| if id(part) { "*" } else { part }).collect();
    let asked: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", parts.join("/"), asked.join("&"))
}

/// Goes to these pages and from there to each kind of page that there is a link to.
pub(crate) fn every_page(browser: &mut Browser, port: u16, from: &[&str], mut see: impl FnMut(&Browser, &str)) {
    let host = format!("https://localhost:{port}");
    let mut waiting: VecDeque<String> =
        from.iter().map(|page| page.trim_start_matches(host.as_str()).to_owned()).collect();
    let mut known = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        if !known.insert(kind(&path)) {
            continue;
        }
        browser.go(&format!("{host}{path}"));
        let links = browser.script(LINKS);
        let Some(links) = links.as_array() else { continue };
        waiting.extend(
            links.iter().filter_map(|link| link.as_str()).map(|link| link.split('#').next().unwrap().to_owned()),
        );
        see(browser, &path);
    }
}

#[test]
fn a_judge_of_accessible_pages_finds_nothing_wrong_with_any() {
    let installation = Installation::empty();
    let serving = installation.demo();
    let mut browser = Browser::open("en").judging();
    browser.seen(1440, "light");
    arrive(&mut browser, &serving);
    browser.click("button.main");
    let (mut wrong, mut judged) = (Vec::new(), 0);
    every_page(&mut browser, serving.port, &["/", "/no/such/page", "/look"], |browser, path| {
        for (width, scheme, again) in [(1440, "light", false), (390, "dark", true)] {
            browser.seen(width, scheme);
            wrong.extend(browser.violations(again).into_iter().map(|what| format!("{path} {width} {scheme} {what}")));
            judged += 1;
        }
        wrong.extend(browser.wider_than_phones().into_iter().map(|what| format!("{path} scrolls sideways: {what}")));
    });
    assert!(judged > 50, "{judged}");
    browser.script("document.body.append(document.createElement('img'));");
    assert!(browser.violations(false).iter().any(|what| what.starts_with("image-alt")), "the judge sees what is wrong");
    browser.script(
        "document.body.append('w'.repeat(200)); document.body.lastChild.parentElement.style.overflowWrap = 'normal';",
    );
    assert!(browser.wider_than_phones().len() == 2, "and what is too wide");
    assert!(wrong.is_empty(), "{judged} looks\n{}", wrong.join("\n"));
}
