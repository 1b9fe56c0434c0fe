#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::SystemEntropy;
use crate::testing::seeded;
use std::collections::BTreeSet;

#[test]
fn a_token_is_found_by_what_it_hashes_to() {
    let entropy = seeded(1);
    for kind in TokenKind::ALL {
        let token = Token::new(kind, &entropy);
        assert_eq!(token.expose().len(), 4 + SECRET_TEXT + CHECKSUM_TEXT);
        assert_eq!(TokenHash::parse(token.expose()), Some((kind, token.hash())));
        assert_eq!(TokenHash::of_presented(token.expose()), Some(token.hash()));
        for other in TokenKind::ALL {
            let found = TokenHash::of_presented_as(other, token.expose());
            assert_eq!(found, (other == kind).then(|| token.hash()));
        }
    }
}

#[test]
fn every_other_character_is_refused_by_the_checksum() {
    let token = Token::new(TokenKind::ApiKey, &seeded(2));
    let text = token.expose();
    for position in 0..text.len() {
        for symbol in b'!'..=b'~' {
            let mut other = text.to_owned().into_bytes();
            other[position] = symbol;
            let other = String::from_utf8(other).unwrap();
            assert_eq!(TokenHash::of_presented(&other).is_some(), other == text, "{other}");
        }
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let token = Token::new(TokenKind::Session, &seeded(3));
    let text = token.expose();
    for length in 0..text.len() {
        assert_eq!(TokenHash::of_presented(&text[..length]), None);
    }
    let upper = text.to_uppercase();
    for other in
        ["", "cse_", "é", &"é".repeat(40), &format!("{text} "), &format!(" {text}"), &format!("{text}A"), &upper]
    {
        assert_eq!(TokenHash::of_presented(other), None, "{other}");
    }
    let swapped = text.replacen("cse_", "cof_", 1);
    assert_eq!(TokenHash::of_presented(&swapped), None, "the checksum covers the prefix");
}

#[test]
fn prefixes_tell_kinds_apart() {
    let prefixes: BTreeSet<&str> = TokenKind::ALL.into_iter().map(TokenKind::prefix).collect();
    assert_eq!(prefixes.len(), TokenKind::ALL.len());
    assert!(prefixes.iter().all(|prefix| prefix.len() == 4 && prefix.starts_with('c') && prefix.ends_with('_')));
}

/// Control C09: a million draws without a repetition.
// proves: C09.a
#[test]
fn a_million_tokens_are_unique() {
    let mut hashes: Vec<TokenHash> =
        (0..1_000_000).map(|_| Token::new(TokenKind::Session, &SystemEntropy).hash()).collect();
    hashes.sort_unstable();
    assert!(hashes.windows(2).all(|pair| pair[0] != pair[1]));
}
