//! The API: every operation, and the description made of them.
//!
//! [`operations`] is what is served and what is described: an operation that is not described cannot be served, and
//! `docs/openapi.json` is held against it by a test.

mod document;
pub(crate) mod domain;
mod household;
mod money;
mod operation;
mod problems;
pub(crate) mod shape;

pub use document::{document, document_text};

use crate::business::letterhead::{Letterhead, NewLetterhead};
use crate::catalogue::{Item, ItemPage, ItemQuery};
use crate::customers::{CustomerFile, CustomerPage, CustomerQuery, ImportReport, NewCustomer};
use crate::delivery::letters::{self, Letter, LetterList, NewLetter};
use crate::delivery::links::{self, EndedLinks, MadeLink};
use crate::delivery::trial::TrialRefused;
use crate::delivery::{Delivery, NewDelivery, Trial};
use crate::invoices::{InvoicePage, InvoiceQuery, NewInvoice};
use crate::{business, catalogue, customers, delivery, invoices};
use axum::http::header;
use axum::response::IntoResponse;
use coffer_billing::catalogue::{AddRefused as ItemRefused, Particulars as NewItem, RetireRefused};
use coffer_billing::customers::AddRefused;
use coffer_billing::delivery::letters::SendRefused;
use coffer_billing::delivery::rendition::RenditionRefused;
use coffer_billing::delivery::settings::SetUpRefused;
use coffer_billing::delivery::{EndLinksRefused, LinkRefused, MarkRefused};
use coffer_billing::import::{ImportRefused, TableRefused};
use coffer_billing::invoices::{DeleteRefused, DraftRefused, IssueRefused, VoidRefused};
use coffer_documents::{KeepRefused, LogoRefused};
use coffer_kernel::{Action, Reason};
use coffer_store::cursor::PageRefused;
use operation::{Need, Operation};
use serde_json::{Value, json};

type Business = business::Business;
type Customer = customers::Customer;
type Invoice = invoices::Invoice<'static>;

