//! Every page that there is, and on each of them every form, sent back with the texts in all of its fields. Pages and forms are
//! found: the first in the list of routes and by the links on each other, the second on the pages.

use super::{CORPUS, at_peace};
use crate::browser::Browser;
use coffer_web::router::{Route, routes};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The addresses of this site that the page leads to.
const LINKS: &str = "return [...document.querySelectorAll('a[href], iframe[src]')].map(a => (a.href || a.src).split('#')[0])\
    .filter(to => to.startsWith(location.origin));";

/// Every form: how and where it is sent, and the names of its fields. A button that sends it elsewhere makes another of it.
const FORMS: &str = "const found = []; \
    for (const [number, form] of [...document.forms].entries()) { \
        const fields = [...form.elements].filter(field => field.name && !['submit', 'button', 'file'].includes(field.type)); \
        const ways = [form.getAttribute('action'), ...[...form.querySelectorAll('[formaction]')].map(button => button.getAttribute('formaction'))]; \
        for (const to of new Set(ways)) found.push([number, (form.getAttribute('method') ?? 'get').toUpperCase(), \
            new URL(to ?? location.href, location.href).pathname, fields.map(field => field.name.replace(/[0-9]+/g, '0')).sort().join(' '), \
            fields.some(field => !['hidden', 'checkbox', 'radio', 'select-one'].includes(field.type))]); \
    } return found;";

/// Fills a form and sends it, whatever the browser thinks of it: what a person types in, or what nobody could type, too.
const SEND: &str = "const form = document.forms[NUMBER]; const all = EVERYTHING; \
    for (const field of form.elements) { \
        if (!field.name || ['submit', 'button', 'file'].includes(field.type)) continue; \
        const typed = field.tagName === 'TEXTAREA' || field.tagName === 'INPUT' && !['hidden', 'checkbox', 'radio'].includes(field.type); \
        if (!typed && !all) continue; \
        if (field.tagName === 'SELECT') field.append(new Option(PAYLOAD, PAYLOAD)); \
        if (field.tagName === 'INPUT' && typed) field.type = 'text'; \
        field.value = PAYLOAD; if ('checked' in field) field.checked = true; \
    } \
    form.setAttribute('action', WHERE); window.left = false; HTMLFormElement.prototype.submit.call(form);";

/// What leads to no page: a file, a picture, paper (which [`super`] looks at).
const NO_PAGE: [&str; 6] =
    ["/history/export", "/invoices/{invoice}/pdf", "/settings/look/paper", "/d/{token}/logo", "/static", "/look"];

/// Forms that are not come upon on the way: without a field, with nothing but a file, sent by the script alone, or there only
/// when another one was done.
const ELSEWHERE: [&str; 26] = [
    "/customers/import",
    "/items/keep",
    "/items/{item}/retire",
    "/invoices/preview",
    "/invoices/{invoice}/copy",
    "/invoices/{invoice}/void",
    "/invoices/{invoice}/link",
    "/invoices/{invoice}/links/end",
    "/invoices/{invoice}/payments/{payment}/take-back",
    "/people/invitations/{link}/end",
    "/people/{user}",
    // Nobody else works there.
    "/people/{user}/end",
    "/people/{user}/end",
    "/backup",
    "/settings/look/paper",
    "/recovery-sheet",
    "/recovery-sheet/try",
    "/settings/delivery/address/try",
    "/settings/delivery/mail/try",
    "/settings/delivery/mail/forget",
    "/settings/sessions",
    "/settings/sessions/{session}/end",
    "/settings/second-step",
    "/settings/second-step/code",
    "/settings/spare-codes",
    "/settings/keys/{key}/revoke",
];

/// Of those, what has fields: sent at the door ([`super::door`]).
const AT_THE_DOOR: [&str; 2] = ["/recovery-sheet/try", "/settings/second-step/code"];

/// Forms for whoever is there, without anything to fill in; and the language, which is chosen where one's settings are.
const WITHOUT_A_FIELD: [&str; 8] = [
    "/sign-out",
    "/settings/language",
    "/d/{token}",
    "/d/{token}/pdf",
    "/enter/{token}",
    "/enter/{token}/accept",
    "/set-up/second-step",
    "/set-up/join",
];

/// What was seen on the way.
pub(super) struct Crawl {
    site: String,
    routes: Vec<Route>,
    waiting: VecDeque<String>,
    seen: BTreeSet<String>,
    /// How many pages of a kind were seen.
    kinds: BTreeMap<String, usize>,
    forms: BTreeSet<String>,
    /// Where forms were sent.
    sent: BTreeSet<&'static str>,
}

