//! What a form comes to while parts of it cannot be read yet: the sums of the lines that are whole, and which are left out.

use super::content::content;
use super::typed::Typed;
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::invoices::content::{Totals, totals};
use coffer_kernel::money::Money;

/// How often it is tried again with less: what cannot be read is named all at once, what cannot be summed one by one.
const TRIES: usize = 8;

/// What can be summed of a form.
#[derive(Default)]
pub(super) struct Reckoned {
    /// The sums; [`None`] where no line is whole.
    pub(super) totals: Option<Totals>,
    /// The net of each line, in their order; [`None`] where a line is left out.
    pub(super) nets: Vec<Option<Money>>,
    /// Whether a discount or charge on the whole is left out.
    pub(super) adjustment_left_out: bool,
}

impl Reckoned {
    /// Of a draft that is kept: all of it.
    pub(super) fn whole(totals: &Totals) -> Self {
        let nets = totals.line_nets.iter().copied().map(Some).collect();
        Self { totals: Some(totals.clone()), nets, adjustment_left_out: false }
    }

    /// The places of the lines that are left out.
    pub(super) fn left_out(&self) -> impl Iterator<Item = usize> {
        self.nets.iter().enumerate().filter(|(_, net)| net.is_none()).map(|(place, _)| place)
    }
}

/// Sums what was typed, as it would be kept; and everything that is wrong with it.
pub(super) fn reckon(words: &Words, typed: &Typed, own: &str) -> (Reckoned, Wrong) {
    let sum = |typed: &Typed| totals(&content(words, typed, own)?).map_err(|no| Wrong::of(&no));
    let wrong = match sum(typed) {
        Ok(totals) => return (Reckoned::whole(&totals), Wrong::default()),
        Err(wrong) => wrong,
    };
    let mut rest = typed.clone();
    let mut places: Vec<usize> = (0..typed.lines.len()).collect();
    let mut nets = vec![None; typed.lines.len()];
    let mut no = wrong.clone();
    for _ in 0..TRIES {
        if !leave_out(&mut rest, &mut places, &no) || rest.lines.is_empty() {
            break;
        }
        match sum(&rest) {
            Ok(totals) => {
                for (place, net) in places.iter().zip(&totals.line_nets) {
                    nets.get_mut(*place).into_iter().for_each(|slot| *slot = Some(*net));
                }
                let adjustment_left_out = rest.adjustments.len() < typed.adjustments.len();
                return (Reckoned { totals: Some(totals), nets, adjustment_left_out }, wrong);
            }
            Err(next) => no = next,
        }
    }
    (Reckoned { nets, ..Reckoned::default() }, wrong)
}

/// Leaves out what is wrong; whether that was anything that sums can do without.
fn leave_out(typed: &mut Typed, places: &mut Vec<usize>, wrong: &Wrong) -> bool {
    let place_of = |name: &str, row: &str| -> Option<usize> { name.strip_prefix(row)?.split('-').next()?.parse().ok() };
    let (mut lines, mut adjustments) = (vec![false; typed.lines.len()], vec![false; typed.adjustments.len()]);
    for name in wrong.names() {
        let slot = match (place_of(name, "line-"), place_of(name, "adjustment-")) {
            (Some(place), _) => lines.get_mut(place),
            (None, Some(place)) => adjustments.get_mut(place),
            (None, None) => {
                let day = match name {
                    "due_on" => &mut typed.due_on,
                    "delivered_on" => &mut typed.delivered_on,
                    "period-from" => &mut typed.period_from,
                    "period-to" => &mut typed.period_to,
                    // Without this there is nothing to reckon with.
                    _ => return false,
                };
                day.clear();
                continue;
            }
        };
        let Some(slot) = slot else { return false };
        *slot = true;
    }
    keep_others(&mut typed.lines, &lines);
    keep_others(places, &lines);
    keep_others(&mut typed.adjustments, &adjustments);
    wrong.names().next().is_some()
}

fn keep_others<T>(all: &mut Vec<T>, out: &[bool]) {
    let mut out = out.iter();
    all.retain(|_| !out.next().copied().unwrap_or_default());
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::super::row::{TypedAdjustment, TypedLine};
    use super::*;
    use coffer_documents::Language;

    fn line(name: &str, price: &str) -> TypedLine {
        TypedLine { name: name.into(), net_price: price.into(), tax: "S 19".into(), ..TypedLine::default() }
    }

    // proves: A4, F8
    #[test]
    fn what_is_half_written_is_left_out_of_the_sums_and_nothing_else() {
        let words = Words::of(Language::En);
        let adjustment =
            TypedAdjustment { amount: "ten".into(), reason: "Loyalty".into(), ..TypedAdjustment::default() };
        let large = "99999999999999999999999999";
        let lines = vec![line("Sign", "95"), line("Design", ""), line("Panel", "5"), line("All", large), line("", "3")];
        let adjustments = vec![adjustment];
        let typed = Typed { lines, adjustments, due_on: "soon".into(), ..Typed::default() };
        let (reckoned, wrong) = reckon(words, &typed, "EUR");
        let totals = reckoned.totals.as_ref().unwrap();
        assert_eq!((totals.lines_net.minor(), totals.amount_due.minor()), (10_000, 11_900));
        assert_eq!(reckoned.left_out().collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!(reckoned.nets[2].unwrap().minor(), 500, "each net stays with its line");
        assert!(reckoned.adjustment_left_out);
        for field in ["line-1-net_price", "line-4-name", "adjustment-0-amount", "due_on"] {
            assert!(wrong.at(words, field).is_some(), "{field}");
        }
        // Where nothing is whole there is no sum, which could be taken for one of something.
        let none = Typed { lines: vec![line("Design", "")], ..Typed::default() };
        assert!(reckon(words, &none, "EUR").0.totals.is_none());
        // A form that was changed on its way is not guessed at.
        let changed = Typed { lines: vec![line("Sign", "95")], carried: "{".into(), ..Typed::default() };
        assert!(reckon(words, &changed, "EUR").0.totals.is_none());
    }
}
