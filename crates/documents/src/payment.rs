//! How a document is paid: the words and the code beside them, made of the same fields.

use crate::epc::{EpcCode, Modules};
use crate::genuine::in_fours;
use crate::numbers::{amount, date};
use crate::paper::Paper;
use crate::words::Words;
use coffer_billing::business::Account;
use coffer_kernel::money::Money;
use serde::Serialize;

/// The block that says it, as data.
#[derive(Serialize)]
pub(crate) struct Payment {
    title: String,
    facts: Vec<(&'static str, String)>,
    note: Option<&'static str>,
    code: Option<String>,
    side: usize,
    /// What stands in the place of the code, where one comes later.
    code_later: Option<&'static str>,
}

/// How it is paid. What is not to be paid says the same words, and has no code that an app could read.
pub(crate) fn payment(paper: &Paper<'_>, words: &Words) -> Option<Payment> {
    let (account, language) = (paper.account()?, paper.language());
    let due = paper.draft().totals.amount_due;
    if due.minor() <= 0 {
        return None;
    }
    let reference = match paper {
        Paper::Draft { .. } => words.number_later,
        Paper::Issued { pay, .. } => pay.map_or("", |pay| pay.reference.as_str()),
        Paper::Sample { issued, .. } | Paper::Voided { issued, .. } => &issued.number_text,
    };
    let modules = modules(account, due, reference);
    let (drawn, later) = if paper.is_real() { (modules, None) } else { (None, modules.map(|_| words.code_later)) };
    Some(Payment {
        title: format!("{} {}", words.pay_by, date(language, paper.due_on())),
        facts: vec![
            (words.pay_to, account.holder.clone()),
            (words.account, in_fours(&account.iban)),
            (words.amount, format!("{} {}", amount(language, due), due.currency())),
            (words.write, reference.to_owned()),
        ],
        note: drawn.is_some().then_some(words.code_note),
        side: drawn.as_ref().map_or(0, Modules::side),
        code: drawn.map(|drawn| drawn.path()),
        code_later: later,
    })
}

/// The code of a transfer, where there can be one.
fn modules(account: &Account, due: Money, reference: &str) -> Option<Modules> {
    if due.currency().to_string() != "EUR" {
        return None;
    }
    let code = EpcCode::new(&account.holder, &account.iban, account.bic.as_deref(), due.minor(), reference);
    code.ok()?.modules()
}
