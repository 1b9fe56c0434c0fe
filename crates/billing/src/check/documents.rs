//! Each invoice opened and worked out again.

use super::{Wrong, sql};
use crate::invoices::{self, Invoice};
use coffer_kernel::{Action, Actor, InvoiceId, Scope, TypedId};
use coffer_proof::hash::leaf_hash;
use coffer_store::{Books, Fault, Order, Reading, Refused};

/// How many are opened in one look.
const AT_ONCE: i64 = 200;

struct RecomputeAfter(InvoiceId);

impl Order for RecomputeAfter {
    const ACTION: Action = Action::CheckBooks;
}

/// What is wrong with the documents themselves.
pub(super) async fn recompute(books: &Books, actor: &Actor) -> Result<Vec<Wrong>, Refused> {
    let (mut wrong, mut last) = (Vec::new(), InvoiceId::from_bytes([0; 16]));
    loop {
        let page = books.read(actor, RecomputeAfter(last), |snapshot, permit, query| {
            let ids = sql::after(snapshot, query.0, AT_ONCE)?;
            let mut found = Vec::new();
            for id in &ids {
                found.extend(judged(snapshot, permit.scope(), *id)?);
            }
            Ok::<_, Refused>((ids.last().copied(), found))
        });
        let (next, found) = page.await?;
        wrong.extend(found);
        let Some(next) = next else { return Ok(wrong) };
        last = next;
    }
}

fn judged(reading: &mut impl Reading, scope: &Scope, id: InvoiceId) -> Result<Option<Wrong>, Fault> {
    let invoice = match invoices::sql::as_it_stands(reading, scope, id) {
        Ok(Some(invoice)) => invoice,
        Ok(None) | Err(Fault::Corrupt { .. }) => return Ok(Some(Wrong::Unreadable(id))),
        Err(fault) => return Err(fault),
    };
    if !sql::holds(reading, id, &invoice.draft().totals)? {
        return Ok(Some(Wrong::Sums(id)));
    }
    let is_as_hashed = match &invoice {
        Invoice::Draft(_) => true,
        Invoice::Issued(issued) => *leaf_hash(&issued.canonical()).as_bytes() == issued.content_hash,
    };
    Ok((!is_as_hashed).then_some(Wrong::Hash(id)))
}
