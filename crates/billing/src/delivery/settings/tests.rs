#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::a_business;
use coffer_kernel::{Action, Refuse, Role, TypedId};
use coffer_keys::Secret;
use coffer_store::{Aggregate, Cells, Column, Event, Fault, Order, Refused, STEPS, Stored, Tx, values};
use coffer_testkit::on_both_engines;

fn mail(host: &str, password: Option<&str>) -> NewMail {
    NewMail {
        host: host.into(),
        port: 587,
        security: MailSecurity::StartTls,
        user: Some("nord".into()),
        password: password.map(|password| Secret::new(password.to_owned())),
        authority: None,
        sender: "billing@ateliernord.example".into(),
    }
}

fn order(mail: NewMail) -> SetUpDelivery {
    let public_url = Some("https://invoices.ateliernord.example/".into());
    SetUpDelivery { version: None, public_url, mail: Some(mail), seen: Seen::Reached }
}

// proves: B4, C17.f
#[test]
fn a_password_goes_in_and_stays_with_its_server() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let owner = callers.owner();
        assert_eq!(get(&test.books, &owner).await.unwrap(), DeliverySettings::none(callers.business));
        let name = "mail.ateliernord.example";
        set_up(&test.books, &owner, order(mail(name, Some("geheim-4711")))).await.unwrap();
        let kept = set_up(&test.books, &owner, order(mail(name, None))).await.unwrap();
        assert_eq!((kept.version, kept.has_password()), (2, true), "not said again, so it stays");
        let (_, password) = with_password(&test.books, &owner).await.unwrap();
        assert_eq!(password.unwrap().expose(), "geheim-4711");
        // Whoever may change the settings shall not learn the password by naming a server of their own.
        for elsewhere in [
            mail("mail.eve.example", None),
            NewMail { port: 588, ..mail(name, None) },
            NewMail { user: Some("eve".into()), ..mail(name, None) },
            NewMail { authority: Some("-----BEGIN CERTIFICATE-----".into()), ..mail(name, None) },
        ] {
            assert_eq!(set_up(&test.books, &owner, order(elsewhere)).await.unwrap_err().code(), "mail.password_again");
        }
        let seen = get(&test.books, &owner).await.unwrap();
        assert!(!format!("{seen:?}").contains("geheim"));
        let stale = SetUpDelivery { version: Some(1), ..order(mail(name, None)) };
        assert_eq!(set_up(&test.books, &owner, stale).await.unwrap_err().code(), "stale");
        let clerk = callers.staff(Role::BillingClerk, 1);
        let refused = set_up(&test.books, &clerk, order(mail("mail.eve.example", None))).await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed");
        let without = SetUpDelivery { version: Some(2), public_url: None, mail: None, seen: Seen::AsBefore };
        let without = set_up(&test.books, &owner, without).await.unwrap();
        assert!(!without.has_password() && !without.sends(), "forgotten with its server");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

#[test]
fn what_cannot_work_is_refused() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let owner = callers.owner();
        let at = |host: &str| mail(host, Some("x"));
        let cases = [
            (order(at("mail server")), "mail.host_unfit"),
            (order(NewMail { port: 0, ..at("mail.example.com") }), "mail.host_unfit"),
            (order(NewMail { sender: "nobody".into(), ..at("mail.example.com") }), "mail.sender_unfit"),
            (order(NewMail { sender: "a@b.example\r\nX: y".into(), ..at("mail.example.com") }), "mail.sender_unfit"),
            (order(NewMail { sender: "a@b.example,c@d.example".into(), ..at("m.example") }), "mail.sender_unfit"),
            (
                SetUpDelivery { public_url: Some("https://localhost:8443".into()), ..order(at("m.example")) },
                "public_url.unfit",
            ),
            (SetUpDelivery { public_url: None, ..order(at("m.example")) }, "public_url.needed"),
            (order(NewMail { authority: Some("mine".into()), ..at("m.example") }), "mail.authority_unfit"),
            (order(NewMail { user: None, ..at("m.example") }), "mail.user_missing"),
            (order(NewMail { sender: format!("{}@b.example", "a".repeat(400)), ..at("m.e") }), "mail.sender_unfit"),
            (order(NewMail { user: Some("u".repeat(400)), ..at("m.example") }), "mail.text_too_long"),
            (order(mail("mail.example.com", None)), "mail.password_again"),
        ];
        for (order, code) in cases {
            assert_eq!(set_up(&test.books, &owner, order).await.unwrap_err().code(), code);
        }
        assert_eq!(get(&test.books, &owner).await.unwrap(), DeliverySettings::none(callers.business));
    });
}

