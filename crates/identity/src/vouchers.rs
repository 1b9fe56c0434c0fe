//! Looking through everything that lets somebody in: whether each row is as it was written here.
//!
//! At the door a row is held against its voucher when somebody comes with it. Here all of them are, whether anybody comes or
//! not: those in force have to fit, and those that are over have lost their voucher, so that one that was only dated by hand
//! is found as well. An older row put back whole fits; for people and places the log says better
//! ([`coffer_store::Books::check`]).

use crate::{api_keys, document_links, links, members, people, sessions};
use coffer_kernel::{Action, Actor, TypedId, UserId};
use coffer_store::{Books, Fault, Order, Reading, Refused, Value, values};
use std::fmt;

/// A table of rows that are found by a token.
pub(crate) struct Vouched {
    pub(crate) table: &'static str,
    /// How many columns grant: the first is what the row is found by, the second its id. The voucher stands behind them, and
    /// behind that when it was over, where a row of this table can be.
    pub(crate) grant: usize,
    /// The rows that come after `$1`, in their order, some at a time.
    pub(crate) page: &'static str,
}

/// In the order in which they are said.
const FOUND_BY_TOKEN: [&Vouched; 4] =
    [&sessions::sql::VOUCHED, &api_keys::sql::VOUCHED, &links::sql::VOUCHED, &document_links::sql::VOUCHED];

/// What was looked through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many rows.
    pub rows: usize,
    /// Those that are not as they were written here.
    pub altered: Vec<Altered>,
}

/// A row that is not as it was written here, or was not written here at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// Its table.
    pub table: &'static str,
    /// Its id.
    pub row: [u8; 16],
}

impl fmt::Display for Altered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: this row lets somebody in, and it is not as it was written.", self.table, hex(self.row))
    }
}

fn hex(id: [u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct LookThrough;

impl Order for LookThrough {
    const ACTION: Action = Action::CheckBooks;
}

/// Looks through the whole installation, in its own books. What does not fit is noted in their log, too.
///
/// # Errors
/// As the store's. A row that does not fit is not one.
pub async fn look_through(books: &Books, actor: &Actor) -> Result<Looked, Refused> {
    books
        .read(actor, LookThrough, |snapshot, _, _| {
            let mut looked = Looked::default();
            let (people, not_theirs) = people::sql::altered(snapshot)?;
            let (places, not_given) = members::sql::altered(snapshot)?;
            looked.rows = people + places;
            let row = |table| move |user: UserId| Altered { table, row: user.bytes() };
            looked.altered.extend(not_theirs.into_iter().map(row(people::AGGREGATE.root.name)));
            looked.altered.extend(not_given.into_iter().map(row(members::AGGREGATE.root.name)));
            for table in FOUND_BY_TOKEN {
                found_by_token(snapshot, table, &mut looked)?;
            }
            Ok(looked)
        })
        .await
}

fn found_by_token(reading: &mut impl Reading, of: &Vouched, looked: &mut Looked) -> Result<(), Fault> {
    let mut after: Vec<u8> = Vec::new();
    loop {
        let page = reading.query(of.page, &values![after])?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.get(0)?;
        looked.rows += page.len();
        for row in &page {
            let voucher: Option<Vec<u8>> = row.get(of.grant)?;
            let over = row.span(of.grant + 1, 1).first().is_some_and(|over| *over != Value::Null);
            let stands = match (over, &voucher) {
                (true, voucher) => voucher.is_none(),
                (false, voucher) => reading.vouched(of.table, row.span(0, of.grant), voucher.as_deref())?,
            };
            if !stands {
                looked.altered.push(Altered { table: of.table, row: row.get(1)? });
            }
        }
    }
}
