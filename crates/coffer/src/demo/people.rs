//! Who works in the demonstration: people who came in by the same door as anybody, so that its history has names.

use crate::Ending;
use crate::home::Home;
use coffer_identity::Door;
use coffer_identity::links::{InvitePerson, enter, invite};
use coffer_identity::members::join;
use coffer_identity::people::{Arrive, BeginSecondStep, ConfirmSecondStep, arrive, begin, confirm};
use coffer_identity::sessions::{Visitor, resume};
use coffer_kernel::{Actor, BusinessId, Origin, Role, SessionId, UserId, Who};
use coffer_keys::Secret;
use coffer_keys::password::Argon2Cost;
use coffer_keys::totp::TotpSecret;

/// The people of the demonstration.
pub(super) struct People {
    /// Owns the business.
    pub(super) ingrid: Actor,
    /// Writes the invoices.
    pub(super) tomas: Actor,
}

/// Lets them come in.
pub(super) async fn come(home: &Home, business: BusinessId) -> Result<People, Ending> {
    // With a door, whoever invites is looked at again, and nobody is there yet: the first link is made before.
    let order = InvitePerson { role: Role::Owner, email: None };
    let link = invite(&home.books, &nobody(home, business), order).await?;
    let hasher = home.books.password_hasher(Argon2Cost::RECOMMENDED).await?;
    let door = Door::new(home.books.clone(), home.mint.clone(), hasher);
    let ingrid =
        person(home, &door, business, (link.expose(), "Ingrid Solberg", "solberg@ateliernord.example")).await?;
    let email = "dvorak@ateliernord.example";
    let order = InvitePerson { role: Role::BillingClerk, email: Some(email.to_owned()) };
    let link = invite(&home.books, &ingrid, order).await?;
    let tomas = person(home, &door, business, (link.expose(), "Tomáš Dvořák", email)).await?;
    Ok(People { ingrid, tomas })
}

/// Who lets the first ones in, because nobody is there yet who could.
pub(super) fn nobody(home: &Home, business: BusinessId) -> Actor {
    let world = home.books.world();
    let (now, entropy) = (world.clock.now(), world.entropy.as_ref());
    let (user, session) = (UserId::new(now, entropy), SessionId::new(now, entropy));
    let who = Who::Staff { user, role: Role::Owner, session, reauthenticated_at: now };
    home.mint.actor(who, business, Origin::default())
}

/// Somebody comes in by an invitation, with a password that nobody knows.
async fn person(
    home: &Home,
    door: &Door,
    business: BusinessId,
    (link, name, email): (&str, &str, &str),
) -> Result<Actor, Ending> {
    const ODD: &str = "The demonstration's people could not come in.";
    let (books, origin) = (&home.books, Origin::default());
    let token = enter(door, link, origin).await?;
    let Ok(Visitor::Arriving { session, actor }) = resume(books, &home.mint, token.expose(), origin).await else {
        return Err(ODD.into());
    };
    let mut password = [0; 16];
    books.world().entropy.fill(&mut password);
    let password = password.iter().map(|byte| format!("{byte:02x}")).collect();
    let order = Arrive {
        session: session.id,
        name: name.to_owned(),
        email: email.to_owned(),
        password: Secret::new(password),
        language: "en".to_owned(),
    };
    arrive(door, &actor, order).await?;
    let enrolment = begin(books, &actor, BeginSecondStep { session: session.id }).await?;
    let code = TotpSecret::from_base_32(enrolment.secret.expose())
        .and_then(|secret| secret.code_at(books.world().clock.now()));
    let code = code.ok_or(ODD)?;
    confirm(books, &actor, ConfirmSecondStep { session: session.id, code }).await?;
    let token = join(door, origin, session.id, business).await?;
    match resume(books, &home.mint, token.expose(), origin).await {
        Ok(Visitor::Staff { actor, .. }) => Ok(actor),
        Ok(Visitor::Arriving { .. } | Visitor::Half(_) | Visitor::Homeless(_)) | Err(_) => Err(ODD.into()),
    }
}
