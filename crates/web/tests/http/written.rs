//! An invoice while it is written, and what was written once it is issued: nobody is added by half a name, half a line leaves
//! the others their sums, reasons have their usual words, and discounts are seen wherever the invoice is.

use crate::editor::{Desk, line};
use crate::handed_over::reachable;
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};

const LINE: [(&str, &str); 3] = [("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];

// proves: A1, A4
#[test]
fn what_keeps_itself_adds_nobody_of_whom_its_person_has_not_said_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        for named in ["", "Wa"] {
            let typed = [&LINE[..], &[("new_customer", "Wag"), ("named", named), ("then", "keep")]].concat();
            let no = desk.owner.post("/invoices", &typed).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{named}");
            assert!(no.text.contains("whole name of somebody new"), "{}", no.text);
        }
        assert!(!desk.owner.get("/customers").await.text.contains("Wag"), "nobody was added");
        let typed = [&LINE[..], &[("new_customer", "Wagner"), ("named", "Wagner"), ("then", "keep")]].concat();
        let kept: Value = serde_json::from_str(&desk.owner.post("/invoices", &typed).await.text).unwrap();
        assert_eq!(kept["kept"]["title"], "Draft for Wagner");
        let before = kept["kept"]["before"].as_str().unwrap();
        // What it lacks and that it can be issued all the same is one sentence, and nothing else is said above the list.
        let said = before.split("<ul>").next().unwrap();
        let both = "4 things should stand on it as well</b><span data-fine>; it can be issued without them.</span>";
        assert_eq!(said, format!("<p><b>{both}</p>"), "{kept}");
        let page = desk.owner.get(&format!("/invoices/{}/edit", kept["kept"]["id"].as_str().unwrap())).await.text;
        assert!(page.contains("<h1>Draft for Wagner</h1>") && page.contains("<title>Draft for Wagner"), "{page}");
        // Whom one knows is found by a form that keeps itself, too; and whoever presses says so by that.
        let typed = [&LINE[..], &[("new_customer", "wagner"), ("then", "keep")]].concat();
        let known: Value = serde_json::from_str(&desk.owner.post("/invoices", &typed).await.text).unwrap();
        assert_eq!(known["kept"]["customer"], kept["kept"]["customer"]);
    });
}

// proves: A1, A4
#[test]
fn a_part_of_somebodys_name_is_nobody_new_until_it_is_said() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        for name in ["Wagner & Söhne", "Kaffee Wagner"] {
            desk.owner.post("/customers", &[("name", name)]).await;
        }
        let rows =
            async |desk: &mut Desk<'_>| desk.owner.get("/customers").await.text.matches("class=\"c-who\"").count();
        for (typed, more) in [
            ("Wag", vec![]),
            ("wagner", vec![("passed", "wagner"), ("then", "keep")]),
            ("Schmidt", vec![("named", "Schmid")]),
            ("söhne", vec![("then", "issue")]),
        ] {
            let asked = desk.owner.post("/invoices", &[&LINE[..], &[("new_customer", typed)], &more].concat()).await;
            if typed == "Schmidt" {
                // Nobody is called so.
                assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
                continue;
            }
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}: {}", asked.text);
            assert!(
                asked.text.contains("Wagner &amp; Söhne") || asked.text.contains("Wagner & Söhne"),
                "{}",
                asked.text
            );
            if !more.contains(&("then", "keep")) {
                let button = format!("name=\"named\" value=\"{typed}\">Add “{typed}” as a new customer</button>");
                assert!(asked.text.contains(&button), "{}", asked.text);
            }
        }
        assert_eq!(rows(&mut desk).await, 3, "nobody was added of a part");
        let said = [&LINE[..], &[("new_customer", "Wag"), ("named", "Wag")]].concat();
        assert_eq!(desk.owner.post("/invoices", &said).await.status, StatusCode::SEE_OTHER);
        assert_eq!(rows(&mut desk).await, 4);
        // What was said stays said while something else is mended.
        let wrong = [&LINE[..], &[("new_customer", "Wagne"), ("named", "Wagne"), ("line-0-carried", "{")]].concat();
        let no = desk.owner.post("/invoices", &wrong).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.text.contains("type=\"hidden\" name=\"named\" value=\"Wagne\""), "{}", no.text);
        assert_eq!(rows(&mut desk).await, 4);
    });
}

// proves: A4, F8
#[test]
fn half_a_line_leaves_the_others_their_sums_and_is_named() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let more = [("line-1-name", ""), ("line-3-name", "Design"), ("line-3-net_price", ""), ("line-3-tax", "S 19")];
        let typed = [&LINE[..], &more, &[("new_customer", "Vogel")]].concat();
        let seen = desk.owner.post("/invoices/preview", &typed).await;
        let answer: Value = serde_json::from_str(&seen.text).unwrap();
        let sums = answer["sums"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(sums.contains("113.05") && sums.contains("Not counted yet: Line 3."), "the third that is seen: {sums}");
        assert_eq!(answer["nets"].as_object().unwrap().len(), 1);
        assert!(answer["wrong"]["line-3-net_price"].is_string(), "{answer}");
        let page = desk.owner.post("/invoices", &[&typed[..], &[("then", "issue")]].concat()).await.text;
        assert!(page.contains("113.05") && page.contains("Not counted yet: Line 2."), "as it is drawn again: {page}");
    });
}

