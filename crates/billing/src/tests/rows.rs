//! A business with two of everything that can be had twice, each written once and once more.

use crate::business::{self, ReviseBusiness};
use crate::catalogue::{self, AddItem, ReviseItem};
use crate::customers::{self, AddCustomer, Customer, ReviseCustomer};
use crate::delivery::letters::{self, Leave, SEND, SendInvoice};
use crate::delivery::settings::{self, MailSecurity, NewMail, Seen, SetUpDelivery};
use crate::delivery::{MakeLink, make_link, open};
use crate::invoices::{self, ReviseDraft, Unfinished};
use crate::letterhead::{self, Logo, Picture, ReviseLetterhead};
use crate::payments::{self, Method, RecordPayment};
use crate::testing::{a_business, an_invoice, an_order, token_of};
use coffer_identity::document_links::resume;
use coffer_kernel::{Actor, BusinessId, InvoiceId, ItemId, Mint, Origin, PaymentId, TypedId};
use coffer_testkit::{Callers, TestBooks};
use std::time::Duration;

pub(super) struct Rows {
    pub(super) callers: Callers,
    /// Whoever holds the link of the first invoice, and opened it.
    pub(super) reader: Actor,
    pub(super) customer: Customer,
    pub(super) item: ItemId,
    pub(super) issued: InvoiceId,
    pub(super) draft: InvoiceId,
    pub(super) payment: PaymentId,
    /// The other one, and on what it was paid.
    pub(super) cash: PaymentId,
    pub(super) paid_in_cash: InvoiceId,
    pub(super) letter: [u8; 16],
}

impl Rows {
    /// The ids that are tried of a table.
    pub(super) fn of(&self, table: &str) -> Vec<[u8; 16]> {
        match table {
            "business" | "letterhead" | "delivery_settings" => vec![self.callers.business.bytes()],
            "customer" => vec![self.customer.id.bytes()],
            "item" => vec![self.item.bytes()],
            "invoice" => vec![self.draft.bytes(), self.issued.bytes()],
            "invoice_standing" => vec![self.issued.bytes()],
            "payment" => vec![self.cash.bytes(), self.payment.bytes()],
            "letter" => vec![self.letter],
            _ => panic!("nothing tries {table}"),
        }
    }
}

pub(super) fn an_item(price: &str) -> catalogue::Particulars {
    let said =
        serde_json::json!({ "name": "Layout", "unit": "HUR", "net_price": price, "category": "S", "rate": "19" });
    serde_json::from_value(said).unwrap()
}

pub(super) fn as_business(terms_days: i64) -> ReviseBusiness {
    let particulars =
        serde_json::from_value(serde_json::json!({ "name": "Atelier Nord", "vat_id": "DE318204977" })).unwrap();
    ReviseBusiness {
        version: None,
        particulars,
        terms_days,
        numbering: None,
        language: None,
        account: business::Change::Stays,
        show_account: business::Change::Stays,
    }
}

pub(super) fn as_customer(customer: &Customer) -> ReviseCustomer {
    let (party, currency, language) = (customer.party.clone(), None, None);
    ReviseCustomer { customer: customer.id, version: None, party, currency, language }
}

pub(super) fn as_settings(sender: &str) -> SetUpDelivery {
    let mail = NewMail {
        host: "mail.ateliernord.example".into(),
        port: 587,
        security: MailSecurity::StartTls,
        user: None,
        password: None,
        authority: None,
        sender: sender.into(),
    };
    let public_url = Some("https://invoices.ateliernord.example".to_owned());
    SetUpDelivery { version: None, public_url, mail: Some(mail), seen: Seen::Reached }
}

pub(super) fn as_letterhead(accent: &str) -> ReviseLetterhead {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40".to_vec();
    png.extend([1; 64]);
    ReviseLetterhead { version: None, accent: Some(accent.parse().unwrap()), logo: Logo::New(Picture { png }) }
}

pub(super) const fn paying(invoice: InvoiceId, amount: String, method: Method) -> RecordPayment {
    let particulars = payments::Particulars { reference: None, note: None };
    RecordPayment { invoice, amount, received_on: None, method, particulars }
}

struct Side {
    customer: Customer,
    item: ItemId,
    issued: InvoiceId,
    draft: InvoiceId,
    payment: PaymentId,
    letter: [u8; 16],
}

