//! Founding a business: its keys, its log, its first row.

use super::model::{Account, Business};
use super::numbering::{self, Numbering};
use super::revise::{AccountUnfit, checked};
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
    /// Where customers pay to, where that is known already.
    pub account: Option<Account>,
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
        /// A digit is wrong.
        Iban => Invalid, "account.iban_unfit", "This is not an IBAN: its check digits do not fit. Compare it with a statement of the account.", at "/account/iban";
        /// The account is nobody's.
        Holder => Invalid, "account.holder_missing", "Say whose account this is; banks compare the name.", at "/account/holder";
        /// The prefix could not be typed.
        Prefix => Invalid, "business.prefix_unfit", "A number's prefix has at most 12 letters, digits, dots, slashes and hyphens.", at "/number_prefix";
        + Text(Unfit), "A text is too long, holds what must not be kept, or is no VAT identifier.";
    }
}

/// The books were opened; with an account to be paid to where one was named.
struct BusinessFounded(Option<Account>);

impl Event for BusinessFounded {
    const NAME: &'static str = "business.founded";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        super::revise::detail(self.0.as_ref())
    }
}

/// Founds the actor's business.
///
/// # Errors
/// [`FoundRefused`]; nothing is made then.
pub async fn found(books: &Books, actor: &Actor, order: FoundBusiness) -> Result<Business, FoundRefused> {
    let account = check(&order)?;
    let order = FoundBusiness { account, ..order };
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
                // No link can lead anywhere yet: what is named now stands on the paper.
                show_account: order.account.is_some(),
                particulars: order.particulars.as_kept(),
                account: order.account.clone(),
            };
            tx.insert(&business)?;
            tx.record(BusinessFounded(order.account.clone()), business)
        })
        .await
}

impl From<AccountUnfit> for FoundRefused {
    fn from(unfit: AccountUnfit) -> Self {
        match unfit {
            AccountUnfit::Holder => Self::Holder,
            AccountUnfit::Iban => Self::Iban,
            AccountUnfit::Text(unfit) => Self::Text(unfit),
        }
    }
}

/// The account in its plain form, where all is well. All that is wrong is said at once.
fn check(order: &FoundBusiness) -> Result<Option<Account>, FoundRefused> {
    let country = order.country.len() == 2 && order.country.bytes().all(|byte| byte.is_ascii_uppercase());
    let account = order.account.as_ref().map(checked).transpose();
    let wrong = [
        order.particulars.as_seen().name.trim().is_empty().then_some(FoundRefused::Nameless),
        text::check_party("/particulars", &order.particulars).err().map(FoundRefused::from),
        (!country).then_some(FoundRefused::Country),
        TimeZone::get(&order.time_zone).is_err().then_some(FoundRefused::TimeZone),
        numbering::check(&Numbering::usual(order.number_prefix.clone())).is_err().then_some(FoundRefused::Prefix),
        account.clone().err().map(FoundRefused::from),
    ];
    super::all_at_once(wrong.into_iter().flatten().collect())?;
    Ok(account.unwrap_or_default())
}
