//! What happened to an invoice, from what is known of it: the newest first.

use super::super::history::who;
use super::may;
use crate::App;
use crate::look::moment::moment;
use crate::visitor::Inside;
use crate::words::Words;
use coffer_billing::business::{self, Calendar};
use coffer_billing::invoices::{Invoice, Seen};
use coffer_billing::payments::{Payment, became_overdue};
use coffer_billing::settlement::{Delivery, Standing};
use coffer_documents::numbers;
use coffer_identity::history::{self, Line};
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Date, InvoiceId, Timestamp, TypedId};
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};

/// What the history has of an invoice: who did what, and at what hour. Whoever may not see the history reads the days alone.
#[derive(Default)]
pub(super) struct Acts {
    lines: Vec<Line>,
    calendar: Option<Calendar>,
}

impl Acts {
    pub(super) async fn of(app: &App, person: &Inside, invoice: InvoiceId) -> Result<Self, PageRefused> {
        if !(may(person, Action::ReadLog) && may(person, Action::ReadPeople)) {
            return Ok(Self::default());
        }
        let lines = history::done_to(&app.door, &person.actor, invoice.bytes()).await?;
        Ok(Self { lines, calendar: Some(business::calendar(&app.books, &person.actor).await?) })
    }

    /// The acts of these kinds, on this day.
    fn on(&self, kinds: &[&str], day: Date) -> Vec<&Line> {
        let Some(calendar) = &self.calendar else { return Vec::new() };
        let fits = |line: &&Line| {
            let leaf = &line.record.leaf;
            kinds.contains(&leaf.what.as_str()) && calendar.at(leaf.at).date() == day
        };
        self.lines.iter().filter(fits).collect()
    }

    /// The first act of these kinds, with its day.
    fn first(&self, kinds: &[&str]) -> Option<(Date, &Line)> {
        let line = self.lines.iter().find(|line| kinds.contains(&line.record.leaf.what.as_str()))?;
        Some((self.calendar.as_ref()?.at(line.record.leaf.at).date(), line))
    }

    /// What handed it over: who said that it was sent, otherwise the first letter that left. Nobody can say so of what a letter
    /// took along, so a letter that left before came back.
    fn sent(&self) -> Option<(Date, &Line)> {
        self.all("invoice.marked_sent").pop().or_else(|| self.first(&[LEAVES]))
    }

    /// All acts of this kind, with their days.
    fn all(&self, kind: &str) -> Vec<(Date, &Line)> {
        let Some(calendar) = &self.calendar else { return Vec::new() };
        let kind = self.lines.iter().filter(|line| line.record.leaf.what == kind);
        kind.map(|line| (calendar.at(line.record.leaf.at).date(), line)).collect()
    }

    /// When an act was, on the wall of the business: its hour, and whether it was on that day at all. Money is written down
    /// later than it comes.
    fn hour(&self, at: Timestamp, day: Date) -> Option<(String, bool)> {
        let there = self.calendar.as_ref()?.at(at);
        Some((there.strftime("%H:%M").to_string(), there.date() == day))
    }

    /// What happened earlier comes first: by its day, then by its hour where that is known. That it was not paid in time was
    /// so when the day began; of the rest of one day, what was added later happened later.
    fn order(&self, one: &Happened) -> (Date, Timestamp) {
        let on_that_day = |(at, _): &&(Timestamp, String)| self.hour(*at, one.day).is_some_and(|(_, same)| same);
        let hour = one.act.as_ref().filter(on_that_day).map(|(at, _)| *at);
        (one.day, hour.unwrap_or(if one.at_dawn { Timestamp::MIN } else { Timestamp::MAX }))
    }

    /// Who it was; and when, where the hour does not stand beside the day.
    fn told(&self, words: &Words, (at, who): &(Timestamp, String), day: Date) -> String {
        match (&self.calendar, self.hour(*at, day)) {
            (Some(calendar), Some((_, false))) => format!("{who} · {}", moment(words, calendar, *at)),
            _ => who.clone(),
        }
    }
}

/// Something that happened on a day.
struct Happened {
    day: Date,
    /// Who did it and when, where that is known.
    act: Option<(Timestamp, String)>,
    /// What kind of dot stands beside it.
    kind: &'static str,
    what: String,
    more: Option<String>,
    /// Whether it was so before anything else of that day.
    at_dawn: bool,
}

impl Happened {
    const fn new(day: Date, kind: &'static str, what: String) -> Self {
        Self { day, act: None, kind, what, more: None, at_dawn: false }
    }

    /// With the act behind it.
    fn by(self, words: &Words, act: Option<&Line>) -> Self {
        Self { act: act.map(|line| (line.record.leaf.at, who(words, line))), ..self }
    }
}

