//! A real PostgreSQL for tests: nothing is imitated, nothing outside `/tmp` is touched, and nothing
//! of it listens beyond the loopback interface.
//!
//! - [`Server::shared`]: one server for all the tests of a run, whichever process they are in. The
//!   first to ask makes it; a watcher stops it when nobody has asked for ten seconds. It does not
//!   sync to disk.
//! - [`Server::start`]: a server of the test's own, to be killed, restarted, made durable, or reached
//!   over TLS.
//! - [`Server::database`], [`Server::database_like`] and [`Server::database_speaking`]: a database of
//!   the test's own in either, owned by a role without superuser rights.
//! - [`Relay`]: a network before it, that loses what is said.
//!
//! Works as root (the server runs as `postgres` or `nobody`) and as a plain user, beneath
//! `cargo nextest`, `cargo test` and `cargo xtask test` alike. Every call blocks: from async code a
//! test calls it before anything is being awaited.

mod cluster;
mod database;
mod relay;
mod server;
mod settings;
mod shared;
#[cfg(test)]
mod tests;

pub use database::{Address, Database};
pub use relay::Relay;
pub use server::Server;
pub use settings::{Settings, Tls};
