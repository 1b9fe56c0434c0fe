//! The lines of the history: when, who, what, and which invoice, customer and amount it was about.

use super::super::customers::customer_name;
use super::super::invoices::may;
use super::super::{frame_for, framed};
use super::sending;
use crate::App;
use crate::look::Frame;
use crate::look::moment::moment;
use crate::look::role_name;
use crate::visitor::Inside;
use crate::words::Words;
use coffer_billing::business::{self, Calendar};
use coffer_billing::insights::{Called, NameThem, Names, named};
use coffer_documents::numbers;
use coffer_identity::history::{Line, NOT_FRESH};
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{Action, CustomerId, Date, InvoiceId, ItemId, Role, Timestamp, TypedId};
use coffer_store::{Leaf, Outcome, Refused};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What a page needs to tell its lines.
pub(super) struct Told {
    pub(super) frame: Frame,
    invoices: BTreeMap<InvoiceId, Called>,
    customers: BTreeMap<CustomerId, String>,
    items: BTreeMap<ItemId, String>,
    calendar: Calendar,
}

impl Told {
    /// The names of all that these lines are about. Who may not see invoices reads the lines without them.
    pub(super) async fn of(app: &App, person: &Inside, lines: &[Line]) -> Result<Self, Refused> {
        if !may(person, Action::ReadInvoices) {
            let (invoices, customers, items) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            let calendar = business::calendar(&app.books, &person.actor).await?;
            return Ok(Self { frame: frame_for(app, person).await, invoices, customers, items, calendar });
        }
        let leaves = || lines.iter().map(|line| &line.record.leaf);
        let asked = NameThem {
            invoices: leaves().filter_map(invoice).collect(),
            customers: leaves().filter_map(customer).collect(),
            items: leaves().filter_map(item).collect(),
        };
        let Names { business, calendar, invoices, customers, items } = named(&app.books, &person.actor, asked).await?;
        let frame = framed(app, person, business).await;
        Ok(Self { frame, invoices, customers, items, calendar })
    }

    /// The lines, newest first; what one person did to one invoice again and again in one row.
    pub(super) fn rows(&self, words: &Words, lines: &[Line]) -> Markup {
        let runs = lines
            .chunk_by(|newer, older| is_again(&self.calendar, newer, older))
            .filter_map(|run| Some((run.first()?, run)));
        html! { @for (newest, run) in runs { (self.row(words, newest, run)) } }
    }

    /// The row of a run, which is most often of one line.
    fn row(&self, words: &Words, line: &Line, run: &[Line]) -> Markup {
        let leaf = &line.record.leaf;
        let first = run.last().map(|line| &line.record.leaf).filter(|_| run.len() > 1);
        let called = invoice(leaf).and_then(|id| Some((id, self.invoices.get(&id)?)));
        let who_else = customer(leaf).and_then(|id| Some((id, self.customers.get(&id)?)));
        let what_item = item(leaf).and_then(|id| Some((id, self.items.get(&id)?)));
        html! {
            tr {
                td { time datetime=(leaf.at) { (moment(words, &self.calendar, leaf.at)) } }
                td { bdi { (who(words, line)) } }
                td.wide {
                    (what(words, leaf))
                    @if leaf.out == Outcome::Refused && leaf.what != NOT_FRESH { (why(words, &leaf.what)) }
                    @if let Some(about) = &line.about { " · " bdi { (about) } }
                    @let detail = detail(line);
                    @for said in said(&detail) { " · " bdi { (said) } }
                    @if leaf.what == "delivery.set_up" { @for said in sending::changes(words, &detail) { " · " bdi { (said) } } }
                    @if let Some(bytes) = detail.get("bytes").and_then(serde_json::Value::as_u64) { " · " (numbers::size(words.language, bytes)) }
                    @if let Some(at) = made_at(&detail) { " · " (words.t1("history-backup-of", "at", moment(words, &self.calendar, at))) }
                    @if let Some(findings) = detail.get("findings").and_then(serde_json::Value::as_i64) { " · " (words.t1("history-backup-findings", "count", findings)) }
                    @if let Some(known) = detail.get("known").and_then(serde_json::Value::as_i64).filter(|known| *known > 0) { " · " (words.t1("history-known", "count", known)) }
                    @if let Some(day) = sent_on(&detail) { " · " (words.t1("history-sent-on", "day", numbers::short_date(words.language, day, self.calendar.today))) }
                    @if let Some(role) = role(&detail) { " · " (role_name(words, role)) }
                    @if let Some((id, called)) = called { (about_invoice(words, line, id, called)) }
                    @if let Some((id, name)) = who_else { " · " a href={ "/customers/" (id) } { bdi { (name) } } }
                    @if let Some((id, name)) = what_item { " · " a href={ "/items/" (id) } { bdi { (name) } } }
                    @if leaf.times > 1 { " · " (words.t1("history-times", "count", leaf.times)) }
                    @if let Some(first) = first {
                        " · " (words.t1("history-times", "count", run.len())) ", "
                        (words.t1("history-since", "at", moment(words, &self.calendar, first.at)))
                    }
                }
                td.num { @if let Some(first) = first { (first.n) "–" } (leaf.n) }
            }
        }
    }
}

