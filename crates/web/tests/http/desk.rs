//! The desk: the catalogue, customers from a file, drafts that are thrown away, on pages.

use crate::visit::{Seen, Visit};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The first id with this prefix on a page.
fn id(text: &str, prefix: &str) -> String {
    let at = text.find(prefix).unwrap_or_else(|| panic!("no {prefix} in {text}"));
    text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

// proves: A2
#[test]
fn an_item_is_added_found_changed_and_offered_no_more() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        assert!(owner.get("/items").await.text.contains("Nothing in the catalogue yet"));
        let form = owner.get("/items/new").await;
        let once = form.hidden("once");
        let said = [
            ("once", once.as_str()),
            ("name", "Façade lettering"),
            ("net_price", "1,234.50"),
            ("unit", "HUR"),
            ("currency", "EUR"),
            ("tax", "S 19"),
        ];
        for _ in 0..2 {
            // Pressed twice, it is there once.
            assert_eq!(owner.post("/items", &said).await.location, "/items?done=saved");
        }
        let list = owner.get("/items").await;
        assert_eq!(list.text.matches("<bdi>Façade lettering</bdi>").count(), 1, "{}", list.text);
        assert!(list.text.contains("1,234.50<span class=\"cur\">EUR</span>"), "{}", list.text);
        let found = owner.get("/items/find?q=facade").await.text;
        assert!(found.contains("\"net_price\":\"1234.50\"") && found.contains("[\"Façade\",true]"), "{found}");
        assert!(owner.get("/items?q=nothing").await.text.contains("No item’s name has “nothing” in it"));
        let item = format!("/items/{}", id(&list.text, "itm_"));
        let form = owner.get(&item).await;
        assert_eq!(form.hidden("version"), "1");
        let wrong = owner.post(&item, &[("version", "1"), ("name", ""), ("net_price", "1.500"), ("tax", "S 19")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("Write 1500 or 1.50"), "{}", wrong.text);
        let dearer = [("version", "1"), ("name", "Lettering"), ("net_price", "99"), ("unit", "HUR"), ("tax", "S 19")];
        assert_eq!(owner.post(&item, &dearer).await.location, "/items?done=saved");
        let stale = owner.post(&item, &dearer).await;
        assert!(stale.text.contains("Somebody changed this since you opened it"), "{}", stale.text);
        let asked = owner.get(&format!("{item}/retire")).await;
        assert!(asked.text.contains("Stop offering Lettering"), "{}", asked.text);
        assert_eq!(owner.post(&format!("{item}/retire"), &[]).await.location, "/items?done=retired");
        assert_eq!(owner.get("/items/find?q=lett").await.text, "[]");
        let gone = owner.get(&item).await.text;
        assert!(gone.contains("Not offered since") && gone.contains("/items/new?like=itm_"), "{gone}");
        let anew = owner.get(&format!("/items/new?like={}", id(&gone, "itm_"))).await;
        assert!(anew.text.contains("value=\"99.00\""), "{}", anew.text);
    });
}

// proves: A1, F4
#[test]
fn a_file_is_looked_at_before_anything_is_written_and_every_row_is_told() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let path = "/customers/import";
        assert!(owner.get("/customers").await.text.contains(path), "the empty list leads there");
        // As a German Excel saves it: semicolons, one byte a letter.
        let file = "Display Name;EmailID;Billing Country;Note\r\nB\u{e4}ckerei Vogel;v@vogel.example;Germany;x\r\n\
            Berg;no address;;\r\nVogel again;V@vogel.example;;\r\nKarte 4111 1111 1111 1111;;;\r\nAnna Aal;;;\r\n";
        let bytes: Vec<u8> = file.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let review = owner.upload(path, &[("file", &bytes), ("then", b"look")]).await;
        assert_eq!(review.status, StatusCode::OK, "{}", review.text);
        for words in
            ["Add 3 customers", "This is not one e-mail address", "This looks like a card number", "Bäckerei Vogel"]
        {
            assert!(review.text.contains(words), "{words}: {}", review.text);
        }
        assert!(owner.get("/customers").await.text.contains("No customers yet"), "nothing is written yet");
        let csv = file.as_bytes();
        let chosen = |second: &'static [u8]| {
            let all: [(&str, &[u8]); 4] =
                [("column-0", b"name"), ("column-1", second), ("column-2", b"country"), ("column-3", b"-")];
            all
        };
        let form = |second, then: &'static [u8]| [vec![("csv", csv), ("then", then)], chosen(second).to_vec()].concat();
        let twice = owner.upload(path, &form(b"name", b"write")).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text.contains("Another column is taken for the same"), "{}", twice.text);
        assert!(owner.get("/customers").await.text.contains("No customers yet"), "nothing half");
        let written = owner.upload(path, &form(b"email", b"write")).await.text;
        assert!(written.contains("<p class=\"big\">3</p>") && written.ends_with("</html>"), "{written}");
        let list = owner.get("/customers").await.text;
        assert!(list.contains("Bäckerei Vogel") && list.contains("Anna Aal") && !list.contains("Karte"), "{list}");
        let again = owner.upload(path, &form(b"email", b"look")).await.text;
        assert!(again.contains("Nothing would be added") && again.contains("Imported before"), "{again}");
    });
}

