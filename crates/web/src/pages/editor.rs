//! The editor: who is billed for what. A new customer is made by typing their name; a line is one by having words.

use super::customers::business_name;
use super::invoices::id_of;
use super::refused::refused;
use super::typed::{day, plain_number, rates, shown};
use crate::App;
use crate::form::{Fields, mark};
use crate::look::answer::{Html, go};
use crate::look::{Field, Head, Wrong, choice, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::customers::{self, AddCustomer, Customer, ListCustomers, add, list as list_customers};
use coffer_billing::invoices::content::{Content, InvoiceLine, Party};
use coffer_billing::invoices::{self, Draft, DraftInvoice, Invoice, ReviseDraft};
use coffer_billing::{business, business::Business};
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Refuse};
use coffer_store::{Once, Refused};
use maud::{Markup, html};
use serde::Deserialize;

/// Empty lines offered beneath those that are filled in.
const SPARE_LINES: usize = 3;
/// The most lines a form has; more come through the API.
const MOST_LINES: usize = 60;

/// For whom.
#[derive(Deserialize, Default)]
pub(crate) struct For {
    customer: Option<String>,
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    customer: String,
    new_customer: String,
    buyer_reference: String,
    order_number: String,
    due_on: String,
    delivered_on: String,
    note: String,
    exemption_reason: String,
    lines: Vec<TypedLine>,
}

#[derive(Default, Clone)]
struct TypedLine {
    name: String,
    quantity: String,
    net_price: String,
    tax: String,
}

impl Typed {
    fn of_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        let line = |number: usize| {
            let at = |name: &str| text(&format!("line-{number}-{name}"));
            TypedLine { name: at("name"), quantity: at("quantity"), net_price: at("net_price"), tax: at("tax") }
        };
        let lines = (0..MOST_LINES).map(line).filter(|line| !line.name.is_empty() || !line.net_price.is_empty());
        Self {
            customer: text("customer"),
            new_customer: text("new_customer"),
            buyer_reference: text("buyer_reference"),
            order_number: text("order_number"),
            due_on: text("due_on"),
            delivered_on: text("delivered_on"),
            note: text("note"),
            exemption_reason: text("exemption_reason"),
            lines: lines.collect(),
        }
    }

    fn of_draft(customer: CustomerId, content: &Content) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let line = |line: &InvoiceLine| TypedLine {
            name: line.name.clone(),
            quantity: shown(&line.quantity),
            net_price: shown(&line.net_price),
            tax: format!("{} {}", line.category.code(), line.rate),
        };
        Self {
            customer: customer.to_string(),
            new_customer: String::new(),
            buyer_reference: text(&content.buyer_reference),
            order_number: text(&content.order_number),
            due_on: content.due_on.map(|day| day.to_string()).unwrap_or_default(),
            delivered_on: content.delivered_on.map(|day| day.to_string()).unwrap_or_default(),
            note: text(&content.note),
            exemption_reason: text(&content.exemption_reason),
            lines: content.lines.iter().map(line).collect(),
        }
    }
}

fn content(typed: &Typed, currency: Currency, words: &Words) -> Result<Content, Wrong> {
    let mut lines = Vec::with_capacity(typed.lines.len());
    let mut wrong = Wrong::default();
    for (number, line) in typed.lines.iter().enumerate() {
        let (category, rate) = line.tax.split_once(' ').unwrap_or(("S", "0"));
        let mut number_of = |field: &str, typed: &str| {
            plain_number(typed).unwrap_or_else(|| {
                wrong.fields.push((format!("line-{number}-{field}"), words.t1("number-two-ways", "typed", typed)));
                "0".to_owned()
            })
        };
        let quantity = if line.quantity.is_empty() { "1".to_owned() } else { number_of("quantity", &line.quantity) };
        let net_price = number_of("net_price", &line.net_price);
        let value = serde_json::json!({ "name": line.name, "quantity": quantity, "net_price": net_price,
            "category": category, "rate": rate });
        match serde_json::from_value::<InvoiceLine>(value) {
            Ok(line) => lines.push(line),
            Err(error) => wrong.fields.push((format!("line-{number}-net_price"), error.to_string())),
        }
    }
    let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    let delivered_on = day("delivered_on", &typed.delivered_on, words, &mut wrong);
    let due_on = day("due_on", &typed.due_on, words, &mut wrong);
    if wrong.fields.is_empty() {
        return Ok(Content {
            buyer_reference: text(&typed.buyer_reference),
            order_number: text(&typed.order_number),
            delivered_on,
            due_on,
            note: text(&typed.note),
            exemption_reason: text(&typed.exemption_reason),
            lines,
            ..Content::empty(currency)
        });
    }
    wrong.summary = wrong.fields.first().map(|(_, detail)| detail.clone());
    Err(wrong)
}

/// Everything a form page needs besides what was typed.
struct Ground {
    business: Business,
    customers: Vec<Customer>,
}

