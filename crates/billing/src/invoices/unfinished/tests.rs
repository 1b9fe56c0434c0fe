#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::invoices::{
    DeleteDraft, DraftInvoice, Invoice, IssueAtOnce, IssueInvoice, ReviseDraft, delete, draft, get, issue,
    issue_at_once, next_number, revise,
};
use crate::testing::{a_business, a_customer, an_order, behind};
use coffer_kernel::Refuse;
use coffer_store::{Refused, STEPS};
use coffer_testkit::on_both_engines;

fn texts(texts: &[(&str, &str)]) -> Texts {
    texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Before the one line of the order, a half one; and a day that is none.
fn half() -> Unfinished {
    let line = texts(&[("name", "Design of a sign"), ("quantity", "abc"), ("unit", "HUR")]);
    Unfinished { lines: BTreeMap::from([(0, line)]), fields: texts(&[("due_on", "32.13.")]), ..Unfinished::default() }
}

// proves: A2, A4
#[test]
fn half_a_line_is_kept_as_typed_counts_nothing_and_is_not_issued_over() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Wójcik").await;
        let order = DraftInvoice { unfinished: half(), ..an_order(&customer) };
        let drafted = draft(&test.books, &clerk, None, order.clone()).await.unwrap();
        let found = get(&test.books, &clerk, drafted.id()).await.unwrap();
        assert_eq!(found, drafted);
        assert_eq!((&found.draft().unfinished, found.draft().totals.amount_due.minor()), (&half(), 11_900));
        let issuing = IssueInvoice { invoice: drafted.id(), version: None };
        let no = issue(&test.books, &clerk, None, issuing).await.unwrap_err();
        assert_eq!(no.code(), "invoice.unfinished");
        let no = issue_at_once(&test.books, &clerk, None, IssueAtOnce(order)).await.unwrap_err();
        assert_eq!(no.code(), "invoice.unfinished");
        assert_eq!(next_number(&test.books, &clerk).await.unwrap(), "AN-2026-0001", "no number was used");
        // Whoever saw an older state takes nothing of it away.
        let content = an_order(&customer).content;
        let whole = |version| ReviseDraft {
            invoice: drafted.id(),
            version: Some(version),
            customer: customer.id,
            content: content.clone(),
            unfinished: Unfinished::default(),
        };
        assert_eq!(revise(&test.books, &clerk, None, whole(7)).await.unwrap_err().code(), "stale");
        let finished = revise(&test.books, &clerk, None, whole(1)).await.unwrap();
        assert!(finished.draft().unfinished.is_empty());
        assert!(matches!(issue(&test.books, &clerk, None, issuing).await, Ok(Invoice::Issued(_))));
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}

// proves: A4, C56.a
#[test]
fn what_must_not_be_kept_is_not_kept_in_half_a_line_and_there_is_an_end_to_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Wójcik").await;
        let line = |name: &str| Unfinished { lines: BTreeMap::from([(3, texts(&[("name", name)]))]), ..half() };
        let many = |most: usize| (0..most).map(|place| (place, texts(&[("name", "x")])));
        let rows = Unfinished { lines: many(1_000).collect(), ..Unfinished::default() };
        let adjustments = Unfinished { adjustments: many(1_001).collect(), ..Unfinished::default() };
        let long = (0..60).map(|place| (place, texts(&[("name", &"x".repeat(4_000))]))).collect();
        let long = Unfinished { lines: long, ..Unfinished::default() };
        for (unfinished, code, pointer) in [
            (line("4111 1111 1111 1111 12/27"), "text.card_number", "/unfinished/lines/3/name"),
            (line(&"x".repeat(4_001)), "text.too_long", "/unfinished/lines/3/name"),
            (line("ding \u{7}"), "text.control_character", "/unfinished/lines/3/name"),
            // With the line that reads there is one too many.
            (rows, "invoice.unfinished_too_much", ""),
            (adjustments, "invoice.unfinished_too_much", ""),
            (long, "invoice.unfinished_too_much", ""),
        ] {
            let order = DraftInvoice { unfinished, ..an_order(&customer) };
            let no = draft(&test.books, &clerk, None, order).await.unwrap_err();
            let at = no.pointers().first().map(|pointer| pointer.pointer.clone()).unwrap_or_default();
            assert_eq!((no.code(), at.as_str()), (code, pointer));
        }
    });
}

// proves: A2, D1
#[test]
fn it_is_sealed_with_its_draft_held_against_whoever_changes_it_and_gone_with_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Wójcik").await;
        let order = |unfinished| DraftInvoice { unfinished, ..an_order(&customer) };
        let one = draft(&test.books, &clerk, None, order(half())).await.unwrap();
        let other = draft(&test.books, &clerk, None, order(Unfinished::default())).await.unwrap();
        let delete = |invoice| delete(&test.books, &clerk, DeleteDraft { invoice, version: None });
        delete(one.id()).await.unwrap();
        assert_eq!(get(&test.books, &clerk, one.id()).await, Err(Refused::NotFound));
        let two = draft(&test.books, &clerk, None, order(half())).await.unwrap();
        behind(&test.home, "UPDATE invoice SET content = (SELECT content FROM invoice ORDER BY id LIMIT 1)");
        let seen = [get(&test.books, &clerk, two.id()).await, get(&test.books, &clerk, other.id()).await];
        assert_eq!(
            seen.iter().filter(|seen| seen.is_err()).count(),
            1,
            "another draft's text is not taken for its own"
        );
    });
}
