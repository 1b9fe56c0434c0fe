#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

//! Somebody who writes the database, and has no key: what they write lets nobody in.

mod begun;
mod later;
mod people;
mod places;
mod sheets;
mod signed;
mod told_apart;

use crate::api_keys::{self, CreateApiKey, RevokeApiKey};
use crate::sessions::{self, Visitor};
use crate::sign_in::{BeginSignIn, begin};
use crate::testing::{GOOD, Someone, a_door, invitation, on_both_engines, secret};
use crate::{Door, document_links, links, members};
use coffer_kernel::{Action, Actor, BusinessId, InvoiceId, Origin, Role, TypedId, Who};
use coffer_keys::{Token, TokenHash, TokenKind};
use coffer_store::backup::{ASKED, TrySheet};
use coffer_store::{Event, Reading, Refuse, Refused, Value, values};
use coffer_testkit::past::{Behind, Written, past};
use coffer_testkit::{Callers, TestBooks};
use later::SINCE_STEP_18;
use std::time::Duration;

const HERE: Origin = Origin { address: None };

/// The installation was founded, as it was said once.
struct Founded;

impl Event for Founded {
    const NAME: &'static str = "installation.founded";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Writes rows past every command: what the database's administrator can do with any of them.
async fn behind(test: &TestBooks, sql: &'static str, row: Vec<Value>) -> u64 {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    past(&test.books, &operator, sql, row).await.unwrap()
}

async fn link_to(test: &TestBooks, business: BusinessId, document: InvoiceId) -> Token {
    let operator = Callers::of(business).operator();
    let made = test.books.transact(&operator, Behind, move |tx, _, _| {
        let (token, _) = document_links::make(tx, document)?;
        tx.record::<_, _, Refused>(Written, token)
    });
    made.await.unwrap()
}

async fn a_key(test: &TestBooks, by: &Actor, role: Role) -> api_keys::Created {
    let expires_at = test.books.world().clock.now().checked_add(Duration::from_secs(3_600)).unwrap();
    let order = CreateApiKey {
        name: "The shop".into(),
        role,
        scopes: vec![Action::ReadInvoices],
        expires_at: Some(expires_at),
    };
    api_keys::create(&test.books, by, order).await.unwrap()
}

async fn opens(door: &Door, key: &Token) -> bool {
    api_keys::resume(&door.books, &door.mint, key.expose(), HERE).await.is_ok()
}

async fn visits(door: &Door, cookie: &Token) -> Result<Visitor, sessions::Unknown> {
    sessions::resume(&door.books, &door.mint, cookie.expose(), HERE).await
}

fn role(actor: &Actor) -> Role {
    let Who::Staff { role, .. } = actor.who() else { panic!("{actor:?}") };
    *role
}

async fn log_of(test: &TestBooks, business: BusinessId) -> String {
    test.books.sign_log(business).await.unwrap();
    String::from_utf8(test.books.export_log(business, Vec::new()).await.unwrap()).unwrap()
}

/// The plain hash of a token: what stood in the rows before it was keyed, and all that an outsider can compute.
fn plain(kind: TokenKind, token: &Token) -> [u8; 32] {
    TokenHash::of_presented_as(kind, token.expose()).unwrap().0
}

// proves: C36.b, C02.b, D8
#[test]
fn a_key_that_was_written_into_the_database_opens_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let made = a_key(&test, &chief, Role::BillingClerk).await;
        assert!(opens(&door, &made.secret).await);
        // A key of one's own, under the hash that anybody can compute, with the voucher of one that is good.
        let forged = Token::new(TokenKind::ApiKey, test.books.world().entropy.as_ref());
        let copy = "INSERT INTO api_key (hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name) \
                    SELECT $1, id, business, user_id, 'owner', scopes, created_at, expires_at, made_by, voucher, name FROM api_key \
                    WHERE business = $2";
        let row = values![plain(TokenKind::ApiKey, &forged), chief.business().bytes()];
        assert_eq!(behind(&test, copy, row).await, 1);
        assert!(!opens(&door, &forged).await, "nobody finds it");
        // A key that one has, made to say more.
        for (more, back) in [
            (
                "UPDATE api_key SET role = 'owner' WHERE role = 'billing_clerk'",
                "UPDATE api_key SET role = 'billing_clerk'",
            ),
            ("UPDATE api_key SET scopes = scopes || ' invoice.issue'", "UPDATE api_key SET scopes = 'invoice.read'"),
            ("UPDATE api_key SET expires_at = expires_at + 1", "UPDATE api_key SET expires_at = expires_at - 1"),
        ] {
            assert!(behind(&test, more, Vec::new()).await > 0);
            assert!(!opens(&door, &made.secret).await, "{more}");
            behind(&test, back, Vec::new()).await;
            assert!(opens(&door, &made.secret).await, "{back}");
        }
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.forged"), "it is noted");
        let revoked = api_keys::revoke(&test.books, &chief, RevokeApiKey(made.key.id)).await;
        revoked.unwrap();
        behind(&test, "UPDATE api_key SET revoked_at = NULL", Vec::new()).await;
        assert!(!opens(&door, &made.secret).await, "what was revoked stays so");
        assert!(api_keys::list(&test.books, &chief).await.unwrap().is_empty());
    });
}

