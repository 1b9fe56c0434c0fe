#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::{business, keys, seeded, unhex};
use aws_lc_rs::signature::{ED25519 as VERIFY, UnparsedPublicKey};

fn name(text: &str) -> SignerName {
    SignerName::try_from(text.to_owned()).unwrap()
}

#[test]
fn a_signature_verifies_with_the_public_key() {
    let (_, keys, _) = keys(1);
    let (signer, wrapped) = LogSigner::create(name("billing.example/log"), &keys, &seeded(2));
    let again = LogSigner::unwrap(name("billing.example/log"), &keys, &wrapped).ok().unwrap();
    assert_eq!(signer.verifier_key(), again.verifier_key());
    let note = b"billing.example/log\n1\nAAAA\n";
    let signature = again.sign(note);
    let verifier = UnparsedPublicKey::new(&VERIFY, signer.public_key());
    assert!(verifier.verify(note, &signature).is_ok());
    assert!(verifier.verify(b"billing.example/log\n2\nAAAA\n", &signature).is_err());
}

#[test]
fn a_seed_unwraps_for_its_own_name_and_business_only() {
    let (root, keys, _) = keys(1);
    let (_, wrapped) = LogSigner::create(name("a.example"), &keys, &seeded(2));
    assert_eq!(LogSigner::unwrap(name("b.example"), &keys, &wrapped).err(), Some(DoesNotOpen::NotAuthentic));
    let (other, _) = BusinessKeys::create(&root, business(2), &seeded(3));
    assert!(LogSigner::unwrap(name("a.example"), &other, &wrapped).is_err());
}

// proves: C12.c
/// RFC 8032 §7.1, tests 1 to 3: seed, public key, message, signature.
#[test]
fn it_signs_as_rfc_8032_says() {
    for (seed, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let signer = LogSigner::from_seed(name("rfc8032"), &Secret::copied(&unhex(seed)).unwrap());
        assert_eq!(signer.public_key(), *unhex(public));
        assert_eq!(signer.sign(&unhex(message)), *unhex(signature));
    }
}

/// The key of the example in Go's `note` package, whose seed is not published: its id binds name and public key.
#[test]
fn the_key_id_is_the_one_that_go_computes() {
    let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let [name, id, typed] = vkey.split('+').collect::<Vec<_>>().try_into().unwrap();
    let named = [name.as_bytes(), b"\n", &Base64::decode_vec(typed).unwrap()].concat();
    assert_eq!(crate::testing::hex(&digest(&SHA256, &named).as_ref()[..4]), id);
}

#[test]
fn a_verifier_key_names_its_own_signer() {
    let signer = LogSigner::from_seed(name("rfc8032"), &Secret::new([1; 32]));
    let vkey = signer.verifier_key();
    let [name, id, typed] = vkey.split('+').collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((name, id), ("rfc8032", crate::testing::hex(&signer.key_id()).as_str()));
    let typed = Base64::decode_vec(typed).unwrap();
    assert_eq!((typed[0], &typed[1..]), (1, signer.public_key().as_slice()));
    let named = [b"rfc8032\n".as_slice(), &typed].concat();
    assert_eq!(digest(&SHA256, &named).as_ref()[..4], signer.key_id());
}

#[test]
fn a_name_that_breaks_a_note_is_refused() {
    for bad in ["", "a b", "a+b", "a\nb", "a\u{a0}b", "a\tb", "a\u{2003}b", " a", "a\u{0}", "a\u{7f}"] {
        assert_eq!(SignerName::try_from(bad.to_owned()), Err(NotASignerName), "{bad:?}");
    }
    assert_eq!(name("billing.example/log").as_str(), "billing.example/log");
}
