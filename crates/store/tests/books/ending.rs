//! PostgreSQL goes away while COMMIT is under way. What was asked without a key of its own is done once all the same,
//! and whoever hears that it is done finds it there.
//!
//! COMMIT is held by a trigger that runs within it and waits for a row that the test has, so that nothing here depends
//! on how fast anything is. What comes after the commit is written cannot be held so; there the server itself waits.

use crate::notes::{self, AGGREGATES, Note, NoteWritten, Write, business, found, list, migrations};
use coffer_kernel::{Actor, ScopeId, TypedId};
use coffer_store::{Books, Refused};
use coffer_testkit::postgres::{Address, Database, Relay, Server, Settings};
use coffer_testkit::{Callers, Home};
use futures_util::future::{Either, select};
use std::pin::pin;
use tokio_postgres::{Client, NoTls};

/// How often each end is tried.
const ROUNDS: usize = 10;

/// A trigger within COMMIT, for each note that is written.
const GATE: &str = "CREATE TABLE gate (one BOOLEAN); INSERT INTO gate VALUES (TRUE); \
     CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN PERFORM 1 FROM gate FOR SHARE; RETURN NULL; END $$; \
     CREATE CONSTRAINT TRIGGER pass AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED \
         FOR EACH ROW EXECUTE FUNCTION pass()";
const CLOSE_GATE: &str = "BEGIN; SELECT 1 FROM gate FOR UPDATE";
const OPEN_GATE: &str = "ROLLBACK";
/// Who waits at the gate.
const HELD: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1 \
     AND query = 'COMMIT' AND state = 'active' AND wait_event_type = 'Lock'";
/// Who else waits for whoever waits at the gate.
const BEHIND: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1 \
     AND query <> 'COMMIT' AND state = 'active' AND wait_event_type = 'Lock'";
/// Who is in COMMIT, wherever in it.
const COMMITTING: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1 \
     AND query = 'COMMIT' AND state = 'active'";
/// Somebody, once so many notes can be seen.
const WRITTEN: &str = "SELECT pg_backend_pid() WHERE (SELECT count(*) FROM note) > $1::int";

/// The test's own ways into the database: one that holds the gate, and one that looks. What a transaction has once seen of
/// the others, it sees until its end.
struct Hand {
    gate: Client,
    eye: Client,
}

impl Hand {
    async fn at(address: &Address) -> Self {
        Self { gate: connected(address).await, eye: connected(address).await }
    }

    async fn does(&self, sql: &str) {
        self.gate.batch_execute(sql).await.unwrap();
    }

    /// Asks until there is somebody; `number` is what the question is about.
    async fn waits_for(&self, sql: &str, number: i32) -> i32 {
        loop {
            if let Some(row) = self.eye.query_opt(sql, &[&number]).await.unwrap() {
                return row.get(0);
            }
        }
    }

    async fn ends(&self, process: i32) {
        let ended: bool = self.eye.query_one("SELECT pg_terminate_backend($1)", &[&process]).await.unwrap().get(0);
        assert!(ended, "it was there to be ended");
    }
}

#[expect(clippy::disallowed_methods, reason = "the driver's own task; it ends when the connection does")]
async fn connected(address: &Address) -> Client {
    let (client, link) = tokio_postgres::connect(&address.url(), NoTls).await.unwrap();
    drop(tokio::spawn(link));
    client
}

/// Writes a note into a slot that nobody chose: done twice, it stands there twice.
async fn jot(books: &Books, actor: &Actor) -> Result<Note, Refused> {
    let order = Write { slot: 0, amount: 1, text: "n".into(), scope: ScopeId::from_bytes([1; 16]) };
    books
        .transact(actor, order, |tx, _, order| {
            let mut slot = [0; 8];
            tx.entropy().fill(&mut slot);
            let note = notes::write(tx, &Write { slot: i64::from_be_bytes(slot), ..order.clone() })?;
            tx.record(NoteWritten(note.clone()), note)
        })
        .await
}

