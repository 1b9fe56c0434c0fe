//! The mail server of a business.

use super::{NotSent, Problem};
use coffer_billing::delivery::settings::{MailParticulars, MailSecurity};
use coffer_keys::Secret;
use rustls::ClientConfig;
use std::sync::Arc;
use std::time::Duration;

/// How long a server may take for one answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often one letter waits for an answer, at most: connection, greeting, hello, TLS, hello again, sign-in, sender,
/// recipient, data, content, goodbye.
const ANSWERS: u32 = 11;

/// How long handing over one letter takes at most: a lease on it must be longer.
#[must_use]
pub const fn longest(patience: Duration) -> Duration {
    patience.saturating_mul(ANSWERS)
}

/// Where letters are handed over, and how it is known.
pub struct MailServer {
    /// Its name; the certificate must be for it.
    pub host: String,
    /// The port, usually 465 or 587.
    pub port: u16,
    /// When TLS begins.
    pub security: Security,
    /// Whom it knows us as, where it asks.
    pub sign_in: Option<SignIn>,
    /// The authority that vouches for it, PEM, where it is none of those that everybody trusts.
    pub authority: Option<String>,
    /// How long it may take for one answer.
    pub patience: Duration,
}

/// When TLS begins. There is no mail without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// With the first byte (RFC 8314 §3.3), usually on port 465.
    Implicit,
    /// After STARTTLS (RFC 3207), usually on port 587; a server that does not offer it gets nothing.
    StartTls,
}

/// A name and a password for the server. Said under TLS only.
pub struct SignIn {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

impl MailServer {
    /// The server that a business set up.
    #[must_use]
    pub fn of(mail: MailParticulars, password: Option<Secret<String>>, patience: Duration) -> Self {
        let MailParticulars { host, port, security, user, authority, .. } = mail;
        let security = match security {
            MailSecurity::Tls => Security::Implicit,
            MailSecurity::StartTls => Security::StartTls,
        };
        let sign_in = user.zip(password).map(|(user, password)| SignIn { user, password });
        Self { host, port, security, sign_in, authority, patience }
    }

    /// A client's TLS that trusts this server's authority, or those that everybody trusts.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, NotSent> {
        crate::tls::client(self.authority.as_deref()).ok_or_else(|| NotSent::later(Problem::Settings))
    }
}
