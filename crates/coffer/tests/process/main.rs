//! The program from outside: a real process, over TLS, on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests"
)]

mod accessible;
mod api;
mod backup_page;
mod browser;
mod canary;
mod check;
mod client;
mod cloned;
mod crash;
mod cut;
mod description;
mod desk;
mod editor;
mod findings;
mod first_timer;
mod handshake;
mod hard_coded;
mod import;
mod installation;
mod keeps;
mod kills;
mod layouts;
mod line_room;
mod logged;
mod mail;
mod markup;
mod operator;
mod pace;
mod recovery;
mod restored;
mod seated;
mod sheets;
mod socket;
mod stopping;
mod two;
mod unkept;
mod users;
mod written;
