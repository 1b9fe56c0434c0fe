//! The description of the API: OpenAPI 3.1, made of the operations themselves.

use super::operation::{Need, Operation, Takes};
use super::shape::{Shapes, with};
use super::{domain, operations, problems};
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use serde_json::{Map, Value, json};

const ABOUT: &str = "Customers, invoices and payments of one business.\n\n\
**Keys.** Send `Authorization: Bearer cof_…`. A key acts in a role, has scopes and expires.\n\n\
**Amounts** are strings in major units, exact: a JSON number may be a float to whoever reads it.\n\n\
**Once.** With an `Idempotency-Key` a request is done once, however often it is sent; a repetition is answered with what \
was done, as it stands now. Keys are kept for thirty days.\n\n\
**Versions.** What can be changed has an `ETag`. Send it as `If-Match` with the change; it is refused where somebody \
was faster.\n\n\
**Lists** are pages: send `next` as `after` for the one that follows.\n\n\
**Refusals** are problems (RFC 9457). `code` is stable; `detail` is for people; `errors` point at fields.";

/// The whole description.
#[must_use]
pub fn document() -> Value {
    let mut shapes = Shapes::default();
    let mut paths = Map::<String, Value>::new();
    for operation in operations() {
        let described = describe(&operation, &mut shapes);
        let path = paths.entry(operation.route.path).or_insert_with(|| json!({}));
        path[operation.route.method.to_lowercase()] = described;
    }
    let mut schemas: Map<String, Value> =
        shapes.0.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    schemas.insert("Problem".to_owned(), problems::schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Coffer",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/", "description": "Where this description comes from" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "key": {
                "type": "http", "scheme": "bearer", "bearerFormat": "cof_…",
                "description": "An API key. What an operation names beside it is the scope the key needs.",
            }},
            "headers": {
                "Request-Id": { "description": "Names this request, here and in the server's log.", "schema": { "type": "string", "pattern": "^[0-9a-f]{16}$" } },
                "ETag": { "description": "The version: send it as If-Match with a change.", "schema": { "type": "string" } },
            },
            "schemas": schemas,
        },
    })
}

/// The same as a text that ends with a line break, as it stands in `docs/openapi.json`.
#[must_use]
pub fn document_text() -> String {
    // Plain texts: there is nothing in it that could fail.
    serde_json::to_string_pretty(&document()).unwrap_or_default() + "\n"
}

fn describe(operation: &Operation, shapes: &mut Shapes) -> Value {
    let description = [operation.details, &who(operation.route.action)].join("\n\n");
    let described = json!({
        "operationId": operation.id,
        "tags": [operation.tag()],
        "summary": operation.summary,
        "description": description.trim(),
        "parameters": parameters(operation, shapes),
        "responses": problems::answers(operation, shapes),
    });
    let security = operation.route.action.map_or_else(|| json!([]), |action| json!([{ "key": [action.code()] }]));
    let described = with(described, "security", security);
    let body = match operation.takes {
        Takes::Nothing => return described,
        Takes::Bare => json!({ "required": false, "content": { "application/json": {
            "schema": { "type": "object", "additionalProperties": false, "maxProperties": 0 } }}}),
        Takes::Json(schema) | Takes::Perhaps(schema) => {
            let required = matches!(operation.takes, Takes::Json(_));
            let (schema, example) = (schema(shapes), &operation.example);
            json!({ "required": required, "content": { "application/json": { "schema": schema, "example": example }}})
        }
    };
    with(described, "requestBody", body)
}

/// Who may call it, from the policy table.
fn who(action: Option<Action>) -> String {
    let Some(action) = action else { return "**Who:** anybody.".to_owned() };
    let with = |wanted: Reach| {
        let roles = Role::ALL.into_iter().filter(move |role| reach(action, Party::Role(*role)) == wanted);
        roles.map(|role| role.code().replace('_', " ")).collect::<Vec<_>>().join(", ")
    };
    let (all, own) = (with(Reach::All), with(Reach::Own));
    let own = if own.is_empty() { own } else { format!("; for their own customers: {own}") };
    format!("**Who:** a key with the scope `{}` in the role {all}{own}.", action.code())
}

fn parameters(operation: &Operation, shapes: &mut Shapes) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    for name in operation.path_names() {
        let schema = domain::id_in_path(name).unwrap_or_default();
        parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
    }
    if let Some(asks) = operation.asks {
        let schema = asks(shapes);
        for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            parameters.push(asked(name, schema.clone()));
        }
    }
    if operation.once != Need::None {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": operation.once == Need::Must,
            "description": "Makes it happen once: a new one for each thing to be done, such as a UUID; the same one to repeat it.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
        }));
    }
    if operation.if_match == Need::Must {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag one has seen; * for whatever it is now.",
            "schema": { "type": "string", "pattern": r#"^("[0-9]{1,18}"|\*)$"#, "examples": ["\"1\""] },
        }));
    }
    parameters.into()
}

/// A name behind the question mark. Null cannot be written there.
fn asked(name: &str, mut schema: Value) -> Value {
    let description = schema.as_object_mut().and_then(|fields| fields.remove("description")).unwrap_or_default();
    if let Some(first) = schema.get("type").and_then(|kind| kind.get(0)).cloned() {
        schema = with(schema, "type", first);
    } else if let Some(first) = schema.get("anyOf").and_then(|any| any.get(0)).cloned() {
        schema = first;
    }
    json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema })
}
