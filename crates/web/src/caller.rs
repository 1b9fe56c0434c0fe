//! From a request to an actor.

use crate::App;
use crate::gate::admit;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use coffer_identity::api_keys::{Unknown, resume};
use coffer_kernel::{Actor, Origin};
use std::net::SocketAddr;

/// The peer of a connection, put into each of its requests by [`crate::serve()`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Who is asking: a program with a key.
pub(crate) struct Caller(pub(crate) Actor);

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let origin = Origin { address: parts.extensions.get::<Peer>().map(|peer| peer.0.ip()) };
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let presented = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        match resume(&app.books, &app.mint, presented, origin).await {
            Ok(actor) => Ok(Self(admit(parts, app, &actor).await.map(|()| actor)?)),
            Err(Unknown::Store(refused)) => Err(refused.into()),
            Err(Unknown::NotAKey) => Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "sign_in.needed",
                "This needs an API key in force. Send it as Authorization: Bearer cof_…",
            )),
        }
    }
}
