//! A person.

use coffer_kernel::{SessionId, Timestamp, UserId};
use coffer_keys::totp::TotpSecret;

/// Somebody who signs in.
pub struct User {
    /// The id.
    pub id: UserId,
    /// The version.
    pub version: i64,
    /// Since when.
    pub created_at: Timestamp,
    /// The language of their pages, BCP 47.
    pub language: String,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// The PHC string of their password.
    pub password: String,
    /// The secret of their second step.
    pub totp: Option<TotpSecret>,
    /// A new secret that waits for its first code. The one in force stays in force until then.
    pub pending: Option<Pending>,
    /// Whether there is a second step, confirmed with a code.
    pub second_step: bool,
    /// The time step of the last code that was taken: it is not taken again (RFC 6238 §5.2).
    pub last_step: i64,
    /// The spare codes.
    pub spare: Vec<Spare>,
}

/// A secret that waits for its first code, and the sign-in that it was shown to: no other is shown the same.
pub struct Pending {
    /// The secret.
    pub secret: TotpSecret,
    /// Who asked for it. [`None`] in rows that were written before this was kept.
    pub session: Option<SessionId>,
}

impl Pending {
    pub(crate) fn copy(&self) -> Self {
        Self { secret: self.secret.copy(), session: self.session }
    }
}

/// A spare code, kept as a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spare {
    /// The keyed hash.
    pub code: [u8; 16],
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}

impl User {
    /// A copy, to be changed into the next version. Not `Clone`: it holds a secret.
    pub(crate) fn copy(&self) -> Self {
        Self {
            id: self.id,
            version: self.version,
            created_at: self.created_at,
            language: self.language.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            password: self.password.clone(),
            totp: self.totp.as_ref().map(TotpSecret::copy),
            pending: self.pending.as_ref().map(Pending::copy),
            second_step: self.second_step,
            last_step: self.last_step,
            spare: self.spare.clone(),
        }
    }

    /// How many spare codes are left.
    #[must_use]
    pub fn spare_left(&self) -> usize {
        self.spare.iter().filter(|spare| spare.used_at.is_none()).count()
    }

    /// Uses up a spare code, if this is one that was not used.
    pub(crate) fn use_spare(&mut self, hash: &[u8; 16], now: Timestamp) -> bool {
        let unused = self.spare.iter_mut().find(|spare| spare.used_at.is_none() && spare.code == *hash);
        let found = unused.is_some();
        unused.into_iter().for_each(|spare| spare.used_at = Some(now));
        found
    }
}

/// The form in which a sign-in name is looked up: case does not matter.
pub(crate) fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}
