//! Who works here, and who was invited, seen from outside. Inviting and changing people is for people: an invitation's
//! link should not pass through a program.

use crate::App;
use crate::api::domain::one_of;
use crate::api::shape::described;
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::IntoResponse;
use coffer_identity::{links, members};
use coffer_kernel::{LinkId, Role, Timestamp, UserId};
use serde::Serialize;

described! {
    /// Everybody who works here now.
    #[derive(Serialize)]
    pub(crate) struct PersonList {
        /// In the order in which they came.
        people: Vec<Person>,
    }

    /// Somebody who works here.
    #[derive(Serialize)]
    pub(crate) struct Person {
        /// Who.
        id: UserId,
        /// Their name.
        name: String,
        /// The address they sign in with.
        email: String,
        /// As what they work here.
        role: &'static str = one_of(&Role::ALL.map(Role::code)),
        /// Since when.
        since: Timestamp,
    }

    /// The invitations that nobody has used yet.
    #[derive(Serialize)]
    pub(crate) struct InvitationList {
        /// Newest first.
        invitations: Vec<Invitation>,
    }

    /// A link by which somebody can join, without what makes it work.
    #[derive(Serialize)]
    pub(crate) struct Invitation {
        /// Which.
        id: LinkId,
        /// The address it is for; null where it is for whoever holds it.
        email: Option<String>,
        /// As what one joins.
        role: Option<&'static str> = crate::api::shape::nullable(one_of(&Role::ALL.map(Role::code))),
        /// When it was made.
        made_at: Timestamp,
        /// Until when it is good.
        expires_at: Timestamp,
    }
}

/// `GET /api/v1/people`
pub(crate) async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let people = members::list(&app.door, &actor).await?.into_iter().map(|person| Person {
        id: person.member.user,
        role: person.member.role.code(),
        since: person.member.since,
        name: person.name,
        email: person.email,
    });
    Ok(axum::Json(PersonList { people: people.collect() }))
}

/// `GET /api/v1/invitations`
pub(crate) async fn invitations(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let waiting = links::waiting(&app.books, &actor).await?.into_iter().map(|waiting| Invitation {
        id: waiting.link.id,
        email: waiting.email,
        role: waiting.link.role.map(Role::code),
        made_at: waiting.link.made_at,
        expires_at: waiting.link.expires_at,
    });
    Ok(axum::Json(InvitationList { invitations: waiting.collect() }))
}
