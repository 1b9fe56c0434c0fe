//! Lists of invoices and payments show nobody what was not written as theirs.

use super::found;
use super::rows::{Rows, some_rows};
use crate::invoices::{self, ListInvoices, Listed};
use crate::payments::{self, ListPayments, Taken};
use crate::testing::{a_customer, an_invoice, behind};
use coffer_kernel::{Actor, Role};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};

/// How many invoices and payments somebody is shown in all lists there are.
async fn shown(test: &TestBooks, actor: &Actor) -> (usize, usize) {
    let (mut invoices, mut payments) = (0, 0);
    for only in Listed::ALL.into_iter().map(Some).chain([None]) {
        for search in [None, Some("n".to_owned())] {
            let query = ListInvoices { only, search, ..ListInvoices::default() };
            invoices += invoices::list(&test.books, actor, query).await.unwrap().rows.len();
        }
    }
    invoices += invoices::pressing(&test.books, actor, 20).await.unwrap().rows.len();
    for only in [None, Some(Taken::Back)] {
        let query = ListPayments { only, ..ListPayments::default() };
        payments += payments::list(&test.books, actor, query).await.unwrap().rows.len();
    }
    (invoices, payments)
}

const SCOPE: &str = "scope_id = (SELECT n.scope_id FROM customer n ORDER BY n.id DESC LIMIT 1)";
const THEIRS: &str = "customer = (SELECT n.id FROM customer n ORDER BY n.id DESC LIMIT 1)";

/// What whoever writes the database does to show somebody of the same business what is not theirs.
fn attacks() -> Vec<String> {
    let (scope, theirs) = (SCOPE, THEIRS);
    vec![
        format!("UPDATE invoice SET {scope}"),
        format!("UPDATE invoice SET {scope}, {theirs}"),
        format!("UPDATE invoice SET {scope}; UPDATE invoice_standing SET {scope}"),
        format!("UPDATE invoice SET {scope}, {theirs}; UPDATE invoice_standing SET {scope}, {theirs}"),
        format!("UPDATE invoice SET {scope}; DELETE FROM invoice_standing"),
        format!("UPDATE invoice SET {scope}, status = 'draft'; DELETE FROM invoice_standing"),
        format!("UPDATE payment SET {scope}"),
        format!("UPDATE payment SET {scope}, {theirs}"),
        format!("UPDATE payment SET {scope}; DELETE FROM payment_allocation"),
    ]
}

const TABLES: [&str; 4] = ["invoice", "invoice_standing", "payment", "payment_allocation"];

fn put_back(test: &TestBooks) {
    for table in TABLES {
        behind(&test.home, &format!("DELETE FROM {table}"));
        behind(&test.home, &format!("INSERT INTO {table} SELECT * FROM whole_{table}"));
    }
}

// proves: C03.c, C43.a
#[test]
fn whoever_writes_a_scope_into_an_invoice_or_a_payment_shows_it_to_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, .. } = some_rows(&test).await;
        let (owner, sales) = (callers.owner(), callers.staff(Role::SalesRepresentative, 9));
        test.home.clock.advance_seconds(40 * 86_400);
        let own = a_customer(&test, &sales, "Their own").await;
        an_invoice(&test, &sales, &own).await;
        for table in TABLES {
            behind(&test.home, &format!("CREATE TABLE whole_{table} AS SELECT * FROM {table}"));
        }
        let (all, theirs) = (shown(&test, &owner).await, shown(&test, &sales).await);
        assert!(all.0 > theirs.0 && all.1 > 0 && theirs.0 > 0 && theirs.1 == 0, "{all:?} {theirs:?}");
        for attack in attacks() {
            behind(&test.home, &attack);
            let (invoices, payments) = shown(&test, &sales).await;
            assert!(invoices <= theirs.0 && payments == 0, "{attack}: {invoices} {payments}");
            put_back(&test);
            assert_eq!((shown(&test, &owner).await, shown(&test, &sales).await), (all, theirs), "{attack}");
        }
    });
}

// proves: C03.c
#[test]
fn a_list_goes_on_behind_what_it_leaves_out() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, draft, .. } = some_rows(&test).await;
        let owner = callers.owner();
        let listed = async |most, only| {
            let (mut after, mut all) = (None, Vec::new());
            loop {
                let query = ListInvoices { after, only, most: Some(most), ..ListInvoices::default() };
                let page = invoices::list(&test.books, &owner, query).await.unwrap();
                all.extend(page.rows.iter().map(|row| row.id));
                after = page.next;
                if after.is_none() {
                    return all;
                }
            }
        };
        let paid = async |most| {
            let (mut after, mut all) = (None, Vec::new());
            loop {
                let query = ListPayments { after, most: Some(most), ..ListPayments::default() };
                let page = payments::list(&test.books, &owner, query).await.unwrap();
                all.extend(page.rows.iter().map(|payment| payment.id));
                after = page.next;
                if after.is_none() {
                    return all;
                }
            }
        };
        let (before, received) = (listed(100, None).await, paid(100).await);
        behind(&test.home, "UPDATE invoice_tax SET tax = tax + 1");
        let without: Vec<_> = before.iter().copied().filter(|id| *id != draft).collect();
        assert!(before.contains(&draft));
        let issued = listed(100, None).await;
        assert!(
            !issued.contains(&draft) && issued.len() < before.len() && issued.iter().all(|id| without.contains(id))
        );
        behind(&test.home, "UPDATE payment SET minor = minor + 1 WHERE method = 'cash'");
        for most in [1, 2, 100] {
            assert_eq!(listed(most, None).await, issued, "{most} at a time");
            assert_eq!(listed(most, Some(Listed::Drafts)).await, [], "{most} at a time");
            assert_eq!(paid(most).await.len(), received.len() - 1, "{most} at a time");
        }
        behind(&test.home, "DELETE FROM payment_allocation");
        assert_eq!(paid(100).await, [], "what it counts on is a part of it");
        let named = found(&test, &callers).await;
        let payments = named.iter().filter(|finding| finding.to_string().starts_with("payment ")).count();
        assert_eq!(payments, received.len(), "the check names each: {named:?}");
    });
}