/// Jots notes while each of their COMMITs gets into this trouble: each is acknowledged, and there, once.
fn each_is_done_once(database: Database, way: &Address, gate: &str, trouble: impl AsyncFn(&Hand, i32)) {
    let direct = database.address().clone();
    let home = Home::in_database(database, way.clone(), 7, migrations(), AGGREGATES);
    let books = home.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let callers = Callers::of(business(2));
    runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        let hand = Hand::at(&direct).await;
        hand.does(gate).await;
        let clerk = callers.clerk();
        for round in 0..ROUNDS {
            let before = i32::try_from(round).unwrap();
            if !gate.is_empty() {
                hand.does(CLOSE_GATE).await;
            }
            let (jotting, trouble) = (pin!(jot(&books, &clerk)), pin!(trouble(&hand, before)));
            let note = match select(jotting, trouble).await {
                Either::Left((done, trouble)) => {
                    let note = done.unwrap();
                    // Before the rest of the trouble, which may wait for a commit that will not come.
                    assert!(list(&books, &clerk).await.unwrap().contains(&note), "what is acknowledged is there");
                    trouble.await;
                    note
                }
                Either::Right(((), jotting)) => jotting.await.unwrap(),
            };
            let there = list(&books, &clerk).await.unwrap();
            assert_eq!(there.len(), round + 1, "one more, and no second one");
            assert!(there.contains(&note), "what is acknowledged is there");
        }
        books.sign_log(callers.business).await.unwrap();
        let checked = books.check(callers.business).await.unwrap();
        assert_eq!((checked.rows, checked.findings), (u64::try_from(ROUNDS).unwrap(), vec![]));
    });
    books.close();
}

// proves: C85.a
#[test]
fn ended_before_the_commit_is_written_it_is_done_again() {
    let database = Server::shared().unwrap().database().unwrap();
    let way = database.address().clone();
    each_is_done_once(database, &way, GATE, async |hand, _| {
        let first = hand.waits_for(HELD, 0).await;
        hand.ends(first).await;
        hand.waits_for(HELD, first).await;
        hand.does(OPEN_GATE).await;
    });
}

// proves: C85.a
#[test]
fn ended_after_the_commit_is_written_it_is_not_done_again() {
    let server = Server::start(&Settings { durable: true, tls: None }).unwrap();
    let database = server.database().unwrap();
    let (way, name) = (database.address().clone(), database.address().database.clone());
    // The server waits for others to commit with it, a tenth of a second, between writing the commit and syncing it.
    for setting in ["commit_siblings = 0", "commit_delay = 100000"] {
        database.query(&format!("ALTER DATABASE {name} SET {setting}")).unwrap();
    }
    each_is_done_once(database, &way, "", async |hand, _| {
        let first = hand.waits_for(COMMITTING, 0).await;
        hand.ends(first).await;
    });
}

// proves: C85.a
#[test]
fn cut_off_while_the_server_still_commits_it_waits_for_the_end_of_that() {
    let database = Server::shared().unwrap().database().unwrap();
    let relay = Relay::to(database.address()).unwrap();
    each_is_done_once(database, relay.address(), GATE, async |hand, _| {
        let first = hand.waits_for(HELD, 0).await;
        relay.cut();
        hand.waits_for(BEHIND, first).await;
        hand.does(OPEN_GATE).await;
    });
}

// proves: C85.a
#[test]
fn an_answer_to_commit_that_is_lost_is_looked_up() {
    let database = Server::shared().unwrap().database().unwrap();
    let relay = Relay::to(database.address()).unwrap();
    each_is_done_once(database, relay.address(), GATE, async |hand, before| {
        hand.waits_for(HELD, 0).await;
        relay.mute();
        hand.does(OPEN_GATE).await;
        hand.waits_for(WRITTEN, before).await;
        relay.cut();
    });
}