// proves: A1, F4
#[test]
fn a_namesake_of_the_same_town_is_added_only_by_whoever_says_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        for (name, city) in [("Café Zürcher AG", "Zürich"), ("Anna Aal", "Basel"), ("Berg", "")] {
            owner.post("/customers", &[("name", name), ("city", city)]).await;
        }
        let csv: &[u8] = "name,city\nCAFE ZURCHER AG,Zurich\nAnna Aal,Bern\nBerg,Oslo\nNeu,Ulm\n".as_bytes();
        let path = "/customers/import";
        let review = owner.upload(path, &[("file", csv)]).await.text;
        assert!(
            review.contains("Add 2 customers") && review.contains("Those you ticked are added as well"),
            "{review}"
        );
        assert_eq!(review.matches("Somebody of this name and town is there already").count(), 2, "{review}");
        for line in ["name=\"also\" value=\"2\"", "name=\"also\" value=\"4\""] {
            assert!(review.contains(line) && !review.contains(&format!("{line} checked")), "{line}: {review}");
        }
        let again = owner.upload(path, &[("csv", csv), ("also", b"4"), ("then", b"look")]).await.text;
        assert!(again.contains("name=\"also\" value=\"4\" checked"), "what was ticked stays: {again}");
        let written = owner.upload(path, &[("csv", csv), ("also", b"4"), ("then", b"write")]).await.text;
        assert!(written.contains("<p class=\"big\">3</p>"), "{written}");
        let list = owner.get("/customers").await.text;
        let count = |name: &str| list.matches(&format!("<bdi>{name}</bdi>")).count();
        assert_eq!((count("Berg"), count("Anna Aal"), count("CAFE ZURCHER AG")), (2, 2, 0), "{list}");
        let last = owner.upload(path, &[("file", csv)]).await.text;
        assert!(last.contains("Add those you ticked") && !last.contains("Nothing would be added"), "{last}");
    });
}

// proves: A1, A4
#[test]
fn a_name_that_several_have_is_asked_about_and_nobody_is_guessed() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let mut ids = Vec::new();
        for city in ["Zürich", "Bern"] {
            let also = ("also", "cafe zurcher ag");
            let added = owner.post("/customers", &[("name", "Café Zürcher AG"), ("city", city), also]).await.location;
            ids.push(added.replace("/customers/", ""));
        }
        let line = [("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
        let named = [&line[..], &[("new_customer", "cafe zurcher ag")]].concat();
        let asked = owner.post("/invoices", &named).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text.contains("More than one customer has this name"), "{}", asked.text);
        assert!(asked.text.contains(">Café Zürcher AG, Zürich<") && asked.text.contains(">Café Zürcher AG, Bern<"));
        assert!(asked.text.contains("value=\"cafe zurcher ag\"") && asked.text.contains("value=\"Sign\""));
        assert!(owner.get("/invoices").await.text.contains("No invoices yet"), "nothing was kept");
        let chosen = [&named[..], &[("customer", ids[1].as_str())]].concat();
        let draft = owner.post("/invoices", &chosen).await.location;
        let page = owner.get(&draft.replace("/edit", "")).await.text;
        assert!(page.contains(&format!("/customers/{}", ids[1])), "{page}");
        let list = owner.get("/customers").await.text;
        assert_eq!(list.matches("<bdi>Café Zürcher AG</bdi>").count(), 2, "nobody was added: {list}");
    });
}

