//! TLS: a local authority of the installation's own, and the server's configuration.
//!
//! TLS 1.3 only, with X25519MLKEM768 first among the key exchanges. Certificates are made once at the first start; the
//! authority's certificate is what `coffer trust` will hand to a browser, its key never leaves the data directory.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt;
use std::sync::Arc;

/// Certificates that could not be made or read.
#[derive(Debug)]
pub struct BadCertificate(String);

impl fmt::Display for BadCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The certificate cannot be used: {}. Remove the tls folder in the data directory to make new ones.",
            self.0
        )
    }
}

impl std::error::Error for BadCertificate {}

impl From<rcgen::Error> for BadCertificate {
    fn from(error: rcgen::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<rustls::Error> for BadCertificate {
    fn from(error: rustls::Error) -> Self {
        Self(error.to_string())
    }
}

/// What is kept of the local authority and of the certificate it gave, as PEM.
pub struct Certificates {
    /// The authority's certificate: public.
    pub authority: String,
    /// The authority's private key.
    pub authority_key: String,
    /// The server's certificate.
    pub certificate: String,
    /// The server's private key.
    pub key: String,
}

/// Makes an authority and a certificate for this machine's own names.
///
/// # Errors
/// Where the library refuses.
pub fn make_certificates() -> Result<Certificates, BadCertificate> {
    let authority_key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::CommonName, "Coffer, local authority of this installation");
    let authority = params.self_signed(&authority_key)?;
    let issuer = Issuer::new(params, &authority_key);
    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(vec!["localhost".to_owned()])?;
    leaf.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
    leaf.distinguished_name.push(DnType::CommonName, "localhost");
    let certificate = leaf.signed_by(&key, &issuer)?;
    Ok(Certificates {
        authority: authority.pem(),
        authority_key: authority_key.serialize_pem(),
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

/// The server's configuration for a certificate and its key, both PEM.
///
/// # Errors
/// Where they cannot be read or do not belong together.
pub fn server_config(certificate: &str, key: &str) -> Result<Arc<ServerConfig>, BadCertificate> {
    let unreadable = |error: rustls::pki_types::pem::Error| BadCertificate(error.to_string());
    let chain =
        CertificateDer::pem_slice_iter(certificate.as_bytes()).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(unreadable)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13])?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
