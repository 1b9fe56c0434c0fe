//! A form with a file in it, sent when the sign-in was over: it waits like any other, or its person is told that it does not.

use crate::consequence::EMAIL;
use crate::visit::{PASSWORD, Seen, Visit};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

const HALF_AN_HOUR: i64 = 31 * 60;
const FILE: &[u8] = b"Firma;Ort;Notiz\nVogel & S\xc3\xb6hne;Staufen;x\n";

/// Signs in with whatever waits in the page that asked.
async fn signs_in(person: &mut Visit<'_>, field: &str, waiting: &str) -> Seen {
    let right = [("email", EMAIL), ("password", PASSWORD), (field, waiting)];
    let half = person.post("/sign-in", &right).await;
    let code = person.code();
    if half.location.is_empty() {
        return person.post("/sign-in/code", &[("code", &code), (field, &half.hidden(field))]).await;
    }
    let asked = person.get(&half.location).await;
    person.post("/sign-in/code", &[("code", &code), (field, &asked.hidden(field))]).await
}

// proves: D7, F4
#[test]
fn an_import_with_its_columns_comes_back_after_the_sign_in_and_goes_on() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let import = "/customers/import";
        // Somebody takes the note for the post code, odd as it is.
        let chosen = |then: &'static [u8]| -> [(&'static str, &'static [u8]); 5] {
            [("csv", FILE), ("column-0", b"name"), ("column-1", b"city"), ("column-2", b"post_code"), ("then", then)]
        };
        world.test.home.clock.advance_seconds(HALF_AN_HOUR);
        let asked = owner.upload(import, &chosen(b"look")).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{}", asked.text);
        assert!(asked.text.contains("kept in this page, sealed") && !asked.text.contains("Vogel"), "{}", asked.text);
        let back = signs_in(&mut owner, "kept", &asked.hidden("kept")).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.text);
        assert!(
            back.text.contains("Vogel &amp; Söhne") && back.text.contains("value=\"post_code\" selected"),
            "{}",
            back.text
        );

        world.test.home.clock.advance_seconds(HALF_AN_HOUR);
        let asked = owner.upload(import, &chosen(b"write")).await;
        signs_in(&mut owner, "kept", &asked.hidden("kept")).await;
        assert!(owner.get("/customers").await.text.contains("Vogel &amp; Söhne"), "it was written");
    });
}

// proves: D7, C38.b
#[test]
fn numbers_and_look_come_back_too_and_nobody_sends_on_what_another_one_chose() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let version = owner.get("/set-up/look").await.hidden("version");
        let typed: [(&str, &[u8]); 7] = [
            ("version", version.as_bytes()),
            ("numbering-prefix", b"R"),
            ("numbering-year", b"no"),
            ("numbering-digits", b"3"),
            ("numbering-first", b"118"),
            ("language", b"de"),
            ("accent", b"#0a5564"),
        ];
        world.test.home.clock.advance_seconds(HALF_AN_HOUR);
        // Where nobody signed in before, nothing is kept.
        let stranger = Visit::new(&world, "").upload("/settings/look", &typed).await;
        assert!(!stranger.text.contains("name=\"kept\"") && stranger.status == StatusCode::UNAUTHORIZED);
        let asked = owner.upload("/settings/look", &typed).await;
        let done = signs_in(&mut owner, "kept", &asked.hidden("kept")).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        assert!(owner.get("/settings/look").await.text.contains("R118"));
    });
}

// proves: D7, C38.b
#[test]
fn of_a_file_that_is_too_large_to_wait_it_is_said_and_its_page_comes_next() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        world.test.home.clock.advance_seconds(HALF_AN_HOUR);
        let file = [b"Firma\n".as_slice(), &b"Vogel\n".repeat(120_000)].concat();
        let asked = owner.upload("/customers/import", &[("file", &file)]).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
        assert!(asked.text.contains("too large to be kept") && !asked.text.contains("name=\"kept\""), "{}", asked.text);
        let done = signs_in(&mut owner, "back", &asked.hidden("back")).await;
        assert_eq!(done.location, "/customers/import");
    });
}
