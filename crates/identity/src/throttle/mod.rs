//! Slowing down those who guess: counted per account and per address, before the check, in a transaction of its own.
//!
//! Rows, not memory: a restart forgets nothing, and all nodes count together. After five wrong tries an account waits
//! 15 seconds, twice as long after each further one, at most 15 minutes. Nobody is locked out for good, so that an
//! attacker cannot lock anybody out either (ASVS 6.3.1, SP 800-63B-4 §3.2.2).
//!
//! An address is shared by an office or a town: it waits after twenty passwords without one sign-in among them, a minute
//! at most, and is forgotten at each sign-in. Only passwords count for it. Whoever has typed the right one is no longer
//! guessing people, and the second step counts its own tries. An IPv6 address counts as its network of 64 bits, which is
//! what one line is given.

pub(crate) mod sql;
#[cfg(test)]
mod tests;

use coffer_kernel::{Action, Actor, Origin};
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// How many tries an account has before it waits.
const FREE_FOR_ACCOUNT: i64 = 5;
/// How many tries an address has: many people may share one.
const FREE_FOR_ADDRESS: i64 = 20;
/// The first wait.
const FIRST: Duration = Duration::from_secs(15);
/// The longest wait of an account.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// The longest wait of an address: others are behind it who did nothing.
const LONGEST_OF_ADDRESS: Duration = Duration::from_secs(60);
/// Tries are forgotten after a day without one.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);

refusals! {
    /// Why nobody even looked at what was typed.
    pub enum Throttled {
        /// Too many tries.
        TooMany => TooMany, "sign_in.too_many", "Too many tries. Wait a quarter of an hour, then try again; nothing is locked for good.";
    }
}

/// A try, about to be made.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    /// What is tried: an account's name, or a sign-in under way.
    pub(crate) what: String,
    /// Whether it counts for the address too: a password of somebody who may be anybody.
    pub(crate) for_address: bool,
}

impl Count {
    /// A password for this sign-in name.
    pub(crate) const fn password(what: String) -> Self {
        Self { what, for_address: true }
    }

    /// Something of somebody who is known already.
    pub(crate) const fn of_person(what: String) -> Self {
        Self { what, for_address: false }
    }
}

impl Order for Count {
    const ACTION: Action = Action::SignIn;
}

struct Tried;

impl Event for Tried {
    const NAME: &'static str = "sign_in.tried";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Counts a try against its account and its address, or refuses it unseen.
pub(crate) async fn count(books: &Books, actor: &Actor, order: Count) -> Result<(), Throttled> {
    let address = network(actor.origin()).filter(|_| order.for_address);
    books
        .transact(actor, order, move |tx, _, order| {
            let account = bucket(tx, "account", &order.what);
            one(tx, account, FREE_FOR_ACCOUNT, LONGEST)?;
            if let Some(address) = &address {
                let bucket = bucket(tx, "address", address);
                one(tx, bucket, FREE_FOR_ADDRESS, LONGEST_OF_ADDRESS)?;
            }
            tx.record(Tried, ())
        })
        .await
}

/// Forgets an account's tries: it was opened.
pub(crate) fn forget(tx: &mut Tx<'_>, what: &str) -> Result<(), Refused> {
    let bucket = bucket(tx, "account", what);
    Ok(sql::forget(tx, bucket)?)
}

/// Forgets an address's tries: somebody behind it signed in.
pub(crate) fn forget_address(tx: &mut Tx<'_>, origin: Origin) -> Result<(), Refused> {
    let Some(network) = network(origin) else { return Ok(()) };
    let bucket = bucket(tx, "address", &network);
    Ok(sql::forget(tx, bucket)?)
}

/// What counts as one address.
fn network(origin: Origin) -> Option<String> {
    let address = origin.address?.to_canonical();
    Some(match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
    })
}

fn bucket(tx: &Tx<'_>, kind: &'static str, what: &str) -> [u8; 16] {
    tx.blind_index("throttle", kind, what)
}

fn one(tx: &mut Tx<'_>, bucket: [u8; 16], free: i64, longest: Duration) -> Result<(), Throttled> {
    let now = tx.now();
    let (failures, last_at, blocked_until) = sql::take(tx, bucket, now)?;
    if blocked_until > now {
        return Err(Throttled::TooMany);
    }
    let old = last_at.checked_add(FORGOTTEN).is_ok_and(|until| until <= now);
    let failures = if old { 1 } else { failures.saturating_add(1) };
    let blocked_until = now.checked_add(wait(failures, free).min(longest)).unwrap_or(now);
    Ok(sql::keep(tx, bucket, failures, now, blocked_until)?)
}

/// How long to wait after so many tries.
fn wait(failures: i64, free: i64) -> Duration {
    let Ok(over) = u32::try_from(failures - free) else { return Duration::ZERO };
    FIRST.saturating_mul(2_u32.saturating_pow(over)).min(LONGEST)
}
