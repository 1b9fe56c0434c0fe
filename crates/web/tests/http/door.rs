//! At the door: a sign-in that is over and a proof that is asked for lose nothing that was typed; keys are made, shown
//! once and revoked on their page; invitations are listed and taken back.

use crate::visit::{PASSWORD, Visit};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, RecoverUser, recover, set_up_link};
use coffer_kernel::{Actor, BusinessId};
use coffer_keys::{Token, TokenKind};
use coffer_testkit::{Callers, SeededEntropy};

pub(crate) const FIVE_MINUTES: i64 = 5 * 60;

fn operator() -> Actor {
    Callers::of(BusinessId::INSTALLATION).operator()
}

// proves: C38.b
#[test]
fn what_one_person_typed_is_not_sent_by_the_next_who_signs_in_there() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let order = [("email", "tom@ateliersor.example"), ("role", "billing_clerk")];
        let link = owner.post("/people/invite", &order).await.between("/enter/", "</code>");
        let mut tom = Visit::new(&world, "tom@ateliersor.example");
        tom.through(&link).await;
        tom.post("/set-up/join", &[]).await;
        world.test.home.clock.advance_seconds(31 * 60);
        let typed = [("name", "Bäckerei Vogel")];
        let kept = owner.post("/customers", &typed).await.hidden("kept");
        // On her browser, with his own name and code.
        tom.cookies = owner.cookies.clone();
        let right = [("email", "tom@ateliersor.example"), ("password", PASSWORD), ("kept", &kept)];
        let half = tom.post("/sign-in", &right).await;
        let code = tom.code();
        let done = tom.post("/sign-in/code", &[("code", &code), ("kept", &half.hidden("kept"))]).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/"), "{}", done.text);
        assert!(!tom.get("/customers").await.text.contains("Vogel"), "it waits for her alone");
        // Nobody knows whose it would be where nobody signed in before: it is not kept.
        let stranger = Visit::new(&world, "eve@else.example").post("/customers", &typed).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
        assert!(stranger.text.contains("action=\"/sign-in\"") && !stranger.text.contains("name=\"kept\""));
    });
}

// proves: D7, C38.b
#[test]
fn a_form_sent_after_the_sign_in_was_over_goes_on_by_itself() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        world.test.home.clock.advance_seconds(31 * 60);
        let page = owner.get("/invoices?only=open").await;
        assert_eq!(page.location, "/sign-in?back=/invoices%3Fonly%3Dopen");
        let typed = [("name", "Bäckerei Vogel & Söhne"), ("city", "Staufen im Breisgau")];
        let asked = owner.post("/customers", &typed).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
        assert!(!asked.text.contains("Vogel"), "what waits is sealed");
        let kept = asked.hidden("kept");
        let wrong = [("email", "ingrid@ateliersor.example"), ("password", "not it at all"), ("kept", &kept)];
        let again = owner.post("/sign-in", &wrong).await;
        assert_eq!(again.hidden("kept"), kept, "a mistyped password loses nothing either");
        let right = [("email", "ingrid@ateliersor.example"), ("password", PASSWORD), ("kept", &kept)];
        let half = owner.post("/sign-in", &right).await;
        let code = owner.code();
        let done = owner.post("/sign-in/code", &[("code", &code), ("kept", &half.hidden("kept"))]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        let customer = owner.get(&done.location).await;
        assert!(customer.text.contains("Bäckerei Vogel &amp; Söhne"), "{}", customer.text);
        assert!(customer.text.contains("Staufen im Breisgau"));
    });
}

