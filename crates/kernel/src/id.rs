//! Typed ids, from one registry.
//!
//! An id is 128 bits in the layout of UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits, so
//! that rows land next to each other in the order they were made. An id is never a secret: it tells when it was made.
//! Outside it is written as a TypeID: a prefix that names the kind, `_`, and 26 characters of lower-case Crockford
//! base 32, e.g. `inv_01kak9j2w8e0b9z3v1m4x7q5tn`. Parsing is strict: one id has one spelling.

use crate::world::{Entropy, Timestamp};
use std::fmt;

/// What every typed id can do.
pub trait TypedId: Copy + Eq + Ord + fmt::Display + Send + Sync + 'static {
    /// The prefix in its written form, without the underscore.
    const PREFIX: &'static str;
    /// The id made of these 16 bytes, as they stand in a row.
    fn from_bytes(bytes: [u8; 16]) -> Self;
    /// The 16 bytes, as they stand in a row.
    fn bytes(&self) -> [u8; 16];
}

/// The text is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId {
    prefix: &'static str,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This is not an id of this kind; one looks like {}_ and 26 letters and digits.", self.prefix)
    }
}

impl std::error::Error for NotAnId {}

/// How many characters follow the prefix.
const TEXT_LEN: usize = 26;
/// Crockford's alphabet, lower case (no i, l, o, u).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new id for something made `at` this instant.
            #[must_use]
            pub fn new(at: Timestamp, entropy: &dyn Entropy) -> Self {
                Self(version_7(at, entropy))
            }
            /// The 16 bytes, as they stand in a row.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl TypedId for $name {
            const PREFIX: &'static str = $prefix;
            fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
            fn bytes(&self) -> [u8; 16] {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_", $prefix)?;
                encode(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(NotAnId { prefix: $prefix })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*
        /// Every prefix in use, in the order of the registry.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

ids! {
    /// A business: a tenant of an installation, with its own keys, log and numbering.
    BusinessId = "biz";
    /// A person on the staff of one or more businesses.
    UserId = "usr";
    /// One sign-in on one device.
    SessionId = "ses";
    /// An invitation to join a business.
    InvitationId = "ivt";
    /// A key of a program that calls the API.
    ApiKeyId = "key";
    /// Whom personal data is about; every subject has data keys of its own, and destroying them erases it.
    SubjectId = "sub";
    /// Whose customers these are; see [`crate::Scope`].
    ScopeId = "scp";
    /// The standing relation with somebody who is billed.
    CustomerId = "cus";
    /// An article or service in the catalogue.
    ItemId = "itm";
    /// An invoice, from its first draft on; not its number.
    InvoiceId = "inv";
    /// A journal entry of the ledger.
    EntryId = "ent";
    /// Money that moved.
    PaymentId = "pay";
    /// A link that opens one document.
    LinkId = "lnk";
    /// A recovery sheet.
    SheetId = "sht";
    /// A backup that was made.
    BackupId = "bak";
    /// One way a document went to its reader.
    DeliveryId = "dlv";
    /// A row of work in the outbox, or a job.
    WorkId = "wrk";
}

impl BusinessId {
    /// The installation's own books: users, sessions, keys, and the log of what has no business.
    pub const INSTALLATION: Self = Self([0; 16]);
}

macro_rules! is_subject {
    ($($id:ident),*) => {$(
        impl From<$id> for SubjectId {
            /// Subjects share their 16 bytes with what they are: a customer's data keys are found by its id.
            fn from(id: $id) -> Self {
                Self(id.0)
            }
        }
    )*};
}
is_subject!(BusinessId, UserId, CustomerId);

impl From<UserId> for ScopeId {
    /// A person's own scope: the customers assigned to them.
    fn from(id: UserId) -> Self {
        Self(id.0)
    }
}

/// The bytes of an id of whatever kind, from its written form.
#[must_use]
pub fn any_id(text: &str) -> Option<[u8; 16]> {
    let (prefix, rest) = text.split_once('_')?;
    PREFIXES.contains(&prefix).then(|| decode(rest)).flatten()
}

/// The bytes of a UUID version 7 (RFC 9562 §5.7).
fn version_7(at: Timestamp, entropy: &dyn Entropy) -> [u8; 16] {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid().into_bytes()
}

fn encode(bytes: [u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let value = u128::from_be_bytes(bytes);
    let mut text = [0_u8; TEXT_LEN];
    for (place, symbol) in text.iter_mut().rev().enumerate() {
        let digit = (value >> (5 * place)) & 31;
        *symbol = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit)).copied().unwrap_or(b'0');
    }
    f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

fn decode(text: &str) -> Option<[u8; 16]> {
    // 26 symbols hold 130 bits; the first may only carry three, or two spellings would mean one id.
    if text.len() != TEXT_LEN || text.as_bytes().first().is_none_or(|first| *first > b'7') {
        return None;
    }
    let mut value = 0_u128;
    for symbol in text.bytes() {
        let digit = ALPHABET.iter().position(|known| *known == symbol)?;
        value = (value << 5) | u128::try_from(digit).ok()?;
    }
    Some(value.to_be_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    struct Fixed(u8);
    impl Entropy for Fixed {
        fn fill(&self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }

    #[test]
    fn an_id_reads_back_and_sorts_by_time() {
        let early = InvoiceId::new(Timestamp::from_millisecond(1_000).unwrap(), &Fixed(255));
        let late = InvoiceId::new(Timestamp::from_millisecond(2_000).unwrap(), &Fixed(0));
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
        assert_eq!(late.to_string().parse(), Ok(late));
    }

    #[test]
    fn only_one_spelling_is_accepted() {
        let id = BusinessId::from_bytes([255; 16]).to_string();
        assert_eq!(id, "biz_7zzzzzzzzzzzzzzzzzzzzzzzzz");
        for bad in [
            "biz_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "biz_7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "biz_7zzzzzzzzzzzzzzzzzzzzzzzz",
            "inv_7zzzzzzzzzzzzzzzzzzzzzzzzz",
            "biz_7zzzzzzzzzzzzzzzzzzzzzzzzl",
            "biz_",
            "",
            "biz_7zzzzzzzzzzzzzzzzzzzzzzzzz ",
        ] {
            assert!(bad.parse::<BusinessId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn prefixes_are_unique() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(PREFIXES.iter().all(|prefix| prefix.len() == 3 && seen.insert(*prefix)));
    }
}
