//! A text in everything that the API takes a text in. What takes any text at all is read from the API's own description, so
//! that a new field is missed here.

use crate::client::{Client, once};
use coffer_web::api::document;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What takes a text, but none of these: a country, a number, a name of a machine, an address that is checked.
pub(super) const TAKES_NO_SUCH_TEXT: [&str; 15] = [
    "content.deliver_to.country",
    // Of categories that stand on no invoice of these; that of E is typed everywhere, and all are drawn by the same code.
    "content.exemption_reasons.AE",
    "content.exemption_reasons.G",
    "content.exemption_reasons.K",
    "content.exemption_reasons.O",
    "language",
    "logo",
    "mail.authority",
    "mail.host",
    "mail.sender",
    "party.country",
    "party.vat_id",
    "public_url",
    "recipient",
    "unit",
];

/// Where a body of the API takes any text, by the names that lead there.
pub(super) fn texts() -> BTreeSet<String> {
    let (document, mut found) = (document(), BTreeSet::new());
    // Who a business is and where it is paid only people change, on its page.
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| *path != "/api/v1/business");
    for operation in paths.flat_map(|(_, path)| path.as_object().unwrap().values()) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        below(&document, schema, "", &mut Vec::new(), &mut found);
    }
    found
}

fn below<'a>(document: &'a Value, schema: &'a Value, at: &str, seen: &mut Vec<&'a str>, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        if !seen.contains(&name) {
            seen.push(name);
            below(document, document.pointer(name.trim_start_matches('#')).unwrap(), at, seen, found);
            seen.pop();
        }
        return;
    }
    for kind in ["oneOf", "anyOf", "allOf"] {
        schema[kind].as_array().into_iter().flatten().for_each(|one| below(document, one, at, seen, found));
    }
    for (name, one) in schema["properties"].as_object().into_iter().flatten() {
        below(document, one, format!("{at}.{name}").trim_start_matches('.'), seen, found);
    }
    if schema["items"].is_object() {
        below(document, &schema["items"], at, seen, found);
    }
    let is_text =
        schema["type"] == "string" || schema["type"].as_array().is_some_and(|of| of.contains(&"string".into()));
    if is_text && ["enum", "const", "format", "pattern"].iter().all(|limit| schema[*limit].is_null()) {
        found.insert(at.to_owned());
    }
}

/// Sends an order with this text in it. Fields that do not take it are left out, by what the refusal says of them; those that
/// took it are noted.
fn send(client: &mut Client, how: (&str, &str), mut body: Value, text: &str, taken: &mut BTreeSet<String>) -> Value {
    for _ in 0..8 {
        let answer = client.send(how.0, how.1, &once(), &body.to_string()).unwrap();
        if answer.status < 300 {
            note(&body, "", text, taken);
            return answer.body;
        }
        let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
        let mut refused: Vec<String> =
            errors.iter().filter_map(|error| Some(error["pointer"].as_str()?.to_owned())).collect();
        if refused.is_empty() {
            // A refusal that is about one thing says so in its code: mail.authority_unfit.
            let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
            refused = leaves(&body, "", text)
                .into_iter()
                .filter(|at| code.contains(at.rsplit('/').next().unwrap()))
                .collect();
        }
        // What keeps an invoice from being issued is said of its content.
        refused.extend(refused.clone().iter().map(|at| format!("/content{at}")));
        refused.retain(|at| body.pointer(at).is_some_and(|was| was == text));
        assert!(answer.status == 422 && !refused.is_empty(), "{how:?}: {answer:?}");
        for at in refused {
            let (above, name) = at.rsplit_once('/').unwrap();
            body.pointer_mut(above).unwrap().as_object_mut().unwrap().remove(name);
        }
    }
    panic!("{how:?}: {body}");
}

/// Where this text stands.
fn leaves(body: &Value, at: &str, text: &str) -> Vec<String> {
    match body {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, one)| leaves(one, &format!("{at}/{name}"), text)).collect()
        }
        Value::String(said) if said == text => vec![at.to_owned()],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Vec::new(),
    }
}

