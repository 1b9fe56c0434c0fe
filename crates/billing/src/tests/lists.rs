//! Lists leave out what was altered, and go on behind it.

use super::rows::some_rows;
use crate::catalogue::{self, ListItems};
use crate::customers::{self, ListCustomers};
use crate::invoices;
use crate::testing::{a_customer, behind};
use coffer_kernel::{CustomerId, Role};
use coffer_store::{Refuse, STEPS};
use coffer_testkit::on_both_engines;

// proves: C03.c, C43.a
#[test]
fn whoever_writes_a_scope_or_a_price_into_a_row_shows_it_to_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let (owner, sales) = (rows.callers.owner(), rows.callers.staff(Role::SalesRepresentative, 9));
        for name in ["Second", "Third"] {
            a_customer(&test, &rows.callers.clerk(), name).await;
        }
        test.home.clock.advance_seconds(1);
        let own = a_customer(&test, &sales, "Their own").await;
        let listed = async |actor, most| {
            let (mut after, mut all): (_, Vec<CustomerId>) = (None, Vec::new());
            loop {
                let query = ListCustomers { after, most: Some(most) };
                let page = customers::list(&test.books, actor, query).await.unwrap();
                all.extend(page.rows.iter().map(|customer| customer.id));
                after = page.next;
                if after.is_none() {
                    return all;
                }
            }
        };
        let before = listed(&owner, 100).await;
        assert_eq!(listed(&sales, 100).await, [own.id]);
        behind(
            &test.home,
            "UPDATE customer SET scope_id = (SELECT n.scope_id FROM customer n ORDER BY n.id DESC LIMIT 1)",
        );
        assert_eq!(listed(&sales, 100).await, [own.id], "nothing of the others'");
        for most in [1, 2, 100] {
            assert_eq!(listed(&owner, most).await, [own.id], "{most} at a time: the altered ones are left out");
        }
        assert!(before.len() > 3);
        let items = async || catalogue::list(&test.books, &owner, ListItems::default()).await.unwrap().rows.len();
        assert!(items().await > 0);
        behind(&test.home, "UPDATE item SET net_price = '1'");
        assert_eq!(items().await, 0, "no line takes such a price");
    });
}

// proves: C59.a
#[test]
fn an_issued_invoice_whose_standing_is_gone_is_not_shown_as_if_it_were_not_void() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let owner = rows.callers.owner();
        assert!(invoices::see(&test.books, &owner, rows.issued).await.is_ok());
        behind(&test.home, "DELETE FROM invoice_standing");
        assert_eq!(invoices::see(&test.books, &owner, rows.issued).await.unwrap_err().code(), "row.altered");
    });
}
