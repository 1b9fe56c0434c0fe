//! What reads and is not kept all the same: said at its field by every answer, and nothing else goes with it.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::Value;

const CARD: &str = "4111 1111 1111 1111";

const TYPED: [(&str, &str); 5] = [
    ("new_customer", "Vogel"),
    ("named", "Vogel"),
    ("line-3-name", "Sign"),
    ("line-3-net_price", "95"),
    ("line-3-tax", "S 19"),
];

// proves: A4, F8
#[test]
fn what_is_not_kept_is_said_at_its_field_while_one_types_as_when_it_is_refused() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let owner = &mut Visit::owner(&world, "ingrid@atelier.example").await;
        for field in ["note", "terms", "order_number", "line-3-description"] {
            let typed = [&TYPED[..], &[(field, CARD)]].concat();
            let refused = owner.post("/invoices", &[&typed[..], &[("then", "keep")]].concat()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.text);
            let seen = owner.post("/invoices/preview", &typed).await;
            let [refused, seen] = [&refused.text, &seen.text].map(|text| serde_json::from_str::<Value>(text).unwrap());
            assert!(refused["wrong"][field].as_str().unwrap().contains("card number"), "{field}: {refused}");
            // The next answer to whoever types elsewhere takes nothing of it back.
            assert_eq!(seen["wrong"], refused["wrong"], "{field}");
            assert!(seen["sums"].as_str().unwrap().contains("113.05"), "and the sum stays: {seen}");
        }
        let seen = owner.post("/invoices/preview", &TYPED).await;
        assert_eq!(seen.status, StatusCode::OK, "once it is taken out: {}", seen.text);
    });
}
