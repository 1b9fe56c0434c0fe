//! What an operator does: commands beside a running server and without one, the first start, trust, the doctor.

use crate::browser::Browser;
use crate::first_timer::arrive;
use crate::installation::{Installation, last_line};
use crate::recovery::sheet;
use serde_json::Value;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Output, Stdio};

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

// proves: F3, D16, C84.b
#[test]
fn commands_work_beside_a_running_server_and_without_one() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let business = installation.business.clone();
        let serving = installation.serve();
        let socket = installation.folder().join("data/socket");
        assert_eq!(mode(&socket), 0o600);
        assert_eq!(mode(&installation.folder().join("data")), 0o700);
        let second = installation.try_run(&["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(second.status.code(), Some(4), "{}", said(&second));

        everything(&installation, &business, "beside");
        let link = installation.run(&["setup-link"]);
        assert!(last_line(&link).starts_with(&format!("https://localhost:{}/enter/", serving.port)), "its own port");

        // A server that was killed leaves its socket; nobody is behind it.
        serving.kill();
        assert!(socket.exists());
        everything(&installation, &business, "without");
        let serving = installation.serve();
        installation.run(&["check", "--business", &business]);
        drop(serving);
    }
}

/// Every command that needs the books, under names of its own.
fn everything(installation: &Installation, business: &str, when: &str) {
    let file = |name: &str| installation.folder().join(format!("{when}-{name}")).to_str().unwrap().to_owned();
    let key = last_line(&installation.run(&["key", "--business", business]));
    assert!(key.starts_with("cof_"), "{key}");
    let founded = installation.run(&[
        "business",
        "--name",
        when,
        "--vat-id",
        "DE318204977",
        "--country",
        "DE",
        "--currency",
        "EUR",
        "--time-zone",
        "UTC",
    ]);
    assert!(last_line(&founded).starts_with("biz_"));
    sheet(installation);
    let backup = file("backup");
    installation.run(&["backup", &backup]);
    assert!(std::fs::read(&backup).unwrap().starts_with(b"coffer backup 1\n"));
    let again = installation.try_run(&["backup", &backup]);
    assert!(!again.status.success() && said(&again).contains("already"), "{}", said(&again));
    assert!(last_line(&installation.run(&["check", "--business", business])).ends_with("nothing was altered."));
    let own = file("own-log");
    let key = last_line(&installation.run(&["audit", "key", "--installation"]));
    installation.run(&["audit", "export", "--installation", &own]);
    installation.run(&["audit", "verify", &own, "--key", &key]);
    let (log, key) = (file("log"), last_line(&installation.run(&["audit", "key", "--business", business])));
    installation.run(&["audit", "export", "--business", business, &log]);
    installation.run(&["audit", "verify", &log, "--key", &key]);
    for exported in [&own, &log] {
        let log = String::from_utf8(std::fs::read(exported).unwrap()).unwrap();
        assert!(log.contains("log.exported"), "whoever carries it off stands in it");
    }
    let mut changed = std::fs::read(&log).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&log, changed).unwrap();
    let found = installation.try_run(&["audit", "verify", &log, "--key", &key]);
    assert_eq!(found.status.code(), Some(3), "{}", said(&found));
    let unknown = installation.try_run(&["key", "--business", business, "--role", "emperor"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains("There is no role emperor. Choose one of"), "{}", said(&unknown));
}

/// The groups of the sheet that is shown.
fn groups(browser: &Browser) -> Value {
    browser.script("return [...document.querySelectorAll('.codes li')].map(group => group.textContent);")
}

/// Another sheet, asked for where the one before was not at hand.
fn anew(browser: &mut Browser) -> Value {
    let before = browser.script("return document.querySelector('[name=sheet]').value;");
    browser.click("form[action='/recovery-sheet'] button");
    assert_ne!(browser.script("return document.querySelector('[name=sheet]').value;"), before);
    groups(browser)
}

/// A part of the sheet is tried, and of two groups the one that is wrong is named.
fn one_is_mistyped(browser: &mut Browser, groups: &Value) {
    browser.fill("one", groups[0].as_str().unwrap());
    browser.fill("two", groups[12].as_str().unwrap());
    browser.click("button.main");
    assert!(
        browser.text("#one-error").contains("checks the first two"),
        "a part of it is tried, and which is wrong is said"
    );
    assert_eq!(browser.script("return document.querySelector('#two-error') === null;"), Value::from(true));
    // The right one stays, and so does what it is for.
    let typed = |name: &str| browser.script(&format!("return document.querySelector('[name={name}]').value;"));
    assert_eq!((&typed("two"), &typed("one")), (&groups[12], &groups[0]));
    assert!(browser.text("main").contains("Only then is the sheet in force"), "{}", browser.text("main"));
    browser.picture("50-sheet-wrong");
}

