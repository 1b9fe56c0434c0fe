//! Mail from the real process, killed at the worst moment, listened to at its most talkative.

use crate::browser::Browser;
use crate::client::Client;
use crate::installation::{Installation, invoice};
use coffer_testkit::mail::{MailHouse, Settings, Tls};
use serde_json::{Value, json};

const PASSWORD: &str = "canary-password-4711";

/// Sets sending up, through this server.
fn set_up(client: &mut Client, house: &MailHouse) {
    let mail = json!({ "host": "localhost", "port": house.port, "security": "starttls", "user": "nord",
        "password": PASSWORD, "authority": house.authority, "sender": "billing@ateliernord.example" });
    let body =
        json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": mail })
            .to_string();
    let answer = client.send("PUT", "/api/v1/settings/delivery", "if-match: *\r\n", &body).unwrap();
    assert_eq!((answer.status, answer.body["sends"].as_bool()), (200, Some(true)), "{answer:?}");
    assert!(!answer.body.to_string().contains(PASSWORD));
    let tried = client.post("/api/v1/settings/delivery/test-mail", &json!({})).unwrap();
    assert_eq!((tried.status, &tried.body["problem"]), (200, &Value::Null), "{tried:?}");
    assert_eq!(tried.body["steps"].as_array().unwrap().len(), 5, "{tried:?}");
}

/// Waits until the last letter about an invoice is in this state.
fn letter(client: &mut Client, path: &str, state: &str) -> Value {
    loop {
        let answer = client.send("GET", &format!("{path}/letters"), "", "").unwrap();
        let last = &answer.body["letters"][0];
        if last["state"] == state {
            return last.clone();
        }
        let underway = matches!(last["state"].as_str(), Some("waiting" | "leaving")) && last["problem"].is_null();
        assert!(underway, "{answer:?}");
        std::thread::yield_now();
    }
}

// proves: B4, C85.d, C17.f, F1
#[test]
fn killed_between_handing_over_and_recording_it_says_perhaps_sent_and_repeats_nothing_by_itself() {
    let settings = Settings { sign_in: Some(("nord", PASSWORD)), ..Settings::with(Tls::StartTls) };
    let house = MailHouse::start(settings).unwrap();
    let mut installation = Installation::new(false);
    let key = installation.run(&["key", "--business", &installation.business, "--role", "owner"]);
    installation.key = String::from_utf8(key.stdout).unwrap().trim().lines().last().unwrap().to_owned();
    let log = installation.folder().join("log");
    let serving = installation.serve_talking(&log);
    let mut client = installation.client(&serving);
    set_up(&mut client, &house);
    let party = json!({ "party": { "name": "Bäckerei Vogel", "email": "hanging-canary@example.org" } });
    let customer = client.post("/api/v1/customers", &party).unwrap().body["id"].as_str().unwrap().to_owned();
    let issued = client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap();
    let path = format!("/api/v1/invoices/{}", issued.body["id"].as_str().unwrap());
    let send = |client: &mut Client, key: &str| {
        client.send("POST", &format!("{path}/send"), &format!("idempotency-key: {key}\r\n"), "{}").unwrap()
    };
    let (sent, repeated) = (send(&mut client, "1"), send(&mut client, "1"));
    assert_eq!((sent.status, repeated.status), (202, 202), "{sent:?} {repeated:?}");
    assert_eq!(sent.body["id"], repeated.body["id"]);
    // The server has all of it and does not say so.
    while house.accepted().unwrap().is_empty() {
        std::thread::yield_now();
    }
    assert!(std::process::Command::new("kill").args(["-9", &serving.id().to_string()]).status().unwrap().success());
    serving.kill();

    let serving = installation.serve_talking(&log);
    let mut client = installation.client(&serving);
    letter(&mut client, &path, "perhaps_sent");
    let seen = client.send("GET", &path, "", "").unwrap();
    assert_eq!(seen.body["delivery"], "sent", "it may be there");
    let void = client.post(&format!("{path}/void"), &json!({})).unwrap();
    assert_eq!(void.body["code"], "invoice.delivered");
    assert_eq!(house.accepted().unwrap().len(), 1, "nothing was repeated");
    let again = send(&mut client, "2");
    assert_eq!((again.status, &again.body["id"]), (202, &sent.body["id"]), "{again:?}");
    letter(&mut client, &path, "handed_over");
    let ids: Vec<_> = house.accepted().unwrap().iter().map(|letter| letter.header("Message-ID")).collect();
    assert_eq!((ids.len(), ids.first()), (2, ids.last()));
    drop(serving);
    assert!(installation.check().ends_with("nothing was altered."));

    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("perhaps_sent") && said.contains("handed_over"), "it talked: {said}");
    for canary in [PASSWORD, "hanging-canary", "cdl_", "Bäckerei", "cof_", "Design work"] {
        assert!(!said.contains(canary), "{canary}");
    }
    for file in std::fs::read_dir(installation.folder().join("data")).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(path).unwrap() } else { continue };
        assert!(!bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()));
    }
}