/// What a customer leaves in the books.
async fn a_side(test: &TestBooks, clerk: &Actor, name: &str, (amount, method): (&str, Method)) -> Side {
    let party = serde_json::json!({ "name": name, "email": format!("{name}@example.org") });
    let new = AddCustomer { party: serde_json::from_value(party).unwrap(), currency: None, language: None };
    let customer = customers::add(&test.books, clerk, None, new).await.unwrap();
    let item = catalogue::add(&test.books, clerk, None, AddItem { particulars: an_item(amount) }).await.unwrap().id;
    let issued = an_invoice(test, clerk, &customer).await.draft.id;
    let draft = invoices::draft(&test.books, clerk, None, an_order(&customer)).await.unwrap().id();
    let paid = paying(issued, amount.to_owned(), method);
    let payment = payments::record(&test.books, clerk, None, paid).await.unwrap().id;
    let order = SendInvoice { invoice: issued, recipient: None, words: Some(name.to_owned()) };
    let letter = letters::send(&test.books, clerk, None, order).await.unwrap().id.bytes();
    test.home.clock.advance_seconds(86_400);
    Side { customer, item, issued, draft, payment, letter }
}

/// Everything once more: what stands now differs from what was kept.
async fn once_more(test: &TestBooks, callers: &Callers, side: &Side) {
    let (books, clerk) = (&test.books, callers.clerk());
    customers::revise(books, &clerk, as_customer(&side.customer)).await.unwrap();
    let particulars = an_item("120");
    catalogue::revise(books, &clerk, ReviseItem { item: side.item, version: None, particulars }).await.unwrap();
    let content = an_order(&side.customer).content;
    let again = ReviseDraft {
        invoice: side.draft,
        version: None,
        customer: side.customer.id,
        content,
        unfinished: Unfinished::default(),
    };
    invoices::revise(books, &clerk, None, again).await.unwrap();
    let claimed = books.claim(callers.business, SEND, Duration::from_secs(600), 1).await.unwrap().pop().unwrap();
    letters::leave(books, &callers.system(), Leave { claimed, printable: false }).await.unwrap();
}

async fn copied(test: &TestBooks, callers: &Callers, into: &str) {
    for table in crate::AGGREGATES.iter().filter(|of| of.held).map(|of| of.root.name) {
        let copy = format!("CREATE TABLE {into}_{table} AS SELECT * FROM {table}");
        super::execute(test, callers, copy, Vec::new()).await.unwrap();
    }
}

pub(super) async fn some_rows(test: &TestBooks) -> Rows {
    let installation = Callers::of(BusinessId::INSTALLATION).operator();
    coffer_identity::found_installation(&test.books, &installation).await.unwrap();
    let callers = a_business(test, 2).await;
    let (owner, clerk) = (callers.owner(), callers.clerk());
    letterhead::revise(&test.books, &owner, as_letterhead("#0a5564")).await.unwrap();
    settings::set_up(&test.books, &owner, as_settings("billing@ateliernord.example")).await.unwrap();
    let first = a_side(test, &clerk, "vogel", ("50", Method::Transfer)).await;
    let second = a_side(test, &clerk, "koch", ("60", Method::Cash)).await;
    copied(test, &callers, "kept").await;
    business::revise(&test.books, &owner, as_business(30)).await.unwrap();
    letterhead::revise(&test.books, &owner, as_letterhead("#123456")).await.unwrap();
    settings::set_up(&test.books, &owner, as_settings("rechnung@ateliernord.example")).await.unwrap();
    for side in [&first, &second] {
        once_more(test, &callers, side).await;
    }
    let link = make_link(&test.books, &clerk, None, MakeLink { invoice: first.issued }).await.unwrap();
    let reader = resume(&test.books, &Mint::claim(), token_of(&link), Origin::default()).await.unwrap();
    open(&test.books, &reader).await.unwrap();
    copied(test, &callers, "now").await;
    Rows {
        callers,
        reader,
        customer: first.customer,
        item: first.item,
        issued: first.issued,
        draft: first.draft,
        payment: first.payment,
        cash: second.payment,
        paid_in_cash: second.issued,
        letter: first.letter,
    }
}
