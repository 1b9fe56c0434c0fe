//! The ways on which one thing is shown, leaves or is changed.

use super::rows::{Rows, an_item, as_business, as_customer, as_letterhead, as_settings, paying};
use crate::delivery::letters::SendInvoice;
use crate::delivery::{MakeLink, letters, make_link, opened, rendition, settings};
use crate::invoices::{DeleteDraft, IssueInvoice, ReviseDraft, Unfinished, VoidInvoice};
use crate::payments::{Method, ReversePayment};
use crate::testing::an_order;
use crate::{business, catalogue, customers, invoices, letterhead, payments};
use coffer_kernel::{InvoiceId, Role, TypedId};
use coffer_store::Refuse;
use coffer_testkit::TestBooks;

fn code<T, E: Refuse>(outcome: Result<T, E>) -> &'static str {
    outcome.map_or_else(|refused| refused.code(), |_| "shown")
}

impl Rows {
    /// How each way of looking at it ends.
    pub(super) async fn show(&self, test: &TestBooks, table: &str, id: [u8; 16]) -> Vec<&'static str> {
        let (books, clerk, owner) = (&test.books, &self.callers.clerk(), &self.callers.owner());
        let printed = code(rendition::manuscript(books, &self.callers.system(), self.issued).await);
        let read = code(opened(books, &self.reader).await);
        let invoice = InvoiceId::from_bytes(id);
        match table {
            "business" => vec![code(business::get(books, owner).await), printed, read],
            "letterhead" => vec![code(letterhead::get(books, owner).await), printed, read],
            "customer" => vec![code(customers::get(books, clerk, self.customer.id).await), printed, read],
            "item" => vec![code(catalogue::get(books, clerk, self.item).await)],
            "invoice" if invoice == self.draft => vec![code(invoices::see(books, clerk, invoice).await)],
            "invoice" => vec![code(invoices::get(books, clerk, invoice).await), printed, read],
            "invoice_standing" => {
                let kept = code(rendition::kept(books, clerk, invoice).await);
                vec![code(invoices::see(books, clerk, invoice).await), kept, read]
            }
            "payment" => {
                let of = if id == self.cash.bytes() { self.paid_in_cash } else { self.issued };
                vec![code(payments::of_invoice(books, clerk, of).await)]
            }
            "delivery_settings" => {
                vec![code(settings::get(books, owner).await), code(settings::ways(books, clerk).await), printed]
            }
            "letter" => vec![code(letters::of_invoice(books, clerk, self.issued).await)],
            _ => panic!("nothing shows {table}"),
        }
    }

    /// How each command that changes it, or builds on it, ends.
    pub(super) async fn change(&self, test: &TestBooks, table: &str, id: [u8; 16]) -> Vec<&'static str> {
        let (books, clerk, owner) = (&test.books, &self.callers.clerk(), &self.callers.owner());
        let manager = &self.callers.staff(Role::FinanceManager, 1);
        let invoice = InvoiceId::from_bytes(id);
        let pay = paying(self.issued, "1".to_owned(), Method::Card);
        let issue = IssueInvoice { invoice: self.draft, version: None };
        let send = SendInvoice { invoice: self.issued, recipient: None, words: None };
        match table {
            "business" => vec![
                code(business::revise(books, owner, as_business(7)).await),
                code(payments::record(books, clerk, None, pay).await),
                code(invoices::issue(books, clerk, None, issue).await),
            ],
            "letterhead" => vec![code(letterhead::revise(books, owner, as_letterhead("#000000")).await)],
            "customer" => vec![
                code(customers::revise(books, clerk, as_customer(&self.customer)).await),
                code(invoices::issue(books, clerk, None, issue).await),
                code(letters::send(books, clerk, None, send).await),
            ],
            "item" => {
                let order = catalogue::ReviseItem { item: self.item, version: None, particulars: an_item("1") };
                let retire = catalogue::RetireItem { item: self.item };
                vec![
                    code(catalogue::revise(books, clerk, order).await),
                    code(catalogue::retire(books, clerk, retire).await),
                ]
            }
            "invoice" if invoice == self.draft => {
                let content = an_order(&self.customer).content;
                let order = ReviseDraft {
                    invoice,
                    version: None,
                    customer: self.customer.id,
                    content,
                    unfinished: Unfinished::default(),
                };
                vec![
                    code(invoices::revise(books, clerk, None, order).await),
                    code(invoices::issue(books, clerk, None, issue).await),
                    code(invoices::delete(books, clerk, DeleteDraft { invoice, version: None }).await),
                ]
            }
            "invoice" => vec![code(invoices::void(books, clerk, VoidInvoice { invoice }).await)],
            "invoice_standing" => vec![
                code(payments::record(books, clerk, None, pay).await),
                code(make_link(books, clerk, None, MakeLink { invoice }).await),
                code(letters::send(books, clerk, None, send).await),
            ],
            "payment" => {
                let payment = if id == self.cash.bytes() { self.cash } else { self.payment };
                vec![code(payments::reverse(books, manager, ReversePayment { payment }).await)]
            }
            "delivery_settings" => vec![
                code(settings::set_up(books, owner, as_settings("al@evil.example")).await),
                code(letters::send(books, clerk, None, send).await),
            ],
            "letter" => vec![code(letters::send(books, clerk, None, send).await)],
            _ => panic!("nothing changes {table}"),
        }
    }
}
