//! The installation's own books: what has no business is recorded there.

use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Order, Reading, Refused};

struct FoundInstallation;

impl Order for FoundInstallation {
    const ACTION: Action = Action::FoundBusiness;
}

struct InstallationFounded;

impl Event for InstallationFounded {
    const NAME: &'static str = "installation.founded";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    /// Nobody vouches afterwards for rows of an installation whose rows are vouched for from its first day.
    fn detail(&self) -> Option<String> {
        Some(r#"{"vouched":true}"#.to_owned())
    }
}

/// Founds the installation's books, unless they stand.
///
/// # Errors
/// As the store's.
pub async fn found_installation(books: &Books, operator: &Actor) -> Result<(), Refused> {
    if books.log_verifier(operator.business()).await.is_ok() {
        return Ok(());
    }
    books
        .found(operator, FoundInstallation, |tx, _, _| {
            let installation = tx.business();
            tx.new_subject(installation.into())?;
            tx.record(InstallationFounded, ())
        })
        .await
}
