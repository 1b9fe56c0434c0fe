//! Pages as they are, one lifelike state of each, compared with what is kept in `seen/`: a page that changes shows it in
//! the review. `COFFER_SEEN=keep` keeps what is there now.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use std::collections::BTreeMap;

const FILE: &[u8] = "Display Name,EmailID,Billing City,Billing Country\n\
    Bäckerei Vogel,anna@vogel.example,Staufen,Germany\n\
    Łukasz Wójcik,,Kraków,Poland\n\
    Berg,no address,,\n"
    .as_bytes();

/// Without what is read in groups of four: it differs each time.
fn unmarked(page: &str) -> String {
    let (mut written, mut rest) = (String::new(), page);
    while let Some((before, after)) = rest.split_once("<span class=\"fours\" translate=\"no\">") {
        written.push_str(before);
        written.push_str("MARK");
        rest = after.split_once("</span></span>").map_or("", |(_, rest)| rest);
    }
    written + rest
}

/// What stands between these, without what differs each time: marks, ids and versions become numbers in their order.
fn normal(page: &str) -> String {
    let mut known = BTreeMap::<String, usize>::new();
    let mut written = String::new();
    let page = unmarked(page);
    let mut rest = page.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, from) = rest.split_at(at);
        let ends = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(from.len());
        let (word, after) = from.split_at(ends);
        written.push_str(before);
        let id = word.split_once('_').filter(|(kind, id)| kind.len() == 3 && id.len() == 26);
        let mark = word.len() >= 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
        match (id, mark) {
            (Some((kind, _)), _) => {
                let next = known.len() + 1;
                let number = known.entry(word.to_owned()).or_insert(next);
                written.push_str(&format!("{kind}_{number}"));
            }
            (None, true) => written.push_str("MARK"),
            (None, false) => written.push_str(word),
        }
        rest = after;
    }
    written.push_str(rest);
    let lines = written.replace("><", ">\n<");
    // What one could choose besides is another file's affair.
    let shown = lines.lines().filter(|line| !line.starts_with("<option") || line.contains(" selected"));
    shown.map(|line| format!("{line}\n")).collect()
}

/// What a page shows within its frame.
fn main_of(page: &str) -> &str {
    let from = page.find("<main").unwrap_or_else(|| panic!("no main in {page}"));
    let to = page.find("</main>").unwrap();
    &page[from..to + "</main>".len()]
}

#[allow(clippy::disallowed_methods, reason = "whoever looked says so")]
fn compare(name: &str, page: &str) -> Option<String> {
    let file = coffer_testkit::project::root().join("crates/web/tests/http/seen").join(format!("{name}.html"));
    let page = normal(page);
    if std::env::var("COFFER_SEEN").is_ok_and(|what| what == "keep") {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    if kept == page {
        return None;
    }
    let line = kept.lines().zip(page.lines()).position(|(kept, now)| kept != now);
    let line = line.unwrap_or(kept.lines().count().min(page.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
    Some(format!("{name}.html, line {}:\n  kept {}\n  now  {}", line + 1, at(&kept), at(&page)))
}

/// A small business: two customers from a file, an item, an invoice that is part paid, one that waits, and a draft.
async fn business(owner: &mut Visit<'_>) -> (String, String) {
    owner.upload("/customers/import", &[("file", FILE), ("then", b"write")]).await;
    let item = [("name", "Façade lettering"), ("net_price", "95"), ("unit", "HUR"), ("tax", "S 19")];
    owner.post("/items", &item).await;
    let mut drafts = Vec::new();
    for (who, what, price) in [
        ("Bäckerei Vogel", "Shop sign", "1,710.00"),
        ("Łukasz Wójcik", "Type licence", "290"),
        ("Łukasz Wójcik", "Panels", "88"),
    ] {
        let form = [("new_customer", who), ("line-0-name", what), ("line-0-net_price", price), ("line-0-tax", "S 19")];
        let drafted = owner.post("/invoices", &form).await.location;
        drafts.push(drafted.strip_suffix("/edit").unwrap().to_owned());
    }
    for draft in &drafts[..2] {
        owner.post(&format!("{draft}/issue"), &[]).await;
    }
    let paid = [("amount", "500"), ("method", "transfer")];
    owner.post(&format!("{}/payments", drafts[0]), &paid).await;
    (drafts[0].clone(), drafts[2].clone())
}

// proves: A13, F8
#[test]
fn every_page_looks_as_it_did_when_somebody_last_looked() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let mut changed = vec![compare("sign-in", main_of(&Visit::new(&world, "").get("/sign-in").await.text))];
        changed.push(compare("home-empty", main_of(&owner.get("/").await.text)));
        let (invoice, draft) = business(&mut owner).await;
        changed.push(compare("home-with-frame", &owner.get("/").await.text));
        for (name, path) in [
            ("invoices", "/invoices"),
            ("no-match", "/invoices?q=nothing"),
            ("invoice", invoice.as_str()),
            ("editor", &format!("{draft}/edit")),
            ("issue", &format!("{draft}/issue")),
            ("delete", &format!("{draft}/delete")),
            ("customers", "/customers"),
            ("customer-new", "/customers/new"),
            ("import", "/customers/import"),
            ("payments", "/payments"),
            ("items", "/items"),
            ("item-new", "/items/new"),
            ("people", "/people"),
            ("settings", "/settings"),
            ("keys", "/settings/keys"),
            ("backup", "/backup"),
            ("refused", "/invoices/inv_00000000000000000000000000"),
        ] {
            changed.push(compare(name, main_of(&owner.get(path).await.text)));
        }
        let review = owner.upload("/customers/import", &[("file", FILE)]).await;
        changed.push(compare("import-review", main_of(&review.text)));
        let wrong = [("new_customer", ""), ("line-0-net_price", "1.500"), ("line-0-tax", "S 19")];
        changed.push(compare("editor-refused", main_of(&owner.post("/invoices", &wrong).await.text)));
        let changed: Vec<String> = changed.into_iter().flatten().collect();
        let how = "Look at each, and where it is meant: COFFER_SEEN=keep cargo nextest run --test http";
        assert!(changed.is_empty(), "{}\n{how}", changed.join("\n"));
    });
}
