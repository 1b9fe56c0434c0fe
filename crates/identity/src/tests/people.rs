//! People's own rows: how somebody proves who they are is believed as it was written here, and found where it was not.

use super::{Behind, HERE, SINCE_STEP_18, a_key, behind, founded_as_it_was, link_to, log_of, visits};
use crate::links::{self, RecoverUser, recover};
use crate::people::{BeginSecondStep, ChangePassword, ComeBack, begin as enrol, change_password, come_back};
use crate::sessions::Visitor;
use crate::sign_in::{BeginSignIn, begin};
use crate::testing::{GOOD, Someone, a_door, code_of, invitation, on_both_engines, secret};
use crate::vouchers::{Looked, look_through};
use crate::{Door, members};
use coffer_kernel::{Actor, BusinessId, InvoiceId, Role, SessionId, TypedId, UserId};
use coffer_store::{Asked, Dialect, Leaf, Refuse, Refused, values};
use coffer_testkit::{Callers, TestBooks};

mod put_back;

const NEW: &str = "seven quiet herons over the weir";

/// The code with which a password is refused; nothing where it is taken.
async fn asks(door: &Door, test: &TestBooks, who: &Someone, password: &str) -> Option<&'static str> {
    test.home.clock.advance_seconds(3_600);
    let order = BeginSignIn { email: who.email.clone(), password: secret(password), device: None };
    begin(door, HERE, order).await.err().map(|refused| refused.code())
}

/// What looking through everything that lets somebody in finds, as table and row.
async fn altered(test: &TestBooks) -> Vec<(&'static str, [u8; 16])> {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    let Looked { rows, altered } = look_through(&test.books, &operator).await.unwrap();
    assert!(rows > 0);
    altered.into_iter().map(|altered| (altered.table, altered.row)).collect()
}

async fn findings(test: &TestBooks) -> String {
    let findings = test.books.check(BusinessId::INSTALLATION).await.unwrap().findings;
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}

fn person(user: UserId) -> Vec<(&'static str, [u8; 16])> {
    vec![("user_account", user.bytes())]
}

/// Keeps people's rows as they stand, to be put back.
async fn keep(test: &TestBooks) {
    behind(test, "CREATE TABLE kept AS SELECT * FROM user_account", Vec::new()).await;
    behind(test, "CREATE TABLE kept_code AS SELECT * FROM spare_code", Vec::new()).await;
}

async fn put_back(test: &TestBooks) {
    let person = "UPDATE user_account SET (version, password, second_step, last_step, name, email, totp, totp_pending, voucher) = (SELECT k.version, k.password, \
                  k.second_step, k.last_step, k.name, k.email, k.totp, k.totp_pending, k.voucher FROM kept k WHERE k.id = user_account.id)";
    behind(test, person, Vec::new()).await;
    behind(test, "DELETE FROM spare_code", Vec::new()).await;
    behind(test, "INSERT INTO spare_code SELECT * FROM kept_code", Vec::new()).await;
}

/// An owner, and a clerk who knows what they sign in with and writes the database.
async fn two(test: &TestBooks) -> (Door, Someone, Actor, Someone) {
    let door = a_door(test).await;
    let owner = Someone::owner(&door, test).await;
    let chief = owner.actor(&door, test).await;
    let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", test).await;
    (door, owner, chief, tom)
}

/// Tom's own password in the owner's row.
const PASSWORD: &str =
    "UPDATE user_account SET password = (SELECT k.password FROM kept k WHERE k.id = $2) WHERE id = $1";
/// His spare codes.
const CODES: &str = "UPDATE spare_code SET code = (SELECT k.code FROM kept_code k WHERE k.user_id = $2 AND k.position = spare_code.position) \
     WHERE user_id = $1";

