#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::invoices::{DraftInvoice, draft, get as get_invoice};
use crate::testing::{a_business, a_customer, an_order};
use coffer_kernel::{Actor, Refuse, Role};
use coffer_store::{Once, STEPS};
use coffer_testkit::{TestBooks, on_both_engines};
use serde_json::json;

fn said(name: &str, price: &str) -> Particulars {
    let said = json!({ "name": name, "unit": "HUR", "net_price": price, "category": "S", "rate": "19" });
    serde_json::from_value(said).unwrap()
}

async fn an_item(test: &TestBooks, actor: &Actor, name: &str, price: &str) -> Item {
    add(&test.books, actor, None, AddItem { particulars: said(name, price) }).await.unwrap()
}

// proves: A2
#[test]
fn an_item_is_copied_so_that_the_past_stays() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let item = an_item(&test, &clerk, "Layout", "95.50").await;
        assert_eq!(item.currency.code(), "EUR", "the business's");
        let mut order: DraftInvoice = an_order(&customer);
        order.content.lines = vec![item.line("2.5".parse().unwrap())];
        let drafted = draft(&test.books, &clerk, None, order).await.unwrap();
        assert_eq!(drafted.draft().totals.net_total.to_string(), "238.75 EUR");
        let dearer = ReviseItem { item: item.id, version: Some(1), particulars: said("Layout", "120") };
        let revised = revise(&test.books, &clerk, dearer.clone()).await.unwrap();
        assert_eq!((revised.version, revised.line(1.into()).net_price.to_string()), (2, "120".into()));
        assert_eq!(revise(&test.books, &clerk, dearer).await.unwrap_err().code(), "stale");
        assert_eq!(get_invoice(&test.books, &clerk, drafted.id()).await.unwrap(), drafted, "the draft is as it was");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: A2
#[test]
fn items_are_listed_found_and_retired() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        for name in ["Shop sign", "Sign, small", "Pattern book"] {
            an_item(&test, &clerk, name, "10").await;
            test.home.clock.advance_seconds(1);
        }
        let names = |items: &[Item]| items.iter().map(|item| item.particulars.name.clone()).collect::<Vec<_>>();
        let seller = callers.staff(Role::SalesRepresentative, 1);
        let like = |like: &str| FindItems { like: like.into(), most: None };
        assert_eq!(names(&find(&test.books, &seller, like(" SÍGN")).await.unwrap()), ["Sign, small", "Shop sign"]);
        assert!(find(&test.books, &seller, like("nothing")).await.unwrap().is_empty());
        let first = list(&test.books, &seller, ListItems { after: None, most: Some(2) }).await.unwrap();
        assert_eq!(names(&first.rows), ["Pattern book", "Sign, small"]);
        let rest = list(&test.books, &seller, ListItems { after: first.next, most: Some(2) }).await.unwrap();
        assert_eq!((names(&rest.rows), rest.next), (vec!["Shop sign".to_owned()], None));
        let gone = RetireItem { item: first.rows[0].id };
        assert_eq!(retire(&test.books, &seller, gone).await.unwrap_err().code(), "role.not_allowed");
        retire(&test.books, &clerk, gone).await.unwrap();
        assert_eq!(retire(&test.books, &clerk, gone).await.unwrap_err().code(), "item.retired");
        let changed = ReviseItem { item: gone.item, version: None, particulars: said("Book", "1") };
        assert_eq!(revise(&test.books, &clerk, changed).await.unwrap_err().code(), "item.retired");
        assert!(find(&test.books, &seller, like("book")).await.unwrap().is_empty(), "offered no more");
        assert!(get(&test.books, &seller, gone.item).await.unwrap().retired_at.is_some(), "and still to be read");
        let elsewhere = a_business(&test, 3).await;
        assert_eq!(get(&test.books, &elsewhere.owner(), gone.item).await.unwrap_err().code(), "not_found");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: A2, C54.g
#[test]
fn what_could_not_stand_on_a_line_is_refused_at_its_field() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let cases = [
            ("/name", "item.name_missing", Particulars { name: " ".into(), ..said("x", "1") }),
            ("/name", "text.too_long", Particulars { name: "x".repeat(501), ..said("x", "1") }),
            (
                "/description",
                "text.card_number",
                Particulars { description: Some("4111 1111 1111 1111 12/27".into()), ..said("x", "1") },
            ),
            ("/unit", "item.unit_unfit", Particulars { unit: "hours".into(), ..said("x", "1") }),
            ("/net_price", "item.price_unfit", said("x", "-1")),
            ("/rate", "item.rate_unfit", Particulars { rate: 0.into(), ..said("x", "1") }),
            ("/rate", "item.rate_unfit", Particulars { category: TaxCategory::E, ..said("x", "1") }),
        ];
        for (pointer, code, particulars) in cases {
            let refused = add(&test.books, &clerk, None, AddItem { particulars }).await.unwrap_err();
            assert_eq!((refused.code(), refused.pointers()[0].pointer.as_str()), (code, pointer));
        }
        let once = || Some(Once { key: "one".into(), request: b"same".to_vec() });
        let order = || AddItem { particulars: said("Layout", "95") };
        let twice = [add(&test.books, &clerk, once(), order()).await, add(&test.books, &clerk, once(), order()).await];
        assert_eq!(twice[0], twice[1], "the same request adds one item");
        let all = list(&test.books, &clerk, ListItems::default()).await.unwrap();
        assert_eq!(all.rows.len(), 1);
    });
}
