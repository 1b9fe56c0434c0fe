//! People, from the command line.

use crate::browser::Browser;
use crate::first_timer::{PERSON, code, set_up};
use crate::installation::{Installation, last_line};

// proves: F3
#[test]
fn people_are_listed_and_who_is_unknown_is_said_to_be() {
    let place = Installation::empty();
    let listed = String::from_utf8(place.run(&["user", "list"]).stdout).unwrap();
    assert!(!listed.contains("usr_"), "nobody signs in to a fresh installation: {listed}");
    for words in
        [&["user", "recover", "--email", "nobody@example.test"][..], &["user", "end", "--email", "x@example.test"]]
    {
        let refused = place.try_run(words);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains("signs in with this address"), "{words:?}: {said}");
    }
}

// proves: F3
#[test]
fn whoever_lost_their_second_step_comes_back_by_the_link_that_the_machine_hands_over() {
    let installation = Installation::empty();
    let serving = installation.serve();
    let mut before = Browser::open("en");
    set_up(&mut before, &serving);
    let listed = String::from_utf8(installation.run(&["user", "list"]).stdout).unwrap();
    assert!(listed.contains(PERSON.1) && listed.contains("owner of biz_"), "{listed}");
    let made = installation.run(&["user", "recover", "--email", PERSON.1]);
    let link = last_line(&made);
    let token = link.rsplit_once("/enter/").unwrap_or_else(|| panic!("no link in {link}")).1;
    let mut back = Browser::open("en");
    back.go(&format!("https://localhost:{}/enter/{token}", serving.port));
    back.click("button.main");
    back.click("button.main");
    back.fill("password", "seven quiet herons over the weir");
    let secret = back.text("code");
    back.fill("code", &code(&secret));
    back.picture("60-recovering");
    back.click("button.main");
    assert!(back.text("main").contains("spare codes"), "{}", back.text("main"));
    back.click("a.main");
    back.picture("61-recovered");
    assert!(back.text("main").contains("way back in was made"), "who works here is told: {}", back.text("main"));
    before.go(&format!("https://localhost:{}/people", serving.port));
    assert!(before.address().contains("/sign-in"), "every other sign-in ended: {}", before.address());
}
