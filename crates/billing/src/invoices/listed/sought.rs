//! A list narrowed by a search: first the ids of one page, then their rows. What the first costs at most stands with its
//! statements.

mod sql;

use super::columns::ID;
use super::listed;
use super::sql::{Place, rows};
use crate::fold::fold;
use crate::invoices::queries::{ListInvoices, Row};
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope};
use coffer_store::{Fault, Reading};
use std::collections::{BTreeSet, HashMap};

/// What a search keeps of a list: those whose number holds a text, and those of some customers.
pub(in crate::invoices) struct Found {
    /// What the number holds; [`None`] where no number has such a text in it.
    number: Option<String>,
    customers: BTreeSet<CustomerId>,
}

impl Found {
    /// What this text finds, and those of these customers.
    pub(in crate::invoices) fn of(text: &str, customers: Vec<CustomerId>) -> Self {
        let text = fold(text.trim());
        // No number has anything else in it, and nothing in a pattern means anything but itself.
        let spelled = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(&byte));
        Self { number: spelled.then_some(text), customers: customers.into_iter().collect() }
    }

    /// Whether an invoice with this number, for this customer, is among what is looked for.
    fn keeps(&self, number: Option<&str>, customer: CustomerId) -> bool {
        let number = number.zip(self.number.as_deref());
        self.customers.contains(&customer)
            || number.is_some_and(|(number, text)| number.to_ascii_lowercase().contains(text))
    }

    /// A page of the list, behind this place and in its order.
    pub(in crate::invoices) fn list(
        &self,
        reading: &mut impl Reading,
        scope: &Scope,
        query: &ListInvoices,
        (after, today): (Place, Date),
        most: i64,
    ) -> Result<Vec<Row>, Fault> {
        reading.fill(
            after,
            most,
            |reading, after: Place, asked| {
                let places = self.places(reading, scope, query, (after, today), asked)?;
                let ids: Vec<InvoiceId> = places.iter().map(|place| place.id).collect();
                let mut found = HashMap::with_capacity(ids.len());
                for row in rows(reading, scope, &ids)? {
                    found.insert(row.id::<InvoiceId>(ID)?, row);
                }
                Ok(places.into_iter().map(|place| (place, found.remove(&place.id))).collect())
            },
            |reading, (place, row)| {
                let row = row.map(|row| listed(&row, reading)).transpose()?;
                Ok((place, row.flatten()))
            },
        )
    }

    /// Where the next ones stand, in the order of the list.
    fn places(
        &self,
        reading: &mut impl Reading,
        scope: &Scope,
        query: &ListInvoices,
        (after, today): (Place, Date),
        most: i64,
    ) -> Result<Vec<Place>, Fault> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let sought = sql::Sought { found: self, query, scope, today, most };
        let asked = |id: &CustomerId| query.customer.is_none_or(|only| only == *id);
        let theirs: Vec<CustomerId> = self.customers.iter().copied().filter(asked).collect();
        if theirs.is_empty() && self.number.is_none() {
            return Ok(Vec::new());
        }
        let few = theirs.len() <= sql::FEW;
        let (mut places, rest) = match query.only {
            None if few => (Vec::new(), Some(after.id)),
            None => (sought.of_all(reading, after.id)?, None),
            Some(list) => sought.of_list(reading, (list, after), few)?,
        };
        if let Some(behind) = rest {
            places.extend(sought.of_each(reading, behind, &theirs, most - places.len())?);
        }
        Ok(places)
    }
}

#[cfg(test)]
mod tests;
