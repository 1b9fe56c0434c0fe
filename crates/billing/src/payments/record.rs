//! Recording money that came in.

use super::events::PaymentRecorded;
use super::{Allocation, Method, Particulars, Payment};
use crate::invoices::content::MOST_MINOR;
use crate::ledger::{self, BANK, CREDIT, JournalEntry, Posting, RECEIVABLE};
use crate::settlement::Standing;
use crate::{business, invoices, text};
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, Date, EntryId, InvoiceId, PaymentId, TypedId};
use coffer_store::{Books, Fault, Granted, Once, Order, Refused, Tx, refusals};

/// Money that came in for an invoice.
#[derive(Debug, Clone)]
pub struct RecordPayment {
    /// What it is for.
    pub invoice: InvoiceId,
    /// How much, in the invoice's currency, in major units.
    pub amount: String,
    /// When it came; today where it is not said.
    pub received_on: Option<Date>,
    /// How it came.
    pub method: Method,
    /// What it said.
    pub particulars: Particulars,
}

impl Order for RecordPayment {
    const ACTION: Action = Action::RecordPayment;
}

refusals! {
    /// Why a payment is not recorded.
    pub enum RecordRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: nothing is owed for it yet. Issue it first.";
        /// Not an amount.
        Amount => Invalid, "payment.amount_unfit", "This is not an amount of the invoice's currency above nothing, or larger than the books can hold. Write it like 1500.00.", at "/amount";
        /// From the future.
        Future => Invalid, "payment.in_the_future", "This day has not come yet. Record money when it is there.", at "/received_on";
        /// From long ago.
        LongAgo => Invalid, "payment.long_ago", "This day is more than ten years ago. Check the year.", at "/received_on";
        /// Nothing is owed.
        Void => Conflict, "payment.invoice_void", "This invoice is void: nothing is owed for it.";
        /// A text is too long.
        TooLong => Invalid, "payment.text_too_long", "Reference and note have at most 500 characters each. Shorten them.";
        + Text(text::Unfit), "A text holds what must not be kept, or a sign that is not seen.";
    }
}

/// Records a payment on an invoice. What exceeds it becomes the customer's credit.
///
/// # Errors
/// [`RecordRefused`]; nothing is done then.
pub async fn record(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: RecordPayment,
) -> Result<Payment, RecordRefused> {
    books
        .transact_once(actor, once, order, |tx, permit, order| {
            check_texts(&order.particulars)?;
            let standing = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(RecordRefused::Draft);
                }
                found => found?,
            };
            if standing.voided_on.is_some() {
                return Err(RecordRefused::Void);
            }
            let amount = Money::parse(&order.amount, standing.due.currency()).map_err(|_| RecordRefused::Amount)?;
            if amount.minor() <= 0 || amount.minor() > MOST_MINOR {
                return Err(RecordRefused::Amount);
            }
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            let received_on = order.received_on.unwrap_or(today);
            if received_on > today {
                return Err(RecordRefused::Future);
            }
            if received_on.year() < today.year() - 10 {
                return Err(RecordRefused::LongAgo);
            }
            let payment = payment(tx, order, &standing, amount, received_on);
            count(tx, &standing, &payment)?;
            post(tx, &payment, 1)?;
            tx.insert(&payment)?;
            tx.record(PaymentRecorded::of(&payment), payment)
        })
        .await
}

fn check_texts(particulars: &Particulars) -> Result<(), RecordRefused> {
    for (field, said) in [("reference", &particulars.reference), ("note", &particulars.note)] {
        let said = said.as_deref().unwrap_or_default();
        if said.chars().nth(text::SHORT).is_some() {
            return Err(RecordRefused::TooLong);
        }
        // A note may have line ends.
        text::check_kept(format_args!("/particulars/{field}"), said, text::LONG)?;
    }
    Ok(())
}

fn payment(tx: &Tx<'_>, order: &RecordPayment, standing: &Standing, amount: Money, received_on: Date) -> Payment {
    // Even of nothing: the invoice it was paid for is where it is found and taken back.
    let counted = Money::new(amount.minor().min(standing.open.minor()).max(0), amount.currency());
    let allocations = vec![Allocation { invoice: order.invoice, amount: counted }];
    Payment {
        id: PaymentId::new(tx.now(), tx.entropy()),
        version: 1,
        customer: standing.customer,
        scope: standing.scope,
        amount,
        received_on,
        method: order.method,
        reversed_on: None,
        particulars: order.particulars.clone(),
        allocations,
    }
}

/// Counts a payment against the invoice whose standing is locked.
fn count(tx: &mut Tx<'_>, granted: &Granted<Standing>, payment: &Payment) -> Result<(), RecordRefused> {
    let next = Standing {
        open: granted.open.minus(payment.counted()).map_err(|_| RecordRefused::Amount)?,
        over: granted.over.plus(payment.surplus()).map_err(|_| RecordRefused::Amount)?,
        ..granted.next()
    };
    Ok(tx.replace(granted, &next)?)
}

/// Posts a payment, or with `sign` −1 takes it back: the bank has more, the customer owes less, the rest is theirs.
pub(super) fn post(tx: &mut Tx<'_>, payment: &Payment, sign: i64) -> Result<(), Fault> {
    let (amount, counted) = (payment.amount.minor(), payment.counted().minor());
    let sides = [(BANK, sign * amount), (RECEIVABLE, -sign * counted), (CREDIT, -sign * (amount - counted))];
    let cause = if sign > 0 { "payment.recorded" } else { "payment.reversed" };
    let day = if sign > 0 { payment.received_on } else { payment.reversed_on.unwrap_or(payment.received_on) };
    enter(tx, payment, day, cause, sides)
}

/// Posts that more of a payment counts than before: it was the customer's credit, now the customer owes less.
pub(super) fn post_counted(tx: &mut Tx<'_>, payment: &Payment, more: Money, day: Date) -> Result<(), Fault> {
    let sides = [(CREDIT, more.minor()), (RECEIVABLE, -more.minor()), (BANK, 0)];
    enter(tx, payment, day, "payment.counted", sides)
}

fn enter(
    tx: &mut Tx<'_>,
    payment: &Payment,
    day: Date,
    cause: &'static str,
    sides: [(&str, i64); 3],
) -> Result<(), Fault> {
    let currency = payment.amount.currency();
    let posting =
        |(account, minor): (&str, i64)| Posting { account: account.to_owned(), amount: Money::new(minor, currency) };
    let document = payment.allocations.first().map_or(payment.id.bytes(), |part| part.invoice.bytes());
    let document = InvoiceId::from_bytes(document);
    let id = EntryId::new(tx.now(), tx.entropy());
    let entry = JournalEntry::weighed(id, day, cause, document, sides.map(posting).into());
    ledger::post(tx, &entry.map_err(|_| Fault::Misuse("a payment balances"))?)
}