// proves: F4
#[test]
fn what_is_no_table_is_refused_at_the_file() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let large = vec![b'x'; 5 * 1024 * 1024 + 1];
        let larger = vec![b'x'; 7 * 1024 * 1024];
        // As UTF-8 these letters are two bytes each.
        let grows = [b"name\n".to_vec(), vec![0xe4; 3 * 1024 * 1024]].concat();
        let long = "name\n".to_owned() + &"x\n".repeat(10_001);
        for (file, words) in [
            (&b""[..], "Choose a file first"),
            (b"PK\x03\x04\0\0", "This is not CSV"),
            (b"name\n", "There are no rows in this file"),
            (b"a,a\n1,2\n", "Two columns of this file have the same name"),
            (&large, "This file is larger than 5 MiB"),
            (&larger, "This file is larger than 5 MiB"),
            (&grows, "This file is larger than 5 MiB"),
            (long.as_bytes(), "more than 10,000 rows"),
        ] {
            let seen = owner.upload("/customers/import", &[("file", file)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            assert!(seen.text.contains(words) && seen.text.contains("id=\"file-error\""), "{words}: {}", seen.text);
        }
        let no_form = owner.post("/customers/import", &[("csv", "name\nVogel\n")]).await;
        assert_eq!(no_form.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no_form.text.contains("cannot be read, or broke off"), "{}", no_form.text);
        let stranger =
            Visit::new(&world, "nobody@example.org").upload("/customers/import", &[("file", b"name\nA\n")]).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
        assert!(stranger.text.contains("action=\"/sign-in\""), "{}", stranger.text);
    });
}

// proves: A4
#[test]
fn the_paper_is_shown_in_a_page_and_kept_as_a_file_by_its_button() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft =
            [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
        let invoice = owner.post("/invoices", &draft).await.location.replace("/edit", "");
        owner.post(&format!("{invoice}/issue"), &[]).await;
        let page = owner.get(&invoice).await.text;
        assert!(page.contains(&format!("href=\"{invoice}/pdf?save=yes\"")), "{page}");
        let kept = owner.get(&format!("{invoice}/pdf?save=yes")).await;
        assert!(
            kept.disposition.starts_with("attachment; filename=\"Rechnung ") && kept.bytes.starts_with(b"%PDF"),
            "{}",
            kept.disposition
        );
        // What it is and who sends it, in the language of the document: in plain letters, and as it is.
        assert!(
            kept.disposition.contains("-0001 Atelier Sor.pdf\"; filename*=UTF-8''Rechnung%20"),
            "{}",
            kept.disposition
        );
        assert!(kept.disposition.ends_with("-0001%20Atelier%20S%C3%B8r.pdf"), "{}", kept.disposition);
        let shown = owner.get(&format!("{invoice}/pdf")).await;
        assert!(shown.disposition.starts_with("inline; ") && shown.bytes == kept.bytes, "{}", shown.disposition);
    });
}

// proves: A4
#[test]
fn a_draft_is_deleted_after_its_consequence_was_said() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let line = [
            ("new_customer", "Vogel"),
            ("line-0-name", "Shop sign"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "S 19"),
        ];
        let drafted = owner.post("/invoices", &line).await.location;
        let draft = drafted.strip_suffix("/edit").unwrap().to_owned();
        assert!(owner.get(&drafted).await.text.contains(&format!("{draft}/delete")));
        let asked = owner.get(&format!("{draft}/delete")).await;
        assert!(asked.text.contains("gone for good") && asked.text.contains("113.05"), "{}", asked.text);
        let stale = owner.post(&format!("{draft}/delete"), &[("version", "7")]).await;
        assert!(stale.text.contains("Somebody changed this"), "{}", stale.text);
        let gone = owner.post(&format!("{draft}/delete"), &[("version", &asked.hidden("version"))]).await;
        assert_eq!(gone.location, "/invoices?only=drafts&done=deleted");
        assert!(owner.get(&gone.location).await.text.contains("The draft is deleted"));
        assert_eq!(owner.get(&draft).await.status, StatusCode::NOT_FOUND);
        let issued = owner.post("/invoices", &line).await.location.replace("/edit", "");
        owner.post(&format!("{issued}/issue"), &[]).await;
        assert_eq!(owner.get(&format!("{issued}/delete")).await.location, issued, "what is issued is not asked about");
        let kept = owner.post(&format!("{issued}/delete"), &[]).await;
        assert!(kept.text.contains("was issued"), "{}", kept.text);
    });
}

