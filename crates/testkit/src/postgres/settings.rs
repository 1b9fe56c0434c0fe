//! How a test wants its server, and the server's own configuration made of that.

use std::path::Path;

/// How a test wants a server of its own. [`Settings::default`] is as the shared one: reached over a
/// Unix socket, nothing synced.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Sync every commit to disk as in production; a crash test means nothing without it.
    pub durable: bool,
    /// Listen on a loopback port as well, and there take nothing but TLS and a password.
    pub tls: Option<Tls>,
}

/// The certificate with which a server shows who it is, both parts PEM.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The chain, the server's own certificate first.
    pub certificate_pem: String,
    /// Its private key; a test's, so it may be printed.
    pub key_pem: String,
}

/// The role that owns test databases; no superuser, and may neither make databases nor roles.
pub(super) const ROLE: &str = "coffer";
/// Its password where one is asked for.
pub(super) const PASSWORD: &str = "coffer-test";
/// The superuser, for this module alone.
pub(super) const SUPERUSER: &str = "postgres";

/// Who may connect: over the socket (in a folder closed to others) anybody, over TCP with TLS and
/// a password only.
pub(super) fn host_based_authentication(settings: &Settings) -> &'static str {
    if settings.tls.is_some() {
        "local all all trust\nhostssl all coffer 127.0.0.1/32 scram-sha-256\n"
    } else {
        "local all all trust\n"
    }
}

/// What is added to the `postgresql.conf` that initdb wrote.
pub(super) fn configuration(settings: &Settings, socket_folder: &Path) -> String {
    let socket = socket_folder.display();
    let mut text = format!(
        "
unix_socket_directories = '{socket}'
listen_addresses = '{}'
max_connections = 200
shared_buffers = 64MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
",
        if settings.tls.is_some() { "127.0.0.1" } else { "" },
    );
    if settings.tls.is_some() {
        text += "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n";
    }
    if !settings.durable {
        text += "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n";
        text += "wal_level = minimal\nmax_wal_senders = 0\n";
    }
    text
}
