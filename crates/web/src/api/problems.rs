//! Which problems an operation may answer: those of the edge that follow from its form, and those of its command.

use super::operation::{Answer, Need, Operation, Takes};
use super::shape::{Shapes, with};
use crate::problem::status;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Codes with what they say, by status.
pub(crate) type Problems = BTreeMap<u16, BTreeMap<&'static str, &'static str>>;

const ALWAYS: &[(u16, &str, &str)] = &[
    (400, "host.unclear", "The request does not say once whom it asks."),
    (406, "accept.unmet", "The header Accept allows nothing that this answers."),
    (417, "expectation.unknown", "The header Expect asks for something unknown."),
    (500, "broken", "Something broke on our side and nothing was done. It was noted."),
    (503, "busy", "Too much is going on at this moment and nothing was done."),
    (503, "database.away", "The database cannot be reached at this moment and nothing was done."),
    (503, "outcome_unknown", "It may or may not be done. Send it again with the same Idempotency-Key."),
];
const KNOWN: &[(u16, &str, &str)] = &[
    (401, "sign_in.needed", "This needs an API key in force."),
    (403, "role.not_allowed", "The key's role or scopes do not allow this."),
];
/// Of whatever reads or changes one thing: it is held against what was written.
const HELD: &[(u16, &str, &str)] = &[(
    409,
    "row.altered",
    "What stands there is not what Coffer wrote: the database was changed from outside. Nothing was done and nothing is shown; \
     whoever runs Coffer looks with `coffer check`. Asking again changes nothing.",
)];
const RECORD: &[(u16, &str, &str)] = &[(404, "not_found", "There is nothing under this id within reach.")];
const QUERY: &[(u16, &str, &str)] =
    &[(422, "query.unreadable", "What stands behind the question mark is not what fits.")];
const BODY: &[(u16, &str, &str)] = &[
    (400, "body.broken_off", "The body broke off before its end."),
    (400, "body.malformed", "The body is not JSON; the sentence says where."),
    (408, "body.late", "The body did not arrive in time."),
    (413, "body.too_large", "The body is larger than 1 MiB; a letterhead may have half as much again, for its logo."),
    (415, "content_type.unknown", "The body does not call itself JSON."),
    (422, "body.unreadable", "The body is not what fits; errors say where."),
];
const ONCE: &[(u16, &str, &str)] = &[
    (400, "idempotency_key.unfit", "The Idempotency-Key is empty, longer than 255 characters, or there are two."),
    (422, "idempotency_key.reused", "The Idempotency-Key was used for a different request."),
];
const DONE: &[(u16, &str, &str)] =
    &[(409, "done_before", "It was done before, and what came of it is out of your reach.")];
const MUST_ONCE: &[(u16, &str, &str)] = &[(400, "idempotency_key.missing", "This needs an Idempotency-Key.")];
const MUST_MATCH: &[(u16, &str, &str)] = &[
    (400, "if_match.unfit", "If-Match names no version."),
    (412, "stale", "Somebody changed it since that version."),
    (428, "if_match.missing", "This needs the version you have seen, in If-Match."),
];

/// Everything this operation may refuse.
pub(crate) fn of(operation: &Operation) -> Problems {
    let mut problems = Problems::new();
    let mut add = |when: bool, codes: &[(u16, &'static str, &'static str)]| {
        for (status, code, words) in codes.iter().filter(|_| when) {
            problems.entry(*status).or_default().insert(code, words);
        }
    };
    add(true, ALWAYS);
    add(operation.route.action.is_some(), KNOWN);
    // Lists too: they ask for the business's calendar.
    add(operation.route.action.is_some(), HELD);
    // A repetition is answered with what was done, unless that is out of reach by now.
    add(operation.path_names().next().is_some() || operation.once != Need::None, RECORD);
    add(operation.asks.is_some(), QUERY);
    add(!matches!(operation.takes, Takes::Nothing), BODY);
    add(operation.once != Need::None, ONCE);
    add(operation.once != Need::None, DONE);
    add(operation.once == Need::Must, MUST_ONCE);
    add(operation.if_match == Need::Must, MUST_MATCH);
    for (code, reason, words) in &operation.refuses {
        problems.entry(status(*reason).as_u16()).or_default().insert(code, words);
    }
    problems
}

/// The answers of an operation, by status.
pub(crate) fn answers(operation: &Operation, shapes: &mut Shapes) -> Value {
    let mut answers = serde_json::Map::new();
    let (status, answer) = operation.answers;
    answers.insert(status.to_string(), good(answer, operation.versioned, shapes));
    for (status, codes) in of(operation) {
        answers.insert(status.to_string(), bad(&codes));
    }
    answers.into()
}

fn good(answer: Answer, versioned: bool, shapes: &mut Shapes) -> Value {
    let mut headers = json!({ "Request-Id": { "$ref": "#/components/headers/Request-Id" } });
    if versioned {
        headers = with(headers, "ETag", json!({ "$ref": "#/components/headers/ETag" }));
    }
    match answer {
        Answer::Json(describe) => json!({
            "description": "It is done.", "headers": headers,
            "content": { "application/json": { "schema": describe(shapes) } },
        }),
        Answer::Pdf => json!({
            "description": "The document.", "headers": headers,
            "content": { "application/pdf": { "schema": { "type": "string", "contentEncoding": "binary" } } },
        }),
        Answer::File => json!({
            "description": "The file.", "headers": headers,
            "content": { "application/octet-stream": { "schema": { "type": "string", "contentEncoding": "binary" } } },
        }),
        Answer::Nothing => json!({ "description": "It is done.", "headers": headers }),
    }
}

fn bad(codes: &BTreeMap<&'static str, &'static str>) -> Value {
    let list: Vec<String> = codes.iter().map(|(code, words)| format!("- `{code}`: {words}")).collect();
    let names: Vec<&str> = codes.keys().copied().collect();
    json!({
        "description": list.join("\n"),
        "headers": { "Request-Id": { "$ref": "#/components/headers/Request-Id" } },
        "content": { "application/problem+json": { "schema": { "allOf": [
            { "$ref": "#/components/schemas/Problem" },
            { "properties": { "code": { "enum": names } } },
        ]}}},
    })
}

/// RFC 9457, with a code, the request's id, and the fields it is about.
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "What was refused, why, and what to do next (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": { "type": "string", "pattern": "^urn:coffer:problem:", "description": "urn:coffer:problem: and the code." },
            "title": { "type": "string", "description": "The status in words." },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "A sentence for a person." },
            "code": { "type": "string", "description": "The stable name of this refusal: what a program decides on." },
            "request_id": { "type": "string", "pattern": "^[0-9a-f]{16}$", "description": "Also in the header Request-Id and in the server's log." },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": { "type": "string", "description": "A JSON pointer into what was sent (RFC 6901)." },
                    "detail": { "type": "string", "description": "What is wrong there, and what to do." },
                    "rule": { "type": "string", "description": "The rule that says so, e.g. BR-CO-10." },
                },
            }},
        },
    })
}
