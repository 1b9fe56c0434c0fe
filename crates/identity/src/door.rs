//! What proving who one is needs besides the books: the mint, and a place to do slow sums in.

use coffer_kernel::{BusinessId, Mint};
use coffer_keys::Secret;
use coffer_keys::password::PasswordHasher;
use coffer_store::{Books, Fault, Refused};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passwords are checked at once: each takes 64 MiB for a moment.
const AT_ONCE: usize = 2;

/// The way in. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// The books.
    pub books: Books,
    /// Makes actors of proven credentials.
    pub mint: Mint,
    hasher: Arc<PasswordHasher>,
    room: Arc<Semaphore>,
}

impl Door {
    /// A door with this hasher, which holds the installation's pepper.
    #[must_use]
    pub fn new(books: Books, mint: Mint, hasher: PasswordHasher) -> Self {
        Self { books, mint, hasher: Arc::new(hasher), room: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The PHC string of a new password.
    pub(crate) async fn hash(&self, password: &Secret<String>) -> Result<String, Refused> {
        let (hasher, entropy) = (Arc::clone(&self.hasher), Arc::clone(&self.books.world().entropy));
        let password = Secret::new(password.expose().clone());
        self.apart(move || hasher.hash(password.expose(), entropy.as_ref()))
            .await?
            .map(|phc| phc.expose().clone())
            .map_err(|_| Refused::Busy)
    }

    /// Whether this is the password; the same work where there is nobody to ask about (control C31).
    pub(crate) async fn verify(&self, phc: Option<String>, password: &Secret<String>) -> Result<bool, Refused> {
        let hasher = Arc::clone(&self.hasher);
        let password = Secret::new(password.expose().clone());
        self.apart(move || match phc {
            Some(phc) => hasher.verify(&phc, password.expose()).is_ok(),
            None => {
                hasher.dummy_verify(password.expose());
                false
            }
        })
        .await
    }

    /// On a thread apart: a sum of 100 ms must not hold up the requests beside it.
    async fn apart<T: Send + 'static>(&self, sum: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let _seat = self.room.acquire().await.map_err(|_| Refused::Fault(Fault::Closed))?;
        tokio::task::spawn_blocking(sum).await.map_err(|_| Refused::Fault(Fault::Panicked))
    }

    /// Nobody known, from this address, in the installation's books.
    #[must_use]
    pub fn anonymous(&self, origin: coffer_kernel::Origin) -> coffer_kernel::Actor {
        self.mint.actor(coffer_kernel::Who::Anonymous, BusinessId::INSTALLATION, origin)
    }
}
