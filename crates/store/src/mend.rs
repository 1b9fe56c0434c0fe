//! A way back for rows that a program of before wrote beside this one: it knows of no digests, so what it inserted has none,
//! and is refused wherever it is read.
//!
//! A row without a digest gets the one that the log says was written last, if that is of what stands: the rule of step 24
//! ([`crate::vouch`]). Whoever writes the database and takes the digest away from a row of theirs gains nothing, because nobody
//! makes a digest without the business's key. A row whose digest is another one is never taken on, and none is where the log
//! is not the one that was written here.

use crate::books::{Books, Order};
use crate::check::{Checked, Written, log};
use crate::engine::Connection;
use crate::everywhere::Acting;
use crate::fault::hex;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::kept::Kept;
use crate::recorded::Event;
use crate::refused::Refused;
use crate::stored::{Aggregate, cells_of, digest};
use crate::{Fault, Reading, Row, Value, values};
use coffer_kernel::{Action, BusinessId, TypedId};
use std::collections::HashSet;
use std::fmt;

/// How many rows one transaction takes on.
const AT_ONCE: usize = 1_000;

macro_rules! keep {
    ($($table:literal),*) => {
        &[$((
            $table,
            concat!("UPDATE ", $table, " SET digest = $3 WHERE business = $1 AND id = $2 AND version = $4 AND digest IS NULL"),
        )),*]
    };
}

/// How a row of each table that is held gets a digest, where it has none.
static KEEP: &[(&str, &str)] = keep!(
    "business",
    "customer",
    "item",
    "invoice",
    "invoice_standing",
    "payment",
    "delivery_settings",
    "letterhead",
    "letter",
    "recovery_sheet"
);

/// What became of the rows that are held and have no digest of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    /// How many were taken on.
    pub rows: u64,
    /// Those that were not.
    pub left: Vec<Left>,
}

/// A row that was not taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The table of its root.
    pub table: &'static str,
    /// Its id, in hexadecimal.
    pub row: String,
    /// Why.
    pub why: Why,
}

/// Why a row is not taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The log it is held against is not the one that was written here.
    Log,
    /// No record says that it was written.
    Unknown,
    /// Its last record wrote something else.
    Differs,
    /// An older state of it was put back once, and written on.
    PutBack,
    /// It has a digest, and that is of something else than what stands.
    Digest,
    /// It is as its last record wrote it, but the digest in it is of another state.
    StaleDigest,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Why::Log => "the log is not the one that was written here",
            Why::Unknown => "no record wrote this row",
            Why::Differs => "it is not as its last record wrote it",
            Why::PutBack => "an older state of it was put back, and written on",
            Why::Digest => "it has a digest of something else",
            Why::StaleDigest => "it is as its last record wrote it, but has a digest of another state of it",
        };
        write!(f, "{} {}: not taken on, because {why}.", self.table, self.row)
    }
}

#[derive(Debug, Clone, Copy)]
struct Mend;

impl Order for Mend {
    const ACTION: Action = Action::RestoreBooks;
}

/// How many rows were taken on, and how many not.
#[derive(Debug, Clone, Copy)]
struct RowsMended {
    rows: u64,
    left: usize,
}

impl Event for RowsMended {
    const NAME: &'static str = "rows.mended";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"rows":{},"left":{}}}"#, self.rows, self.left))
    }
}

/// A row that gets its digest.
#[derive(Debug, Clone)]
struct Fits {
    keep: &'static str,
    id: [u8; 16],
    version: i64,
    digest: [u8; 16],
}

impl Books {
    /// Gives each row of a business that is held, has no digest, and is as its last record wrote it the digest that stands
    /// there. Recorded in the business's log with the rows, and in the installation's. Reads everything.
    ///
    /// # Errors
    /// As the store's. A row that is not taken on is not one.
    pub async fn mend(&self, acting: Acting<'_>, business: BusinessId) -> Result<Mended, Refused> {
        let (aggregates, kept) = (self.inner().aggregates, self.inner().heads.of(business)?);
        let (fit, left) = self.apart(business, move |link, book| look(link, book, &kept, aggregates)).await?;
        let mut mended = Mended { rows: 0, left };
        let unfit = mended.left.len();
        for some in fit.chunks(AT_ONCE) {
            mended.rows += self.keep(acting, business, some.to_vec(), unfit).await?;
        }
        let told = RowsMended { rows: mended.rows, left: unfit };
        let said_there = business == BusinessId::INSTALLATION && mended.rows > 0;
        if mended != Mended::default() && !said_there {
            let operator = acting(BusinessId::INSTALLATION);
            self.transact(&operator, Mend, move |tx, _, _| tx.record::<_, _, Refused>(told, ())).await?;
        }
        Ok(mended)
    }

