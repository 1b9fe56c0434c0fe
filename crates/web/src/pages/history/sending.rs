//! What was changed in how documents are sent, as the history says it: each part that is another one now.

use crate::words::Words;
use serde_json::Value;

/// What a record of it keeps says what changed, with what it is now.
pub(super) fn changes(words: &Words, detail: &Value) -> Vec<String> {
    let changed = detail.get("changed").and_then(Value::as_array);
    changed.into_iter().flatten().filter_map(Value::as_str).filter_map(|part| change(words, detail, part)).collect()
}

fn change(words: &Words, detail: &Value, part: &str) -> Option<String> {
    let now = detail.get(part).and_then(Value::as_str);
    let (with, without) = match part {
        "public_url" => ("sending-address", Some("sending-no-address")),
        "host" => ("sending-server", Some("sending-no-server")),
        // Without a server there is none of these, which goes without saying.
        "sender" => ("sending-sender", None),
        "known" => return Some(words.t(known(now?)?)),
        "password" => return detail.get("host")?.as_str().map(|_| words.t("sending-password")),
        "user" | "security" => return detail.get("host")?.as_str().map(|_| words.t("sending-sign-in")),
        _ => return None,
    };
    now.map(|now| words.t1(with, "value", now)).or_else(|| without.map(|key| words.t(key)))
}

fn known(code: &str) -> Option<&'static str> {
    match code {
        "reached" => Some("sending-reached"),
        "taken_on" => Some("sending-taken-on"),
        "missed" => Some("sending-missed"),
        _ => None,
    }
}
