//! Drafting by a form that keeps itself: it says the same thing again and again, each time with a little more in it, and may
//! hear nothing of what became of it. What its mark led to is its draft, and is revised; there is no second one.

use super::draft::{DraftInvoice, draft};
use super::issue::IssueRefused;
use super::model::{Draft, Invoice};
use super::revise::{ReviseDraft, revise};
use super::sql;
use coffer_kernel::{Action, Actor, InvoiceId, Refuse, TypedId};
use coffer_store::{Books, Fault, Once, Order, Refused, Snapshot};

struct FindByMark(String);

impl Order for FindByMark {
    const ACTION: Action = Action::ReadInvoices;
}

/// Keeps a draft; where the same mark made one before, with something else in it, that one says this from now on.
///
/// # Errors
/// [`IssueRefused`]; [`Refused::Stale`] where somebody else changed that draft meanwhile, [`Refused::KeyReused`] where it is
/// no draft any more. Nothing is written then.
pub async fn redraft(books: &Books, actor: &Actor, once: Once, order: DraftInvoice) -> Result<Invoice, IssueRefused> {
    let reused = match draft(books, actor, Some(once.clone()), order.clone()).await {
        Err(no) if no.code() == Refused::KeyReused.code() => no,
        done => return done.map_err(IssueRefused::from),
    };
    let Some((before, version)) = made_by(books, actor, &once.key).await? else { return Err(reused.into()) };
    let next = Once { key: step(&once.key, version + 1), request: once.request };
    let DraftInvoice { customer, content, unfinished } = order;
    let order = ReviseDraft { invoice: before.id, version: Some(version), customer, content, unfinished };
    revise(books, actor, Some(next), order).await
}

/// The draft that a mark made, and the version it has if nobody but this mark ever changed it.
async fn made_by(books: &Books, actor: &Actor, mark: &str) -> Result<Option<(Draft, i64)>, Refused> {
    books
        .read(actor, FindByMark(mark.to_owned()), |snapshot, permit, query| {
            let Some(id) = snapshot.led_to(Action::DraftInvoice, &query.0)? else { return Ok(None) };
            let found = sql::find(snapshot, permit.scope(), InvoiceId::from_bytes(id))?;
            let Some(Invoice::Draft(draft)) = found else { return Ok(None) };
            let version = last_step(snapshot, &query.0, draft.version)?;
            Ok(Some((draft, version)))
        })
        .await
}

/// How far a mark has come with its draft: each step leaves a receipt of its own.
fn last_step(snapshot: &mut Snapshot<'_>, mark: &str, most: i64) -> Result<i64, Fault> {
    let mut version = 1;
    while version < most && snapshot.led_to(Action::ReviseInvoice, &step(mark, version + 1))?.is_some() {
        version += 1;
    }
    Ok(version)
}

fn step(mark: &str, version: i64) -> String {
    format!("{mark} {version}")
}
