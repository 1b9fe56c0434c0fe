//! Ending somebody's time everywhere, at the machine: for the day when nobody can sign in who could do it on the page.

use super::{EndMembership, ReviseRefused, known, revise};
use coffer_kernel::{Actor, Mint, Who};
use coffer_store::Books;

/// Ends the memberships of whoever signs in with this address, one business after the other. Returns how many there were.
///
/// # Errors
/// [`ReviseRefused::Unknown`] where nobody works anywhere under it; [`ReviseRefused::LastOwner`] where a business would be left
/// without an owner. What was ended before that stays ended.
pub async fn dismiss(books: &Books, mint: &Mint, operator: &Actor, email: &str) -> Result<usize, ReviseRefused> {
    let (user, works) = known::known(books, operator, email).await?.ok_or(ReviseRefused::Unknown)?;
    if works.is_empty() {
        return Err(ReviseRefused::Unknown);
    }
    for business in &works {
        let there = mint.actor(Who::clone(operator.who()), *business, operator.origin());
        revise::end(books, &there, EndMembership { user }).await?;
    }
    Ok(works.len())
}
