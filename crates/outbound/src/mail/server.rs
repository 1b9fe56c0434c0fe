//! The mail server of a business.

use super::{NotSent, Problem};
use coffer_keys::Secret;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
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

impl Security {
    /// The name in rows and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implicit => "tls",
            Self::StartTls => "starttls",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Implicit, Self::StartTls].into_iter().find(|known| known.code() == code)
    }
}

/// A name and a password for the server. Said under TLS only.
pub struct SignIn {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

impl MailServer {
    /// A client's TLS that trusts this server's authority, or those that everybody trusts.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, NotSent> {
        let unfit = || NotSent::later(Problem::Settings);
        let mut roots = RootCertStore::empty();
        match &self.authority {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(pem) => {
                for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                    roots.add(certificate.map_err(|_| unfit())?).map_err(|_| unfit())?;
                }
            }
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let client = ClientConfig::builder_with_provider(provider);
        let client = client.with_safe_default_protocol_versions().map_err(|_| unfit())?;
        Ok(Arc::new(client.with_root_certificates(roots).with_no_client_auth()))
    }
}
