//! A person's browser, driven over WebDriver. It counts what a person does: clicks, and fields filled in.

use crate::hard_coded::plain_words;
use base64ct::{Base64, Encoding};
use coffer_testkit::chromium::Driver;
use serde_json::{Value, json};
use std::cell::Cell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub(crate) struct Browser {
    driver: Driver,
    session: String,
    /// What judges each page that a picture is taken of.
    judge: Option<String>,
    /// Whether such a page is read for words that are in no catalogue.
    reads: bool,
    pub(crate) clicks: u32,
    pub(crate) fields: u32,
    /// Characters that were typed into fields.
    pub(crate) typed: u32,
    /// Words that stood on pages when a click led on from them.
    pub(crate) words: u32,
    /// Answers of forms that were read for words that are in no catalogue.
    pub(crate) answers: Cell<u32>,
}

/// Notes that this page is still there, and counts the words on it: those of its choices are not read one by one.
const WORDS: &str = r"window.left = false; let words = 0;
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode.parentElement;
        if (at.checkVisibility() && !at.closest('select, script, style, .codes'))
            words += texts.currentNode.data.split(/\s+/).filter(Boolean).length;
    }
    return words;";

impl Browser {
    /// A browser that takes the local certificate without asking: the warning is another test's affair.
    pub(crate) fn open(language: &str) -> Self {
        Self::noting(language, &json!({ "browser": "ALL" }))
    }

    /// One that also notes how each thing was fetched ([`Self::lines`]).
    pub(crate) fn overheard(language: &str) -> Self {
        Self::noting(language, &json!({ "performance": "ALL" }))
    }

    fn noting(language: &str, logs: &Value) -> Self {
        let driver = Driver::start().unwrap();
        let languages = match language {
            "de" => "de-DE,de".to_owned(),
            "en" => "en-GB,en".to_owned(),
            other => format!("{other},en-GB"),
        };
        let mut arguments = driver.session_arguments();
        arguments.push(format!("--accept-lang={languages}"));
        arguments.push("--force-prefers-reduced-motion".to_owned());
        let options = json!({ "binary": driver.browser(), "args": arguments,
            "prefs": { "intl.accept_languages": languages } });
        let always = json!({ "acceptInsecureCerts": true, "goog:chromeOptions": options,
            "goog:loggingPrefs": logs });
        let (session, judge, reads) = (String::new(), None, false);
        let mut browser =
            Self { driver, session, judge, reads, clicks: 0, fields: 0, typed: 0, words: 0, answers: Cell::new(0) };
        let made = browser.call("POST", "/session", &json!({ "capabilities": { "alwaysMatch": always } }));
        browser.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        // Its clock is where people read that language.
        let zone = if language == "de" { "Europe/Berlin" } else { "Europe/London" };
        browser.tell("Emulation.setTimezoneOverride", &json!({ "timezoneId": zone }));
        browser
    }

    /// From now on whatever a picture is taken of is judged as well.
    pub(crate) fn judging(mut self) -> Self {
        self.judge = Some(coffer_testkit::axe::script().unwrap());
        self
    }

    /// From now on whatever a picture is taken of is read for words that are in no catalogue.
    pub(crate) fn reading(mut self) -> Self {
        self.reads = true;
        self
    }

