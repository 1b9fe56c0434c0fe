//! Finding customers by what somebody types of their name. Names are sealed, so they are looked through in memory, and
//! only those that are shown are opened for somebody.

use super::{Customer, sql};
use crate::fold::{fold, rank};
use coffer_kernel::{Action, Actor, CustomerId, Scope, TypedId};
use coffer_store::{Books, Fault, Order, Refused, Snapshot};
use std::collections::BTreeSet;

/// Customers whose name fits what was typed.
#[derive(Debug, Clone)]
pub struct FindCustomers {
    /// What was typed: a part of the name, in any case, with or without accents.
    pub text: String,
    /// How many at most.
    pub most: u16,
}

impl Order for FindCustomers {
    const ACTION: Action = Action::ReadCustomers;
}

/// The customers within the actor's reach whose name fits, those that begin with what was typed first.
///
/// # Errors
/// As the store's.
pub async fn find(books: &Books, actor: &Actor, query: FindCustomers) -> Result<Vec<Customer>, Refused> {
    books
        .read(actor, query, |snapshot, permit, query| {
            let mut ids = matching(snapshot, permit.scope(), &query.text)?;
            ids.truncate(query.most.into());
            Ok(sql::these(snapshot, permit.scope(), &ids)?)
        })
        .await
}

/// Which customers' names fit, the best first; nothing of the others is kept or shown.
pub(crate) fn matching(snapshot: &mut Snapshot<'_>, scope: &Scope, typed: &str) -> Result<Vec<CustomerId>, Fault> {
    let typed = fold(typed.trim());
    let names = sql::names(snapshot, scope)?;
    let mut found: Vec<(u8, CustomerId)> = Vec::new();
    for (id, sealed) in &names {
        let fits = snapshot.looks_like(&sql::NAME, &id.bytes(), (*id).into(), sealed, &|name| {
            let name = fold(name.trim());
            // Whoever is called just so comes before all that begin with it, however few are shown.
            if name == typed { Some(0) } else { rank(&name, &typed).map(|rank| rank + 1) }
        })?;
        found.extend(fits.map(|rank| (rank, *id)));
    }
    found.sort_by_key(|(rank, _)| *rank);
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// A name that somebody else may have already.
#[derive(Debug, Clone)]
pub struct CalledAlike {
    /// The name, as it was typed.
    pub name: String,
}

impl Order for CalledAlike {
    const ACTION: Action = Action::ReadCustomers;
}

/// The customers within the actor's reach who are called just so, in any case, with or without accents: whoever adds one is
/// asked whether it is one of them.
///
/// # Errors
/// As the store's.
pub async fn called_alike(books: &Books, actor: &Actor, query: CalledAlike) -> Result<Vec<Customer>, Refused> {
    books
        .read(actor, query, |snapshot, permit, query| {
            let wanted: BTreeSet<String> =
                Some(fold(query.name.trim())).filter(|name| !name.is_empty()).into_iter().collect();
            Ok(namesakes(snapshot, permit.scope(), &wanted)?)
        })
        .await
}

/// The customers who have one of these names, which are folded. Only they are opened.
pub(crate) fn namesakes(
    snapshot: &mut Snapshot<'_>,
    scope: &Scope,
    wanted: &BTreeSet<String>,
) -> Result<Vec<Customer>, Fault> {
    let mut found = Vec::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    for (id, sealed) in &sql::names(snapshot, scope)? {
        let is = |name: &str| wanted.contains(&fold(name.trim())).then_some(0);
        if snapshot.looks_like(&sql::NAME, &id.bytes(), (*id).into(), sealed, &is)?.is_some() {
            found.extend(sql::find(snapshot, scope, *id)?);
        }
    }
    Ok(found)
}
