//! Holding every kept document against its fingerprint.

use super::sql;
use coffer_kernel::{Action, Actor, InvoiceId, TypedId};
use coffer_store::{Books, Fault, Order, Refused};

/// How many documents are opened at once: each may weigh megabytes.
const AT_ONCE: i64 = 16;

struct CompareRenditions {
    after: InvoiceId,
}

impl Order for CompareRenditions {
    const ACTION: Action = Action::CheckBooks;
}

/// The invoices whose kept document is not the one that was recorded: none, unless somebody or something changed it.
///
/// # Errors
/// As the store's.
pub async fn differences(books: &Books, actor: &Actor) -> Result<Vec<InvoiceId>, Refused> {
    let (mut wrong, mut after) = (Vec::new(), InvoiceId::from_bytes([0; 16]));
    loop {
        let page = books.read(actor, CompareRenditions { after }, |snapshot, _, query| {
            let mut judged = Vec::new();
            for id in sql::after(snapshot, query.after, AT_ONCE)? {
                let is_whole = match sql::find(snapshot, id) {
                    Ok(found) => found.is_some_and(|rendition| rendition.is_whole()),
                    Err(Fault::Corrupt { .. }) => false,
                    Err(fault) => return Err(Refused::from(fault)),
                };
                judged.push((id, is_whole));
            }
            Ok(judged)
        });
        let page = page.await?;
        let Some((last, _)) = page.last() else { return Ok(wrong) };
        after = *last;
        wrong.extend(page.into_iter().filter(|(_, is_whole)| !is_whole).map(|(id, _)| id));
    }
}
