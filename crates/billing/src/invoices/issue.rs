//! Issuing an invoice: the number, the frozen parties, the entry in the books, all at once or not at all.

use super::draft::{DraftInvoice, DraftRefused, new_draft, summed};
use super::events::InvoiceIssued;
use super::model::{Draft, Invoice, Issued, NotIssuable};
use super::numbering;
use crate::customers::Customer;
use crate::{business, customers, ledger, settlement};
use coffer_kernel::{Action, Actor, EntryId, InvoiceId, Pointer, Reason, Refusals, Refuse};
use coffer_proof::hash::leaf_hash;
use coffer_store::{Books, Fault, Once, Order, Refused, Tx};

/// A draft to be issued.
#[derive(Debug, Clone, Copy)]
pub struct IssueInvoice {
    /// Which.
    pub invoice: InvoiceId,
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
}

impl Order for IssueInvoice {
    const ACTION: Action = Action::IssueInvoice;
}

/// An invoice that is drafted and issued in one step.
#[derive(Debug, Clone)]
pub struct IssueAtOnce(pub DraftInvoice);

impl Order for IssueAtOnce {
    const ACTION: Action = Action::IssueInvoice;
}

/// Why an invoice is not issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueRefused {
    /// It was issued before.
    NotADraft,
    /// Something was typed into it that does not read yet.
    Unfinished,
    /// Fields stand in the way.
    NotIssuable(NotIssuable),
    /// It would not even be kept as a draft.
    Draft(DraftRefused),
}

/// What is said of half a line.
const UNFINISHED: &str = "Something was typed into this draft that does not read yet, as half a line. Finish it in the editor, or put the draft anew.";

impl std::fmt::Display for IssueRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotADraft => f.write_str(
                "This invoice was issued already and can no longer be changed. Void it while nobody has it, or put it right with a second invoice.",
            ),
            Self::Unfinished => f.write_str(UNFINISHED),
            Self::NotIssuable(_) => {
                f.write_str("This invoice cannot be issued yet. Mend the fields named here, then issue it again.")
            }
            Self::Draft(refused) => refused.fmt(f),
        }
    }
}

impl std::error::Error for IssueRefused {}

impl Refuse for IssueRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotADraft => "invoice.not_a_draft",
            Self::Unfinished => "invoice.unfinished",
            Self::NotIssuable(_) => "invoice.not_issuable",
            Self::Draft(refused) => refused.code(),
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::NotADraft => Reason::Conflict,
            Self::Unfinished | Self::NotIssuable(_) => Reason::Invalid,
            Self::Draft(refused) => refused.reason(),
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        match self {
            Self::NotADraft | Self::Unfinished => Vec::new(),
            Self::NotIssuable(NotIssuable(pointers)) => pointers.clone(),
            Self::Draft(refused) => refused.pointers(),
        }
    }
}

impl Refusals for IssueRefused {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        let own = [
            ("invoice.not_a_draft", Reason::Conflict, "It was issued already and can no longer be changed."),
            ("invoice.unfinished", Reason::Invalid, UNFINISHED),
            ("invoice.not_issuable", Reason::Invalid, "It cannot be issued yet: the fields say why."),
        ];
        [DraftRefused::all(), own.to_vec()].concat()
    }
}

impl From<DraftRefused> for IssueRefused {
    fn from(refused: DraftRefused) -> Self {
        Self::Draft(refused)
    }
}

impl From<Refused> for IssueRefused {
    fn from(refused: Refused) -> Self {
        Self::Draft(refused.into())
    }
}

impl From<Fault> for IssueRefused {
    fn from(fault: Fault) -> Self {
        Self::Draft(fault.into())
    }
}

/// Issues a draft.
///
/// # Errors
/// [`IssueRefused`]; nothing is done then, and no number is used.
pub async fn issue(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: IssueInvoice,
) -> Result<Invoice, IssueRefused> {
    books
        .transact_once(actor, once, order, |tx, permit, order| {
            let granted = tx.lock::<Invoice>(permit, order.invoice)?;
            if order.version.is_some_and(|version| version != granted.version()) {
                return Err(Refused::Stale.into());
            }
            let Invoice::Draft(draft) = &*granted else { return Err(IssueRefused::NotADraft) };
            let customer = customers::sql::find(tx, permit.scope(), draft.customer)?.ok_or(DraftRefused::Customer)?;
            let next = Draft { version: draft.version + 1, ..draft.clone() };
            let issued = issued(tx, next, &customer)?;
            let event = InvoiceIssued::of(&issued);
            let invoice = Invoice::Issued(issued);
            tx.replace(&granted, &invoice)?;
            tx.record(event, invoice)
        })
        .await
}

/// Drafts and issues an invoice in one step.
///
/// # Errors
/// [`IssueRefused`]; nothing is done then, and no number is used.
pub async fn issue_at_once(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: IssueAtOnce,
) -> Result<Invoice, IssueRefused> {
    let sums = summed(&order.0.content, &order.0.unfinished);
    books
        .transact_once(actor, once, order, move |tx, permit, order| {
            let (draft, customer) = new_draft(tx, permit, &order.0, &sums)?;
            let issued = issued(tx, draft, &customer)?;
            let event = InvoiceIssued::of(&issued);
            let invoice = Invoice::Issued(issued);
            tx.insert(&invoice)?;
            tx.record(event, invoice)
        })
        .await
}

/// Decides and posts; the row is the caller's to write.
fn issued(tx: &mut Tx<'_>, draft: Draft, customer: &Customer) -> Result<Issued, IssueRefused> {
    if !draft.unfinished.is_empty() {
        return Err(IssueRefused::Unfinished);
    }
    let business = tx.shared(business::AGGREGATE.root.name, business::sql::get)?;
    let issued_on = business.date_at(tx.now());
    let draft = draft.settled(&business, customer);
    let due_on = draft.due_on(issued_on, &business);
    let mut nonce = [0; 32];
    tx.entropy().fill(&mut nonce);
    let frozen = draft.freeze(&business, customer, nonce);
    draft.check(&frozen.seller, &frozen.buyer, due_on, issued_on).map_err(IssueRefused::NotIssuable)?;
    let number = numbering::next(tx, &business, issued_on)?;
    let (series, number, number_text) = (number.series, number.value, number.text);
    let mut issued = Issued { draft, series, number, number_text, issued_on, due_on, frozen, content_hash: [0; 32] };
    issued.content_hash = *leaf_hash(&issued.canonical()).as_bytes();
    let entry = issued.journal_entry(EntryId::new(tx.now(), tx.entropy()));
    ledger::post(tx, &entry.map_err(|_| Fault::Misuse("an issued invoice balances"))?)?;
    settlement::begin(tx, &issued)?;
    Ok(issued)
}