/// Every operation, in the order of the description.
pub(crate) fn operations() -> Vec<Operation> {
    [
        of_customers(),
        of_the_catalogue(),
        of_invoices(),
        of_delivery(),
        money::of_payments(),
        money::of_what_is_owed(),
        of_the_business(),
        household::of_people_and_keys(),
        household::of_safekeeping(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_customers() -> Vec<Operation> {
    let (list, one) = ("/api/v1/customers", "/api/v1/customers/{customer}");
    let example =
        || json!({ "party": { "name": "Bäckerei Vogel", "city": "Leipzig", "country": "DE" }, "language": "de" });
    vec![
        Operation::get(list, Action::ReadCustomers, customers::list)
            .named("listCustomers", "List customers, newest first, or find them by a part of their names")
            .asks::<CustomerQuery>()
            .answers::<CustomerPage>(200)
            .refuses::<PageRefused>(),
        Operation::post(list, Action::AddCustomer, customers::add)
            .named("addCustomer", "Add a customer")
            .takes::<NewCustomer>(example())
            .once(Need::May)
            .answers::<Customer>(201)
            .versioned()
            .refuses::<AddRefused>(),
        Operation::post("/api/v1/customers/import", Action::ImportCustomers, customers::import)
            .named("importCustomers", "Add customers from a file")
            .details("It may be sent again: rows that are there stay as they are.")
            .takes::<CustomerFile>(json!({ "csv": "name,city\nBäckerei Vogel,Leipzig\n", "dry_run": true }))
            .answers::<ImportReport>(200)
            .refuses::<TableRefused>()
            .refuses::<ImportRefused>(),
        Operation::get(one, Action::ReadCustomers, customers::get)
            .named("getCustomer", "Get a customer")
            .answers::<Customer>(200)
            .versioned(),
        Operation::put(one, Action::ReviseCustomer, customers::revise)
            .named("reviseCustomer", "Change a customer")
            .details("What was issued to them stays as it was.")
            .takes::<NewCustomer>(example())
            .if_match()
            .answers::<Customer>(200)
            .versioned()
            .refuses::<AddRefused>(),
    ]
}

fn of_the_catalogue() -> Vec<Operation> {
    let (list, one) = ("/api/v1/items", "/api/v1/items/{item}");
    let example = || json!({ "name": "Shop sign", "net_price": "95", "category": "S", "rate": "19" });
    vec![
        Operation::get(list, Action::ReadCatalogue, catalogue::list)
            .named("listItems", "List the catalogue, or find items by letters of their names")
            .asks::<ItemQuery>()
            .answers::<ItemPage>(200)
            .refuses::<PageRefused>(),
        Operation::post(list, Action::AddItem, catalogue::add)
            .named("addItem", "Add to the catalogue")
            .takes::<NewItem>(example())
            .once(Need::May)
            .answers::<Item>(201)
            .versioned()
            .refuses::<ItemRefused>(),
        Operation::get(one, Action::ReadCatalogue, catalogue::get)
            .named("getItem", "Get an item of the catalogue")
            .answers::<Item>(200)
            .versioned(),
        Operation::put(one, Action::ReviseItem, catalogue::revise)
            .named("reviseItem", "Change an item of the catalogue")
            .details("Lines that it was copied into stay as they are.")
            .takes::<NewItem>(example())
            .if_match()
            .answers::<Item>(200)
            .versioned()
            .refuses::<ItemRefused>(),
        Operation::post("/api/v1/items/{item}/retire", Action::ReviseItem, catalogue::retire)
            .named("retireItem", "Sell an item no more")
            .bare()
            .answers::<Item>(200)
            .versioned()
            .refuses::<RetireRefused>(),
    ]
}

/// An invoice that can be issued as it stands. Its customer is to be replaced by one that is there.
fn an_invoice() -> Value {
    json!({ "customer": "cus_00000000000000000000000000", "content": { "currency": "EUR", "lines": [
        { "name": "Shop sign", "quantity": "18", "net_price": "95", "category": "S", "rate": "19" } ]}})
}

fn of_invoices() -> Vec<Operation> {
    [drafting(), issuing()].into_iter().flatten().collect()
}

fn drafting() -> Vec<Operation> {
    let (list, one) = ("/api/v1/invoices", "/api/v1/invoices/{invoice}");
    vec![
        Operation::get(list, Action::ReadInvoices, invoices::list)
            .named("listInvoices", "List or find invoices, newest first; of what is overdue, the longest overdue first")
            .asks::<InvoiceQuery>()
            .answers::<InvoicePage>(200)
            .refuses::<PageRefused>(),
        Operation::post(list, Action::DraftInvoice, invoices::draft)
            .named("draftInvoice", "Draft an invoice")
            .takes::<NewInvoice>(an_invoice())
            .once(Need::May)
            .answers::<Invoice>(201)
            .versioned()
            .refuses::<DraftRefused>(),
        Operation::get(one, Action::ReadInvoices, invoices::get)
            .named("getInvoice", "Get an invoice, and how it stands")
            .answers::<Invoice>(200)
            .versioned(),
        Operation::put(one, Action::ReviseInvoice, invoices::revise)
            .named("reviseInvoice", "Change a draft")
            .takes::<NewInvoice>(an_invoice())
            .if_match()
            .answers::<Invoice>(200)
            .versioned()
            .refuses::<IssueRefused>(),
        Operation::delete(one, Action::DeleteDraft, invoices::delete)
            .named("deleteDraft", "Delete a draft")
            .details("What was issued stays: it is voided while nobody has it, or put right by a second invoice.")
            .if_match()
            .answers_nothing()
            .refuses::<DeleteRefused>(),
        Operation::get("/api/v1/invoices/{invoice}/pdf", Action::ReadInvoices, invoices::pdf)
            .named("printInvoice", "Get an invoice as a PDF")
            .details("An issued one as it was first printed; a draft is marked as one.")
            .answers_pdf()
            .refuses::<KeepRefused>()
            .refuses::<RenditionRefused>(),
    ]
}

fn issuing() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/invoices/issue", Action::IssueInvoice, invoices::issue_at_once)
            .named("issueAtOnce", "Draft and issue an invoice in one step")
            .details("It gets the next number and can no longer be changed.")
            .takes::<NewInvoice>(an_invoice())
            .once(Need::Must)
            .answers::<Invoice>(201)
            .versioned()
            .refuses::<IssueRefused>(),
        Operation::post("/api/v1/invoices/{invoice}/issue", Action::IssueInvoice, invoices::issue)
            .named("issueInvoice", "Issue a draft")
            .details("It gets the next number and can no longer be changed.")
            .bare()
            .once(Need::May)
            .if_match()
            .answers::<Invoice>(200)
            .versioned()
            .refuses::<IssueRefused>(),
        Operation::post("/api/v1/invoices/{invoice}/void", Action::VoidInvoice, invoices::void)
            .named("voidInvoice", "Void an invoice that reached nobody")
            .details("Number and content stay; the books are put right by another entry.")
            .bare()
            .answers::<Invoice>(200)
            .versioned()
            .refuses::<VoidRefused>(),
        Operation::post("/api/v1/invoices/{invoice}/mark-sent", Action::SendInvoice, invoices::mark_sent)
            .named("markInvoiceSent", "Say that an invoice was handed over")
            .details("Today, or on an earlier day since it was issued.")
            .may_take::<invoices::Sent>(json!({ "sent_on": null }))
            .answers::<Invoice>(200)
            .versioned()
            .refuses::<MarkRefused>(),
    ]
}

fn of_delivery() -> Vec<Operation> {
    let settings = "/api/v1/settings/delivery";
    vec![
        Operation::post("/api/v1/invoices/{invoice}/send", Action::SendInvoice, letters::send)
            .named("sendInvoice", "Send an invoice by mail, as a link to the one document that was printed")
            .details("It leaves by itself and is tried again where that helps; see its letters.")
            .takes::<NewLetter>(json!({ "words": "Thank you for your order." }))
            .once(Need::May)
            .answers::<Letter>(202)
            .refuses::<SendRefused>(),
        Operation::post("/api/v1/invoices/{invoice}/links", Action::SendInvoice, links::make)
            .named("makeLink", "Make a link to an invoice, to be handed over")
            .details("The link is shown once: a repetition makes no other one, and is told so.")
            .bare()
            .once(Need::May)
            .answers::<MadeLink>(201)
            .refuses::<LinkRefused>(),
        Operation::post("/api/v1/invoices/{invoice}/links/end", Action::SendInvoice, links::end)
            .named("endLinks", "End every link to an invoice, those in letters included")
            .bare()
            .answers::<EndedLinks>(200)
            .refuses::<EndLinksRefused>(),
        Operation::get("/api/v1/invoices/{invoice}/letters", Action::ReadInvoices, letters::of_invoice)
            .named("listLetters", "List the letters with an invoice, and how far they got")
            .answers::<LetterList>(200),
        Operation::get(settings, Action::ReviseSettings, delivery::get)
            .named("getDelivery", "How documents are handed over")
            .answers::<Delivery>(200)
            .versioned(),
        Operation::put(settings, Action::ReviseSettings, delivery::set_up)
            .named("setUpDelivery", "Set up how documents are handed over; the address is tried")
            .takes::<NewDelivery>(json!({ "public_url": null, "mail": null }))
            .if_match()
            .answers::<Delivery>(200)
            .versioned()
            .refuses::<SetUpRefused>(),
        Operation::post("/api/v1/settings/delivery/test-mail", Action::ReviseSettings, delivery::test_mail)
            .named("testMail", "Try the mail server; nothing is sent")
            .bare()
            .answers::<Trial>(200)
            .refuses::<TrialRefused>(),
        Operation::post("/api/v1/settings/delivery/test-public-url", Action::ReviseSettings, delivery::test_public_url)
            .named("testPublicUrl", "Look whether the address leads here, and keep what came of it")
            .bare()
            .answers::<Trial>(200)
            .refuses::<TrialRefused>(),
    ]
}

/// The smallest logo there is: one dark pixel.
const A_LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgCk0BAAEwAMTEjxOGAAAAAElFTkSuQmCC";

fn of_the_business() -> Vec<Operation> {
    let letterhead_path = "/api/v1/business/letterhead";
    let (business_path, example) = (
        "/api/v1/business",
        json!({ "particulars": { "name": "Atelier Nord", "country": "DE", "vat_id": "DE318204977" }, "terms_days": 14 }),
    );
    vec![
        Operation::get(business_path, Action::ReadBusiness, business::get)
            .named("getBusiness", "Get the business")
            .answers::<Business>(200)
            .versioned(),
        Operation::put(business_path, Action::ReviseBusiness, business::revise)
            .named("reviseBusiness", "Change the business")
            .details("What was issued stays as it was. Another account asks for a person's fresh proof: no program changes it.")
            .refuses_as("sign_in.not_fresh", Reason::Unauthenticated, "Another account needs a person's fresh proof.")
            .refuses_as("fields.wrong", Reason::Invalid, "Several fields are not right; errors name each.")
            .takes::<business::NewBusiness>(example)
            .if_match()
            .answers::<Business>(200)
            .versioned()
            .refuses::<coffer_billing::business::ReviseRefused>(),
        Operation::get(letterhead_path, Action::ReadBusiness, business::letterhead::get)
            .named("getLetterhead", "Get the logo and colour of documents")
            .answers::<Letterhead>(200)
            .versioned(),
        Operation::put(letterhead_path, Action::ReviseBusiness, business::letterhead::put)
            .named("putLetterhead", "Set the logo and colour of documents")
            .details("The picture is made anew, without anything else that its file held. What was printed stays as it was.")
            .takes::<NewLetterhead>(json!({ "accent": "#0a5564", "logo": A_LOGO }))
            .if_match()
            .answers::<Letterhead>(200)
            .versioned()
            .refuses::<LogoRefused>(),
        Operation::delete(letterhead_path, Action::ReviseBusiness, business::letterhead::delete)
            .named("deleteLetterhead", "Take logo and colour off documents")
            .if_match()
            .answers_nothing(),
        Operation::open("/api/v1/openapi.json", description)
            .named("describe", "Get this description")
            .answers::<Described>(200),
    ]
}

/// What a description looks like; OpenAPI says the rest.
struct Described;

impl shape::Shape for Described {
    fn schema(_: &mut shape::Shapes) -> Value {
        json!({ "type": "object", "required": ["openapi", "info", "paths"] })
    }
}

/// `GET /api/v1/openapi.json`
async fn description() -> impl IntoResponse {
    static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(document_text);
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str())
}
