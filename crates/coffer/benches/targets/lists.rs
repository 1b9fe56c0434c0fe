//! W4: a page of 50 open invoices, a page deep inside, lists with nothing in them, one invoice, what is owed in all, and what is
//! found by number and by name, with the record of each disclosure.

use crate::client::Client;
use crate::figures::{at, cpu_seconds, micros, round, tell};
use crate::floor;
use crate::installation::{Installation, Serving};
use serde_json::{Value, json};

const TIMES: usize = 300;
/// How many pages are turned before a page counts as deep inside.
const DEEP: usize = 60;

pub(crate) fn run(installation: &Installation, serving: &Serving, size: usize) {
    let mut client = installation.client(serving);
    let first = "/api/v1/invoices?only=open&limit=50".to_owned();
    let deep = (0..DEEP).fold(first.clone(), |page, _| next(&mut client, &page));
    let open = got(&mut client, &first)["invoices"][0].clone();
    let said = |field: &str| open[field].as_str().unwrap().to_owned();
    let name: String = said("customer_name").split_whitespace().last().unwrap().to_owned();
    let bare = floor::micros_of_pages(size as i64);
    let pages = [
        ("50 open", first),
        ("50 open, deep inside", deep),
        ("none overdue", "/api/v1/invoices?only=overdue&limit=50".to_owned()),
        ("no drafts", "/api/v1/invoices?only=drafts&limit=50".to_owned()),
        ("50 newest", "/api/v1/invoices?limit=50".to_owned()),
        ("50 customers", "/api/v1/customers?limit=50".to_owned()),
        ("one invoice", format!("/api/v1/invoices/{}", said("id"))),
        ("what is owed in all", "/api/v1/overview".to_owned()),
        ("found by number", format!("/api/v1/invoices?limit=50&q={}", said("number"))),
        ("found by name", format!("/api/v1/invoices?limit=50&q={name}")),
    ];
    for (what, page) in pages {
        let cpu = cpu_seconds(serving.id());
        let micros = micros(TIMES, || drop(got(&mut client, &page)));
        let cpu = (cpu_seconds(serving.id()) - cpu) * 1e3 / TIMES as f64;
        let (p50, p99) = (round(at(&micros, 50) / 1e3), round(at(&micros, 99) / 1e3));
        let seen = json!({ "what": what, "invoices": size, "p50_ms": p50, "p99_ms": p99, "server_cpu_ms": round(cpu) });
        let floor = bare.get(what).map_or(Value::Null, |micros| json!({ "p50_ms": round(micros / 1e3) }));
        tell("W4", seen, json!({ "p50_ms": 1 }), floor);
    }
}

fn next(client: &mut Client, page: &str) -> String {
    let answer = got(client, page);
    format!("/api/v1/invoices?only=open&limit=50&after={}", answer["next"].as_str().expect("there is a next page"))
}

fn got(client: &mut Client, page: &str) -> Value {
    let answer = client.send("GET", page, "", "").unwrap();
    assert_eq!(answer.status, 200, "{page}: {:?}", answer.body);
    answer.body
}