impl Crawl {
    pub(super) fn new(site: &str) -> Self {
        let routes: Vec<Route> = routes().into_iter().filter(|route| !route.path.starts_with("/api/")).collect();
        let pages = routes.iter().filter(|route| route.method == "GET" && route.action.is_some());
        let waiting = pages.filter(|route| !route.path.contains('{')).map(|route| format!("{site}{}", route.path));
        let mut waiting: Vec<String> = waiting.collect();
        // It leads to invoices in one state alone, and so many of a kind are looked at: lists of all come before it.
        waiting.sort_by_key(|page| page.ends_with("/payments"));
        let waiting = waiting.into();
        let (seen, kinds, forms, sent) = Default::default();
        Self { site: site.to_owned(), routes, waiting, seen, kinds, forms, sent }
    }

    /// Opens everything there is, and sends every form there.
    pub(super) fn of_everything(&mut self, browser: &mut Browser) {
        while let Some(address) = self.waiting.pop_front() {
            let path = address.strip_prefix(&self.site).unwrap().split('?').next().unwrap_or_default().to_owned();
            let Some(route) = self.route("GET", &path) else { continue };
            if NO_PAGE.iter().any(|none| route.path.starts_with(none)) || !self.seen.insert(address.clone()) {
                continue;
            }
            let asked: String = address
                .split_once('?')
                .map_or("", |(_, asked)| asked)
                .split('&')
                .map(|part| part.split('=').next().unwrap_or_default())
                .collect();
            let kind = self.kinds.entry(format!("{} {asked}", route.path)).or_default();
            *kind += 1;
            // One for each of the texts.
            if *kind > CORPUS.len() {
                continue;
            }
            browser.go(&address);
            at_peace(browser, &address);
            let links = browser.script(LINKS);
            self.waiting.extend(links.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            self.forms_here(browser, &mut |browser| browser.go(&address));
        }
    }

    /// Sends each form of the page that is open; `again` leads back to that page each time.
    pub(super) fn forms_here(&mut self, browser: &mut Browser, again: &mut dyn FnMut(&mut Browser)) {
        let address = browser.address();
        for form in browser.script(FORMS).as_array().cloned().unwrap_or_default() {
            let word = |place: usize| form[place].as_str().unwrap_or_default().to_owned();
            let (method, to, fields) = (word(1), word(2), word(3));
            if fields.is_empty() {
                continue;
            }
            let route = self.route(if method == "POST" { "POST" } else { "GET" }, &to);
            let route = route.unwrap_or_else(|| panic!("{address}: a form leads nowhere: {method} {to}"));
            if !self.forms.insert(format!("{method} {} {fields}", route.path)) {
                continue;
            }
            self.sent.insert(route.path);
            // All of them at once; then what nobody types, too. Where nobody can type anything it is that alone: sent as it
            // stands, it would be done.
            let text = serde_json::to_string(&CORPUS.concat()).unwrap();
            for everything in [false, true].into_iter().filter(|all| *all || form[4] == true) {
                let send = SEND.replace("NUMBER", &form[0].to_string()).replace("EVERYTHING", &everything.to_string());
                browser.script(&send.replace("WHERE", &form[2].to_string()).replace("PAYLOAD", &text));
                browser.leaves();
                at_peace(browser, &format!("{method} {to} on {address}"));
                again(browser);
            }
        }
    }

    fn route(&self, method: &str, path: &str) -> Option<Route> {
        let at = |pattern: &str| {
            let (mut wanted, mut parts) = (pattern.split('/'), path.split('/'));
            loop {
                match (wanted.next(), parts.next()) {
                    (None, None) => return true,
                    (Some(wanted), Some(part)) if wanted == part || wanted.starts_with('{') && !part.is_empty() => {}
                    _ => return false,
                }
            }
        };
        let mut fitting: Vec<Route> =
            self.routes.iter().filter(|route| route.method == method && at(route.path)).copied().collect();
        // A name comes before a placeholder.
        fitting.sort_by_key(|route| route.path.matches('{').count());
        fitting.first().copied()
    }

    /// Every page was opened, and every form with a field was sent, but for those that are named.
    pub(super) fn has_seen_all(&self) {
        let missing = |route: &&Route| match route.method {
            "GET" => {
                !NO_PAGE.iter().any(|none| route.path.starts_with(none))
                    && !self.kinds.keys().any(|kind| kind.split(' ').next() == Some(route.path))
            }
            _ => !self.sent.contains(route.path),
        };
        let missing: Vec<&str> =
            self.routes.iter().filter(|route| route.action.is_some()).filter(missing).map(|route| route.path).collect();
        assert_eq!(missing, ELSEWHERE, "{} forms; {:?}", self.forms.len(), self.kinds);
    }

    /// Every form that nobody has to be known for was sent, but for those that have no field; and those that are come upon at
    /// the door alone.
    pub(super) fn has_seen_the_door(&self) {
        let open = self.routes.iter().filter(|route| route.action.is_none() && route.method == "POST");
        let missing: Vec<&str> = open.map(|route| route.path).filter(|path| !self.sent.contains(path)).collect();
        assert_eq!(missing, WITHOUT_A_FIELD, "{:?}", self.forms);
        assert!(AT_THE_DOOR.iter().all(|path| self.sent.contains(path)), "{:?}", self.forms);
    }
}
