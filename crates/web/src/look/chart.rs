//! The chart of what is late and what is on its way. Drawn on the server, twice: standing bars where there is room,
//! lying ones where there is not; the same figures follow as a table.

use crate::words::Words;
use coffer_billing::insights::{Owed, Week};
use coffer_documents::{Language, numbers};
use coffer_kernel::Date;
use coffer_kernel::money::{Decimal, Money, half_up};
use maud::{Markup, html};

/// How many weeks ahead have a bar of their own.
const WEEKS: i32 = 8;

/// A bar: its label, its amount, whether it is late.
struct Bar {
    label: String,
    amount: Money,
    late: bool,
}

impl Bar {
    const fn class(&self) -> &'static str {
        if self.late { "late" } else { "bar" }
    }
    const fn value(&self) -> &'static str {
        if self.late { "value alarm" } else { "value" }
    }
}

/// Late to the left of today, expected to the right, by week.
pub(crate) fn owed(words: &Words, owed: &Owed, today: Date) -> Markup {
    let bars = bars(words, owed, today);
    html! {
        div.charts {
            (standing(words, owed, &bars))
            (lying(words, &bars))
            svg.defs aria-hidden="true" { defs { pattern #hatch width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { path.hatch d="M0 0v5" {} } } }
        }
        details.figures-table {
            summary { (words.t("chart-table")) }
            table.tbl {
                thead { tr { th { (words.t("chart-when")) } th.num { (words.t("chart-amount")) ", " (owed.open.currency()) } } }
                tbody { @for bar in &bars { tr {
                    td { @if bar.late { (words.t("chart-late")) ", " } (bar.label) }
                    td.num { (numbers::amount(words.language, bar.amount)) }
                } } }
            }
        }
    }
}

/// The drawing for a wide page: bars that stand on a line, time running to the right.
fn standing(words: &Words, owed: &Owed, bars: &[Bar]) -> Markup {
    let (left, width, floor, top) = (48_i64, 1056_i64, 226_i64, 62_i64);
    let scale = Scale::of(bars, floor - top);
    let step = width / len(bars).max(1);
    let late = len(bars.iter().filter(|bar| bar.late));
    let place = |number: usize| left + i64::try_from(number).unwrap_or(0) * step + step / 2;
    let today = left + late * step;
    let sum = |amount: Money| format!("{} {}", numbers::amount(words.language, amount), amount.currency());
    html! {
        svg.chart.wide viewBox="0 0 1104 274" role="img" aria-label=(words.t("chart-owed")) {
            @for (height, label) in scale.lines(words) {
                path.grid d={ "M" (left) " " (floor - height) "H1104" } {}
                text.faint x=(left - 8) y=(floor - height + 4) text-anchor="end" { (label) }
            }
            path.today d={ "M" (today) " 16V" (floor) } {}
            text.faint x=(today) y="10" text-anchor="middle" { (words.t("chart-today")) }
            @for (number, bar) in bars.iter().enumerate() {
                @let (x, tall) = (place(number), scale.length(bar.amount));
                @if tall > 0 {
                    rect class=(bar.class()) x=(x - 23) y=(floor - tall) width="46" height=(tall) {}
                    text class=(bar.value()) x=(x) y=(floor - tall - 7) text-anchor="middle" { (whole(words, bar.amount)) }
                }
                text x=(x) y=(floor + 19) text-anchor="middle" { (bar.label) }
            }
            path.axis d={ "M" (left) " " (floor) "H1104" } {}
            text.title x=(left) y="30" { (words.t("chart-late-title")) }
            text.title x=(today + 12) y="30" { (words.t("chart-expected-title")) }
            text.faint x=(left) y=(floor + 44) { (sum(owed.overdue)) }
            text.faint x=(today + 12) y=(floor + 44) { (sum(owed.expected())) }
        }
    }
}

/// The drawing for a narrow page: the same bars lying down, one below the other.
fn lying(words: &Words, bars: &[Bar]) -> Markup {
    let (left, width, step) = (96_i64, 198_i64, 26_i64);
    let scale = Scale::of(bars, width);
    let (late, expected): (Vec<&Bar>, Vec<&Bar>) = bars.iter().partition(|bar| bar.late);
    let second = 44 + len(&late) * step;
    let bottom = second + len(&expected) * step + 12;
    let row = |bar: &Bar, y: i64| {
        let long = scale.length(bar.amount);
        html! {
            text x="0" y=(y + 12) { (bar.label) }
            @if long > 0 {
                rect class=(bar.class()) x=(left) y=(y) width=(long) height="16" {}
                text class=(bar.value()) x=(left + long + 6) y=(y + 12) { (whole(words, bar.amount)) }
            }
        }
    };
    let at = |top: i64, number: usize| top + i64::try_from(number).unwrap_or(0) * step;
    html! {
        svg.chart.narrow-only viewBox={ "0 0 358 " (bottom) } role="img" aria-label=(words.t("chart-owed")) {
            text.title x="0" y="12" { (words.t("chart-late-title")) }
            @for (number, bar) in late.iter().enumerate() { (row(bar, at(24, number))) }
            path.today d={ "M0 " (second - 16) "H358" } {}
            text.title x="0" y=(second + 2) { (words.t("chart-expected-title")) }
            @for (number, bar) in expected.iter().enumerate() { (row(bar, at(second + 12, number))) }
            path.axis d={ "M" (left) " 20V" (second - 20) "M" (left) " " (second + 8) "V" (bottom - 4) } {}
        }
    }
}

/// How long bars are: from nothing to a round amount above the largest.
struct Scale {
    room: i64,
    step: i64,
    lines: i64,
    exponent: u32,
}

impl Scale {
    fn of(bars: &[Bar], room: i64) -> Self {
        let largest = bars.iter().map(|bar| bar.amount.minor()).max().unwrap_or(0).max(1);
        let exponent = bars.first().map_or(2, |bar| bar.amount.currency().exponent());
        // The smallest of 1, 2, 5, 10, 20 … that needs at most four steps.
        let steps = (0..18).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.saturating_pow(power)));
        let step = steps.into_iter().find(|step| largest <= step.saturating_mul(4)).unwrap_or(largest);
        Self { room, step, lines: (largest + step - 1) / step, exponent }
    }

    /// How long a bar of this amount is; something above nothing always shows.
    fn length(&self, amount: Money) -> i64 {
        if amount.minor() <= 0 {
            return 0;
        }
        let whole = i128::from(self.step) * i128::from(self.lines.max(1));
        let length = i128::from(amount.minor()) * i128::from(self.room) / whole;
        i64::try_from(length).unwrap_or(self.room).max(1)
    }

    /// The lines of the grid: how far from nothing, and what they stand for.
    fn lines(&self, words: &Words) -> Vec<(i64, String)> {
        let label = |minor: i64| {
            let major = Decimal::new(minor, self.exponent);
            if major >= 1_000.into() && minor % 10_i64.saturating_pow(self.exponent + 2) == 0 {
                // Where nobody reads a k for a thousand, the number stands whole.
                let thousands = numbers::decimal(words.language, major / Decimal::from(1_000), 0);
                return if words.language == Language::En {
                    format!("{thousands}k")
                } else {
                    numbers::decimal(words.language, major, 0)
                };
            }
            numbers::decimal(words.language, major, 0)
        };
        (0..=self.lines).map(|line| (line * self.room / self.lines.max(1), label(line * self.step))).collect()
    }
}

