//! Logo and colour through the API: read within limits, made anew, printed from then on.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use base64ct::{Base64, Encoding};
use coffer_kernel::Role;
use serde_json::{Value, json};

/// One dark pixel, as the API's description has it.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgCk0BAAEwAMTEjxOGAAAAAElFTkSuQmCC";
const PATH: &str = "/api/v1/business/letterhead";

// proves: C21.b
#[test]
fn a_logo_is_printed_on_what_is_printed_from_then_on() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let records = world.records(&key).await;
        let (_, none) = world.send("GET", PATH, &key, None).await;
        assert_eq!(none, json!({ "version": 0, "accent": null, "accent_on_paper": null, "logo": null }));
        let printed = async |invoice: &str| world.bytes("GET", &format!("/api/v1/invoices/{invoice}/pdf"), &key).await;
        let before = printed(&records.issued).await;

        let wish = json!({ "accent": "#FFCC00", "logo": PIXEL });
        let (status, kept) = world.send("PUT", PATH, &key, Some(&wish)).await;
        assert_eq!((status, &kept["accent"]), (StatusCode::OK, &Value::from("#ffcc00")), "{kept}");
        assert_ne!(kept["accent_on_paper"], kept["accent"], "too light for white paper");
        assert_eq!((&kept["logo"]["width"], &kept["logo"]["height"]), (&json!(1), &json!(1)));
        assert_eq!(printed(&records.issued).await, before, "what was printed stays as it was printed");
        let later = world.records(&key).await.issued;
        assert!(printed(&later).await.windows(6).any(|bytes| bytes == b"/Image"), "the picture is in it");

        for (body, status, code) in [
            (json!({ "logo": "bm90IGEgcGljdHVyZQ==" }), 422, "logo.kind_unknown"),
            (json!({ "logo": "PHN2Zz48c2NyaXB0Pjwvc2NyaXB0Pjwvc3ZnPg==" }), 422, "logo.svg"),
            (json!({ "logo": "not base 64" }), 422, "body.unreadable"),
            (json!({ "accent": "petrol" }), 422, "body.unreadable"),
            (json!({ "logo": "A".repeat(1_398_100) }), 422, "logo.kind_unknown"),
            (json!({ "logo": "A".repeat(1_600_000) }), 413, "body.too_large"),
        ] {
            let (answered, problem) = world.send("PUT", PATH, &key, Some(&body)).await;
            assert_eq!((answered.as_u16(), &problem["code"]), (status, &Value::from(code)), "{problem}");
        }
        let seen = [("if-match", "\"0\"")];
        let (status, _) = world.send_with("PUT", PATH, &key, &seen, Some(&wish)).await;
        assert_eq!(status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(world.send("DELETE", PATH, &key, None).await.0, StatusCode::NO_CONTENT);
        let (_, gone) = world.send("GET", PATH, &key, None).await;
        assert_eq!((&gone["version"], &gone["logo"]), (&json!(2), &Value::Null));
    });
}

/// What the screen sends.
fn fields<'a>(version: &'a str, prefix: &'a str, logo: &'a [u8]) -> [(&'static str, &'a [u8]); 9] {
    [
        ("version", version.as_bytes()),
        ("first", b"yes"),
        ("numbering-prefix", prefix.as_bytes()),
        ("numbering-year", b"no"),
        ("numbering-digits", b"3"),
        ("numbering-first", b"118"),
        ("language", b"de"),
        ("accent", b"#0a5564"),
        ("logo", logo),
    ]
}

// proves: A4, C21.b
#[test]
fn the_fourth_screen_shows_the_number_and_goes_on_with_one_press() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        assert_eq!(owner.get("/set-up").await.location, "/set-up/look", "one goes on where one left");
        let screen = owner.get("/set-up/look").await;
        assert!(screen.text.contains("-0001") && screen.text.contains("aria-current"), "{}", screen.text);
        let typed = "numbering-prefix=R&numbering-year=no&numbering-digits=3&numbering-first=118&language=de&accent=%23ffcc00&coloured=yes";
        let shown = owner.get(&format!("/settings/look/shown?{typed}")).await;
        assert!(shown.text.contains("R118") && shown.text.contains("too light"), "{}", shown.text);
        assert_eq!(owner.get(&format!("/settings/look/paper?{typed}")).await.status, StatusCode::OK);

        let version = screen.hidden("version");
        let wrong = owner.upload("/settings/look", &fields(&version, "R1", b"")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("two numbers could be written alike"), "{}", wrong.text);
        let drawing = owner.upload("/settings/look", &fields(&version, "R", b"<svg><script/></svg>")).await;
        assert!(drawing.text.contains("This is an SVG drawing"), "{}", drawing.text);
        assert!(owner.get("/settings/look").await.text.contains("-0001"), "what was refused changed no number");
        // A logo is seen on the paper before it is kept, and kept with the same press that goes on.
        let pixel = Base64::decode_vec(PIXEL).unwrap();
        let paper = owner.upload("/settings/look/paper", &fields(&version, "R", &pixel)).await;
        assert!(paper.disposition.starts_with("inline") && paper.bytes.starts_with(b"%PDF"), "{}", paper.disposition);
        let bare = owner.upload("/settings/look/paper", &fields(&version, "R", b"")).await.bytes;
        let odd = owner.upload("/settings/look/paper", &fields(&version, "R", b"no picture")).await.bytes;
        assert!(bare != paper.bytes && bare == odd, "what cannot be read is left out");
        assert!(!owner.get("/settings/look").await.text.contains("name=\"no_logo\""), "nothing is kept by looking");
        assert_eq!(owner.upload("/settings/look", &fields(&version, "R", b"")).await.location, "/set-up/sheet");
        assert_eq!(owner.get("/set-up").await.location, "/set-up/look");
        assert_eq!(owner.get("/set-up/look").await.location, "/set-up/sheet", "what was chosen is not asked for again");
        let settings = owner.get("/settings/look").await.text;
        assert!(settings.contains("R118") && settings.contains("id=\"numbering-first\""), "{settings}");
        crate::consequence::issued(&mut owner).await;
        let begun = owner.get("/settings/look").await;
        assert!(begun.text.contains("A number was given, so this stands"), "{}", begun.text);
        assert!(!begun.text.contains("id=\"numbering-first\"") && begun.hidden("numbering-first") == "118");
    });
}
