//! Being called: TLS, callers, routes, answers.
//!
//! Every route declares its action ([`router::routes`] is the product's index); every refusal becomes an answer in one
//! place ([`problem`]); a body with an unknown field is refused. There is no plaintext port.

mod accept;
mod act;
pub mod api;
mod api_keys;
mod backup;
mod body;
mod business;
mod caller;
mod catalogue;
mod customers;
mod delivery;
mod edge;
mod form;
mod gate;
mod history;
mod invoices;
mod kept;
mod ledger;
mod limits;
mod look;
mod looks;
mod overview;
mod pace;
mod pages;
mod paper;
mod patience;
mod payments;
mod people;
pub mod problem;
mod public_name;
pub mod router;
mod seats;
mod serve;
pub mod tls;
mod upload;
mod visitor;
mod words;

pub use limits::Limits;
pub use looks::Looks;
pub use serve::{Running, serve, serve_within};

use coffer_documents::Printer;
use coffer_identity::Door;
use coffer_kernel::Mint;
use coffer_outbound::reach::Outside;
use coffer_store::Books;
use std::sync::Arc;

/// What handlers work with.
#[derive(Clone)]
pub struct App {
    /// The books.
    pub books: Books,
    /// Makes actors of proven credentials.
    pub mint: Mint,
    /// The way in for people.
    pub door: Door,
    /// Makes paper.
    pub printer: Arc<Printer>,
    /// The outside that our own address is looked at from.
    pub outside: Outside,
    /// What the last look through the books came upon.
    pub looked: Looks,
    /// Whether the page of all components is shown: in the demonstration.
    pub gallery: bool,
}
