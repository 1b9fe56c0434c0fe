//! First steps: the installation's own books, and a business.

use crate::Ending;
use crate::arguments::Business;
use crate::certificates::certificates;
use crate::console::{Console, Terminal};
use crate::home::{self, Home};
use crate::places::Places;
use crate::serve;
use coffer_billing::business::{FoundBusiness, found};
use coffer_billing::invoices::content::Party;
use coffer_kernel::BusinessId;
use tokio::runtime::Runtime;

/// Founds the installation's books, unless they stand.
pub(crate) async fn installation(home: &Home) -> Result<(), Ending> {
    let operator = home.operator(BusinessId::INSTALLATION);
    Ok(coffer_identity::found_installation(&home.books, &operator).await?)
}

/// The first start without serving: everything that serving needs, and the owner's link.
pub(crate) fn init(runtime: &Runtime, places: Places, database: Option<&str>) -> Result<(), Ending> {
    if places.data.join("lock").exists() {
        return Err(format!("There are books at {} already. Start them: coffer serve", places.data.display()).into());
    }
    let home = home::open(places, database)?;
    let outcome = runtime.block_on(first(&home));
    home.books.close();
    outcome
}

async fn first(home: &Home) -> Result<(), Ending> {
    installation(home).await?;
    certificates(home)?;
    let mut terminal = Terminal;
    terminal.say(&format_args!(
        "Made the books: {}. Start them with coffer serve; then set them up here, once, within a day:",
        home.places.data.display()
    ))?;
    serve::set_up_link(home, &mut terminal).await?;
    terminal.say(&format_args!("{} To end the warning: coffer trust", serve::WARNING))
}

/// Founds a business.
pub(crate) async fn business(home: &Home, options: Business, console: &mut dyn Console) -> Result<(), Ending> {
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
        account: None,
        particulars,
    };
    let business = found(&home.books, &home.operator(id), order).await?;
    console.say(&business.id)
}