// proves: C39.b, C36.d
#[test]
fn a_key_asks_for_a_fresh_proof_is_shown_once_and_is_revoked() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let key = [("name", "The web shop"), ("role", "billing_clerk"), ("customer.read", "yes"), ("days", "90")];
        world.test.home.clock.advance_seconds(FIVE_MINUTES);
        let asked = owner.post("/settings/keys", &key).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
        let kept = asked.hidden("kept");
        let wrong = owner.post("/proof", &[("code", "000000"), ("kept", &kept)]).await;
        assert_eq!(wrong.hidden("kept"), kept, "a mistyped code loses nothing");
        let (before, code) = (owner.cookies["__Host-session"].clone(), owner.code());
        let made = owner.post("/proof", &[("code", &code), ("kept", &kept)]).await;
        assert_ne!(owner.cookies["__Host-session"], before, "a new token with each proof");
        let secret = made.between("<code>", "</code>");
        assert!(secret.starts_with("cof_"), "{}", made.text);
        assert_eq!(world.send("GET", "/api/v1/customers", &secret, None).await.0, StatusCode::OK);
        assert_eq!(world.send("GET", "/api/v1/invoices", &secret, None).await.0, StatusCode::FORBIDDEN);
        let listed = owner.get("/settings/keys").await;
        assert!(listed.text.contains("The web shop") && !listed.text.contains(&secret), "{}", listed.text);
        assert!(listed.text.contains("last used"), "{}", listed.text);
        let revoke = listed.between("href=\"/settings/keys/", "\"");
        let done = owner.post(&format!("/settings/keys/{revoke}"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(world.send("GET", "/api/v1/customers", &secret, None).await.0, StatusCode::UNAUTHORIZED);
        let never = [
            ("name", "Reader"),
            ("role", "auditor"),
            ("invoice.read", "yes"),
            ("invoice.issue", "yes"),
            ("days", "30"),
        ];
        let never = owner.post("/settings/keys", &never).await;
        assert_eq!(never.status, StatusCode::UNPROCESSABLE_ENTITY);
        let marked = never.text.matches("class=\"tick never\"").count();
        assert!(marked == 1 && never.text.contains("id=\"scopes-error\""), "at its box: {}", never.text);
        let nameless =
            owner.post("/settings/keys", &[("role", "auditor"), ("customer.read", "yes"), ("days", "30")]).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

// proves: C48.b, C31.c
#[test]
fn an_invitation_is_for_one_address_listed_and_taken_back() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let invited =
            owner.post("/people/invite", &[("email", "tom@ateliersor.example"), ("role", "billing_clerk")]).await;
        let link = invited.between("/enter/", "</code>");
        let mut tom = Visit::new(&world, "ingrid@ateliersor.example");
        let look = tom.get(&format!("/enter/{link}")).await;
        assert!(look.text.contains("tom@ateliersor.example") && look.text.contains("/sign-in?back=/enter/"));
        assert!(look.text.contains("You are invited by <b><bdi>Atelier Sør"), "by whom: {}", look.text);
        let codes = tom.through(&link).await.text;
        let steps = codes.split("</ol>").next().unwrap().matches("<li class").count();
        assert!(steps == 3 && codes.contains("Joining") && !codes.contains("Recovery sheet"), "their own: {codes}");
        // A form's address, looked at in a tab that came back, leads to where one is.
        assert_eq!(tom.get("/set-up/code").await.location, "/set-up");
        let last = tom.get("/set-up").await.text;
        assert!(last.contains("Join Atelier Sør, which invited you"), "{last}");
        let joined = tom.post("/set-up/join", &[]).await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);
        let people = owner.get("/people").await;
        assert!(people.text.contains("tom@ateliersor.example"), "whatever was typed: the invitation's address");
        let again = owner.post("/people/invite", &[("email", "eve@else.example"), ("role", "auditor")]).await;
        let (link, id) = (again.between("/enter/", "</code>"), again.between("/people/invitations/", "/end"));
        assert_eq!(owner.post(&format!("/people/invitations/{id}/end"), &[]).await.location, "/people");
        let late = Visit::new(&world, "eve@else.example").post(&format!("/enter/{link}"), &[]).await;
        assert_eq!(late.status, StatusCode::GONE);
        assert!(!owner.get("/people").await.text.contains("eve@else.example"));
    });
}