// proves: C37.b, C40.d, D8
#[test]
fn a_sign_in_that_was_written_into_the_database_is_nobodys() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let chief = owner.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        for more in [
            "UPDATE session SET user_id = $1 WHERE user_id = $2",
            "UPDATE session SET reauthenticated_at = reauthenticated_at + 1 WHERE user_id IN ($1, $2)",
            "UPDATE session SET expires_at = expires_at + 1 WHERE user_id IN ($1, $2)",
            "UPDATE session SET seen_at = seen_at + 1 WHERE user_id IN ($1, $2)",
        ] {
            let (cookie, visitor) = tom.signed_in(&door, &test).await;
            assert!(matches!(visitor, Visitor::Staff { .. }));
            behind(&test, more, values![owner.user.bytes(), tom.user.bytes()]).await;
            assert_eq!(visits(&door, &cookie).await, Err(sessions::Unknown::Nobody), "{more}");
            behind(&test, "DELETE FROM session", Vec::new()).await;
        }
        let order = BeginSignIn { email: tom.email.clone(), password: secret(GOOD), device: None };
        let half = begin(&door, HERE, order).await.unwrap();
        assert!(matches!(visits(&door, &half).await, Ok(Visitor::Half(_))));
        behind(&test, "UPDATE session SET stage = 'full'", Vec::new()).await;
        assert_eq!(visits(&door, &half).await, Err(sessions::Unknown::Nobody), "half a sign-in is not made whole");
        // A row of one's own, under the hash that anybody can compute.
        let forged = Token::new(TokenKind::Session, test.books.world().entropy.as_ref());
        let hash = plain(TokenKind::Session, &forged);
        behind(&test, "UPDATE session SET hash = $1, stage = 'full'", values![hash]).await;
        assert_eq!(visits(&door, &forged).await, Err(sessions::Unknown::Nobody));
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.forged"), "it is noted");
    });
}

// proves: C02.c, C45.d, D8
#[test]
fn a_role_that_was_written_into_the_database_is_none() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        let (cookie, _) = tom.signed_in(&door, &test).await;
        behind(&test, "UPDATE membership SET role = 'owner' WHERE id = $1", values![tom.user.bytes()]).await;
        assert!(matches!(visits(&door, &cookie).await, Ok(Visitor::Homeless(_))), "out, not up");
        assert!(matches!(tom.signed_in(&door, &test).await.1, Visitor::Homeless(_)), "by the door, too");
        let refused = members::end(&door.books, &chief, members::EndMembership { user: tom.user }).await;
        assert_eq!(refused.err().unwrap().code(), "not_found");
        assert_eq!(members::list(&door, &chief).await.unwrap().len(), 1);
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.forged"), "it is noted");
        // Whoever is invited again has a place again, and the row is whole.
        let again = links::invite(&door.books, &chief, invitation(Role::Auditor, &tom.email)).await.unwrap();
        let Visitor::Homeless(session) = tom.signed_in(&door, &test).await.1 else { panic!("homeless") };
        let token = members::accept(&door, HERE, &session, again.expose()).await.unwrap();
        let Ok(Visitor::Staff { actor, .. }) = visits(&door, &token).await else { panic!("staff") };
        assert_eq!(role(&actor), Role::Auditor);
        assert!(test.books.check(chief.business()).await.unwrap().findings.is_empty());
        // Who left does not come back by a row.
        members::end(&door.books, &chief, members::EndMembership { user: tom.user }).await.unwrap();
        behind(&test, "UPDATE membership SET ended_at = NULL WHERE id = $1", values![tom.user.bytes()]).await;
        assert!(matches!(visits(&door, &token).await, Ok(Visitor::Homeless(_))));
    });
}

