#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use rcgen::CertificateParams;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::{ServerName, UnixTime};
use std::time::Duration;

/// 2026-03-01, and what is later than it by some days.
fn at(days: u64) -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap().checked_add(Duration::from_secs(days * 24 * 60 * 60)).unwrap()
}

/// What a browser that trusts the authority says of a certificate for this name.
fn judged(authority: &str, certificate: &str, name: &str, now: Timestamp) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
    let leaf = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(now.as_second().try_into().unwrap()));
    let name = ServerName::try_from(name.to_owned()).unwrap();
    verifier.verify_server_cert(&leaf, &[], &name, &[], now).map(drop).map_err(|error| error.to_string())
}

// proves: C15.a
#[test]
fn a_certificate_is_good_for_a_while_and_renewed_by_the_same_authority() {
    let made = make_certificates(at(0)).unwrap();
    for name in ["localhost", "127.0.0.1", "::1"] {
        judged(&made.authority, &made.certificate, name, at(0)).unwrap();
    }
    let (from, until) = validity(&made.certificate).unwrap();
    assert!(from < at(0) && until > at(390) && until < at(398), "{from} {until}");
    assert!(judged(&made.authority, &made.certificate, "localhost", at(398)).is_err(), "it ended");
    let fresh = renewed(&made.authority, &made.authority_key, &made.key, at(380)).unwrap();
    judged(&made.authority, &fresh, "localhost", at(398)).unwrap();
    server_config(&fresh, &made.key).unwrap();
    assert!(validity("nothing").is_err());
}

// proves: C15.b
#[test]
fn the_authority_vouches_for_this_machine_alone() {
    let made = make_certificates(at(0)).unwrap();
    let issuer = Issuer::from_ca_cert_pem(&made.authority, KeyPair::from_pem(&made.authority_key).unwrap()).unwrap();
    for name in ["bank.example", "192.0.2.1"] {
        let mut stolen = CertificateParams::new(vec![name.to_owned()]).unwrap();
        stolen.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let stolen = stolen.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().pem();
        assert!(judged(&made.authority, &stolen, name, at(0)).is_err(), "{name}");
    }
}
