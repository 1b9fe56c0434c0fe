//! What fits more customers than one statement asks for, and more than are asked one by one.

use super::*;

/// As many in all, every other of the representative's; fewer are in the south.
const CUSTOMERS: usize = 40;
const IN_THE_SOUTH: usize = 18;

/// Two invoices of each: drafts, void, sent, paid in full, late and not late.
async fn invoices_of_many(test: &TestBooks, clerk: &Actor, seller: &Actor) {
    let mut customers = Vec::new();
    for number in 0..CUSTOMERS {
        let of = if number % 2 == 0 { clerk } else { seller };
        let place = if number < IN_THE_SOUTH { "Süd" } else { "Nord" };
        customers.push(a_customer(test, of, &format!("Markt {place} {number}")).await);
    }
    for (number, customer) in (0_i64..).zip(customers.iter().chain(customers.iter().rev())) {
        let mut order = an_order(customer);
        let today = test.home.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let days = if number % 5 == 0 { 40 } else { 2 + number * 7 % 4 };
        order.content.due_on = today.checked_add(jiff::Span::new().days(days)).ok();
        test.home.clock.advance_seconds(1);
        if number % 7 == 0 {
            draft(&test.books, clerk, None, order).await.unwrap();
            continue;
        }
        let invoice = issue_at_once(&test.books, clerk, None, IssueAtOnce(order)).await.unwrap().draft().id;
        match number % 7 {
            1 => drop(void(&test.books, clerk, VoidInvoice { invoice }).await.unwrap()),
            2 => drop(mark_sent(&test.books, clerk, MarkSent { invoice, sent_on: None }).await.unwrap()),
            3 => {
                let (amount, method) = ("119".to_owned(), Method::Cash);
                let particulars = Particulars::default();
                let paying = RecordPayment { invoice, amount, received_on: None, method, particulars };
                record(&test.books, clerk, None, paying).await.unwrap();
            }
            _ => {}
        }
    }
    test.home.clock.advance_seconds(10 * 24 * 60 * 60);
}

/// Holds that what is found in this list, on pages of either size, is what the whole list has of it: a text, and of whose name and
/// of which number it is a part.
async fn is_held(
    test: &TestBooks,
    actor: &Actor,
    list: &ListInvoices,
    (text, name, part): (&str, &str, &str),
    all: &[Row],
) {
    let fits = |row: &&Row| {
        let number = row.number.as_deref().is_some_and(|number| number.contains(part));
        number || row.customer_name.as_deref().is_some_and(|called| called.contains(name))
    };
    let mut expected: Vec<Row> = all.iter().filter(fits).cloned().collect();
    let search = ListInvoices { search: Some(text.to_owned()), ..list.clone() };
    for most in [3, 60] {
        let query = ListInvoices { most: Some(most), ..search.clone() };
        assert_eq!(pages(test, actor, query).await, expected, "{:?} {text} {most}", list.only);
    }
    let Some(customer) = expected.first().map(|row| row.customer) else { return };
    expected.retain(|row| row.customer == customer);
    let query = ListInvoices { customer: Some(customer), ..search };
    assert_eq!(pages(test, actor, query).await, expected, "{:?} {text} of one", list.only);
}

// proves: D8, C43.c
#[test]
fn what_fits_many_customers_is_what_the_whole_list_has_of_it_in_its_order() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let seller = callers.staff(Role::SalesRepresentative, 1);
        invoices_of_many(&test, &callers.clerk(), &seller).await;
        for (actor, theirs) in [(callers.owner(), 2 * CUSTOMERS), (seller, CUSTOMERS)] {
            for only in std::iter::once(None).chain(Listed::ALL.map(Some)) {
                let list = ListInvoices { only, ..ListInvoices::default() };
                let all = pages(&test, &actor, list.clone()).await;
                assert!(if only.is_none() { all.len() == theirs } else { all.len() > 2 }, "{only:?} {}", all.len());
                for sought in
                    [("markt", "Markt", "no"), ("süd", "Süd", "no"), ("nord 3", "Nord 3", "no"), ("2", "2", "2")]
                {
                    is_held(&test, &actor, &list, sought, &all).await;
                }
            }
        }
    });
}
