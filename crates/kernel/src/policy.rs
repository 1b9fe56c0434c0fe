//! Who may do what: one table, meant to be read.
//!
//! Deny by default (law 12): what is not written here is refused. `A` reaches every record of the business, `o` only
//! the actor's own customers and their documents, `·` is no. `docs/generated/permissions.md` is made from it, and a
//! test holds it against the authorization matrix.

#[cfg(test)]
mod for_whom;

use crate::actor::{Actor, Role, Who};
use crate::{Action, Forbidden, Permit, Scope, ScopeId, UserId};

/// How far a cell of the table reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    None,
    /// The actor's own customers and their documents.
    Own,
    /// Every record of the business.
    All,
}

/// Whom a column of the table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Staff, or a key acting in that role.
    Role(Role),
    /// The holder of the set-up link.
    Setup,
    /// Somebody invited, before their second step stands.
    Joining,
    /// Somebody at the machine.
    Operator,
    /// A background job.
    System,
    /// The holder of a document's link.
    Link,
    /// Nobody known.
    Anonymous,
}

/// The columns of [`TABLE`], in order.
pub const PARTIES: [Party; 12] = [
    Party::Role(Role::Owner),
    Party::Role(Role::Administrator),
    Party::Role(Role::FinanceManager),
    Party::Role(Role::BillingClerk),
    Party::Role(Role::SalesRepresentative),
    Party::Role(Role::Auditor),
    Party::Setup,
    Party::Joining,
    Party::Operator,
    Party::System,
    Party::Link,
    Party::Anonymous,
];

/// The policy: a row an action, a letter a party, in the order of [`PARTIES`].
#[rustfmt::skip]
pub const TABLE: &[(Action, &str)] = {
    use Action::*;
    &[
        //                   owner
        //                  | administrator
        //                  | | finance manager
        //                  | | | billing clerk
        //                  | | | | sales representative
        //                  | | | | | auditor
        //                  | | | | | |   set-up
        //                  | | | | | |   | joining
        //                  | | | | | |   | | operator
        //                  | | | | | |   | | | system
        //                  | | | | | |   | | | | link
        //                  | | | | | |   | | | | | anonymous
        (FoundBusiness,    ". . . . . . | A . A . . ."),
        (ReadBusiness,     "A A A A A A | . . A A . ."),
        (ReviseBusiness,   "A A . . . . | . . . . . ."),
        (ReviseSettings,   "A A . . . . | . . . . . ."),
        (ResumeCaller,     ". . . . . . | . . . A . ."),
        (CreateSetupLink,  ". . . . . . | . . A . . ."),
        (SetUpOwner,       ". . . . . . | A A . . . ."),
        (SignIn,           ". . . . . . | A . . . . A"),
        (ReadSessions,     "A A A A A A | . . . . . ."),
        (EndSession,       "A A A A A A | . . . . . ."),
        (ReviseSignIn,     "A A A A A A | A A . . . ."),
        (RecoverUser,      ". . . . . . | . . A . . ."),
        (ReadPeople,       "A A . . . A | . . A . . ."),
        (InvitePerson,     "A A . . . . | . . . . . ."),
        (AcceptInvitation, ". . . . . . | . . . . . A"),
        (RevisePerson,     "A A . . . . | . . A . . ."),
        (CreateApiKey,     "A A . . . . | . . A . . ."),
        (RevokeApiKey,     "A A . . . . | . . A . . ."),
        (ReadCustomers,    "A . A A o A | . . . A . ."),
        (AddCustomer,      "A . A A o . | . . . A . ."),
        (ReviseCustomer,   "A . A A o . | . . . A . ."),
        (ImportCustomers,  "A . A A o . | . . A . . ."),
        (ReadCatalogue,    "A . A A A A | . . . A . ."),
        (AddItem,          "A . A A . . | . . . A . ."),
        (ReviseItem,       "A . A A . . | . . . A . ."),
        (ReadInvoices,     "A . A A o A | . . . A . ."),
        (DraftInvoice,     "A . A A o . | . . . A . ."),
        (ReviseInvoice,    "A . A A o . | . . . A . ."),
        (DeleteDraft,      "A . A A o . | . . . . . ."),
        (IssueInvoice,     "A . A A o . | . . . A . ."),
        (VoidInvoice,      "A . A A . . | . . . . . ."),
        (SendInvoice,      "A . A A o . | . . . A . ."),
        (RecordRendition,  ". . . . . . | . . . A . ."),
        (RecordDelivery,   ". . . . . . | . . . A . ."),
        (OpenDocument,     ". . . . . . | . . . . A ."),
        (ReadPayments,     "A . A A o A | . . . A . ."),
        (RecordPayment,    "A . A A . . | . . . A . ."),
        (ReversePayment,   "A . A . . . | . . . . . ."),
        (ReadLedger,       "A . A . . A | . . . A . ."),
        (ReadLog,          "A A . . . A | . . A A . ."),
        (CheckBooks,       "A A . . . A | . . A A . ."),
        (KnowFindings,     ". . . . . . | . . A . . ."),
        (BackUp,           "A A . . . . | . . A A . ."),
        (RestoreBooks,     ". . . . . . | . . A . . ."),
        (RotateRootKey,    ". . . . . . | . . A . . ."),
        (MakeRecoverySheet, "A . . . . . | . . A . . ."),
    ]
};

