//! Who is asking: proven credentials in, actors out. The only user of the mint.
//!
//! | capability | holds |
//! | --- | --- |
//! | [`links`] | the owner's set-up link, invitations: used once, kept as hashes |
//! | [`people`] | name, address, password, second step, spare codes |
//! | [`sign_in`] | password, then code |
//! | [`sessions`] | from a cookie to an actor, at each request |
//! | [`members`] | who works for a business, and as what |
//! | [`api_keys`] | keys of programs |
//! | [`document_links`] | links that open one document |
//! | [`carried`] | what a browser carries for us, sealed: a device's mark, a form that waits |
//! | [`history`] | the log of a business, as its people read it |
//! | [`vouchers`] | whether every row that lets somebody in is as it was written |
//! | [`looked`] | that the books were looked through, said in their log |
//! | [`look_again`] | whoever asks for a change, looked at once more in the transaction that makes it |
//! | `throttle` | slowing down those who guess |
//!
//! What is found without a business (tokens, sign-in names) stands in tables keyed by hash; people stand in the
//! installation's books, memberships in their business's. No answer tells whether there is such a person.
//!
//! A row that lets somebody in carries a voucher, made with the installation's key over what it grants: whoever writes the
//! database without that key lets nobody in ([`coffer_store::Reading::vouched`]).

mod again;
pub mod api_keys;
pub mod carried;
pub mod document_links;
mod door;
pub mod history;
mod installation;
pub mod links;
pub mod looked;
pub mod members;
mod notes;
pub mod people;
pub mod sessions;
pub mod sign_in;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod throttle;
pub mod vouchers;

pub use again::look_again;
pub use door::Door;
pub use installation::found_installation;

use coffer_store::Aggregate;

/// Every protected aggregate of this crate, for the checker.
pub static AGGREGATES: &[&Aggregate] = &[&people::AGGREGATE, &members::AGGREGATE];
