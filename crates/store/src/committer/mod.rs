//! The committer: group commit for one business at a time.
//!
//! It runs the waiting bodies of a business one after another in savepoints, counts refusals, writes running sums in
//! sorted order, takes the log's head last, appends all records and commits once; only then is anybody answered.
//! Lock order is therefore always: aggregate roots, counters and limits, sums, head.
//!
//! Savepoints do not isolate by themselves, so after each body it checks that the transaction still stands. If it does
//! not, or COMMIT fails for the group, the batch is run again body by body: bodies may run twice and have no effect
//! outside their transaction. A COMMIT whose answer never came is looked up in the log.

pub(crate) mod batch;
pub(crate) mod job;
pub(crate) mod lanes;
pub(crate) mod worker;
