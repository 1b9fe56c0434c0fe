//! Paper: an invoice becomes a PDF. Pure: document in, bytes out; no network, no files, no clock. [`keep`] alone meets
//! the books: what was printed once is kept there.
//!
//! Figures are never computed here, but for the sum that a full page carries to the next: they come from the invoice's
//! own sums, so that paper, pages and API cannot differ.
//! What people typed goes to the typesetter as data and is never read as markup. The same paper gives the same bytes.

pub mod adjustments;
pub mod countries;
pub mod epc;
mod genuine;
mod keep;
mod logo;
mod name;
pub mod numbers;
mod paper;
mod payment;
mod printer;
mod reasons;
mod sheet;
mod words;

pub use keep::{KeepRefused, keep, set};
pub use logo::{Brought, Dress, LARGEST_FILE, LogoRefused, dress, logo};
pub use name::{File, file_name};
pub use paper::{Look, Paper, Pay};
pub use printer::{PrintRefused, Printed, Printer, PrinterFault, RENDERER, TYPESETTER};
pub use words::Language;
