#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::{a_business, behind};
use coffer_kernel::Refuse;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

fn picture(seed: u8) -> Picture {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40".to_vec();
    png.extend([seed; 64]);
    Picture { png }
}

// proves: C21.a
#[test]
fn a_letterhead_is_kept_sealed_and_each_change_is_recorded() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let owner = callers.owner();
        let none = get(&test.books, &owner).await.unwrap();
        assert_eq!((none.version, none.accent, none.logo), (0, None, None));

        let accent = Some("#0a5564".parse().unwrap());
        let order = ReviseLetterhead { version: Some(0), accent, logo: Logo::New(picture(1)) };
        let kept = revise(&test.books, &owner, order.clone()).await.unwrap();
        assert_eq!(get(&test.books, &callers.clerk()).await.unwrap(), kept);
        assert_eq!(kept.logo.unwrap().size(), (256, 64));
        assert_eq!(revise(&test.books, &owner, order.clone()).await.unwrap_err().code(), "stale");
        let refused = revise(&test.books, &callers.clerk(), order).await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed");

        let order = ReviseLetterhead { version: Some(1), accent: None, logo: Logo::Same };
        assert!(revise(&test.books, &owner, order).await.unwrap().logo.is_some());
        let order = ReviseLetterhead { version: Some(2), accent: None, logo: Logo::None };
        assert_eq!(revise(&test.books, &owner, order).await.unwrap().logo, None);
        let smuggled = Picture { png: b"<svg onload='x'/>".to_vec() };
        let order = ReviseLetterhead { version: None, accent: None, logo: Logo::New(smuggled) };
        assert_eq!(revise(&test.books, &owner, order).await.unwrap_err().code(), "broken");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());

        behind(&test.home, "UPDATE letterhead SET accent = '#ff0000'");
        assert_eq!(test.books.check(callers.business).await.unwrap().findings.len(), 1, "somebody else's dress shows");
    });
}
