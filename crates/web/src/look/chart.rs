//! The chart of what is late and what is on its way. Drawn on the server, with the same figures as a table beneath.

use crate::words::Words;
use coffer_billing::insights::{Owed, Week};
use coffer_documents::numbers;
use coffer_kernel::Date;
use coffer_kernel::money::{Money, half_up};
use maud::{Markup, html};

const WIDTH: i64 = 920;
const HEIGHT: i64 = 200;
const FLOOR: i64 = 170;
const TOP: i64 = 28;

/// A bar: its label, its amount, whether it is late.
struct Bar {
    label: String,
    amount: Money,
    late: bool,
}

/// Late to the left of today, expected to the right, by week.
pub(crate) fn owed(words: &Words, owed: &Owed, today: Date) -> Markup {
    let bars = bars(words, owed, today);
    let largest = bars.iter().map(|bar| bar.amount.minor()).max().unwrap_or(0).max(1);
    let late = bars.iter().filter(|bar| bar.late).count();
    let step = WIDTH / i64::try_from(bars.len().max(1)).unwrap_or(1);
    let width = (step * 6 / 10).min(56);
    let place = |number: usize| i64::try_from(number).unwrap_or(0) * step + step / 2;
    let height = |amount: Money| amount.minor().saturating_mul(FLOOR - TOP) / largest;
    let today_at = i64::try_from(late).unwrap_or(0) * step;
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(words.t("chart-owed")) {
            defs { pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { line.hatch x1="0" y1="0" x2="0" y2="6" {} } }
            @for share in [0_i64, 1, 2] {
                @let y = TOP + share * (FLOOR - TOP) / 3;
                line.grid x1="0" x2=(WIDTH) y1=(y) y2=(y) {}
            }
            line.axis x1="0" x2=(WIDTH) y1=(FLOOR) y2=(FLOOR) {}
            line.today x1=(today_at) x2=(today_at) y1="8" y2=(FLOOR) {}
            @for (number, bar) in bars.iter().enumerate() {
                @let (x, tall) = (place(number), height(bar.amount));
                rect class=(if bar.late { "late" } else { "bar" }) x=(x - width / 2) y=(FLOOR - tall) width=(width) height=(tall) {}
                @if bar.amount.minor() > 0 {
                    text class=(if bar.late { "value alarm" } else { "value" }) x=(x) y=(FLOOR - tall - 6) text-anchor="middle" { (whole(words, bar.amount)) }
                }
                text x=(x) y=(FLOOR + 18) text-anchor="middle" { (bar.label) }
            }
        }
        details {
            summary { (words.t("chart-table")) }
            table.tbl {
                thead { tr { th { (words.t("chart-when")) } th.num { (words.t("chart-amount")) } } }
                tbody { @for bar in &bars { tr { td { (bar.label) @if bar.late { " · " (words.t("chart-late")) } } td.num { (numbers::amount(words.language, bar.amount)) } } } }
            }
        }
    }
}

fn bars(words: &Words, owed: &Owed, today: Date) -> Vec<Bar> {
    let currency = owed.open.currency();
    let sum = |within: &dyn Fn(&Week) -> bool| {
        Money::new(owed.weeks.iter().filter(|week| within(week)).map(|week| week.amount.minor()).sum(), currency)
    };
    let mut bars = vec![
        Bar { label: words.t("chart-over-sixty"), amount: sum(&|week| week.offset < -8), late: true },
        Bar { label: words.t("chart-over-thirty"), amount: sum(&|week| (-8..-4).contains(&week.offset)), late: true },
        Bar { label: words.t("chart-over-fourteen"), amount: sum(&|week| (-4..-2).contains(&week.offset)), late: true },
        Bar { label: words.t("chart-under-fourteen"), amount: sum(&|week| (-2..0).contains(&week.offset)), late: true },
    ];
    for offset in 0_i32..6 {
        let day = today.checked_add(jiff::Span::new().days(i64::from(offset) * 7)).unwrap_or(today);
        let label = numbers::short_date(words.language, day, today);
        bars.push(Bar { label, amount: sum(&|week| week.offset == offset), late: false });
    }
    bars.push(Bar { label: words.t("chart-later"), amount: sum(&|week| week.offset >= 6), late: false });
    bars
}

/// The amount without its minor units, for a label above a bar.
fn whole(words: &Words, amount: Money) -> String {
    numbers::decimal(words.language, half_up(amount.major(), 0), 0)
}
