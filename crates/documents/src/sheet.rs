//! What the template is given: every text in its final form, in the order of the page. Nothing is decided behind it.

use crate::epc::EpcCode;
use crate::numbers::{amount, date, decimal};
use crate::paper::Paper;
use crate::words::{Language, Words};
use coffer_billing::invoices::content::{Adjusted, AdjustmentKind, DeliverTo, InvoiceLine, Party, Period};
use coffer_kernel::Date;
use coffer_kernel::money::Money;
use serde::Serialize;

/// The page, as data.
#[derive(Serialize)]
pub(crate) struct Sheet {
    language: &'static str,
    title: String,
    draft_note: Option<String>,
    seller: String,
    seller_lines: Vec<String>,
    return_line: String,
    buyer_lines: Vec<String>,
    facts: Vec<(&'static str, String)>,
    heads: [String; 5],
    carried: &'static str,
    lines: Vec<Line>,
    vat_heads: [&'static str; 3],
    vat: Vec<[String; 3]>,
    sums: Vec<(String, String, bool)>,
    to_pay: (&'static str, String, String),
    notes: Vec<String>,
    pay: Option<Payment>,
    genuine: Option<(&'static str, &'static str, String, &'static str)>,
    legal: String,
}

#[derive(Serialize)]
struct Line {
    name: String,
    more: Vec<String>,
    quantity: String,
    price: String,
    vat: String,
    net: String,
}

#[derive(Serialize)]
struct Payment {
    title: String,
    facts: Vec<(&'static str, String)>,
    note: Option<&'static str>,
    code: Option<String>,
    side: usize,
}

impl Sheet {
    pub(crate) fn of(paper: &Paper<'_>) -> Self {
        let (language, draft) = (paper.language(), paper.draft());
        let words = language.words();
        let (seller, buyer) = (paper.seller(), paper.buyer());
        let totals = &draft.totals;
        let currency = draft.content.currency;
        let issued = paper.issued();
        let mark: Option<String> =
            issued.map(|issued| issued.content_hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect());
        let net_in = format!("{}, {currency}", words.net_in);
        Self {
            language: language.code(),
            title: title(paper, words).to_owned(),
            draft_note: not_owed(paper, words),
            seller: seller.name.clone(),
            seller_lines: contact(seller),
            return_line: [vec![seller.name.clone()], address(seller)].concat().join(" · "),
            buyer_lines: [vec![buyer.name.clone()], address(buyer)].concat(),
            facts: facts(paper, words),
            heads: [words.what, words.quantity, words.price, words.vat, &net_in].map(str::to_owned),
            carried: words.carried,
            lines: draft
                .content
                .lines
                .iter()
                .zip(totals.line_nets.iter().zip(&totals.line_adjustments))
                .map(|(line, (net, adjusted))| row(line, *net, adjusted, language))
                .collect(),
            vat_heads: [words.vat, words.net, words.tax],
            vat: totals
                .breakdown
                .iter()
                .map(|tax| {
                    let name = format!("{} {}", (words.category)(tax.category), percent(language, tax.rate.get()));
                    [name, amount(language, tax.taxable), amount(language, tax.tax)]
                })
                .collect(),
            sums: sums(paper, words),
            to_pay: (words.to_pay, amount(language, totals.amount_due), currency.to_string()),
            notes: [&draft.content.exemption_reason, &draft.content.terms, &draft.content.note]
                .into_iter()
                .flatten()
                .map(|text| lines(text))
                .collect(),
            pay: payment(paper, words),
            genuine: mark.map(|mark| (words.genuine, words.genuine_note, mark, words.other_account)),
            legal: legal(seller, words),
        }
    }
}

/// A text of several lines as the typesetter takes it: line ends of one kind, no tabs.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ")
}

/// What the paper calls itself.
const fn title(paper: &Paper<'_>, words: &Words) -> &'static str {
    match paper {
        Paper::Draft { .. } => words.draft,
        Paper::Issued { .. } => words.invoice,
        Paper::Voided { .. } => words.void,
    }
}

/// Why nothing is to be paid for it, where that is so.
fn not_owed(paper: &Paper<'_>, words: &Words) -> Option<String> {
    match paper {
        Paper::Draft { .. } => Some(words.draft_note.to_owned()),
        Paper::Issued { .. } => None,
        Paper::Voided { voided_on, language, .. } => {
            Some(format!("{} {}. {}", words.void_since, date(*language, *voided_on), words.void_note))
        }
    }
}

fn contact(party: &Party) -> Vec<String> {
    let reach: Vec<&str> = [&party.email, &party.phone].into_iter().flatten().map(String::as_str).collect();
    let mut lines = address(party);
    if !reach.is_empty() {
        lines.push(reach.join(" · "));
    }
    lines
}

fn address(party: &Party) -> Vec<String> {
    let place: Vec<&str> = [&party.post_code, &party.city].into_iter().flatten().map(String::as_str).collect();
    let mut lines: Vec<String> = [&party.street, &party.address_line].into_iter().flatten().cloned().collect();
    if !place.is_empty() {
        lines.push(place.join(" "));
    }
    lines.extend(party.country.clone().filter(|_| !lines.is_empty()));
    lines
}

/// BT-1, BT-2, BT-72, BG-14, BG-15, BT-10 to BT-13, BT-48, BT-9, in the order of the page.
fn facts(paper: &Paper<'_>, words: &Words) -> Vec<(&'static str, String)> {
    let (language, content) = (paper.language(), &paper.draft().content);
    let mut facts = Vec::new();
    if let Some(issued) = paper.issued() {
        facts.push((words.number, issued.number_text.clone()));
        facts.push((words.issued, date(language, issued.issued_on)));
    }
    facts.extend(content.delivered_on.map(|day| (words.delivered, date(language, day))));
    facts.extend(content.period.and_then(|period| Some((words.period, days(period, language)?))));
    facts.extend(content.deliver_to.as_ref().map(|to| (words.delivered_to, place(to))));
    let texts = [
        (words.your_reference, &content.buyer_reference),
        (words.your_order, &content.order_number),
        (words.contract, &content.contract_number),
        (words.project, &content.project_number),
        (words.your_vat_id, &paper.buyer().vat_id),
    ];
    facts.extend(texts.into_iter().filter_map(|(label, text)| Some((label, text.clone()?))));
    facts.push((words.due, date(language, paper.due_on())));
    facts
}

/// A period; an open end is left open.
fn days(period: Period, language: Language) -> Option<String> {
    let day = |day: Option<Date>| day.map(|day| date(language, day)).unwrap_or_default();
    let said = [period.from, period.to].iter().any(Option::is_some);
    said.then(|| format!("{} \u{2013} {}", day(period.from), day(period.to)).trim().to_owned())
}

/// A place of delivery in one line.
fn place(to: &DeliverTo) -> String {
    let city: Vec<&str> = [&to.post_code, &to.city].into_iter().flatten().map(String::as_str).collect();
    let parts = [to.name.clone(), to.street.clone(), to.address_line.clone(), Some(city.join(" ")), to.country.clone()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn row(line: &InvoiceLine, net: Money, parts: &[Adjusted], language: Language) -> Line {
    let (words, currency) = (language.words(), net.currency());
    let quantity = line.quantity.get();
    let unit = (words.unit)(&line.unit, quantity == 1.into()).map_or_else(|| line.unit.clone(), str::to_owned);
    let mut price = decimal(language, line.net_price.get(), currency.exponent());
    if line.base_quantity.get() != 1.into() {
        price = format!("{price} / {}", decimal(language, line.base_quantity.get(), 0));
    }
    let mut more: Vec<String> = line.description.as_deref().map(lines).into_iter().collect();
    let parts = line.adjustments.iter().zip(parts);
    more.extend(line.period.and_then(|period| days(period, language)));
    more.extend(
        line.list_price
            .map(|list| format!("{}: {}", words.list_price, decimal(language, list.get(), currency.exponent()))),
    );
    more.extend(parts.map(|(part, sum)| adjusted(part.kind, &part.reason, *sum, language)));
    Line {
        name: line.name.clone(),
        more,
        quantity: format!("{} {unit}", decimal(language, quantity, 0)),
        price,
        vat: percent(language, line.rate.get()),
        net: amount(language, net),
    }
}

fn adjusted(kind: AdjustmentKind, reason: &str, sum: Adjusted, language: Language) -> String {
    let words = language.words();
    let (word, sign) = match kind {
        AdjustmentKind::Allowance => (words.allowance, "\u{2212}"),
        AdjustmentKind::Charge => (words.charge, ""),
    };
    let reason = if reason.is_empty() { word } else { reason };
    format!("{reason}: {sign}{}", amount(language, sum.amount))
}

/// BT-106 to BT-115 in order; rows of nothing are left out.
fn sums(paper: &Paper<'_>, words: &Words) -> Vec<(String, String, bool)> {
    let (language, totals) = (paper.language(), &paper.draft().totals);
    let negative = |value: Money| Money::new(-value.minor(), value.currency());
    let mut sums = vec![(words.lines.to_owned(), amount(language, totals.lines_net), false)];
    let mut some = |label: &str, value: Money, ruled: bool| {
        if value.minor() != 0 {
            sums.push((label.to_owned(), amount(language, value), ruled));
        }
    };
    some(words.allowance, negative(totals.allowances), false);
    some(words.charge, totals.charges, false);
    sums.push((words.net.to_owned(), amount(language, totals.net_total), true));
    sums.push((words.tax.to_owned(), amount(language, totals.tax_total), false));
    sums.push((words.gross.to_owned(), amount(language, totals.gross_total), true));
    let mut some = |label: &str, value: Money| {
        if value.minor() != 0 {
            sums.push((label.to_owned(), amount(language, value), false));
        }
    };
    some(words.prepaid, negative(totals.prepaid));
    some(words.rounding, totals.rounding);
    sums
}

fn payment(paper: &Paper<'_>, words: &Words) -> Option<Payment> {
    let (pay, language) = (paper.pay()?, paper.language());
    let due = paper.draft().totals.amount_due;
    if due.minor() <= 0 {
        return None;
    }
    let account = &pay.account;
    let euro = due.currency().to_string() == "EUR";
    let bic = account.bic.as_deref();
    let code =
        euro.then(|| EpcCode::new(&account.holder, &account.iban, bic, due.minor(), &pay.reference).ok()).flatten();
    let modules = code.as_ref().and_then(EpcCode::modules);
    Some(Payment {
        title: format!("{} {}", words.pay_by, date(language, paper.due_on())),
        facts: vec![
            (words.pay_to, account.holder.clone()),
            (words.account, in_fours(&account.iban)),
            (words.amount, format!("{} {}", amount(language, due), due.currency())),
            (words.write, pay.reference.clone()),
        ],
        note: modules.is_some().then_some(words.code_note),
        side: modules.as_ref().map_or(0, crate::epc::Modules::side),
        code: modules.map(|modules| modules.path()),
    })
}

fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn legal(seller: &Party, words: &Words) -> String {
    let labelled = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label} {text}"));
    let parts = [
        Some(seller.name.clone()),
        seller.registration.clone(),
        labelled(words.vat_id, &seller.vat_id),
        labelled(words.tax_number, &seller.tax_registration),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn percent(language: Language, rate: coffer_kernel::money::Decimal) -> String {
    format!("{}\u{a0}%", decimal(language, rate, 0))
}
