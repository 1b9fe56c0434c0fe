//! A VAT number that its country never gives is refused at its field, wherever one is typed.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::{BusinessId, Role};
use coffer_testkit::Callers;
use serde_json::json;

/// What stands at the field.
const SAID: &str = "those look like DE123456789";

// proves: A1, A4, F8
#[test]
fn a_vat_number_that_no_country_gives_is_refused_wherever_it_is_typed() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut owner = Visit::new(&world, "ingrid@atelier.example");
        owner.through(link.expose()).await;
        let founding =
            |vat_id| [("name", "Atelier Sør"), ("country", "DE"), ("street", "Rheinstraße 14"), ("vat_id", vat_id)];
        let refused = owner.post("/set-up/business", &founding("DE123")).await.text;
        assert!(refused.contains(SAID) && refused.contains("id=\"vat_id-error\""), "{refused}");
        assert!(refused.contains("value=\"Rheinstraße 14\""), "nothing typed is lost: {refused}");
        let opened = owner.post("/set-up/business", &founding("DE 318 204 977")).await;
        assert_eq!(opened.location, "/set-up/look", "{}", opened.text);

        let settings = owner.get("/settings").await;
        assert!(settings.text.contains("value=\"DE318204977\"") && settings.text.contains("value=\"Rheinstraße 14\""));
        let version = settings.hidden("version");
        let said = [("version", version.as_str()), ("name", "Nord"), ("terms_days", "30"), ("vat_id", "318204977")];
        let refused = owner.post("/settings", &said).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("begins with the two letters of its country"), "{}", refused.text);
        assert!(
            refused.text.contains("value=\"318204977\"") && refused.text.contains("value=\"30\""),
            "{}",
            refused.text
        );

        let refused = owner.post("/customers", &[("name", "Vogel"), ("vat_id", "GB12")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("those look like GB123456789"), "{}", refused.text);

        let file = b"name,email,vat_id\nBerg,no address,DE123\n";
        let review = owner.upload("/customers/import", &[("file", file)]).await.text;
        assert!(review.contains(SAID) && review.contains("This is not one e-mail address"), "both at once: {review}");

        let clerk = world.key(1, Role::BillingClerk).await;
        let body = json!({ "party": { "name": "Vogel", "vat_id": "DE123" } });
        let (status, problem) = world.send("POST", "/api/v1/customers", &clerk, Some(&body)).await;
        let error = &problem["errors"][0];
        assert_eq!(
            (status, &error["pointer"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("/party/vat_id")),
            "{problem}"
        );
        assert_eq!(problem["code"], "text.vat_id_unfit");
        let body = json!({ "party": { "name": "Vogel", "vat_id": "DE 318 204 977" } });
        let (_, customer) = world.send("POST", "/api/v1/customers", &clerk, Some(&body)).await;
        assert_eq!(customer["party"]["vat_id"], "DE318204977", "{customer}");
    });
}
