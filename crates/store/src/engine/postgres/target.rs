//! Which PostgreSQL, and how safely it is reached.
//!
//! Written as `postgres://user:password@host/database?sslmode=verify-full&sslrootcert=/path/ca.pem`. A host that is not
//! this machine is reached with `verify-full` or not at all (ASVS 12.3.2): `prefer` and `require` would accept anybody.

use super::tls;
use crate::engine::Mode;
use coffer_keys::Secret;
use std::path::PathBuf;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config};

/// How long the server keeps the locks of a transaction whose client says nothing. Where the network is lost, or a machine
/// stops in the middle, others would wait for the head of a log as long as TCP believes in the connection: two hours, as
/// systems come. Bodies say something within milliseconds.
const GIVEN_UP: &str = "SET idle_in_transaction_session_timeout = '60s'";

/// A database to connect to. Holds a password, so it has no `Debug`.
pub struct Target {
    config: Config,
    tls: Option<rustls::ClientConfig>,
}

/// Why an address is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnsafeTarget {
    /// The text is not an address.
    NotAnAddress(String),
    /// The host is not this machine and the address does not ask for `verify-full`.
    Unverified {
        /// The host.
        host: String,
        /// What the address asks for.
        mode: String,
    },
    /// `verify-full` needs to know whom to trust.
    NoRoots(String),
    /// A setting of the address that nobody knows.
    UnknownMode(String),
}

impl std::fmt::Display for UnsafeTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnAddress(why) => {
                write!(f, "This is not a PostgreSQL address ({why}). Write postgres://user@host/database.")
            }
            Self::Unverified { host, mode } => write!(
                f,
                "The database host {host} is not this machine and sslmode={mode} would accept anybody who answers there. \
                 Write sslmode=verify-full and sslrootcert=/path/to/ca.pem."
            ),
            Self::NoRoots(why) => {
                write!(f, "sslmode=verify-full needs sslrootcert=/path/to/ca.pem, the authority to trust ({why}).")
            }
            Self::UnknownMode(mode) => {
                write!(f, "sslmode={mode} is not known. Write disable (this machine only) or verify-full.")
            }
        }
    }
}

impl std::error::Error for UnsafeTarget {}

impl Target {
    /// Reads an address and refuses an unsafe one, before anything is sent.
    ///
    /// # Errors
    /// [`UnsafeTarget`], each with what to write instead.
    pub fn parse(address: &Secret<String>) -> Result<Self, UnsafeTarget> {
        let (address, settings) = split(address.expose());
        let mut config: Config =
            address.parse().map_err(|error: tokio_postgres::Error| UnsafeTarget::NotAnAddress(error.to_string()))?;
        config.application_name("coffer");
        // An address given beside the name is where the driver goes, whatever the name says.
        let far = config.get_hosts().iter().find_map(far_host);
        let far =
            far.or_else(|| config.get_hostaddrs().iter().find(|host| !host.is_loopback()).map(ToString::to_string));
        match (settings.mode.as_deref(), far) {
            (Some("verify-full"), _) | (None, Some(_)) => {
                let tls = tls::trusting(settings.roots.as_deref()).map_err(UnsafeTarget::NoRoots)?;
                config.ssl_mode(SslMode::Require);
                Ok(Self { config, tls: Some(tls) })
            }
            (Some("disable") | None, None) => {
                config.ssl_mode(SslMode::Disable);
                Ok(Self { config, tls: None })
            }
            (Some(mode @ ("disable" | "allow" | "prefer" | "require" | "verify-ca")), Some(host)) => {
                Err(UnsafeTarget::Unverified { host, mode: mode.to_owned() })
            }
            (Some(mode), _) => Err(UnsafeTarget::UnknownMode(mode.to_owned())),
        }
    }

    pub(super) async fn connect(&self, mode: Mode) -> Result<Client, tokio_postgres::Error> {
        let client = match &self.tls {
            Some(tls) => {
                let (client, link) = self.config.connect(tls::Tls::new(tls.clone())).await?;
                drive(link);
                client
            }
            None => {
                let (client, link) = self.config.connect(tokio_postgres::NoTls).await?;
                drive(link);
                client
            }
        };
        // Whoever writes another time into the address knows why.
        let said =
            self.config.get_options().is_some_and(|options| options.contains("idle_in_transaction_session_timeout"));
        if mode == Mode::Write && !said {
            client.batch_execute(GIVEN_UP).await?;
        }
        Ok(client)
    }
}

#[expect(clippy::disallowed_methods, reason = "the driver's own task; it ends when the connection does")]
fn drive(link: impl Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static) {
    // Why a connection ended shows at the statement that found it closed.
    drop(tokio::spawn(async move { drop(link.await) }));
}

struct Settings {
    mode: Option<String>,
    roots: Option<PathBuf>,
}

/// Takes the settings that are ours out of the address: the library knows neither `verify-full` nor a root file.
fn split(address: &str) -> (String, Settings) {
    let mut settings = Settings { mode: None, roots: None };
    let Some((address, query)) = address.split_once('?') else {
        return (address.to_owned(), settings);
    };
    let mut rest = Vec::new();
    for setting in query.split('&') {
        match setting.split_once('=') {
            Some(("sslmode", mode)) => settings.mode = Some(mode.to_owned()),
            Some(("sslrootcert", path)) => settings.roots = Some(PathBuf::from(path)),
            _ => rest.push(setting),
        }
    }
    let address = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
    (address, settings)
}

/// The host's name, unless it is this machine.
fn far_host(host: &Host) -> Option<String> {
    let Host::Tcp(name) = host else { return None };
    let near = name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    (!near).then(|| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> Option<UnsafeTarget> {
        Target::parse(&Secret::new(address.to_owned())).err()
    }

    // proves: C02.b, D4
    #[test]
    fn a_far_host_is_verified_or_not_reached() {
        for mode in ["disable", "allow", "prefer", "require", "verify-ca"] {
            let address = format!("postgres://coffer@db.example/coffer?sslmode={mode}");
            let expected = UnsafeTarget::Unverified { host: "db.example".into(), mode: mode.into() };
            assert_eq!(refusal(&address), Some(expected));
        }
        for address in ["localhost/coffer?hostaddr=192.0.2.1&sslmode=disable", "localhost/coffer?hostaddr=192.0.2.1"] {
            let refused = refusal(&format!("postgres://coffer@{address}"));
            assert!(matches!(refused, Some(UnsafeTarget::Unverified { .. } | UnsafeTarget::NoRoots(_))), "{address}");
        }
        assert!(
            matches!(refusal("postgres://coffer@192.0.2.1/coffer"), Some(UnsafeTarget::NoRoots(_))),
            "verify-full by default"
        );
        assert!(matches!(
            refusal("postgres://coffer@localhost,db.example/coffer?sslmode=disable"),
            Some(UnsafeTarget::Unverified { .. })
        ));
    }

    #[test]
    fn this_machine_may_be_reached_plainly() {
        for address in [
            "postgres://coffer@localhost/coffer",
            "postgres://coffer@127.0.0.1:5432/coffer?sslmode=disable",
            "postgres://coffer@localhost/coffer?hostaddr=127.0.0.1",
            "postgres://coffer@%2Frun%2Fpostgresql/coffer",
        ] {
            assert_eq!(refusal(address), None, "{address}");
        }
    }
}
