//! The second step: what each column is taken for, what would become of each row, and the button that writes it.

use super::brought::{Brought, column};
use super::rows::left_out;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, Wrong, inside};
use crate::pages::frame_for;
use crate::visitor::Inside;
use crate::words::Words;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::import::{Field, Outcome, Report, run};
use maud::{Markup, html};

/// The page of it. Nothing is written.
pub(super) async fn review(app: &App, person: &Inside, brought: &Brought) -> Response {
    let words = person.words;
    let mut wrong = brought.wrong();
    let report = if wrong.any() {
        None
    } else {
        match run(&app.books, &person.actor, brought.order(brought.table.rows.clone(), true)).await {
            Ok(report) => Some(report),
            Err(no) => {
                wrong = Wrong::of(&no);
                None
            }
        }
    };
    let form = html! {
        form.stack.wide-gaps method="post" action="/customers/import" enctype="multipart/form-data" {
            input type="hidden" name="csv" value=(brought.text);
            @if let Some(report) = &report { (would(words, report)) (whom(words, brought, report)) }
            (columns(words, brought, &wrong))
            @if let Some(report) = &report { (left_out(words, brought, &report.rows, true)) (foot(words, report.count("ready"), report.count("namesake") > 0)) }
        }
    };
    let body = wrong.above(words, &form);
    let kicker = html! { a href="/customers" { (words.t("customers-title")) } };
    let title = words.t("import-review-title");
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/customers", &head, &body)).into_response()
}

/// How many rows would become what.
fn would(words: &Words, report: &Report) -> Markup {
    let known = report.count("there") + report.count("resembles") + report.count("namesake");
    let others = [
        ("import-count-known", known),
        ("import-count-repeats", report.count("repeats")),
        ("import-count-refused", report.count("refused")),
    ];
    html! {
        section.figures.short {
            div { p.label { (words.t("import-count-ready")) } p.big { (report.count("ready")) } p.muted { (words.t1("import-rows", "count", report.rows.len())) } }
            @for (key, count) in others { div { p.label { (words.t(key)) } p.big.muted[count == 0] { (count) } } }
        }
    }
}

/// Whom the new rows are about, by the names in the file: the first of them.
fn whom(words: &Words, brought: &Brought, report: &Report) -> Markup {
    const SHOWN: usize = 12;
    let ready: Vec<u64> = report.rows.iter().filter(|row| row.outcome == Outcome::Ready).map(|row| row.line).collect();
    html! {
        @if !ready.is_empty() {
            p.soft {
                @for (place, line) in ready.iter().take(SHOWN).enumerate() { @if place > 0 { ", " } bdi { (brought.who(*line)) } }
                @if ready.len() > SHOWN { " " (words.t1("import-more", "count", ready.len() - SHOWN)) }
            }
        }
    }
}

/// Every column, an example from it, and what it is taken for.
fn columns(words: &Words, brought: &Brought, wrong: &Wrong) -> Markup {
    let dropped = (0..brought.table.header.len()).filter(|place| is_dropped(brought, *place)).count();
    html! {
        section.sec {
            header { h2 { (words.t("import-columns")) } }
            p.soft { (words.t("import-columns-why")) }
            @if dropped > 0 { p.care { (words.t1("import-dropped-count", "count", dropped)) } }
            table.tbl.report {
                thead { tr { th { (words.t("import-column")) } th { (words.t("import-example")) } th { (words.t("import-field")) } } }
                tbody { @for (place, name) in brought.table.header.iter().enumerate() { tr {
                    td.c-who dir="auto" { label for=(column(place)) { bdi { (name) } } }
                    td.muted { bdi { (example(brought, place)) } }
                    td { (chosen(words, brought, place, wrong)) }
                } } }
            }
            div.acts { button.btn name="then" value="look" { (words.t("import-look-again")) } }
        }
    }
}

/// Whether something stands in this column, and nothing is made of it.
fn is_dropped(brought: &Brought, place: usize) -> bool {
    !brought.mapping.0.contains_key(&place) && !example(brought, place).is_empty()
}

/// The first thing that somebody wrote into a column.
fn example(brought: &Brought, place: usize) -> String {
    const LONG: usize = 60;
    let cells = brought.table.rows.iter().filter_map(|(_, cells)| cells.get(place));
    let first = cells.map(String::as_str).find(|cell| !cell.is_empty()).unwrap_or_default();
    let mut short: String = first.chars().take(LONG).collect();
    if short.len() < first.len() {
        short.push('…');
    }
    short
}

fn chosen(words: &Words, brought: &Brought, place: usize, wrong: &Wrong) -> Markup {
    let (name, is) = (column(place), brought.mapping.0.get(&place));
    let (error, id) = (wrong.at(words, &name), format!("column-{place}-error"));
    html! {
        div.field.bad[error.is_some()] {
            select.in id=(name) name=(name) aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=[error.as_ref().map(|_| id.as_str())] {
                option value="-" selected[is.is_none()] { (words.t("import-field-none")) }
                @for field in Field::ALL { option value=(field.code()) selected[is == Some(field)] { (words.t(field_key(*field))) } }
            }
            @if let Some(error) = &error { p.err id=(id) { (error) } }
            @else if is_dropped(brought, place) { p.hint.care { (words.t("import-dropped")) } }
        }
    }
}

const fn field_key(field: Field) -> &'static str {
    match field {
        Field::Name => "customer-name",
        Field::Company => "import-field-company",
        Field::FirstName => "import-field-first-name",
        Field::LastName => "import-field-last-name",
        Field::Street => "customer-street",
        Field::AddressLine => "import-field-address-line",
        Field::PostCode => "customer-post-code",
        Field::City => "customer-city",
        Field::Subdivision => "customer-subdivision",
        Field::Country => "customer-country",
        Field::VatId => "customer-vat-id",
        Field::Email => "customer-email",
        Field::Phone => "customer-phone",
        Field::Currency => "editor-currency",
        Field::Registration => "import-field-registration",
        Field::Number => "import-field-number",
    }
}

/// What the button does, before the button. Rows that one may tick are added with the others, or by themselves.
fn foot(words: &Words, ready: usize, some_to_tick: bool) -> Markup {
    html! {
        div.barfoot {
            @if ready == 0 && !some_to_tick {
                p.soft { (words.t("import-nothing")) }
                a.btn href="/customers/import" { (words.t("import-other")) }
            } @else {
                p.soft { @if some_to_tick && ready > 0 { (words.t("import-also-too")) " " } (words.t("import-consequence")) }
                a.btn.quiet href="/customers/import" { (words.t("import-other")) }
                button.btn.main name="then" value="write" { @if ready == 0 { (words.t("import-also-go")) } @else { (words.t1("import-go", "count", ready)) } }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use coffer_billing::import::{Mapping, read};
    use coffer_documents::Language;

    // proves: F4
    #[test]
    fn a_file_that_calls_its_columns_as_these_pages_do_is_understood() {
        for language in Language::ALL {
            let words = Words::of(language);
            let header: Vec<String> = Field::ALL.iter().map(|field| words.t(field_key(*field))).collect();
            let table =
                read(format!("{}\n{}\n", header.join(";"), "x;".repeat(header.len() - 1) + "x").as_bytes()).unwrap();
            let guessed = Mapping::guess(&table).0;
            for (place, field) in Field::ALL.iter().enumerate() {
                assert_eq!(guessed.get(&place), Some(field), "{}", header.get(place).unwrap());
            }
        }
    }
}
