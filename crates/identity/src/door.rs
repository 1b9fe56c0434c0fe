//! What proving who one is needs besides the books: the mint, and a place to do slow sums in.

use coffer_kernel::{BusinessId, Mint, SessionId};
use coffer_keys::Secret;
use coffer_keys::password::PasswordHasher;
use coffer_store::{Books, Refused, Room};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many passwords are checked at once: each takes 64 MiB for a moment.
const AT_ONCE: usize = 2;
/// How many wait for their turn, about two seconds of it; who comes after them is asked to come back.
const WAITING: usize = 40;

/// How many sign-ins' names are remembered at most; all are forgotten when there would be more.
const NAMES: usize = 1_000;

/// The way in. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// The books.
    pub books: Books,
    /// Makes actors of proven credentials.
    pub mint: Mint,
    hasher: Arc<PasswordHasher>,
    room: Room,
    names: Arc<Mutex<HashMap<SessionId, String>>>,
}

impl Door {
    /// The same door, by way of this handle to the books.
    #[must_use]
    pub fn before(self, books: Books) -> Self {
        Self { books, ..self }
    }

    /// A door with this hasher, which holds the installation's pepper.
    #[must_use]
    pub fn new(books: Books, mint: Mint, hasher: PasswordHasher) -> Self {
        Self { books, mint, hasher: Arc::new(hasher), room: Room::new(AT_ONCE, WAITING), names: Arc::default() }
    }

    /// The name of the person of this sign-in, if it was opened for it before.
    pub(crate) fn name_of(&self, session: SessionId) -> Option<String> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).get(&session).cloned()
    }

    /// Remembers whose sign-in this is.
    pub(crate) fn remember_name(&self, session: SessionId, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            names.clear();
        }
        names.insert(session, name.to_owned());
    }

    /// The PHC string of a new password.
    pub(crate) async fn hash(&self, password: &Secret<String>) -> Result<String, Refused> {
        let (hasher, entropy) = (Arc::clone(&self.hasher), Arc::clone(&self.books.world().entropy));
        let password = Secret::new(password.expose().clone());
        self.room
            .apart(move || hasher.hash(password.expose(), entropy.as_ref()))
            .await?
            .map(|phc| phc.expose().clone())
            .map_err(|_| Refused::Busy)
    }

    /// Whether this is the password; the same work where there is nobody to ask about (control C31).
    pub(crate) async fn verify(&self, phc: Option<String>, password: &Secret<String>) -> Result<bool, Refused> {
        let hasher = Arc::clone(&self.hasher);
        let password = Secret::new(password.expose().clone());
        self.room
            .apart(move || match phc {
                Some(phc) => hasher.verify(&phc, password.expose()).is_ok(),
                None => {
                    hasher.dummy_verify(password.expose());
                    false
                }
            })
            .await
    }

    /// How often a password was hashed here.
    #[cfg(test)]
    pub(crate) fn hashes(&self) -> u64 {
        self.hasher.runs()
    }

    /// Nobody known, from this address, in the installation's books.
    #[must_use]
    pub fn anonymous(&self, origin: coffer_kernel::Origin) -> coffer_kernel::Actor {
        self.mint.actor(coffer_kernel::Who::Anonymous, BusinessId::INSTALLATION, origin)
    }
}
