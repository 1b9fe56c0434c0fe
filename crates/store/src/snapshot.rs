//! A snapshot, as a query's body sees it: it cannot write, and it remembers whose sealed data it opened.

use crate::column::Column;
use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::reading::{Reading, Vouching, open_sealed};
use crate::whole::Held;
use crate::{Fault, Row, Value, receipts};
use coffer_kernel::{Action, BusinessId, Permit, SubjectId, Timestamp};
use coffer_keys::BusinessKeys;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One query's view of the books.
pub struct Snapshot<'a> {
    link: &'a mut dyn Connection,
    book: &'a Arc<BookKeys>,
    permit: &'a Permit,
    at: Timestamp,
    disclosure: Disclosure,
    forged: bool,
    held: Held,
}

/// Whose sealed data was opened, and what kind: one record per answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// Whose.
    pub subjects: BTreeSet<SubjectId>,
    /// Which columns, as `table.column`.
    pub columns: BTreeSet<(&'static str, &'static str)>,
}

impl Disclosure {
    /// Whether nothing was opened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// Notes that a column of somebody's was opened.
    pub(crate) fn add(&mut self, column: &Column, subject: SubjectId) {
        self.subjects.insert(subject);
        self.columns.insert((column.table, column.name));
    }

    /// Adds what somebody else opened.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.subjects.extend(&other.subjects);
        self.columns.extend(&other.columns);
    }

    /// The kinds of data, as a leaf names them: `table.column`, a space between.
    pub(crate) fn kinds(&self) -> String {
        let kinds: Vec<String> = self.columns.iter().map(|(table, column)| format!("{table}.{column}")).collect();
        kinds.join(" ")
    }
}

impl<'a> Snapshot<'a> {
    pub(crate) fn new(
        link: &'a mut dyn Connection,
        book: &'a Arc<BookKeys>,
        permit: &'a Permit,
        at: Timestamp,
    ) -> Self {
        Self { link, book, permit, at, disclosure: Disclosure::default(), forged: false, held: Held::default() }
    }

    /// The instant of this query.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.at
    }

    /// The permit under which this runs.
    #[must_use]
    pub const fn permit(&self) -> &Permit {
        self.permit
    }

    /// What the actor's idempotency key led to, if they ever used it for this action: a reference to be looked up within
    /// the permit's scope, like any other.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn led_to(&mut self, action: Action, key: &str) -> Result<Option<[u8; 16]>, Fault> {
        receipts::led_to(self.link, self.book, (self.permit.actor(), action), key)
    }

    /// The keyed hash under which equal values of this column are found.
    #[must_use]
    pub fn blind_index(&self, table: &'static str, column: &'static str, normalised: &str) -> [u8; 16] {
        self.book.keys.blind_index(table, column, normalised.as_bytes())
    }

    /// Seals a cursor: where a list goes on.
    #[must_use]
    pub fn seal_cursor(&self, plain: &[u8], entropy: &dyn coffer_kernel::Entropy) -> String {
        self.book.keys.seal_cursor(plain, entropy)
    }

    /// Opens a cursor that this business handed out; anything else is [`None`].
    #[must_use]
    pub fn open_cursor(&self, cursor: &str) -> Option<Vec<u8>> {
        self.book.keys.open_cursor(cursor).ok().map(|plain| plain.to_vec())
    }

    /// Seals a note to ourselves that a browser carries.
    #[must_use]
    pub fn seal_carried(&self, plain: &[u8], entropy: &dyn coffer_kernel::Entropy) -> String {
        self.book.keys.seal_carried(plain, entropy)
    }

    /// Opens a note that this business handed out; anything else is [`None`].
    #[must_use]
    pub fn open_carried(&self, text: &str) -> Option<Vec<u8>> {
        self.book.keys.open_carried(text).ok().map(|plain| plain.to_vec())
    }

    /// How well a sealed text fits what somebody looks for; [`None`] where it does not. The text is looked at in memory
    /// and goes no further: what is shown of those that fit is opened, and recorded, by [`Reading::open`].
    ///
    /// # Errors
    /// As [`Reading::open`].
    pub fn looks_like(
        &mut self,
        column: &Column,
        row: &[u8],
        subject: SubjectId,
        blob: &[u8],
        fits: &dyn Fn(&str) -> Option<u8>,
    ) -> Result<Option<u8>, Fault> {
        let key = self.book.opening_key(self.link, (subject, column.class), blob)?;
        let plain = open_sealed(self.book, &key, column, row, blob)?;
        Ok(std::str::from_utf8(&plain).ok().and_then(fits))
    }

    /// What was opened, whether a row was found that nobody vouched for, and the row that was found altered.
    pub(crate) fn end(self) -> (Disclosure, bool, Option<Fault>) {
        (self.disclosure, self.forged, self.held.altered)
    }
}

impl Reading for Snapshot<'_> {
    fn business(&self) -> BusinessId {
        self.book.business
    }

    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.link.query(sql, values)
    }

    fn vouching(&mut self) -> Result<Vouching<'_>, Fault> {
        Ok(Vouching { keys: self.book.installation(self.link)?, forged: &mut self.forged })
    }

    fn holding(&mut self) -> (&BusinessKeys, &mut Held) {
        (&self.book.keys, &mut self.held)
    }

    fn open_bytes(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.book.opening_key(self.link, (subject, column.class), blob)?;
        let plain = open_sealed(self.book, &key, column, row, blob)?;
        self.disclosure.add(column, subject);
        Ok(plain)
    }
}