// proves: C02.d, D8
#[test]
fn links_that_were_written_into_the_database_open_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let (mine, other) = (InvoiceId::from_bytes([5; 16]), InvoiceId::from_bytes([6; 16]));
        let link = link_to(&test, chief.business(), mine).await;
        let opens = || document_links::resume(&door.books, &door.mint, link.expose(), HERE);
        assert!(opens().await.is_ok());
        behind(&test, "UPDATE document_link SET invoice = $1", values![other.bytes()]).await;
        assert_eq!(opens().await.err(), Some(Refused::NotFound), "another document");
        behind(&test, "UPDATE document_link SET invoice = $1, expires_at = expires_at + 1", values![mine.bytes()])
            .await;
        assert_eq!(opens().await.err(), Some(Refused::NotFound), "for longer");
        for more in ["UPDATE entry_link SET role = 'owner'", "UPDATE entry_link SET expires_at = expires_at + 1"] {
            let invited =
                links::invite(&door.books, &chief, invitation(Role::Auditor, "eve@evil.example")).await.unwrap();
            behind(&test, more, Vec::new()).await;
            assert_eq!(links::enter(&door, invited.expose(), HERE).await.err().unwrap().code(), "link.spent", "{more}");
        }
        let invited = links::invite(&door.books, &chief, invitation(Role::Auditor, "al@evil.example")).await.unwrap();
        links::enter(&door, invited.expose(), HERE).await.unwrap();
        behind(&test, "UPDATE entry_link SET used_at = NULL", Vec::new()).await;
        assert!(links::enter(&door, invited.expose(), HERE).await.is_err(), "used up is used up");
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.forged"), "it is noted");
    });
}

