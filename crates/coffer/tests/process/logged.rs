//! What it writes about itself for whoever keeps it running, and what it leaves when it is told to stop.

use crate::installation::Installation;
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

const TOKEN: &str = "dlk_0123456789abcdefghjkmnpqrstvwxyz";

// proves: C76.b, F7
#[test]
fn every_answer_is_a_line_for_programs_that_names_its_route_and_nobody() {
    let installation = Installation::new(false);
    let log = installation.folder().join("stderr.log");
    let serving = installation.serve_talking(&log);
    let mut client = installation.client(&serving);
    installation.customer(&mut client);
    assert_eq!(client.send("GET", &format!("/d/{TOKEN}"), "", "").unwrap().status, 404);
    serving.stop();
    let said = fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = |route: &str| {
        let of = |line: &&Value| line["fields"]["message"] == "answered" && line["fields"]["route"] == route;
        lines.iter().find(of).cloned().unwrap_or_default()
    };
    let added = answered("/api/v1/customers");
    assert_eq!((&added["fields"]["status"], &added["span"]["method"]), (&201.into(), &"POST".into()), "{added}");
    assert!(added["span"]["id"].as_str().unwrap().len() == 16 && added["fields"]["micros"].is_u64(), "{added}");
    assert_eq!(answered("/d/{token}")["fields"]["status"], 404);
    assert!(!said.contains(TOKEN), "a token stands in an address");
}

#[test]
fn the_demonstration_leaves_nothing_whenever_it_is_told_to_stop() {
    let installation = Installation::empty();
    let folder = installation.folder().join("temporary");
    fs::create_dir_all(&folder).unwrap();
    let demo = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command.env_clear().env("TMPDIR", &folder).args(["demo", "--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let is_empty = || fs::read_dir(&folder).unwrap().next().is_none();
    for signal in ["-INT", "-HUP", "-TERM"] {
        let mut child = demo();
        while is_empty() {
            std::thread::yield_now();
        }
        let told = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(told.success() && child.wait().unwrap().success(), "{signal}: it ends well");
        assert!(is_empty(), "{signal}: keys and books are gone");
    }
}
