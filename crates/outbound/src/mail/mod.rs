//! Mail over SMTP (RFC 5321), with TLS that is required and verified (RFC 8314; control C17).
//!
//! [`send`] hands one letter to a mail server and tells what became of it: accepted, not now, or never. Before the
//! server has proved who it is, it hears a greeting's answer and the wish for TLS, and nothing else: no address, no
//! password, no letter.
//!
//! A letter whose content was sent but whose answer never came may have been accepted: [`Problem::Unanswered`]. If it is
//! sent once more it carries the same Message-ID (RFC 5322 §3.6.4), by which the two are known as one.

mod connect;
mod knock;
mod letter;
mod not_sent;
mod notice;
mod preamble;
mod send;
mod server;
#[cfg(test)]
mod tests;

pub use knock::{Step, Stuck, knock};
pub use letter::{Letter, address_fits};
pub use not_sent::{NotSent, Problem, Said};
pub use notice::{About, Notice, invoice_notice};
pub use send::send;
pub use server::{MailServer, PATIENCE, Security, SignIn, longest};
