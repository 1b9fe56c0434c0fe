//! Customers from a file, through the API.

use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::Role;
use serde_json::json;

// proves: A1, F1, F4
#[test]
fn customers_come_in_row_by_row_and_the_answer_says_what_became_of_each() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let clerk = world.key(1, Role::BillingClerk).await;
        let csv = "Display Name,EmailID,Billing Country,Notiz\nVogel,v@vogel.example,Germany,x\nBerg,no address,,\n";
        let send = async |body| world.send("POST", "/api/v1/customers/import", &clerk, Some(&body)).await;
        let outcomes = |answer: &serde_json::Value| {
            answer["rows"].as_array().unwrap().iter().map(|row| row["outcome"].clone()).collect::<Vec<_>>()
        };
        let (status, dry) = send(json!({ "csv": csv, "dry_run": true })).await;
        assert_eq!((status, outcomes(&dry)), (StatusCode::OK, vec![json!("ready"), json!("refused")]));
        assert_eq!(dry["mapping"], json!({ "Display Name": "name", "EmailID": "email", "Billing Country": "country" }));
        assert_eq!((&dry["rows"][1]["line"], &dry["rows"][1]["wrong"][0]["column"]), (&json!(3), &json!("EmailID")));
        let (_, done) = send(json!({ "csv": csv, "mapping": { "EmailID": "-" } })).await;
        assert_eq!(outcomes(&done), ["added", "added"]);
        let path = format!("/api/v1/customers/{}", done["rows"][0]["customer"].as_str().unwrap());
        let (_, customer) = world.send("GET", &path, &clerk, None).await;
        assert_eq!((&customer["party"]["name"], &customer["party"]["country"]), (&json!("Vogel"), &json!("DE")));
        let (_, again) = send(json!({ "csv": csv, "mapping": { "EmailID": "-" } })).await;
        assert_eq!(outcomes(&again), ["there", "there"]);
        for (body, code) in [
            (json!({ "csv": "" }), "import.empty"),
            (json!({ "csv": csv, "mapping": { "Nothing": "name" } }), "import.mapping_unfit"),
            (json!({ "csv": "a,a\n1,2\n" }), "import.column_twice"),
        ] {
            let (status, problem) = send(body).await;
            assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)));
        }
    });
}
