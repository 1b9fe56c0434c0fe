#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

//! People for tests: somebody who came through a link and has a second step.

use crate::door::Door;
use crate::links::{CreateSetupLink, InvitePerson, enter, invite, set_up_link};
use crate::members;
use crate::people::{
    Arrive, ArriveRefused, BeginSecondStep, ConfirmSecondStep, Enrolment, arrive, begin as enrol, confirm,
};
use crate::sessions::{self, Visitor};
use crate::sign_in::{BeginSignIn, FinishRefused, FinishSignIn, begin, finish};
use coffer_kernel::{Actor, BusinessId, Mint, Origin, Role, SessionId, TypedId, UserId};
use coffer_keys::password::PasswordHasher;
use coffer_keys::totp::TotpSecret;
use coffer_keys::{BusinessKeys, RootKey, Secret, Token};
use coffer_store::STEPS;
use coffer_testkit::{Callers, Home, SeededEntropy, TestBooks, in_each_home};

pub(crate) const GOOD: &str = "correct battery staple mango";

pub(crate) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

/// Runs the same test on both engines, in books that look again at whoever asks.
pub(crate) fn on_both_engines<T: Future<Output = ()>>(test: impl Fn(TestBooks) -> T) {
    in_each_home(|engine| Home::new(engine, 7, STEPS, crate::AGGREGATES).looking_again(crate::look_again), test);
}

/// A door at which passwords are cheap, into founded books.
pub(crate) async fn a_door(test: &TestBooks) -> Door {
    let operator = Callers::of(BusinessId::INSTALLATION).operator();
    crate::found_installation(&test.books, &operator).await.unwrap();
    let entropy = SeededEntropy::new(1);
    let root = RootKey::generate(&entropy);
    let (keys, _) = BusinessKeys::create(&root, BusinessId::INSTALLATION, &entropy);
    Door::new(test.books.clone(), Mint::claim(), PasswordHasher::cheap_for_tests(&keys).unwrap())
}

/// Books of a business, founded.
pub(crate) async fn a_firm(test: &TestBooks, number: u8) -> BusinessId {
    let business = BusinessId::from_bytes([number; 16]);
    crate::found_installation(&test.books, &Callers::of(business).operator()).await.unwrap();
    business
}

/// An invitation for this address.
pub(crate) fn invitation(role: Role, email: &str) -> InvitePerson {
    InvitePerson { role, email: email.to_owned() }
}

/// The code that the authenticator shows now.
pub(crate) fn code_of(enrolment: &Enrolment, test: &TestBooks) -> String {
    let totp = TotpSecret::from_base_32(enrolment.secret.expose()).unwrap();
    totp.code_at(test.books.world().clock.now()).unwrap()
}

pub(crate) struct Someone {
    pub(crate) user: UserId,
    pub(crate) email: String,
    pub(crate) session: SessionId,
    pub(crate) spare: Vec<Secret<String>>,
    totp: TotpSecret,
}

impl Someone {
    /// Comes through a link and says who they are; by which sign-in, and what came of it.
    pub(crate) async fn arrives(
        door: &Door,
        link: &str,
        email: &str,
    ) -> (SessionId, Actor, Result<UserId, ArriveRefused>) {
        let token = enter(door, link, Origin::default()).await.unwrap();
        let visitor = sessions::resume(&door.books, &door.mint, token.expose(), Origin::default()).await.unwrap();
        let Visitor::Arriving { session, actor } = visitor else { panic!("{visitor:?}") };
        let order = Arrive {
            session: session.id,
            name: format!("{email}'s name"),
            email: email.to_owned(),
            password: secret(GOOD),
            language: "en".to_owned(),
        };
        let user = arrive(door, &actor, order).await;
        (session.id, actor, user)
    }

    /// Comes through a link and sets up a second step.
    pub(crate) async fn through(door: &Door, link: &str, email: &str, test: &TestBooks) -> Self {
        let (session, actor, user) = Self::arrives(door, link, email).await;
        Self::goes_on(door, (session, &actor, user.unwrap()), email, test).await
    }

    /// Sets up a second step after having arrived.
    pub(crate) async fn goes_on(
        door: &Door,
        (session, actor, user): (SessionId, &Actor, UserId),
        email: &str,
        test: &TestBooks,
    ) -> Self {
        let enrolment = enrol(&door.books, actor, BeginSecondStep { session }).await.unwrap();
        let code = code_of(&enrolment, test);
        let spare = confirm(&door.books, actor, ConfirmSecondStep { session, code }).await.unwrap();
        let totp = TotpSecret::from_base_32(enrolment.secret.expose()).unwrap();
        Self { user, email: email.to_owned(), session, spare, totp }
    }

    /// The owner of a business.
    pub(crate) async fn owner(door: &Door, test: &TestBooks) -> Self {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        let owner = Self::through(door, link.expose(), "ingrid@ateliernord.example", test).await;
        let business = a_firm(test, 2).await;
        members::open_business(door, Origin::default(), owner.session, business).await.unwrap();
        owner
    }

    /// Somebody whom this actor invites, and who joins.
    pub(crate) async fn joins(door: &Door, by: &Actor, role: Role, email: &str, test: &TestBooks) -> Self {
        let link = invite(&door.books, by, invitation(role, email)).await.unwrap();
        let new = Self::through(door, link.expose(), email, test).await;
        members::join(door, Origin::default(), new.session, by.business()).await.unwrap();
        new
    }

    /// A whole sign-in, as its cookie and its session.
    pub(crate) async fn signed_in(&self, door: &Door, test: &TestBooks) -> (Token, Visitor) {
        test.home.clock.advance_seconds(60);
        let token = self.finish(door, &self.code(test)).await.unwrap();
        let visitor = sessions::resume(&door.books, &door.mint, token.expose(), Origin::default()).await.unwrap();
        (token, visitor)
    }

    pub(crate) fn code(&self, test: &TestBooks) -> String {
        self.totp.code_at(test.books.world().clock.now()).unwrap()
    }

    /// The first step of signing in.
    pub(crate) async fn half(&self, door: &Door) -> Visitor {
        let order = BeginSignIn { email: self.email.clone(), password: secret(GOOD), device: None };
        let token = begin(door, Origin::default(), order).await.unwrap();
        sessions::resume(&door.books, &door.mint, token.expose(), Origin::default()).await.unwrap()
    }

    /// Both steps.
    pub(crate) async fn finish(&self, door: &Door, code: &str) -> Result<Token, FinishRefused> {
        let Visitor::Half(session) = self.half(door).await else { panic!("half") };
        finish(door, Origin::default(), FinishSignIn { session, code: code.to_owned() }).await
    }

    /// Signed in.
    pub(crate) async fn actor(&self, door: &Door, test: &TestBooks) -> Actor {
        let (_, visitor) = self.signed_in(door, test).await;
        let Visitor::Staff { actor, .. } = visitor else { panic!("{visitor:?}") };
        actor
    }
}
