//! The checker: reads everything again and says what does not fit. A separate way from the one that wrote it.
//!
//! It recomputes the tree from the stored leaves and holds it against the signed head and against the one that is kept outside
//! of the database, looks for gaps and for details that are gone, and recomputes the digest of every protected row and holds it
//! against the last record that wrote it.

use crate::books::Books;
use crate::engine::Connection;
use crate::engine::wanted::WhileWanted;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::export;
use crate::log::kept::Kept;
use crate::log::leaf::{Leaf, Outcome};
use crate::log::tree::Unmarked;
use crate::refused::Refused;
use crate::stored::{Aggregate, cells_of, digest};
use crate::{Fault, Row, Value, fault::hex, values};
use coffer_kernel::{BusinessId, TypedId};
use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;
use tokio::sync::oneshot;

use details::details;
pub use known::{Knowable, Known};
use walk::walk;
pub(crate) use written::Written;

mod details;
mod known;
mod walk;
mod written;

mod sql {
    /// Those that have a key: a row of the directory that is gone hides nobody's books.
    pub(super) const BUSINESSES: &str = "SELECT DISTINCT business FROM business_key ORDER BY business";
}

/// What was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many records the log has.
    pub records: i64,
    /// How many protected rows stand.
    pub rows: u64,
    /// What does not fit. Empty is well.
    pub findings: Vec<Finding>,
    /// Those of them that somebody may say are known.
    pub knowable: Vec<Knowable>,
    /// What does not fit either, and was said to be known as it stands.
    pub known: Vec<Known>,
    /// What the log says of that; [`None`] where it is not believed.
    said: Option<known::Said>,
    /// The tables whose rows let somebody in.
    lets_in: Vec<&'static str>,
}

/// The tables whose rows let somebody in.
fn lets_in(aggregates: &[&Aggregate]) -> Vec<&'static str> {
    aggregates.iter().filter(|of| of.lets_in).map(|of| of.root.name).collect()
}

impl Books {
    /// Checks a business's log and protected rows. Reads everything.
    ///
    /// # Errors
    /// Where the engine cannot be reached. What does not fit is a finding, not an error.
    pub async fn check(&self, business: BusinessId) -> Result<Checked, Refused> {
        let (aggregates, kept) = (self.inner().aggregates, self.inner().heads.of(business)?);
        self.apart(business, move |link, book| {
            let mut checked = Checked { lets_in: lets_in(aggregates), ..Checked::default() };
            let written = log(link, book, &kept, aggregates, &mut checked)?;
            details(link, book, &mut checked)?;
            rows(link, book, aggregates, written, &mut checked)?;
            Ok(checked)
        })
        .await
    }

    /// Whether a record of these books may have said this: one does, or the log is not the one that was signed, and a record
    /// that is gone could have. For what must not come true by a row that somebody removed. Reads everything.
    ///
    /// # Errors
    /// Where the engine cannot be reached.
    pub async fn may_have_said(&self, business: BusinessId, says: fn(&Leaf) -> bool) -> Result<bool, Refused> {
        let kept = self.inner().heads.of(business)?;
        self.apart(business, move |link, book| {
            let (mut said, mut checked) = (false, Checked::default());
            walk(link, book, &kept, &mut checked, Unmarked::Refused, &mut |leaf, _| said |= says(&leaf))?;
            Ok(said || !checked.findings.is_empty())
        })
        .await
    }

    /// The version that the newest record says was written of a row, found in the whole log and not by what stands beside it;
    /// [`None`] where no record says so, or the log is not the one that was signed. A row that is older was put back. Reads
    /// everything.
    ///
    /// # Errors
    /// Where the engine cannot be reached.
    pub async fn newest_recorded(
        &self,
        business: BusinessId,
        table: &'static str,
        id: [u8; 16],
    ) -> Result<Option<i64>, Refused> {
        let (row, kept) = (hex(&id), self.inner().heads.of(business)?);
        self.apart(business, move |link, book| {
            let (mut newest, mut checked) = (None, Checked::default());
            walk(link, book, &kept, &mut checked, Unmarked::Refused, &mut |leaf, _| {
                let written = leaf.rows.iter().filter(|(of, what, ..)| of == table && *what == row);
                newest = newest.max(written.map(|(_, _, version, _)| *version).max());
            })?;
            Ok(newest.filter(|_| checked.findings.is_empty()))
        })
        .await
    }

