//! What the last look through the books came upon, as every page says it.

use coffer_kernel::BusinessId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How much of each business's books did not fit when this process last looked through them.
#[derive(Debug, Clone, Default)]
pub struct Looks(Arc<RwLock<HashMap<BusinessId, usize>>>);

impl Looks {
    /// So much was found in these books.
    pub fn note(&self, business: BusinessId, findings: usize) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(business, findings);
    }

    /// How much does not fit of what this business rests on: its own books and the installation's, by which people come in.
    #[must_use]
    pub fn of(&self, business: BusinessId) -> usize {
        let looks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        [business, BusinessId::INSTALLATION].iter().filter_map(|books| looks.get(books)).sum()
    }
}
