//! What the template is given: every text in its final form, in the order of the page. Nothing is decided behind it.

use crate::adjustments::{self, Told};
use crate::countries;
use crate::genuine::genuine;
use crate::numbers::{amount, date, days, decimal, percent};
use crate::paper::{Look, Paper};
use crate::payment::{Payment, payment};
use crate::reasons::reasons;
use crate::words::{Language, Words};
use coffer_billing::invoices::Draft;
use coffer_billing::invoices::content::{Adjusted, DeliverTo, InvoiceLine, Party, TaxCategory, TaxSubtotal};
use coffer_kernel::money::Money;
use serde::Serialize;

/// How much text may stand in a line that is kept together on its page, in bytes.
const LONG_LINE: usize = 1_200;

/// How long, in bytes, what a discount on the whole is for may be beside its sum.
const LONG_REASON: usize = 120;

/// The page, as data.
#[derive(Serialize)]
pub(crate) struct Sheet {
    language: &'static str,
    title: String,
    draft_note: Option<String>,
    logo: Option<(u32, u32)>,
    accent: Option<String>,
    seller: String,
    seller_lines: Vec<String>,
    return_line: String,
    buyer_lines: Vec<String>,
    facts: Vec<(&'static str, String, bool)>,
    heads: [String; 5],
    carried: &'static str,
    lines: Vec<Line>,
    vat_heads: [&'static str; 3],
    vat: Vec<[String; 3]>,
    sums: Vec<(String, String, bool)>,
    to_pay: Option<(&'static str, String, String)>,
    asked: Option<(&'static str, String)>,
    due_note: Option<String>,
    notes: Vec<String>,
    pay: Option<Payment>,
    genuine: Vec<(String, bool)>,
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
    so_far: String,
    long: bool,
}

impl Sheet {
    pub(crate) fn of(paper: &Paper<'_>, look: Look<'_>) -> Self {
        let (language, draft) = (paper.language(), paper.draft());
        let words = language.words();
        let (seller, buyer) = (paper.seller(), paper.buyer());
        let totals = &draft.totals;
        let currency = draft.content.currency;
        let void = matches!(paper, Paper::Voided { .. });
        let net_in = format!("{}, {currency}", words.net_in);
        let abroad = abroad(seller, buyer);
        Self {
            language: language.code(),
            title: title(paper, words).to_owned(),
            draft_note: not_owed(paper, words),
            logo: look.logo.map(|logo| on_paper(logo.size())),
            accent: look.accent.map(|accent| accent.on_paper().to_string()),
            seller: splittable(&seller.name),
            seller_lines: contact(seller, language, abroad),
            return_line: [vec![splittable(&seller.name)], address(seller)].concat().join(" · "),
            buyer_lines: [vec![splittable(&buyer.name)], address(buyer), country(buyer, language, abroad)].concat(),
            facts: facts(paper, words),
            heads: [words.what, words.quantity, words.price, words.vat, &net_in].map(str::to_owned),
            carried: words.carried,
            lines: rows(draft, language),
            vat_heads: [words.vat, words.net, words.tax],
            vat: totals
                .breakdown
                .iter()
                .map(|tax| [category(tax, language), amount(language, tax.taxable), amount(language, tax.tax)])
                .collect(),
            sums: sums(paper, words),
            to_pay: (!void).then(|| (words.to_pay, amount(language, totals.amount_due), currency.to_string())),
            asked: void.then(|| (words.asked, format!("{} {currency}", amount(language, totals.amount_due)))),
            due_note: due_note(paper, words),
            notes: notes(draft, language),
            pay: payment(paper, words),
            genuine: genuine(paper, words),
            legal: legal(seller, words),
        }
    }
}

/// How large a logo stands on paper, in micrometres: as large as its dots are worth at 150 to the inch, and at most
/// 60 × 18 mm.
fn on_paper((width, height): (u32, u32)) -> (u32, u32) {
    let [width, height] = [width.clamp(1, 4_000), height.clamp(1, 4_000)];
    let natural = |dots: u32| dots * 25_400 / 150;
    let wide = 60_000_u32.min(natural(width)).min(18_000 * width / height).max(1);
    (wide, wide * height / width)
}

/// Why there is no VAT (BT-120), the terms (BT-20), the note (BT-22).
fn notes(draft: &Draft, language: Language) -> Vec<String> {
    let said = [&draft.content.terms, &draft.content.note].into_iter().flatten().cloned();
    reasons(draft, language).into_iter().chain(said).map(|text| lines(&text)).collect()
}

/// A text of several lines as the typesetter takes it: line ends of one kind, no tabs.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ")
}

/// What the paper calls itself.
const fn title(paper: &Paper<'_>, words: &Words) -> &'static str {
    match paper {
        Paper::Draft { .. } => words.draft,
        Paper::Issued { .. } | Paper::Sample { .. } => words.invoice,
        Paper::Voided { .. } => words.void,
    }
}

/// Why nothing is to be paid for it, where that is so.
fn not_owed(paper: &Paper<'_>, words: &Words) -> Option<String> {
    match paper {
        Paper::Draft { .. } => Some(words.draft_note.to_owned()),
        Paper::Issued { .. } => None,
        Paper::Sample { .. } => Some(words.sample_note.to_owned()),
        Paper::Voided { voided_on, language, .. } => {
            Some(format!("{} {}. {}", words.void_since, date(*language, *voided_on), words.void_note))
        }
    }
}

fn contact(party: &Party, language: Language, abroad: bool) -> Vec<String> {
    let reach: Vec<&str> = [&party.email, &party.phone].into_iter().flatten().map(String::as_str).collect();
    let mut lines = [address(party), country(party, language, abroad)].concat();
    if !reach.is_empty() {
        lines.push(reach.join(" · "));
    }
    lines
}

fn address(party: &Party) -> Vec<String> {
    let place: Vec<&str> = [&party.post_code, &party.city].into_iter().flatten().map(String::as_str).collect();
    let mut lines: Vec<String> = [&party.street, &party.address_line].into_iter().flatten().cloned().collect();
    let place = Some(place.join(" ")).filter(|place| !place.is_empty());
    let place: Vec<String> = [place, party.subdivision.clone()].into_iter().flatten().collect();
    if !place.is_empty() {
        lines.push(place.join(", "));
    }
    lines.iter().map(|line| splittable(line)).collect()
}

/// Whether the document goes to another country: only then are countries written.
fn abroad(seller: &Party, buyer: &Party) -> bool {
    matches!((&seller.country, &buyer.country), (Some(seller), Some(buyer)) if seller != buyer)
}

/// The country as the post wants it: in capitals, in a line of its own.
fn country(party: &Party, language: Language, abroad: bool) -> Vec<String> {
    let country = party.country.as_deref().filter(|_| abroad);
    country.map(|code| countries::name(language, code).to_uppercase()).into_iter().collect()
}

/// A text whose words can be broken where they are longer than a column: no paper is wide enough for each of them.
pub(crate) fn splittable(text: &str) -> String {
    const LONGEST: usize = 28;
    let (mut split, mut run) = (String::with_capacity(text.len()), 0);
    for letter in text.chars() {
        run = if letter.is_whitespace() || letter == '-' { 0 } else { run + 1 };
        if run > LONGEST {
            split.push('\u{200b}');
            run = 1;
        }
        split.push(letter);
    }
    split
}

/// BT-1, BT-2, BT-72, BG-14, BG-15, BT-10 to BT-13, BT-48, BT-9, in the order of the page.
fn facts(paper: &Paper<'_>, words: &Words) -> Vec<(&'static str, String, bool)> {
    let (language, content) = (paper.language(), &paper.draft().content);
    let mut facts = Vec::new();
    if let Some(issued) = paper.issued() {
        facts.push((words.number, issued.number_text.clone(), true));
        facts.push((words.issued, date(language, issued.issued_on), false));
    }
    facts.extend(content.delivered_on.map(|day| (words.delivered, date(language, day), false)));
    facts.extend(content.period.and_then(|period| Some((words.period, days(language, period)?, false))));
    facts.extend(content.deliver_to.as_ref().map(|to| (words.delivered_to, place(to, language), false)));
    let texts = [
        (words.your_reference, &content.buyer_reference),
        (words.your_order, &content.order_number),
        (words.contract, &content.contract_number),
        (words.project, &content.project_number),
        (words.your_vat_id, &paper.buyer().vat_id),
    ];
    facts.extend(texts.into_iter().filter_map(|(label, text)| Some((label, splittable(text.as_deref()?), false))));
    if !matches!(paper, Paper::Voided { .. }) {
        facts.push((words.due, date(language, paper.due_on()), true));
    }
    facts
}

/// A place of delivery in one line.
fn place(to: &DeliverTo, language: Language) -> String {
    let city: Vec<&str> = [&to.post_code, &to.city].into_iter().flatten().map(String::as_str).collect();
    let country = to.country.as_deref().map(|code| countries::name(language, code).to_owned());
    let parts = [to.name.clone(), to.street.clone(), to.address_line.clone(), Some(city.join(" ")), country];
    splittable(&parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

/// The lines, each with what all of them come to by then: a page that is full says it.
fn rows(draft: &Draft, language: Language) -> Vec<Line> {
    let (totals, currency) = (&draft.totals, draft.content.currency);
    let parts = totals.line_nets.iter().zip(&totals.line_adjustments);
    let mut so_far = 0;
    let lines = draft.content.lines.iter().zip(parts).map(|(line, (net, adjusted))| {
        so_far += net.minor();
        let so_far = amount(language, Money::new(so_far, currency));
        Line { so_far, ..row(line, *net, adjusted, language) }
    });
    lines.collect()
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
    more.extend(line.period.and_then(|period| days(language, period)));
    more.extend(
        line.list_price
            .map(|list| format!("{}: {}", words.list_price, decimal(language, list.get(), currency.exponent()))),
    );
    more.extend(parts.map(|(part, sum)| {
        let Told { what, sum } = adjustments::of_line(language, part, *sum);
        format!("{what}: {}", amount(language, sum))
    }));
    let long = more.iter().map(String::len).sum::<usize>() + line.name.len() > LONG_LINE;
    Line {
        name: splittable(&line.name),
        more: more.iter().map(|text| splittable(text)).collect(),
        so_far: String::new(),
        long,
        quantity: format!("{} {unit}", decimal(language, quantity, 0)),
        price,
        vat: percent(language, line.rate.get()),
        net: amount(language, net),
    }
}

/// BT-106 to BT-115 in order; rows of nothing are left out.
fn sums(paper: &Paper<'_>, words: &Words) -> Vec<(String, String, bool)> {
    let (language, totals) = (paper.language(), &paper.draft().totals);
    let negative = |value: Money| Money::new(-value.minor(), value.currency());
    let mut sums = Vec::new();
    // Where nothing comes between them, two lines with the same sum only make one search for the difference.
    if totals.lines_net != totals.net_total {
        sums.push((words.lines.to_owned(), amount(language, totals.lines_net), false));
    }
    let mut some = |label: &str, value: Money, ruled: bool| {
        if value.minor() != 0 {
            sums.push((label.to_owned(), amount(language, value), ruled));
        }
    };
    let parts = of_document(paper);
    if parts.is_empty() {
        some(words.allowance, negative(totals.allowances), false);
        some(words.charge, totals.charges, false);
    }
    sums.extend(parts.into_iter().map(|told| (splittable(&told.what), amount(language, told.sum), false)));
    let ruled = !sums.is_empty();
    sums.push((words.net.to_owned(), amount(language, totals.net_total), ruled));
    sums.push((words.tax.to_owned(), amount(language, totals.tax_total), false));
    if totals.gross_total != totals.amount_due {
        sums.push((words.gross.to_owned(), amount(language, totals.gross_total), true));
    }
    let mut some = |label: &str, value: Money| {
        if value.minor() != 0 {
            sums.push((label.to_owned(), amount(language, value), false));
        }
    };
    some(words.prepaid, negative(totals.prepaid));
    some(words.rounding, totals.rounding);
    sums
}

/// How many discounts and charges of the whole document stand there one by one: the sums keep together on a page.
const MOST_TOLD: usize = 12;

/// The discounts and charges of the whole document, each with what it is for; none where there are too many of them.
fn of_document(paper: &Paper<'_>) -> Vec<Told> {
    let draft = paper.draft();
    let parts = draft.content.adjustments.iter().zip(&draft.totals.adjustments);
    let long = |told: &Told| told.what.len() > LONG_REASON;
    let told: Vec<Told> =
        parts.map(|(part, sum)| adjustments::of_document(paper.language(), part, *sum)).take(MOST_TOLD + 1).collect();
    if told.len() > MOST_TOLD || told.iter().any(long) { Vec::new() } else { told }
}

/// By when it is to be paid, where no account stands on the paper that would say so.
fn due_note(paper: &Paper<'_>, words: &Words) -> Option<String> {
    let owed = paper.draft().totals.amount_due.minor() > 0 && !matches!(paper, Paper::Voided { .. });
    let silent = paper.account().is_none();
    (owed && silent).then(|| format!("{} {}", words.pay_by, date(paper.language(), paper.due_on())))
}

/// A category of VAT with its rate. The standard category is its rate: 7 % is of it, too.
fn category(tax: &TaxSubtotal, language: Language) -> String {
    let (rate, name) = (percent(language, tax.rate.get()), (language.words().category)(tax.category));
    if tax.category == TaxCategory::S {
        rate
    } else if tax.rate.get().is_zero() {
        name.to_owned()
    } else {
        format!("{name} {rate}")
    }
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
