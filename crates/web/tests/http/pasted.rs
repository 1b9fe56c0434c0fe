//! Nothing stands in the way of a password manager: no page stops pasting, and each secret field says which secret it takes.

use crate::consequence::EMAIL;
use crate::forms::{address, pages};
use crate::pages::{founded, key_to};
use crate::visit::{PASSWORD, Visit};
use crate::world::{State, World, on_both_engines};

/// It takes the password of a mail server: whoever may fill in their own here gives it to somebody else.
const OF_OTHERS: &str = "/settings/delivery";

const SCRIPT: &str = include_str!("../../assets/coffer.js");

/// What a field of this kind says it is.
fn is_said(element: &str) -> bool {
    let says = |what: &str| element.contains(&format!(" autocomplete=\"{what}\""));
    let code = element.contains(" name=\"code\"");
    if code { says("one-time-code") } else { says("current-password") || says("new-password") }
}

/// How many fields of a page take a secret; each says which.
fn secrets(path: &str, page: &str) -> usize {
    assert!(!page.to_lowercase().contains("onpaste"), "{path} stops pasting");
    let elements = page.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let secret =
        elements.filter(|element| element.contains(" type=\"password\"") || element.contains(" name=\"code\""));
    secret.inspect(|element| assert!(path == OF_OTHERS || is_said(element), "{path}: {element}")).count()
}

#[test]
fn nothing_stops_pasting_and_every_password_says_which_it_is() {
    assert!(!SCRIPT.to_lowercase().contains("paste"), "the script has nothing to do with what is pasted");
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        // Whoever is new, and whoever comes back: what they type next.
        let tom = "tom@ateliersor.example";
        let invited = owner.post("/people/invite", &[("email", tom), ("role", "billing_clerk")]).await;
        let mut new = Visit::new(&world, tom);
        new.post(&format!("/enter/{}", invited.between("/enter/", "</code>")), &[]).await;
        assert_eq!(secrets("/set-up", &new.get("/set-up").await.text), 1);
        let you = [("name", "Tom"), ("email", tom), ("password", PASSWORD)];
        assert_eq!(secrets("/set-up/you", &new.post("/set-up/you", &you).await.text), 1);
        let mut back = Visit::new(&world, EMAIL);
        assert_eq!(secrets("/sign-in", &back.get("/sign-in").await.text), 1);
        let half = back.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(secrets("/sign-in/code", &back.get(&half.location).await.text), 1);
        // And inside, wherever there is one.
        let key = key_to(&world, founded(&world).await).await;
        let records = world.paid_records(&key).await;
        let mut found = 0;
        for (route, _) in pages("GET")
            .filter(|(route, _)| !["/pdf", "/export", "/paper"].iter().any(|file| route.path.ends_with(file)))
        {
            let path = address(&route, &records, State::Issued);
            found += secrets(&path, &owner.get(&path).await.text);
        }
        assert!(found >= 3, "the old password and the new one, where it is changed, and that of the mail: {found}");
    });
}
