//! Canaries: texts that stand nowhere else, in every sealed field and every secret; the main job is done with them at the
//! loudest logging, the server is killed, and nothing the program left behind shows one of them, in any spelling.

use crate::browser::Browser;
use crate::client::Client;
use crate::first_timer::{PASSWORD, PERSON, set_up};
use crate::installation::Installation;
use crate::kills::{CALLS, killed_at};
use crate::recovery::sheet;
use base64ct::{Base64, Encoding};
use coffer_testkit::mail::{MailHouse, Settings, Tls};
use coffer_testkit::postgres::{self, Server};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Spellings of a text that a file might hold it in.
fn spellings(canary: &[u8]) -> Vec<Vec<u8>> {
    let hex: String = canary.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut spellings = vec![canary.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes()];
    // In base 64 it reads differently at each of three places; what its neighbours decide is left out.
    for before in 0..3 {
        let text = Base64::encode_string(&[vec![0; before], canary.to_vec()].concat());
        let start = [0, 2, 3][before];
        let end = text.trim_end_matches('=').len() - 2;
        spellings.push(text.as_bytes()[start..end].to_vec());
    }
    if let Ok(text) = std::str::from_utf8(canary) {
        spellings.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        spellings.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    spellings
}

/// Many texts that are looked for at once, by their first two bytes.
struct Search {
    wanted: Vec<(String, Vec<u8>)>,
    starts: Vec<Vec<usize>>,
}

impl Search {
    fn new(wanted: Vec<(String, Vec<u8>)>) -> Self {
        let mut starts = vec![Vec::new(); 1 << 16];
        for (number, (_, spelling)) in wanted.iter().enumerate() {
            starts[usize::from(u16::from_be_bytes([spelling[0], spelling[1]]))].push(number);
        }
        Self { wanted, starts }
    }

    /// The name of one that is there.
    fn found(&self, bytes: &[u8]) -> Option<&str> {
        bytes.windows(2).enumerate().find_map(|(place, pair)| {
            let here = &self.starts[usize::from(u16::from_be_bytes([pair[0], pair[1]]))];
            let found = here.iter().find(|number| bytes[place..].starts_with(&self.wanted[**number].1));
            found.map(|number| self.wanted[*number].0.as_str())
        })
    }
}

/// Every file below a folder, with what is in it.
fn files(folder: &Path, into: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), into);
        } else if entry.file_type().unwrap().is_file() {
            into.push((entry.path(), std::fs::read(entry.path()).unwrap()));
        }
    }
}

/// With this the mail server is signed in to.
const MAIL_PASSWORD: &str = "KanarienvogelMailPassword4711";

/// What a person types in a browser, or is shown there once: the account to be paid to, an invitation, spare codes.
fn by_hand(browser: &mut Browser, port: u16) -> Vec<String> {
    let canary = |field: &str| format!("kanarienvogel{field}{:x}", std::process::id());
    let (holder, invited) = (canary("holder"), format!("{}@canary.example", canary("invited")));
    let account = ["DE89370400440532013000", "COBADEFFXXX"];
    browser.go(&format!("https://localhost:{port}/settings"));
    for (name, text) in [("holder", holder.as_str()), ("iban", account[0]), ("bic", account[1])] {
        browser.fill(name, text);
    }
    browser.click("form[action='/settings'] button.main");
    let kept = browser.script("return document.querySelector('[name=iban]').value.replaceAll(' ', '');");
    assert_eq!(kept, account[0]);
    browser.click("form[action='/settings/spare-codes'] button");
    let codes = browser.script("return [...document.querySelectorAll('.codes li')].map(code => code.textContent);");
    let codes: Vec<String> = codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    assert!(codes.len() > 5 && codes.iter().all(|code| code.len() > 8), "{codes:?}");
    // A line that is only half written.
    let half = canary("half");
    browser.go(&format!("https://localhost:{port}/invoices/new"));
    browser.fill("new_customer", "Vogel");
    browser.fill("line-0-name", &half);
    browser.click("button[value='edit'].btn");
    assert_eq!(browser.script("return document.querySelector('[name=line-0-name]').value;"), half.as_str());
    browser.go(&format!("https://localhost:{port}/people"));
    browser.fill("email", &invited);
    browser.click("form[action='/people/invite'] button.main");
    let link = browser.text(".banner code");
    browser.go(&link.replace(link.split("/enter/").next().unwrap(), &format!("https://localhost:{port}")));
    let bare = codes.iter().map(|code| code.replace('-', ""));
    let token = link.rsplit('/').next().unwrap().to_owned();
    assert!(token.len() > 20, "{link}");
    [holder, invited, half, token]
        .into_iter()
        .chain(account.map(str::to_owned))
        .chain(bare)
        .chain(codes.clone())
        .collect()
}

