//! One batch: begin, bodies, sums, head, records, COMMIT.
//!
//! Nearly every body succeeds, so a batch first runs them with nothing between them. Where one does not end well, the
//! whole transaction is rolled back and done again with each body in a savepoint of its own, so that it takes only
//! itself down. A savepoint is not cheap: SQLite copies every page that is touched after it, PostgreSQL begins a
//! transaction within the transaction and has to be asked after each body whether it held.

use super::job::{Job, Verdict};
use crate::chores::Desk;
use crate::engine::{Committed, Connection, Dialect, Engine, Mode};
use crate::keyring::{BookKeys, Keyring};
use crate::log::append::{Appended, Entry, append};
use crate::log::refusals::{Kind, Refusal};
use crate::log::tree;
use crate::reading::FORGED;
use crate::refused::Refused;
use crate::shared::Shared;
use crate::tx::{Bodies, Note, Tx};
use crate::world::World;
use crate::{Fault, values};
use coffer_kernel::{BusinessId, Permit, Timestamp, TypedId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

mod sql {
    pub(super) const SAVEPOINT: &str = "SAVEPOINT body";
    pub(super) const RELEASE: &str = "RELEASE SAVEPOINT body";
    pub(super) const ROLL_BACK_TO: &str = "ROLLBACK TO SAVEPOINT body";
    pub(super) const LEAF: &str = "SELECT leaf FROM log_record WHERE business = $1 AND seq = $2";
    pub(super) const ROLL_UP: &str = "INSERT INTO rollup (business, name, part, minor, count) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (business, name, part) \
         DO UPDATE SET minor = rollup.minor + excluded.minor, count = rollup.count + excluded.count";
}

/// How often an unknown COMMIT is looked up before it is left unknown.
const LOOK_UPS: u32 = 5;

/// One batch of one business.
pub(crate) struct Batch<'a> {
    pub(crate) engine: &'a dyn Engine,
    pub(crate) keyring: &'a Keyring,
    pub(crate) world: &'a World,
    pub(crate) business: BusinessId,
}

/// What was written, ready to be committed; [`None`] where bodies have to be kept apart.
type Written = Option<(Arc<BookKeys>, Left, Option<Appended>)>;

/// What the bodies of a batch left behind.
#[derive(Default)]
struct Left {
    notes: Vec<(Permit, Note)>,
    refusals: Vec<Refusal>,
    entries: Vec<Entry>,
    /// What is counted once this is committed.
    kinds: Vec<Kind>,
    /// The minutes whose counts are among the entries: those before this.
    over: Option<i64>,
}

impl Left {
    /// Notes that a body came upon a row that nobody vouched for, however the body ended.
    fn forged(&mut self, permit: &Permit, note: &Note) {
        if note.forged {
            self.refusals.push(Refusal {
                actor: permit.actor().clone(),
                action: permit.action(),
                code: FORGED,
                about: None,
            });
        }
    }
}

