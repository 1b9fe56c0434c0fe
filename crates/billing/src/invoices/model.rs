//! The life of an invoice, as types: what can be written down is what can be true. Pure.

use super::content::{CALCULATION, Content, Party, TaxCategory, Totals};
use crate::business::Business;
use crate::customers::Customer;
use crate::ledger::{CREDIT, JournalEntry, Posting, RECEIVABLE, REVENUE, ROUNDING, Unbalanced};
use coffer_kernel::money::{Decimal, Money, Percent};
use coffer_kernel::{CustomerId, Date, EntryId, InvoiceId, Pointer, ScopeId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
    pub fn check(&self, seller: &Party, due_on: Date, issued_on: Date) -> Result<(), NotIssuable> {
        let mut problems = Vec::new();
        let mut need = |holds: bool, pointer: String, rule, detail: &'static str| {
            if !holds {
                problems.push(Pointer { pointer, rule: Some(rule), detail: Cow::Borrowed(detail) });
            }
        };
        need(!self.content.lines.is_empty(), "/lines".into(), "BR-16", "There is nothing to bill for. Add a line.");
        need(due_on >= issued_on, "/due_on".into(), "BT-9", "It would be due before it is issued. Choose a later day.");
        for (place, line) in self.content.lines.iter().enumerate() {
            let at = |field: &str| format!("/lines/{place}/{field}");
            let price = line.net_price.get();
            need(!line.name.trim().is_empty(), at("name"), "BR-25", "A line needs words for what it bills.");
            let detail = "A price is never negative. Make the quantity negative instead.";
            need(price >= Decimal::ZERO, at("net_price"), "BR-27", detail);
            let (fits, rule, detail) = rate_fits(line.category, line.rate);
            need(fits, at("rate"), rule, detail);
        }
        for (place, adjustment) in self.content.adjustments.iter().enumerate() {
            let at = |field: &str| format!("/adjustments/{place}/{field}");
            let (fits, rule, detail) = rate_fits(adjustment.category, adjustment.rate);
            need(fits, at("rate"), rule, detail);
            let explained = !adjustment.reason.trim().is_empty();
            need(explained, at("reason"), "BR-33", "Say what this takes off or adds for.");
        }
        let categories = || self.totals.breakdown.iter().map(|tax| tax.category);
        let exempt = categories().any(|category| !matches!(category, TaxCategory::S | TaxCategory::Z));
        let explained = self.content.exemption_reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
        let detail = "Say why there is no VAT; it must stand on the invoice.";
        need(!exempt || explained, "/exemption_reason".into(), "BR-E-10", detail);
        let taxed = categories().any(|category| category != TaxCategory::O);
        let known = seller.vat_id.is_some() || seller.tax_registration.is_some();
        let detail = "Your VAT id or tax number must stand on this invoice. Add it to the business.";
        need(!taxed || known, "/seller/vat_id".into(), "BR-S-02", detail);
        if problems.is_empty() { Ok(()) } else { Err(NotIssuable(problems)) }
    }

    /// When it is to be paid, if it is issued on this day.
    #[must_use]
    pub fn due_on(&self, issued_on: Date, business: &Business) -> Date {
        let by_terms = issued_on.checked_add(jiff::Span::new().days(business.terms_days)).unwrap_or(issued_on);
        self.content.due_on.unwrap_or(by_terms)
    }

    /// Freezes the parties.
    #[must_use]
    pub fn freeze(business: &Business, customer: &Customer, nonce: [u8; 32]) -> Frozen {
        let nonce = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
        Frozen { seller: business.particulars.clone(), buyer: customer.party.clone(), nonce }
    }
}

/// Whether a rate fits its category; the rule that says so and what to do.
fn rate_fits(category: TaxCategory, rate: Percent) -> (bool, &'static str, &'static str) {
    let rate = rate.get();
    if category == TaxCategory::S {
        let fits = rate > Decimal::ZERO && rate <= Decimal::ONE_HUNDRED;
        return (fits, "BR-S-05", "The standard category needs a rate above 0 and at most 100.");
    }
    (rate.is_zero(), "BR-Z-05", "Only the standard category has a rate. Write 0 here.")
}

impl Issued {
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
