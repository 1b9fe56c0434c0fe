//! Being called: TLS, callers, routes, answers.
//!
//! Every route declares its action ([`router::ROUTES`] is the product's index); every refusal becomes an answer in one
//! place ([`problem`]); a body with an unknown field is refused. There is no plaintext port.

mod body;
mod caller;
mod customers;
mod invoices;
mod payments;
pub mod problem;
pub mod router;
mod serve;
pub mod tls;

pub use serve::{Running, serve};

use coffer_kernel::Mint;
use coffer_store::Books;

/// What handlers work with.
#[derive(Clone)]
pub struct App {
    /// The books.
    pub books: Books,
    /// Makes actors of proven credentials.
    pub mint: Mint,
}
