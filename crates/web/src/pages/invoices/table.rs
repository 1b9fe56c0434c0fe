//! A list of invoices: a table where there is room, rows of two lines on a phone.

use super::super::customers::customer_name;
use crate::look::money;
use crate::look::status::{delivery, status};
use crate::look::sums::still_open;
use crate::words::Words;
use coffer_billing::invoices::Row;
use coffer_billing::settlement;
use coffer_documents::numbers;
use coffer_kernel::Date;
use maud::{Markup, html};

/// What of an invoice a list shows besides number, state and sums.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct Columns {
    /// Whose it is: not where all are one customer's.
    pub(in crate::pages) customer: bool,
    /// When it was issued.
    pub(in crate::pages) issued: bool,
    /// How far it got.
    pub(in crate::pages) delivery: bool,
}

/// The table of these rows.
pub(in crate::pages) fn invoices(words: &Words, rows: &[Row], today: Date, columns: Columns) -> Markup {
    html! {
        table.tbl.list.named[columns.customer] {
            thead { tr {
                th { (words.t("invoice-number")) }
                @if columns.customer { th { (words.t("invoice-customer")) } }
                th { (words.t("invoice-state")) }
                @if columns.issued { th { (words.t("invoice-issued")) } }
                th { (words.t("invoice-due")) }
                @if columns.delivery { th.room { (words.t("invoice-delivery")) } }
                th.num { (words.t("invoice-total")) }
                th.num { (words.t("invoice-open")) }
            } }
            tbody { @for row in rows { (line(words, row, today, columns)) } }
        }
    }
}

fn line(words: &Words, row: &Row, today: Date, columns: Columns) -> Markup {
    let day = |date| numbers::short_date(words.language, date, today);
    let standing = row.standing.as_ref();
    let void = standing.is_some_and(|standing| standing.voided_on.is_some());
    let open = standing.filter(|_| !void).map(still_open);
    // What is late and nobody is known to have is an exception, and never hidden.
    let unsent = standing.filter(|standing| standing.is_overdue(today) && standing.delivery.is_unknown());
    let bounced = standing.is_some_and(|standing| standing.delivery == settlement::Delivery::Bounced);
    html! {
        tr.gone[void] {
            td.c-no { a href={ "/invoices/" (row.id) } {
                @if let Some(number) = &row.number { (number) } @else { span.badge.draft { (words.t("status-draft")) } }
            } }
            @if columns.customer { td.c-who { (customer_name(words, row.customer_name.as_deref())) } }
            td.c-state { @if standing.is_some() {
                (status(words, standing, today))
                @if let Some(standing) = unsent {
                    " " span.badge.noted.no-room[columns.delivery] {
                        (words.t(if standing.delivery == settlement::Delivery::NotSent { "delivery-not-sent" } else { "delivery-link-made" }))
                    }
                }
                @if bounced { " " span.badge.came-back.no-room[columns.delivery] { (words.t("delivery-bounced")) } }
            } }
            @if columns.issued { td.c-issued.muted { (row.issued_on.map(day).unwrap_or_default()) } }
            td.c-due { (standing.filter(|_| !void).map(|standing| day(standing.due_on)).unwrap_or_default()) }
            @if columns.delivery { td.c-way.room.muted { @if let Some(standing) = standing { (delivery(words, standing, today)) } } }
            td.num.c-total { span.only-narrow.total-label { (words.t("invoice-total")) " " } (money(words, row.due)) }
            // On a phone the total stands alone, unless something else is open: then that counts, and the total below says so.
            td.num.c-open.as-total[open.is_none_or(|open| open.minor() == 0 || open == row.due)] { @if let Some(open) = open {
                span.muted[open.minor() == 0] { (money(words, open)) }
            } }
        }
    }
}
