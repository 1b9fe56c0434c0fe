//! Half a line: kept as it was typed, shown again as it was typed, counted nowhere, and issued by nobody.

use crate::editor::Desk;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// A line that is whole between two that are not, with a discount and a day that do not read either.
const TYPED: [(&str, &str); 20] = [
    ("new_customer", "Vogel"),
    ("named", "Vogel"),
    ("note", "Thank you"),
    ("due_on", "32.13."),
    ("line-2-name", "Design"),
    ("line-2-tax", "S 7"),
    ("line-2-unit", "HUR"),
    ("line-2-description", "As agreed"),
    ("line-2-adjustment-0-amount", "ten"),
    ("line-2-adjustment-0-reason", "Loyalty"),
    ("line-5-name", "Sign"),
    ("line-5-net_price", "95"),
    ("line-5-tax", "S 19"),
    ("line-7-name", "Panel"),
    ("line-7-quantity", "abc"),
    ("line-7-net_price", "1.500"),
    ("line-7-tax", "S other"),
    ("line-7-rate", "much"),
    ("adjustment-0-amount", "five"),
    ("adjustment-0-reason", "Early order"),
];

/// As it is drawn again.
const DRAWN: [(&str, &str); 15] = [
    ("note", "Thank you"),
    ("due_on", "32.13."),
    ("line-0-name", "Design"),
    ("line-0-tax", "S 7"),
    ("line-0-unit", "HUR"),
    ("line-0-description", "As agreed"),
    ("line-0-net_price", ""),
    ("line-0-adjustment-0-amount", "ten"),
    ("line-1-name", "Sign"),
    ("line-2-quantity", "abc"),
    ("line-2-net_price", "1.500"),
    ("line-2-tax", "S other"),
    ("line-2-rate", "much"),
    ("adjustment-0-amount", "five"),
    ("adjustment-0-reason", "Early order"),
];

// proves: A2, A4, F8
#[test]
fn what_does_not_read_yet_is_kept_as_typed_beside_what_does_and_shown_as_typed() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        for then in ["keep", "edit"] {
            let seen = desk.owner.post("/invoices", &[&TYPED[..], &[("then", then)]].concat()).await;
            let kept: Value = serde_json::from_str(&seen.text).unwrap_or_default();
            let draft = match then {
                "keep" => {
                    format!("/invoices/{}", kept["kept"]["id"].as_str().unwrap_or_else(|| panic!("{}", seen.text)))
                }
                _ => seen.location.replace("/edit", ""),
            };
            let stands = desk.reads(&draft).await;
            assert_eq!((&stands["unfinished"], &stands["content"]["note"]), (&json!(true), &json!("Thank you")));
            assert_eq!(stands["content"]["lines"].as_array().unwrap().len(), 1, "{stands}");
            assert_eq!(stands["totals"]["amount_due"], "113.05", "half lines count nothing");
            let form = desk.form(&draft).await;
            for (name, text) in DRAWN {
                assert_eq!(form.get(name), text, "{name}");
            }
            if then == "keep" {
                assert_eq!(seen.status, StatusCode::OK);
                assert!(kept["wrong"]["line-7-quantity"].is_string(), "by the names in the form: {kept}");
                let before = kept["kept"]["before"].as_str().unwrap();
                assert!(before.contains("href=\"#line-2-net_price\">Line 1, Net price</a>"), "{before}");
            }
            // Kept once more as it is drawn, it is the same.
            desk.keeps(&draft, &form).await;
            let again = desk.form(&draft).await;
            assert_eq!(DRAWN.map(|(name, _)| again.get(name).to_owned()), DRAWN.map(|(_, text)| text.to_owned()));
            assert_eq!(desk.reads(&draft).await["content"], stands["content"]);
        }
    });
}