/// What is said of the last mail on an invoice's page.
fn said(browser: &Browser, what: &str) -> String {
    (0..2_000)
        .find_map(|_| {
            browser.go(&browser.address());
            Some(browser.text("main")).filter(|text| text.contains(what))
        })
        .unwrap_or_else(|| panic!("{}", browser.text("main")))
}

/// Saves an address that nobody answers at, and takes it on.
fn takes_an_address_on(browser: &mut Browser) {
    browser.fill("public_url", "https://localhost");
    browser.click("form[action$='/address'] button");
    assert!(browser.text(".err").contains("Customers cannot reach this address"));
    browser.fill("public_url", "https://invoices.ateliernord.example");
    browser.click("form[action$='/address'] button");
    // The name is made up: nothing is sent with it until somebody takes it on.
    assert!(browser.text(".banner").contains("No link and no mail is made"), "{}", browser.text(".banner"));
    browser.picture("50-sending-not-reached");
    browser.script("document.querySelector('[name=taken_on]').checked = true;");
    browser.click("form[action$='/address'] button");
    assert!(browser.text(".banner").contains("Links and mails begin with it"), "{}", browser.text(".banner"));
}

// proves: B4, B5, F8
#[test]
fn in_a_browser_sending_is_set_up_tried_out_used_and_seen_to_arrive() {
    let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
    let installation = Installation::empty();
    let serving = installation.serve();
    let here = format!("https://localhost:{}", serving.port);
    let mut browser = Browser::open("en");
    browser.size(1440, 1200);
    crate::first_timer::set_up(&mut browser, &serving);
    browser.go(&format!("{here}/settings/delivery"));
    browser.picture("50-sending");
    takes_an_address_on(&mut browser);
    browser.fill("host", "localhost");
    browser.fill("port", &house.port.to_string());
    browser.fill("sender", "billing@ateliernord.example");
    browser.click("form[action$='/mail'] button");
    browser.click("form[action$='/mail/try'] button");
    assert!(browser.text("main").contains("could not prove"), "{}", browser.text("main"));
    browser.picture("51-sending-not-proven");
    browser.fill("authority", &house.authority);
    browser.click("form[action$='/mail'] button");
    browser.click("form[action$='/mail/try'] button");
    assert!(browser.text("main").contains("It works"), "{}", browser.text("main"));
    browser.picture("52-sending-works");

    browser.go(&format!("{here}/customers/new"));
    browser.fill("name", "Bäckerei Vogel");
    browser.fill("email", "vogel@example.org");
    browser.click("button.main");
    browser.go(&format!("{here}/invoices/new"));
    browser.script("const c = document.querySelector('[name=customer]'); c.selectedIndex = c.options.length - 1;");
    browser.fill("line-0-name", "Shop sign");
    browser.fill("line-0-net_price", "100");
    browser.click("button.main");
    browser.click("button.main");
    let invoice = browser.address();
    browser.click("a.main");
    browser.fill("words", "Thank you for the order.");
    browser.picture("53-send");
    browser.click("button.main");
    said(&browser, "handed over to the mail server");
    browser.picture("54-sent");

    let accepted = house.accepted().unwrap();
    // As a mail program reads it: lines that were broken for the way are whole again.
    let text = accepted.first().unwrap().content.replace("=\r\n", "");
    let path = text.split("https://invoices.ateliernord.example").nth(1).unwrap().split_whitespace().next().unwrap();
    browser.go(&format!("{here}{path}"));
    browser.click("button.main");
    assert!(browser.text("main").contains("100.00"), "{}", browser.text("main"));
    browser.go(&invoice);
    assert!(browser.text("main").contains("Opened"), "{}", browser.text("main"));
    browser.picture("55-opened");
    for (number, path) in ["/settings/delivery".to_owned(), invoice.replace(&here, "") + "/send"].iter().enumerate() {
        browser.seen(390, "light");
        browser.go(&format!("{here}{path}"));
        browser.picture(&format!("56-phone-{number}"));
        assert_eq!(browser.wider_than_phones(), Vec::<String>::new(), "{path} scrolls sideways");
    }
}
