//! What a form comes to while parts of it cannot be read yet: what is whole, with its sums, and which rows are left out.

use super::content::content;
use super::half::{self, field_in_form};
use super::typed::Typed;
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::invoices::content::{Content, Totals, totals};
use coffer_billing::invoices::{Unfinished, fits};
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
    /// The places of the lines that are left out.
    pub(super) fn left_out(&self) -> impl Iterator<Item = usize> {
        self.nets.iter().enumerate().filter(|(_, net)| net.is_none()).map(|(place, _)| place)
    }
}

/// What is whole of a form, and what is not.
pub(super) struct Sifted {
    /// What is whole.
    pub(super) content: Content,
    totals: Totals,
    /// The places of the lines that are.
    places: Vec<usize>,
    /// What is not, as it was typed.
    pub(super) unfinished: Unfinished,
}

/// Takes a form apart into what can be kept as what it is, and what can only be kept as it was typed; and everything that is
/// wrong with it. [`None`] where nothing can be left out that would help.
pub(super) fn sift(words: &Words, typed: &Typed, own: &str) -> (Option<Sifted>, Wrong) {
    let read = |typed: &Typed| {
        let content = content(words, typed, own)?;
        let totals = totals(&content).map_err(|no| Wrong::of(&no))?;
        Ok::<_, Wrong>((content, totals))
    };
    let mut rest = Rest::of(typed);
    let mut wrong = Wrong::default();
    for _ in 0..=TRIES {
        match read(&rest.typed) {
            Ok((content, totals)) => {
                let (unfinished, places) = (rest.unfinished(typed), rest.lines);
                return (Some(Sifted { content, totals, places, unfinished }), wrong);
            }
            Err(no) => {
                wrong = wrong.and(no.clone().renamed(|name| rest.as_typed(name)));
                if !rest.leave_out(&no) {
                    break;
                }
            }
        }
    }
    (None, wrong)
}

/// Sums what was typed, as it would be kept; and everything that is wrong with it.
pub(super) fn reckon(words: &Words, typed: &Typed, own: &str) -> (Reckoned, Wrong) {
    let mut nets = vec![None; typed.lines.len()];
    let (sifted, wrong) = sift(words, typed, own);
    let wrong = sifted.as_ref().and_then(unfit).into_iter().fold(wrong, Wrong::and);
    // Where nothing is whole there is no sum, which could be taken for one of something.
    let Some(sifted) = sifted.filter(|sifted| !sifted.places.is_empty() || typed.lines.is_empty()) else {
        return (Reckoned { nets, ..Reckoned::default() }, wrong);
    };
    for (place, net) in sifted.places.iter().zip(&sifted.totals.line_nets) {
        nets.get_mut(*place).into_iter().for_each(|slot| *slot = Some(*net));
    }
    let adjustment_left_out = !sifted.unfinished.adjustments.is_empty();
    (Reckoned { totals: Some(sifted.totals), nets, adjustment_left_out }, wrong)
}

/// What can be read and is refused all the same when it is kept, at the fields where keeping it says so: it is said while one
/// types, and stays said until it is mended.
fn unfit(sifted: &Sifted) -> Option<Wrong> {
    let no = fits(&sifted.content, &sifted.unfinished).err()?;
    Some(Wrong::named(&no, &|pointer| field_in_form(pointer, &sifted.unfinished)))
}

/// What is left of a form, with the places that its rows had.
struct Rest {
    typed: Typed,
    lines: Vec<usize>,
    adjustments: Vec<usize>,
    days: Vec<String>,
}

impl Rest {
    fn of(typed: &Typed) -> Self {
        let (lines, adjustments) = ((0..typed.lines.len()).collect(), (0..typed.adjustments.len()).collect());
        Self { typed: typed.clone(), lines, adjustments, days: Vec::new() }
    }

    /// The name that a field of what is left had in the whole; of a row as such, its price.
    fn as_typed(&self, name: &str) -> String {
        let of = |row: &str, places: &[usize]| {
            let (place, rest) =
                name.strip_prefix(row)?.split_once('-').unwrap_or((name.strip_prefix(row)?, "net_price"));
            Some(format!("{row}{}-{rest}", places.get(place.parse::<usize>().ok()?)?))
        };
        let found = of("line-", &self.lines).or_else(|| of("adjustment-", &self.adjustments));
        found.unwrap_or_else(|| name.to_owned())
    }

    /// Leaves out what is wrong; whether that was anything that sums can do without.
    fn leave_out(&mut self, wrong: &Wrong) -> bool {
        let place_of =
            |name: &str, row: &str| -> Option<usize> { name.strip_prefix(row)?.split('-').next()?.parse().ok() };
        let mut lines = vec![false; self.typed.lines.len()];
        let mut adjustments = vec![false; self.typed.adjustments.len()];
        for name in wrong.names() {
            let slot = match (place_of(name, "line-"), place_of(name, "adjustment-")) {
                (Some(place), _) => lines.get_mut(place),
                (None, Some(place)) => adjustments.get_mut(place),
                (None, None) => {
                    // Without anything but a day there is nothing to reckon with.
                    let Some(day) = self.typed.day(name) else { return false };
                    day.clear();
                    self.days.push(name.to_owned());
                    continue;
                }
            };
            let Some(slot) = slot else { return false };
            *slot = true;
        }
        keep_others(&mut self.typed.lines, &lines);
        keep_others(&mut self.lines, &lines);
        keep_others(&mut self.typed.adjustments, &adjustments);
        keep_others(&mut self.adjustments, &adjustments);
        wrong.names().next().is_some()
    }

    /// What was left out, as it was typed.
    fn unfinished(&self, typed: &Typed) -> Unfinished {
        let out = |left: &[usize], all: usize| {
            (0..all).filter(|place| left.binary_search(place).is_err()).collect::<Vec<_>>()
        };
        let lines = out(&self.lines, typed.lines.len()).into_iter();
        let adjustments = out(&self.adjustments, typed.adjustments.len()).into_iter();
        let mut days = typed.clone();
        Unfinished {
            lines: lines.filter_map(|place| Some((place, half::of_line(typed.lines.get(place)?)))).collect(),
            adjustments: adjustments
                .filter_map(|place| Some((place, half::of_adjustment(typed.adjustments.get(place)?))))
                .collect(),
            fields: self.days.iter().filter_map(|name| Some((name.clone(), days.day(name)?.clone()))).collect(),
        }
    }
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