// proves: C31.d
#[test]
fn a_link_that_opens_nothing_looks_the_same_whatever_it_was_and_one_that_does_is_not_used_up_by_looking() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let setting_up =
            set_up_link(&world.test.books, &operator(), CreateSetupLink).await.unwrap().expose().to_owned();
        let mut stranger = Visit::new(&world, "");
        let mut looked = async |link: &str| stranger.get(&format!("/enter/{link}")).await.text.replace(link, "LINK");
        let first = looked(&setting_up).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let mut invite = async |email: &str| {
            let made = owner.post("/people/invite", &[("email", email), ("role", "auditor")]).await;
            made.between("/enter/", "</code>")
        };
        let (used, old) = (invite("used@atelier.example").await, invite("old@atelier.example").await);
        let mut new = Visit::new(&world, "used@atelier.example");
        for _ in 0..3 {
            assert!(looked(&used).await.contains("used@atelier.example"), "looking uses nothing up");
        }
        new.through(&used).await;
        assert_eq!(looked(&used).await, first, "who it was for is said to nobody any more");
        world.test.home.clock.advance_seconds(8 * 24 * 60 * 60);
        let unknown = Token::new(TokenKind::Invitation, &SeededEntropy::new(11)).expose().to_owned();
        for link in [used.as_str(), &old, &unknown, &setting_up, "civ_nothing"] {
            assert_eq!(looked(link).await, first, "{link}");
        }
    });
}

// proves: C23.c, C39.c
#[test]
fn a_second_step_is_replaced_after_a_fresh_proof_and_the_old_one_is_worth_nothing() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        world.test.home.clock.advance_seconds(FIVE_MINUTES);
        let asked = owner.post("/settings/second-step", &[]).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
        let code = owner.code();
        let shown = owner.post("/proof", &[("code", &code), ("kept", &asked.hidden("kept"))]).await;
        let before = owner.authenticator(&shown.secret()).unwrap();
        let old = owner.code_of(&before);
        let wrong = owner.post("/settings/second-step/code", &[("code", &old)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "a code of the old one");
        assert_eq!(wrong.secret(), shown.secret(), "what was scanned is still what counts");
        let code = owner.code();
        let codes = owner.post("/settings/second-step/code", &[("code", &code)]).await;
        assert!(codes.text.matches("<li>").count() >= 10, "{}", codes.text);
        let renewed = owner.post("/settings/spare-codes", &[]).await;
        let spare = renewed.between("<ol class=\"codes\"><li>", "</li>");
        assert_eq!(owner.post("/sign-out", &[]).await.location, "/sign-in");
        let right = [("email", "ingrid@ateliersor.example"), ("password", PASSWORD)];
        owner.post("/sign-in", &right).await;
        let old = owner.code_of(&before);
        assert_eq!(owner.post("/sign-in/code", &[("code", &old)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = owner.code();
        assert_eq!(owner.post("/sign-in/code", &[("code", &new)]).await.location, "/", "the new one");
        owner.post("/sign-out", &[]).await;
        owner.post("/sign-in", &right).await;
        assert_eq!(owner.post("/sign-in/code", &[("code", &spare)]).await.location, "/");
    });
}

// proves: C32.a, C33.a
#[test]
fn who_lost_their_second_step_is_let_back_in_at_the_machine_and_everybody_who_manages_people_sees_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let before = owner.cookies.clone();
        let (books, mint) = (&world.test.books, coffer_kernel::Mint::claim());
        let operator = operator();
        let asks = |email: &str| RecoverUser { email: email.to_owned() };
        let unknown = recover(books, &mint, &operator, asks("nobody@ateliersor.example")).await.err().unwrap();
        assert_eq!(coffer_kernel::Refuse::code(&unknown), "user.unknown");
        let first = recover(books, &mint, &operator, asks("Ingrid@AtelierSor.example")).await.unwrap();
        let second = recover(books, &mint, &operator, asks("ingrid@ateliersor.example")).await.unwrap();
        let mut lost = Visit::new(&world, "ingrid@ateliersor.example");
        assert_eq!(lost.post(&format!("/enter/{}", first.expose()), &[]).await.status, StatusCode::GONE);
        assert!(owner.get("/people").await.text.contains("way back in was made"), "before it is used");
        lost.post(&format!("/enter/{}", second.expose()), &[]).await;
        let shown = lost.post("/set-up/second-step", &[]).await;
        lost.authenticator(&shown.secret());
        let code = lost.code();
        let weak = lost.post("/set-up/recover", &[("password", "password1"), ("code", &code)]).await;
        assert_eq!(weak.secret(), shown.secret());
        let code = lost.code();
        let new = "seven quiet herons over the weir";
        let back = lost.post("/set-up/recover", &[("password", new), ("code", &code)]).await;
        assert!(back.text.contains("spare codes"), "{}", back.text);
        let home = lost.get("/").await;
        assert!(home.text.contains("way back in was made"), "{}", home.text);
        owner.cookies = before;
        assert!(owner.get("/people").await.location.starts_with("/sign-in"), "every other sign-in ended");
        let old = [("email", "ingrid@ateliersor.example"), ("password", PASSWORD)];
        assert_eq!(owner.post("/sign-in", &old).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old password");
        let history = lost.get("/history").await;
        assert!(history.text.contains("Made a way back in") && history.text.contains("At the machine"));
    });
}

