//! Two servers before one database on PostgreSQL: their own data folders, the same key, one row of numbers and one log.

use crate::client::{every_invoice, gapless};
use crate::installation::{Installation, invoice};
use std::sync::Mutex;

/// How many clients each of them has, and how many invoices each client issues.
const CLIENTS: usize = 3;
const EACH: usize = 12;

/// A log, exported through the server that is there.
fn exported(place: &Installation, name: &str) -> (String, String) {
    let file = place.folder().join(name).to_str().unwrap().to_owned();
    place.run(&["audit", "export", "--business", &place.business, &file]);
    (std::fs::read_to_string(&file).unwrap(), file)
}

#[test]
fn two_servers_on_one_database_number_without_a_gap_and_keep_one_log() {
    let one = Installation::new(true);
    let other = one.beside();
    let places = [&one, &other];
    let serving = places.map(Installation::serve);
    let customer = one.customer(&mut one.client(&serving[0]));
    let issued = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for (place, serving) in places.iter().zip(&serving) {
            for _ in 0..CLIENTS {
                let mut client = place.client(serving);
                let (body, issued) = (invoice(&customer), &issued);
                scope.spawn(move || {
                    for _ in 0..EACH {
                        let answer = client.post("/api/v1/invoices/issue", &body).unwrap();
                        assert_eq!(answer.status, 201, "{answer:?}");
                        issued.lock().unwrap().push(answer.body);
                    }
                });
            }
        }
    });
    let issued = issued.into_inner().unwrap();
    for (place, serving) in places.iter().zip(&serving) {
        let mut client = place.client(serving);
        assert_eq!(client.send("GET", "/readyz", "", "").unwrap().status, 200, "its clock and the database's are one");
        let all = every_invoice(&mut client);
        assert!(all.len() == 2 * CLIENTS * EACH && gapless(&all), "{all:?}");
        for invoice in &issued {
            let path = format!("/api/v1/invoices/{}", invoice["id"].as_str().unwrap());
            assert_eq!(&client.send("GET", &path, "", "").unwrap().body, invoice, "whichever of them issued it");
        }
        assert!(place.check().ends_with("nothing was altered."), "its books, and those of the installation");
    }
    drop(serving);
    let key = |place: &Installation| {
        let told = place.run(&["audit", "key", "--business", &place.business]);
        String::from_utf8(told.stdout).unwrap().trim().to_owned()
    };
    let (ours, theirs) = (exported(&one, "log"), exported(&other, "log"));
    one.run(&["audit", "verify", &ours.1, "--key", &key(&other)]);
    other.run(&["audit", "verify", &theirs.1, "--key", &key(&one), "--since", &ours.1]);
    assert_eq!(ours.0.matches("\"what\":\"invoice.issued\"").count(), issued.len());
    for place in places {
        assert!(place.check().ends_with("nothing was altered."), "after both have ended");
    }
}