    /// Writes a business's log, up to its last signed head, in the format that `coffer audit verify` reads, and gives
    /// the stream back.
    ///
    /// # Errors
    /// Where the engine or the stream fails.
    pub async fn export_log<W: Write + Send + 'static>(&self, business: BusinessId, mut out: W) -> Result<W, Refused> {
        self.apart(business, move |link, book| export::export(link, book, &mut out).map(|()| out)).await
    }

    /// The public key that verifies a log's heads, in the form of C2SP signed-note.
    ///
    /// # Errors
    /// Where there is no such business.
    pub async fn log_verifier(&self, business: BusinessId) -> Result<String, Refused> {
        self.apart(business, |_, book| Ok(book.signer.verifier_key())).await
    }

    /// Every business of this installation, the installation's own books first. For chores that go through all of them.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn businesses(&self) -> Result<Vec<BusinessId>, Refused> {
        self.apart(BusinessId::INSTALLATION, |link, _| {
            link.query(sql::BUSINESSES, &[])?.iter().map(|row| row.id(0)).collect()
        })
        .await
    }

    /// Looks on a reader's snapshot without a permit: for checking, which tells nobody anything but whether it fits. It ends
    /// with whoever waits for it.
    pub(crate) async fn apart<T, F>(&self, business: BusinessId, look: F) -> Result<T, Refused>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Connection, &BookKeys) -> Result<T, Fault> + Send + 'static,
    {
        let (waiting, answer) = oneshot::channel();
        let keyring = Arc::clone(&self.inner().keyring);
        self.inner().readers.push(Box::new(move |link| {
            let wanted = || !waiting.is_closed();
            let looked = link.map_err(Refused::from).and_then(|link| {
                let book = keyring.book(link, business)?.ok_or(Refused::NotFound)?;
                Ok(look(&mut WhileWanted::new(link, &wanted), &book)?)
            });
            drop(waiting.send(looked));
        }))?;
        answer.await.unwrap_or(Err(Refused::Fault(Fault::Panicked)))
    }
}

/// What the log last said of each row. One of these that is held, or lets somebody in, is written on from its newest version
/// alone: a record that says less was written over an older row that somebody put back. But where a row that lets somebody in
/// was gone, they come in by the door once more: the first version of it is written over nothing.
pub(crate) fn log(
    link: &mut dyn Connection,
    book: &BookKeys,
    kept: &Kept,
    aggregates: &[&Aggregate],
    checked: &mut Checked,
) -> Result<Written, Fault> {
    let (mut written, mut put_back, mut said) = (Written::default(), Vec::new(), known::Said::new());
    let held: HashSet<&str> = aggregates.iter().filter(|of| of.held).map(|of| of.root.name).collect();
    let lets_in = lets_in(aggregates);
    let asked = |table: &str, version: i64| held.contains(table) || (version > 1 && lets_in.contains(&table));
    walk(link, book, kept, checked, Unmarked::Refused, &mut |leaf, _| {
        for &(ref table, ref row, version, _) in
            leaf.rows.iter().filter(|(table, _, version, _)| asked(table, *version))
        {
            if written.named(table, row).is_some_and(|(newest, _)| newest >= version) {
                let stands = [leaf.n.to_be_bytes(), version.to_be_bytes()].concat();
                put_back.push((Finding::RowPutBack { seq: leaf.n, table: table.clone(), row: row.clone() }, stands));
            }
        }
        known::hear(&mut said, &leaf);
        written.note(leaf);
    })?;
    // Of a log that is not the one that was written here, nothing is known, and nothing can be.
    checked.said = checked.findings.is_empty().then_some(said);
    put_back.into_iter().for_each(|(finding, stands)| checked.found(book, finding, &[&stands]));
    Ok(written)
}

/// The same, for steps that act on it while the books are opened: what was signed alone, nothing of a row that was written since, and nothing at all where
/// the log is not the one that was signed.
pub(crate) fn believed(link: &mut dyn Connection, book: &BookKeys) -> Result<Option<Written>, Fault> {
    let (mut written, mut checked) = (Written::default(), Checked::default());
    walk(link, book, &Kept::NONE, &mut checked, Unmarked::OfBefore, &mut |leaf, signed| {
        if signed {
            written.note(leaf);
        } else {
            leaf.rows.iter().for_each(|(table, row, ..)| written.forget(table, row));
        }
    })?;
    Ok(checked.findings.is_empty().then_some(written))
}