// proves: A4, F8
#[test]
fn half_a_line_stands_in_the_way_of_issuing_at_its_field_and_for_programs() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let asked = desk.owner.post("/invoices", &[&TYPED[..], &[("then", "issue")]].concat()).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = crate::typed::Form::of_editor(&asked.text);
        for (name, text) in DRAWN {
            assert_eq!(form.get(name), text, "{name}");
        }
        for field in ["line-0-net_price", "line-2-quantity", "adjustment-0-amount", "due_on"] {
            assert!(asked.text.contains(&format!("id=\"{field}-error\"")), "{field}: {}", asked.text);
        }
        let list = desk.owner.get("/invoices").await.text;
        let draft =
            format!("/invoices/inv_{}", list.split_once("/invoices/inv_").unwrap().1.split('"').next().unwrap());
        // By whichever way one comes.
        let edit = desk.owner.get(&format!("{draft}/edit")).await;
        assert_eq!(edit.status, StatusCode::OK);
        assert!(edit.text.contains("id=\"line-2-net_price-error\"") && !edit.text.contains("role=\"alert\""));
        let panel = edit.text.split_once("id=\"before\"").unwrap().1.split_once("</form>").unwrap().0;
        assert!(panel.contains("<a href=\"#line-0-net_price\">Line 1, Net price</a>: A number"), "{panel}");
        assert!(panel.contains("<a href=\"#line-2-net_price\">Line 3, Net price</a>: This can be read"), "{panel}");
        let page = desk.owner.get(&format!("{draft}/issue")).await.text;
        assert!(page.contains("It cannot be issued yet") && !page.contains("Issue the invoice"), "{page}");
        assert!(page.contains(&format!("href=\"{draft}/edit#line-0-net_price\">")), "{page}");
        let pressed = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert_eq!(pressed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(pressed.text.contains("id=\"line-0-net_price-error\""), "{}", pressed.text);
        let (status, no) = world.send("POST", &format!("/api/v1{draft}/issue"), &desk.key, None).await;
        assert_eq!((status, &no["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("invoice.unfinished")));
        // Finished, it is a line, and nothing stands in the way.
        let form =
            form.with("then", "issue").with("line-0-net_price", "5").with("line-2-quantity", "2").with("due_on", "");
        let form = form.with("line-2-net_price", "1500").with("line-2-rate", "8").with("adjustment-0-amount", "5");
        let form = form.with("line-0-adjustment-0-amount", "1").with("adjustment-0-tax", "S 19");
        assert_eq!(desk.owner.post(&draft, &form.pairs()).await.location, format!("{draft}/issue"));
        let stands = desk.reads(&draft).await;
        assert_eq!(stands["unfinished"], false);
        let names: Vec<_> = stands["content"]["lines"].as_array().unwrap().iter().map(|line| &line["name"]).collect();
        assert_eq!(names, ["Design", "Sign", "Panel"], "each where it stood");
        let issued = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
    });
}

// proves: A4
#[test]
fn what_is_wrong_with_whole_lines_is_said_at_their_places_between_half_ones() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let lines = |price| {
            [("new_customer", "Vogel"), ("line-0-name", "Design"), ("line-1-name", "Sign"), ("line-1-net_price", price)]
        };
        let made = desk.owner.post("/invoices", &lines("-5")).await.location;
        let page = desk.owner.get(&made).await.text;
        assert!(page.contains("<a href=\"#line-1-net_price\">Line 2, Net price</a>: A price is never"), "{page}");
        let form = desk.form(&made.replace("/edit", "")).await.with("then", "issue");
        let no = desk.owner.post(&made.replace("/edit", ""), &form.pairs()).await.text;
        assert!(no.contains("id=\"line-1-net_price-error\"") && no.contains("id=\"line-0-net_price-error\""), "{no}");
        // What must not be kept is kept in neither, and said at its own field.
        for (field, text) in
            [("line-0-name", "4111 1111 1111 1111 12/27"), ("line-1-name", "4111 1111 1111 1111 12/27")]
        {
            let form = desk.form(&made.replace("/edit", "")).await.with(field, text);
            let no = desk.owner.post(&made.replace("/edit", ""), &form.pairs()).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(no.text.contains(&format!("<a href=\"#{field}\">")), "{field}: {}", no.text);
        }
    });
}