/// Found again in ten years, the sheet says by itself whose it is and what it opens.
fn says_what_it_is(browser: &Browser) {
    let sheet = browser.text("main");
    for said in ["For the books of", "Atelier Nord", "Made on", "backups that ask for sheet"] {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
    browser.print("50-sheet");
}

// proves: D16, F3
#[test]
fn a_person_makes_sheet_and_backup_at_a_browser_and_home_warns_until_then() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut browser = Browser::open("en");
    arrive(&mut browser, &serving);
    browser.fill("name", "Atelier Nord");
    browser.fill("vat_id", "DE318204977");
    browser.click("button.main");
    browser.click("button.main");
    browser.click("a.quiet");
    assert!(browser.text(".banner").contains("no recovery sheet"), "later is allowed, and not forgotten");
    let session = browser.cookie("__Host-session").unwrap();
    let press = |path: &str| {
        let headers = format!(
            "cookie: __Host-session={session}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\n"
        );
        installation.client(&serving).send("POST", path, &headers, "").unwrap()
    };
    assert_eq!(press("/backup").status, 409, "nobody could open it");
    browser.picture("50-home-warns");
    browser.click(".banner a");
    browser.click("button.main");
    let print = "return !document.querySelector('[data-print]').hidden && getComputedStyle(document.querySelector('.codes')).display";
    assert_eq!(browser.script(print), Value::from("grid"), "it can be printed");
    says_what_it_is(&browser);
    let groups = groups(&browser);
    one_is_mistyped(&mut browser, &groups);
    // Whoever has no such paper makes another; the first was never in force.
    let groups = anew(&mut browser);
    browser.fill("one", &groups[2].as_str().unwrap().to_lowercase());
    browser.fill("two", groups[12].as_str().unwrap());
    browser.click("button.main");
    browser.picture("51-backup");
    assert!(browser.text("main").contains("is in force"), "{}", browser.text("main"));
    browser.click(".rail a[href='/']");
    assert!(browser.text(".banner").contains("no backup yet"));
    let made = press("/backup");
    assert_eq!(made.status, 200);
    assert!(made.body.as_str().unwrap().starts_with("coffer backup 1\n{"), "the file itself");
    browser.click(".rail a[href='/customers']");
    browser.click(".rail a[href='/']");
    let warned = browser.script("return document.querySelectorAll('.banner').length;");
    assert_eq!(warned, Value::from(0), "there is a sheet and a backup");
    assert!(browser.text("main").contains("A backup was made within the last day."), "{}", browser.text("main"));
    browser.picture("52-home-safe");
    // Books of a second business: what one person would take away would be everybody's.
    installation.run(&[
        "business",
        "--name",
        "B",
        "--vat-id",
        "DE318204977",
        "--country",
        "DE",
        "--currency",
        "EUR",
        "--time-zone",
        "UTC",
    ]);
    assert_eq!(press("/backup").status, 409);
    assert_eq!(press("/recovery-sheet").status, 409);
}

// proves: F3
#[test]
fn the_first_start_can_be_made_without_serving() {
    let installation = Installation::empty();
    let first = installation.run(&["init"]);
    let first = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(first.contains("root.key") && first.contains("/enter/") && first.contains("coffer trust"), "{first}");
    assert!(installation.folder().join("data/tls/authority.pem").exists());
    for private in ["server.key", "authority.key"] {
        let sealed = std::fs::read(installation.folder().join("data/tls").join(private)).unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("PRIVATE KEY"), "{private} is sealed");
    }
    let again = installation.try_run(&["init"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("coffer serve"), "{}", said(&again));
    installation.serve();
    let demo = installation.try_run(&["demo", "--listen", "127.0.0.1:0"]);
    assert_eq!(demo.status.code(), Some(1));
    assert!(said(&demo).contains("takes no --data"), "{}", said(&demo));
    let help = installation.run(&["help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Exit codes: 0 done; 1 refused"));
}

