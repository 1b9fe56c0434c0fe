//! Bringing books forward: the old state is kept beside them, and what was there is there afterwards.

use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_store::{Dialect, Fault, Migration};
use coffer_testkit::{Callers, Home};

/// One step more than there are, the same text for both engines.
pub(crate) fn with(sqlite: &'static str) -> &'static [Migration] {
    let known = migrations().iter().map(|step| Migration {
        number: step.number,
        name: step.name,
        sqlite: step.sqlite,
        postgres: step.postgres,
    });
    let next = i64::try_from(migrations().len()).unwrap() + 1;
    let steps: Vec<Migration> =
        known.chain([Migration { number: next, name: "next", sqlite, postgres: sqlite }]).collect();
    steps.leak()
}

#[test]
fn older_books_open_after_a_new_step_with_a_copy_taken_first() {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let mut home = Home::new(engine, 7, migrations(), AGGREGATES);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let callers = Callers::of(business(2));
        let books = home.open(None).unwrap();
        runtime.block_on(async {
            found(&books, &callers.operator()).await.unwrap();
            add(&books, &callers.clerk(), 1, "older").await.unwrap();
        });
        books.close();

        home.migrate_with(with("CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT)"));
        assert!(matches!(home.open(None), Err(Fault::Engine(_))), "a step that fails leaves nothing");
        home.migrate_with(with("CREATE TABLE half (a TEXT)"));
        let books = home.open(None).unwrap();
        assert_eq!(runtime.block_on(list(&books, &callers.clerk())).unwrap()[0].text, "older");
        books.close();

        if let Some(folder) = home.folder() {
            let step = migrations().len() + 1;
            let copy = folder.join(format!("before-step-{step}.db"));
            assert!(
                !std::fs::read(&copy).unwrap().starts_with(b"SQLite format 3"),
                "it is as encrypted as the original"
            );
        }
        home.migrate_with(migrations());
        assert!(matches!(home.open(None), Err(Fault::Misuse(_))), "an older program does not touch newer books");

        if let Some(folder) = home.folder() {
            // Whoever has to go back puts the copy in its place, and the older program.
            let step = migrations().len() + 1;
            std::fs::rename(folder.join(format!("before-step-{step}.db")), folder.join("coffer.db")).unwrap();
            let books = home.open(None).unwrap();
            assert_eq!(runtime.block_on(list(&books, &callers.clerk())).unwrap()[0].text, "older");
            runtime.block_on(books.sign_log(callers.business)).unwrap();
            let checked = runtime.block_on(books.check(callers.business)).unwrap();
            assert_eq!((checked.rows, checked.findings), (1, vec![]));
            books.close();
        }
    }
}