async fn ground(app: &App, person: &Inside) -> Result<Ground, Response> {
    let no = |refusal: Refused| refused(person.words, refusal);
    let business = business::get(&app.books, &person.actor).await.map_err(no)?;
    let query = ListCustomers { after: None, most: Some(100) };
    let page = list_customers(&app.books, &person.actor, query).await;
    let page = page.map_err(|refusal| refused(person.words, refusal))?;
    Ok(Ground { business, customers: page.rows })
}

fn form(words: &Words, action: &str, ground: &Ground, typed: &Typed, wrong: &Wrong, once: &str) -> Markup {
    let mut customers = vec![(String::new(), words.t("editor-new-customer"))];
    customers.extend(ground.customers.iter().map(|customer| (customer.id.to_string(), customer.party.name.clone())));
    let rates = rates(words, &ground.business.country);
    let usual = rates.first().map(|(code, _)| code.clone()).unwrap_or_default();
    let mut lines = typed.lines.clone();
    let spare = if lines.is_empty() { SPARE_LINES } else { 2 };
    lines.resize(lines.len() + spare, TypedLine { quantity: String::new(), tax: usual, ..TypedLine::default() });
    html! {
        (wrong.draw())
        form.stack method="post" action=(action) {
            input type="hidden" name="once" value=(once);
            div.row {
                (choice("customer", &words.t("invoice-customer"), &customers, &typed.customer))
                (Field::text("new_customer", words.t("editor-customer-name"), &typed.new_customer).hint(words.t("editor-customer-hint")).draw(words, wrong))
            }
            section.sec {
                header { h2 { (words.t("editor-lines")) } span.muted { (ground.business.currency) } }
                div.lines { @for (number, line) in lines.iter().enumerate() { (line_fields(words, number, line, &rates, wrong)) } }
            }
            div.row {
                (Field::text("due_on", words.t("invoice-due"), &typed.due_on).kind("date").hint(words.t1("editor-due-hint", "days", ground.business.terms_days)).draw(words, wrong))
                (Field::text("delivered_on", words.t("editor-delivered"), &typed.delivered_on).kind("date").draw(words, wrong))
                (Field::text("buyer_reference", words.t("editor-reference"), &typed.buyer_reference).draw(words, wrong))
                (Field::text("order_number", words.t("editor-order"), &typed.order_number).draw(words, wrong))
            }
            (Field::text("exemption_reason", words.t("editor-exemption"), &typed.exemption_reason).hint(words.t("editor-exemption-hint")).draw(words, wrong))
            (Field::text("note", words.t("editor-note"), &typed.note).draw(words, wrong))
            div.acts {
                button.btn.main name="then" value="issue" { (words.t("editor-look")) }
                button.btn name="then" value="edit" { (words.t("editor-save")) }
            }
        }
    }
}

fn line_fields(words: &Words, number: usize, line: &TypedLine, rates: &[(String, String)], wrong: &Wrong) -> Markup {
    let name = |field: &str| format!("line-{number}-{field}");
    let (what, quantity, price, tax) = (name("name"), name("quantity"), name("net_price"), name("tax"));
    html! {
        div.line {
            (Field::text(&what, words.t("line-what"), &line.name).required_look(number == 0).draw(words, wrong))
            (Field::text(&quantity, words.t("line-quantity"), &line.quantity).required_look(true).draw(words, wrong))
            (Field::text(&price, words.t("line-price"), &line.net_price).required_look(true).draw(words, wrong))
            (choice(&tax, &words.t("line-vat"), rates, &line.tax))
        }
    }
}

async fn page(app: &App, person: &Inside, action: &str, title: &str, typed: &Typed, wrong: &Wrong) -> Response {
    let words = person.words;
    let ground = match ground(app, person).await {
        Ok(ground) => ground,
        Err(response) => return response,
    };
    let body = form(words, action, &ground, typed, wrong, &mark(app));
    let head = Head { kicker: None, title, acts: None };
    let status = if wrong.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &business_name(app, person).await, "/invoices", &head, &body)).into_response()
}

/// `GET /invoices/new`
pub(crate) async fn new(State(app): State<App>, person: Inside, Query(whom): Query<For>) -> Response {
    let typed = Typed { customer: whom.customer.unwrap_or_default(), ..Typed::default() };
    page(&app, &person, "/invoices", &person.words.t("home-new"), &typed, &Wrong::default()).await
}

