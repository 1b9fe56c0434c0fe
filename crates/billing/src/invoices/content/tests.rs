#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use coffer_kernel::Refuse;
use coffer_kernel::money::Money;
use proptest::prelude::*;

fn line(quantity: &str, price: &str, rate: &str) -> InvoiceLine {
    InvoiceLine {
        name: "x".into(),
        description: None,
        quantity: quantity.parse().unwrap(),
        unit: line::piece(),
        net_price: price.parse().unwrap(),
        list_price: None,
        price_discount: None,
        base_quantity: line::one(),
        period: None,
        adjustments: Vec::new(),
        category: TaxCategory::S,
        rate: rate.parse().unwrap(),
    }
}

fn content(currency: &str, lines: Vec<InvoiceLine>) -> Content {
    let json = serde_json::json!({ "currency": currency, "lines": lines });
    serde_json::from_value(json).unwrap()
}

fn gross(content: &Content) -> String {
    totals(content).unwrap().gross_total.amount_text()
}

// proves: A6
#[test]
fn published_cases_come_out_to_the_cent() {
    // invoiceninja#10856: 8500 − 7500 + 19 %.
    let mut advance = content("EUR", vec![line("1", "8500", "19")]);
    advance.lines.push(line("-1", "7500", "19"));
    assert_eq!(gross(&advance), "1190.00");
    // invoiceninja#10855: the rate of Québec has three decimals.
    assert_eq!(gross(&content("CAD", vec![line("1", "100", "9.975")])), "109.98");
    // invoiceninja#4370: three lines of a third each; tax once on the sum, not per line.
    let thirds = content("EUR", vec![line("1", "33.33", "19"), line("1", "33.33", "19"), line("1", "33.34", "19")]);
    assert_eq!(totals(&thirds).unwrap().tax_total.amount_text(), "19.00");
    // No minor unit, and three.
    assert_eq!(gross(&content("JPY", vec![line("3", "333.5", "10")])), "1101");
    assert_eq!(gross(&content("KWD", vec![line("1", "1.2345", "5")])), "1.297");
}

#[test]
fn a_base_quantity_divides_and_line_adjustments_count() {
    let mut screws = line("250", "12.50", "19");
    screws.base_quantity = "100".parse().unwrap();
    screws.adjustments = vec![LineAdjustment {
        kind: AdjustmentKind::Allowance,
        amount: Some("1.25".into()),
        base: None,
        percent: None,
        reason: "late".into(),
    }];
    assert_eq!(totals(&content("EUR", vec![screws])).unwrap().lines_net.amount_text(), "30.00");
}

#[test]
fn nothing_overflows() {
    let mut big = content("EUR", vec![line("99999999", "99999999", "19")]);
    let sums = totals(&big).unwrap();
    assert_eq!(
        sums.check_size().unwrap_err().pointers()[0].pointer,
        "/lines",
        "reckoned, and more than the books hold"
    );
    big.lines = vec![big.lines[0].clone(); 1_000];
    assert!(totals(&big).is_err());
    let mut none = content("EUR", vec![line("1", "1", "19")]);
    none.lines[0].base_quantity = "0".parse().unwrap();
    assert!(totals(&none).is_err());
}

fn any_line() -> impl Strategy<Value = InvoiceLine> {
    (-9_999_i64..9_999, 0_i64..9_999_999, prop::sample::select(vec!["0", "7", "9.975", "19", "20"])).prop_map(
        |(quantity, price, rate)| {
            line(&format!("{}", quantity), &format!("{}.{:04}", price / 10_000, price % 10_000), rate)
        },
    )
}

proptest! {
    // proves: A6
    #[test]
    fn sums_hold_and_the_order_of_lines_does_not_matter(lines in prop::collection::vec(any_line(), 1..30), code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
        let forth = content(code, lines.clone());
        let back = content(code, lines.into_iter().rev().collect());
        let (totals, reversed) = (totals(&forth).unwrap(), super::totals(&back).unwrap());
        prop_assert_eq!(&totals.breakdown, &reversed.breakdown);
        prop_assert_eq!(totals.gross_total, reversed.gross_total);
        let sum = |amounts: Vec<Money>| amounts.iter().map(|amount| amount.minor()).sum::<i64>();
        prop_assert_eq!(sum(totals.line_nets.clone()), totals.lines_net.minor(), "BR-CO-10");
        prop_assert_eq!(sum(totals.breakdown.iter().map(|tax| tax.tax).collect()), totals.tax_total.minor(), "BR-CO-14");
        prop_assert_eq!(sum(totals.breakdown.iter().map(|tax| tax.taxable).collect()), totals.net_total.minor());
        prop_assert_eq!(totals.net_total.minor() + totals.tax_total.minor(), totals.gross_total.minor(), "BR-CO-15");
    }

    // proves: A6
    #[test]
    fn what_takes_an_invoice_back_is_its_mirror(lines in prop::collection::vec(any_line(), 1..20), code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
        let negated = lines.iter().map(|line| {
            let quantity = (-line.quantity.get()).to_string();
            InvoiceLine { quantity: quantity.parse().unwrap(), ..line.clone() }
        });
        let back = totals(&content(code, negated.collect())).unwrap();
        let there = totals(&content(code, lines)).unwrap();
        let mirror = |left: &[Money], right: &[Money]| left.iter().zip(right).all(|(left, right)| left.minor() == -right.minor());
        prop_assert!(mirror(&there.line_nets, &back.line_nets));
        let taxes = |totals: &Totals| totals.breakdown.iter().map(|row| row.tax).collect::<Vec<_>>();
        prop_assert!(mirror(&taxes(&there), &taxes(&back)));
        prop_assert_eq!(there.amount_due.minor(), -back.amount_due.minor());
    }

    // proves: A6
    #[test]
    fn the_order_of_adjustments_does_not_matter(lines in prop::collection::vec(any_line(), 1..10), percents in prop::collection::vec((0_u32..5_000, any::<bool>()), 1..6)) {
        let adjustment = |(percent, charge): &(u32, bool)| serde_json::json!({ "kind": if *charge { "charge" } else { "allowance" },
            "percent": format!("{}.{:02}", percent / 100, percent % 100), "reason": "agreed", "category": "S", "rate": "19" });
        let with = |adjustments: Vec<serde_json::Value>| {
            let adjustments = serde_json::from_value(adjustments.into()).unwrap();
            Content { adjustments, ..content("EUR", lines.clone()) }
        };
        let forth = totals(&with(percents.iter().map(adjustment).collect())).unwrap();
        let back = totals(&with(percents.iter().rev().map(adjustment).collect())).unwrap();
        prop_assert_eq!(&forth.breakdown, &back.breakdown);
        prop_assert_eq!((forth.allowances, forth.charges, forth.amount_due), (back.allowances, back.charges, back.amount_due));
    }
}