fn note(body: &Value, at: &str, text: &str, taken: &mut BTreeSet<String>) {
    match body {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, one)| note(one, format!("{at}.{name}").trim_start_matches('.'), text, taken))
        }
        Value::Array(all) => all.iter().for_each(|one| note(one, at, text, taken)),
        Value::String(said) if said.contains(text) => {
            taken.insert(at.to_owned());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// One of everything with this in each of its texts; the invoice that was issued, and the token of a link to it.
pub(super) fn everywhere(client: &mut Client, text: &str, taken: &mut BTreeSet<String>) -> (String, String) {
    let party = |country: &str| {
        json!({ "name": text, "street": text, "address_line": text, "city": text, "post_code": text, "subdivision": text, "country": country,
            "email": text, "phone": text, "registration": text, "tax_registration": text, "vat_id": text })
    };
    let mut put = |how: (&str, &str), body: Value| send(client, how, body, text, taken);
    let mail = json!({ "host": "localhost", "port": 25, "security": "starttls", "user": text, "password": text, "sender": "a@b.example",
        "authority": text });
    put(
        ("PUT", "/api/v1/settings/delivery"),
        json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": mail }),
    );
    // What has room for less.
    let short = text.chars().take(80).collect::<String>();
    let key = json!({ "name": short, "role": "auditor", "scopes": ["log.read"] });
    send(client, ("POST", "/api/v1/api-keys"), key, &short, taken);
    let mut put = |how: (&str, &str), body: Value| send(client, how, body, text, taken);
    let customer = put(("POST", "/api/v1/customers"), json!({ "party": party("DE"), "language": text }));
    put(
        ("POST", "/api/v1/customers/import"),
        json!({ "csv": format!("name\n\"{}\"\n", text.replace('"', "\"\"")), "dry_run": false }),
    );
    put(
        ("POST", "/api/v1/items"),
        json!({ "name": text, "description": text, "unit": text, "net_price": "1", "category": "S",
        "rate": "19", "currency": "EUR" }),
    );
    let off = json!({ "kind": "allowance", "amount": "0.10", "reason": text, "category": "S", "rate": "19" });
    let line_off = json!({ "kind": "allowance", "amount": "0.10", "reason": text });
    let content = json!({ "currency": "EUR", "buyer_reference": text, "order_number": text, "contract_number": text,
        "project_number": text, "note": text, "terms": text, "deliver_to": { "name": text, "street": text, "address_line": text,
        "city": text, "post_code": text, "country": "DE" }, "adjustments": [off], "lines": [
            { "name": text, "description": text, "unit": text, "quantity": "1", "net_price": "10", "category": "S", "rate": "19",
              "adjustments": [line_off] },
        ] });
    let order = json!({ "customer": customer["id"], "content": content });
    put(("POST", "/api/v1/invoices"), order.clone());
    let issued = put(("POST", "/api/v1/invoices/issue"), order);
    let invoice = issued["id"].as_str().unwrap().to_owned();
    let free = json!({ "name": text, "quantity": "1", "net_price": "10", "category": "E", "rate": "0" });
    for said in [json!({ "exemption_reasons": { "E": text } }), json!({ "exemption_reason": text })] {
        let mut exempt = json!({ "currency": "EUR", "lines": [free] });
        exempt.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        put(("POST", "/api/v1/invoices"), json!({ "customer": customer["id"], "content": exempt }));
    }
    let paid = json!({ "amount": "0.50", "method": "transfer", "particulars": { "reference": text, "note": text } });
    put(("POST", &format!("/api/v1/invoices/{invoice}/payments")), paid);
    put(
        ("POST", &format!("/api/v1/invoices/{invoice}/send")),
        json!({ "recipient": "vogel@example.org", "words": text }),
    );
    let link = put(("POST", &format!("/api/v1/invoices/{invoice}/links")), json!({}));
    let token = link["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    (invoice, token)
}
