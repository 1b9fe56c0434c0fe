//! The catalogue: what is sold, with its usual price and VAT. Its items are offered while somebody types a line.

mod find;
mod form;
mod keep;
mod list;
mod retire;
mod typed;

pub(crate) use find::find;
pub(crate) use form::{add, new, revise, see};
pub(crate) use keep::keep;
pub(crate) use list::list;
pub(crate) use retire::{ask_to_retire, retire};

use crate::words::Words;
use coffer_billing::catalogue::Item;
use coffer_documents::numbers;
use coffer_kernel::ItemId;
use coffer_store::Refused;
use maud::{Markup, html};

fn id_of(text: &str) -> Result<ItemId, Refused> {
    text.parse().map_err(|_| Refused::NotFound)
}

/// The words of one of these choices; its code where it has none.
fn said_of(choices: &[(String, String)], code: &str) -> String {
    choices.iter().find(|(known, _)| known == code).map_or_else(|| code.to_owned(), |(_, said)| said.clone())
}

/// The unit of an item, in words.
fn unit(words: &Words, item: &Item) -> String {
    let code = item.particulars.unit.as_str();
    said_of(&crate::look::units::units(words, code), code)
}

/// The VAT of an item, as the form's choice has it.
fn tax_code(item: &Item) -> String {
    format!("{} {}", item.particulars.category.code(), item.particulars.rate)
}

/// The price of an item with its currency, all its decimals shown.
fn price(words: &Words, item: &Item) -> Markup {
    let price = item.particulars.net_price.get();
    html! { (numbers::decimal(words.language, price, item.currency.exponent())) span.cur { (item.currency) } }
}