    /// What stands may be another row by now: then the digest, which is of what was looked at, does not fit it either.
    async fn keep(
        &self,
        acting: Acting<'_>,
        business: BusinessId,
        some: Vec<Fits>,
        left: usize,
    ) -> Result<u64, Refused> {
        self.transact(&acting(business), Mend, move |tx, _, _| {
            let mut rows = 0;
            for Fits { keep, id, version, digest } in &some {
                rows += tx.execute(keep, &values![tx.business().bytes(), *id, *digest, *version])?;
            }
            tx.record::<_, _, Refused>(RowsMended { rows, left }, rows)
        })
        .await
    }
}

/// The rows that get a digest, and those that have none, or another, and get none.
fn look(
    link: &mut dyn Connection,
    book: &BookKeys,
    kept: &Kept,
    aggregates: &[&'static Aggregate],
) -> Result<(Vec<Fits>, Vec<Left>), Fault> {
    let mut checked = Checked::default();
    let written = log(link, book, kept, aggregates, &mut checked)?;
    let mut known = Known { written, put_back: HashSet::new(), believed: true };
    // Known or not: what was put back is not taken on.
    for finding in checked.findings.into_iter().chain(checked.known.into_iter().map(|known| known.finding)) {
        if let Finding::RowPutBack { table, row, .. } = finding {
            known.put_back.insert((table, row));
        } else {
            known.believed = false;
        }
    }
    let (mut fit, mut left) = (Vec::new(), Vec::new());
    for of in aggregates.iter().filter(|of| of.held) {
        let table = of.root.name;
        let keep = KEEP.iter().find(|(name, _)| *name == table).map(|(_, keep)| *keep);
        let keep = keep.ok_or(Fault::Misuse("a table that is held says how a row gets its digest"))?;
        for root in link.query(of.all, &values![book.business.bytes()])? {
            let (id, version): ([u8; 16], i64) = (root.get(0)?, root.get(1)?);
            match known.judge(link, book, of, id)? {
                Judged::Whole => {}
                Judged::Fits(digest) => fit.push(Fits { keep, id, version, digest }),
                Judged::Left(why) => left.push(Left { table, row: hex(&id), why }),
            }
        }
    }
    Ok((fit, left))
}

/// What is to be done with a row.
enum Judged {
    /// Nothing: it has its digest, or is gone by now.
    Whole,
    /// It gets this digest.
    Fits([u8; 16]),
    /// It is not taken on.
    Left(Why),
}

/// What the log knows of rows.
struct Known {
    written: Written,
    put_back: HashSet<(String, String)>,
    /// Whether it is the one that was written here.
    believed: bool,
}

impl Known {
    fn judge(
        &self,
        link: &mut dyn Connection,
        book: &BookKeys,
        of: &'static Aggregate,
        id: [u8; 16],
    ) -> Result<Judged, Fault> {
        let key = values![book.business.bytes(), id];
        let root = link.query(of.root.select, &key)?;
        let parts = of.parts.iter().map(|part| link.query(part.select, &key)).collect::<Result<Vec<_>, _>>()?;
        let parts: Vec<_> = parts.iter().map(|rows| cells_of(rows)).collect();
        let Some((kept, cells)) = root.first().map(Row::cells).and_then(<[Value]>::split_last) else {
            return Ok(Judged::Whole);
        };
        let stands = digest(&book.keys, of, cells, &parts);
        if *kept == Value::from(stands) {
            return Ok(Judged::Whole);
        }
        let row = (of.root.name.to_owned(), hex(&id));
        let recorded = self.written.get(of.root.name, id).map(|(_, digest)| *digest == stands);
        Ok(match (kept, recorded) {
            (Value::Null, _) if !self.believed => Judged::Left(Why::Log),
            (Value::Null, None) => Judged::Left(Why::Unknown),
            (Value::Null, Some(false)) => Judged::Left(Why::Differs),
            (Value::Null, Some(true)) if self.put_back.contains(&row) => Judged::Left(Why::PutBack),
            (Value::Null, Some(true)) => Judged::Fits(stands),
            (_, Some(true)) => Judged::Left(Why::StaleDigest),
            (_, _) => Judged::Left(Why::Digest),
        })
    }
}
