//! Who works in the demonstration: people who came in by the same door as anybody, so that its history has names.

use crate::Ending;
use crate::home::Home;
use coffer_identity::Door;
use coffer_identity::links::{CreateSetupLink, InvitePerson, enter, invite, set_up_link};
use coffer_identity::members::{join, open_business};
use coffer_identity::people::{Arrive, BeginSecondStep, ConfirmSecondStep, arrive, begin as enrol, confirm};
use coffer_identity::sessions::{Visitor, resume};
use coffer_identity::sign_in::{BeginSignIn, FinishSignIn, begin, finish};
use coffer_kernel::{Actor, BusinessId, Origin, Role, SessionId};
use coffer_keys::password::Argon2Cost;
use coffer_keys::totp::TotpSecret;
use coffer_keys::{Secret, Token};

/// Whom the link for looking around is for.
const VISITOR: &str = "you@ateliernord.example";

/// The people of the demonstration.
pub(super) struct People {
    /// Owns the business.
    pub(super) ingrid: Actor,
    /// Writes the invoices.
    pub(super) tomas: Actor,
    door: Door,
    owner: Arrived,
}

/// Somebody whose second step stands.
struct Arrived {
    session: SessionId,
    email: &'static str,
    password: String,
    totp: TotpSecret,
}

/// Lets them come in: the owner by the link that every installation begins with, who invites the other.
pub(super) async fn come(home: &Home, business: BusinessId) -> Result<People, Ending> {
    let hasher = home.books.password_hasher(Argon2Cost::RECOMMENDED).await?;
    let door = Door::new(home.books.clone(), home.mint.clone(), hasher);
    let link = set_up_link(&home.books, &home.operator(BusinessId::INSTALLATION), CreateSetupLink).await?;
    let owner = arrived(&door, &link, ("Ingrid Solberg", "solberg@ateliernord.example")).await?;
    let ingrid = staff(&door, &open_business(&door, Origin::default(), owner.session, business).await?).await?;
    let (name, email) = ("Tomáš Dvořák", "dvorak@ateliernord.example");
    let order = InvitePerson { role: Role::BillingClerk, email: email.to_owned() };
    let link = invite(&home.books, &ingrid, order).await?;
    let clerk = arrived(&door, &link, (name, email)).await?;
    let tomas = staff(&door, &join(&door, Origin::default(), clerk.session, business).await?).await?;
    Ok(People { ingrid, tomas, door, owner })
}

impl People {
    /// A link for whoever looks around: the owner signs in today and invites them.
    pub(super) async fn invite_the_visitor(&self) -> Result<Token, Ending> {
        let Arrived { email, password, totp, .. } = &self.owner;
        let first = BeginSignIn { email: (*email).to_owned(), password: Secret::new(password.clone()), device: None };
        let half = begin(&self.door, Origin::default(), first).await?;
        let Visitor::Half(session) = resumed(&self.door, &half).await? else { return Err(ODD.into()) };
        let code = totp.code_at(self.door.books.world().clock.now()).ok_or(ODD)?;
        let token = finish(&self.door, Origin::default(), FinishSignIn { session, code }).await?;
        let order = InvitePerson { role: Role::Owner, email: VISITOR.to_owned() };
        Ok(invite(&self.door.books, &staff(&self.door, &token).await?, order).await?)
    }
}

const ODD: &str = "The demonstration's people could not come in.";

/// Somebody comes by a link, with a password that nobody knows, and sets up a second step.
async fn arrived(door: &Door, link: &Token, (name, email): (&str, &'static str)) -> Result<Arrived, Ending> {
    let books = &door.books;
    let token = enter(door, link.expose(), Origin::default()).await?;
    let Visitor::Arriving { session, actor } = resumed(door, &token).await? else { return Err(ODD.into()) };
    let mut password = [0; 16];
    books.world().entropy.fill(&mut password);
    let password: String = password.iter().map(|byte| format!("{byte:02x}")).collect();
    let order = Arrive {
        session: session.id,
        name: name.to_owned(),
        email: email.to_owned(),
        password: Secret::new(password.clone()),
        language: "en".to_owned(),
    };
    arrive(door, &actor, order).await?;
    let enrolment = enrol(books, &actor, BeginSecondStep { session: session.id }).await?;
    let totp = TotpSecret::from_base_32(enrolment.secret.expose()).ok_or(ODD)?;
    let code = totp.code_at(books.world().clock.now()).ok_or(ODD)?;
    confirm(books, &actor, ConfirmSecondStep { session: session.id, code }).await?;
    Ok(Arrived { session: session.id, email, password, totp })
}

async fn staff(door: &Door, token: &Token) -> Result<Actor, Ending> {
    match resumed(door, token).await? {
        Visitor::Staff { actor, .. } => Ok(actor),
        Visitor::Arriving { .. } | Visitor::Half(_) | Visitor::Homeless(_) => Err(ODD.into()),
    }
}

async fn resumed(door: &Door, token: &Token) -> Result<Visitor, Ending> {
    resume(&door.books, &door.mint, token.expose(), Origin::default()).await.map_err(|_| ODD.into())
}
