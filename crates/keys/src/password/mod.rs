//! Passwords at rest: peppered, then hashed with Argon2id (control C25, ASVS 11.4.2).
//!
//! What is hashed is HMAC-SHA256 of the password under a key of the installation, so that a stolen database alone
//! gives nothing to guess at, and so that a long password costs no more than a short one. The result is a PHC string
//! whose `keyid` names the pepper.
//!
//! Before that the password is brought into Unicode's form NFC, as SP 800-63B-4 §3.1.1.2 asks, so that "é" is the same
//! password from every keyboard. Nothing else is done to it: no trimming, no case, no compatibility folding (NFKC, which
//! an earlier revision named, makes "²" a "2"). How long a password must be is not decided here.
//!
//! Each hash takes [`Argon2Cost::RECOMMENDED`] of memory while it runs; how many may run at once is the caller's to
//! limit.

mod cost;

pub use cost::{Argon2Cost, CostRefused};

use crate::{BusinessKeys, KeyId, Secret, secret};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use aws_lc_rs::hmac;
use coffer_kernel::Entropy;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The bytes of a hash.
const OUTPUT: usize = 32;
/// The bytes of a salt (RFC 9106 §3.1 recommends 16).
const SALT: usize = 16;

/// Hashes and verifies passwords at one cost and with one pepper.
pub struct PasswordHasher {
    pepper: hmac::Key,
    pepper_id: KeyId,
    params: Params,
    /// How often Argon2 ran: what nobody may be told apart by.
    runs: AtomicU64,
}

/// The password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Whether it was hashed at another cost than today's, and should be hashed anew now that it is at hand.
    pub needs_rehash: bool,
}

/// The password was not shown to be right. To the person who asks, all of these are the same no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The password is another one.
    WrongPassword,
    /// The stored hash was made with another pepper than the one at hand.
    OtherPepper,
    /// The stored text is no hash that this program makes.
    Unreadable,
    /// There was no memory to find out.
    OutOfMemory,
}

/// There was no memory to hash a password with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfMemory;

impl PasswordHasher {
    /// The hasher with the installation's pepper.
    ///
    /// # Errors
    /// [`CostRefused`] for a cost below [`Argon2Cost::LEAST_MEMORY_KIB`], or one that Argon2 does not allow.
    pub fn new(installation: &BusinessKeys, cost: Argon2Cost) -> Result<Self, CostRefused> {
        if cost.memory_kib < Argon2Cost::LEAST_MEMORY_KIB {
            return Err(CostRefused::TooCheap { memory_kib: cost.memory_kib });
        }
        Self::at_any_cost(installation, cost)
    }

    /// The hasher for tests, at a cost that protects nothing. Production calls [`Self::new`].
    ///
    /// # Errors
    /// [`CostRefused::Impossible`] for a cost that Argon2 does not allow.
    pub fn cheap_for_tests(installation: &BusinessKeys) -> Result<Self, CostRefused> {
        Self::at_any_cost(installation, Argon2Cost { memory_kib: 64, passes: 1, lanes: 1 })
    }

    fn at_any_cost(installation: &BusinessKeys, cost: Argon2Cost) -> Result<Self, CostRefused> {
        let (pepper_id, pepper) = installation.pepper().clone();
        Ok(Self { pepper, pepper_id, params: cost.params(pepper_id)?, runs: AtomicU64::new(0) })
    }

    /// The PHC string to keep for a password, e.g. `$argon2id$v=19$m=65536,t=2,p=1,keyid=…$…$…`.
    ///
    /// # Errors
    /// [`OutOfMemory`].
    pub fn hash(&self, password: &str, entropy: &dyn Entropy) -> Result<Secret<String>, OutOfMemory> {
        let mut salt = [0; SALT];
        entropy.fill(&mut salt);
        let hash = self.argon2id(&self.params).hash_password_with_salt(self.peppered(password).as_ref(), &salt);
        Ok(Secret::new(hash.map_err(|_| OutOfMemory)?.to_string()))
    }

    /// Whether this is the password that the PHC string was made of.
    ///
    /// # Errors
    /// [`Mismatch`], after as much work as a wrong password takes, whatever the reason.
    pub fn verify(&self, phc: &str, password: &str) -> Result<Verified, Mismatch> {
        let stored = match Stored::parse(phc) {
            Some(stored) if stored.params.keyid() == self.pepper_id.as_bytes() => stored,
            unusable => {
                self.dummy_verify(password);
                return Err(if unusable.is_some() { Mismatch::OtherPepper } else { Mismatch::Unreadable });
            }
        };
        let mut computed = Zeroizing::new([0; OUTPUT]);
        self.argon2id(&stored.params)
            .hash_password_into(self.peppered(password).as_ref(), &stored.salt, computed.as_mut_slice())
            .map_err(|_| Mismatch::OutOfMemory)?;
        if secret::equal(computed.as_slice(), &stored.output) {
            Ok(Verified { needs_rehash: !same_cost(&stored.params, &self.params) })
        } else {
            Err(Mismatch::WrongPassword)
        }
    }

    /// Works as long as verifying does, for an account that does not exist (control C31).
    pub fn dummy_verify(&self, password: &str) {
        let mut computed = Zeroizing::new([0; OUTPUT]);
        let done = self.argon2id(&self.params).hash_password_into(
            self.peppered(password).as_ref(),
            &[0; SALT],
            computed.as_mut_slice(),
        );
        // Neither the result nor its failure is of interest, but the work must not be optimised away.
        let _ = std::hint::black_box((done, computed));
    }

    /// How often a password was worked on, whatever came of it.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// Argon2, for one run of it.
    fn argon2id(&self, params: &Params) -> Argon2<'static> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        argon2id(params)
    }

    fn peppered(&self, password: &str) -> hmac::Tag {
        // Form NFC is at most three times as long in UTF-8 (UAX #15): the text is never moved while it grows.
        let mut normal = Zeroizing::new(String::with_capacity(password.len().saturating_mul(3)));
        normal.extend(password.nfc());
        hmac::sign(&self.pepper, normal.as_bytes())
    }
}

/// What a PHC string of ours says.
struct Stored {
    params: Params,
    salt: [u8; SALT],
    output: [u8; OUTPUT],
}

impl Stored {
    fn parse(phc: &str) -> Option<Self> {
        let hash = PasswordHash::new(phc).ok()?;
        let ours = hash.algorithm == Algorithm::Argon2id.ident() && hash.version == Some(Version::V0x13.into());
        let params = Params::try_from(&hash).ok().filter(|params| ours && cost::is_bearable(params))?;
        let salt = hash.salt?.as_ref().try_into().ok()?;
        let output = hash.hash?.as_bytes().try_into().ok()?;
        Some(Self { params, salt, output })
    }
}

fn argon2id(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn same_cost(a: &Params, b: &Params) -> bool {
    (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost())
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongPassword => "The password is not the right one.",
            Self::OtherPepper => "The stored password hash was made with another pepper; the password must be reset.",
            Self::Unreadable => "The stored password hash is unreadable; the password must be reset.",
            Self::OutOfMemory => "There is no memory to check a password with right now; try again.",
        })
    }
}

impl std::error::Error for Mismatch {}

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "There is no memory to hash a password with right now; try again.")
    }
}

impl std::error::Error for OutOfMemory {}

#[cfg(test)]
mod tests;