    /// What a judge of accessible pages finds here: by everything in WCAG 2.2 (A and AA), or only by what how it looks
    /// decides.
    pub(crate) fn violations(&self, only_how_it_looks: bool) -> Vec<String> {
        const RUN: &str = "const [only, done] = arguments;
            axe.run(document, { runOnly: only, iframes: false })
                .then(found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
                    rule.id + ': ' + node.target.join(' ') + ' ' + node.html.slice(0, 160) + ' ' +
                    node.any.map(check => check.message).join(' ').slice(0, 200)))))
                .catch(error => done([String(error)]));";
        let only = if only_how_it_looks {
            json!(["color-contrast", "target-size"])
        } else {
            json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        };
        let axe = self.judge.as_deref().unwrap();
        if self.script("return window.axe === undefined;") == true {
            self.script(axe);
        }
        let found = self.told(RUN, &json!([only]));
        found.as_array().unwrap().iter().map(|what| what.as_str().unwrap().to_owned()).collect()
    }

    /// Shows pages as wide as this, light or dark.
    pub(crate) fn seen(&self, width: u32, scheme: &str) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", &size);
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.tell("Emulation.setEmulatedMedia", &scheme);
    }

    /// What has to be scrolled sideways for, on a phone as it is sold and on the narrowest that is asked for (WCAG 2.2, 1.4.10).
    pub(crate) fn wider_than_phones(&self) -> Vec<String> {
        const OVER: &str = "const { scrollWidth: all, clientWidth: seen } = document.documentElement;
            const { left, right } = document.documentElement.getBoundingClientRect();
            if (innerWidth !== arguments[0]) return [`${innerWidth} px wide`];
            const outside = (box) => box.width > 0 && (box.right > right + 1 || box.left < left - 1);
            const over = [...document.body.querySelectorAll('*')].filter(at => outside(at.getBoundingClientRect()));
            return all <= seen ? [] : [`${all} px on ${seen}: ` + over.slice(0, 4).map(at => at.outerHTML.slice(0, 160)).join('; ')];";
        let mut found = Vec::new();
        for width in [390, 320] {
            let size = json!({ "width": width, "height": 700, "deviceScaleFactor": 1, "mobile": false });
            self.tell("Emulation.setDeviceMetricsOverride", &size);
            let over = self.on("POST", "/execute/sync", &json!({ "script": OVER, "args": [width] }));
            found.extend(over.as_array().unwrap().iter().map(|what| what.as_str().unwrap().to_owned()));
        }
        self.tell("Emulation.clearDeviceMetricsOverride", &json!({}));
        found
    }

    fn tell(&self, command: &str, parameters: &Value) {
        self.on("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let value = self.ask(method, path, body);
        assert!(value["error"].is_null(), "{method} {path}: {}", value["message"]);
        value
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let host = self.driver.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let length = body.len();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(head.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line).unwrap() > 2 {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut bytes = vec![0; length];
        reader.read_exact(&mut bytes).unwrap();
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        answer["value"].clone()
    }

    fn on(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("{}{path}", self.session), body)
    }

    pub(crate) fn go(&self, address: &str) {
        self.on("POST", "/url", &json!({ "url": address }));
    }

    pub(crate) fn size(&self, width: u32, height: u32) {
        self.on("POST", "/window/rect", &json!({ "width": width, "height": height }));
    }

    fn find(&self, css: &str) -> String {
        let found = self.on("POST", "/element", &json!({ "using": "css selector", "value": css }));
        format!("/element/{}", found[ELEMENT].as_str().unwrap())
    }

    /// Clicks what leads to another page, and waits until that is there.
    pub(crate) fn click(&mut self, css: &str) {
        self.clicks += 1;
        // Nobody presses what is not drawn yet, or still moves: on a busy machine a page is there before it is laid out.
        self.until(&format!(
            "document.fonts.status === 'loaded' && document.querySelector({css:?})?.getClientRects().length"
        ));
        self.words += u32::try_from(self.script(WORDS).as_u64().unwrap()).unwrap();
        let press = |_| {
            let pressed = self.ask("POST", &format!("{}{}/click", self.session, self.find(css)), &json!({}));
            assert!(pressed["error"].is_null() || pressed["error"] == "element click intercepted", "{css}: {pressed}");
            pressed["error"].is_null()
        };
        assert!((0..20).any(press), "something lies over {css}");
        let there = json!({ "script": "return window.left === undefined && document.readyState === 'complete' && document.fonts.status === 'loaded';", "args": [] });
        let arrived = (0..2_000).any(|_| self.ask("POST", &format!("{}/execute/sync", self.session), &there) == true);
        assert!(arrived, "{css} leads nowhere");
    }

    /// Presses a button that gives a file: the page stays. The file comes into this folder; its content, once all of it is there.
    pub(crate) fn file(&mut self, css: &str, folder: &Path) -> Vec<u8> {
        std::fs::create_dir_all(folder).unwrap();
        self.tell("Browser.setDownloadBehavior", &json!({ "behavior": "allow", "downloadPath": folder }));
        self.clicks += 1;
        let element = self.find(css);
        self.on("POST", &format!("{element}/click"), &json!({}));
        let came = || {
            let found = std::fs::read_dir(folder).unwrap().filter_map(|file| Some(file.ok()?.path()));
            let whole = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "pdf" || kind == "backup");
            found.filter(whole).find_map(|file| std::fs::read(file).ok().filter(|content| !content.is_empty()))
        };
        // The browser is asked something each time, so that time passes.
        let came = (0..2_000).find_map(|_| Some(self.script("return 1;")).and_then(|_| came()));
        came.unwrap_or_else(|| panic!("{css} gives no file"))
    }

    /// Fills in a field.
    pub(crate) fn fill(&mut self, name: &str, text: &str) {
        self.fields += 1;
        self.typed += u32::try_from(text.chars().count()).unwrap();
        let element = self.find(&format!("[name='{name}']"));
        self.on("POST", &format!("{element}/clear"), &json!({}));
        self.on("POST", &format!("{element}/value"), &json!({ "text": text }));
    }

    /// Whether there is such an element.
    pub(crate) fn has(&self, css: &str) -> bool {
        let css = css.replace('\\', "\\\\").replace('"', "\\\"");
        self.script(&format!("return document.querySelector(\"{css}\") !== null;")) == Value::Bool(true)
    }

    /// Types into a field, key by key, without emptying it first; keys of WebDriver's own are allowed.
    pub(crate) fn keys(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.on("POST", &format!("{element}/value"), &json!({ "text": text }));
    }

    /// Waits until the page says so: an expression that becomes true.
    pub(crate) fn until(&self, expression: &str) {
        let script = json!({ "script": format!("return Boolean({expression});"), "args": [] });
        let ask = || self.ask("POST", &format!("{}/execute/sync", self.session), &script) == true;
        assert!((0..4_000).any(|_| ask()), "{expression}; the page: {}", self.text("body"));
    }

    /// Waits until whoever came to this page types into this field, without having chosen it.
    pub(crate) fn begins_in(&self, name: &str) {
        self.until(&format!("document.activeElement.name === '{name}'"));
    }

    pub(crate) fn text(&self, css: &str) -> String {
        let element = self.find(css);
        self.on("GET", &format!("{element}/text"), &Value::Null).as_str().unwrap().to_owned()
    }

    pub(crate) fn address(&self) -> String {
        self.on("GET", "/url", &Value::Null).as_str().unwrap().to_owned()
    }

    /// The value of a cookie, which no script of a page could read.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let cookie = self.on("GET", &format!("/cookie/{name}"), &Value::Null);
        cookie["value"].as_str().map(str::to_owned)
    }

    pub(crate) fn script(&self, script: &str) -> Value {
        self.on("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a script says at last, through the last of what it is given.
    pub(crate) fn told(&self, script: &str, given: &Value) -> Value {
        self.on("POST", "/execute/async", &json!({ "script": script, "args": given }))
    }

    /// Waits until what was sent leads to another page. What leads to a file leaves the page where it is.
    pub(crate) fn leaves(&self) -> bool {
        let there =
            json!({ "script": "return window.left === undefined && document.readyState === 'complete';", "args": [] });
        (0..500).any(|_| self.ask("POST", &format!("{}/execute/sync", self.session), &there) == true)
    }

    /// What the browser had to say of its pages since it was asked last: each line as it stands in its console.
    pub(crate) fn console(&self) -> Vec<String> {
        let said = self.on("POST", "/se/log", &json!({ "type": "browser" }));
        said.as_array().into_iter().flatten().filter_map(|line| Some(line["message"].as_str()?.to_owned())).collect()
    }

    /// What the browser knows of the line over which each answer came since it was asked last.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let noted = self.on("POST", "/se/log", &json!({ "type": "performance" }));
        let told = |entry: &Value| serde_json::from_str::<Value>(entry["message"].as_str()?).ok();
        let of = |told: Value| told.pointer("/message/params/response/securityDetails").cloned();
        noted.as_array().into_iter().flatten().filter_map(told).filter_map(of).collect()
    }

    /// Whether more is drawn in this place, sooner or later, than fits into a picture of so many bytes: an empty one takes few.
    pub(crate) fn draws(&self, css: &str, bytes: usize) -> bool {
        let element = self.find(css);
        let seen =
            || self.on("GET", &format!("{element}/screenshot"), &Value::Null).as_str().map_or(0, str::len) / 4 * 3;
        (0..200).any(|_| seen() > bytes)
    }

    /// Gives what is drawn by another program (the viewer of PDF files) time, where a picture is wanted at all.
    #[allow(clippy::disallowed_methods, reason = "a test may be asked for pictures")]
    pub(crate) fn settle(&self) {
        if std::env::var_os("COFFER_PICTURES").is_some() {
            (0..1_500).for_each(|_| drop(self.script("return 1;")));
        }
    }

    /// Keeps the page as a printer would get it, in the same place.
    #[allow(clippy::disallowed_methods, reason = "a test may be asked for pictures")]
    pub(crate) fn print(&self, name: &str) {
        let Some(folder) = std::env::var_os("COFFER_PICTURES") else { return };
        let pdf = self.on("POST", "/print", &json!({}));
        let bytes = Base64::decode_vec(pdf.as_str().unwrap()).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), bytes).unwrap();
    }

    /// Keeps a picture where `COFFER_PICTURES` says, outside the project.
    #[allow(clippy::disallowed_methods, reason = "a test may be asked for pictures")]
    pub(crate) fn picture(&self, name: &str) {
        if self.judge.is_some() {
            assert_eq!(self.violations(false), Vec::<String>::new(), "{name} ({})", self.address());
        }
        if self.reads {
            let (answers, words) = plain_words(self);
            assert_eq!(words, Vec::<String>::new(), "{name} ({})", self.address());
            self.answers.set(self.answers.get() + answers);
        }
        if let Some(folder) = std::env::var_os("COFFER_PICTURES") {
            let png = self.on("GET", "/screenshot", &Value::Null);
            let bytes = Base64::decode_vec(png.as_str().unwrap()).unwrap();
            std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes).unwrap();
        }
        if self.judge.is_some() {
            assert_eq!(self.wider_than_phones(), Vec::<String>::new(), "{name} ({})", self.address());
        }
    }
}
