//! Looking at invoices.

use super::listed::sought::Found;
use super::listed::sql::{self as lists, Place};
use super::model::Invoice;
use super::{numbering, sql};
use crate::business::{self, Numbering};
use crate::customers;
use crate::settlement::{self, Standing};
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId, Date, InvoiceId, Scope, TypedId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Fault, Order, Refused, Snapshot};

/// One invoice.
#[derive(Debug, Clone, Copy)]
pub struct GetInvoice(pub InvoiceId);

impl Order for GetInvoice {
    const ACTION: Action = Action::ReadInvoices;
}

/// The invoice with this id.
///
/// # Errors
/// [`Refused::NotFound`] where there is none within the actor's reach.
pub async fn get(books: &Books, actor: &Actor, id: InvoiceId) -> Result<Invoice, Refused> {
    Ok(see(books, actor, id).await?.invoice)
}

/// An invoice, and how it stands once it is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The invoice.
    pub invoice: Invoice,
    /// How it stands; [`None`] for a draft.
    pub standing: Option<Standing>,
    /// Today, on the calendar of the business.
    pub today: Date,
}

/// The invoice with this id, and how it stands.
///
/// # Errors
/// [`Refused::NotFound`] where there is none within the actor's reach.
pub async fn see(books: &Books, actor: &Actor, id: InvoiceId) -> Result<Seen, Refused> {
    books
        .read(actor, GetInvoice(id), |snapshot, permit, query| {
            let invoice = sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)?;
            let standing = settlement::sql::find(snapshot, permit.scope(), query.0)?;
            if standing.is_none() && matches!(invoice, Invoice::Issued(_)) {
                // Whether it is void stands there alone, and it does not stand there any more.
                return Err(Fault::Altered { table: "invoice_standing", id: query.0.bytes() }.into());
            }
            let now = snapshot.now();
            Ok(Seen { invoice, standing, today: business::sql::date_at(snapshot, now)? })
        })
        .await
}

/// Some invoices, newest first; of what is overdue, the longest overdue first.
#[derive(Debug, Clone, Default)]
pub struct ListInvoices {
    /// Only those.
    pub only: Option<Listed>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those whose number holds this, or whose customer's name fits it.
    pub search: Option<String>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListInvoices {
    const ACTION: Action = Action::ReadInvoices;
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Drafts.
    Drafts,
    /// Issued, with something open.
    Open,
    /// Open beyond their day.
    Overdue,
    /// Open, and not known to have been handed over.
    Unsent,
    /// Issued, with nothing open.
    Paid,
    /// Voided.
    Void,
}

impl Listed {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Drafts, Self::Open, Self::Overdue, Self::Unsent, Self::Paid, Self::Void];

    /// The name in addresses and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Unsent => "unsent",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|listed| listed.code() == code)
    }
}

/// An invoice in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The id.
    pub id: InvoiceId,
    /// The number, once issued (BT-1).
    pub number: Option<String>,
    /// Who is billed.
    pub customer: CustomerId,
    /// Their name today.
    pub customer_name: Option<String>,
    /// When it was issued (BT-2).
    pub issued_on: Option<Date>,
    /// To pay (BT-115).
    pub due: Money,
    /// How it stands, once issued.
    pub standing: Option<Standing>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
    /// Today, on the calendar of the business.
    pub today: Date,
}

/// A page of invoices within the actor's reach, in the order of [`ListInvoices`].
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListInvoices) -> Result<Page, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let (now, list, most) = (snapshot.now(), query.filter(), cursor::size(query.most));
            let today = business::sql::date_at(snapshot, now)?;
            let after = Place::open(snapshot, query, &list)?;
            let found = query.search.as_deref().filter(|text| !text.trim().is_empty());
            let found = found.map(|text| look(snapshot, permit.scope(), text)).transpose()?;
            let (behind, asked) = ((after, today), i64::from(most) + 1);
            let mut rows = match found {
                Some(found) => found.list(snapshot, permit.scope(), query, behind, asked)?,
                None => lists::list(snapshot, permit.scope(), query, behind, asked)?,
            };
            let more = rows.len() > usize::from(most);
            rows.truncate(most.into());
            let last = rows.last().filter(|_| more).map(Place::of);
            let next = last.map(|place| cursor::seal(snapshot, entropy.as_ref(), &list, place.key()));
            Ok(Page { rows, next, today })
        })
        .await
}

