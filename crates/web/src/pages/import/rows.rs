//! The rows that somebody should look at, each with its line, whose it is, and what to do.

use super::brought::{ALSO, Brought};
use crate::words::Words;
use coffer_billing::import::{Outcome, RowReport};
use coffer_kernel::CustomerId;
use maud::{Markup, html};

/// The most rows a page shows.
const MOST: usize = 200;

/// Whether a row is nothing to look at: it is, or would be, a new customer.
fn is_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Ready | Outcome::Added(_))
}

/// Every row that does not become a customer, as they stand in the file; before anything is written one chooses which of them do
/// all the same.
pub(super) fn left_out(words: &Words, brought: &Brought, rows: &[RowReport], choosing: bool) -> Markup {
    let mut odd: Vec<&RowReport> = rows.iter().filter(|row| !is_well(&row.outcome)).collect();
    let asks = |row: &RowReport| choosing && matches!(row.outcome, Outcome::Namesake(_));
    // Where they are too many, those that need somebody are kept; they stand as in the file.
    odd.sort_by_key(|row| (!asks(row), !matches!(row.outcome, Outcome::Refused(_)), row.line));
    let more = odd.len().saturating_sub(MOST);
    odd.truncate(MOST);
    odd.sort_by_key(|row| row.line);
    html! {
        @if !odd.is_empty() {
            section.sec {
                header { h2 { (words.t("import-left-out")) } }
                table.tbl.report {
                    thead { tr { th.num { (words.t("import-line")) } th { (words.t("customer-name")) } th { (words.t("import-reason")) } } }
                    tbody { @for row in &odd { tr {
                        td.num.muted { (row.line) }
                        td.c-who { bdi { (brought.who(row.line)) } }
                        td {
                            (why(words, &row.outcome))
                            @if asks(row) { label.tick { input type="checkbox" name=(ALSO) value=(row.line) checked[brought.also.contains(&row.line)]; (words.t("import-also")) } }
                        }
                    } } }
                }
                @if more > 0 { p.muted { (words.t1("import-more", "count", more)) } }
            }
        }
    }
}

/// Why a row is left out, and what to do.
fn why(words: &Words, outcome: &Outcome) -> Markup {
    html! {
        @match outcome {
            Outcome::Ready | Outcome::Added(_) => {}
            Outcome::There(id) => { (words.t("import-there")) " " (see(words, *id)) }
            Outcome::Resembles(id) => { (words.t("import-resembles")) " " (see(words, *id)) }
            Outcome::Namesake(id) => { (words.t("import-namesake")) " " (see(words, *id)) }
            Outcome::Repeats(line) => (words.t1("import-repeats", "line", line.to_string())),
            Outcome::Refused(wrong) => { @for one in wrong { p {
                @if let Some(column) = &one.column { b { bdi { (column) } } ": " }
                (words.refusal(one.code, &one.arguments).unwrap_or_else(|| one.detail.clone()))
            } } }
        }
    }
}

/// The one who is there, beside the page: the file that is being looked at stays open.
fn see(words: &Words, id: CustomerId) -> Markup {
    html! { a.btn.small href={ "/customers/" (id) } target="_blank" rel="noopener" { (words.t("import-beside")) } }
}