// proves: C02.e, D5, D11
#[test]
fn how_somebody_signs_in_is_not_changed_by_writing_into_the_database() {
    on_both_engines(|test| async move {
        let (door, owner, _, tom) = two(&test).await;
        assert!(owner.finish(&door, owner.spare.first().unwrap().expose()).await.is_ok(), "one code is used up");
        keep(&test).await;
        let (both, one) = (values![owner.user.bytes(), tom.user.bytes()], values![owner.user.bytes()]);
        for (what, row) in [
            // Tom knows his password and his codes, and writes the database.
            (PASSWORD, &both),
            (CODES, &both),
            ("UPDATE user_account SET totp = (SELECT k.totp FROM kept k WHERE k.id = $2) WHERE id = $1", &both),
            ("UPDATE spare_code SET used_at = NULL WHERE user_id = $1", &one),
            ("DELETE FROM spare_code WHERE user_id = $1 AND position = 0", &one),
            ("UPDATE user_account SET last_step = 0 WHERE id = $1", &one),
            ("UPDATE user_account SET second_step = 0 WHERE id = $1", &one),
            ("UPDATE user_account SET voucher = NULL WHERE id = $1", &one),
            ("UPDATE user_account SET voucher = (SELECT k.voucher FROM kept k WHERE k.id = $2) WHERE id = $1", &both),
        ] {
            assert_eq!(asks(&door, &test, &owner, GOOD).await, None, "before: {what}");
            assert!(behind(&test, what, row.clone()).await > 0, "{what}");
            assert_eq!(asks(&door, &test, &owner, GOOD).await, Some("sign_in.wrong"), "{what}");
            assert_eq!(asks(&door, &test, &tom, GOOD).await, None, "{what}: nobody else is kept out");
            assert_eq!(altered(&test).await, person(owner.user), "{what}");
            let told = findings(&test).await;
            assert!(what.contains("voucher") || told.contains("user_account"), "{what}: {told}");
            put_back(&test).await;
        }
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.forged"), "it is noted");
        assert_eq!((altered(&test).await, findings(&test).await), (Vec::new(), String::new()));
    });
}

// proves: C02.e, D11
#[test]
fn a_sign_in_that_was_half_made_does_not_go_on_over_an_altered_row() {
    on_both_engines(|test| async move {
        let (door, owner, _, tom) = two(&test).await;
        keep(&test).await;
        let Visitor::Half(session) = owner.half(&door).await else { panic!("half") };
        behind(&test, CODES, values![owner.user.bytes(), tom.user.bytes()]).await;
        for code in [tom.spare.first().unwrap().expose().clone(), owner.code(&test)] {
            let order = crate::sign_in::FinishSignIn { session: session.clone(), code };
            let refused = crate::sign_in::finish(&door, HERE, order).await.err().unwrap();
            assert_eq!(refused.code(), "second_step.wrong");
        }
        put_back(&test).await;
        test.home.clock.advance_seconds(60);
        assert!(owner.finish(&door, &owner.code(&test)).await.is_ok());
    });
}

/// What whoever sits at the machine hands to somebody, opened by them.
async fn way_back_in(door: &Door, who: &Someone) -> (SessionId, Actor) {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    let order = RecoverUser { email: who.email.clone() };
    let link = recover(&door.books, &door.mint, &operator, order).await.unwrap();
    let token = links::enter(door, link.expose(), HERE).await.unwrap();
    let Ok(Visitor::Arriving { session, actor }) = visits(door, &token).await else { panic!("arriving") };
    (session.id, actor)
}

// proves: C32.c, C02.e
#[test]
fn somebody_whose_row_was_altered_is_let_back_in_at_the_machine_and_nothing_of_it_stays() {
    on_both_engines(|test| async move {
        let (door, owner, _, tom) = two(&test).await;
        keep(&test).await;
        behind(&test, PASSWORD, values![owner.user.bytes(), tom.user.bytes()]).await;
        let (session, actor) = way_back_in(&door, &owner).await;
        enrol(&door.books, &actor, BeginSecondStep { session }).await.unwrap();
        let refused = asks(&door, &test, &owner, GOOD).await;
        assert_eq!(refused, Some("sign_in.wrong"), "who only opens the page vouches for nothing");
        let (session, actor) = way_back_in(&door, &owner).await;
        let enrolment = enrol(&door.books, &actor, BeginSecondStep { session }).await.unwrap();
        let back = ComeBack { session, password: secret(NEW), code: code_of(&enrolment, &test) };
        come_back(&door, &actor, back).await.unwrap();
        assert_eq!(asks(&door, &test, &owner, NEW).await, None);
        assert_eq!((altered(&test).await, findings(&test).await), (Vec::new(), String::new()), "and it is whole");
    });
}

// proves: C02.e, D5
#[test]
fn nobody_takes_a_sign_in_over_by_an_invitation_and_a_row_that_is_gone() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let chief = owner.actor(&door, &test).await;
        let ada = Someone::joins(&door, &chief, Role::Administrator, "ada@ateliernord.example", &test).await;
        let acts = ada.actor(&door, &test).await;
        for gone in ["DELETE FROM workplace WHERE user_id = $1", "DELETE FROM membership WHERE id = $1"] {
            assert_eq!(behind(&test, gone, values![owner.user.bytes()]).await, 1);
        }
        let arrives = async || {
            let order = invitation(Role::Administrator, &owner.email);
            let link = links::invite(&door.books, &acts, order).await.unwrap();
            Someone::arrives(&door, link.expose(), &owner.email).await.2.err().map(|refused| refused.code())
        };
        assert_eq!(arrives().await, Some("person.sign_in_first"));
        // Nor where their row itself was made to look as if they had got no further.
        behind(&test, "UPDATE user_account SET second_step = 0", Vec::new()).await;
        assert_eq!(arrives().await, Some("person.sign_in_first"));
    });
}

