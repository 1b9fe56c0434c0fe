//! Looking at how documents are handed over.

use super::{DeliverySettings, Ways, sql};
use coffer_kernel::{Action, Actor};
use coffer_keys::Secret;
use coffer_store::{Books, Order, Refused};

struct GetSettings;

impl Order for GetSettings {
    const ACTION: Action = Action::ReviseSettings;
}

/// The settings, without the password.
///
/// # Errors
/// As the store's.
pub async fn get(books: &Books, actor: &Actor) -> Result<DeliverySettings, Refused> {
    books.read(actor, GetSettings, |snapshot, _, _| Ok(sql::get(snapshot)?)).await
}

/// The settings with the password, for whoever tries whether the server takes it.
///
/// # Errors
/// As the store's.
pub async fn with_password(
    books: &Books,
    actor: &Actor,
) -> Result<(DeliverySettings, Option<Secret<String>>), Refused> {
    books
        .read(actor, GetSettings, |snapshot, _, _| {
            let settings = sql::get(snapshot)?;
            let password = sql::password(snapshot, &settings)?;
            Ok((settings, password))
        })
        .await
}

struct GetWays;

impl Order for GetWays {
    const ACTION: Action = Action::ReadBusiness;
}

/// By which ways this business can hand documents over.
///
/// # Errors
/// As the store's.
pub async fn ways(books: &Books, actor: &Actor) -> Result<Ways, Refused> {
    books.read(actor, GetWays, |snapshot, _, _| Ok(sql::ways(snapshot)?)).await
}

/// How the links to documents begin, where there are any: as it is printed on each of them.
///
/// # Errors
/// As the store's.
pub async fn links(books: &Books, actor: &Actor) -> Result<Option<String>, Refused> {
    books.read(actor, GetWays, |snapshot, _, _| Ok(sql::links(snapshot)?)).await
}

struct Echo(String);

impl Order for Echo {
    const ACTION: Action = Action::ReadBusiness;
}

/// What only this installation answers to this text: by it one of our addresses is known as ours, seen from outside.
///
/// # Errors
/// As the store's; [`Refused::NotFound`] before the installation is founded.
pub async fn echo(books: &Books, system: &Actor, text: String) -> Result<String, Refused> {
    let answer = books.read(system, Echo(text), |snapshot, _, query| {
        Ok::<_, Refused>(snapshot.blind_index("delivery_settings", "public_url", &query.0))
    });
    Ok(answer.await?.iter().map(|byte| format!("{byte:02x}")).collect())
}
