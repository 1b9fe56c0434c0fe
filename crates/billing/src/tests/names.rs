//! A customer's name in lists of what is theirs.

use crate::customers::{self, ReviseCustomer};
use crate::insights::{NameThem, named};
use crate::invoices::content::Party;
use crate::invoices::{self, ListInvoices};
use crate::testing::{a_business, a_customer, an_invoice, behind};
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

// proves: C03.c
#[test]
fn a_name_that_was_put_back_is_shown_in_no_list() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let owner = callers.owner();
        let customer = a_customer(&test, &owner, "Maiden Name").await;
        let issued = an_invoice(&test, &owner, &customer).await;
        let invoice = issued.draft.id;
        let row = invoices::list(&test.books, &owner, ListInvoices::default()).await.unwrap().rows.remove(0);
        assert_eq!((row.issued_on, row.number), (Some(issued.issued_on), Some(issued.number_text.clone())));
        assert_ne!(Some(issued.due_on), row.issued_on, "two days that are not one");
        behind(&test.home, "CREATE TABLE older AS SELECT id, name FROM customer");
        let party = Party { name: "Married Name".to_owned(), ..Party::default() };
        let order = ReviseCustomer { customer: customer.id, version: None, party, currency: None, language: None };
        customers::revise(&test.books, &owner, order).await.unwrap();
        test.home.clock.advance_seconds(40 * 86_400);
        let names = async || {
            let listed = invoices::list(&test.books, &owner, ListInvoices::default()).await.unwrap().rows;
            let pressing = invoices::pressing(&test.books, &owner, 20).await.unwrap().rows;
            let asked = NameThem { invoices: [invoice].into(), customers: [customer.id].into(), ..NameThem::default() };
            let mut named = named(&test.books, &owner, asked).await.unwrap();
            let rows = listed
                .into_iter()
                .map(|row| row.customer_name)
                .chain(pressing.into_iter().map(|row| row.customer_name));
            let told = [named.invoices.remove(&invoice).unwrap().customer, named.customers.remove(&customer.id)];
            rows.chain(told).collect::<Vec<_>>()
        };
        assert_eq!(names().await, vec![Some("Married Name".to_owned()); 4]);
        behind(&test.home, "UPDATE customer SET name = (SELECT o.name FROM older o WHERE o.id = customer.id)");
        assert_eq!(names().await, vec![None; 4], "an older name of the same customer");
    });
}
