//! The life of an invoice, as types: what can be written down is what can be true. Pure.

use super::content::{CALCULATION, Content, Party, TaxCategory, Totals};
use super::rules::{self, Ready};
use super::unfinished::Unfinished;
use crate::business::{Account, Business, PaidTo};
use crate::customers::Customer;
use crate::ledger::{CREDIT, JournalEntry, Posting, RECEIVABLE, REVENUE, ROUNDING, Unbalanced};
use coffer_kernel::money::Money;
use coffer_kernel::{CustomerId, Date, EntryId, InvoiceId, Pointer, ScopeId};
use serde::{Deserialize, Serialize};

/// The status axis of an invoice. Payment and delivery are axes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// May be changed and deleted.
    Draft,
    /// Stands.
    Issued,
}

impl Status {
    /// The name in rows and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
        }
    }
}

/// An invoice at any point of its life.
#[expect(clippy::large_enum_variant, reason = "issued is the common case, and one at a time is held")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoice {
    /// Not issued yet.
    Draft(Draft),
    /// Issued.
    Issued(Issued),
}

impl Invoice {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> InvoiceId {
        match self {
            Self::Draft(draft) => draft.id,
            Self::Issued(issued) => issued.draft.id,
        }
    }
    /// Its version.
    #[must_use]
    pub const fn version(&self) -> i64 {
        match self {
            Self::Draft(draft) => draft.version,
            Self::Issued(issued) => issued.draft.version,
        }
    }
    /// What it was or is as a draft: customer, content, sums.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        match self {
            Self::Draft(draft) => draft,
            Self::Issued(issued) => &issued.draft,
        }
    }
    /// Where it is in its life.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Draft(_) => Status::Draft,
            Self::Issued(_) => Status::Issued,
        }
    }
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id; it stays when the draft is issued.
    pub id: InvoiceId,
    /// The version.
    pub version: i64,
    /// Who is billed.
    pub customer: CustomerId,
    /// Whose customer they are.
    pub scope: ScopeId,
    /// What it says.
    pub content: Content,
    /// What it sums to.
    pub totals: Totals,
    /// What was typed besides and does not read yet: none of it counts, and as long as there is any, it stays a draft.
    pub unfinished: Unfinished,
}

/// An issued invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// What was issued.
    pub draft: Draft,
    /// The series its number is from.
    pub series: String,
    /// Its place in the series, from 1, without gaps.
    pub number: i64,
    /// The number on the document (BT-1).
    pub number_text: String,
    /// When it was issued, on the seller's calendar (BT-2).
    pub issued_on: Date,
    /// When it is to be paid (BT-9).
    pub due_on: Date,
    /// Seller and buyer as they were, and the nonce of the content hash.
    pub frozen: Frozen,
    /// The hash of the canonical content.
    pub content_hash: [u8; 32],
}

/// What is frozen with the content when an invoice is issued, and sealed with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The seller as they were (BG-4).
    pub seller: Party,
    /// The buyer as they were (BG-7).
    pub buyer: Party,
    /// Where it is paid to: whoever changes the account later changes nothing that was issued.
    #[serde(default, skip_serializing_if = "PaidTo::is_unsaid")]
    pub paid_to: PaidTo,
    /// 32 random bytes, hexadecimal: without them the hash would be an oracle over names.
    pub nonce: String,
}

/// What an invoice needs before it can be issued, field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotIssuable(pub Vec<Pointer>);

impl Draft {
    /// Whether this may be issued: the rules of EN 16931 on what a person can mend here.
    ///
    /// # Errors
    /// Every field that stands in the way, with its rule.
    pub fn check(&self, seller: &Party, buyer: &Party, due_on: Date, issued_on: Date) -> Result<(), NotIssuable> {
        let (content, totals) = (&self.content, &self.totals);
        let problems = rules::check(&Ready { content, totals, seller, buyer, due_on, issued_on });
        if problems.is_empty() { Ok(()) } else { Err(NotIssuable(problems)) }
    }

