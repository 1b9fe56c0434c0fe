//! Told to stop under load: who was answered is in the books, and what is in the books was answered.

use crate::client::{Client, every_invoice, gapless};
use crate::installation::{Installation, invoice};
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::sync::Mutex;

const ISSUE: &str = "/api/v1/invoices/issue";
/// How many are answered before it is told.
const ANSWERED: usize = 25;

type Answered = Mutex<BTreeSet<String>>;

/// Issues invoices for as long as there are answers.
fn issue_while_answered(mut client: Client, body: &serde_json::Value, answered: &Answered) {
    while let Ok(answer) = client.post(ISSUE, body) {
        assert_eq!(answer.status, 201, "{answer:?}");
        answered.lock().unwrap().insert(answer.body["id"].as_str().unwrap().to_owned());
    }
}

#[test]
fn told_to_stop_under_load_it_answers_what_it_did_and_did_what_it_answered() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let serving = installation.serve();
        let body = invoice(&installation.customer(&mut installation.client(&serving)));
        let answered = Answered::default();
        // One whose body is on its way still when nobody is let in any more.
        let mut slow = installation.client(&serving);
        slow.begins(ISSUE, &body.to_string()).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let client = installation.client(&serving);
                scope.spawn(|| issue_while_answered(client, &body, &answered));
            }
            while answered.lock().unwrap().len() < ANSWERED {
                std::thread::yield_now();
            }
            serving.told_to_stop();
            while TcpStream::connect(("127.0.0.1", serving.port)).is_ok() {
                std::thread::yield_now();
            }
            let last = slow.goes_on(&body.to_string()).unwrap();
            assert_eq!(last.status, 201, "{on_postgres}: {last:?}");
            answered.lock().unwrap().insert(last.body["id"].as_str().unwrap().to_owned());
        });
        assert!(serving.ends_well(), "{on_postgres}");
        assert!(installation.check().ends_with("nothing was altered."), "{on_postgres}");
        let serving = installation.serve();
        let all = every_invoice(&mut installation.client(&serving));
        assert!(gapless(&all), "{on_postgres}: {all:?}");
        let there: BTreeSet<String> = all.into_iter().map(|(id, _)| id).collect();
        assert_eq!(there, answered.into_inner().unwrap(), "{on_postgres}");
    }
}
