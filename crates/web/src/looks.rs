//! What the last look through the books came upon, as every page says it.

use coffer_kernel::BusinessId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How much of some books did not fit.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// What is not as it was written, by the look of every day or a check.
    written: usize,
    /// What comes to something else when it is worked out again, which only a check does.
    again: usize,
}

/// How much of each business's books did not fit when this process last looked through them.
#[derive(Debug, Clone, Default)]
pub struct Looks(Arc<RwLock<HashMap<BusinessId, Found>>>);

impl Looks {
    /// So much in these books is not as it was written. It says nothing of what only a check works out again: what that found
    /// stands until the next one.
    pub fn note(&self, business: BusinessId, findings: usize) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).entry(business).or_default().written = findings;
    }

    /// So much a check found in these books: not as it was written, and other when it was worked out again.
    pub fn note_check(&self, business: BusinessId, written: usize, again: usize) {
        let found = Found { written, again };
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(business, found);
    }

    /// How much does not fit of what this business rests on: its own books and the installation's, by which people come in.
    #[must_use]
    pub fn of(&self, business: BusinessId) -> usize {
        let looks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let of = |books: &BusinessId| looks.get(books).map(|found| found.written + found.again);
        [business, BusinessId::INSTALLATION].iter().filter_map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coffer_kernel::TypedId;

    // proves: D11
    #[test]
    fn what_a_check_worked_out_again_stands_until_the_next_check_whatever_a_look_finds() {
        let (looks, business) = (Looks::default(), BusinessId::from_bytes([3; 16]));
        for books in [business, BusinessId::INSTALLATION] {
            looks.note_check(books, 1, 2);
            looks.note(books, 0);
            assert_eq!(looks.of(business), 2, "a look that works nothing out again puts nothing right");
            looks.note(books, 4);
            assert_eq!(looks.of(business), 6);
            looks.note_check(books, 0, 0);
            assert_eq!(looks.of(business), 0, "a check looks at both");
        }
    }
}
