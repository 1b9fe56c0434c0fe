//! Founding a business: its keys, its log, its first row.

use super::model::Business;
use super::numbering::{self, Numbering};
use crate::invoices::content::Party;
use crate::text::{self, Unfit};
use coffer_kernel::money::Currency;
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Order, Reading, refusals};
use jiff::tz::TimeZone;

/// What is needed to found a business.
#[derive(Debug, Clone)]
pub struct FoundBusiness {
    /// Where it is taxed, ISO 3166-1 alpha-2.
    pub country: String,
    /// What it bills in.
    pub currency: Currency,
    /// The IANA name of its time zone.
    pub time_zone: String,
    /// The language of its documents.
    pub language: String,
    /// What stands before the year in a number.
    pub number_prefix: String,
    /// The seller on its documents.
    pub particulars: Party,
}

impl Order for FoundBusiness {
    const ACTION: Action = Action::FoundBusiness;
}

refusals! {
    /// Why a business is not founded.
    pub enum FoundRefused {
        /// It has no name.
        Nameless => Invalid, "business.name_missing", "A business needs the name that stands on its invoices.", at "/particulars/name";
        /// There is no such country.
        Country => Invalid, "business.country_unknown", "This is not a country code. Write two capital letters, e.g. DE.", at "/country";
        /// There is no such time zone.
        TimeZone => Invalid, "business.time_zone_unknown", "This time zone is not known. Write a name like Europe/Berlin.", at "/time_zone";
        /// The prefix could not be typed.
        Prefix => Invalid, "business.prefix_unfit", "A number's prefix has at most 12 letters, digits, dots, slashes and hyphens.", at "/number_prefix";
        + Text(Unfit), "A text is too long, holds what must not be kept, or is no VAT identifier.";
    }
}

struct BusinessFounded;

impl Event for BusinessFounded {
    const NAME: &'static str = "business.founded";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Founds the actor's business.
///
/// # Errors
/// [`FoundRefused`]; nothing is made then.
pub async fn found(books: &Books, actor: &Actor, order: FoundBusiness) -> Result<Business, FoundRefused> {
    check(&order)?;
    books
        .found(actor, order, |tx, _, order| {
            let id = tx.business();
            tx.new_subject(id.into())?;
            let business = Business {
                id,
                version: 1,
                country: order.country.clone(),
                currency: order.currency,
                time_zone: order.time_zone.clone(),
                language: order.language.clone(),
                terms_days: 14,
                numbering: Numbering::usual(order.number_prefix.clone()),
                show_account: false,
                particulars: order.particulars.as_kept(),
                account: None,
            };
            tx.insert(&business)?;
            tx.record(BusinessFounded, business)
        })
        .await
}

fn check(order: &FoundBusiness) -> Result<(), FoundRefused> {
    if order.particulars.name.trim().is_empty() {
        return Err(FoundRefused::Nameless);
    }
    text::check_party("/particulars", &order.particulars)?;
    if order.country.len() != 2 || !order.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(FoundRefused::Country);
    }
    if TimeZone::get(&order.time_zone).is_err() {
        return Err(FoundRefused::TimeZone);
    }
    numbering::check(&Numbering::usual(order.number_prefix.clone())).map_err(|_| FoundRefused::Prefix)
}
