//! The mark of a device: somebody once signed in on it, with both steps. It opens nothing; it only keeps those who guess
//! elsewhere from shutting its person out (OWASP, device cookies).

use super::{Kind, open, seal};
use crate::door::Door;
use coffer_kernel::{Entropy, TypedId, UserId};
use coffer_store::Refused;

/// A device that somebody signed in on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Who.
    pub user: UserId,
    /// Which of their devices: random.
    pub id: [u8; 16],
}

/// A new mark for a device on which this person has just signed in.
///
/// # Errors
/// As the store's.
pub async fn mark(door: &Door, user: UserId) -> Result<String, Refused> {
    let mut id = [0; 16];
    let entropy: &dyn Entropy = door.books.world().entropy.as_ref();
    entropy.fill(&mut id);
    seal(door, Kind::Device, &[user.bytes(), id].concat()).await
}

/// The device behind a presented mark; [`None`] for whatever is not one of ours.
///
/// # Errors
/// As the store's.
pub async fn recognise(door: &Door, presented: &str) -> Result<Option<Device>, Refused> {
    if presented.is_empty() {
        return Ok(None);
    }
    let Some((plain, _)) = open(door, Kind::Device, presented).await? else { return Ok(None) };
    let (user, id) = plain.split_at_checked(16).unwrap_or_default();
    let parts: (Result<[u8; 16], _>, Result<[u8; 16], _>) = (user.try_into(), id.try_into());
    Ok(parts.0.ok().zip(parts.1.ok()).map(|(user, id)| Device { user: UserId::from_bytes(user), id }))
}
