//! What is printed: an invoice as it stands, and how to pay it.

use crate::words::Language;
use coffer_billing::business::{Account, Business};
use coffer_billing::invoices::content::Party;
use coffer_billing::invoices::{Draft, Issued};
use coffer_billing::letterhead::{Accent, Letterhead, Picture};
use coffer_kernel::Date;

/// A document to be printed.
#[derive(Debug, Clone, Copy)]
pub enum Paper<'a> {
    /// A draft, as it would look: the preview is the page that will be sent.
    Draft {
        /// The draft.
        draft: &'a Draft,
        /// The seller as they are now.
        seller: &'a Party,
        /// The buyer as they are now.
        buyer: &'a Party,
        /// The account that will be printed on it, where one will be.
        account: Option<&'a Account>,
        /// How the links to it will begin, where there are any.
        links: Option<&'a str>,
        /// When it would be due, if it were issued today.
        due_on: Date,
        /// The language.
        language: Language,
    },
    /// An issued invoice.
    Issued {
        /// The invoice.
        issued: &'a Issued,
        /// How it is paid, where that is printed at all.
        pay: Option<&'a Pay>,
        /// How the links to it begin, where there are any.
        links: Option<&'a str>,
        /// The language.
        language: Language,
    },
    /// An invoice that nobody gets, to look at the paper.
    Sample {
        /// What stands on it.
        issued: &'a Issued,
        /// The account that is printed on real ones, where one is.
        account: Option<&'a Account>,
        /// How the links to real ones begin, where there are any.
        links: Option<&'a str>,
        /// The language.
        language: Language,
    },
    /// An invoice that was voided: the same content, which says of itself that nothing is owed for it.
    Voided {
        /// The invoice.
        issued: &'a Issued,
        /// Since when.
        voided_on: Date,
        /// The language.
        language: Language,
    },
}

/// Whose paper it is, to be seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'a> {
    /// The colour of what stands at its head, as it was chosen.
    pub accent: Option<Accent>,
    /// What stands there in place of the name.
    pub logo: Option<&'a Picture>,
}

impl<'a> Look<'a> {
    /// The look of this letterhead.
    #[must_use]
    pub const fn of(letterhead: &'a Letterhead) -> Self {
        Self { accent: letterhead.accent, logo: letterhead.logo.as_ref() }
    }
}

/// How a document is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pay {
    /// The account.
    pub account: Account,
    /// What the payer writes.
    pub reference: String,
}

impl Pay {
    /// How an issued invoice of this business is paid; [`None`] where it has no account.
    #[must_use]
    pub fn of(business: &Business, issued: &Issued) -> Option<Self> {
        let (account, _) = issued.account(business)?;
        Some(Self { account, reference: issued.number_text.clone() })
    }
}

impl<'a> Paper<'a> {
    pub(crate) const fn draft(&self) -> &'a Draft {
        match self {
            Self::Draft { draft, .. } => draft,
            Self::Issued { issued, .. } | Self::Voided { issued, .. } | Self::Sample { issued, .. } => &issued.draft,
        }
    }
    pub(crate) const fn language(&self) -> Language {
        match self {
            Self::Draft { language, .. }
            | Self::Issued { language, .. }
            | Self::Voided { language, .. }
            | Self::Sample { language, .. } => *language,
        }
    }
    pub(crate) const fn seller(&self) -> &'a Party {
        match self {
            Self::Draft { seller, .. } => seller,
            Self::Issued { issued, .. } | Self::Voided { issued, .. } | Self::Sample { issued, .. } => {
                &issued.frozen.seller
            }
        }
    }
    pub(crate) const fn buyer(&self) -> &'a Party {
        match self {
            Self::Draft { buyer, .. } => buyer,
            Self::Issued { issued, .. } | Self::Voided { issued, .. } | Self::Sample { issued, .. } => {
                &issued.frozen.buyer
            }
        }
    }
    pub(crate) const fn issued(&self) -> Option<&'a Issued> {
        match self {
            Self::Draft { .. } => None,
            Self::Issued { issued, .. } | Self::Voided { issued, .. } | Self::Sample { issued, .. } => Some(issued),
        }
    }
    pub(crate) const fn due_on(&self) -> Date {
        match self {
            Self::Draft { due_on, .. } => *due_on,
            Self::Issued { issued, .. } | Self::Voided { issued, .. } | Self::Sample { issued, .. } => issued.due_on,
        }
    }
    /// The account that stands on it.
    pub(crate) fn account(&self) -> Option<&'a Account> {
        match self {
            Self::Draft { account, .. } | Self::Sample { account, .. } => *account,
            Self::Issued { pay, .. } => pay.map(|pay| &pay.account),
            Self::Voided { .. } => None,
        }
    }
    /// How the links to it begin.
    pub(crate) const fn links(&self) -> Option<&'a str> {
        match self {
            Self::Draft { links, .. } | Self::Sample { links, .. } | Self::Issued { links, .. } => *links,
            Self::Voided { .. } => None,
        }
    }
    /// Whether somebody may have it, and pay it.
    pub(crate) const fn is_real(&self) -> bool {
        matches!(self, Self::Issued { .. } | Self::Voided { .. })
    }
}
