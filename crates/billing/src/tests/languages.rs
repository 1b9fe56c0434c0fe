//! A database that folds letters as its language does: what is sought is found all the same.

use crate::check::recompute;
use crate::customers::{FindCustomers, find};
use crate::invoices::{self, ListInvoices};
use crate::testing::{a_business_that_numbers, a_customer, an_invoice};
use coffer_store::STEPS;
use coffer_testkit::postgres::Server;
use coffer_testkit::{Home, TestBooks};

/// As `CREATE DATABASE` says it, and whether a small I is no i there.
const LANGUAGES: [(&str, &str); 2] = [("LOCALE_PROVIDER icu ICU_LOCALE 'tr'", "t"), ("LOCALE 'C'", "f")];

// proves: F8
#[test]
fn numbers_and_names_are_found_whatever_language_the_database_speaks() {
    for (language, otherwise) in LANGUAGES {
        let database = Server::shared().unwrap().database_speaking(language).unwrap();
        assert_eq!(database.query("SELECT lower('I') <> 'i'").unwrap().trim(), otherwise, "{language}");
        let address = database.address().clone();
        let home = Home::in_database(database, address, 7, STEPS, crate::AGGREGATES);
        let test = TestBooks { books: home.open(None).unwrap(), home };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(all_is_found(&test, language));
    }
}

async fn all_is_found(test: &TestBooks, language: &str) {
    let callers = a_business_that_numbers(test, 2, "INVI-").await;
    let clerk = callers.clerk();
    let customer = a_customer(test, &clerk, "IŞIK Irmak İnci").await;
    let number = an_invoice(test, &clerk, &customer).await.number_text;
    assert!(number.starts_with("INVI-"), "{number}");
    let invoices = async |typed: &str| {
        let search = ListInvoices { search: Some(typed.to_owned()), ..ListInvoices::default() };
        invoices::list(&test.books, &clerk, search).await.unwrap().rows.len()
    };
    for typed in ["invi-", "INVI-", "vI", number.as_str(), number.to_lowercase().as_str()] {
        assert_eq!(invoices(typed).await, 1, "{language}: {typed}");
    }
    for typed in ["isik", "IŞIK", "ışık", "irmak", "IRMAK", "İNCİ", "inci"] {
        let query = FindCustomers { text: typed.to_owned(), most: 4 };
        assert_eq!(find(&test.books, &clerk, query).await.unwrap().len(), 1, "{language}: {typed}");
        assert_eq!(invoices(typed).await, 1, "{language}: {typed}");
    }
    assert_eq!(invoices("invi-x").await, 0, "{language}");
    assert_eq!(test.books.check(callers.business).await.unwrap().findings, [], "{language}");
    assert_eq!(recompute(&test.books, &callers.operator()).await.unwrap(), [], "{language}");
}