/// Whether two lines that follow each other say the same of one invoice on one day, but for the hour: a draft that keeps itself
/// leaves many. The log has each of them. Of what cannot be read any more, as of somebody erased, nobody can say that it is the same.
fn is_again(calendar: &Calendar, newer: &Line, older: &Line) -> bool {
    let same = |line: &Line| {
        let leaf = &line.record.leaf;
        (leaf.by.clone(), leaf.what.clone(), leaf.about.clone(), line.record.detail.clone(), line.about.clone())
    };
    let day = |line: &Line| calendar.at(line.record.leaf.at).date();
    let read = |line: &Line| line.record.leaf.detail.is_some() == line.record.detail.is_some();
    let done = [newer, older].iter().all(|line| line.record.leaf.out == Outcome::Done && read(line));
    done && day(newer) == day(older) && invoice(&newer.record.leaf).is_some() && same(newer) == same(older)
}

/// Which invoice, whose, and how much of what was done with it.
fn about_invoice(words: &Words, line: &Line, id: InvoiceId, called: &Called) -> Markup {
    let leaf = &line.record.leaf;
    let counts = ["invoice.issued", "invoice.voided"].contains(&leaf.what.as_str());
    let amount = paid(line).or_else(|| counts.then_some(called.due));
    html! {
        " · " a href={ "/invoices/" (id) } {
            @if let Some(number) = &called.number { (number) } @else { (words.t("status-draft")) }
        }
        " · " (customer_name(words, called.customer.as_deref()))
        @if let Some(amount) = amount { " · " (numbers::amount(words.language, amount)) " " (amount.currency()) }
    }
}

/// What was paid, where a payment is told of.
fn paid(line: &Line) -> Option<Money> {
    let detail = detail(line);
    detail.get("payment")?;
    let (amount, currency) = detail.get("amount")?.as_str()?.rsplit_once(' ')?;
    let currency: Currency = currency.parse().ok()?;
    Money::parse(amount, currency).ok()
}

/// Who it was: a person's name, or what else there is.
pub(in crate::pages) fn who(words: &Words, line: &Line) -> String {
    if let Some(name) = &line.name {
        return name.clone();
    }
    let by = line.record.leaf.by.as_str();
    match by.split_once(':').map_or(by, |(kind, _)| kind) {
        "staff" => words.t("by-staff"),
        "key" => words.t("by-key"),
        "link" => words.t("by-link"),
        "operator" => words.t("by-operator"),
        "system" => words.t("by-system"),
        "setup" | "joining" => words.t("by-arriving"),
        _ => words.t("by-nobody"),
    }
}