impl Batch<'_> {
    /// Runs all jobs and commits. An error means that nothing was done, unless it is [`Fault::Unknown`].
    pub(crate) fn run(&self, link: &mut dyn Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), Fault> {
        let at = whole_microseconds(self.world.clock.now());
        let mut outcome = self.write(link, jobs, at, Bodies::Together);
        if !matches!(outcome, Ok(Some(_))) && link.alive() {
            link.rollback();
            outcome = self.write(link, jobs, at, Bodies::Apart);
        }
        let (book, left, appended) = match outcome {
            Ok(Some(written)) => written,
            Ok(None) => return Err(Fault::Misuse("bodies that are apart do not wait for each other")),
            Err(fault) => {
                link.rollback();
                return Err(fault);
            }
        };
        if left.notes.is_empty() && jobs.iter().any(|job| job.founds()) {
            // Nothing was founded, so there are no books to hold even the refusal.
            link.rollback();
            return Ok(());
        }
        match link.commit() {
            Committed::Yes => {}
            Committed::No(fault) => {
                link.rollback();
                return Err(fault);
            }
            Committed::Unknown if self.was_committed(appended.as_ref())? => {}
            Committed::Unknown => return Err(Fault::Away("the connection failed at COMMIT".to_owned())),
        }
        self.keyring.adopt(&book);
        if let Some(before) = left.over {
            book.counts.forget(before);
        }
        book.counts.add(left.kinds);
        for (_, note) in left.notes {
            note.data_keys.iter().for_each(|(name, key)| book.keep(*name, key));
            note.reserved.iter().for_each(|(generation, left)| book.have(*generation, *left));
        }
        Ok(())
    }

    fn write(
        &self,
        link: &mut dyn Connection,
        jobs: &mut [Box<dyn Job>],
        at: Timestamp,
        bodies: Bodies,
    ) -> Result<Written, Fault> {
        link.begin(Mode::Write)?;
        let book = self.book(link, jobs)?;
        let (mut left, mut shared) = (Left::default(), Shared::default());
        for job in jobs.iter_mut().filter(|job| job.permit().is_some()) {
            let ended = match bodies {
                Bodies::Together => self.trusted(link, &book, job.as_mut(), at, &mut left, &mut shared)?,
                Bodies::Apart => self.guarded(link, &book, job.as_mut(), at, &mut left).map(|()| true)?,
            };
            if !ended {
                return Ok(None);
            }
        }
        self.roll_up(link, &left)?;
        // After the bodies, because a chore may take the head, and the head is always last.
        for job in jobs.iter_mut().filter(|job| job.permit().is_none()) {
            let (entries, over) = (&mut left.entries, &mut left.over);
            job.chore(&mut Desk { link, book: &book, world: self.world, at, entries, over })?;
            left.refusals.extend(job.refusal());
        }
        let entries = self.entries(&book, at, &mut left);
        let appended = append(link, &book, at, entries)?;
        Ok(Some((book, left, appended)))
    }

    fn book(&self, link: &mut dyn Connection, jobs: &[Box<dyn Job>]) -> Result<Arc<BookKeys>, Fault> {
        if let Some(book) = self.keyring.book(link, self.business)? {
            book.catch_up(link)?;
            return Ok(book);
        }
        if jobs.iter().any(|job| job.founds()) {
            return self.keyring.found(link, self.business, self.world.entropy.as_ref());
        }
        Err(Fault::Keys(format!("there is no business {}", self.business)))
    }

    /// Runs one body with nothing to fall back to, and tells whether it ended well.
    fn trusted(
        &self,
        link: &mut dyn Connection,
        book: &Arc<BookKeys>,
        job: &mut dyn Job,
        at: Timestamp,
        left: &mut Left,
        shared: &mut Shared,
    ) -> Result<bool, Fault> {
        let Some(permit) = job.permit().cloned() else { return Ok(true) };
        let mut tx = Tx::new(link, book, self.world, &permit, at, (shared, Bodies::Together));
        // As in `guarded`; what is thrown away here is the whole transaction.
        let verdict = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx)));
        let (note, fault) = tx.end();
        if fault.is_some() || !link.stands() {
            return Ok(false);
        }
        left.forged(&permit, &note);
        match verdict {
            Ok(Verdict::Recorded) if note.record.is_some() => left.notes.push((permit, note)),
            // It found its receipt, or what it shows in the log, and wrote nothing.
            Ok(Verdict::Replayed) => left.kinds.extend(note.kinds),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Runs one body in its savepoint. An error means that the whole transaction is lost.
    fn guarded(
        &self,
        link: &mut dyn Connection,
        book: &Arc<BookKeys>,
        job: &mut dyn Job,
        at: Timestamp,
        left: &mut Left,
    ) -> Result<(), Fault> {
        let Some(permit) = job.permit().cloned() else { return Ok(()) };
        link.later(sql::SAVEPOINT, Vec::new())?;
        // What a body reads that is then undone is nobody else's.
        let mut shared = Shared::default();
        let mut tx = Tx::new(link, book, self.world, &permit, at, (&mut shared, Bodies::Apart));
        // The body's only state is behind `tx`, and all of that is thrown away.
        let verdict = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx)));
        let (note, fault) = tx.end();
        left.forged(&permit, &note);
        let fault = match (&verdict, fault) {
            (_, Some(fault)) => Some(fault),
            (Err(_), None) => Some(Fault::Panicked),
            (Ok(Verdict::Recorded), None) if note.record.is_none() => {
                Some(Fault::Misuse("a success without its record"))
            }
            (Ok(Verdict::Recorded), None) => link.later(sql::RELEASE, Vec::new()).and_then(|()| link.flush()).err(),
            (Ok(_), None) => None,
        };
        if !link.stands() || fault.as_ref().is_some_and(Fault::breaks) {
            return Err(fault.unwrap_or_else(|| Fault::Broken("a body ended the transaction".to_owned())));
        }
        match (verdict, fault) {
            (Ok(Verdict::Recorded), None) => {
                left.notes.push((permit, note));
                return Ok(());
            }
            (Ok(Verdict::Replayed), None) => left.kinds.extend(note.kinds),
            (Ok(Verdict::Refused), None) => left.refusals.extend(job.refusal()),
            (_, fault) => {
                let fault = fault.unwrap_or(Fault::Panicked);
                let about = fault.about();
                job.undone(Refused::Fault(fault));
                left.refusals
                    .extend(job.refusal().map(|refusal| Refusal { about: about.or(refusal.about), ..refusal }));
            }
        }
        link.execute(sql::ROLL_BACK_TO, &[]).map_err(|fault| Fault::Broken(fault.to_string()))?;
        link.later(sql::RELEASE, Vec::new())
    }

    fn roll_up(&self, link: &mut dyn Connection, left: &Left) -> Result<(), Fault> {
        let mut sums = std::collections::BTreeMap::<(&str, &str), (i64, i64)>::new();
        for ((name, part), (minor, count)) in left.notes.iter().flat_map(|(_, note)| &note.rollups) {
            let sum = sums.entry((name, part)).or_default();
            let added = sum.0.checked_add(*minor).zip(sum.1.checked_add(*count));
            *sum = added.ok_or(Fault::Misuse("a running sum left 64 bits"))?;
        }
        // Sorted, so that two nodes take the same rows in the same order.
        for ((name, part), (minor, count)) in sums {
            link.later(sql::ROLL_UP, values![self.business.bytes(), name, part, minor, count])?;
        }
        Ok(())
    }

    fn entries(&self, book: &BookKeys, at: Timestamp, left: &mut Left) -> Vec<Entry> {
        let mut entries = std::mem::take(&mut left.entries);
        for (permit, note) in &mut left.notes {
            let Some(pending) = note.record.take() else { continue };
            entries.push(Entry {
                id: pending.id,
                by: permit.actor().label(),
                action: permit.action().code(),
                out: pending.out,
                what: pending.what,
                about: pending.about,
                times: 1,
                rows: std::mem::take(&mut note.digests),
                opened: Some(note.opened.kinds()).filter(|kinds| !kinds.is_empty()),
                subject: pending.subject,
                sealed: pending.sealed,
            });
        }
        left.kinds.extend(left.notes.iter_mut().flat_map(|(_, note)| note.kinds.drain(..)));
        left.kinds.extend(left.refusals.iter().map(|refusal| Kind::refused(at, refusal)));
        entries.extend(book.counts.firsts(book, self.world.entropy.as_ref(), &left.kinds));
        entries
    }

    /// Whether the batch whose COMMIT was not answered is in the log.
    fn was_committed(&self, appended: Option<&Appended>) -> Result<bool, Fault> {
        let Some(appended) = appended else { return Err(Fault::Unknown) };
        // A server may still be at it: who takes the head waits until that transaction is over.
        let (mode, waits) = match self.engine.dialect() {
            Dialect::Postgres => (Mode::Write, true),
            Dialect::Sqlite => (Mode::Read, false),
        };
        for _ in 0..LOOK_UPS {
            let Ok(mut link) = self.engine.connect(mode) else { continue };
            // A new transaction on another connection: it sees what was committed, and nothing else.
            let found = link
                .begin(mode)
                .and_then(|()| if waits { tree::take_head(link.as_mut(), self.business) } else { Ok(()) })
                .and_then(|()| link.query(sql::LEAF, &values![self.business.bytes(), appended.first]));
            link.rollback();
            if let Ok(rows) = found {
                return Ok(rows.first().map(|row| row.get::<Vec<u8>>(0)).transpose()?.as_ref() == Some(&appended.leaf));
            }
        }
        Err(Fault::Unknown)
    }
}

/// As rows keep it, so that what is answered now equals what is read later.
fn whole_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
