//! What the bodies of one batch need alike, read and opened once for all of them.

use crate::snapshot::Disclosure;
use crate::{Fault, Tx};
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

/// What was read in this transaction, by the table it stands in, with what was opened for it.
#[derive(Default)]
pub(crate) struct Shared {
    kept: HashMap<&'static str, (Arc<dyn Any + Send + Sync>, Disclosure)>,
}

impl Shared {
    /// A row of this table is written: what was read of it holds no longer.
    pub(crate) fn forget(&mut self, table: &str) {
        self.kept.remove(table);
    }

    fn get<T: Send + Sync + 'static>(&self, table: &str) -> Option<(Arc<T>, &Disclosure)> {
        let (value, opened) = self.kept.get(table)?;
        Some((Arc::clone(value).downcast().ok()?, opened))
    }
}

impl Tx<'_> {
    /// Reads what there is one of in a business, or finds it as another body of the same batch has read it. Either way
    /// it counts as opened by this body. `table` is the aggregate's whose writing makes it stale.
    ///
    /// # Errors
    /// As `read`.
    pub fn shared<T: Send + Sync + 'static>(
        &mut self,
        table: &'static str,
        read: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        if let Some((value, opened)) = self.shared.get(table) {
            self.note.opened.extend(opened);
            return Ok(value);
        }
        let before = std::mem::take(&mut self.note.opened);
        let outcome = read(self);
        let opened = std::mem::replace(&mut self.note.opened, before);
        self.note.opened.extend(&opened);
        let value = Arc::new(outcome?);
        self.shared.kept.insert(table, (Arc::clone(&value) as Arc<dyn Any + Send + Sync>, opened));
        Ok(value)
    }
}