/// What the doctor found, by the name of what it looked at.
fn doctor(installation: &Installation, code: i32) -> impl Fn(&str) -> String {
    let output = installation.try_run(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(code), "{}{}", String::from_utf8_lossy(&output.stdout), said(&output));
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    move |check: &str| {
        let found = findings.as_array().unwrap().iter().find(|finding| finding["check"] == check);
        found
            .map(|finding| {
                let verdict = finding["verdict"].as_str().unwrap();
                assert_eq!(finding["next"].is_string(), verdict != "ok", "{finding}");
                verdict.to_owned()
            })
            .unwrap_or_else(|| panic!("{check}: {findings}"))
    }
}

// proves: C100.a, F3, F7
#[test]
fn the_doctor_finds_what_is_wrong_and_says_what_to_do() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        // The server of the tests forgets what it acknowledged when the power goes, and the doctor notices.
        let code = if on_postgres { 3 } else { 0 };
        let found = doctor(&installation, code);
        assert!(!on_postgres || found("durability") == "fail");
        for check in ["data", "key file", "disk", "clock", "certificate", "open files", "core dumps", "database"] {
            assert_eq!(found(check), "ok", "{check}");
        }
        assert_eq!((found("sheet"), found("backup")), ("warn".to_owned(), "warn".to_owned()));
        drop(serving);
        sheet(&installation);
        assert_eq!(doctor(&installation, code)("sheet"), "ok");
        // What never got its place is no backup.
        let nowhere = installation.try_run(&["backup", installation.folder().join("no/b").to_str().unwrap()]);
        assert!(!nowhere.status.success());
        assert_eq!(doctor(&installation, code)("backup"), "warn");
        installation.run(&["backup", installation.folder().join("b").to_str().unwrap()]);
        assert_eq!(doctor(&installation, code)("backup"), "ok");
        let key = installation.folder().join("keys/root.key");
        std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
        let found = doctor(&installation, 3);
        assert_eq!((found("key file"), found("books")), ("fail".to_owned(), "fail".to_owned()));
        std::fs::set_permissions(&key, PermissionsExt::from_mode(0o600)).unwrap();
        std::fs::set_permissions(installation.folder().join("data"), PermissionsExt::from_mode(0o755)).unwrap();
        assert_eq!(doctor(&installation, 3)("data"), "fail");
    }
    let nothing = Installation::empty();
    assert_eq!(doctor(&nothing, 3)("data"), "fail");
    assert_eq!(std::fs::read_dir(nothing.folder()).unwrap().count(), 0, "the doctor makes nothing");
}

/// A machine on which `certutil` only writes down what it was told.
fn trust(installation: &Installation, words: &[&str], typed: &str) -> Output {
    let home = installation.folder();
    let mut command = installation.command();
    command.env("HOME", home).env("PATH", home.join("bin")).arg("trust").args(words);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may end without asking.
    drop(writeln!(child.stdin.take().unwrap(), "{typed}"));
    child.wait_with_output().unwrap()
}

// proves: F3, C15.c
#[test]
fn the_authority_is_trusted_after_asking_and_taken_away_again() {
    let installation = Installation::empty();
    let home = installation.folder();
    let none = trust(&installation, &[], "yes");
    assert!(said(&none).contains("coffer init"), "{}", said(&none));
    installation.run(&["init"]);
    let none = trust(&installation, &[], "yes");
    assert!(said(&none).contains("authority.pem in the browser's settings"), "{}", said(&none));

    std::fs::create_dir_all(home.join(".pki/nssdb")).unwrap();
    std::fs::write(home.join(".pki/nssdb/cert9.db"), "").unwrap();
    std::fs::create_dir(home.join("bin")).unwrap();
    let (program, told) = (home.join("bin/certutil"), home.join("told"));
    std::fs::write(&program, format!("#!/bin/sh\necho \"$@\" >> {}\n", told.display())).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();

    let no = trust(&installation, &[], "no");
    assert!(said(&no).contains("Nothing was done") && !told.exists());
    let yes = trust(&installation, &[], "yes");
    assert!(yes.status.success(), "{}", said(&yes));
    let shown = String::from_utf8_lossy(&yes.stdout).into_owned();
    let done = std::fs::read_to_string(&told).unwrap();
    assert!(shown.contains(&format!("run certutil {}", done.trim())), "it says exactly what it does: {shown} {done}");
    assert!(done.contains("-A -d sql:") && done.contains("tls/authority.pem"), "{done}");
    trust(&installation, &["--remove", "--yes"], "");
    let done = std::fs::read_to_string(&told).unwrap();
    assert!(done.lines().last().unwrap().starts_with("-D -d sql:"), "{done}");
}
