#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use rcgen::CertificateParams;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{SupportedKxGroup, aws_lc_rs};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, Connection, NamedGroup, ProtocolVersion, RootCertStore, ServerConnection,
    SupportedProtocolVersion,
};
use std::time::Duration;

/// 2026-03-01, and what is later than it by some days.
fn at(days: u64) -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap().checked_add(Duration::from_secs(days * 24 * 60 * 60)).unwrap()
}

fn trusting(authority: &str) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    roots
}

/// What a browser that trusts the authority says of a certificate for this name.
fn judged(authority: &str, certificate: &str, name: &str, now: Timestamp) -> Result<(), String> {
    let roots = trusting(authority);
    let provider = Arc::new(aws_lc_rs::default_provider());
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

/// A clock of the client's that stands at [`at`] zero.
#[derive(Debug)]
struct Then;

impl TimeProvider for Then {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(at(0).as_second().try_into().unwrap())))
    }
}

/// What the server agrees on with a client that offers no more than this; or why they do not agree.
fn agreed(
    versions: &[&'static SupportedProtocolVersion],
    exchanges: &[&'static dyn SupportedKxGroup],
) -> Result<(ProtocolVersion, NamedGroup), rustls::Error> {
    let made = make_certificates(at(0)).unwrap();
    let provider = rustls::crypto::CryptoProvider { kx_groups: exchanges.to_vec(), ..aws_lc_rs::default_provider() };
    let client = ClientConfig::builder_with_details(Arc::new(provider), Arc::new(Then))
        .with_protocol_versions(versions)?
        .with_root_certificates(trusting(&made.authority))
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let mut client = Connection::Client(ClientConnection::new(Arc::new(client), name)?);
    let mut server =
        Connection::Server(ServerConnection::new(server_config(&made.certificate, &made.key).unwrap()).unwrap());
    while client.is_handshaking() || server.is_handshaking() {
        carry(&mut client, &mut server)?;
        carry(&mut server, &mut client)?;
    }
    Ok((client.protocol_version().unwrap(), client.negotiated_key_exchange_group().unwrap().name()))
}

/// What one side has to say, told to the other.
fn carry(from: &mut Connection, to: &mut Connection) -> Result<(), rustls::Error> {
    let mut said = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut said).unwrap();
    }
    let mut said = said.as_slice();
    while !said.is_empty() {
        to.read_tls(&mut said).unwrap();
        to.process_new_packets()?;
    }
    Ok(())
}

// proves: C13.a, D4
#[test]
fn nothing_older_than_tls_1_3_is_spoken_and_the_exchange_that_outlives_quantum_computers_comes_first() {
    let every = aws_lc_rs::ALL_KX_GROUPS;
    let best = Ok((ProtocolVersion::TLSv1_3, NamedGroup::X25519MLKEM768));
    assert_eq!(agreed(&[&TLS13, &TLS12], every), best);
    // Whoever lacks it is served: it is first among what we name, and the choice is the client's.
    let without = [aws_lc_rs::kx_group::X25519];
    assert_eq!(agreed(&[&TLS13], &without), Ok((ProtocolVersion::TLSv1_3, NamedGroup::X25519)));
    assert!(agreed(&[&TLS12], every).is_err(), "TLS 1.2 is not spoken");
}
