//! What was written, once it is issued: discounts are seen wherever the invoice is.

use crate::editor::{Desk, line};
use crate::handed_over::reachable;
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use serde_json::json;

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