/// The customer that was chosen, or a new one where a name was typed.
async fn customer(app: &App, person: &Inside, typed: &mut Typed, once: Option<Once>) -> Result<CustomerId, Wrong> {
    if !typed.new_customer.is_empty() {
        let party = Party { name: typed.new_customer.clone(), ..Party::default() };
        let order = AddCustomer { party, currency: None, language: None };
        let added = add(&app.books, &person.actor, once, order).await;
        let added = added.map_err(|no| Wrong::at_field("new_customer", &no))?;
        // Kept for the form, so that a second try does not add them again.
        typed.customer = added.id.to_string();
        typed.new_customer = String::new();
        return Ok(added.id);
    }
    let missing = || Wrong {
        summary: Some(person.words.t("editor-whom")),
        fields: vec![("new_customer".to_owned(), person.words.t("editor-whom"))],
    };
    typed.customer.parse().map_err(|_| missing())
}

fn after(id: &impl std::fmt::Display, fields: &Fields) -> Response {
    go(&if fields.get("then") == "issue" { format!("/invoices/{id}/issue") } else { format!("/invoices/{id}/edit") })
}

/// `POST /invoices`
pub(crate) async fn draft(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let mut typed = Typed::of_fields(&fields);
    let title = person.words.t("home-new");
    let ready = prepare(&app, &person, &mut typed, None, fields.once()).await;
    let (customer, content) = match ready {
        Ok(ready) => ready,
        Err(wrong) => return page(&app, &person, "/invoices", &title, &typed, &wrong).await,
    };
    let once = fields.once();
    match invoices::draft(&app.books, &person.actor, once, DraftInvoice { customer, content }).await {
        Ok(invoice) => after(&invoice.id(), &fields),
        Err(no) => page(&app, &person, "/invoices", &title, &typed, &Wrong::of(&no)).await,
    }
}

async fn prepare(
    app: &App,
    person: &Inside,
    typed: &mut Typed,
    currency: Option<Currency>,
    once: Option<Once>,
) -> Result<(CustomerId, Content), Wrong> {
    let business = business::get(&app.books, &person.actor).await.map_err(|no| Wrong::of(&no))?;
    let mut content = content(typed, currency.unwrap_or(business.currency), person.words)?;
    let customer = customer(app, person, typed, once).await?;
    if currency.is_none()
        && let Ok(found) = customers::get(&app.books, &person.actor, customer).await
    {
        content.currency = found.currency;
    }
    Ok((customer, content))
}

/// `GET /invoices/{invoice}/edit`
pub(crate) async fn edit(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let found = async { invoices::get(&app.books, &person.actor, id_of(&id)?).await };
    match found.await {
        Ok(Invoice::Draft(draft)) if !fits(&draft, person.words) => not_here(&app, &person, &id).await,
        Ok(Invoice::Draft(draft)) => {
            let typed = Typed::of_draft(draft.customer, &draft.content);
            let title = person.words.t("editor-title");
            page(&app, &person, &format!("/invoices/{id}"), &title, &typed, &Wrong::default()).await
        }
        Ok(Invoice::Issued(_)) => go(&format!("/invoices/{id}")),
        Err(no) => refused(person.words, no),
    }
}

/// Whether this form shows all that the draft says: what it does not show it would drop.
fn fits(draft: &Draft, words: &Words) -> bool {
    let again = content(&Typed::of_draft(draft.customer, &draft.content), draft.content.currency, words);
    draft.content.lines.len() <= MOST_LINES && again.is_ok_and(|again| again == draft.content)
}

async fn not_here(app: &App, person: &Inside, id: &str) -> Response {
    let words = person.words;
    let body = html! {
        div.banner.alarm role="alert" { div { b { (words.t("editor-not-here")) } p { (words.t("editor-not-here-why")) } } }
        a.btn href={ "/invoices/" (id) "/issue" } { (words.t("editor-look")) }
    };
    let title = words.t("editor-title");
    let head = Head { kicker: None, title: &title, acts: None };
    let page = inside(words, &business_name(app, person).await, "/invoices", &head, &body);
    Html(StatusCode::CONFLICT, page).into_response()
}

/// `POST /invoices/{invoice}`
pub(crate) async fn revise(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let mut typed = Typed::of_fields(&fields);
    let (title, action) = (person.words.t("editor-title"), format!("/invoices/{id}"));
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let stands = match invoices::get(&app.books, &person.actor, invoice).await {
        Ok(Invoice::Draft(draft)) if !fits(&draft, person.words) => return not_here(&app, &person, &id).await,
        Ok(Invoice::Draft(draft)) => Some(draft.content.currency),
        _ => None,
    };
    let (customer, content) = match prepare(&app, &person, &mut typed, stands, fields.once()).await {
        Ok(ready) => ready,
        Err(wrong) => return page(&app, &person, &action, &title, &typed, &wrong).await,
    };
    let order = ReviseDraft { invoice, version: None, customer, content };
    match invoices::revise(&app.books, &person.actor, order).await {
        Ok(invoice) => after(&invoice.id(), &fields),
        Err(no) if no.code() == "invoice.not_a_draft" => refused(person.words, no),
        Err(no) => page(&app, &person, &action, &title, &typed, &Wrong::of(&no)).await,
    }
}
