//! Whether anybody ever worked here: then the installation has its owner, and nobody sets it up any more.

use super::sql;
use coffer_kernel::{Actor, BusinessId};
use coffer_store::{Books, Leaf, Order, Refused};

/// Whether anybody ever worked anywhere. The order is asked in the installation's books.
///
/// A place that stands says so. Where none does, the installation's own log is asked, because rows that are gone are what
/// somebody would make who wants to be the first once more: whoever works here came by the door, with each page they saw. A
/// log that is not the one that was signed says so too.
///
/// # Errors
/// As the store's.
pub(crate) async fn anywhere<Q: Order>(books: &Books, actor: &Actor, order: Q) -> Result<bool, Refused> {
    if books.read(actor, order, |snapshot, _, _| Ok::<_, Refused>(sql::place_stands(snapshot)?)).await? {
        return Ok(true);
    }
    books.may_have_said(BusinessId::INSTALLATION, by_staff).await
}

fn by_staff(leaf: &Leaf) -> bool {
    leaf.by.starts_with("staff:")
}