/// A link to this invoice, handed over and opened; its token.
fn handed_over(client: &mut Client, invoice: &str) -> String {
    let made = client.send("POST", &format!("{invoice}/links"), "", "").unwrap();
    assert_eq!(made.status, 201, "{made:?}");
    let token = made.body["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let looked = client.send("GET", &format!("/d/{token}"), "", "").unwrap();
    assert!(token.len() > 20 && looked.status == 200, "{token}: {looked:?}");
    token
}

/// Does the main job and returns every text that must not be found.
fn job(installation: &mut Installation, log: &Path, house: &MailHouse) -> Vec<String> {
    let mut canaries: Vec<String> = Vec::new();
    let serving = installation.serve_talking(log);
    canaries.extend(serving.link.as_ref().map(|link| link.rsplit('/').next().unwrap().to_owned()));
    let mut browser = Browser::open("en");
    let (secret, groups) = set_up(&mut browser, &serving);
    canaries.extend([secret, groups.join(" "), groups.concat()]);
    canaries.extend([PERSON.0, PERSON.1, PASSWORD].map(str::to_owned));
    canaries.extend(browser.cookie("__Host-session"));
    canaries.extend(by_hand(&mut browser, serving.port));

    let mut new = |field: &str| {
        let canary = format!("Kanarienvogel{field}{:x}", std::process::id());
        canaries.push(canary.clone());
        canary
    };
    // Of Iceland's numbers nothing but the two letters is asked.
    let (name, vat_id) = (new("Seller"), format!("IS{}", new("SellerVat")));
    let founded = ["business", "--name", &name, "--vat-id", &vat_id, "--country", "DE", "--currency", "EUR"];
    installation.speak_for(&[founded.as_slice(), &["--time-zone", "UTC"]].concat());
    installation.key = installation.key_as("owner");
    let mut client = installation.client(&serving);
    let email = format!("{}@canary.example", new("Mail"));
    let party = json!({ "name": new("Name"), "street": new("Street"), "address_line": new("Line"), "city": new("City"),
        "post_code": new("Post"), "country": "DE", "vat_id": format!("IS{}", new("Vat")), "registration": new("Reg"),
        "email": email, "phone": new("Phone") });
    let customer = client.post("/api/v1/customers", &json!({ "party": party })).unwrap();
    assert_eq!(customer.status, 201, "{customer:?}");
    let item = json!({ "name": new("Ware"), "description": new("WareMore"), "net_price": "95", "category": "S", "rate": "19" });
    let item = client.post("/api/v1/items", &item).unwrap();
    assert_eq!(item.status, 201, "{item:?}");
    let content = json!({ "currency": "EUR", "buyer_reference": new("Ref"), "order_number": new("Order"),
        "note": new("Note"), "lines": [{ "name": new("Item"), "description": new("Description"), "quantity": "1",
        "net_price": "100", "category": "S", "rate": "19" }] });
    let order = json!({ "customer": customer.body["id"], "content": content }).to_string();
    let once = format!("idempotency-key: {}\r\n", new("Key"));
    let issued = client.send("POST", "/api/v1/invoices/issue", &once, &order).unwrap();
    assert_eq!(issued.status, 201, "{issued:?}");
    let path = format!("/api/v1/invoices/{}", issued.body["id"].as_str().unwrap());
    let paid = json!({ "amount": "19", "method": "transfer",
        "particulars": { "reference": new("PaidRef"), "note": new("PaidNote") } });
    let paid = client.post(&format!("{path}/payments"), &paid).unwrap();
    assert_eq!(paid.status, 201, "{paid:?}");
    let words = new("Words");
    let mailed = by_mail(&mut client, house, &path, &words);
    let refused = client.post("/api/v1/customers", &json!({ "party": { "name": new("Odd"), "nick": new("Odd2") } }));
    assert_eq!(refused.unwrap().status, 422);
    assert_eq!(client.send("GET", &path, "", "").unwrap().status, 200);
    canaries.extend([installation.key.clone(), MAIL_PASSWORD.to_owned()]);
    // A letter says who sends it to whom, a link and the words that were written for it, and nothing else.
    let said = [&name, &email, &words];
    let unsaid: Vec<String> =
        canaries.iter().filter(|canary| !said.iter().any(|said| said.contains(*canary))).cloned().collect();
    assert!(mailed.contains(&words) && mailed.contains(&name), "{mailed}");
    assert_eq!(search_for(&unsaid, &[]).found(mailed.as_bytes()), None, "can be read in a letter");
    canaries.push(handed_over(&mut client, &path));
    installation.run(&["backup", installation.folder().join("kept.backup").to_str().unwrap()]);
    serving.kill();
    canaries
}

/// Sends the invoice by mail, and waits for the letter: as it came in, without the breaks of its lines.
fn by_mail(client: &mut Client, house: &MailHouse, path: &str, words: &str) -> String {
    let mail = json!({ "host": "localhost", "port": house.port, "security": "starttls", "user": "nord",
        "password": MAIL_PASSWORD, "authority": house.authority, "sender": "billing@ateliernord.example" });
    let body =
        json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": mail })
            .to_string();
    let set = client.send("PUT", "/api/v1/settings/delivery", "if-match: *\r\n", &body).unwrap();
    assert_eq!(set.status, 200, "{set:?}");
    let before = house.accepted().unwrap().len();
    let sent = client.post(&format!("{path}/send"), &json!({ "words": words })).unwrap();
    assert_eq!(sent.status, 202, "{sent:?}");
    loop {
        let came = house.accepted().unwrap();
        if let Some(letter) = came.get(before) {
            return letter.content.replace("=\r\n", "");
        }
        let letters = client.send("GET", &format!("{path}/letters"), "", "").unwrap();
        let state = letters.body["letters"][0]["state"].clone();
        assert!(state == "waiting" || state == "leaving" || state == "handed_over", "{letters:?}");
        std::thread::yield_now();
    }
}

/// A search for these, and for the root key, in every spelling.
fn search_for(canaries: &[String], root: &[u8]) -> Search {
    let named = canaries.iter().map(|canary| (canary.clone(), canary.as_bytes().to_vec()));
    let root = (!root.is_empty()).then(|| ("the root key".to_owned(), root.to_vec()));
    let spelled =
        |(name, bytes): (String, Vec<u8>)| spellings(&bytes).into_iter().map(move |spelling| (name.clone(), spelling));
    Search::new(named.chain(root).flat_map(spelled).collect())
}

/// A PostgreSQL of the test's own that logs every statement, with what is bound to it.
fn loud_server() -> Server {
    let server = Server::start(&postgres::Settings { durable: true, tls: None }).unwrap();
    let database = server.database().unwrap();
    database.query("ALTER SYSTEM SET log_statement = 'all'").unwrap();
    database.query("SELECT pg_reload_conf()").unwrap();
    server
}

// proves: C01.b, C02.a, C07.b, C08.a, C17.g, C37.b, D1, D2
#[test]
fn nothing_that_is_left_behind_shows_what_was_sealed_or_secret() {
    let house =
        MailHouse::start(Settings { sign_in: Some(("nord", MAIL_PASSWORD)), ..Settings::with(Tls::StartTls) }).unwrap();
    for on_postgres in [false, true] {
        let server = on_postgres.then(loud_server);
        let mut installation = match &server {
            Some(server) => Installation::nothing_in(server.database().unwrap()),
            None => Installation::nothing(false),
        };
        let log = installation.folder().join("stderr.log");
        let mut canaries = job(&mut installation, &log, &house);
        let key = std::fs::read_to_string(installation.folder().join("keys/root.key")).unwrap();
        canaries.push(key.trim().rsplit(':').next().unwrap().to_owned());
        let root = Base64::decode_vec(canaries.last().unwrap()).unwrap();
        let mut left = Vec::new();
        files(installation.folder(), &mut left);
        left.retain(|(path, _)| !path.ends_with("root.key"));
        assert!(left.iter().any(|(path, bytes)| path == &log && bytes.len() > 10_000), "the log is loud");
        if let Some(server) = server {
            left.push(("the database".into(), installation.everything_stored().into_bytes()));
            installation.behind("CHECKPOINT");
            server.kill().unwrap();
            let before = left.len();
            files(server.folder(), &mut left);
            let wrote = |part: &str, text: &[u8]| {
                left.iter().skip(before).any(|(path, bytes)| {
                    path.to_string_lossy().contains(part) && bytes.windows(text.len()).any(|window| window == text)
                })
            };
            // What it was asked, with what was bound to it, and the rows themselves on their way to the disk.
            assert!(wrote("/log", b"INSERT INTO log_record") && wrote("/log", b"$1 = '"), "its log is loud");
            assert!(wrote("/pg_wal/", b"EUR") && wrote("/base/", b"EUR"), "what is not sealed can be read there");
        } else {
            // What is sealed in its field would not tell a file without its key from one that has it; these do.
            canaries.extend(["SQLite format 3", "CREATE TABLE"].map(str::to_owned));
            assert!(left.iter().any(|(path, _)| path.ends_with("coffer.db-wal")), "killed: its log is still there");
        }
        let search = search_for(&canaries, &root);
        for (path, bytes) in &left {
            assert_eq!(search.found(bytes), None, "can be read in {}", path.display());
        }
    }
}

// proves: C01.c, D1, D16
#[test]
fn what_is_in_the_making_shows_nothing_wherever_its_maker_is_ended() {
    let (installation, elsewhere) = (Installation::new(false), Installation::empty());
    sheet(&installation);
    let canary = format!("KanarienvogelMaking{:x}", std::process::id());
    let file = elsewhere.folder().join("customers.csv");
    std::fs::write(&file, format!("name,city\n{canary},{canary}\n")).unwrap();
    let place = |name: &str| installation.folder().join(name).to_str().unwrap().to_owned();
    let import =
        ["import", "customers", "--business", &installation.business, file.to_str().unwrap()].map(str::to_owned);
    let backup = ["backup".to_owned(), place("books.backup")];
    let export = ["audit", "export", "--business", &installation.business, &place("log")].map(str::to_owned);
    let key = std::fs::read_to_string(installation.folder().join("keys/root.key")).unwrap();
    let root = Base64::decode_vec(key.trim().rsplit(':').next().unwrap()).unwrap();
    let search = search_for(&[canary.as_str(), "SQLite format 3", "CREATE TABLE"].map(str::to_owned), &root);
    let (mut kills, mut largest) = (0, 0);
    for words in [import.as_slice(), &backup, &export] {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for calls in [CALLS[1], CALLS[2], CALLS[3]] {
            for number in 1.. {
                let killed = killed_at(&installation, calls, number, &words);
                let mut left = Vec::new();
                files(installation.folder(), &mut left);
                for (path, bytes) in left.iter().filter(|(path, _)| !path.ends_with("root.key")) {
                    assert_eq!(search.found(bytes), None, "{words:?}, {calls} {number}: {}", path.display());
                    let making = path.components().any(|part| part.as_os_str() == "unfinished")
                        || path.ends_with("books.backup.unfinished");
                    largest = largest.max(if making { bytes.len() } else { 0 });
                }
                [place("books.backup"), place("log")].iter().for_each(|made| drop(std::fs::remove_file(made)));
                if !killed {
                    break;
                }
                kills += 1;
            }
        }
    }
    assert!(
        kills > 15 && largest > 50_000,
        "{kills} kills, of what was in the making at most {largest} bytes were seen"
    );
    let said = installation.behind("SELECT count(*) || '' FROM customer");
    assert_ne!(said, "0", "they came in");
}

#[test]
fn the_search_finds_every_spelling() {
    let canary = b"Kanarienvogel";
    let spelled = [
        b"..Kanarienvogel..".to_vec(),
        b"4b616e617269656e766f67656c".to_vec(),
        Base64::encode_string(b"Kanarienvogel and more").into_bytes(),
        Base64::encode_string(b"xKanarienvogel and more").into_bytes(),
        Base64::encode_string(b"xyKanarienvogel and more").into_bytes(),
        "Kanarienvogel".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    let wanted = spellings(canary).into_iter().map(|spelling| ("it".to_owned(), spelling)).collect();
    let search = Search::new(wanted);
    for bytes in spelled {
        assert_eq!(search.found(&bytes), Some("it"), "{bytes:?}");
    }
    assert_eq!(search.found(b"Kanarienvoge"), None);
}
