//! Closing the books: nothing is left that the next start would have to read first.

use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_store::Dialect;
use coffer_testkit::{Callers, Home};
use futures_util::future::join_all;

/// How often; each time four connections close, and where two did at once the log stayed now and then.
const ROUNDS: i64 = 20;

#[test]
fn closed_books_are_one_file() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let left = (0..ROUNDS).filter(|round| {
        let books = home.open(None).unwrap();
        runtime.block_on(async {
            if *round == 0 {
                found(&books, &callers.operator()).await.unwrap();
            }
            let clerk = callers.clerk();
            // What is large fills the caches: they take a moment to go, in which their connection is still there.
            let text = if *round < 8 { "n".repeat(100_000) } else { "n".to_owned() };
            add(&books, &clerk, *round, &text).await.unwrap();
            // More looks at once than there are threads, so that each has a connection.
            let looks = join_all((0..6).map(|_| list(&books, &clerk))).await;
            assert!(looks.iter().all(Result::is_ok));
        });
        books.close();
        home.folder().unwrap().join("coffer.db-wal").exists()
    });
    assert_eq!(left.count(), 0, "of {ROUNDS} times the write-ahead log was left beside the database");
}
