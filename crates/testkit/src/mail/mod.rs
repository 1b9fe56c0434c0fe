//! A real mail server for tests, aiosmtpd, on a loopback port that the system chose: with TLS in every form, with
//! sign-in, and with recipients who decide by their name what becomes of a letter.
//!
//! | recipient | becomes |
//! | --- | --- |
//! | `greylisted…` | 451 at the first try, accepted at the next |
//! | `full…` | 452 |
//! | `unknown…` | 550 |
//! | `spam…` | 554, after the content |
//! | `vanishing…` | accepted, but the connection breaks before the answer, the first time |
//! | `hanging…` | accepted, but the answer never comes, the first time |
//! | anybody else | accepted |
//!
//! A sender `forged…` is refused with 553. Each refusal names the address: a test can see where it ends up.

mod certificate;
mod raw;
mod server;

pub use certificate::{Certificate, certificate};
pub use raw::RawServer;
pub use server::{Accepted, MailHouse, Settings, Tls};
