//! The operations of money: what came in, what is owed, and what was paid beyond it.

use super::operation::{Need, Operation};
use crate::payments::{NewPayment, Payment, PaymentList, PaymentPage, PaymentQuery};
use crate::{ledger, overview, payments};
use coffer_billing::payments::{RecordRefused, ReverseRefused};
use coffer_kernel::Action;
use coffer_store::cursor::PageRefused;
use serde_json::json;

pub(super) fn of_payments() -> Vec<Operation> {
    let of_invoice = "/api/v1/invoices/{invoice}/payments";
    vec![
        Operation::get("/api/v1/payments", Action::ReadPayments, payments::list)
            .named("listAllPayments", "List payments, the newest received first")
            .asks::<PaymentQuery>()
            .answers::<PaymentPage>(200)
            .refuses::<PageRefused>(),
        Operation::get(of_invoice, Action::ReadPayments, payments::of_invoice)
            .named("listPayments", "List the payments that count on an invoice")
            .answers::<PaymentList>(200),
        Operation::post(of_invoice, Action::RecordPayment, payments::record)
            .named("recordPayment", "Record money that came in for an invoice")
            .details("What is paid beyond it is the customer's credit.")
            .takes::<NewPayment>(
                json!({ "amount": "100", "method": "transfer", "particulars": { "reference": "AN-2026-0001" } }),
            )
            .once(Need::Must)
            .answers::<Payment>(201)
            .refuses::<RecordRefused>(),
        Operation::post("/api/v1/payments/{payment}/reverse", Action::ReversePayment, payments::reverse)
            .named("reversePayment", "Take back a payment that was recorded")
            .details("It is never removed: another entry takes it back.")
            .bare()
            .answers::<Payment>(200)
            .refuses::<ReverseRefused>(),
    ]
}

pub(super) fn of_what_is_owed() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/overview", Action::ReadInvoices, overview::get)
            .named("getOverview", "What is owed and since when, what was billed and paid")
            .answers::<overview::Overview>(200),
        Operation::get("/api/v1/debts", Action::ReadInvoices, overview::debts)
            .named("listDebts", "List who owes what")
            .asks::<overview::DebtQuery>()
            .answers::<overview::DebtList>(200)
            .refuses::<PageRefused>(),
        Operation::get("/api/v1/credits", Action::ReadPayments, overview::credits)
            .named("listCredits", "List who paid more than they owe")
            .asks::<overview::CreditQuery>()
            .answers::<overview::CreditList>(200)
            .refuses::<PageRefused>(),
        Operation::get("/api/v1/ledger/balances", Action::ReadLedger, ledger::balances)
            .named("getTrialBalance", "The trial balance of the double-entry books")
            .answers::<ledger::TrialBalance>(200),
    ]
}