// proves: C39.d
#[test]
fn who_changes_how_customers_are_reached_proves_who_they_are() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let order = || order(mail("mail.ateliernord.example", Some("geheim-4711")));
        let stale = callers.stale(Role::Owner);
        assert_eq!(set_up(&test.books, &stale, order()).await.unwrap_err().code(), "sign_in.not_fresh");
        assert!(get(&test.books, &stale).await.is_ok(), "looking asks for nothing");
        set_up(&test.books, &callers.owner(), order()).await.unwrap();
    });
}

const AT: &str = "https://invoices.ateliernord.example";
const AWAY: &str = "public_url.unreachable";

// proves: B4
#[test]
fn an_address_counts_as_reached_once_it_was_and_otherwise_as_long_as_somebody_takes_it_on() {
    let now = coffer_kernel::Timestamp::UNIX_EPOCH;
    let url = || PublicUrl::parse(AT).unwrap();
    let at = |before: Option<&Address>, seen| Address::seen(url(), seen, before, now);
    for (first, known, then, later) in [
        (Seen::Missed(AWAY), Known::Missed, Seen::Reached, Known::Reached),
        (Seen::Missed(AWAY), Known::Missed, Seen::TakenOn(AWAY), Known::TakenOn),
        (Seen::Missed(AWAY), Known::Missed, Seen::AsBefore, Known::Missed),
        (Seen::Reached, Known::Reached, Seen::Missed(AWAY), Known::Reached),
        (Seen::Reached, Known::Reached, Seen::TakenOn(AWAY), Known::Reached),
        (Seen::Reached, Known::Reached, Seen::AsBefore, Known::Reached),
        (Seen::TakenOn(AWAY), Known::TakenOn, Seen::Missed(AWAY), Known::Missed),
        (Seen::TakenOn(AWAY), Known::TakenOn, Seen::TakenOn(AWAY), Known::TakenOn),
        (Seen::AsBefore, Known::Missed, Seen::AsBefore, Known::Missed),
    ] {
        let before = at(None, first);
        assert_eq!(before.known, known, "{first:?}");
        let after = at(Some(&before), then);
        assert_eq!((after.known, after.leads_here()), (later, later != Known::Missed), "{first:?}, {then:?}");
        // Nothing of one address is believed of another one.
        let other = Address { url: PublicUrl::parse("https://books.ateliernord.example").unwrap(), ..before };
        assert_eq!(at(Some(&other), then), at(None, then), "{first:?}, {then:?}");
    }
    assert_eq!(at(None, Seen::Missed(AWAY)).missed.as_deref(), Some(AWAY));
    let kept = at(Some(&at(None, Seen::Missed(AWAY))), Seen::TakenOn(AWAY));
    assert_eq!((kept.missed.as_deref(), kept.looked_at), (Some(AWAY), Some(now)), "what was seen stays told");
}

/// Settings as they were written before addresses were looked at.
struct OfBefore(DeliverySettings);

impl Order for OfBefore {
    const ACTION: Action = Action::ReviseSettings;
}

impl Stored for OfBefore {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.0.business.bytes()
    }
    fn version(&self) -> i64 {
        1
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (id, business) = (self.id(), self.0.business);
        let url = tx.seal(&Column::other("delivery_settings", "public_url"), &id, business.into(), AT)?;
        Ok(Cells { root: values![id, id, 1_i64, Some(url), None::<Vec<u8>>, None::<Vec<u8>>], parts: Vec::new() })
    }
}

// proves: B4
#[test]
fn an_address_of_before_goes_on_working_until_another_one_is_set_up() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let owner = callers.owner();
        let old = OfBefore(DeliverySettings::none(callers.business));
        let insert = test.books.transact(&owner, old, |tx, _, old| {
            tx.insert(old)?;
            tx.record::<_, _, Refused>(Written, ())
        });
        insert.await.unwrap();
        let ways = async || ways(&test.books, &owner).await.unwrap();
        let known = async || get(&test.books, &owner).await.unwrap().address.unwrap().known;
        assert_eq!((known().await, ways().await.link), (Known::Before, true));
        assert_eq!(links(&test.books, &owner).await.unwrap().as_deref(), Some(AT));
        let again = |url: &str| SetUpDelivery {
            version: None,
            public_url: Some(url.to_owned()),
            mail: None,
            seen: Seen::Missed(AWAY),
        };
        set_up(&test.books, &owner, again(AT)).await.unwrap();
        assert_eq!((known().await, ways().await.link), (Known::Before, true), "it is said, and nothing ends");
        set_up(&test.books, &owner, again("https://books.ateliernord.example")).await.unwrap();
        assert_eq!((known().await, ways().await), (Known::Missed, Ways { unreached: true, ..Ways::default() }));
        assert_eq!(links(&test.books, &owner).await.unwrap(), None);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

struct Written;

impl Event for Written {
    const NAME: &'static str = "delivery.set_up";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}
