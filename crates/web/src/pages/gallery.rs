//! Every part that pages are made of, in every state, on one page: for whoever changes how they look. It shows specimens,
//! nothing of any business, and stands in the demonstration only; its captions are for developers and stay in English.

use super::frame_for;
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::status::status;
use crate::look::{Field, Head, Wrong, chart, choice, inside, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::insights::{Owed, Week};
use coffer_billing::settlement::{Delivery, Standing};
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{CustomerId, Date, InvoiceId, ScopeId, TypedId};
use coffer_store::Refused;
use maud::{Markup, html};

const TOKENS: [&str; 15] = [
    "paper",
    "desk",
    "well",
    "rule",
    "rule-2",
    "edge",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-deep",
    "accent-wash",
    "alarm",
    "alarm-wash",
    "care",
];

/// `GET /look`
pub(crate) async fn look(State(app): State<App>, person: Inside) -> Response {
    if !app.gallery {
        return refused(person.words, Refused::NotFound);
    }
    let words = person.words;
    let Ok(euro) = "EUR".parse::<Currency>() else { return refused(words, Refused::NotFound) };
    let today = Date::constant(2026, 11, 21);
    let body = html! {
        (section("Colour", &html! { ul.swatches { @for token in TOKENS { li { span class={ "swatch " (token) } {} (token) } } } }))
        (section("Type", &html! { p.specimen-7 { "48,320.50" } h1 { "What is owed" } h2 { "Needs you" } p { "Body: Yıldız Mimarlık, Ελένη Παπαδοπούλου, Студія Бузок" } p.muted { "Second voice" } p.hint { "Hint" } }))
        (section("Buttons", &buttons()))
        (section("Fields", &fields(words)))
        (section("Status", &statuses(words, euro, today)))
        (section("Table and sums", &table(words, euro)))
        (section("Banners", &banners()))
        (section("Chart", &chart::owed(words, &owed(euro), today)))
        (section("Chart of nothing", &chart::owed(words, &Owed { weeks: Vec::new(), ..owed(euro) }, today)))
        (section("Nothing here yet", &html! { div.empty { h2 { "No quotes yet" } p.soft { "One sentence says what would stand here." } a.btn.main href="#" { "Write a quote" } } }))
        (section("Keys", &html! { p { kbd { "Ctrl ↵" } " " kbd { "?" } } }))
    };
    let head = Head { kicker: None, title: "Tokens and components", acts: None };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/look", &head, &body)).into_response()
}

fn section(title: &str, body: &Markup) -> Markup {
    html! { section.sec { header { h2 { (title) } } (body) } }
}

fn buttons() -> Markup {
    html! {
        div.acts { a.btn.main href="#" { "Issue the invoice " kbd { "Ctrl ↵" } } a.btn href="#" { "Save the draft" } a.btn.quiet href="#" { "Keep as draft" } a.btn.danger href="#" { "Void this invoice" } a.btn.small href="#" { "Small" } }
        div { nav.seg { a href="#" aria-current="page" { "EUR" } a href="#" { "CHF" } a href="#" { "USD" } } }
        ol.steps { li.done { "You" } li aria-current="step" { "Second step" } li { "Your business" } }
    }
}

fn fields(words: &Words) -> Markup {
    let mut wrong = Wrong::default();
    wrong.add("specimen-wrong", "field.number", Vec::new());
    let options = [("S 19".to_owned(), words.t1("tax-rate", "rate", "19"))];
    let form = html! {
        div.row {
            (Field::text("specimen", "Customer name".to_owned(), "Ødegård & Sønner AS").required().draw(words, &wrong))
            (Field::text("specimen-hint", "Their order".to_owned(), "").hint("Printed on the invoice".to_owned()).draw(words, &wrong))
            (Field::text("specimen-wrong", "Amount".to_owned(), "zwölf").required().draw(words, &wrong))
            (choice("specimen-choice", "VAT", &options, "S 19"))
        }
        (Field::text("specimen-area", "Note".to_owned(), "Thank you.").kind("area").draw(words, &wrong))
        label.tick { input type="checkbox" checked; "Send by e-mail" }
    };
    wrong.above(words, &form)
}

fn statuses(words: &Words, euro: Currency, today: Date) -> Markup {
    let standing = |open: i64, over: i64, due_on: Date, void: bool| Standing {
        invoice: InvoiceId::from_bytes([0; 16]),
        version: 1,
        customer: CustomerId::from_bytes([0; 16]),
        scope: ScopeId::from_bytes([0; 16]),
        due_on,
        due: Money::new(10_000, euro),
        open: Money::new(open, euro),
        over: Money::new(over, euro),
        delivery: Delivery::NotSent,
        delivered_on: None,
        voided_on: void.then_some(today),
    };
    let (later, late) = (Date::constant(2026, 12, 3), Date::constant(2026, 11, 8));
    let all = [
        standing(10_000, 0, later, false),
        standing(4_000, 0, later, false),
        standing(0, 0, later, false),
        standing(0, 500, later, false),
        standing(10_000, 0, late, false),
        standing(0, 0, later, true),
    ];
    html! { p { (status(words, None, today)) } @for standing in &all { p { (status(words, Some(standing), today)) } } }
}

fn table(words: &Words, euro: Currency) -> Markup {
    let amount = |minor| money(words, Money::new(minor, euro));
    html! {
        table.tbl.list { thead { tr { th { "Number" } th { "Customer" } th.num { "Amount" } } } tbody {
            tr { td { a href="#" { "AN-2026-0119" } } td.wide { bdi { "Galerie d’Aujourd’hui" } } td.num.sum { (amount(211_800)) } }
            tr { td { a href="#" { "AN-2026-0098" } } td.wide { bdi { ("x".repeat(120)) } } td.num.sum { (amount(-38_000)) } }
        } }
        dl.sums { div { dt { "Net" } dd { (amount(387_350)) } } div.sub { dt { "VAT 19 %" } dd { (amount(73_597)) } } div.total { dt { "To pay" } dd { (amount(460_947)) } } }
    }
}

fn banners() -> Markup {
    html! {
        div.banner { div { "You are looking at October, which is closed." } }
        div.banner.good { div { b { "Proved." } " The copy you uploaded is the invoice that was issued." } }
        div.banner.care { div { b { "The last backup is 26 hours old." } " The disk at the studio did not answer." } a.btn.small href="#" { "Try again now" } }
        div.banner.alarm { div { b { "AN-2026-0088 was changed outside Coffer." } " Nothing is sent until somebody has looked." } }
    }
}

fn owed(euro: Currency) -> Owed {
    let week = |offset, minor| Week { offset, amount: Money::new(minor, euro) };
    let weeks =
        vec![week(-10, 124_000), week(-5, 211_800), week(-1, 420_000), week(0, 734_000), week(2, 498_000), week(9, 5)];
    Owed {
        open: Money::new(1_987_805, euro),
        open_count: 6,
        overdue: Money::new(755_800, euro),
        overdue_count: 3,
        overdue_since: Some(Date::constant(2026, 9, 12)),
        weeks,
    }
}
