//! Disk: the books, and the only two ways through them.
//!
//! [`Books::transact`] runs a command: a permit first, a body in one transaction, its record in the log, one durable
//! COMMIT, then the answer. [`Books::read`] runs a query on a snapshot and makes a record of what it showed of sealed
//! data before it answers. Both stand on either of two engines, and nobody above can tell which.
//!
//! What it refuses: a body without a permit, a success without its record, a row for writing that was not found within
//! the actor's scope, a statement that ends the transaction it runs in, an answer before COMMIT.
//!
//! | file | holds |
//! | --- | --- |
//! | `books/` | opening, closing, the two ways |
//! | `committer/` | group commit: lanes, batches, jobs |
//! | `tx`, `snapshot`, `reading` | what bodies work with |
//! | `stored`, `column`, `value` | protected rows, sealed columns, cells |
//! | `cursor` | where a page of a list ended, sealed |
//! | `log/` | leaves, refusals, the Merkle tree and its signed heads, export |
//! | `keyring` | business keys, subjects' data keys, their cache |
//! | `receipts`, `work`, `inbox`, `chores` | idempotency, outbox and jobs, what comes from outside, the store's own bookkeeping |
//! | `engine/` | the two drivers, and failing on purpose |
//! | `backup/` | the recovery sheet, and one file that brings everything back |
//! | `rotate` | a new root key |
//! | `everywhere` | what concerns all books, in the log of each |
//! | `room` | slow sums beside the books, a few at once |
//! | `facts` | what an engine says of itself |
//! | `mend` | rows that lack their digest, and are as the log knows them |
//! | `migrate`, `vouch` | numbered steps, and what some of them do that no script can |

pub mod backup;
mod books;
mod check;
mod chores;
mod column;
mod committer;
pub mod cursor;
mod engine;
mod everywhere;
mod facts;
mod fault;
mod finding;
mod inbox;
mod keyring;
mod log;
mod mend;
mod migrate;
mod readers;
mod reading;
mod receipts;
mod recorded;
mod refused;
mod room;
mod rotate;
mod shared;
mod snapshot;
mod steps;
mod stored;
mod tx;
mod value;
mod vouch;
mod whole;
mod work;
mod world;

pub use books::{Books, EngineChoice, LookAgain, Once, Opening, Order, Recall};
pub use check::{Checked, Knowable, Known};
pub use coffer_kernel::{Pointer, Reason, Refusals, Refuse};
pub use column::Column;
pub use engine::Dialect;
pub use engine::faults::{Failure, Faults, Step};
pub use engine::postgres::{Target, UnsafeTarget};
pub use everywhere::Acting;
pub use facts::Facts;
pub use fault::Fault;
pub use finding::Finding;
pub use inbox::{Arrival, Arrived};
pub use keyring::KeyUses;
pub use log::history::{Asked, Past, Remembered};
pub use log::kept::Heads;
pub use log::leaf::{Leaf, Outcome};
pub use mend::{Left, Mended, Why};
pub use migrate::Migration;
pub use reading::Reading;
pub use recorded::{Event, Recorded};
pub use refused::Refused;
pub use room::Room;
pub use rotate::rewrap;
pub use snapshot::{Disclosure, Snapshot};
pub use steps::STEPS;

/// The protected aggregates of the store itself, for the checker.
pub static AGGREGATES: &[&Aggregate] = &[&backup::SHEETS];

pub use stored::{Aggregate, Cells, Granted, Root, Stored, Table};
pub use tx::Tx;
pub use value::{FromValue, Row, Value, id};
pub use whole::Whole;
pub use work::Claimed;
pub use world::World;