/// What asks people for a fresh proof of who they are, besides a permit: giving power away, the key to everything, and the
/// way by which customers are reached. The store asks for it; commands that ask only sometimes (another account to be
/// paid to, another second step) look at [`Actor::is_fresh`] themselves.
pub const GRAVE: [Action; 5] = [
    Action::InvitePerson,
    Action::RevisePerson,
    Action::CreateApiKey,
    Action::MakeRecoverySheet,
    Action::ReviseSettings,
];

/// Whether this lets somebody in from then on, or says by which way: all that is grave, and sending an invoice, whose link
/// opens it. Whoever asks for any change is looked at once more within its transaction; for these their rows stay locked to
/// its end, so that nobody is shown out while they let somebody in.
#[must_use]
pub fn gives_access(action: Action) -> bool {
    GRAVE.contains(&action) || action == Action::SendInvoice
}

/// What no program does, whatever its key says: it can prove nothing, and what it gave away would outlive it. The keys that
/// a program makes do not: they end with its own ([`may_lend`]).
pub const PEOPLE_ONLY: [Action; 3] = [Action::InvitePerson, Action::RevisePerson, Action::MakeRecoverySheet];

/// Whether this actor has to prove who they are before they do this. A program proved nothing when it came and cannot now:
/// where it may do something grave, a person said so with a fresh proof when they made its key.
#[must_use]
pub fn asks_for_proof(actor: &Actor, action: Action, now: crate::Timestamp) -> bool {
    let program = matches!(actor.who(), Who::Key { .. });
    GRAVE.contains(&action) && !program && !actor.is_fresh(now)
}

/// How far this party reaches with this action.
#[must_use]
pub fn reach(action: Action, party: Party) -> Reach {
    let row = TABLE.iter().find(|(known, _)| *known == action).map_or("", |(_, row)| *row);
    let mut cells = row.bytes().filter(|cell| matches!(cell, b'A' | b'o' | b'.'));
    let column = PARTIES.iter().position(|known| *known == party);
    match column.and_then(|column| cells.nth(column)) {
        Some(b'A') => Reach::All,
        Some(b'o') => Reach::Own,
        _ => Reach::None,
    }
}

/// The permit for this actor to do this, or the refusal.
///
/// # Errors
/// [`Forbidden`], which the store records.
pub fn permit(actor: &Actor, action: Action) -> Result<Permit, Forbidden> {
    let refused = Forbidden { action, anonymous: matches!(actor.who(), Who::Anonymous) };
    if let Who::Key { scopes, .. } = actor.who()
        && (!scopes.contains(&action) || PEOPLE_ONLY.contains(&action))
    {
        return Err(refused);
    }
    let scope = match (reach(action, party(actor)), actor.user()) {
        (Reach::All, _) => Scope::All,
        (Reach::Own, Some(user)) => own(user),
        (Reach::Own, None) | (Reach::None, _) => return Err(refused),
    };
    Ok(Permit { action, actor: actor.clone(), scope })
}