// proves: A4, F8
#[test]
fn a_line_is_called_by_the_number_of_its_row_on_the_screen_empty_rows_counted() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let empty = |number| {
            [("name", ""), ("quantity", ""), ("net_price", ""), ("tax", "S 19")]
                .map(move |(field, text)| (format!("line-{number}-{field}"), text))
        };
        let rows = [empty(0), empty(2)].concat();
        let rows: Vec<_> = rows.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let typed = [
            ("new_customer", "Vogel"),
            ("named", "Vogel"),
            ("line-1-name", "Design"),
            ("line-1-tax", "S 19"),
            // A row that was taken out left its number behind.
            ("line-4-name", "Sign"),
            ("line-4-net_price", "-5"),
            ("line-4-tax", "S 19"),
            ("then", "keep"),
        ];
        let kept = desk.owner.post("/invoices", &[&rows[..], &typed].concat()).await;
        let kept: Value = serde_json::from_str(&kept.text).unwrap();
        let before = kept["kept"]["before"].as_str().unwrap_or_else(|| panic!("{kept}"));
        assert!(before.contains("<a href=\"#line-1-net_price\">Line 2, Net price</a>: "), "{before}");
        assert!(before.contains("<a href=\"#line-4-net_price\">Line 4, Net price</a>: A price is never"), "{before}");
        assert!(kept["sums"].as_str().unwrap().contains("Not counted yet: Line 2."), "{kept}");
        let wrong: Vec<_> = kept["wrong"].as_object().unwrap().keys().collect();
        assert_eq!(wrong, ["line-1-net_price"], "and what is wrong stands at that row's field");
        // Drawn again without the empty ones, the rows have the numbers that are seen then.
        let page = desk.owner.get(&format!("/invoices/{}/edit", kept["kept"]["id"].as_str().unwrap())).await.text;
        assert!(page.contains("<a href=\"#line-0-net_price\">Line 1, Net price</a>: "), "{page}");
        assert!(page.contains("<a href=\"#line-1-net_price\">Line 2, Net price</a>: A price is never"), "{page}");
    });
}

// proves: A2, A4
#[test]
fn a_copy_takes_half_lines_along_a_program_that_replaces_the_draft_takes_them_out_and_deleting_says_them() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let carried = json!({ "base_quantity": "100", "period": { "from": "2026-10-01" } }).to_string();
        let typed = [&TYPED[..], &[("line-2-carried", carried.as_str())]].concat();
        let draft = desk.owner.post("/invoices", &typed).await.location.replace("/edit", "");
        let copy = desk.owner.post(&draft, &[("then", "copy")]).await.location;
        let copy = copy.split("/edit").next().unwrap();
        let form = desk.form(copy).await;
        assert_eq!((form.get("line-0-name"), form.get("line-2-quantity"), form.get("due_on")), ("Design", "abc", ""));
        assert_eq!(form.get("line-0-carried"), "{\"base_quantity\":\"100\"}", "without the time of the old one");
        let gone = desk.owner.get(&format!("{copy}/delete")).await.text;
        assert!(gone.contains("<bdi>Design</bdi>") && gone.contains("<bdi>Panel</bdi>"), "{gone}");
        // A program reads that there are some, and replaces the whole: the version it read is asked for.
        let stands = desk.reads(copy).await;
        let body = json!({ "customer": stands["customer"], "content": stands["content"] });
        let headers = [("if-match", "\"1\"")];
        let put = world.send_with("PUT", &format!("/api/v1{copy}"), &desk.key, &headers, Some(&body)).await;
        assert_eq!((put.0, &put.1["unfinished"]), (StatusCode::OK, &json!(false)));
        assert_eq!(desk.form(copy).await.get("line-0-name"), "Sign");
        // What somebody else made of it meanwhile is not written over.
        let late = desk.owner.post(copy, &form.with("then", "keep").pairs()).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    });
}

// proves: A4
#[test]
fn a_form_that_names_a_customer_alone_begins_no_draft_and_one_with_a_note_does() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let whom = [("new_customer", "Vogel"), ("named", "Vogel"), ("then", "keep")];
        let new = desk.owner.get("/invoices/new").await.text;
        assert!(new.contains("id=\"said\" role=\"status\">Choose a customer to keep this draft.</p>"), "{new}");
        assert!(new.contains("name=\"customer\" autofocus>"), "and there one begins: {new}");
        let no = desk.owner.post("/invoices", &whom).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        let no: Value = serde_json::from_str(&no.text).unwrap();
        assert_eq!(no["needs"], "Write what is billed to keep this draft.", "{no}");
        assert!(!desk.owner.get("/customers").await.text.contains("Vogel"), "nobody was added");
        let kept = desk.owner.post("/invoices", &[&whom[..], &[("note", "As agreed")]].concat()).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
        let kept: Value = serde_json::from_str(&kept.text).unwrap();
        let before = kept["kept"]["before"].as_str().unwrap();
        assert!(before.contains("There is nothing to bill for"), "{before}");
    });
}
