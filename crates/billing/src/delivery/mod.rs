//! How an invoice gets to its reader: by hand, or by a link that opens this one document.
//!
//! Commands: [`mark_sent`], [`make_link`], [`end_links`], [`open`]. Queries: [`sender`], [`opened`], [`links`]. Below: [`rendition`], the document
//! as it was printed, [`letters`], the mail that leads to it, and [`settings`], how all of it leaves. Looking at a link tells who sent
//! it and nothing else; opening is an act of its own, so that no scanner of mails ever opens anything. What was sent may
//! have been booked by whoever got it, so it is no longer voided.

mod end_links;
pub mod letters;
mod link;
mod mark_sent;
mod open;
pub mod rendition;
pub mod settings;
#[cfg(test)]
mod tests;

pub use end_links::{EndLinks, EndLinksRefused, Links, end_links, links};
pub use link::{LinkRefused, MakeLink, make_link};
pub use mark_sent::{MarkRefused, MarkSent, mark_sent};
pub use open::{Opened, open, opened, sender};
