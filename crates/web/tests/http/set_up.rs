//! Setting up: the country is chosen with open eyes, the account is asked for, and all that is wrong is said at once.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::BusinessId;
use coffer_testkit::Callers;

const EMAIL: &str = "ingrid@ateliersor.example";

// proves: A4, B7
#[test]
fn a_business_is_founded_where_somebody_said_and_with_the_account_it_is_paid_to() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut new = Visit::new(&world, EMAIL);
        new.through(link.expose()).await;
        // Nothing was said of where they are: nothing is chosen for them.
        let form = new.get("/set-up").await.text;
        assert!(form.contains("<option value=\"\" selected>Choose</option>"), "{form}");
        assert!(form.contains("cannot be changed later") && form.contains("data-zones=\"Europe/Berlin"), "{form}");
        assert!(form.contains("data-guess=\"\""), "their browser names none, so their clock is not asked: {form}");
        let mut said = vec![("name", "Atelier Sør"), ("vat_id", "DE31820497"), ("iban", "DE89370400440532013001")];
        let nowhere = new.post("/set-up/business", &said).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        let nowhere = nowhere.text;
        assert!(nowhere.contains("id=\"country-error\"") && nowhere.contains("value=\"Atelier Sør\""), "{nowhere}");
        said.push(("country", "DE"));
        let wrong = new.post("/set-up/business", &said).await.text;
        assert!(wrong.contains("id=\"vat_id-error\"") && wrong.contains("id=\"iban-error\""), "both at once: {wrong}");
        assert!(!wrong.contains("data-guess"), "where they are was chosen, and no clock changes it: {wrong}");
        assert!(
            wrong.contains("value=\"DE89370400440532013001\"") && wrong.contains("value=\"DE\" data-zones"),
            "{wrong}"
        );
        let said =
            [("name", "Atelier Sør"), ("country", "DE"), ("vat_id", "DE318204977"), ("iban", "DE89370400440532013000")];
        let founded = new.post("/set-up/business", &[&said[..], &[("zone", "Europe/Busingen")]].concat()).await;
        assert_eq!(founded.location, "/set-up/look", "{}", founded.text);
        let settings = new.get("/settings").await.text;
        assert!(settings.contains("value=\"DE89370400440532013000\""), "{settings}");
        assert!(settings.contains("name=\"show_account\" value=\"yes\" checked"), "it is printed: {settings}");
        let history = new.get("/history").await.text;
        assert!(history.contains("<bdi>DE89 … 3000</bdi>"), "the first account stands in the history: {history}");
    });
}

// proves: F8
#[test]
fn all_that_is_wrong_with_the_settings_is_said_at_once() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let version = owner.get("/settings").await.hidden("version");
        let said = [
            ("version", version.as_str()),
            ("name", "Atelier Sør"),
            ("terms_days", "400"),
            ("vat_id", "DE31820497"),
            ("holder", "Atelier Sør"),
            ("iban", "DE89370400440532013001"),
        ];
        let wrong = owner.post("/settings", &said).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("3 things are not right yet"), "{}", wrong.text);
        for field in ["terms_days", "vat_id", "iban"] {
            assert!(wrong.text.contains(&format!("id=\"{field}-error\"")), "{field}: {}", wrong.text);
        }
    });
}