// proves: C02.e, D5
#[test]
fn a_row_of_before_somebody_had_a_second_step_is_not_arrived_over() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let email = "tom@ateliernord.example";
        let invite = async || {
            links::invite(&door.books, &chief, invitation(Role::BillingClerk, email)).await.unwrap().expose().to_owned()
        };
        let (_, _, first) = Someone::arrives(&door, &invite().await, email).await;
        let (session, actor, user) = Someone::arrives(&door, &invite().await, email).await;
        assert_eq!(user, first, "who got no further begins again");
        let user = user.unwrap();
        keep(&test).await;
        let tom = Someone::goes_on(&door, (session, &actor, user), email, &test).await;
        members::join(&door, HERE, tom.session, chief.business()).await.unwrap();
        for gone in ["DELETE FROM workplace WHERE user_id = $1", "DELETE FROM membership WHERE id = $1"] {
            behind(&test, gone, values![user.bytes()]).await;
        }
        put_back(&test).await;
        assert_eq!(altered(&test).await, Vec::new(), "its voucher fits");
        let late = async || Someone::arrives(&door, &invite().await, email).await.2.err().unwrap().code();
        assert_eq!(late().await, "person.sign_in_first", "but the log knows a newer one");
        // What stands beside the records only finds them; it is no part of what was signed.
        behind(&test, "UPDATE log_record SET about = NULL", Vec::new()).await;
        assert_eq!(late().await, "person.sign_in_first");
    });
}

// proves: C03.d, D11
#[test]
fn a_person_put_back_as_they_stood_before_is_found_by_the_check() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let (_, visitor) = owner.signed_in(&door, &test).await;
        let Visitor::Staff { actor, session, .. } = visitor else { panic!("{visitor:?}") };
        keep(&test).await;
        let order = ChangePassword { session: session.id, old: secret(GOOD), new: secret(NEW) };
        change_password(&door, &actor, order).await.unwrap();
        assert_eq!(findings(&test).await, "");
        // The old password and its hash alone, then the whole row of before with its voucher.
        let password =
            "UPDATE user_account SET password = (SELECT k.password FROM kept k WHERE k.id = user_account.id)";
        behind(&test, password, Vec::new()).await;
        assert_eq!(asks(&door, &test, &owner, GOOD).await, Some("sign_in.wrong"));
        assert_eq!(altered(&test).await, person(owner.user));
        put_back(&test).await;
        assert!(altered(&test).await.is_empty(), "a voucher cannot tell");
        let told = findings(&test).await;
        assert!(told.contains("user_account") && told.contains("not as its last record wrote it"), "{told}");
    });
}

// proves: C02.f, D11
#[test]
fn every_row_that_lets_somebody_in_is_looked_through() {
    on_both_engines(|test| async move {
        let (door, _, chief, tom) = two(&test).await;
        let key = a_key(&test, &chief, Role::BillingClerk).await;
        link_to(&test, chief.business(), InvoiceId::from_bytes([5; 16])).await;
        links::invite(&door.books, &chief, invitation(Role::Auditor, "al@ateliernord.example")).await.unwrap();
        assert_eq!(altered(&test).await, Vec::new());
        for (table, more, back) in [
            (
                "membership",
                "UPDATE membership SET role = 'owner' WHERE role = 'billing_clerk'",
                "UPDATE membership SET role = 'billing_clerk' WHERE since = (SELECT MAX(since) FROM membership)",
            ),
            ("api_key", "UPDATE api_key SET role = 'owner'", "UPDATE api_key SET role = 'billing_clerk'"),
            ("api_key", "UPDATE api_key SET revoked_at = 1", "UPDATE api_key SET revoked_at = NULL"),
            (
                "document_link",
                "UPDATE document_link SET expires_at = expires_at + 1",
                "UPDATE document_link SET expires_at = expires_at - 1",
            ),
            (
                "entry_link",
                "UPDATE entry_link SET role = 'owner' WHERE ended_at IS NULL AND role = 'auditor'",
                "UPDATE entry_link SET role = 'auditor' WHERE ended_at IS NULL AND role = 'owner'",
            ),
            (
                "session",
                "UPDATE session SET expires_at = expires_at + 1",
                "UPDATE session SET expires_at = expires_at - 1",
            ),
        ] {
            assert!(behind(&test, more, Vec::new()).await > 0, "{more}");
            let found = altered(&test).await;
            assert!(!found.is_empty() && found.iter().all(|(of, _)| *of == table), "{more}: {found:?}");
            let whose = [key.key.id.bytes(), tom.user.bytes()];
            assert!(
                !["membership", "api_key"].contains(&table) || whose.contains(&found.first().unwrap().1),
                "{more}: {found:?}"
            );
            behind(&test, back, Vec::new()).await;
            assert_eq!(altered(&test).await, Vec::new(), "{back}");
        }
    });
}