/// Whether the actor may give somebody this role: nobody gives more than they have. Whoever sits at the machine may.
#[must_use]
pub fn may_give(actor: &Actor, role: Role) -> bool {
    let needed = Action::ALL.iter().map(|action| (*action, reach(*action, Party::Role(role))));
    matches!(actor.who(), Who::Operator { .. }) || needed.into_iter().all(|(action, far)| reaches(actor, action, far))
}

/// Whether the actor may let a program do this in that role: again no more than they may do themselves. A program may not
/// let another one make keys.
#[must_use]
pub fn may_lend(actor: &Actor, role: Role, scopes: &[Action]) -> bool {
    if matches!(actor.who(), Who::Key { .. }) && scopes.contains(&Action::CreateApiKey) {
        return false;
    }
    let needed = scopes.iter().map(|action| (*action, reach(*action, Party::Role(role))));
    matches!(actor.who(), Who::Operator { .. }) || needed.into_iter().all(|(action, far)| reaches(actor, action, far))
}

/// Whether all that one role may do is within what another may.
#[must_use]
pub fn within(role: Role, other: Role) -> bool {
    let far = |action: Action, role: Role| rank(reach(action, Party::Role(role)));
    Action::ALL.iter().all(|action| far(*action, role) <= far(*action, other))
}

fn reaches(actor: &Actor, action: Action, far: Reach) -> bool {
    far == Reach::None || (permit(actor, action).is_ok() && rank(far) <= rank(reach(action, party(actor))))
}

const fn rank(reach: Reach) -> u8 {
    match reach {
        Reach::None => 0,
        Reach::Own => 1,
        Reach::All => 2,
    }
}

const fn party(actor: &Actor) -> Party {
    match actor.who() {
        Who::Anonymous => Party::Anonymous,
        Who::Setup => Party::Setup,
        Who::Joining => Party::Joining,
        Who::Link { .. } => Party::Link,
        Who::Staff { role, .. } | Who::Key { role, .. } => Party::Role(*role),
        Who::Operator { .. } => Party::Operator,
        Who::System { .. } => Party::System,
    }
}