// proves: A6
#[test]
fn a_reason_has_its_usual_words_in_the_language_of_the_document() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let known = json!({ "party": { "name": "Vogel", "vat_id": "DE318204977", "country": "DE" }, "language": "de" });
        let (_, known) = world.send("POST", "/api/v1/customers", &desk.key, Some(&known)).await;
        let customer = ("customer", known["id"].as_str().unwrap());
        let line = |tax| [customer, ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", tax)];
        for (tax, said) in [
            ("AE 0", "Steuerschuldnerschaft des Leistungsempfängers"),
            ("K 0", "Steuerfreie innergemeinschaftliche Lieferung"),
            ("G 0", "Steuerfreie Ausfuhrlieferung"),
            ("O 0", "Nicht steuerbar"),
            ("E 0", ""),
            ("S 19", ""),
        ] {
            let draft = desk.owner.post("/invoices", &line(tax)).await.location.replace("/edit", "");
            let (code, form) = (tax.split(' ').next().unwrap(), desk.form(&draft).await);
            for other in ["E", "AE", "K", "G", "O"] {
                let its = if other == code { said } else { "" };
                assert_eq!(form.get(&format!("exemption_reasons-{other}")), its, "{tax}, {other}");
            }
            let typing = [&line(tax)[..], &[("language", "de")]].concat();
            let typing = desk.owner.post("/invoices/preview", &typing).await.text;
            let typing: Value = serde_json::from_str(&typing).unwrap();
            let usual = if tax == "S 19" { json!({}) } else { json!({ code: said }) };
            assert_eq!(typing["reasons"], usual, "{tax}");
        }
        // One's own words stay, and what keeps itself writes none over an empty field.
        let own = [&line("AE 0")[..], &[("exemption_reasons-AE", "§ 13b UStG")]].concat();
        let draft = desk.owner.post("/invoices", &own).await.location.replace("/edit", "");
        assert_eq!(desk.form(&draft).await.get("exemption_reasons-AE"), "§ 13b UStG");
        let form = desk.form(&draft).await.with("exemption_reasons-AE", "");
        desk.keeps(&draft, &form).await;
        assert_eq!(desk.form(&draft).await.get("exemption_reasons-AE"), "");
        // An exemption has no usual words: it is asked for where it is typed, and said to be needed.
        let asked = desk.owner.post("/invoices", &[&line("E 0")[..], &[("then", "issue")]].concat()).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text.contains("id=\"exemption_reasons-E-error\""), "{}", asked.text);
        let field = asked.text.split_once("for=\"exemption_reasons-E\"").unwrap().1.split_once("</label>").unwrap().0;
        assert!(!field.contains("optional"), "{field}");
    });
}

// proves: A6, B1, B5
#[test]
fn discounts_and_charges_are_seen_on_the_page_on_paper_and_behind_the_link() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        reachable(&world).await;
        let parts = json!([
            { "kind": "allowance", "percent": "10", "reason": "Early order" },
            { "kind": "charge", "amount": "4.90", "reason": "Express" },
            { "kind": "allowance", "percent": "2.5", "base": "80.00", "reason": "Loyalty" },
        ]);
        let of_all =
            json!([{ "kind": "allowance", "percent": "3", "reason": "Partner", "category": "S", "rate": "19" }]);
        let content = json!({ "currency": "EUR", "adjustments": of_all,
            "lines": [line("Sign", &json!({ "net_price": "200", "adjustments": parts }))] });
        let draft = desk.drafts(&content).await;
        let issued = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
        let link = desk.owner.post(&format!("{draft}/link"), &[]).await;
        let path = link.between("<code>https://invoices.ateliersor.example", "</code>");
        let mut customer = Visit::new(&world, "");
        customer.post(&path, &[]).await;
        let told = [
            ("Early order (10\u{a0}%)", "20.00"),
            ("Express", "4.90"),
            ("Loyalty (2.5\u{a0}% of 80)", "2.00"),
            ("Partner (3\u{a0}%)", "5.49"),
        ];
        for page in [desk.owner.get(&draft).await.text, customer.get(&path).await.text] {
            let what = page.split_once("class=\"tbl what\"").unwrap().1;
            for (said, sum) in told {
                let after = what.split_once(said).unwrap_or_else(|| panic!("no {said} in {what}")).1;
                assert!(after.split("</").take(3).any(|near| near.contains(sum)), "{sum} beside {said}: {what}");
            }
        }
        let paper = world.bytes("GET", &format!("/api/v1{draft}/pdf"), &desk.key).await;
        let printed: String = coffer_testkit::pdf::texts(&paper).unwrap().concat();
        let printed = printed.replace([' ', '\u{a0}'], "").replace(',', ".");
        for (said, sum) in [("(10%)", "20.00"), ("Express", "4.90"), ("(2.5%", "2.00"), ("Partner(3%)", "5.49")] {
            let after = printed.split_once(said).unwrap_or_else(|| panic!("no {said} in {printed}")).1;
            assert!(after.find(sum).is_some_and(|at| at < 20), "{sum} beside {said}: {printed}");
        }
    });
}
