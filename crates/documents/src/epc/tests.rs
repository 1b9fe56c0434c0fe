#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

// proves: B7
#[test]
fn the_code_says_exactly_what_the_words_say() {
    let code = EpcCode::new("Atelier Nord", "DE89 3704 0044 0532 0130 00", None, 430_707, "AN-2026-0137").unwrap();
    let lines: Vec<&str> = code.payload().split('\n').collect();
    let expected =
        ["BCD", "002", "1", "SCT", "", "Atelier Nord", "DE89370400440532013000", "EUR4307.07", "", "", "AN-2026-0137"];
    assert_eq!(lines, expected);
    let modules = code.modules().unwrap();
    assert!(modules.is_dark(0, 0) && !modules.is_dark(1, 1) && !modules.is_dark(modules.side(), 0));
    assert!(modules.path().starts_with("M0 0h7v1h-7z"), "the finder pattern's first row");
}

#[test]
fn what_a_bank_would_misread_is_refused() {
    let code = |name, iban, cents, text| EpcCode::new(name, iban, None, cents, text).err();
    assert_eq!(code("A", "DE89370400440532013000", 0, ""), Some(EpcRefused::Amount));
    assert_eq!(code("A", "DE89370400440532013000", 100_000_000_000, ""), Some(EpcRefused::Amount));
    assert_eq!(code("", "DE89370400440532013000", 1, ""), Some(EpcRefused::Name));
    assert_eq!(code("A\nEUR1", "DE89370400440532013000", 1, ""), Some(EpcRefused::Name));
    assert_eq!(code("A", "DE89", 1, ""), Some(EpcRefused::Iban));
    assert_eq!(code("A", "DE89370400440532013000", 1, "two\nlines"), Some(EpcRefused::Text));
}
