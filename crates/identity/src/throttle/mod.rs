//! Slowing down those who guess: counted per account and per address, before the check, in a transaction of its own.
//!
//! Rows, not memory: a restart forgets nothing, and all nodes count together. After five wrong tries from one place an
//! account waits there 15 seconds, twice as long after each further one, at most 15 minutes. From all places together it
//! has thirty, and then waits a minute at most: nobody is locked out for good, so that whoever knows an address cannot
//! lock its person out (ASVS 6.3.1, SP 800-63B-4 §3.2.2). A device on which that person signed in before counts for
//! itself alone and waits for nobody else's tries.
//!
//! A place is an address, or the 64 bits of an IPv6 network that one line is given. It is shared by an office or a town:
//! it waits after twenty passwords without one sign-in among them, a minute at most, and is forgotten at each sign-in.
//! Only passwords count for it; the second step counts its own tries. Links that open nothing are counted for a place in the
//! same way, apart from its passwords: whoever presents twenty of them waits before any link is looked at again.

pub(crate) mod sql;
#[cfg(test)]
mod tests;

use crate::carried::Device;
use crate::people;
use coffer_kernel::{Action, Actor, Origin, TypedId, UserId};
use coffer_store::{Books, Event, Fault, Order, Refused, Snapshot, Tx, refusals};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// How many tries an account has from one place before it waits there.
const FREE_FOR_ACCOUNT: i64 = 5;
/// How many it has from all places together.
const FREE_EVERYWHERE: i64 = 30;
/// How many tries an address has: many people may share one.
const FREE_FOR_ADDRESS: i64 = 20;
/// The first wait.
const FIRST: Duration = Duration::from_secs(15);
/// The longest wait of an account.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// The longest wait of what others share: an address, an account that somebody else guesses at.
const LONGEST_SHARED: Duration = Duration::from_secs(60);
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
pub(crate) enum Count {
    /// A password for a sign-in name.
    Password {
        /// The name, in the form in which it is looked up.
        name: String,
        /// The device that was recognised.
        device: Option<Device>,
    },
    /// A link that opens nothing.
    Link,
    /// Something else: the same words for the same tries.
    Other {
        /// What.
        what: String,
        /// Whose, where they are known.
        user: Option<UserId>,
    },
}

impl Order for Count {
    const ACTION: Action = Action::SignIn;
}

/// Somebody tried: whom it was about, and from where.
struct Tried(Option<UserId>, Origin);

impl Event for Tried {
    const NAME: &'static str = "sign_in.tried";
    fn about(&self) -> Option<[u8; 16]> {
        self.0.map(|user| user.bytes())
    }
    fn detail(&self) -> Option<String> {
        from(self.1)
    }
}

/// Somebody presented a link that opens nothing, from there.
struct LinkTried(Origin);

impl Event for LinkTried {
    const NAME: &'static str = "link.tried";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        from(self.0)
    }
}

/// Where something came from, as a record's detail.
pub(crate) fn from(origin: Origin) -> Option<String> {
    origin.address.map(|address| format!(r#"{{"from":"{address}"}}"#))
}

/// Counts a try against its account and its place, or refuses it unseen.
pub(crate) async fn count(books: &Books, actor: &Actor, order: Count) -> Result<(), Throttled> {
    let origin = actor.origin();
    books
        .transact(actor, order, move |tx, _, order| {
            let user = match order {
                Count::Password { name, device } => password(tx, name, *device, origin)?,
                Count::Link => {
                    if let Some(network) = network(origin) {
                        let links = bucket(tx, LINKS, &network);
                        one(tx, links, FREE_FOR_ADDRESS, LONGEST_SHARED)?;
                    }
                    return tx.record(LinkTried(origin), ());
                }
                Count::Other { what, user } => {
                    let bucket = bucket(tx, "account", what);
                    one(tx, bucket, FREE_FOR_ACCOUNT, LONGEST)?;
                    *user
                }
            };
            tx.record(Tried(user, origin), ())
        })
        .await
}

/// The buckets of places that present links.
const LINKS: &str = "links of address";

/// Whether a place presented so many links that open nothing that it waits.
pub(crate) fn waits_with_links(snapshot: &mut Snapshot<'_>, origin: Origin) -> Result<bool, Fault> {
    let Some(network) = network(origin) else { return Ok(false) };
    let (links, now) = (snapshot.blind_index("throttle", LINKS, &network), snapshot.now());
    Ok(sql::blocked_until(snapshot, links)?.is_some_and(|until| until > now))
}

/// Counts a password. The account is looked up in either case, so that known and unknown cost the same.
fn password(tx: &mut Tx<'_>, name: &str, device: Option<Device>, origin: Origin) -> Result<Option<UserId>, Throttled> {
    let user = people::sql::by_email(tx, name)?.map(|(user, _)| user);
    if let Some(device) = device.filter(|device| Some(device.user) == user) {
        let own = bucket(tx, "device", &device.id.map(|byte| format!("{byte:02x}")).concat());
        one(tx, own, FREE_FOR_ACCOUNT, LONGEST)?;
        return Ok(user);
    }
    let everywhere = bucket(tx, "account", name);
    one(tx, everywhere, FREE_EVERYWHERE, LONGEST_SHARED)?;
    let here = bucket(tx, "account here", &here(name, origin));
    one(tx, here, FREE_FOR_ACCOUNT, LONGEST)?;
    if let Some(network) = network(origin) {
        let address = bucket(tx, "address", &network);
        one(tx, address, FREE_FOR_ADDRESS, LONGEST_SHARED)?;
    }
    Ok(user)
}

/// Forgets the tries of something that was proven.
pub(crate) fn forget(tx: &mut Tx<'_>, what: &str) -> Result<(), Refused> {
    let bucket = bucket(tx, "account", what);
    Ok(sql::forget(tx, bucket)?)
}

/// Forgets the tries for a sign-in name and those of the place: somebody signed in.
pub(crate) fn forget_sign_in(tx: &mut Tx<'_>, name: &str, origin: Origin) -> Result<(), Refused> {
    forget(tx, name)?;
    let here = bucket(tx, "account here", &here(name, origin));
    sql::forget(tx, here)?;
    let Some(network) = network(origin) else { return Ok(()) };
    let address = bucket(tx, "address", &network);
    Ok(sql::forget(tx, address)?)
}

fn here(name: &str, origin: Origin) -> String {
    format!("{} {name}", network(origin).unwrap_or_default())
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
