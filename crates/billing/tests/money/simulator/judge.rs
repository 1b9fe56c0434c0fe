//! The judgement after a life, from outside: queries, the checker, and what the callers noted.

use super::act::Done;
use super::life::Known;
use coffer_billing::invoices::{self, Invoice, ListInvoices, Seen};
use coffer_billing::payments::{self, Payment};
use coffer_billing::{check, customers, ledger};
use coffer_kernel::{InvoiceId, Role};
use coffer_store::Books;
use coffer_testkit::Callers;
use std::collections::{BTreeMap, BTreeSet};

/// An invoice with everything that counts on it.
struct Found {
    seen: Seen,
    payments: Vec<Payment>,
}

impl Found {
    fn token(&self) -> &str {
        self.seen.invoice.draft().content.buyer_reference.as_deref().unwrap_or_default()
    }
    fn paid(&self) -> i64 {
        self.payments.iter().filter(|payment| payment.reversed_on.is_none()).map(|payment| payment.amount.minor()).sum()
    }
}

pub(super) async fn judge(books: &Books, callers: &Callers, known: &Known, told: &str) {
    let all = everything(books, callers).await;
    numbers_have_no_gaps(&all, told);
    standings_are_their_recomputation(&all, told);
    accounts_agree(books, callers, &all, told).await;
    for done in &known.acknowledged {
        present(books, callers, &all, done, told).await;
    }
    nothing_refused_is_there(&all, known, told);
    books.sign_log(callers.business).await.unwrap();
    let checked = books.check(callers.business).await.unwrap();
    assert_eq!(checked.findings, vec![], "{told}: log and rows");
}

async fn everything(books: &Books, callers: &Callers) -> BTreeMap<InvoiceId, Found> {
    let auditor = callers.auditor();
    let mut all = BTreeMap::new();
    let mut query = ListInvoices { most: Some(100), ..ListInvoices::default() };
    loop {
        let page = invoices::list(books, &auditor, query.clone()).await.unwrap();
        for row in &page.rows {
            let seen = invoices::see(books, &auditor, row.id).await.unwrap();
            assert_eq!(row.standing, seen.standing, "the list and the invoice say the same");
            let payments = payments::of_invoice(books, &auditor, row.id).await.unwrap();
            all.insert(row.id, Found { seen, payments });
        }
        let Some(next) = page.next else { return all };
        query.after = Some(next);
    }
}

fn numbers_have_no_gaps(all: &BTreeMap<InvoiceId, Found>, told: &str) {
    let mut series = BTreeMap::<String, Vec<i64>>::new();
    for found in all.values() {
        if let Invoice::Issued(issued) = &found.seen.invoice {
            series.entry(issued.series.clone()).or_default().push(issued.number);
        }
    }
    for (name, mut numbers) in series {
        numbers.sort_unstable();
        let expected: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
        assert_eq!(numbers, expected, "{told}: series {name}");
    }
}

fn standings_are_their_recomputation(all: &BTreeMap<InvoiceId, Found>, told: &str) {
    for (id, found) in all {
        let Some(standing) = &found.seen.standing else {
            assert!(found.payments.is_empty(), "{told}: nobody pays a draft");
            continue;
        };
        let (due, paid) = (found.seen.invoice.draft().totals.amount_due.minor(), found.paid());
        let open = if standing.voided_on.is_some() { 0 } else { (due - paid).max(0) };
        let over = (paid - due.max(0)).max(0);
        assert_eq!(
            (standing.due.minor(), standing.open.minor(), standing.over.minor()),
            (due, open, over),
            "{told}: {id}"
        );
        let counted: i64 =
            found.payments.iter().filter(|part| part.reversed_on.is_none()).map(|part| part.counted().minor()).sum();
        assert_eq!(counted, paid.min(due.max(0)), "{told}: what counts on {id}");
    }
}

