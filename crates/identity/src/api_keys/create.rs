//! Creating a key.

use super::{ApiKey, sql};
use crate::notes::quoted;
use coffer_kernel::policy::{Party, Reach};
use coffer_kernel::text::{self, Hidden};
use coffer_kernel::{Action, Actor, ApiKeyId, BusinessId, Role, Timestamp, TypedId, UserId, Who, policy};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Books, Event, Order, Reading, Refused, Tx, refusals};
use std::time::Duration;

/// For how many days a key is good at most.
pub const LONGEST_DAYS: u16 = 366;
/// For how many days where nobody says.
const USUAL_DAYS: u64 = 90;
/// The most characters of a name.
const LONGEST_NAME: usize = 80;

/// A key to be made for the actor's business.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// What it is for, so that it is known again in the list.
    pub name: String,
    /// The role it acts in.
    pub role: Role,
    /// What it may do.
    pub scopes: Vec<Action>,
    /// Until when; for ninety days where it is not said, or as long as the key that makes it.
    pub expires_at: Option<Timestamp>,
}

impl Order for CreateApiKey {
    const ACTION: Action = Action::CreateApiKey;
}

refusals! {
    /// Why a key is not made.
    pub enum CreateRefused {
        /// There is nothing that it could open.
        NoBusiness => Invalid, "api_key.no_business", "A key opens the books of a business. The installation's own are read with the command line: name a business.";
        /// Nobody would know it again.
        Nameless => Invalid, "api_key.name_missing", "Say what the key is for, in at most 80 characters, so that it is known again in the list.";
        /// It could do nothing.
        Scopeless => Invalid, "api_key.scopes_missing", "A key needs at least one scope: say what it may do.";
        /// It would have more than whoever makes it.
        More => Forbidden, "api_key.more_than_yours", "This key could do more than you may. Leave out what you may not do yourself, or ask an owner.";
        /// It would say what it could never do.
        BeyondRole => Invalid, "api_key.beyond_role", "In this role the key could never do all of that. Leave out what the role may not do, or choose another role.", at "/scopes";
        /// It would be there longer than whoever answers for it.
        Outlives => Invalid, "api_key.outlives_yours", "A key that a program makes ends no later than the program's own. Choose an earlier time, or leave it out.";
        /// It would never have worked.
        Expired => Invalid, "api_key.expired", "A key must expire in the future.";
        /// It would work for too long.
        TooLong => Invalid, "api_key.too_long", "A key is good for at most 366 days. Choose an earlier day, and make a new key when it comes.";
        + Name(Hidden), "The name holds a sign that is not seen.";
    }
}

/// A key that was just made. The secret is shown once, here.
pub struct Created {
    /// The key.
    pub key: ApiKey,
    /// Its secret.
    pub secret: Token,
}

struct ApiKeyCreated(ApiKeyId, Role, String);

impl Event for ApiKeyCreated {
    const NAME: &'static str = "api_key.created";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"role":"{}","named":{}}}"#, self.1.code(), quoted(&self.2)))
    }
}

/// Makes a key.
///
/// # Errors
/// [`CreateRefused`]; no key is made then.
pub async fn create(books: &Books, actor: &Actor, order: CreateApiKey) -> Result<Created, CreateRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let (now, business) = (tx.now(), tx.business());
            let expires_at = check(order, permit.actor(), end_of_maker(tx, permit.actor())?, now)?;
            let secret = Token::new(TokenKind::ApiKey, tx.entropy());
            let key = ApiKey {
                id: ApiKeyId::new(now, tx.entropy()),
                business,
                user: UserId::new(now, tx.entropy()),
                role: order.role,
                scopes: order.scopes.clone(),
                created_at: now,
                expires_at,
                revoked_at: None,
                made_by: permit.actor().user(),
                used_at: None,
            };
            sql::add(tx, &secret.hash(), &key, order.name.trim())?;
            tx.record(ApiKeyCreated(key.id, key.role, order.name.trim().to_owned()), Created { key, secret })
        })
        .await
}

/// Until when the key is good that makes this one; [`None`] where a person makes it.
fn end_of_maker(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Timestamp>, CreateRefused> {
    match actor.who() {
        // It stays locked since it was looked at again.
        Who::Key { key, .. } => Ok(Some(sql::ends_at(tx, *key)?.ok_or(Refused::NotFound)?)),
        Who::Anonymous
        | Who::Setup
        | Who::Joining
        | Who::Link { .. }
        | Who::Staff { .. }
        | Who::Operator { .. }
        | Who::System { .. } => Ok(None),
    }
}

/// Until when it is good, if it may be made.
fn check(
    order: &CreateApiKey,
    actor: &Actor,
    maker: Option<Timestamp>,
    now: Timestamp,
) -> Result<Timestamp, CreateRefused> {
    let (name, in_days) = (order.name.trim(), |days| now.checked_add(Duration::from_secs(days * 24 * 60 * 60)));
    let latest = in_days(u64::from(LONGEST_DAYS)).unwrap_or(Timestamp::MAX);
    let usual = in_days(USUAL_DAYS).unwrap_or(latest).min(maker.unwrap_or(latest));
    let ends = order.expires_at.unwrap_or(usual);
    if actor.business() == BusinessId::INSTALLATION {
        return Err(CreateRefused::NoBusiness);
    }
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(CreateRefused::Nameless);
    }
    text::check_line("/name", name)?;
    if order.scopes.is_empty() {
        return Err(CreateRefused::Scopeless);
    }
    if ends <= now {
        return Err(CreateRefused::Expired);
    }
    if ends > latest {
        return Err(CreateRefused::TooLong);
    }
    if maker.is_some_and(|maker| ends > maker) {
        return Err(CreateRefused::Outlives);
    }
    if !policy::may_lend(actor, order.role, &order.scopes) {
        return Err(CreateRefused::More);
    }
    let party = Party::Role(order.role);
    let reached = order.scopes.iter().all(|scope| policy::reach(*scope, party) != Reach::None);
    if reached { Ok(ends) } else { Err(CreateRefused::BeyondRole) }
}
