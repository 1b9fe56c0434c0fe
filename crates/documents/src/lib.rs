//! Paper: an invoice becomes a PDF. Pure: document in, bytes out; no network, no files, no clock.
//!
//! Figures are never computed here: they come from the invoice's own sums, so that paper, pages and API cannot differ.
//! What people typed goes to the typesetter as data and is never read as markup. The same paper gives the same bytes.

pub mod epc;
pub mod numbers;
mod paper;
mod printer;
mod sheet;
mod words;

pub use paper::{Paper, Pay};
pub use printer::{PrintRefused, Printed, Printer, PrinterFault, RENDERER};
pub use words::Language;
