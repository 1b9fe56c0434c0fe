//! Keys of programs, seen from outside: listed, made, revoked. A secret is shown once, in the answer that makes it, and
//! no repetition brings it back.

use crate::App;
use crate::api::domain::{one_of, text};
use crate::api::shape::{Shape, Shapes, described};
use crate::body::{Bare, Body, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_identity::api_keys::{self, CreateApiKey, RevokeApiKey};
use coffer_kernel::{Action, ApiKeyId, Role, Timestamp, UserId};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A role, by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct As(Role);

/// Something that a key may do, by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope(Action);

impl<'de> Deserialize<'de> for As {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Role::from_code(&code).map(Self).ok_or_else(|| D::Error::custom("there is no such role"))
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Action::from_code(&code).map(Self).ok_or_else(|| D::Error::custom("there is no such scope"))
    }
}

impl Shape for As {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&Role::ALL.map(Role::code))
    }
}

impl Shape for Scope {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&Action::ALL.iter().map(|action| action.code()).collect::<Vec<_>>())
    }
}

described! {
    /// A key to be made.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewApiKey {
        /// What it is for, so that it is known again in the list.
        name: String = text(80),
        /// The role it acts in.
        role: As,
        /// What it may do; nothing else, whatever its role allows.
        scopes: Vec<Scope>,
        /// Until when, at most 366 days from now; for ninety days where it is not said, or as long as the key that makes it.
        expires_at: Option<Timestamp>,
    }

    /// A key that was just made.
    #[derive(Serialize)]
    pub(crate) struct MadeApiKey {
        /// What the program sends as `Authorization: Bearer …`. It is shown once, here.
        secret: String,
        /// The key.
        key: ApiKey,
    }

    /// A key, without its secret.
    #[derive(Serialize)]
    pub(crate) struct ApiKey {
        /// The id.
        id: ApiKeyId,
        /// What it is for.
        name: String,
        /// The role it acts in.
        role: &'static str = one_of(&Role::ALL.map(Role::code)),
        /// What it may do.
        scopes: Vec<&'static str>,
        /// Whom it acts as: an id of its own, so that what it makes is told from what people make.
        acts_as: UserId,
        /// Who made it, a person or what another key acts as; null where it was made at the machine.
        made_by: Option<UserId>,
        /// Since when.
        created_at: Timestamp,
        /// Until when.
        expires_at: Timestamp,
        /// When it was revoked; null where it was not.
        revoked_at: Option<Timestamp>,
        /// When it was last used, to the hour; null where it never was.
        used_at: Option<Timestamp>,
        /// Whether it opens nothing any more.
        over: bool,
    }

    /// The keys of the business.
    #[derive(Serialize)]
    pub(crate) struct ApiKeyList {
        /// Newest first, those that are over included; at most two hundred.
        keys: Vec<ApiKey>,
    }
}

fn view(key: api_keys::ApiKey, name: String, over: bool) -> ApiKey {
    ApiKey {
        id: key.id,
        name,
        role: key.role.code(),
        scopes: key.scopes.iter().map(|scope| scope.code()).collect(),
        acts_as: key.user,
        made_by: key.made_by,
        created_at: key.created_at,
        expires_at: key.expires_at,
        revoked_at: key.revoked_at,
        used_at: key.used_at,
        over,
    }
}

/// `GET /api/v1/api-keys`
pub(crate) async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let listed = api_keys::list(&app.books, &actor).await?.into_iter();
    Ok(axum::Json(ApiKeyList { keys: listed.map(|listed| view(listed.key, listed.name, listed.over)).collect() }))
}

/// `POST /api/v1/api-keys`
pub(crate) async fn create(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewApiKey>,
) -> Result<impl IntoResponse, Problem> {
    let NewApiKey { name, role, scopes, expires_at } = body.value;
    let scopes = scopes.into_iter().map(|scope| scope.0).collect();
    let order = CreateApiKey { name: name.clone(), role: role.0, scopes, expires_at };
    let made = api_keys::create(&app.books, &actor, order).await?;
    let secret = made.secret.expose().to_owned();
    let key = view(made.key, name.trim().to_owned(), false);
    Ok((StatusCode::CREATED, axum::Json(MadeApiKey { secret, key })))
}

/// `POST /api/v1/api-keys/{key}/revoke`
pub(crate) async fn revoke(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(key): Id<ApiKeyId>,
    _: Bare,
) -> Result<StatusCode, Problem> {
    api_keys::revoke(&app.books, &actor, RevokeApiKey(key)).await?;
    Ok(StatusCode::NO_CONTENT)
}