    /// Everything that stands in the way of issuing it on this day: what issuing itself would say of it.
    #[must_use]
    pub fn obstacles(&self, business: &Business, customer: &Customer, issued_on: Date) -> Vec<Pointer> {
        let ready = self.settled(business, customer);
        let frozen = ready.freeze(business, customer, [0; 32]);
        let due_on = ready.due_on(issued_on, business);
        let found = ready.check(&frozen.seller, &frozen.buyer, due_on, issued_on).err().map(|no| no.0);
        // Whoever has half a line has one: that is said of it, and not that there is none, or that a reason is of nothing.
        let half =
            |pointer: &Pointer| !self.unfinished.lines.is_empty() && matches!(pointer.rule, Some("BR-16" | "BT-120"));
        found.unwrap_or_default().into_iter().filter(|pointer| !half(pointer)).collect()
    }

    /// When it is to be paid, if it is issued on this day.
    #[must_use]
    pub fn due_on(&self, issued_on: Date, business: &Business) -> Date {
        let by_terms = issued_on.checked_add(jiff::Span::new().days(business.terms_days)).unwrap_or(issued_on);
        self.content.due_on.unwrap_or(by_terms)
    }

    /// Freezes the parties. What is outside the scope of VAT carries no VAT ids (BR-O-02).
    #[must_use]
    pub fn freeze(&self, business: &Business, customer: &Customer, nonce: [u8; 32]) -> Frozen {
        let nonce = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
        let (mut seller, mut buyer) = (business.particulars.clone(), customer.party.clone());
        if self.totals.breakdown.iter().all(|tax| tax.category == TaxCategory::O) {
            (seller.vat_id, buyer.vat_id) = (None, None);
        }
        Frozen { seller, buyer, paid_to: business.paid_to(), nonce }
    }
}

impl Issued {
    /// The account it is paid to, and whether it is printed on it. Of an invoice that was issued before accounts were
    /// frozen, it is the business's of today.
    #[must_use]
    pub fn account(&self, business: &Business) -> Option<(Account, bool)> {
        let today = business.paid_to();
        let paid_to = if self.frozen.paid_to.is_unsaid() { &today } else { &self.frozen.paid_to };
        match paid_to {
            PaidTo::Here { account, printed } => Some((account.clone(), *printed)),
            PaidTo::Nowhere | PaidTo::Unsaid => None,
        }
    }

    /// What a copy is compared by: the beginning of the content's hash, on the paper and on every page of it. Eighty bits,
    /// hexadecimal.
    #[must_use]
    pub fn mark(&self) -> String {
        self.content_hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The canonical bytes that are hashed: everything that stands on the document, and the version of the arithmetic.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let canonical = (
            CALCULATION,
            &self.number_text,
            self.issued_on.to_string(),
            self.due_on.to_string(),
            &self.draft.content,
            &self.frozen,
            self.draft.totals.amount_due.to_string(),
        );
        // Plain texts and numbers: there is nothing in it that could fail.
        serde_json::to_vec(&canonical).unwrap_or_default()
    }

    /// What issuing does to the books: the customer owes what is due, what was prepaid leaves
    /// their credit; the net was earned, the tax is owed to the state.
    ///
    /// # Errors
    /// [`Unbalanced`] where the sums do not fit: a mistake in this program.
    pub fn journal_entry(&self, id: EntryId) -> Result<JournalEntry, Unbalanced> {
        JournalEntry::weighed(id, self.issued_on, "invoice.issued", self.draft.id, self.postings(1))
    }

    /// What voiding does to the books: the same the other way round.
    ///
    /// # Errors
    /// [`Unbalanced`] where the sums do not fit: a mistake in this program.
    pub fn reversal(&self, id: EntryId, on: Date) -> Result<JournalEntry, Unbalanced> {
        JournalEntry::weighed(id, on, "invoice.voided", self.draft.id, self.postings(-1))
    }

    fn postings(&self, sign: i64) -> Vec<Posting> {
        let totals = &self.draft.totals;
        let debit = |amount: Money| Money::new(sign * amount.minor(), amount.currency());
        let credit = |amount: Money| Money::new(-sign * amount.minor(), amount.currency());
        let mut postings = vec![
            Posting { account: RECEIVABLE.to_owned(), amount: debit(totals.amount_due) },
            Posting { account: CREDIT.to_owned(), amount: debit(totals.prepaid) },
            Posting { account: ROUNDING.to_owned(), amount: credit(totals.rounding) },
            Posting { account: REVENUE.to_owned(), amount: credit(totals.net_total) },
        ];
        postings.extend(totals.breakdown.iter().map(|tax| Posting {
            account: format!("vat {} {}", tax.category.code(), tax.rate),
            amount: credit(tax.tax),
        }));
        postings
    }
}
