//! A list narrowed by a search: where few invoices have what is sought they are fetched by themselves; where many have it, the
//! list is walked until the page is full.

use super::sql::{self, Place, These};
use crate::fold::fold;
use crate::invoices::queries::{ListInvoices, Listed, Row};
use crate::settlement::{Delivery, Standing};
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope};
use coffer_store::{Fault, Reading};
use std::collections::BTreeSet;

/// What a search keeps of a list: those whose number holds this text, and those of these customers.
pub(in crate::invoices) struct Found {
    text: String,
    customers: BTreeSet<CustomerId>,
    /// Them all, where they are few.
    few: Option<BTreeSet<InvoiceId>>,
}

impl Found {
    /// Looks for them.
    pub(in crate::invoices) fn look(
        reading: &mut impl Reading,
        scope: &Scope,
        text: &str,
        customers: BTreeSet<CustomerId>,
    ) -> Result<Self, Fault> {
        let text = fold(text.trim());
        let few = sql::few(reading, scope, &text, &customers)?;
        Ok(Self { text, customers, few })
    }

    /// Whether an invoice with this number, for this customer, is among what is looked for.
    pub(super) fn keeps(&self, number: Option<&str>, customer: CustomerId) -> bool {
        self.customers.contains(&customer) || number.is_some_and(|number| fold(number).contains(&self.text))
    }

    /// The page behind this place, of those that are few; [`None`] where they are many.
    pub(super) fn page(
        &self,
        reading: &mut impl Reading,
        scope: &Scope,
        query: &ListInvoices,
        (after, today): (Place, Date),
        most: i64,
    ) -> Result<Option<Vec<Row>>, Fault> {
        let Some(few) = &self.few else { return Ok(None) };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let by_day = query.only == Some(Listed::Overdue);
        let mut page = Vec::new();
        // Newest first they are taken as far as the page needs; by day it takes all of them to know which are first.
        let behind = few.iter().rev().copied().filter(|id| by_day || *id < after.id).collect::<Vec<_>>();
        for some in behind.chunks(These::AT_ONCE) {
            let mut rows = sql::these(reading, scope, &some.iter().copied().collect())?;
            rows.sort_by_key(|row| std::cmp::Reverse(row.id));
            page.extend(rows.into_iter().filter(|row| {
                query.customer.is_none_or(|customer| customer == row.customer)
                    && self.keeps(row.number.as_deref(), row.customer)
                    && query.only.is_none_or(|only| only.keeps(row.standing.as_ref(), today))
            }));
            if !by_day && page.len() >= most {
                break;
            }
        }
        if by_day {
            let place = |row: &Row| (Place::of(row).due_on, row.id);
            page.retain(|row| place(row) > (after.due_on, after.id));
            page.sort_by_key(place);
        }
        page.truncate(most);
        Ok(Some(page))
    }
}

impl Listed {
    /// Whether an invoice that stands so belongs to it, as its statement says. A draft does not stand yet.
    fn keeps(self, standing: Option<&Standing>, today: Date) -> bool {
        let Some(standing) = standing else { return self == Self::Drafts };
        let (open, voided) = (standing.open.minor() > 0, standing.voided_on.is_some());
        match self {
            Self::Drafts => false,
            Self::Open => open,
            Self::Overdue => open && standing.due_on < today,
            Self::Unsent => open && matches!(standing.delivery, Delivery::NotSent | Delivery::LinkMade),
            Self::Paid => !open && !voided,
            Self::Void => voided,
        }
    }
}

#[cfg(test)]
mod tests;
