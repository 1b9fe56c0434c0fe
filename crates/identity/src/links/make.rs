//! Making links. Their tokens are shown once.

use super::{Begins, EntryLink, INVITATION, SET_UP_LINK, sql};
use crate::notes::quoted;
use crate::sessions::{self, Stage};
use crate::{members, people};
use coffer_kernel::text::{self, Hidden};
use coffer_kernel::{Action, Actor, BusinessId, LinkId, Role, Timestamp, TypedId, policy};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Books, Event, Order, Reading, Refused, Tx, refusals};
use std::time::Duration;

/// The owner's set-up link, to be made by whoever sits at the machine.
#[derive(Debug, Clone, Copy)]
pub struct CreateSetupLink;

impl Order for CreateSetupLink {
    const ACTION: Action = Action::CreateSetupLink;
}

/// Somebody to be invited into the actor's business.
#[derive(Debug, Clone)]
pub struct InvitePerson {
    /// As what.
    pub role: Role,
    /// The address they sign in with, or will.
    pub email: String,
}

impl Order for InvitePerson {
    const ACTION: Action = Action::InvitePerson;
}

refusals! {
    /// Why a link is not made.
    pub enum LinkRefused {
        /// Somebody works here already.
        SetUp => Conflict, "setup.done", "This installation has an owner already. Ask them for an invitation.";
        /// Nobody gives more than they have.
        More => Forbidden, "person.more_than_yours", "This role may do more than yours, so you cannot give it. Ask an owner, or choose another role.";
        /// This is no address.
        Email => Invalid, "person.email_unfit", "This is not an e-mail address. Write the one that the person signs in with, like name@example.com.", at "/email";
        /// Works here now.
        Member => Conflict, "person.works_here", "Whoever signs in with this address works here already. Change their role in the list of people, or write another address.", at "/email";
        + Sign(Hidden), "The address holds a sign that is not seen.";
    }
}

struct SetupLinkCreated(LinkId);

impl Event for SetupLinkCreated {
    const NAME: &'static str = "setup_link.created";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

struct PersonInvited(LinkId, Role, String);

impl Event for PersonInvited {
    const NAME: &'static str = "person.invited";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"role":"{}","whom":{}}}"#, self.1.code(), quoted(&self.2)))
    }
}

/// Makes the owner's set-up link; earlier ones end, and set-ups that were begun by them.
///
/// # Errors
/// [`LinkRefused::SetUp`] once somebody works here.
pub async fn set_up_link(books: &Books, operator: &Actor, order: CreateSetupLink) -> Result<Token, LinkRefused> {
    let done = members::anywhere(books, operator, order).await?;
    books
        .transact(operator, order, move |tx, _, _| {
            if done || members::sql::place_stands(tx)? {
                return Err(LinkRefused::SetUp);
            }
            let now = tx.now();
            sql::end_kind(tx, BusinessId::INSTALLATION, Begins::SetUp, now)?;
            // Whoever came by one of them is out too: it may have leaked.
            sessions::sql::end_stage(tx, Stage::SetUp)?;
            let (token, link) = make(tx, (TokenKind::Setup, Begins::SetUp, SET_UP_LINK), None, None)?;
            tx.record(SetupLinkCreated(link.id), token)
        })
        .await
}

/// Whether somebody is setting up right now: they came by the link, have their second step, and their sign-in is in force. A
/// new link would show them out, so that a start in the midst of it makes none by itself.
///
/// # Errors
/// As the store's.
pub async fn is_being_set_up(books: &Books, operator: &Actor) -> Result<bool, Refused> {
    books
        .read(operator, CreateSetupLink, |snapshot, _, _| {
            let now = snapshot.now();
            for session in sessions::sql::of_stage(snapshot, Stage::SetUp)? {
                let user = session.user.filter(|_| !session.is_over(now));
                if user.map_or(Ok(false), |user| people::sql::has_second_step(snapshot, user))? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
}

/// Invites somebody into the actor's business: whoever holds the link joins in this role.
///
/// # Errors
/// [`LinkRefused::More`] where somebody would give more than they have; [`LinkRefused::Email`]; [`LinkRefused::Member`], which
/// tells no more than the list of people does.
pub async fn invite(books: &Books, actor: &Actor, order: InvitePerson) -> Result<Token, LinkRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            if !policy::may_give(permit.actor(), order.role) {
                return Err(LinkRefused::More);
            }
            let email = order.email.trim();
            text::check_line("/email", email)?;
            if !people::is_address(email) {
                return Err(LinkRefused::Email);
            }
            let known = people::sql::by_email(tx, &people::sign_in_name(email))?;
            if let Some((user, _)) = known
                && members::sql::lock_role(tx, user, tx.business())?.is_some()
            {
                return Err(LinkRefused::Member);
            }
            let joining = (TokenKind::Invitation, Begins::Joining, INVITATION);
            let (token, link) = make(tx, joining, Some(order.role), Some(email))?;
            tx.record(PersonInvited(link.id, order.role, email.to_owned()), token)
        })
        .await
}

fn make(
    tx: &mut Tx<'_>,
    (kind, begins, good_for): (TokenKind, Begins, Duration),
    role: Option<Role>,
    email: Option<&str>,
) -> Result<(Token, EntryLink), Refused> {
    let token = Token::new(kind, tx.entropy());
    let (made_at, id, business) = (tx.now(), LinkId::new(tx.now(), tx.entropy()), tx.business());
    let expires_at = made_at.checked_add(good_for).unwrap_or(Timestamp::MAX);
    let made_by = tx.permit().actor().user();
    let link = EntryLink { id, begins, business, role, made_at, expires_at, used_at: None, made_by, user: None };
    sql::add(tx, &token.hash(), &link, email)?;
    Ok((token, link))
}
