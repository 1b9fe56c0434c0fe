#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::{business, keys, seeded};

fn hasher() -> PasswordHasher {
    PasswordHasher::cheap_for_tests(&keys(1).1).ok().unwrap()
}

fn hash(password: &str) -> String {
    hasher().hash(password, &seeded(2)).ok().unwrap().expose().clone()
}

#[test]
fn the_right_password_verifies_and_others_do_not() {
    let phc = hash("correct horse battery staple");
    let verify = |password: &str| hasher().verify(&phc, password);
    assert_eq!(verify("correct horse battery staple"), Ok(Verified { needs_rehash: false }));
    for wrong in ["", "correct horse battery stapl", "Correct horse battery staple", " correct horse battery staple"] {
        assert_eq!(verify(wrong), Err(Mismatch::WrongPassword), "{wrong:?}");
    }
}

#[test]
fn every_byte_of_a_long_password_counts() {
    let long = "x".repeat(4_096);
    let phc = hash(&long);
    assert!(hasher().verify(&phc, &long).is_ok());
    assert!(hasher().verify(&phc, &long[1..]).is_err());
    assert!(hasher().verify(&phc, &format!("{}y", &long[1..])).is_err());
    assert!(hasher().verify(&hash("a\0b"), "a\0c").is_err());
}

#[test]
fn one_password_has_one_form_but_keeps_its_differences() {
    let phc = hash("Caf\u{e9} \u{212b}");
    assert!(hasher().verify(&phc, "Cafe\u{301} A\u{30a}").is_ok(), "composed and decomposed are one");
    assert!(hasher().verify(&hash("x\u{b2}"), "x2").is_err(), "compatibility forms are not folded");
}

// proves: C25.a, D5
#[test]
fn the_stored_text_is_argon2id_with_its_cost_and_pepper() {
    let phc = hash("password");
    assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1,keyid="), "{phc}");
    assert_ne!(hasher().hash("password", &seeded(3)).ok().unwrap().expose(), &phc, "salts differ");
    let production = PasswordHasher::new(&keys(1).1, Argon2Cost::RECOMMENDED).ok().unwrap();
    let phc = production.hash("password", &seeded(2)).ok().unwrap();
    assert!(phc.expose().starts_with("$argon2id$v=19$m=65536,t=2,p=1,keyid="));
    assert_eq!(production.verify(phc.expose(), "password"), Ok(Verified { needs_rehash: false }));
    assert_eq!(production.verify(&hash("password"), "password"), Ok(Verified { needs_rehash: true }));
}

// proves: C25.b
#[test]
fn without_the_pepper_nothing_verifies() {
    let phc = hash("password");
    let (root, _, _) = keys(1);
    let (elsewhere, _) = BusinessKeys::create(&root, business(2), &seeded(9));
    let other = PasswordHasher::cheap_for_tests(&elsewhere).ok().unwrap();
    assert_eq!(other.verify(&phc, "password"), Err(Mismatch::OtherPepper));
    // Even where the name of the pepper is forged, the pepper itself is missing.
    let forged = phc.replace(&keyid(&phc), &keyid(other.hash("x", &seeded(1)).ok().unwrap().expose()));
    assert_eq!(other.verify(&forged, "password"), Err(Mismatch::WrongPassword));
    // Plain Argon2id, as somebody with the database but not the keys would try it.
    let parsed = PasswordHash::new(&phc).unwrap();
    let mut plain = [0; OUTPUT];
    let params = Params::try_from(&parsed).unwrap();
    argon2id(&params).hash_password_into(b"password", parsed.salt.unwrap().as_ref(), &mut plain).unwrap();
    assert_ne!(plain, parsed.hash.unwrap().as_bytes());
}

fn keyid(phc: &str) -> String {
    phc.split("keyid=").nth(1).unwrap().split('$').next().unwrap().to_owned()
}

#[test]
fn a_stored_text_that_is_not_ours_is_unreadable() {
    let phc = hash("password");
    for bad in [
        String::new(),
        "password".to_owned(),
        phc.replace("argon2id", "argon2i"),
        phc.replace("argon2id", "argon2d"),
        phc.replace("v=19", "v=16"),
        phc.replace("m=64", "m=4194304"),
        phc.replace("t=1", "t=1000"),
        phc.replace("m=64", "m=1"),
        phc.rsplit_once('$').unwrap().0.to_owned(),
        format!("{phc}$"),
        phc[..phc.len() - 4].to_owned(),
    ] {
        assert_eq!(hasher().verify(&bad, "password"), Err(Mismatch::Unreadable), "{bad}");
    }
    let unnamed = phc.replace(&format!(",keyid={}", keyid(&phc)), "");
    assert_eq!(hasher().verify(&unnamed, "password"), Err(Mismatch::OtherPepper));
}

// proves: C31.a
#[test]
fn whatever_is_wrong_takes_the_same_work() {
    let (hasher, phc) = (hasher(), hash("password"));
    let other = phc.replace(&keyid(&phc), "AAAAAAAAAAA");
    for (stored, password) in [(phc.as_str(), "password"), (&phc, "wrong"), (&other, "password"), ("none", "password")]
    {
        let before = hasher.runs();
        let right = (stored, password) == (phc.as_str(), "password");
        assert_eq!(hasher.verify(stored, password).is_ok(), right, "{stored}");
        assert_eq!(hasher.runs() - before, 1, "{stored}");
    }
    let before = hasher.runs();
    hasher.dummy_verify("password");
    assert_eq!(hasher.runs() - before, 1, "where nobody is known");
}

#[test]
fn production_refuses_a_cheap_cost() {
    let (_, keys, _) = keys(1);
    let cost = |memory_kib, passes, lanes| PasswordHasher::new(&keys, Argon2Cost { memory_kib, passes, lanes }).err();
    assert_eq!(cost(46 * 1024 - 1, 9, 1), Some(CostRefused::TooCheap { memory_kib: 46 * 1024 - 1 }));
    assert_eq!(cost(46 * 1024, 1, 1), None);
    for (memory_kib, passes, lanes) in
        [(65_536, 0, 1), (65_536, 1, 0), (u32::MAX, 1, 1), (65_536, 17, 1), (65_536, 1, 17)]
    {
        assert_eq!(cost(memory_kib, passes, lanes), Some(CostRefused::Impossible));
    }
}

/// Argon2id of RFC 9106 §5.3, to know that the library underneath is what it says.
#[test]
fn argon2id_is_that_of_rfc_9106() {
    let mut builder = argon2::ParamsBuilder::new();
    builder.m_cost(32).t_cost(3).p_cost(4).data(argon2::AssociatedData::new(&[4; 12]).unwrap());
    let secret = [3; 8];
    let argon2 =
        Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, builder.build().unwrap()).unwrap();
    let mut out = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut out).unwrap();
    assert_eq!(crate::testing::hex(&out), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}
