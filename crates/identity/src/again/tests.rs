#![allow(clippy::unwrap_used, reason = "tests")]

use crate::members::{EndMembership, end};
use crate::testing::{Someone, a_door, on_both_engines};
use coffer_kernel::{Action, BusinessId, Origin, Role, Who};
use coffer_store::{Event, Order, Refused};
use futures_util::FutureExt;
use futures_util::future::join;
use std::pin::pin;
use std::sync::mpsc::channel;

/// Something that concerns the whole house and gives access.
struct Sheet;

impl Order for Sheet {
    const ACTION: Action = Action::MakeRecoverySheet;
}

struct Shown;

impl Event for Shown {
    const NAME: &'static str = "recovery_sheet.shown";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Somebody who waits for a lock.
const WAITS: &str =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

// proves: C40.g
#[test]
fn nobody_is_shown_out_while_they_are_given_access_to_the_whole_house() {
    on_both_engines(|test| async move {
        let Some(database) = test.home.database() else { return };
        // Another process on the same books: nothing but the database is between the two.
        let other = std::thread::scope(|scope| scope.spawn(|| test.home.open(None).unwrap()).join().unwrap());
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await;
        let acts = chief.actor(&door, &test).await;
        let second = Someone::joins(&door, &acts, Role::Owner, "ada@ateliernord.example", &test).await;
        let shows_out = second.actor(&door, &test).await;
        let in_the_house = door.mint.actor(Who::clone(acts.who()), BusinessId::INSTALLATION, Origin::default());
        let ((begun, begins), (go, goes)) = (channel(), channel::<()>());
        let given = door.books.transact(&in_the_house, Sheet, move |tx, _, _| {
            let _ = begun.send(());
            let _ = goes.recv();
            tx.record::<_, _, Refused>(Shown, ())
        });
        let shown_out = async {
            begins.recv().unwrap();
            let mut ending = pin!(end(&other, &shows_out, EndMembership { user: chief.user }));
            while database.query(WAITS).unwrap().trim() == "0" {
                assert!(ending.as_mut().now_or_never().is_none(), "shown out before they were done");
            }
            drop(go);
            ending.await
        };
        let (given, ended) = join(given, shown_out).await;
        assert_eq!((given, ended), (Ok(()), Ok(())));
        other.close();
    });
}
