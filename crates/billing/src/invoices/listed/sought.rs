//! A list narrowed by a search: first the ids of one page, along indexes that have all that is asked for; then their rows.

mod sql;

use super::columns::ID;
use super::listed;
use super::sql::{Place, rows};
use crate::fold::fold;
use crate::invoices::queries::{ListInvoices, Listed, Row};
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope};
use coffer_store::{Fault, Reading};
use std::cmp::Reverse;
use std::collections::HashMap;

/// What a search keeps of a list: those whose number holds a text, and those of some customers.
pub(in crate::invoices) struct Found {
    /// What the number is like; [`None`] where no number has such a text in it.
    number: Option<String>,
    customers: Vec<CustomerId>,
}

impl Found {
    /// What this text finds, and those of these customers.
    pub(in crate::invoices) fn of(text: &str, customers: Vec<CustomerId>) -> Self {
        let text = fold(text.trim());
        // No number has anything else in it, and nothing in a pattern means anything but itself.
        let spelled = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(&byte));
        Self { number: spelled.then(|| format!("%{text}%")), customers }
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
        let sought = sql::Sought { query, after, today, most };
        let mut places = match &self.number {
            Some(number) => sought.numbered(reading, scope, number)?,
            None => Vec::new(),
        };
        places.extend(sought.of(reading, scope, &self.customers)?);
        if query.only == Some(Listed::Overdue) {
            places.sort_by_key(|place| (place.due_on, place.id));
        } else {
            places.sort_by_key(|place| Reverse(place.id));
        }
        places.dedup();
        places.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(places)
    }
}

#[cfg(test)]
mod tests;
