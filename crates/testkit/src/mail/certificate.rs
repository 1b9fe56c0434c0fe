//! Certificates for test servers.

use rcgen::{BasicConstraints, CertificateParams, DnType, Error, IsCa, Issuer, KeyPair, KeyUsagePurpose};

/// A certificate, its key, and the authority that vouches for it, all PEM.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The authority's certificate.
    pub authority: String,
    /// The server's certificate.
    pub certificate: String,
    /// The server's key.
    pub key: String,
}

/// A certificate for this name, from an authority of its own.
///
/// # Errors
/// Where the library refuses the name.
pub fn certificate(name: &str) -> Result<Certificate, Error> {
    let authority_key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.distinguished_name.push(DnType::CommonName, "an authority for tests");
    let authority = params.self_signed(&authority_key)?;
    let issuer = Issuer::new(params, &authority_key);
    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(vec![name.to_owned()])?;
    leaf.distinguished_name.push(DnType::CommonName, name);
    let certificate = leaf.signed_by(&key, &issuer)?;
    Ok(Certificate { authority: authority.pem(), certificate: certificate.pem(), key: key.serialize_pem() })
}
