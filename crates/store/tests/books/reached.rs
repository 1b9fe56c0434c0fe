//! How PostgreSQL is reached: over TLS it says who it is, or nobody speaks with it; and it is new enough.

use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_store::Fault;
use coffer_testkit::mail::certificate;
use coffer_testkit::postgres::{Database, Server, Settings, Tls};
use coffer_testkit::{Callers, Home};
use std::path::Path;

/// A home in this database, reached at this name with these settings, trusting this authority.
fn verified(database: Database, host: &str, more: &str, authority: &Path) -> Home {
    let mut address = database.address().clone();
    host.clone_into(&mut address.host);
    // What stands last in an address; the settings come after it.
    address.database += &format!("?sslmode=verify-full&sslrootcert={}{more}", authority.display());
    Home::in_database(database, address, 7, migrations(), AGGREGATES)
}

// proves: C02.b, D4
#[test]
fn over_tls_the_right_name_and_the_right_authority_are_asked_for() {
    let (good, other) = (certificate("127.0.0.1").unwrap(), certificate("127.0.0.1").unwrap());
    let tls = Tls { certificate_pem: good.certificate, key_pem: good.key };
    let server = Server::start(&Settings { durable: false, tls: Some(tls) }).unwrap();
    let folder = std::env::temp_dir().join(format!("coffer-authorities-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (trusted, another) = (folder.join("trusted.pem"), folder.join("another.pem"));
    std::fs::write(&trusted, &good.authority).unwrap();
    std::fs::write(&another, &other.authority).unwrap();

    for (host, more, authority, what) in [
        ("localhost", "&hostaddr=127.0.0.1", &trusted, "another name"),
        ("127.0.0.1", "", &another, "another authority"),
    ] {
        let home = verified(server.database().unwrap(), host, more, authority);
        let refused = home.open(None).err().unwrap();
        assert!(matches!(&refused, Fault::Away(why) if why.contains("certificate")), "{what}: {refused:?}");
        let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
        assert_eq!(home.database().unwrap().query(tables).unwrap(), "0", "{what}");
    }
    let home = verified(server.database().unwrap(), "127.0.0.1", "", &trusted);
    let books = home.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        add(&books, &callers.clerk(), 1, "n").await.unwrap();
        assert_eq!(list(&books, &callers.clerk()).await.unwrap().len(), 1);
    });
    let sealed = "SELECT bool_and(s.ssl) AND count(*) > 1 FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) \
                  WHERE a.application_name = 'coffer' AND a.datname = current_database()";
    assert_eq!(home.database().unwrap().query(sealed).unwrap(), "t", "each of its connections");
    books.close();
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A server that says it is of the past, to whoever does not ask its catalogue by name.
const OLDER: &str = "CREATE SCHEMA past; GRANT USAGE ON SCHEMA past TO PUBLIC; \
     CREATE FUNCTION past.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT CASE $1 \
     WHEN 'server_version_num' THEN '140011' WHEN 'server_version' THEN '14.11' \
     ELSE pg_catalog.current_setting($1) END $$";

#[test]
fn a_server_that_is_too_old_is_refused_before_anything_is_made_in_it() {
    let database = Server::shared().unwrap().database().unwrap();
    let address = database.address().clone();
    let name = address.database.clone();
    database.query(OLDER).unwrap();
    database.query(&format!("ALTER DATABASE {name} SET search_path = past, pg_catalog, public")).unwrap();
    let home = Home::in_database(database, address, 7, migrations(), AGGREGATES);
    let refused = home.open(None).err().unwrap().to_string();
    assert!(refused.contains("PostgreSQL 14.11") && refused.contains("15 or newer"), "{refused}");
    let database = home.database().unwrap();
    let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('past', 'public')";
    assert_eq!(database.query(tables).unwrap(), "0");
    database.query(&format!("ALTER DATABASE {name} RESET search_path")).unwrap();
    home.open(None).unwrap().close();
}
