#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use super::{Server, Settings, Tls};
use crate::machine::{ServerUser, postgres_programs, succeed};

/// Runs a statement as the test's role, the way an application would connect.
fn ask(url: &str, statement: &str) -> Result<String, String> {
    let psql = postgres_programs().unwrap().join("psql");
    let mut command = ServerUser::Same.command(&psql);
    command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
    command.args([url, "--command", statement]);
    succeed(&mut command).map_err(|error| error.to_string())
}

#[test]
fn each_test_has_a_database_of_its_own_and_no_special_rights() {
    let server = Server::shared().unwrap();
    let (one, other) = (server.database().unwrap(), server.database().unwrap());
    ask(&one.address().url(), "CREATE TABLE seen (here integer)").unwrap();
    assert!(ask(&other.address().url(), "SELECT * FROM seen").unwrap_err().contains("does not exist"));
    let rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls \
                  FROM pg_roles WHERE rolname = current_user";
    assert_eq!(ask(&one.address().url(), rights).unwrap(), "f");
    let version = ask(&one.address().url(), "SHOW server_version_num").unwrap();
    assert!(version.parse::<u32>().unwrap() >= 150_000);
}

#[test]
fn a_template_is_filled_once_and_copied_often() {
    let server = Server::shared().unwrap();
    let name = format!("filled once {}", std::process::id());
    let mut fillings = 0;
    for _ in 0..3 {
        let copy = server.database_like(&name, |address| {
            fillings += 1;
            ask(&address.url(), "CREATE TABLE filled AS SELECT 7 AS here").map(|_| ())
        });
        let copy = copy.unwrap();
        assert_eq!(ask(&copy.address().url(), "SELECT here FROM filled").unwrap(), "7");
    }
    assert_eq!(fillings, 1);
}

#[test]
fn a_template_that_fails_is_not_used() {
    let server = Server::shared().unwrap();
    let name = format!("never filled {}", std::process::id());
    for _ in 0..2 {
        let failed = server.database_like(&name, |_| Err("no such migration"));
        assert!(failed.unwrap_err().to_string().contains("no such migration"));
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let server = Server::start(&Settings { durable: true, tls: None }).unwrap();
    let database = server.database().unwrap();
    let url = database.address().url();
    assert_eq!(ask(&url, "SHOW fsync").unwrap(), "on");
    ask(&url, "CREATE TABLE kept AS SELECT 7 AS here").unwrap();
    server.kill().unwrap();
    assert!(ask(&url, "SELECT 1").is_err());
    server.restart().unwrap();
    assert_eq!(ask(&url, "SELECT here FROM kept").unwrap(), "7");
}

#[test]
fn over_tls_the_server_shows_its_certificate_and_takes_nothing_plain() {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let tls = Tls { certificate_pem: certificate.pem(), key_pem: key.serialize_pem() };
    let server = Server::start(&Settings { durable: false, tls: Some(tls) }).unwrap();
    let database = server.database().unwrap();
    let url = database.address().url();

    let roots = std::env::temp_dir().join(format!("coffer-roots-{}.pem", std::process::id()));
    fs::write(&roots, certificate.pem()).unwrap();
    let verified = format!("{url}?sslmode=verify-full&sslrootcert={}", roots.display());
    let encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assert_eq!(ask(&verified, encrypted).unwrap(), "t");
    fs::remove_file(&roots).unwrap();

    let plain = ask(&format!("{url}?sslmode=disable"), "SELECT 1").unwrap_err();
    assert!(plain.contains("no encryption"), "{plain}");
    let stranger = url.replace("coffer-test", "wrong");
    assert!(ask(&stranger, "SELECT 1").unwrap_err().contains("password authentication failed"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the watcher is another process, in real time")]
fn a_server_of_ones_own_is_gone_when_its_value_is() {
    let server = Server::start(&Settings::default()).unwrap();
    let folder = server.cluster().folder().parent().unwrap().to_owned();
    assert!(folder.join("server/data/postmaster.pid").exists());
    drop(server);
    let begun = Instant::now();
    while folder.exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the watcher did not end the server");
        thread::sleep(Duration::from_millis(20));
    }
}
