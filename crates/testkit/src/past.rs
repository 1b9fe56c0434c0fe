//! Writing rows past every command: what the database's administrator can do with any of them.

use coffer_kernel::{Action, Actor, Permit};
use coffer_store::{Books, Event, Order, Refused, Tx, Value};

/// What nobody orders: only an operator may.
#[derive(Debug, Clone, Copy)]
pub struct Behind;

impl Order for Behind {
    const ACTION: Action = Action::CheckBooks;
}

/// That it was done stands in the log, as whatever a transaction did; of no row does it say anything.
#[derive(Debug, Clone, Copy)]
pub struct Written;

impl Event for Written {
    const NAME: &'static str = "test.altered";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Runs this statement in the books of this operator; how many rows it touched.
///
/// # Errors
/// As the store's: what the schema refuses touches nothing.
pub async fn past(books: &Books, operator: &Actor, sql: &'static str, row: Vec<Value>) -> Result<u64, Refused> {
    let body = move |tx: &mut Tx<'_>, _: &Permit, _: &Behind| {
        let touched = tx.execute(sql, &row)?;
        tx.record::<_, _, Refused>(Written, touched)
    };
    books.transact(operator, Behind, body).await
}
