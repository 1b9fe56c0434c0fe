//! The rows that somebody should look at, each with its line, whose it is, and what to do.

use super::brought::{ALSO, Brought};
use crate::words::Words;
use coffer_billing::import::{Outcome, RowReport};
use maud::{Markup, html};

/// The most rows a page shows.
const MOST: usize = 200;

/// Whether a row is nothing to look at: it is, or would be, a new customer.
fn is_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Ready | Outcome::Added(_))
}

/// Every row that does not become a customer, the refused ones first; before anything is written one chooses which of them do
/// all the same.
pub(super) fn left_out(words: &Words, brought: &Brought, rows: &[RowReport], choosing: bool) -> Markup {
    let mut odd: Vec<&RowReport> = rows.iter().filter(|row| !is_well(&row.outcome)).collect();
    let asks = |row: &RowReport| choosing && matches!(row.outcome, Outcome::Namesake(_));
    odd.sort_by_key(|row| (!asks(row), !matches!(row.outcome, Outcome::Refused(_)), row.line));
    html! {
        @if !odd.is_empty() {
            section.sec {
                header { h2 { (words.t("import-left-out")) } }
                table.tbl.report {
                    thead { tr { th.num { (words.t("import-line")) } th { (words.t("customer-name")) } th { (words.t("import-reason")) } } }
                    tbody { @for row in odd.iter().take(MOST) { tr {
                        td.num.muted { (row.line) }
                        td.c-who { bdi { (brought.who(row.line)) } }
                        td {
                            (why(words, &row.outcome))
                            @if asks(row) { label.tick { input type="checkbox" name=(ALSO) value=(row.line) checked[brought.also.contains(&row.line)]; (words.t("import-also")) } }
                        }
                    } } }
                }
                @if odd.len() > MOST { p.muted { (words.t1("import-more", "count", odd.len() - MOST)) } }
            }
        }
    }
}

/// Why a row is left out, and what to do.
fn why(words: &Words, outcome: &Outcome) -> Markup {
    html! {
        @match outcome {
            Outcome::Ready | Outcome::Added(_) => {}
            Outcome::There(id) => { (words.t("import-there")) " " a href={ "/customers/" (id) } { (words.t("history-see")) } }
            Outcome::Resembles(id) => { (words.t("import-resembles")) " " a href={ "/customers/" (id) } { (words.t("history-see")) } }
            Outcome::Namesake(id) => { (words.t("import-namesake")) " " a href={ "/customers/" (id) } { (words.t("history-see")) } }
            Outcome::Repeats(line) => (words.t1("import-repeats", "line", line.to_string())),
            Outcome::Refused(wrong) => { @for one in wrong { p {
                @if let Some(column) = &one.column { b { bdi { (column) } } ": " }
                (words.refusal(one.code, &one.arguments).unwrap_or_else(|| one.detail.clone()))
            } } }
        }
    }
}
