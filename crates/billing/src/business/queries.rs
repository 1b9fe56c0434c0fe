//! Looking at the business.

use super::{Business, sql};
use coffer_kernel::{Action, Actor, Date, Timestamp};
use coffer_store::{Books, Fault, Order, Refused, Snapshot};
use jiff::Zoned;
use jiff::tz::TimeZone;

struct GetBusiness;

impl Order for GetBusiness {
    const ACTION: Action = Action::ReadBusiness;
}

/// The actor's business.
///
/// # Errors
/// As the store's.
pub async fn get(books: &Books, actor: &Actor) -> Result<Business, Refused> {
    books.read(actor, GetBusiness, |snapshot, _, _| Ok(sql::get(snapshot)?)).await
}

/// The clock on the wall of a business.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    /// Today, by its time zone.
    pub today: Date,
}

impl Calendar {
    /// An instant as its clock shows it.
    #[must_use]
    pub fn at(&self, instant: Timestamp) -> Zoned {
        instant.to_zoned(self.zone.clone())
    }
}

/// The calendar of the actor's business. Nothing sealed is opened for it.
///
/// # Errors
/// As the store's.
pub async fn calendar(books: &Books, actor: &Actor) -> Result<Calendar, Refused> {
    books.read(actor, GetBusiness, |snapshot, _, _| Ok(calendar_of(snapshot)?)).await
}

/// The same, for a query that asks for more.
pub(crate) fn calendar_of(snapshot: &mut Snapshot<'_>) -> Result<Calendar, Fault> {
    let now = snapshot.now();
    // As with the legal date: a zone that went away is read as UTC.
    let zone = TimeZone::get(&sql::time_zone(snapshot)?).unwrap_or(TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();
    Ok(Calendar { zone, today })
}

struct WhoInvites;

impl Order for WhoInvites {
    const ACTION: Action = Action::SetUpOwner;
}

/// The name of the business that somebody is invited into: all of it that is told before they join.
///
/// # Errors
/// As the store's.
pub async fn inviting(books: &Books, joining: &Actor) -> Result<String, Refused> {
    books.read(joining, WhoInvites, |snapshot, _, _| Ok(sql::name(snapshot)?)).await
}

/// The name of the actor's business, and nothing else of it.
///
/// # Errors
/// As the store's.
pub async fn name(books: &Books, actor: &Actor) -> Result<String, Refused> {
    books.read(actor, GetBusiness, |snapshot, _, _| Ok(sql::name(snapshot)?)).await
}
