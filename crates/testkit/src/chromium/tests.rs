#![allow(clippy::indexing_slicing, reason = "tests")]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use super::Driver;

/// Asks the driver for a session, as a WebDriver client would; its answer.
fn new_session(driver: &Driver) -> String {
    let arguments: Vec<String> = driver.session_arguments().iter().map(|argument| format!("\"{argument}\"")).collect();
    let body = format!(
        r#"{{"capabilities":{{"alwaysMatch":{{"goog:chromeOptions":{{"binary":"{}","args":[{}]}}}}}}}}"#,
        driver.browser().display(),
        arguments.join(",")
    );
    let host = driver.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /session HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // The driver keeps the connection open; its answer ends with the capabilities and the session.
    let mut answer = String::new();
    let mut part = [0; 4096];
    while !answer.contains("\"sessionId\"") && !answer.contains("\"error\"") {
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "the driver hung up: {answer}");
        answer += &String::from_utf8_lossy(&part[..length]);
    }
    answer
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the watcher is another process, in real time")]
fn browsers_start_and_none_is_left_behind() {
    let driver = Driver::start().unwrap();
    let home = driver.home().to_owned();
    let answer = new_session(&driver);
    assert!(answer.contains("\"sessionId\""), "{answer}");
    assert!(home.join("profile-0").is_dir());
    let group: i32 = fs::read_to_string(home.join("driver.pid")).unwrap().parse().unwrap();
    assert!(members(group) > 1);
    drop(driver);
    let begun = Instant::now();
    while home.exists() || members(group) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the watcher left a browser behind");
        thread::sleep(Duration::from_millis(20));
    }
}

/// How many living processes are in a group.
fn members(group: i32) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let states = processes.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    // "number (name) state parent group …"; a zombie is no longer living.
    states
        .filter_map(|stat| Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect()))
        .filter(|fields: &Vec<String>| fields.get(2).is_some_and(|field| *field == group.to_string()))
        .filter(|fields| fields.first().is_some_and(|state| state != "Z"))
        .count()
}
