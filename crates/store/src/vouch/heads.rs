//! Before a step builds on the logs each is held against the head that was kept of it outside of the database. One that was cut, or
//! whose kept head is none, keeps the books closed: what a step signs or gives its digest looks as if it had always been there.

use crate::Fault;
use crate::engine::Connection;
use crate::log::kept::begins;
use crate::migrate::Hands;

mod sql {
    pub(super) const BUSINESSES: &str = "SELECT DISTINCT business FROM business_key ORDER BY business";
}

/// Holds each log of which a head is kept against it.
pub(super) fn look(link: &mut dyn Connection, hands: &Hands<'_>) -> Result<(), Fault> {
    for business in link.query(sql::BUSINESSES, &[])? {
        let business = business.id(0)?;
        let kept = hands.heads.of(business)?;
        if kept.is_nothing() {
            continue;
        }
        if let Some(book) = hands.keyring.book(link, business)? {
            begins(link, &book, &kept)?;
        }
    }
    Ok(())
}