/// The timeline of an issued invoice.
pub(super) fn of(words: &Words, seen: &Seen, payments: &[Payment], acts: &Acts) -> Markup {
    let (Invoice::Issued(issued), Some(standing)) = (&seen.invoice, &seen.standing) else { return html! {} };
    let issue = words.t1("happened-issued", "number", issued.number_text.as_str());
    let act = acts.on(&["invoice.issued"], issued.issued_on);
    let mut happened = vec![Happened::new(issued.issued_on, "key", issue).by(words, act.last().copied())];
    happened.extend(standing_of(words, standing, acts));
    happened.extend(money_of(words, payments, acts));
    let late = became_overdue(standing, payments, seen.today);
    happened.extend(late.into_iter().map(|day| {
        let at_dawn = standing.due_on.tomorrow().is_ok_and(|late| late == day);
        Happened { at_dawn, ..Happened::new(day, "bad", words.t("happened-overdue")) }
    }));
    happened.sort_by_key(|one| acts.order(one));
    html! {
        section.sec {
            header { h2 { (words.t("happened-title")) } }
            ol.timeline.timed[acts.calendar.is_some()] { @for one in happened.iter().rev() { li class=(one.kind) {
                time datetime=(one.day) {
                    (numbers::short_date(words.language, one.day, seen.today))
                    @if let Some((hour, true)) = one.act.as_ref().and_then(|(at, _)| acts.hour(*at, one.day)) { " " (hour) }
                }
                span.dot {}
                p {
                    (one.what)
                    @if let Some(act) = &one.act { small { bdi { (acts.told(words, act, one.day)) } } }
                    @if let Some(more) = &one.more { small { bdi { (more) } } }
                }
            } } }
        }
    }
}

/// What a letter does that takes an invoice along.
const LEAVES: &str = "invoice.letter_leaving";

/// How it was handed over and what became of that, and whether it was voided.
fn standing_of(words: &Words, standing: &Standing, acts: &Acts) -> Vec<Happened> {
    let told = |kind: &str, key: &str| {
        let all = acts.all(kind).into_iter();
        all.map(|(day, act)| Happened::new(day, "", words.t(key)).by(words, Some(act))).collect::<Vec<_>>()
    };
    let mut happened = told("invoice.link_made", "happened-link-made");
    if let Some(day) = standing.delivered_on {
        happened.extend(delivered(words, standing.delivery, day, acts));
    }
    happened.extend(told("invoice.links_ended", "happened-links-ended"));
    happened.extend(standing.voided_on.map(|day| {
        Happened::new(day, "bad", words.t("happened-void")).by(words, acts.on(&["invoice.voided"], day).last().copied())
    }));
    happened
}

/// How far it got on that day, and that it was sent before.
fn delivered(words: &Words, delivery: Delivery, day: Date, acts: &Acts) -> Vec<Happened> {
    let (kind, key, events): (_, _, &[&str]) = match delivery {
        // The history names each link. Whoever may not see it knows the day of the first.
        Delivery::LinkMade if acts.calendar.is_some() => return Vec::new(),
        Delivery::LinkMade => ("", "happened-link-made", &[]),
        Delivery::NotSent | Delivery::Sent => ("", "delivery-sent", &[LEAVES]),
        Delivery::Bounced => ("bad", "delivery-bounced", &["invoice.delivery_recorded"]),
        Delivery::Opened => ("", "delivery-opened", &["invoice.opened"]),
    };
    // Who says that it was sent may say so later, and of another day.
    let marked = acts.all("invoice.marked_sent").pop().filter(|_| delivery == Delivery::Sent).map(|(_, act)| act);
    // Of several letters it was the first: what comes after changes nothing of it.
    let act = marked.or_else(|| acts.on(events, day).first().copied());
    let act = act.or_else(|| acts.first(events).map(|(_, act)| act));
    let arrived = Happened::new(day, kind, words.t(key)).by(words, act);
    if !matches!(delivery, Delivery::Bounced | Delivery::Opened) {
        return vec![arrived];
    }
    let sent = |(day, act)| Happened::new(day, "", words.t("delivery-sent")).by(words, Some(act));
    match acts.sent() {
        Some(first) => vec![sent(first), arrived],
        // Whoever may not see the history knows the last day alone, and that it was sent before.
        None => vec![Happened { more: acts.calendar.is_none().then(|| words.t("happened-sent-before")), ..arrived }],
    }
}

/// The payments, in the order in which they were recorded: so their acts stand in the history.
fn money_of(words: &Words, payments: &[Payment], acts: &Acts) -> Vec<Happened> {
    let sum = |amount: Money| format!("{} {}", numbers::amount(words.language, amount), amount.currency());
    let recorded: Vec<&Line> = acts.lines.iter().filter(|line| line.record.leaf.what == "payment.recorded").collect();
    let mut happened = Vec::new();
    for (place, payment) in payments.iter().enumerate() {
        let amount = sum(payment.amount);
        let came = words.t1("happened-received", "amount", amount.as_str());
        let act = recorded.get(place).filter(|_| recorded.len() == payments.len()).copied();
        let came = Happened::new(payment.received_on, "key", came).by(words, act);
        happened.push(Happened { more: payment.particulars.reference.clone(), ..came });
        let back = words.t1("happened-taken-back", "amount", amount.as_str());
        happened.extend(payment.reversed_on.map(|day| {
            let acts = acts.on(&["payment.reversed"], day);
            // Of several on one day nobody says here which was whose.
            Happened::new(day, "bad", back).by(words, if let [only] = acts.as_slice() { Some(*only) } else { None })
        }));
    }
    happened
}
