#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::delivery::{MakeLink, make_link, open};
use crate::invoices::draft;
use crate::testing::{a_business, a_customer, an_address, an_invoice, an_order, behind, token_of};
use coffer_identity::document_links::resume;
use coffer_kernel::{BusinessId, InvoiceId, Mint, Origin, Refuse};
use coffer_store::{Finding, STEPS};
use coffer_testkit::{Callers, on_both_engines};

fn printed(invoice: InvoiceId, content: &str) -> RecordRendition {
    RecordRendition { invoice, renderer: 1, printer: "a press".into(), content: content.into() }
}

// proves: B1, C59.e
#[test]
fn the_first_one_is_kept_whatever_is_printed_later() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, system) = (callers.clerk(), callers.system());
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        assert_eq!(kept(&test.books, &clerk, invoice).await.unwrap(), None);
        record(&test.books, &system, printed(invoice, "%PDF first")).await.unwrap();
        let later = RecordRendition { renderer: 2, ..printed(invoice, "%PDF second") };
        record(&test.books, &system, later).await.unwrap();
        let seen = kept(&test.books, &clerk, invoice).await.unwrap().unwrap();
        assert_eq!((seen.renderer, seen.content.as_slice()), (1, b"%PDF first".as_slice()));
        assert_eq!(seen.fingerprint.len(), 64);

        let refused = record(&test.books, &clerk, printed(invoice, "%PDF mine")).await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed", "nobody but the printer says what was printed");
        let drafted = draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap().id();
        assert_eq!(record(&test.books, &system, printed(drafted, "x")).await.unwrap_err().code(), "invoice.draft");
        let large = "x".repeat(LARGEST + 1);
        let refused = record(&test.books, &system, printed(invoice, &large)).await.unwrap_err();
        assert_eq!(refused.code(), "rendition.too_large");
        assert!(differences(&test.books, &callers.operator()).await.unwrap().is_empty());
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B1, C59.e, D11
#[test]
fn what_was_changed_since_is_handed_to_nobody_and_the_check_names_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        let callers = a_business(&test, 2).await;
        let (clerk, system) = (callers.clerk(), callers.system());
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let first = an_invoice(&test, &clerk, &customer).await.draft.id;
        let second = an_invoice(&test, &clerk, &customer).await.draft.id;
        record(&test.books, &system, printed(first, "%PDF first")).await.unwrap();
        record(&test.books, &system, printed(second, "%PDF second")).await.unwrap();
        an_address(&test, &callers).await;
        let link = make_link(&test.books, &clerk, None, MakeLink { invoice: first }).await.unwrap();
        #[allow(clippy::disallowed_methods, reason = "tests")]
        let mint = Mint::claim();
        let reader = resume(&test.books, &mint, token_of(&link), Origin::default()).await.unwrap();
        open(&test.books, &reader).await.unwrap();
        assert_eq!(kept_for_reader(&test.books, &reader).await.unwrap().unwrap().content, b"%PDF first");

        // One customer's key, so only place and fingerprint tell the two apart.
        behind(&test.home, "UPDATE rendition SET content = (SELECT content FROM rendition ORDER BY id LIMIT 1)");
        let mut refused = 0;
        for invoice in [first, second] {
            refused += usize::from(kept(&test.books, &clerk, invoice).await == Err(RenditionRefused::Altered));
        }
        assert_eq!(refused, 1);
        assert_eq!(differences(&test.books, &callers.operator()).await.unwrap().len(), 1);

        behind(&test.home, "UPDATE rendition SET fingerprint = 'another'");
        assert_eq!(kept(&test.books, &clerk, first).await, Err(RenditionRefused::Altered));
        assert_eq!(kept_for_reader(&test.books, &reader).await, Err(RenditionRefused::Altered));
        let mut both = [first, second];
        both.sort_unstable();
        assert_eq!(differences(&test.books, &callers.operator()).await.unwrap(), both);
        let findings = test.books.check(callers.business).await.unwrap().findings;
        assert!(findings.iter().all(|finding| matches!(finding, Finding::RowDiffers { .. })) && findings.len() == 2);
    });
}

// proves: B1, D11
#[test]
fn a_document_that_was_removed_and_printed_anew_is_the_same_or_the_check_names_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, system) = (callers.clerk(), callers.system());
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        record(&test.books, &system, printed(invoice, "%PDF first")).await.unwrap();
        let named = async || {
            let findings = test.books.check(callers.business).await.unwrap().findings;
            (findings.len(), differences(&test.books, &callers.operator()).await.unwrap())
        };
        for (anew, of) in [("%PDF first", Vec::new()), ("%PDF second", vec![invoice]), ("%PDF first", vec![invoice])] {
            behind(&test.home, "DELETE FROM rendition");
            assert_eq!(named().await, (1, Vec::new()), "it is gone");
            record(&test.books, &system, printed(invoice, anew)).await.unwrap();
            assert_eq!(named().await, (0, of), "{anew}: another one was handed out once");
        }
    });
}