fn look(snapshot: &mut Snapshot<'_>, scope: &Scope, text: &str) -> Result<Found, Fault> {
    Ok(Found::of(text, customers::matching(snapshot, scope, text)?))
}

impl Place {
    /// Where the page goes on that is asked for; before all rows, where it is the first.
    fn open(snapshot: &Snapshot<'_>, query: &ListInvoices, list: &str) -> Result<Self, PageRefused> {
        let Some(key) = cursor::open::<26>(snapshot, query.after.as_deref(), list)? else {
            let first = if query.only == Some(Listed::Overdue) { [0; 16] } else { [0xff; 16] };
            return Ok(Self { id: InvoiceId::from_bytes(first), due_on: Date::ZERO });
        };
        let (due_on, id) = key.split_first_chunk::<10>().ok_or(PageRefused::Cursor)?;
        let due_on = std::str::from_utf8(due_on).ok().and_then(|text| text.parse().ok()).ok_or(PageRefused::Cursor)?;
        Ok(Self { id: InvoiceId::from_bytes(id.try_into().map_err(|_| PageRefused::Cursor)?), due_on })
    }

    pub(super) fn of(row: &Row) -> Self {
        Self { id: row.id, due_on: row.standing.as_ref().map_or(Date::ZERO, |standing| standing.due_on) }
    }

    /// `YYYY-MM-DD` and the id.
    fn key(self) -> [u8; 26] {
        let mut key = [0; 26];
        let (due_on, id) = key.split_at_mut(10);
        due_on.iter_mut().zip(self.due_on.to_string().bytes()).for_each(|(slot, byte)| *slot = byte);
        id.copy_from_slice(self.id.as_bytes());
        key
    }
}

impl ListInvoices {
    /// What a cursor is bound to besides its place: never the scope, which is decided anew on each page.
    fn filter(&self) -> String {
        let customer = self.customer.map(|id| id.to_string()).unwrap_or_default();
        let search = self.search.as_deref().unwrap_or_default();
        format!("invoices {} {customer} {search}", self.only.map(Listed::code).unwrap_or_default())
    }
}

struct NextNumber;

impl Order for NextNumber {
    const ACTION: Action = Action::IssueInvoice;
}

/// The number that an invoice would get now. Looking takes nothing: somebody else may get it first.
///
/// # Errors
/// As the store's.
pub async fn next_number(books: &Books, actor: &Actor) -> Result<String, Refused> {
    books
        .read(actor, NextNumber, |snapshot, _, _| {
            let now = snapshot.now();
            let business = business::sql::get(snapshot)?;
            Ok(numbering::look(snapshot, &business.numbering, business.date_at(now))?)
        })
        .await
}

struct TryNumbering(Numbering);

impl Order for TryNumbering {
    const ACTION: Action = Action::ReviseBusiness;
}

/// What comes of a form of numbers that is being chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The number that would come next.
    pub next: String,
    /// The day it would be given on.
    pub today: Date,
    /// Whether a number was given already: then the first one stands.
    pub begun: bool,
}

/// The number that would come next in this form: for whoever is choosing one.
///
/// # Errors
/// As the store's.
pub async fn try_numbering(books: &Books, actor: &Actor, numbering: Numbering) -> Result<Tried, Refused> {
    books
        .read(actor, TryNumbering(numbering), |snapshot, _, query| {
            let now = snapshot.now();
            let today = business::sql::date_at(snapshot, now)?;
            let next = numbering::look(snapshot, &query.0, today)?;
            Ok(Tried { next, today, begun: numbering::numbers_were_given(snapshot)? })
        })
        .await
}