async fn accounts_agree(books: &Books, callers: &Callers, all: &BTreeMap<InvoiceId, Found>, told: &str) {
    let manager = callers.staff(Role::FinanceManager, 1);
    let balances = ledger::balances(books, &manager).await.unwrap();
    let balance = |account: &str| {
        balances.iter().filter(|balance| balance.account == account).map(|balance| balance.amount.minor()).sum::<i64>()
    };
    assert_eq!(balances.iter().map(|balance| balance.amount.minor()).sum::<i64>(), 0, "{told}: the books balance");
    let operator = callers.operator();
    assert_eq!(ledger::differences(books, &operator).await.unwrap(), Vec::<String>::new(), "{told}");
    assert_eq!(check::recompute(books, &operator).await.unwrap(), vec![], "{told}: worked out once more, in one look");
    let standings = || all.values().filter_map(|found| found.seen.standing.as_ref());
    assert_eq!(balance("receivable"), standings().map(|standing| standing.open.minor()).sum::<i64>(), "{told}: owed");
    assert_eq!(
        balance("customer credit"),
        -standings().map(|standing| standing.over.minor()).sum::<i64>(),
        "{told}: credit"
    );
    assert_eq!(balance("bank"), all.values().map(Found::paid).sum::<i64>(), "{told}: bank");
    let earned =
        all.values().filter(|found| found.seen.standing.as_ref().is_some_and(|standing| standing.voided_on.is_none()));
    let earned: i64 = earned.map(|found| found.seen.invoice.draft().totals.net_total.minor()).sum();
    assert_eq!(balance("revenue"), -earned, "{told}: revenue");
}

async fn present(books: &Books, callers: &Callers, all: &BTreeMap<InvoiceId, Found>, done: &Done, told: &str) {
    let lost = || format!("{told}: acknowledged and lost: {done:?}");
    let payment = |id, invoice: &InvoiceId| all[invoice].payments.iter().find(|payment| payment.id == id);
    let holds = match done {
        Done::Customer { id, version } => {
            customers::get(books, &callers.clerk(), *id).await.is_ok_and(|found| found.version >= *version)
        }
        Done::Drafted { id, version, .. } => all.get(id).is_some_and(|found| found.seen.invoice.version() >= *version),
        Done::Issued { id, number, token, due } => all.get(id).is_some_and(|found| match &found.seen.invoice {
            Invoice::Draft(_) => false,
            Invoice::Issued(issued) => {
                issued.number_text == *number
                    && found.token() == token
                    && issued.draft.totals.amount_due.minor() == *due
            }
        }),
        Done::Paid { id, invoice, minor, .. } => {
            payment(*id, invoice).is_some_and(|found| found.amount.minor() == *minor)
        }
        Done::Reversed { payment: id, invoice } => {
            payment(*id, invoice).is_some_and(|found| found.reversed_on.is_some())
        }
        Done::Voided { invoice } => standing(all, invoice).is_some_and(|standing| standing.voided_on.is_some()),
        Done::Sent { invoice } => standing(all, invoice).is_some_and(|standing| standing.delivered_on.is_some()),
    };
    assert!(holds, "{}", lost());
}

fn standing<'a>(
    all: &'a BTreeMap<InvoiceId, Found>,
    invoice: &InvoiceId,
) -> Option<&'a coffer_billing::settlement::Standing> {
    all.get(invoice)?.seen.standing.as_ref()
}

/// What was refused left nothing, and what was ordered twice with one key was done once.
fn nothing_refused_is_there(all: &BTreeMap<InvoiceId, Found>, known: &Known, told: &str) {
    let documents = all.values().map(Found::token).map(str::to_owned);
    let references = |found: &Found| {
        found.payments.iter().filter_map(|payment| payment.particulars.reference.clone()).collect::<Vec<_>>()
    };
    let tokens: Vec<String> = documents.chain(all.values().flat_map(references)).collect();
    let once: BTreeSet<&String> = tokens.iter().collect();
    assert_eq!(once.len(), tokens.len(), "{told}: done twice: {tokens:?}");
    let ghosts: Vec<&&String> = once.iter().filter(|token| known.refused.contains(**token)).collect();
    assert!(ghosts.is_empty(), "{told}: refused and there all the same: {ghosts:?}");
}
