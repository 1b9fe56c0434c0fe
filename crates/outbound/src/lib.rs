//! Calling out: mail, and a look at our own address from outside. What leaves the process leaves through here.
//!
//! It refuses to speak to a mail server that cannot prove who it is, and to say more in a mail than it must: the
//! seller's name, the invoice's number, a link. What went wrong is told as a code; a server's own words may hold
//! somebody's address and go nowhere.

pub mod mail;
pub mod reach;
mod tls;
