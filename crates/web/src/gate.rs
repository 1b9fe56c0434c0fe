//! The permit comes first: whoever may not do what an address is for is refused as soon as it is known who they are, before
//! anything they sent is read, and before a form is shown that they could not send.
//!
//! A page's form that comes when the sign-in is over is read only where somebody signed in on that device before, and is kept
//! for them (`kept`).
//!
//! Commands and queries ask the policy themselves, each for its own action; here nothing is allowed, only refused early.

use crate::App;
use axum::http::request::Parts;
use coffer_kernel::{Action, Actor};
use coffer_store::Refused;

/// What an address needs, as the index of routes says it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needs(pub(crate) Action);

/// Refuses whoever may not do what this address is for. The refusal is recorded.
pub(crate) async fn admit(parts: &Parts, app: &App, actor: &Actor) -> Result<(), Refused> {
    match parts.extensions.get::<Needs>() {
        Some(Needs(action)) => app.books.admit(actor, *action).await,
        None => Ok(()),
    }
}
