//! First steps: the installation's own books, and a business.

use crate::Ending;
use crate::arguments::Business;
use crate::home::Home;
use crate::world::say;
use coffer_billing::business::{FoundBusiness, found};
use coffer_billing::invoices::content::Party;
use coffer_kernel::BusinessId;

/// Founds the installation's books, unless they stand.
pub(crate) async fn installation(home: &Home) -> Result<(), Ending> {
    let operator = home.operator(BusinessId::INSTALLATION);
    Ok(coffer_identity::found_installation(&home.books, &operator).await?)
}

/// Founds a business.
pub(crate) async fn business(home: &Home, options: Business) -> Result<(), Ending> {
    let world = home.books.world();
    let id = BusinessId::new(world.clock.now(), world.entropy.as_ref());
    let country = options.country;
    let particulars =
        Party { name: options.name, vat_id: options.vat_id, country: Some(country.clone()), ..Party::default() };
    let order = FoundBusiness {
        country,
        currency: options.currency.parse()?,
        time_zone: options.time_zone,
        language: "en".to_owned(),
        number_prefix: options.number_prefix,
        particulars,
    };
    let business = found(&home.books, &home.operator(id), order).await?;
    say(business.id);
    Ok(())
}