/// Makes of books what they were before there were vouchers: the same rows under plain hashes.
async fn turn_back(test: &TestBooks, tokens: &[(&'static str, [u8; 32])]) {
    for (sql, plain) in tokens {
        assert_eq!(behind(test, sql, values![*plain]).await, 1);
    }
    for later in SINCE_STEP_18 {
        behind(test, later, Vec::new()).await;
    }
    for table in [
        "ALTER TABLE api_key DROP COLUMN voucher",
        "ALTER TABLE entry_link DROP COLUMN voucher",
        "ALTER TABLE document_link DROP COLUMN voucher",
        "ALTER TABLE session DROP COLUMN voucher",
        "ALTER TABLE membership DROP COLUMN voucher",
        "ALTER TABLE user_account DROP COLUMN voucher",
        "ALTER TABLE subject_key DROP COLUMN uses",
        "CREATE TABLE refusal_tally (window_at BIGINT)",
        "ALTER TABLE document_link DROP COLUMN opened_at",
        "DROP INDEX invoice_standing_open",
        "DROP INDEX invoice_standing_void",
        "DROP INDEX invoice_draft",
        "DROP INDEX invoice_billed",
        "DROP INDEX invoice_standing_late",
        "DROP INDEX invoice_standing_paid",
        "CREATE INDEX invoice_scope ON invoice (business, scope_id, id)",
        "CREATE INDEX journal_entry_document ON journal_entry (business, document)",
        "DROP TABLE letterhead",
        "DELETE FROM schema_step WHERE number >= 13",
    ] {
        behind(test, table, Vec::new()).await;
    }
}

/// Founded as it was then: nothing says that its rows are vouched for, nor that its records have marks.
async fn founded_as_it_was(test: &TestBooks) {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    let founded = test.books.found(&operator, Behind, |tx, _, _| {
        let installation = tx.business();
        tx.new_subject(installation.into())?;
        tx.record::<_, _, Refused>(Founded, ())
    });
    founded.await.unwrap();
}

// proves: C36.c
#[test]
fn books_of_before_there_were_vouchers_open_with_all_that_was_good_in_them() {
    on_both_engines(|mut test| async move {
        founded_as_it_was(&test).await;
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await;
        let acts = chief.actor(&door, &test).await;
        let tom = Someone::joins(&door, &acts, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        let (kept, gone) = (a_key(&test, &acts, Role::BillingClerk).await, a_key(&test, &acts, Role::Auditor).await);
        api_keys::revoke(&test.books, &acts, RevokeApiKey(gone.key.id)).await.unwrap();
        let link = link_to(&test, acts.business(), InvoiceId::from_bytes([5; 16])).await;
        let invited = links::invite(&door.books, &acts, invitation(Role::Auditor, "al@evil.example")).await.unwrap();
        let (cookie, _) = chief.signed_in(&door, &test).await;
        behind(&test, "UPDATE membership SET role = 'owner' WHERE id = $1", values![tom.user.bytes()]).await;
        // As whoever ended the program before left it.
        for business in [acts.business(), BusinessId::INSTALLATION] {
            test.books.sign_log(business).await.unwrap();
        }
        turn_back(
            &test,
            &[
                ("UPDATE api_key SET hash = $1 WHERE revoked_at IS NULL", plain(TokenKind::ApiKey, &kept.secret)),
                ("UPDATE api_key SET hash = $1 WHERE revoked_at IS NOT NULL", plain(TokenKind::ApiKey, &gone.secret)),
                ("UPDATE document_link SET hash = $1", plain(TokenKind::DocumentLink, &link)),
                ("UPDATE entry_link SET hash = $1 WHERE used_at IS NULL", plain(TokenKind::Invitation, &invited)),
            ],
        )
        .await;
        test.reopen();
        let door = door.before(test.books.clone());
        assert!(opens(&door, &kept.secret).await, "its keys");
        assert!(!opens(&door, &gone.secret).await, "but what was revoked");
        assert!(document_links::resume(&door.books, &door.mint, link.expose(), HERE).await.is_ok(), "its links");
        assert!(links::enter(&door, invited.expose(), HERE).await.is_ok(), "its invitations");
        assert_eq!(visits(&door, &cookie).await, Err(sessions::Unknown::Nobody), "its people sign in again");
        let chief = chief.actor(&door, &test).await;
        assert_eq!(role(&chief), Role::Owner, "in their places");
        let out = tom.signed_in(&door, &test).await.1;
        assert!(matches!(out, Visitor::Homeless(_)), "but not in one that the log does not know");
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("rows.vouched"));
        // It is done once: whoever turns the books back by hand has them opened by nobody.
        turn_back(&test, &[]).await;
        test.books.close();
        let again = std::thread::scope(|scope| scope.spawn(|| test.home.open(None).err()).join()).unwrap();
        assert!(again.is_some(), "a second time is refused");
    });
}

#[test]
fn a_new_installation_is_never_vouched_for_afterwards() {
    on_both_engines(|test| async move {
        a_door(&test).await;
        turn_back(&test, &[]).await;
        test.books.close();
        let again = std::thread::scope(|scope| scope.spawn(|| test.home.open(None).err()).join()).unwrap();
        assert!(again.is_some());
    });
}

// proves: D16
#[test]
fn of_two_sheets_that_were_made_only_the_newer_one_comes_in_force() {
    on_both_engines(|test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        assert!(!test.books.kept(&operator).await.unwrap().untried);
        let acting = |business| Callers::of(business).operator();
        let mut made = Vec::new();
        for _ in 0..2 {
            let (id, sheet) = test.books.make_sheet(&acting).await.unwrap();
            made.push((id, ASKED.map(|number| sheet.groups().nth(number - 1).unwrap().to_owned())));
        }
        assert!(test.books.kept(&operator).await.unwrap().untried, "shown, and not in force");
        let back = async |number: usize| {
            let (sheet, typed) = made.get(number).cloned().unwrap();
            test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.map_err(|no| no.code())
        };
        assert_eq!(back(0).await, Err("recovery_sheet.over"), "it was replaced before it was tried");
        assert_eq!(back(1).await, Ok(()));
        let (third, _) = test.books.make_sheet(&acting).await.unwrap();
        let kept = test.books.kept(&operator).await.unwrap();
        assert!(kept.sheet.is_some(), "one that is only made ({third}) takes no place of one in force");
        assert!(!kept.untried, "while one is in force, nobody is asked");
        assert_eq!(back(1).await, Err("recovery_sheet.over"), "once");
    });
}
