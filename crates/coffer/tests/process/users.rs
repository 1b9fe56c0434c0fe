//! People, from the command line.

use crate::installation::Installation;

// proves: F3
#[test]
fn people_are_listed_and_who_is_unknown_is_said_to_be() {
    let place = Installation::empty();
    assert!(place.run(&["user", "list"]).stdout.is_empty(), "nobody signs in to a fresh installation");
    for words in
        [&["user", "recover", "--email", "nobody@example.test"][..], &["user", "end", "--email", "x@example.test"]]
    {
        let refused = place.try_run(words);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains("signs in with this address"), "{words:?}: {said}");
    }
}
