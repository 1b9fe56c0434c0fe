//! The description of the API, read as a client would: which operations there are, how to ask them, what they answer.

use axum::http::StatusCode;
use coffer_web::api::document;
use coffer_web::router::{Route, routes};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// What is said about a route; fails the test where nothing is.
pub(crate) fn of(route: &Route) -> &'static Value {
    let said = &DOCUMENT["paths"][route.path][route.method.to_lowercase()];
    assert!(said.is_object(), "{route:?} is not described");
    said
}

/// The body its example shows, with a customer who is there; [`None`] where it takes none.
pub(crate) fn example(route: &Route, customer: &str) -> Option<Value> {
    let mut example = of(route)["requestBody"]["content"]["application/json"]["example"].clone();
    if let Some(named) = example.get_mut("customer") {
        *named = customer.into();
    }
    (!example.is_null()).then_some(example)
}

/// The names of all texts in its body that may say anything: neither one of some words nor of a certain form.
pub(crate) fn free_texts(route: &Route) -> BTreeSet<String> {
    fn gather(name: &str, schema: &Value, found: &mut BTreeSet<String>) {
        if !schema.is_object() {
            return;
        }
        if let Some(path) = schema["$ref"].as_str() {
            gather(name, DOCUMENT.pointer(path.trim_start_matches('#')).unwrap(), found);
        }
        let text =
            schema["type"] == "string" || schema["type"].as_array().is_some_and(|all| all.contains(&"string".into()));
        let bound =
            ["enum", "const", "pattern", "format", "contentEncoding"].iter().any(|word| !schema[word].is_null());
        if text && !bound {
            found.insert(name.to_owned());
        }
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            gather(name, schema, found);
        }
        let either = ["anyOf", "oneOf", "allOf"].iter().filter_map(|word| schema[word].as_array()).flatten();
        for schema in either.chain([&schema["items"], &schema["additionalProperties"]]) {
            gather(name, schema, found);
        }
    }
    let mut found = BTreeSet::new();
    gather("", &of(route)["requestBody"]["content"]["application/json"]["schema"], &mut found);
    found
}

/// Whether this status, and this code where it is a problem, are among what is said.
pub(crate) fn expects(route: &Route, status: StatusCode, answer: &Value) -> bool {
    let said = &of(route)["responses"][status.as_str()];
    let codes = &said["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"];
    match codes.as_array() {
        Some(codes) => codes.contains(&answer["code"]),
        None => said.is_object(),
    }
}

/// Names of the headers it cannot be asked without.
pub(crate) fn needed(route: &Route) -> Vec<&'static str> {
    let parameters = of(route)["parameters"].as_array().into_iter().flatten();
    let needed = parameters.filter(|parameter| parameter["in"] == "header" && parameter["required"] == true);
    needed.filter_map(|parameter| parameter["name"].as_str()).collect()
}

#[test]
fn every_route_of_the_api_is_described_and_nothing_else_is() {
    let api: Vec<Route> = routes().into_iter().filter(|route| route.path.starts_with("/api/")).collect();
    for route in &api {
        let said = of(route);
        for part in ["operationId", "summary", "description"] {
            assert!(said[part].as_str().is_some_and(|text| text.len() > 3), "{route:?} lacks its {part}");
        }
    }
    let described = DOCUMENT["paths"].as_object().unwrap().values().filter_map(Value::as_object).map(|path| path.len());
    assert_eq!(described.sum::<usize>(), api.len());
    let mut ids: Vec<&str> = api.iter().filter_map(|route| of(route)["operationId"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), api.len(), "operations have names of their own");
    let open: Vec<&str> = api.iter().filter(|route| route.action.is_none()).map(|route| route.path).collect();
    assert_eq!(open, ["/api/v1/openapi.json"]);
}

#[test]
fn every_reference_refers_to_something() {
    fn check(value: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(path)) = fields.get("$ref") {
                    let found = DOCUMENT.pointer(path.trim_start_matches('#'));
                    assert!(found.is_some_and(Value::is_object), "{path}");
                }
                fields.values().for_each(check);
            }
            Value::Array(items) => items.iter().for_each(check),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    check(&DOCUMENT);
    let parameters =
        DOCUMENT["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    for parameter in parameters.flat_map(|operation| operation["parameters"].as_array().unwrap()) {
        assert!(parameter["schema"].is_object(), "nobody said what {} is", parameter["name"]);
    }
}

// proves: F1
#[test]
fn the_committed_description_is_the_one_that_is_served() {
    let path = coffer_testkit::project::root().join("docs/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == coffer_web::api::document_text(), "docs/openapi.json is old: run `cargo xtask gen`");
}