// proves: A4, F8
#[test]
fn an_editor_that_heard_no_answer_goes_on_with_the_draft_it_made() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        for number in 1..=11 {
            owner.post("/customers", &[("name", &format!("Anna Vogel {number}"))]).await;
        }
        let mark = owner.get("/invoices/new").await.hidden("once");
        let mut sends = async |to: &str, once: &str, version: &str, quantity: &str, then: &str| {
            let form = [
                ("once", once),
                ("version", version),
                ("new_customer", "Anna Vogel"),
                ("named", "Anna Vogel"),
                ("line-0-name", "Shop sign"),
                ("line-0-quantity", quantity),
                ("line-0-net_price", "95"),
                ("line-0-tax", "S 19"),
                ("then", then),
            ];
            owner.post(to, &form).await
        };
        let kept = |seen: &Seen| serde_json::from_str::<Value>(&seen.text).unwrap()["kept"].clone();
        let first = kept(&sends("/invoices", &mark, "", "1", "keep").await);
        let draft = format!("/invoices/{}", first["id"].as_str().unwrap());
        // The answer is lost, and more is typed; and that once more.
        for (quantity, version) in [("2", 2), ("3", 3)] {
            let again = kept(&sends("/invoices", &mark, "", quantity, "keep").await);
            assert_eq!((&again["id"], &again["version"]), (&first["id"], &json!(version)), "the same draft");
            assert_eq!(again["customer"], first["customer"], "and the same new customer");
        }
        let saved = sends("/invoices", &mark, "", "4", "edit").await;
        assert_eq!(saved.location, format!("{draft}/edit"), "the button goes on with it, too");
        let elsewhere = kept(&sends(&draft, "", "4", "5", "keep").await);
        assert_eq!(elsewhere["version"], json!(5));
        let late = sends("/invoices", &mark, "", "6", "keep").await;
        assert_eq!(late.status, StatusCode::CONFLICT, "somebody else changed it: {}", late.text);
        let other = kept(&sends("/invoices", "another form", "", "1", "keep").await);
        assert_ne!(other["id"], first["id"]);
        assert_eq!(other["customer"], first["customer"], "found by their whole name among many that begin with it");
        assert!(owner.get(&format!("{draft}/edit")).await.text.contains("475.00"), "five, as it was left");
    });
}

// proves: F4
#[test]
fn a_file_that_is_nearly_too_large_is_not_so_on_its_way_back() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let row = format!("Vogel,{}\n", "x".repeat(52_000));
        let file = "name,\n".to_owned() + &row.repeat(100);
        let room = 5 * 1024 * 1024 - file.len();
        let file = file + &format!("Aal,{}\n", "x".repeat(room - 5));
        assert_eq!(file.len(), 5 * 1024 * 1024);
        let first = owner.upload("/customers/import", &[("file", file.as_bytes()), ("then", b"look")]).await;
        assert_eq!(first.status, StatusCode::OK);
        // Browsers end each line of a field with two characters.
        let carried = file.replace('\n', "\r\n");
        let form: [(&str, &[u8]); 4] =
            [("csv", carried.as_bytes()), ("column-0", b"name"), ("column-1", b"-"), ("then", b"look")];
        let second = owner.upload("/customers/import", &form).await;
        assert_eq!(second.status, StatusCode::OK, "{}", second.text.contains("larger than 5 MiB"));
    });
}

// proves: A1
#[test]
fn a_new_customer_of_a_name_that_is_taken_is_asked_about_and_found_where_invoices_are_looked_for() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let first = owner.post("/customers", &[("name", "Bäckerei Vogel"), ("city", "Leipzig")]).await.location;
        let typed = [("name", "BACKEREI VOGEL "), ("email", "v@vogel.example")];
        let asked = owner.post("/customers", &typed).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text.contains("Somebody of this name is here already"), "{}", asked.text);
        assert!(asked.text.contains(&format!("href=\"{first}\"")) && asked.text.contains("Leipzig"), "{}", asked.text);
        assert!(asked.text.contains("value=\"v@vogel.example\""), "nothing typed is lost");
        let other = owner.post("/customers", &[&typed[..], &[("also", "another name")]].concat()).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "it was said of another name");
        let rows = |text: &str| text.matches("class=\"c-who\"").count();
        assert_eq!(rows(&owner.get("/customers").await.text), 1, "nothing was added by asking");
        let added = owner.post("/customers", &[&typed[..], &[("also", "BACKEREI VOGEL")]].concat()).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        let found = owner.get("/invoices?q=vogel").await.text;
        assert!(found.contains("Customers:") && found.contains(&format!("<a href=\"{first}\">")), "{found}");
        assert!(!owner.get("/invoices?q=nobody").await.text.contains("Customers:"));
    });
}
