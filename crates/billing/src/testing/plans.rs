//! How the engines answer a statement that walks a list page by page.

use super::sql::plan;
use coffer_kernel::{Action, Actor, TypedId};
use coffer_store::{Order, Reading, Refused, Value, values};
use coffer_testkit::TestBooks;

struct Explain;

impl Order for Explain {
    const ACTION: Action = Action::ReadInvoices;
}

/// A statement, what it takes after the business, and the index it walks along.
pub(crate) type Walked = (&'static str, Vec<Value>, &'static str);

/// Holds that each of these is walked along its index and sorted by nobody.
pub(crate) async fn walked_along_their_index(test: &TestBooks, actor: &Actor, all: Vec<Walked>) {
    let dialect = test.books.dialect();
    for (sql, asked, index) in all {
        let look = move |reading: &mut coffer_store::Snapshot<'_>, _: &coffer_kernel::Permit, _: &Explain| {
            let mut values = values![reading.business().bytes()];
            values.extend(asked.iter().cloned());
            Ok::<_, Refused>(plan(reading, dialect, sql, &values)?)
        };
        let plan = test.books.read(actor, Explain, look).await.unwrap();
        assert!(plan.contains(index), "{index}: {plan}");
        let sorts = plan.to_lowercase();
        assert!(!sorts.contains("sort") && !sorts.contains("temp b-tree"), "{index}: {plan}");
    }
}
