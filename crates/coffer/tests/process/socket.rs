//! The socket of commands, with callers who hold a place and bring nothing.

use crate::installation::{Installation, Serving, last_line};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::process::{Command, Output};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Somebody who wants a file imported, and does not bring it.
fn holds_a_place(installation: &Installation, _: &Serving) -> UnixStream {
    let mut stream = UnixStream::connect(installation.folder().join("data/socket")).unwrap();
    let words = ["import", "customers", "--business", &installation.business, "never.csv"];
    let wanted = json!({ "version": env!("CARGO_PKG_VERSION"), "words": words });
    writeln!(stream, "{wanted}").unwrap();
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line).unwrap();
    assert!(line.contains("take"), "{line}");
    stream
}

// proves: C95.o, F3
#[test]
fn who_comes_when_every_place_is_taken_hears_why_and_what_to_do() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    let mut holders: Vec<UnixStream> = (0..8).map(|_| holds_a_place(&installation, &serving)).collect();
    for _ in 0..10 {
        let ninth = installation.try_run(&["check", "--business", &installation.business]);
        assert_eq!(ninth.status.code(), Some(4), "{}", said(&ninth));
        assert!(
            said(&ninth).contains("eight commands already") && said(&ninth).contains("give it again"),
            "{}",
            said(&ninth)
        );
    }
    holders.pop();
    // The server sees in its own time that one is gone.
    let served = (0..1_000).find_map(|_| {
        let again = installation.try_run(&["check", "--business", &installation.business]);
        again.status.success().then(|| last_line(&again))
    });
    assert!(served.unwrap().contains("nothing"), "the next one is served");
    serving.stop();
}

// proves: C95.o
#[test]
fn what_is_no_file_is_not_waited_for() {
    let installation = Installation::new(false);
    let pipe = installation.folder().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let import = |file: &str| {
        let output = installation.try_run(&["import", "customers", "--business", &installation.business, file]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("cannot be read: it is a folder, a pipe or a device"), "{}", said(&output));
    };
    import(pipe.to_str().unwrap());
    let serving = installation.serve();
    for unfit in [pipe.to_str().unwrap(), "/dev/null", "/dev/zero"] {
        import(unfit);
    }
    serving.stop();
}