// proves: D10, C76.c
#[test]
fn the_history_is_read_in_words_and_its_export_is_verified_with_nothing_but_the_key() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        owner.post("/customers", &[("name", "Bäckerei Vogel")]).await;
        let page = owner.get("/history").await;
        assert!(page.text.contains("Added a customer") && page.text.contains("Ingrid Solberg"), "{}", page.text);
        let shown = owner.get("/history?only=shown").await;
        assert!(shown.text.contains("Looked at:"), "{}", shown.text);
        let key = page.between("--key '", "'");
        let file = owner.get("/history/export").await;
        let key: coffer_proof::checkpoint::VerifierKey = key.parse().unwrap();
        let verified = coffer_proof::export::verify(file.text.as_bytes(), &key, None).unwrap();
        assert!(verified.head.size > 5);
        let forged = file.text.replacen("customer.added", "customer.eaten", 1);
        assert_ne!(forged, file.text);
        assert!(coffer_proof::export::verify(forged.as_bytes(), &key, None).is_err(), "one word changed");
    });
}

// proves: C76.b
#[test]
fn the_history_names_number_customer_and_amount_and_says_what_it_leaves_out() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let draft =
            [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
        let invoice = owner.post("/invoices", &draft).await.location.replace("/edit", "");
        owner.post(&format!("{invoice}/issue"), &[]).await;
        owner.get(&invoice).await;
        owner.post(&format!("{invoice}/payments"), &[("amount", "50"), ("method", "transfer")]).await;
        let page = owner.get("/history").await.text;
        let line = |words: &str| {
            let after = page.split_once(words).unwrap_or_else(|| panic!("no {words} in {page}")).1;
            after.split_once("</tr>").unwrap().0.to_owned()
        };
        let year = world.test.books.world().clock.now().strftime("%Y").to_string();
        for (what, amount) in [("Recorded a payment", "50.00 EUR"), ("Issued an invoice", "113.05 EUR")] {
            let line = line(what);
            for said in
                [format!("{year}-0001</a>").as_str(), "<bdi>Vogel</bdi>", amount, &format!("href=\"{invoice}\"")]
            {
                assert!(line.contains(said), "{what}: no {said} in {line}");
            }
        }
        assert!(line("Added a customer").contains("<bdi>Vogel</bdi>"), "{page}");
        // Looks stand in the history too: where they are left out, one sentence says how many.
        assert_eq!(page.matches("between these lines").count(), 1, "{page}");
        let all = owner.get("/history?only=all").await.text;
        assert!(!all.contains("between these"), "nothing is left out of all of it: {all}");
        assert!(!page.contains("UTC"), "{page}");
    });
}

// proves: C39.e
#[test]
fn the_sheet_and_the_way_to_customers_ask_who_it_is_once_more() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        world.test.home.clock.advance_seconds(FIVE_MINUTES);
        let address = [("public_url", "https://eve.example")];
        for (path, fields) in [("/recovery-sheet", [].as_slice()), ("/settings/delivery/address", &address)] {
            let asked = owner.post(path, fields).await;
            assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(asked.text.contains("action=\"/proof\""), "{path}");
        }
        let (asked, code) = (owner.post("/recovery-sheet", &[]).await, owner.code());
        let shown = owner.post("/proof", &[("code", &code), ("kept", &asked.hidden("kept"))]).await;
        assert!(shown.text.contains("Several businesses"), "the proof was enough, the house is shared: {}", shown.text);
    });
}