/// What it was.
fn what(words: &Words, leaf: &Leaf) -> String {
    let action = || words.action(&leaf.action).unwrap_or_else(|| leaf.action.clone());
    match leaf.out {
        // An event of a version that was before or comes after this one is named by its action.
        Outcome::Done => words.event(&leaf.what).unwrap_or_else(action),
        Outcome::Refused => match leaf.what.as_str() {
            NOT_FRESH => words.t1("history-was-asked", "what", action()),
            _ => words.t1("history-was-refused", "what", action()),
        },
        Outcome::Shown => {
            let tables = leaf.what.split(' ').filter_map(|kind| kind.split('.').next());
            let mut kinds: Vec<String> =
                tables.map(|table| words.shown(table).unwrap_or_else(|| table.replace('_', " "))).collect();
            kinds.dedup();
            words.t1("history-was-shown", "what", kinds.join(", "))
        }
    }
}

/// Why something was refused, in a few words; and whether somebody should look at it: what a form lacks is harmless, what
/// somebody may not, could not prove, or never wrote here is not.
fn why(words: &Words, code: &str) -> Markup {
    let said = words.refusal(code, &[]).filter(|said| !said.contains("{$"));
    // What to do next is for whoever was refused.
    let first = said.and_then(|said| said.split_inclusive(['.', ';', ':']).next().map(str::to_owned));
    let first = first.map(|first| first.trim_end_matches(['.', ';', ':']).to_owned());
    html! {
        @match notable(code) {
            Some(key) => { " · " span.badge.noted { (words.t(key)) } }
            None => @if let Some(first) = first { " · " (first) }
        }
    }
}

/// What is worth a look, in two words.
fn notable(code: &str) -> Option<&'static str> {
    match code {
        "role.not_allowed" | "person.more_than_yours" | "person.owner_only" | "api_key.more_than_yours" => {
            Some("history-no-permission")
        }
        "second_step.wrong" | "sign_in.proof_wrong" | "sign_in.wrong" | "password.wrong" => Some("history-wrong-proof"),
        "sign_in.too_many" | "person.too_many" => Some("history-too-many"),
        "row.forged" | "row.altered" | "rendition.altered" => Some("history-forged"),
        _ => None,
    }
}

/// What a record keeps besides, sealed.
fn detail(line: &Line) -> serde_json::Value {
    let kept = line.record.detail.as_deref().and_then(|detail| serde_json::from_str(detail).ok());
    kept.unwrap_or_default()
}

/// Whom, which key, what was found and why it is no alarm, or which account: of an account its beginning and its end, which is what people compare.
fn said(detail: &serde_json::Value) -> Vec<String> {
    let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str);
    let account = text("account").map(|iban| {
        let ends = (iban.get(..4), iban.len().checked_sub(4).and_then(|from| iban.get(from..)));
        if let (Some(first), Some(last)) = ends { format!("{first} … {last}") } else { iban.to_owned() }
    });
    let said = ["whom", "named", "finding", "why"].into_iter().filter_map(text);
    said.map(str::to_owned).chain(account).collect()
}

/// When the backup was made that books came back from.
fn made_at(detail: &serde_json::Value) -> Option<Timestamp> {
    detail.get("made_at")?.as_str()?.parse().ok()
}

/// On which other day it was sent than that on which somebody said so.
fn sent_on(detail: &serde_json::Value) -> Option<Date> {
    detail.get("sent_on")?.as_str()?.parse().ok()
}

fn role(detail: &serde_json::Value) -> Option<Role> {
    Role::from_code(detail.get("role")?.as_str()?)
}

/// The invoice a record is about; a payment is about the first that it counts on.
fn invoice(leaf: &Leaf) -> Option<InvoiceId> {
    let of_one = ["invoice.", "payment."].iter().any(|kind| leaf.what.starts_with(kind));
    about(leaf).filter(|_| of_one).map(InvoiceId::from_bytes)
}

/// The customer a record is about.
fn customer(leaf: &Leaf) -> Option<CustomerId> {
    about(leaf).filter(|_| leaf.what.starts_with("customer.")).map(CustomerId::from_bytes)
}

/// The item of the catalogue that a record is about.
fn item(leaf: &Leaf) -> Option<ItemId> {
    about(leaf).filter(|_| leaf.what.starts_with("item.")).map(ItemId::from_bytes)
}

/// The id of what a record is about.
fn about(leaf: &Leaf) -> Option<[u8; 16]> {
    let about = leaf.about.as_ref()?;
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(about.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
