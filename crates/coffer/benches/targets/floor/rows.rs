//! The rows that issuing the invoice of [`crate::installation::invoice`] writes, as wide as they are when sealed.

use coffer_billing::{invoices, ledger, settlement};

/// A cell of such a row.
#[derive(Clone)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(&'static str),
    Bytes(Vec<u8>),
}

/// A statement and what is bound to it.
pub(crate) type Statement = (&'static str, Vec<Cell>);

const RECEIPT: &str = "INSERT INTO receipt (business, receipt, request, result, at) VALUES ($1, $2, $3, $4, $5)";
const NUMBER: &str = "INSERT INTO number_series (business, series, value) VALUES ($1, $2, 1) \
     ON CONFLICT (business, series) DO UPDATE SET value = number_series.value + 1";
const RECORD: &str = "INSERT INTO log_record (business, seq, about, leaf) VALUES ($1, $2, $3, $4)";
const DETAIL: &str = "INSERT INTO log_detail (business, seq, id, subject, sealed) VALUES ($1, $2, $3, $4, $5)";
const SUM: &str = "INSERT INTO rollup (business, name, part, minor, count) VALUES ($1, 'account', $2, 1, 1) \
     ON CONFLICT (business, name, part) DO UPDATE SET minor = rollup.minor + 1, count = rollup.count + 1";

/// How many bytes the sealed content takes, the leaf of the record, and its sealed detail.
const CONTENT: usize = 1_400;
const LEAF: usize = 760;
const SEALED: usize = 120;

const ACCOUNTS: [&str; 4] = ["receivable", "revenue", "vat S 19", "vat S 7"];

/// All rows of the invoice with this number.
pub(crate) fn of_invoice(number: i64) -> Vec<Statement> {
    let business = Cell::Bytes(vec![9; 16]);
    let key = |kind: u8| Cell::Bytes(key(number, kind));
    let (one, day) = (Cell::Int(1), Cell::Text("2026-10-08"));
    let receipt = Cell::Bytes(scattered(number));
    let mut all = vec![
        (RECEIPT, vec![business.clone(), receipt, Cell::Bytes(vec![7; 32]), key(1), Cell::Int(number)]),
        (NUMBER, vec![business.clone(), Cell::Text("invoice 2026")]),
    ];
    let entry =
        vec![business.clone(), key(2), one.clone(), day.clone(), Cell::Text("issue"), key(1), Cell::Text("EUR")];
    all.push((ledger::AGGREGATE.root.insert, entry));
    for (place, account) in (0..).zip(ACCOUNTS) {
        let posting = vec![business.clone(), key(2), Cell::Int(place), Cell::Text(account), Cell::Int(11_900)];
        all.push((ledger::AGGREGATE.parts[0].insert, posting));
    }
    let customer = Cell::Bytes(vec![5; 16]);
    let standing =
        [business.clone(), key(1), one.clone(), customer.clone(), customer.clone(), Cell::Text("EUR"), day.clone()];
    let sums = [11_900, 11_900, 0].map(Cell::Int);
    let digest = || Cell::Bytes(vec![7; 16]);
    let delivery = [Cell::Text("not sent"), Cell::Null, Cell::Null, digest()];
    all.push((settlement::AGGREGATE.root.insert, [standing.as_slice(), &sums, &delivery].concat()));
    let head = [
        business.clone(),
        key(1),
        one.clone(),
        customer.clone(),
        customer,
        Cell::Text("issued"),
        Cell::Text("invoice 2026"),
    ];
    let dates = [Cell::Int(number), Cell::Text("AN-2026-0001"), day.clone(), day, Cell::Text("EUR"), one.clone()];
    let sums = [11_900; 9].map(Cell::Int);
    let sealed = [Cell::Bytes(vec![7; 32]), Cell::Bytes(vec![7; CONTENT]), digest()];
    all.push((invoices::AGGREGATE.root.insert, [head.as_slice(), &dates, &sums, &sealed].concat()));
    for (place, rate) in (0..).zip(["19", "7"]) {
        let tax = vec![
            business.clone(),
            key(1),
            Cell::Int(place),
            Cell::Text("S"),
            Cell::Text(rate),
            one.clone(),
            one.clone(),
        ];
        all.push((invoices::AGGREGATE.parts[0].insert, tax));
    }
    all.push((RECORD, vec![business.clone(), Cell::Int(number), key(1), Cell::Bytes(vec![7; LEAF])]));
    all.push((DETAIL, vec![business, Cell::Int(number), key(3), key(1), Cell::Bytes(vec![7; SEALED])]));
    all
}

/// What a commit adds once, however many invoices are in it.
pub(crate) fn of_commit() -> Vec<Statement> {
    ACCOUNTS.map(|account| (SUM, vec![Cell::Bytes(vec![9; 16]), Cell::Text(account)])).to_vec()
}

/// Ids grow, as ours do.
fn key(number: i64, kind: u8) -> Vec<u8> {
    let mut key = number.to_be_bytes().to_vec();
    key.extend([kind; 8]);
    key
}

/// Keyed hashes of idempotency keys do not.
fn scattered(number: i64) -> Vec<u8> {
    let mut state = number as u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state ^ (state >> 29)).to_be_bytes()
    };
    [next(), next(), next(), next()].concat()
}
