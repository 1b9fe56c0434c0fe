//! A process on PostgreSQL that stops in the middle of its transaction, as one does whose network is lost: the others go on
//! without it, and what it had begun is done again when it is back.

use crate::notes::{AGGREGATES, Note, NoteWritten, Write, add, business, found, list, migrations, revise};
use coffer_kernel::{ScopeId, SubjectId, TypedId};
use coffer_store::{Order, Reading, Refused};
use coffer_testkit::postgres::{Address, Server};
use coffer_testkit::{Callers, Home};
use futures_util::future::join;
use std::sync::mpsc::channel;

const SETTING: &str = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'";

// proves: C85.h, D4
#[test]
fn no_writing_connection_keeps_its_locks_for_longer_than_a_minute_of_silence() {
    let database = Server::shared().unwrap().database().unwrap();
    let way = database.address().clone();
    let home = Home::in_database(database, way, 7, migrations(), AGGREGATES);
    let books = home.open(None).unwrap();
    let callers = Callers::of(business(2));
    runtime().block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        let order = Write { slot: 1, amount: 1, text: "n".into(), scope: ScopeId::from_bytes([1; 16]) };
        let said: Result<String, Refused> = books
            .transact(&callers.clerk(), order, |tx, _, order| {
                let said: String = tx.one(SETTING, &[])?.unwrap().get(0)?;
                let note = crate::notes::write(tx, order)?;
                tx.record(NoteWritten(note), said)
            })
            .await;
        assert_eq!(said.as_deref(), Ok("60000"));
        // A reader may be read slowly: a backup goes as fast as its disk.
        let read: Result<String, Refused> = books
            .read(&callers.clerk(), Looking, |snapshot, _, _| Ok(snapshot.one(SETTING, &[])?.unwrap().get(0)?))
            .await;
        assert_eq!(read.as_deref(), Ok("0"));
    });
    books.close();
}

struct Looking;

impl Order for Looking {
    const ACTION: coffer_kernel::Action = coffer_kernel::Action::ReadCustomers;
}

// proves: C85.h, D4
#[test]
fn who_stops_in_the_middle_of_a_transaction_holds_nobody_up_and_loses_nothing() {
    let database = Server::shared().unwrap().database().unwrap();
    let own = database.address().clone();
    // As short as a test likes; whoever waits for a lock in vain is told so instead of waiting for ever.
    let short = "?options=-c%20idle_in_transaction_session_timeout%3D200%20-c%20lock_timeout%3D20000";
    let way = Address { database: format!("{}{short}", own.database), ..own };
    let home = Home::in_database(database, way, 7, migrations(), AGGREGATES);
    let (stuck, other) = (home.open(None).unwrap(), home.open(None).unwrap());
    let callers = Callers::of(business(2));
    runtime().block_on(async {
        found(&stuck, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let note = add(&stuck, &clerk, 1, "first").await.unwrap();
        let ((begun, begins), (go, goes)) = (channel(), channel::<()>());
        let order = Write { slot: 1, amount: 1, text: String::new(), scope: note.scope };
        let id = SubjectId::from_bytes(note.id);
        let stops = stuck.transact(&clerk, order, move |tx, permit, _| {
            let granted = tx.lock::<Note>(permit, id)?;
            let _ = begun.send(());
            // Until it is told to go on; a second time it is told at once.
            let _ = goes.recv();
            let next = Note { version: granted.version + 1, text: granted.text.clone() + ", stuck", ..granted.clone() };
            tx.replace(&granted, &next)?;
            tx.record::<_, _, Refused>(NoteWritten(next), ())
        });
        let goes_on = async {
            begins.recv().unwrap();
            let went = revise(&other, &clerk, &note, "other").await;
            drop(go);
            went
        };
        let (stopped, went) = join(stops, goes_on).await;
        assert_eq!((stopped, went), (Ok(()), Ok(())));
        let there = list(&stuck, &clerk).await.unwrap();
        assert_eq!(there.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["other, stuck"]);
        stuck.sign_log(callers.business).await.unwrap();
        assert_eq!(stuck.check(callers.business).await.unwrap().findings, vec![]);
    });
    stuck.close();
    other.close();
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}
