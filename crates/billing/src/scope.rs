//! How far a permit reaches, as a statement is told.

use coffer_kernel::{Scope, TypedId};

/// The one scope a query is bound to, or NULL for all of them. More than one is the lists' affair, which expand it.
pub(crate) fn only(scope: &Scope) -> Option<[u8; 16]> {
    match scope {
        Scope::All => None,
        Scope::Only(scopes) => Some(scopes.first().map_or([0; 16], TypedId::bytes)),
    }
}
