//! `./run`, as whoever has just cloned the project gives it: what it starts is this program, and it serves.

use crate::client::Client;
use crate::installation::Installation;
use std::os::unix::fs::PermissionsExt;

/// Takes what is built already for what cargo would build: the words behind `--` are the program's.
const CARGO: &str = "#!/bin/sh\ncase \"$*\" in *\" run \"*\" --package coffer -- \"*) ;; *) exit 64 ;; esac\n\
    while [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$PROGRAM\" \"$@\"\n";

// proves: F5.b
#[test]
fn what_run_starts_serves_the_embedded_books_of_this_user() {
    let installation = Installation::empty();
    let home = installation.folder();
    std::fs::create_dir_all(home.join("bin")).unwrap();
    std::fs::write(home.join("bin/cargo"), CARGO).unwrap();
    std::fs::set_permissions(home.join("bin/cargo"), PermissionsExt::from_mode(0o755)).unwrap();
    let serving = installation.serve_by_run(&home.join("bin"));
    assert!(
        serving.link.as_ref().is_some_and(|link| link.contains("/enter/")),
        "nobody is in yet, and there is a way in"
    );
    let data = home.join(".local/share/coffer");
    let authority = std::fs::read_to_string(data.join("tls/authority.pem")).unwrap();
    let answer = Client::connect(serving.port, &authority, "").unwrap().send("GET", "/healthz", "", "").unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, Some("ok")), "over TLS that its own authority vouches for");
    let books = std::fs::read(data.join("coffer.db")).unwrap();
    assert!(books.len() > 4_096 && !books.starts_with(b"SQLite format 3"), "the embedded books, encrypted");
    assert!(home.join(".config/coffer/root.key").exists(), "and their key in another folder");
    serving.stop();
}
