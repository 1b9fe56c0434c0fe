//! A person with a browser, in the process: cookies kept, forms sent from pages of ours, codes from an authenticator.

use crate::world::World;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::BusinessId;
use coffer_keys::totp::TotpSecret;
use coffer_testkit::Callers;
use std::collections::BTreeMap;
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "correct battery staple mango";

pub(crate) struct Visit<'a> {
    world: &'a World,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) email: String,
    totp: Option<TotpSecret>,
}

/// What came back.
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    /// How a browser is to take it: shown, or kept as a file.
    pub(crate) disposition: String,
    pub(crate) text: String,
    /// The same, where it is no text.
    pub(crate) bytes: Vec<u8>,
}

impl Seen {
    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// The secret of a second step, as somebody types it who reads it in its groups.
    pub(crate) fn secret(&self) -> String {
        self.between("<code><span class=\"fours\" translate=\"no\">", "</code>")
            .replace("<span>", "")
            .replace("</span>", "")
    }

    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let rest = self.text.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.text)).1;
        rest.split_once(after).unwrap().0.to_owned()
    }
}

impl<'a> Visit<'a> {
    pub(crate) fn new(world: &'a World, email: &str) -> Self {
        Self { world, cookies: BTreeMap::new(), email: email.to_owned(), totp: None }
    }

    /// The owner of a new business, set up through the pages.
    pub(crate) async fn owner(world: &'a World, email: &str) -> Self {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut new = Self::new(world, email);
        new.through(link.expose()).await;
        let business = [("name", "Atelier Sør"), ("country", "DE"), ("vat_id", "DE318204977")];
        let opened = new.post("/set-up/business", &business).await;
        assert_eq!(
            (opened.status, opened.location.as_str()),
            (StatusCode::SEE_OTHER, "/set-up/look"),
            "{}",
            opened.text
        );
        new
    }

    /// Through a link, as far as the spare codes.
    pub(crate) async fn through(&mut self, link: &str) -> Seen {
        let entered = self.post(&format!("/enter/{link}"), &[]).await;
        assert_eq!(entered.location, "/set-up", "{}", entered.text);
        let email = self.email.clone();
        let you = [("name", "Ingrid Solberg"), ("email", email.as_str()), ("password", PASSWORD)];
        let shown = self.post("/set-up/you", &you).await;
        self.authenticator(&shown.secret());
        let code = self.code();
        self.post("/set-up/code", &[("code", &code)]).await
    }

    /// Signs in anew: after half an hour without them a person is asked who they are.
    pub(crate) async fn signs_in(&mut self) {
        self.cookies.clear();
        let email = self.email.clone();
        self.post("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)]).await;
        let code = self.code();
        let done = self.post("/sign-in/code", &[("code", &code)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }

    /// Another secret in the authenticator.
    pub(crate) fn authenticator(&mut self, secret: &str) -> Option<TotpSecret> {
        std::mem::replace(&mut self.totp, TotpSecret::from_base_32(secret))
    }

    /// The code that the authenticator shows, a minute later: each is taken once.
    pub(crate) fn code(&self) -> String {
        self.code_of(self.totp.as_ref().unwrap())
    }

    /// The code that another authenticator shows, a minute later.
    pub(crate) fn code_of(&self, totp: &TotpSecret) -> String {
        self.world.test.home.clock.advance_seconds(60);
        totp.code_at(self.world.test.books.world().clock.now()).unwrap()
    }

    pub(crate) async fn get(&mut self, path: &str) -> Seen {
        self.send("GET", path, String::new()).await
    }

    pub(crate) async fn head(&mut self, path: &str) -> Seen {
        self.send("HEAD", path, String::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let written = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        self.send("POST", path, written.collect::<Vec<_>>().join("&")).await
    }

    /// Sends a form with a file in it, as browsers do.
    pub(crate) async fn upload(&mut self, path: &str, fields: &[(&str, &[u8])]) -> Seen {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--here\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value, b"\r\n"].concat());
        }
        body.extend(b"--here--\r\n");
        self.send_as("POST", path, "multipart/form-data; boundary=here", body).await
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Seen {
        self.send_as(method, path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn send_as(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Seen {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        let request = request.header("cookie", cookies.join("; ")).header("host", "books.example");
        let request = request.header("accept", "text/html,*/*;q=0.8").header("content-type", kind);
        let request = request.header("content-length", body.len());
        let answer = self.world.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status();
        let location = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let said = answer.headers().get(header::CONTENT_DISPOSITION).map(|said| said.to_str().unwrap().to_owned());
        let bytes = to_bytes(answer.into_body(), 1 << 24).await.unwrap();
        let bytes = bytes.to_vec();
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        assert!(!status.is_server_error(), "{method} {path}: {status} {text}");
        Seen { status, location: location.unwrap_or_default(), disposition: said.unwrap_or_default(), text, bytes }
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
