//! TLS: a local authority of the installation's own, and the server's configuration.
//!
//! TLS 1.3 only, with X25519MLKEM768 first among the key exchanges. Certificates are made at the first start and renewed
//! before they end; the authority's certificate is what `coffer trust` hands to a browser. It can vouch for this machine's
//! own names only, and its key never leaves the data directory.

use coffer_kernel::Timestamp;
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt;
use std::sync::Arc;

/// The start of a day, in the library's words; its type belongs to a library that is named nowhere here.
macro_rules! day_of {
    ($date:expr) => {{
        let date: Date = $date;
        let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
        rcgen::date_time_ymd(i32::from(date.year()), month, day)
    }};
}

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

/// How long the authority is good for, in years.
const AUTHORITY_YEARS: i16 = 10;
/// How long a certificate is good for, in days: browsers refuse much longer ones.
const DAYS: i64 = 397;

/// Makes an authority and a certificate for this machine's own names.
///
/// # Errors
/// Where the library refuses.
pub fn make_certificates(now: Timestamp) -> Result<Certificates, BadCertificate> {
    let authority_key = KeyPair::generate()?;
    let params = authority(now);
    let authority = params.self_signed(&authority_key)?;
    let key = KeyPair::generate()?;
    let certificate = leaf(now)?.signed_by(&key, &Issuer::new(params, &authority_key))?;
    Ok(Certificates {
        authority: authority.pem(),
        authority_key: authority_key.serialize_pem(),
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

/// A fresh certificate for the same key, by the same authority; all PEM.
///
/// # Errors
/// Where they cannot be read or do not belong together.
pub fn renewed(authority: &str, authority_key: &str, key: &str, now: Timestamp) -> Result<String, BadCertificate> {
    let issuer = Issuer::from_ca_cert_pem(authority, KeyPair::from_pem(authority_key)?)?;
    Ok(leaf(now)?.signed_by(&KeyPair::from_pem(key)?, &issuer)?.pem())
}

/// From when and until when a certificate is good.
///
/// # Errors
/// Where it cannot be read.
pub fn validity(certificate: &str) -> Result<(Timestamp, Timestamp), BadCertificate> {
    let bad = |why: String| BadCertificate(why);
    let der = CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(|error| bad(error.to_string()))?;
    let (_, parsed) = x509_parser::parse_x509_certificate(&der).map_err(|error| bad(error.to_string()))?;
    let validity = parsed.validity();
    let instant = |seconds| Timestamp::from_second(seconds).map_err(|error| bad(error.to_string()));
    Ok((instant(validity.not_before.timestamp())?, instant(validity.not_after.timestamp())?))
}

/// An authority that can vouch for this machine's own names and nothing else, whoever gets hold of its key.
fn authority(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 0], [255, 0, 0, 0])),
            GeneralSubtree::IpAddress(CidrSubnet::V6(LOOPBACK_V6, [255; 16])),
        ],
        excluded_subtrees: Vec::new(),
    });
    params.distinguished_name.push(DnType::CommonName, "Coffer, local authority of this installation");
    let today = now.to_zoned(TimeZone::UTC).date();
    params.not_before = day_of!(before(today));
    params.not_after = day_of!(today.saturating_add(Span::new().years(AUTHORITY_YEARS)));
    params
}

fn leaf(now: Timestamp) -> Result<CertificateParams, BadCertificate> {
    let mut leaf = CertificateParams::new(vec!["localhost".to_owned()])?;
    leaf.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
    leaf.subject_alt_names.push(SanType::IpAddress(LOOPBACK_V6.into()));
    leaf.distinguished_name.push(DnType::CommonName, "localhost");
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let today = now.to_zoned(TimeZone::UTC).date();
    leaf.not_before = day_of!(before(today));
    leaf.not_after = day_of!(today.saturating_add(Span::new().days(DAYS)));
    Ok(leaf)
}

const LOOPBACK_V6: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// The day before, for clocks that are a little behind.
fn before(today: Date) -> Date {
    today.saturating_sub(Span::new().days(1))
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

#[cfg(test)]
mod tests;
