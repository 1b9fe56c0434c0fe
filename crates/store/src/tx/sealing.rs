//! Sealing and opening within a transaction, and the keys that it takes.

use super::Tx;
use crate::Fault;
use crate::column::Column;
use crate::keyring::{KeyName, Which, asked_for, no_key};
use coffer_kernel::SubjectId;
use coffer_keys::{BusinessKeys, Class, DataKey, Place};
use std::sync::Arc;

impl Tx<'_> {
    /// Seals a text for its place. An empty text is sealed like any other.
    ///
    /// # Errors
    /// [`Fault::Keys`] where the subject has no key.
    pub fn seal(&mut self, column: &Column, row: &[u8], subject: SubjectId, text: &str) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(column, row, subject, text.as_bytes())
    }

    /// Seals what is no text for its place: a document, a picture.
    ///
    /// # Errors
    /// [`Fault::Keys`] where the subject has no key.
    pub fn seal_bytes(
        &mut self,
        column: &Column,
        row: &[u8],
        subject: SubjectId,
        plain: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let key = self.sealing_key(subject, column.class)?;
        let place = Place { business: self.book.business.as_bytes(), table: column.table, column: column.name, row };
        Ok(key.seal(&place, plain, self.world.entropy.as_ref()))
    }

    /// Makes the data keys of somebody new.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn new_subject(&mut self, subject: SubjectId) -> Result<(), Fault> {
        let made = self.book.new_subject(self.link, subject, self.world.entropy.as_ref());
        for (class, key) in self.seen(made)? {
            let generation = key.tag().generation;
            self.note.reserved.insert((subject, class, generation), self.book.block());
            self.remember((subject, class), &key);
        }
        Ok(())
    }

    /// The keyed hash under which equal values of this column are found. Equality is what it leaks.
    #[must_use]
    pub fn blind_index(&self, table: &'static str, column: &'static str, normalised: &str) -> [u8; 16] {
        self.book.keys.blind_index(table, column, normalised.as_bytes())
    }

    /// The keys of these books.
    pub(crate) fn keys(&self) -> &BusinessKeys {
        &self.book.keys
    }

    /// The newest key of the subject, with one use of it counted.
    fn sealing_key(&mut self, subject: SubjectId, class: Class) -> Result<Arc<DataKey>, Fault> {
        let Some(key) = self.data_key((subject, class, Which::Newest))? else {
            return self.fail(no_key(subject, class));
        };
        let generation = (subject, class, key.tag().generation);
        if let Some(left) = self.note.reserved.get_mut(&generation).filter(|left| **left > 0) {
            *left -= 1;
            return Ok(key);
        }
        if self.book.spend(&generation) {
            return Ok(key);
        }
        let reserved = self.book.reserve(self.link, &key, self.world.entropy.as_ref());
        let key = self.seen(reserved)?;
        let left = self.note.reserved.entry((subject, class, key.tag().generation)).or_default();
        *left = left.saturating_add(self.book.block()).saturating_sub(1);
        self.remember((subject, class), &key);
        Ok(key)
    }

    /// Keeps the newest key for the rest of this body, and at hand once it has committed.
    fn remember(&mut self, (subject, class): (SubjectId, Class), key: &Arc<DataKey>) {
        for which in [Which::Newest, Which::Of(key.tag().generation)] {
            self.note.data_keys.insert((subject, class, which), Arc::clone(key));
        }
    }

    /// A key that this body made or fetched, or one at hand, or one from its row. What a transaction fetches is kept at hand
    /// only once it has committed: a body before it may have made it, and be rolled back.
    fn data_key(&mut self, name: KeyName) -> Result<Option<Arc<DataKey>>, Fault> {
        if let Some(key) = self.note.data_keys.get(&name) {
            return Ok(Some(Arc::clone(key)));
        }
        if let Some(key) = self.book.at_hand(&name) {
            return Ok(Some(key));
        }
        let fetched = self.book.fetch(self.link, name);
        let fetched = self.seen(fetched)?;
        match (&fetched, name) {
            (Some(key), (subject, class, Which::Newest)) => self.remember((subject, class), key),
            (Some(key), _) => drop(self.note.data_keys.insert(name, Arc::clone(key))),
            (None, _) => {}
        }
        Ok(fetched)
    }

    /// The key that a sealed value says it needs.
    pub(super) fn opening_key(&mut self, subject: SubjectId, class: Class, blob: &[u8]) -> Result<Arc<DataKey>, Fault> {
        for which in asked_for(blob) {
            if let Some(key) = self.data_key((subject, class, which))? {
                return Ok(key);
            }
        }
        self.fail(no_key(subject, class))
    }
}