/// The same, whether or not the log is the one that was signed, and whether it is: nobody makes the digests in it without the
/// business's key.
pub(crate) fn recorded(link: &mut dyn Connection, book: &BookKeys) -> Result<(Written, bool), Fault> {
    let mut checked = Checked::default();
    let written = log(link, book, &Kept::NONE, &[], &mut checked)?;
    Ok((written, checked.findings.is_empty()))
}

/// The last of these events that a log says was done; [`None`] where it says none, or is not the one that was signed.
pub(crate) fn last_done(
    link: &mut dyn Connection,
    book: &BookKeys,
    kept: &Kept,
    events: &[&'static str],
) -> Result<Option<&'static str>, Fault> {
    let (mut last, mut checked) = (None, Checked::default());
    walk(link, book, kept, &mut checked, Unmarked::Refused, &mut |leaf, _| {
        let done = events.iter().find(|event| leaf.out == Outcome::Done && leaf.what == **event);
        last = done.copied().or(last);
    })?;
    Ok(last.filter(|_| checked.findings.is_empty()))
}

fn rows(
    link: &mut dyn Connection,
    book: &BookKeys,
    aggregates: &[&'static Aggregate],
    mut written: Written,
    checked: &mut Checked,
) -> Result<(), Fault> {
    let business = book.business.bytes();
    for aggregate in aggregates {
        let table = aggregate.root.name;
        for root in link.query(aggregate.all, &values![business])? {
            checked.rows += 1;
            let id: [u8; 16] = root.get(0)?;
            let row = hex(&id);
            match written.take(table, id) {
                None => {
                    let stands = whole(link, book, aggregate, id)?;
                    checked.found(book, Finding::RowUnknown { table, row }, &[&stands]);
                }
                Some((_, expected)) if stands(link, book, aggregate, id)?.as_ref() == Some(&expected) => {}
                // What the log says of it belongs to it: what is known of one version is not of the next.
                Some((version, expected)) => {
                    let stands = whole(link, book, aggregate, id)?;
                    let print: [&[u8]; 3] = [&version.to_be_bytes(), &expected, &stands];
                    checked.found(book, Finding::RowDiffers { table, row }, &print);
                }
            }
        }
    }
    for (table, row, (version, expected)) in written.into_rows() {
        checked.found(book, Finding::RowMissing { table, row }, &[&version.to_be_bytes(), &expected]);
    }
    Ok(())
}

/// The digest of an aggregate as it stands now; none where its root says another one of itself: then it is refused wherever it
/// is read, although nothing else of it was altered.
fn stands(
    link: &mut dyn Connection,
    book: &BookKeys,
    aggregate: &Aggregate,
    id: [u8; 16],
) -> Result<Option<[u8; 16]>, Fault> {
    let (root, parts) = read(link, book, aggregate, id)?;
    let (cells, kept) = match root.cells().split_last().filter(|_| aggregate.held) {
        Some((kept, cells)) => (cells, Some(kept)),
        None => (root.cells(), None),
    };
    let stands = digest(&book.keys, aggregate, cells, &parts.iter().map(|rows| cells_of(rows)).collect::<Vec<_>>());
    Ok(kept.is_none_or(|kept| *kept == Value::from(stands)).then_some(stands))
}

/// A digest of all that stands of an aggregate, with what its root says of itself.
fn whole(link: &mut dyn Connection, book: &BookKeys, aggregate: &Aggregate, id: [u8; 16]) -> Result<[u8; 16], Fault> {
    let (root, parts) = read(link, book, aggregate, id)?;
    Ok(digest(&book.keys, aggregate, root.cells(), &parts.iter().map(|rows| cells_of(rows)).collect::<Vec<_>>()))
}

/// The root and the rows of each part; an empty root where none stands.
fn read(
    link: &mut dyn Connection,
    book: &BookKeys,
    aggregate: &Aggregate,
    id: [u8; 16],
) -> Result<(Row, Vec<Vec<Row>>), Fault> {
    let key = values![book.business.bytes(), id];
    let root = link.query(aggregate.root.select, &key)?.into_iter().next().unwrap_or_else(|| Row(Vec::new()));
    let parts = aggregate.parts.iter().map(|part| link.query(part.select, &key)).collect::<Result<_, _>>()?;
    Ok((root, parts))
}