fn len<T>(bars: impl IntoIterator<Item = T>) -> i64 {
    i64::try_from(bars.into_iter().count()).unwrap_or(0)
}

fn bars(words: &Words, owed: &Owed, today: Date) -> Vec<Bar> {
    let currency = owed.open.currency();
    let sum = |within: &dyn Fn(&Week) -> bool| {
        Money::new(owed.weeks.iter().filter(|week| within(week)).map(|week| week.amount.minor()).sum(), currency)
    };
    let mut bars = vec![
        Bar { label: words.t("chart-over-eight-weeks"), amount: sum(&|week| week.offset < -8), late: true },
        Bar {
            label: words.t("chart-to-eight-weeks"),
            amount: sum(&|week| (-8..-4).contains(&week.offset)),
            late: true,
        },
        Bar { label: words.t("chart-to-four-weeks"), amount: sum(&|week| (-4..-2).contains(&week.offset)), late: true },
        Bar { label: words.t("chart-to-two-weeks"), amount: sum(&|week| (-2..0).contains(&week.offset)), late: true },
    ];
    for offset in 0..WEEKS {
        let day = today.checked_add(jiff::Span::new().days(i64::from(offset) * 7)).unwrap_or(today);
        // Weeks ahead need no year, even across its end.
        let label = numbers::short_date(words.language, day, day);
        bars.push(Bar { label, amount: sum(&|week| week.offset == offset), late: false });
    }
    // Most customers pay within weeks: what falls due beyond them has a bar only where there is any.
    let later = sum(&|week| week.offset >= WEEKS);
    if later.minor() > 0 {
        bars.push(Bar { label: words.t("chart-later"), amount: later, late: false });
    }
    bars
}

/// The amount without its minor units, for a label at a bar.
fn whole(words: &Words, amount: Money) -> String {
    numbers::decimal(words.language, half_up(amount.major(), 0), 0)
}
