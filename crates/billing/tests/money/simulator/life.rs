//! A life: rounds of random acts, and what its callers know of them.

use super::act::{Act, Done, NotDone};
use coffer_billing::business::{FoundBusiness, found as found_business};
use coffer_billing::invoices::content::Content;
use coffer_kernel::{CustomerId, InvoiceId, PaymentId};
use coffer_store::{Books, Once};
use coffer_testkit::{Callers, Home, SeededEntropy, VirtualClock};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the callers noted, outside of the books.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Everything that was acknowledged, in the order of the answers.
    pub(super) acknowledged: Vec<Done>,
    /// What surely was not done.
    pub(super) refused: BTreeSet<String>,
}

pub(super) struct Life {
    chance: SeededEntropy,
    callers: Callers,
    clock: Arc<VirtualClock>,
    count: u64,
    customers: Vec<(CustomerId, i64)>,
    drafts: Vec<(InvoiceId, i64)>,
    issued: Vec<(InvoiceId, i64)>,
    payments: Vec<(PaymentId, InvoiceId)>,
    pub(super) known: Known,
}

/// Founds the business of a life.
pub(super) async fn found(books: &Books, callers: &Callers) {
    let particulars = serde_json::from_value(json!({ "name": "Atelier Nord", "vat_id": "DE318204977" })).unwrap();
    let order = FoundBusiness {
        country: "DE".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Berlin".into(),
        language: "de".into(),
        number_prefix: "AN-".into(),
        account: None,
        particulars,
    };
    found_business(books, &callers.operator(), order).await.unwrap();
}

impl Life {
    pub(super) fn new(seed: u64, callers: Callers, home: &Home) -> Self {
        Self {
            chance: SeededEntropy::new(seed.wrapping_mul(0x5851_f42d_4c95_7f2d)),
            callers,
            clock: Arc::clone(&home.clock),
            count: 0,
            customers: Vec::new(),
            drafts: Vec::new(),
            issued: Vec::new(),
            payments: Vec::new(),
            known: Known::default(),
        }
    }

    /// A few acts at once; now and then the log is signed, and days go by.
    pub(super) async fn round(&mut self, books: &Books) {
        let mut acts: Vec<Act> = (0..=self.chance.below(4)).map(|_| self.act()).collect();
        if self.chance.below(3) == 0 {
            // Pressed twice: the same act with the same key.
            acts.extend(acts.first().cloned());
        }
        let orders = acts.iter().cloned().map(|act| act.order(books, &self.callers));
        let answers = futures_util::future::join_all(orders).await;
        for (act, answer) in acts.iter().zip(answers) {
            self.note(act, answer);
        }
        if self.chance.below(5) == 0 {
            // What signing cannot do now it does the next time.
            drop(books.sign_log(self.callers.business).await);
        }
        self.clock.advance_seconds(i64::try_from(self.chance.below(3 * 86_400)).unwrap());
    }

    fn note(&mut self, act: &Act, answer: Result<Done, NotDone>) {
        match answer {
            Ok(done) => {
                match &done {
                    Done::Customer { id, version } => {
                        self.customers.retain(|(known, _)| known != id);
                        self.customers.push((*id, *version));
                    }
                    Done::Drafted { id, version, .. } => {
                        self.drafts.retain(|(known, _)| known != id);
                        self.drafts.push((*id, *version));
                    }
                    Done::Issued { id, due, .. } => {
                        self.drafts.retain(|(known, _)| known != id);
                        self.issued.push((*id, *due));
                    }
                    Done::Paid { id, invoice, .. } => self.payments.push((*id, *invoice)),
                    Done::Reversed { .. } | Done::Voided { .. } | Done::Sent { .. } => {}
                }
                self.known.acknowledged.push(done);
            }
            Err(NotDone { sure: true, code }) => {
                // A repeated key may be refused while its twin is done: that is no answer about the effect.
                if code != "idempotency_key.reused" {
                    self.known.refused.extend(act.token().map(str::to_owned));
                }
            }
            Err(NotDone { sure: false, .. }) => {}
        }
    }

    fn token(&mut self, what: &str) -> String {
        self.count += 1;
        format!("{what} {}", self.count)
    }

    fn once(token: &str) -> Once {
        Once { key: token.to_owned(), request: token.as_bytes().to_vec() }
    }

    fn one_of<T: Copy>(&self, all: &[T]) -> Option<T> {
        all.get(usize::try_from(self.chance.below(all.len() as u64)).unwrap()).copied()
    }

    /// Versions are wrong now and then.
    fn version(&self, version: i64) -> i64 {
        if self.chance.below(6) == 0 { version + 1 } else { version }
    }

    fn content(&mut self, token: &str) -> Content {
        let lines: Vec<_> = (0..=self.chance.below(3))
            .map(|_| {
                let (category, rate) = [("S", "19"), ("S", "7"), ("Z", "0")][usize::try_from(self.chance.below(3)).unwrap()];
                let (quantity, cents) = (self.chance.below(20) + 1, self.chance.below(90_000));
                json!({ "name": "Sign", "quantity": format!("{quantity}.5"), "net_price": format!("{}.{:03}", cents / 1_000, cents % 1_000),
                    "category": category, "rate": rate })
            })
            .collect();
        let mut content = json!({ "currency": "EUR", "lines": lines, "buyer_reference": token });
        if self.chance.below(3) == 0 {
            content["adjustments"] =
                json!([{ "kind": "allowance", "percent": "7.5", "reason": "agreed", "category": "S", "rate": "19" }]);
        }
        if self.chance.below(15) == 0 {
            content["lines"] = json!([]);
        }
        serde_json::from_value(content).unwrap()
    }

    fn act(&mut self) -> Act {
        let Some((customer, version)) = self.one_of(&self.customers) else {
            return Act::AddCustomer { name: self.token("customer") };
        };
        let (draft, issued) = (self.one_of(&self.drafts), self.one_of(&self.issued));
        let payment = self.one_of(&self.payments);
        match (self.chance.below(16), draft, issued, payment) {
            (0, ..) => Act::AddCustomer { name: self.token("customer") },
            (1, ..) => Act::ReviseCustomer { customer, version: self.version(version), name: self.token("customer") },
            (2, Some((invoice, version)), ..) => {
                let token = self.token("revised");
                Act::ReviseDraft { invoice, version: self.version(version), customer, content: self.content(&token) }
            }
            (3..=5, Some((invoice, version)), ..) => {
                let once = Self::once(&self.token("issue"));
                Act::Issue { invoice, version: Some(self.version(version)), once }
            }
            (6..=10, _, Some((invoice, due)), _) => {
                let token = self.token("payment");
                let minor = self.chance.below(due.unsigned_abs() * 5 / 4 + 2);
                let (amount, once) = (format!("{}.{:02}", minor / 100, minor % 100), Self::once(&token));
                Act::Pay { invoice, amount, token, once }
            }
            (11, _, _, Some((payment, invoice))) => Act::Reverse { payment, invoice },
            (12, _, Some((invoice, _)), _) => Act::Void { invoice },
            (13, _, Some((invoice, _)), _) => Act::MarkSent { invoice },
            (0..=14, ..) => {
                let token = self.token("invoice");
                Act::IssueAtOnce { customer, once: Self::once(&token), content: self.content(&token) }
            }
            _ => {
                let token = self.token("draft");
                Act::Draft { customer, once: Self::once(&token), content: self.content(&token) }
            }
        }
    }
}