fn own(user: UserId) -> Scope {
    Scope::Only(vec![ScopeId::from(user)])
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use crate::{ApiKeyId, BusinessId, Mint, Origin, TypedId};

    #[test]
    fn the_table_is_whole() {
        let actions: Vec<Action> = TABLE.iter().map(|(action, _)| *action).collect();
        assert_eq!(actions, Action::ALL, "every action has its row, in the order of the registry");
        for (action, row) in TABLE {
            let cells = row.bytes().filter(|cell| !matches!(cell, b' ' | b'|')).count();
            assert_eq!(cells, PARTIES.len(), "{action:?}");
            assert!(row.bytes().all(|cell| b"Ao. |".contains(&cell)), "{action:?}");
        }
    }

    #[test]
    fn nobody_known_may_only_become_somebody() {
        let nobody = Mint::claim().actor(Who::Anonymous, BusinessId::INSTALLATION, Origin::default());
        let allowed: Vec<Action> =
            Action::ALL.iter().copied().filter(|action| permit(&nobody, *action).is_ok()).collect();
        assert_eq!(allowed, [Action::SignIn, Action::AcceptInvitation]);
    }

    // proves: C45.b
    #[test]
    fn nobody_gives_more_than_they_have() {
        let staff = |role| {
            let who = Who::Staff {
                user: UserId::from_bytes([7; 16]),
                role,
                session: crate::SessionId::from_bytes([8; 16]),
                reauthenticated_at: crate::Timestamp::UNIX_EPOCH,
            };
            Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default())
        };
        assert!(Role::ALL.into_iter().all(|role| may_give(&staff(Role::Owner), role)));
        let given: Vec<Role> =
            Role::ALL.into_iter().filter(|role| may_give(&staff(Role::Administrator), *role)).collect();
        assert_eq!(given, [Role::Administrator], "no role that reaches money");
        assert!(may_lend(&staff(Role::Administrator), Role::Owner, &[Action::ReadLog]));
        assert!(!may_lend(&staff(Role::Administrator), Role::Owner, &[Action::ReadLog, Action::RecordPayment]));
        assert!(
            !may_lend(&staff(Role::SalesRepresentative), Role::Owner, &[Action::ReadCustomers]),
            "their own customers are not all of them"
        );
        assert!(within(Role::SalesRepresentative, Role::BillingClerk) && !within(Role::Owner, Role::Auditor));
    }

    // proves: C36.e
    #[test]
    fn a_key_does_only_what_it_was_made_for() {
        let user = UserId::from_bytes([7; 16]);
        let key = |scopes: &[Action]| {
            let who =
                Who::Key { key: ApiKeyId::from_bytes([1; 16]), user, role: Role::BillingClerk, scopes: scopes.into() };
            Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default())
        };
        assert!(permit(&key(&[Action::ReadInvoices]), Action::ReadInvoices).is_ok());
        assert!(permit(&key(&[Action::ReadInvoices]), Action::IssueInvoice).is_err(), "not in its scopes");
        assert!(permit(&key(&[Action::RevisePerson]), Action::RevisePerson).is_err(), "not in its role");
        let who = Who::Key { key: ApiKeyId::from_bytes([1; 16]), user, role: Role::Owner, scopes: Action::ALL.into() };
        let strongest = Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default());
        assert!(PEOPLE_ONLY.iter().all(|action| permit(&strongest, *action).is_err()), "no program gives power away");
        assert!(PEOPLE_ONLY.iter().all(|action| GRAVE.contains(action)));
        assert!(permit(&strongest, Action::ReviseSettings).is_ok());
        assert!(!asks_for_proof(&strongest, Action::ReviseSettings, crate::Timestamp::MAX));
    }

    // proves: C36.b, C45.b
    #[test]
    fn a_key_lends_no_more_than_it_has_and_never_the_making_of_keys() {
        let user = UserId::from_bytes([7; 16]);
        let scopes = [Action::CreateApiKey, Action::ReadInvoices, Action::IssueInvoice];
        let who =
            Who::Key { key: ApiKeyId::from_bytes([1; 16]), user, role: Role::Administrator, scopes: scopes.into() };
        let key = Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default());
        assert!(
            permit(&key, Action::CreateApiKey).is_ok()
                && !asks_for_proof(&key, Action::CreateApiKey, crate::Timestamp::MAX)
        );
        assert!(!may_lend(&key, Role::Owner, &[Action::CreateApiKey]), "no chain of keys");
        assert!(may_lend(&key, Role::Administrator, &[]), "what makes keys may lend less");
        assert!(!may_lend(&key, Role::Owner, &[Action::IssueInvoice]), "not in its role, though in its scopes");
        assert!(!may_lend(&key, Role::Administrator, &[Action::ReadBusiness]), "in its role, though not in its scopes");
        let who = Who::Key {
            key: ApiKeyId::from_bytes([1; 16]),
            user,
            role: Role::SalesRepresentative,
            scopes: scopes.into(),
        };
        let own = Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default());
        assert!(!may_lend(&own, Role::BillingClerk, &[Action::ReadInvoices]), "its own customers are not everybody's");
    }

    #[test]
    fn what_is_grave_asks_a_person_for_a_fresh_proof_and_what_lets_somebody_in_is_known() {
        let who = Who::Staff {
            user: UserId::from_bytes([7; 16]),
            role: Role::Owner,
            session: crate::SessionId::from_bytes([8; 16]),
            reauthenticated_at: crate::Timestamp::UNIX_EPOCH,
        };
        let person = Mint::claim().actor(who, BusinessId::from_bytes([2; 16]), Origin::default());
        let (then, later) = (crate::Timestamp::UNIX_EPOCH, crate::Timestamp::MAX);
        for action in Action::ALL.iter().copied() {
            assert_eq!(asks_for_proof(&person, action, later), GRAVE.contains(&action), "{action:?}");
            assert!(!asks_for_proof(&person, action, then), "{action:?}: just proven");
        }
        let open: Vec<Action> = Action::ALL.iter().copied().filter(|action| gives_access(*action)).collect();
        let expected = Action::ALL.iter().copied();
        let expected = expected.filter(|action| GRAVE.contains(action) || *action == Action::SendInvoice);
        assert_eq!(open, expected.collect::<Vec<_>>());
        assert_eq!(reach(Action::ReadInvoices, Party::Role(Role::SalesRepresentative)), Reach::Own);
    }
}
