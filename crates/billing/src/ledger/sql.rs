//! Every statement on the books' tables.

use super::{Balance, JournalEntry};
use crate::summed::{altered, read_all};
use coffer_kernel::TypedId;
use coffer_kernel::money::Money;
use coffer_store::{Aggregate, Cells, Fault, Reading, Stored, Table, Tx, Value, values};
use std::collections::BTreeMap;

/// Where an entry stands. Nobody reads one alone: what is read are sums, which are worked out again by `coffer check`.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "journal_entry",
        insert: "INSERT INTO journal_entry (business, id, version, posted_on, cause, document, currency) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
        replace: "UPDATE journal_entry SET version = $3, posted_on = $4, cause = $5, document = $6, currency = $7 \
                  WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, posted_on, cause, document, currency FROM journal_entry \
                 WHERE business = $1 AND id = $2",
    },
    parts: &[Table {
        name: "posting",
        insert: "INSERT INTO posting (business, entry, position, account, minor) VALUES ($1, $2, $3, $4, $5)",
        replace: "DELETE FROM posting WHERE business = $1 AND entry = $2",
        select: "SELECT business, entry, position, account, minor FROM posting \
                 WHERE business = $1 AND entry = $2 ORDER BY position",
    }],
    held: false,
    lets_in: false,
    all: "SELECT id, version FROM journal_entry WHERE business = $1 ORDER BY id",
};

impl Stored for JournalEntry {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        1
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id) = (tx.business().bytes(), self.id.bytes());
        let currency = self.postings.first().map_or(String::new(), |posting| posting.amount.currency().to_string());
        let root = values![business, id, 1_i64, self.posted_on, self.cause, self.document.bytes(), currency];
        let rows = self.postings.iter().zip(0_i64..);
        let rows: Vec<Vec<Value>> = rows
            .map(|(posting, place)| values![business, id, place, posting.account.as_str(), posting.amount.minor()])
            .collect();
        Ok(Cells { root, parts: vec![rows] })
    }
}

const BALANCES: &str = "SELECT p.account, e.currency, CAST(SUM(p.minor) AS BIGINT) FROM posting p \
     JOIN journal_entry e ON e.business = p.business AND e.id = p.entry WHERE p.business = $1 \
     GROUP BY p.account, e.currency ORDER BY p.account, e.currency";

/// Every account's balance.
pub(super) fn balances(reading: &mut impl Reading) -> Result<Vec<Balance>, Fault> {
    let business = values![reading.business().bytes()];
    read_all(reading, "journal_entry", (BALANCES, &business), |row| {
        let currency = row.get::<String>(1)?.parse().map_err(|_| altered("journal_entry"))?;
        Ok(Balance { account: row.get(0)?, amount: Money::new(row.get(2)?, currency) })
    })
}

const RUNNING: &str = "SELECT part, minor FROM rollup WHERE business = $1 AND name = 'account'";

/// The running sum of each account, as the committer keeps them.
pub(super) fn running(reading: &mut impl Reading) -> Result<BTreeMap<String, i64>, Fault> {
    let business = values![reading.business().bytes()];
    Ok(read_all(reading, "rollup", (RUNNING, &business), |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}
