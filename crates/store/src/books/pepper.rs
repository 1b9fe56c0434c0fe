//! The installation's pepper, handed to whoever hashes passwords. It never leaves `keys`' own types.

use super::Books;
use crate::{Fault, Refused};
use coffer_kernel::BusinessId;
use coffer_keys::password::{Argon2Cost, PasswordHasher};
use tokio::sync::oneshot;

impl Books {
    /// The hasher of passwords, with the installation's pepper.
    ///
    /// # Errors
    /// Where the installation's books are not founded yet, or the cost is below what is allowed.
    pub async fn password_hasher(&self, cost: Argon2Cost) -> Result<PasswordHasher, Refused> {
        let (waiting, answer) = oneshot::channel();
        let keyring = std::sync::Arc::clone(&self.inner().keyring);
        self.inner().readers.push(Box::new(move |link| {
            let made = link.map_err(Refused::from).and_then(|link| {
                let book = keyring.book(link, BusinessId::INSTALLATION)?.ok_or(Refused::NotFound)?;
                PasswordHasher::new(&book.keys, cost).map_err(|error| Refused::Fault(Fault::Keys(error.to_string())))
            });
            drop(waiting.send(made));
        }))?;
        answer.await.unwrap_or(Err(Refused::Fault(Fault::Panicked)))
    }
}
