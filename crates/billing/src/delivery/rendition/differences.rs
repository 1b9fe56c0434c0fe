//! Holding every kept document against its fingerprint, and against those of what was printed of the same invoice before: one
//! whose row was removed is printed anew, and may look otherwise by now.

use super::record::RENDERED;
use super::{Rendition, sql};
use coffer_kernel::{Action, Actor, InvoiceId, TypedId};
use coffer_store::{Asked, Books, Fault, Order, Refused, Remembered, Snapshot};

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
                    Ok(Some(rendition)) => rendition.is_whole() && was_printed_so(snapshot, &rendition)?,
                    Ok(None) => false,
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

/// Whether whatever was ever printed of this invoice, by the log, was this document.
fn was_printed_so(snapshot: &mut Snapshot<'_>, kept: &Rendition) -> Result<bool, Fault> {
    let all = Asked { about: Some(kept.invoice.bytes()), before: None, most: MOST, details: false };
    let printed = all_of(snapshot, all)?;
    if printed.len() < 2 {
        // The row is the one that was recorded, or `coffer check` names it.
        return Ok(true);
    }
    let same = |record: &Remembered| {
        // A record whose detail is gone was robbed of it: nobody is erased here, and then it would be the keys.
        let detail = record.detail.as_deref().and_then(|detail| serde_json::from_str::<serde_json::Value>(detail).ok());
        detail.is_some_and(|detail| detail.get("sha256").and_then(serde_json::Value::as_str) == Some(&kept.fingerprint))
    };
    Ok(all_of(snapshot, Asked { details: true, ..all })?.iter().all(same))
}

/// How many records are taken at once.
const MOST: usize = 100;

/// The records that say that a document was kept.
fn all_of(snapshot: &mut Snapshot<'_>, asked: Asked) -> Result<Vec<Remembered>, Fault> {
    let (mut all, mut before) = (Vec::new(), asked.before);
    loop {
        let past =
            snapshot.history(Asked { before, ..asked }, |leaf| leaf.what == RENDERED && !leaf.rows.is_empty())?;
        all.extend(past.records);
        match past.before {
            Some(older) => before = Some(older),
            None => return Ok(all),
        }
    }
}