// proves: C36.c, C02.e
#[test]
fn people_of_before_are_vouched_for_as_the_log_knows_them() {
    on_both_engines(|mut test| async move {
        founded_as_it_was(&test).await;
        let (door, owner, _, tom) = two(&test).await;
        keep(&test).await;
        behind(&test, PASSWORD, values![tom.user.bytes(), owner.user.bytes()]).await;
        test.books.sign_log(BusinessId::INSTALLATION).await.unwrap();
        let door = opened_by_step_18(&mut test, door).await;
        assert_eq!(asks(&door, &test, &owner, GOOD).await, None, "who stands as recorded");
        assert_eq!(asks(&door, &test, &tom, GOOD).await, Some("sign_in.wrong"), "who does not");
        assert_eq!(altered(&test).await, person(tom.user));
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("people.vouched"));
    });
}

/// The same books, made to be those of before people had vouchers, and opened again.
async fn opened_by_step_18(test: &mut TestBooks, door: Door) -> Door {
    for later in SINCE_STEP_18 {
        behind(test, later, Vec::new()).await;
    }
    behind(test, "ALTER TABLE user_account DROP COLUMN voucher", Vec::new()).await;
    behind(test, "DELETE FROM schema_step WHERE number >= 18", Vec::new()).await;
    test.reopen();
    door.before(test.books.clone())
}

// proves: C36.c, C02.e
#[test]
fn nobody_is_vouched_for_by_a_log_that_was_altered_or_that_nobody_signed() {
    for signed in [true, false] {
        on_both_engines(|mut test| async move {
            founded_as_it_was(&test).await;
            let (door, owner, _, tom) = two(&test).await;
            let (_, visitor) = owner.signed_in(&door, &test).await;
            let Visitor::Staff { actor, session, .. } = visitor else { panic!("{visitor:?}") };
            test.books.sign_log(BusinessId::INSTALLATION).await.unwrap();
            keep(&test).await;
            let before = last_of(&test, &owner).await;
            let order = ChangePassword { session: session.id, old: secret(GOOD), new: secret(NEW) };
            change_password(&door, &actor, order).await.unwrap();
            // The row of before, and what the log said of it then in the record that wrote it last.
            put_back(&test).await;
            let last = last_of(&test, &owner).await;
            if signed {
                test.books.sign_log(BusinessId::INSTALLATION).await.unwrap();
            }
            let said =
                |leaf: &Leaf| leaf.rows.first().map(|(.., version, digest)| format!("{version},\"{digest}\"")).unwrap();
            let row = values![BusinessId::INSTALLATION.bytes(), last.n, said(&last), said(&before)];
            let forge = match test.books.dialect() {
                Dialect::Sqlite => {
                    "UPDATE log_record SET leaf = CAST(replace(CAST(leaf AS TEXT), $3, $4) AS BLOB) \
                     WHERE business = $1 AND seq = $2"
                }
                Dialect::Postgres => {
                    "UPDATE log_record SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'), $3, $4), 'UTF8') \
                     WHERE business = $1 AND seq = $2"
                }
            };
            assert_eq!(behind(&test, forge, row).await, 1);
            assert_eq!(last_of(&test, &owner).await.rows, before.rows);
            let door = opened_by_step_18(&mut test, door).await;
            for password in [GOOD, NEW] {
                assert_eq!(asks(&door, &test, &owner, password).await, Some("sign_in.wrong"), "signed: {signed}");
            }
            let others = asks(&door, &test, &tom, GOOD).await;
            assert_eq!(others, Some("sign_in.wrong"), "one that differs is not believed in anything, signed or not");
        });
    }
}

/// The last record that wrote somebody's row, signed or not.
async fn last_of(test: &TestBooks, who: &Someone) -> Leaf {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    let asked = Asked { about: Some(who.user.bytes()), before: None, most: 1, details: false };
    let found = test.books.read(&operator, Behind, move |snapshot, _, _| {
        Ok::<_, Refused>(snapshot.history(asked, |leaf| !leaf.rows.is_empty())?)
    });
    found.await.unwrap().records.remove(0).leaf
}
