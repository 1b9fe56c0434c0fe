//! Looking at people.

use super::sql;
use coffer_kernel::{Action, Actor, UserId};
use coffer_store::{Books, Order, Refused};

struct HasSecondStep(UserId);

impl Order for HasSecondStep {
    const ACTION: Action = Action::ReviseSignIn;
}

/// Whether somebody's second step stands: for the one who sets it up.
///
/// # Errors
/// As the store's.
pub async fn has_second_step(books: &Books, actor: &Actor, user: UserId) -> Result<bool, Refused> {
    books.read(actor, HasSecondStep(user), |snapshot, _, query| Ok(sql::has_second_step(snapshot, query.0)?)).await
}
