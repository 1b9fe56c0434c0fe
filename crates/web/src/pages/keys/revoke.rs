//! Revoking a key: what uses it stops at once, and nothing takes that back, so it is asked first, with the key's name in the button.

use super::super::ask::ask;
use super::super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::moment::moment;
use crate::look::{Act, Question, Safe, role_name};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::business::{self, Calendar};
use coffer_identity::api_keys::{self, Listed, RevokeApiKey};
use coffer_kernel::ApiKeyId;
use coffer_store::Refused;
use maud::html;

/// Where the keys are listed.
const KEYS: &str = "/settings/keys";

async fn find(app: &App, person: &Inside, key: &str) -> Result<(Listed, Calendar), Refused> {
    let key: ApiKeyId = key.parse().map_err(|_| Refused::NotFound)?;
    let all = api_keys::list(&app.books, &person.actor).await?;
    let found = all.into_iter().find(|listed| listed.key.id == key).ok_or(Refused::NotFound)?;
    Ok((found, business::calendar(&app.books, &person.actor).await?))
}

/// `GET /settings/keys/{key}/revoke`: says what it does, before the button. Of a key that opens nothing there is nothing to ask.
pub(crate) async fn ask_to_revoke(State(app): State<App>, person: Inside, Path(key): Path<String>) -> Response {
    let words = person.words;
    let (listed, calendar) = match find(&app, &person, &key).await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    if listed.over {
        return go(KEYS);
    }
    let used = match listed.key.used_at {
        Some(used) => words.t1("keys-used", "time", moment(words, &calendar, used)),
        None => words.t("keys-unused"),
    };
    let question = Question {
        what: words.t("keys-revoke-why"),
        about: html! {
            dl.facts {
                div { dt { (words.t("keys-name")) } dd { bdi { (listed.name) } } }
                div { dt { (words.t("keys-role")) } dd { (role_name(words, listed.key.role)) } }
                div { dt { (words.t("keys-last-use")) } dd { (used) } }
            }
        },
        stays: Some(words.t("keys-revoke-then")),
        action: format!("{KEYS}/{key}/revoke"),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave(KEYS.to_owned()),
        act: Act::Danger(words.t1("keys-revoke-named", "name", listed.name.as_str())),
    };
    let kicker = html! { a href=(KEYS) { (words.t("keys-title")) } };
    ask(&app, &person, "/settings", (kicker, "keys-revoke-title"), &question).await
}

/// `POST /settings/keys/{key}/revoke`
pub(crate) async fn revoke(State(app): State<App>, person: Inside, Path(key): Path<String>, _: Fields) -> Response {
    let Ok(key) = key.parse::<ApiKeyId>() else { return refused(person.words, Refused::NotFound) };
    match api_keys::revoke(&app.books, &person.actor, RevokeApiKey(key)).await {
        Ok(()) => go(KEYS),
        Err(no) => refused(person.words, no),
    }
}
