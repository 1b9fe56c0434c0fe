//! People, from the command line.

use crate::installation::Installation;

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
