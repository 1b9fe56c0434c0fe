//! A data key seals so often and no more; then the next one does, and the older ones go on opening what they sealed.

use crate::notes::{AGGREGATES, List, Note, NoteWritten, Write, add, business, found, list, migrations};
use coffer_kernel::{Actor, ScopeId, SubjectId, TypedId};
use coffer_store::{Asked, Books, Dialect, Fault, KeyUses, Reading, Refused, values};
use coffer_testkit::{Callers, Home};

const USES: &str =
    "SELECT generation, uses FROM subject_key WHERE business = $1 AND subject = $2 AND class = $3 ORDER BY generation";

/// The generations of a subject's key of this class, each with its uses.
async fn uses(books: &Books, actor: &Actor, subject: [u8; 16], class: i64) -> Vec<(i64, i64)> {
    let look = books.read(actor, List, move |snapshot, _, _| {
        let rows = snapshot.query(USES, &values![snapshot.business().bytes(), subject, class])?;
        let each = rows.iter().map(|row| Ok::<_, Fault>((row.get(0)?, row.get(1)?)));
        Ok::<_, Refused>(each.collect::<Result<Vec<_>, _>>()?)
    });
    look.await.unwrap()
}

async fn rewrite(books: &Books, actor: &Actor, id: [u8; 16], turn: i64) -> Result<(), Refused> {
    let order = Write { slot: 1, amount: turn, text: format!("turn {turn}"), scope: ScopeId::from_bytes([1; 16]) };
    let written = books.transact(actor, order, move |tx, permit, order| {
        let granted = tx.lock::<Note>(permit, SubjectId::from_bytes(id))?;
        let next = Note { version: granted.version + 1, text: order.text.clone(), ..granted.clone() };
        tx.replace(&granted, &next)?;
        if turn % 5 == 4 {
            return Err(Refused::Stale);
        }
        tx.record(NoteWritten(next), ())
    });
    written.await
}

async fn remembered(books: &Books, actor: &Actor) -> Vec<String> {
    let look = books.read(actor, List, |snapshot, _, _| {
        let asked = Asked { about: None, before: None, most: 500, details: true };
        let page = snapshot.history(asked, |leaf| leaf.what == "note.written")?;
        Ok::<_, Refused>(page.records.into_iter().filter_map(|record| record.detail).collect())
    });
    look.await.unwrap()
}

// proves: C05.b, C04.b
#[test]
fn a_key_that_has_sealed_enough_gives_way_and_goes_on_opening() {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let mut home = Home::new(engine, 7, migrations(), AGGREGATES);
        home.sealing(KeyUses { most: 12, block: 4 });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let callers = Callers::of(business(2));
        let books = home.open(None).unwrap();
        let (clerk, owner) = (callers.clerk(), callers.owner());
        let note = runtime.block_on(async {
            found(&books, &callers.operator()).await.unwrap();
            let note = add(&books, &clerk, 1, "the first").await.unwrap();
            for turn in 0..50 {
                let refused = rewrite(&books, &clerk, note.id, turn).await.is_err();
                assert_eq!(refused, turn % 5 == 4, "a body that fails takes a key it made with it");
            }
            note
        });
        books.close();
        let books = home.open(None).unwrap();
        runtime.block_on(async {
            assert_eq!(list(&books, &clerk).await.unwrap()[0].text, "turn 48", "after a start");
            let said = remembered(&books, &owner).await;
            assert_eq!(said.len(), 41, "what the first key sealed opens with it");
            assert_eq!(said.last().map(String::as_str), Some("the first"));
            for class in [1, 2] {
                let uses = uses(&books, &owner, note.id, class).await;
                assert!(uses.len() >= 4, "{uses:?}");
                let dense = uses.iter().zip(1..).all(|((generation, uses), place)| *generation == place && *uses <= 16);
                assert!(dense, "a block more than the most was asked for, and given to the next: {uses:?}");
            }
            assert!(books.check(business(2)).await.unwrap().findings.is_empty());
        });
        books.close();
    }
}

// proves: C05.c
#[test]
fn counting_writes_once_in_a_block() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let books = home.open(None).unwrap();
    runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        let note = add(&books, &callers.clerk(), 1, "one").await.unwrap();
        for turn in 0..20 {
            drop(rewrite(&books, &callers.clerk(), note.id, turn).await);
        }
        let block = i64::from(KeyUses::default().block);
        assert_eq!(uses(&books, &callers.owner(), note.id, 1).await, [(1, block)]);
    });
    books.close();
}
