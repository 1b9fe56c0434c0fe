//! Every public example invoice of EN 16931, in UBL and in CII, must come out at the totals printed in it, to the cent.
//!
//! Some examples contradict themselves. [`EXAMPLES`] names the lines whose printed net (BT-131) is not quantity × price
//! ÷ base quantity; they must be exactly those, and with the printed net put in their place everything else must add
//! up again, but for the totals named beside them. A missing file fails, and so does one that is not in the table.

use coffer_billing::invoices::content::{
    AdjustmentKind, Content, DocumentAdjustment, InvoiceLine, LineAdjustment, TaxCategory, Totals, totals,
};
use coffer_kernel::money::{Currency, Money};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// File, lines with another net (counted from 1), totals that differ even then.
type Example = (&'static str, &'static [usize], &'static [&'static str]);

const EXAMPLES: &[Example] = &[
    // 6 × 18.33 is printed as −109.98.
    ("ubl/guide-example1.xml", &[20], &[]),
    // 2 × 1273.00 is printed as 1273.00.
    ("ubl/guide-example2.xml", &[1], &[]),
    // 2 × 800.00 is printed as 400.00.
    ("ubl/guide-example3.xml", &[1, 2], &[]),
    ("ubl/issue116.xml", &[], &[]),
    ("ubl/sample-discount-price.xml", &[], &[]),
    ("ubl/ubl-tc434-creditnote1.xml", &[], &[]),
    ("ubl/ubl-tc434-example1.xml", &[20], &[]),
    // As example 1, with the VAT in a second currency (BT-6, BT-111), which is not in the model.
    ("ubl/ubl-tc434-example10.xml", &[20], &[]),
    ("ubl/ubl-tc434-example2.xml", &[1], &[]),
    ("ubl/ubl-tc434-example3.xml", &[1, 2], &[]),
    ("ubl/ubl-tc434-example4.xml", &[], &[]),
    ("ubl/ubl-tc434-example5.xml", &[], &[]),
    ("ubl/ubl-tc434-example6.xml", &[], &[]),
    ("ubl/ubl-tc434-example7.xml", &[], &[]),
    ("ubl/ubl-tc434-example8.xml", &[], &[]),
    ("ubl/ubl-tc434-example9.xml", &[], &[]),
    ("cii/CII-BR-CO-10-RoundingIssue.xml", &[], &[]),
    // The base quantity repeats the price, here and in examples 2, 8 and 9.
    ("cii/CII_business_example_01.xml", &[1, 2, 3, 4, 5], &[]),
    ("cii/CII_business_example_02.xml", &[], &[]),
    // 1 × 1.50 is printed as 177.41.
    ("cii/CII_business_example_Z.xml", &[3], &[]),
    ("cii/CII_example1.xml", &[20], &[]),
    ("cii/CII_example2.xml", &[1, 2, 3, 4, 5], &[]),
    ("cii/CII_example3.xml", &[], &[]),
    ("cii/CII_example4.xml", &[], &[]),
    ("cii/CII_example5.xml", &[], &[]),
    ("cii/CII_example6.xml", &[], &[]),
    ("cii/CII_example7.xml", &[], &[]),
    ("cii/CII_example8.xml", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], &[]),
    ("cii/CII_example9.xml", &[1], &[]),
    // Rounded to whole forints, where ISO 4217 gives the forint two decimals: 27 % of 69180 is 18678.60, not 18679.
    ("cii/huf_example_cii.xml", &[1, 2, 3], &["BT-117 S 27", "BT-110", "BT-112", "BT-115"]),
];

#[test]
fn every_example_comes_out_at_its_printed_totals() {
    for &(file, lines, terms) in EXAMPLES {
        let printed = Printed::read(file);
        let mut content = printed.content.clone();
        let computed = totals(&content).unwrap_or_else(|refused| panic!("{file}: {refused}"));
        assert_eq!(other_nets(&computed, &printed), lines, "{file}: lines with another net");
        for &line in lines {
            content.lines[line - 1] = printed.as_one_piece(line - 1);
        }
        let computed = totals(&content).unwrap_or_else(|refused| panic!("{file}: {refused}"));
        assert_eq!(other_nets(&computed, &printed), [0_usize; 0], "{file}: lines put in place");
        assert_eq!(other_totals(&computed, &printed), terms, "{file}: totals");
    }
}

#[test]
fn the_table_names_every_file() {
    let named: BTreeSet<String> = EXAMPLES.iter().map(|(file, _, _)| (*file).to_owned()).collect();
    let found: BTreeSet<String> = ["ubl", "cii"].into_iter().flat_map(files_in).collect();
    assert_eq!(found, named);
}

fn examples() -> PathBuf {
    coffer_testkit::project::root().join("tests/data/einvoice-examples")
}

fn files_in(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(examples().join(folder)).expect("the examples are in the repository");
    entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap())).collect()
}

fn other_nets(computed: &Totals, printed: &Printed) -> Vec<usize> {
    assert_eq!(computed.line_nets.len(), printed.line_nets.len());
    let pairs = computed.line_nets.iter().zip(&printed.line_nets).enumerate();
    pairs.filter(|(_, (computed, printed))| computed != printed).map(|(place, _)| place + 1).collect()
}

/// The business terms whose amounts differ; a missing or surplus row of the breakdown counts.
fn other_totals(computed: &Totals, printed: &Printed) -> Vec<String> {
    let rows = computed.breakdown.iter().flat_map(|row| {
        let key = format!("{} {}", row.category.code(), row.rate);
        [(format!("BT-116 {key}"), row.taxable), (format!("BT-117 {key}"), row.tax)]
    });
    let sums = [
        ("BT-106", computed.lines_net),
        ("BT-107", computed.allowances),
        ("BT-108", computed.charges),
        ("BT-109", computed.net_total),
        ("BT-110", computed.tax_total),
        ("BT-112", computed.gross_total),
        ("BT-113", computed.prepaid),
        ("BT-114", computed.rounding),
        ("BT-115", computed.amount_due),
    ];
    let computed: Vec<_> = rows.chain(sums.map(|(term, amount)| (term.to_owned(), amount))).collect();
    let mut other: Vec<_> =
        computed.iter().filter(|term| !printed.totals.contains(term)).map(|(term, _)| term.clone()).collect();
    let surplus = printed.totals.iter().filter(|(term, _)| !computed.iter().any(|(known, _)| known == term));
    other.extend(surplus.map(|(term, _)| term.clone()));
    other
}

/// What stands in a file: what was billed, and the results as its writer computed them.
struct Printed {
    content: Content,
    line_nets: Vec<Money>,
    totals: Vec<(String, Money)>,
}

impl Printed {
    fn read(file: &str) -> Self {
        let text = std::fs::read_to_string(examples().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let root = Element::parse(&text);
        if file.starts_with("ubl/") { ubl(&root) } else { cii(&root) }
    }

    /// The line as one piece, or one piece taken back, at its printed net.
    fn as_one_piece(&self, place: usize) -> InvoiceLine {
        let net = self.line_nets[place].amount_text();
        let (quantity, price) = net.strip_prefix('-').map_or(("1", net.as_str()), |price| ("-1", price));
        let mut line = self.content.lines[place].clone();
        line.quantity = quantity.parse().unwrap();
        line.net_price = price.parse().unwrap();
        line.base_quantity = 1.into();
        line.adjustments.clear();
        line
    }
}

fn ubl(root: &Element) -> Printed {
    let currency: Currency = root.text("DocumentCurrencyCode").unwrap().parse().unwrap();
    let money = |text: Option<String>| Money::parse(&text.unwrap_or_else(|| "0".into()), currency).unwrap();
    let lines: Vec<_> = root.all("InvoiceLine").chain(root.all("CreditNoteLine")).collect();
    let sum = root.all("LegalMonetaryTotal").next().unwrap();
    let tax = root.all("TaxTotal").find(|total| total.all("TaxSubtotal").next().is_some()).unwrap();
    let mut totals: Vec<_> = [
        ("BT-106", "LineExtensionAmount"),
        ("BT-107", "AllowanceTotalAmount"),
        ("BT-108", "ChargeTotalAmount"),
        ("BT-109", "TaxExclusiveAmount"),
        ("BT-112", "TaxInclusiveAmount"),
        ("BT-113", "PrepaidAmount"),
        ("BT-114", "PayableRoundingAmount"),
        ("BT-115", "PayableAmount"),
    ]
    .map(|(term, name)| (term.to_owned(), money(sum.text(name))))
    .into();
    totals.push(("BT-110".to_owned(), money(tax.text("TaxAmount"))));
    for row in tax.all("TaxSubtotal") {
        let key = key(row.text("TaxCategory/ID"), row.text("TaxCategory/Percent"));
        totals.push((format!("BT-116 {key}"), money(row.text("TaxableAmount"))));
        totals.push((format!("BT-117 {key}"), money(row.text("TaxAmount"))));
    }
    let adjustments = root.all("AllowanceCharge").map(|found| DocumentAdjustment {
        kind: kind(found.text("ChargeIndicator")),
        amount: found.text("Amount"),
        base: found.text("BaseAmount"),
        percent: found.text("MultiplierFactorNumeric").map(|percent| percent.parse().unwrap()),
        reason: found.text("AllowanceChargeReason").unwrap(),
        category: category(found.text("TaxCategory/ID")),
        rate: found.text("TaxCategory/Percent").unwrap().parse().unwrap(),
    });
    let content = content(
        currency,
        lines.iter().map(|line| ubl_line(line)).collect(),
        adjustments.collect(),
        (sum.text("PrepaidAmount"), sum.text("PayableRoundingAmount")),
    );
    Printed { content, line_nets: lines.iter().map(|line| money(line.text("LineExtensionAmount"))).collect(), totals }
}

fn ubl_line(line: &Element) -> InvoiceLine {
    let adjustments = line.all("AllowanceCharge").map(|found| LineAdjustment {
        kind: kind(found.text("ChargeIndicator")),
        amount: found.text("Amount"),
        base: found.text("BaseAmount"),
        percent: found.text("MultiplierFactorNumeric").map(|percent| percent.parse().unwrap()),
        reason: found.text("AllowanceChargeReason").unwrap(),
    });
    InvoiceLine {
        name: line.text("Item/Name").unwrap(),
        description: None,
        quantity: line.text("InvoicedQuantity").or_else(|| line.text("CreditedQuantity")).unwrap().parse().unwrap(),
        unit: "C62".into(),
        net_price: line.text("Price/PriceAmount").unwrap().parse().unwrap(),
        list_price: line.text("Price/AllowanceCharge/BaseAmount").map(|price| price.parse().unwrap()),
        price_discount: line.text("Price/AllowanceCharge/Amount").map(|price| price.parse().unwrap()),
        period: None,
        base_quantity: line.text("Price/BaseQuantity").unwrap_or_else(|| "1".into()).parse().unwrap(),
        adjustments: adjustments.collect(),
        category: category(line.text("Item/ClassifiedTaxCategory/ID")),
        rate: line.text("Item/ClassifiedTaxCategory/Percent").unwrap_or_else(|| "0".into()).parse().unwrap(),
    }
}

fn cii(root: &Element) -> Printed {
    let trade = root.all("SupplyChainTradeTransaction").next().unwrap();
    let settlement = trade.all("ApplicableHeaderTradeSettlement").next().unwrap();
    let sum = settlement.all("SpecifiedTradeSettlementHeaderMonetarySummation").next().unwrap();
    let currency: Currency = settlement.text("InvoiceCurrencyCode").unwrap().parse().unwrap();
    let money = |text: Option<String>| Money::parse(&text.unwrap_or_else(|| "0".into()), currency).unwrap();
    let lines: Vec<_> = trade.all("IncludedSupplyChainTradeLineItem").collect();
    // The first is in the currency of the document; a second one, in another, is BT-111.
    let mut totals: Vec<_> = [
        ("BT-106", "LineTotalAmount"),
        ("BT-107", "AllowanceTotalAmount"),
        ("BT-108", "ChargeTotalAmount"),
        ("BT-109", "TaxBasisTotalAmount"),
        ("BT-110", "TaxTotalAmount"),
        ("BT-112", "GrandTotalAmount"),
        ("BT-113", "TotalPrepaidAmount"),
        ("BT-114", "RoundingAmount"),
        ("BT-115", "DuePayableAmount"),
    ]
    .map(|(term, name)| (term.to_owned(), money(sum.text(name))))
    .into();
    for row in settlement.all("ApplicableTradeTax") {
        let key = key(row.text("CategoryCode"), row.text("RateApplicablePercent"));
        totals.push((format!("BT-116 {key}"), money(row.text("BasisAmount"))));
        totals.push((format!("BT-117 {key}"), money(row.text("CalculatedAmount"))));
    }
    let adjustments = settlement.all("SpecifiedTradeAllowanceCharge").map(|found| DocumentAdjustment {
        kind: kind(found.text("ChargeIndicator/Indicator")),
        amount: found.text("ActualAmount"),
        base: found.text("BasisAmount"),
        percent: found.text("CalculationPercent").map(|percent| percent.parse().unwrap()),
        reason: found.text("Reason").unwrap(),
        category: category(found.text("CategoryTradeTax/CategoryCode")),
        rate: found.text("CategoryTradeTax/RateApplicablePercent").unwrap().parse().unwrap(),
    });
    let content = content(
        currency,
        lines.iter().map(|line| cii_line(line)).collect(),
        adjustments.collect(),
        (sum.text("TotalPrepaidAmount"), sum.text("RoundingAmount")),
    );
    let net = "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount";
    Printed { content, line_nets: lines.iter().map(|line| money(line.text(net))).collect(), totals }
}

fn cii_line(line: &Element) -> InvoiceLine {
    let settlement = line.all("SpecifiedLineTradeSettlement").next().unwrap();
    let adjustments = settlement.all("SpecifiedTradeAllowanceCharge").map(|found| LineAdjustment {
        kind: kind(found.text("ChargeIndicator/Indicator")),
        amount: found.text("ActualAmount"),
        base: found.text("BasisAmount"),
        percent: found.text("CalculationPercent").map(|percent| percent.parse().unwrap()),
        reason: found.text("Reason").unwrap(),
    });
    let price = |field: &str| line.text(&format!("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/{field}"));
    InvoiceLine {
        name: line.text("SpecifiedTradeProduct/Name").unwrap(),
        description: None,
        quantity: line.text("SpecifiedLineTradeDelivery/BilledQuantity").unwrap().parse().unwrap(),
        unit: "C62".into(),
        net_price: price("ChargeAmount").unwrap().parse().unwrap(),
        list_price: None,
        price_discount: None,
        period: None,
        base_quantity: price("BasisQuantity").unwrap_or_else(|| "1".into()).parse().unwrap(),
        adjustments: adjustments.collect(),
        category: category(settlement.text("ApplicableTradeTax/CategoryCode")),
        rate: settlement
            .text("ApplicableTradeTax/RateApplicablePercent")
            .unwrap_or_else(|| "0".into())
            .parse()
            .unwrap(),
    }
}

fn content(
    currency: Currency,
    lines: Vec<InvoiceLine>,
    adjustments: Vec<DocumentAdjustment>,
    (prepaid, rounding): (Option<String>, Option<String>),
) -> Content {
    let rest = serde_json::json!({ "currency": currency, "lines": [], "prepaid": prepaid, "rounding": rounding });
    Content { lines, adjustments, ..serde_json::from_value(rest).unwrap() }
}

/// The key of a row of the breakdown; where a category has no rate, it is zero.
fn key(code: Option<String>, rate: Option<String>) -> String {
    let rate: coffer_kernel::money::Percent = rate.unwrap_or_else(|| "0".into()).parse().unwrap();
    format!("{} {rate}", category(code).code())
}

fn category(code: Option<String>) -> TaxCategory {
    serde_json::from_value(code.unwrap().into()).unwrap()
}

fn kind(charge: Option<String>) -> AdjustmentKind {
    match charge.as_deref() {
        Some("true" | "1") => AdjustmentKind::Charge,
        Some("false" | "0") => AdjustmentKind::Allowance,
        other => panic!("not a charge indicator: {other:?}"),
    }
}

/// As much of an XML element as the figures of these files need: no attributes, no namespaces, no entities.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn parse(text: &str) -> Self {
        let mut open = vec![Self::default()];
        let mut rest = text;
        while let Some((before, tag)) = rest.split_once('<') {
            open.last_mut().unwrap().text.push_str(before.trim());
            if let Some(comment) = tag.strip_prefix("!--") {
                rest = comment.split_once("-->").unwrap().1;
                continue;
            }
            let (tag, after) = tag.split_once('>').unwrap();
            rest = after;
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if !tag.starts_with('/') {
                let name = tag.split([' ', '\t', '\r', '\n', '/']).next().unwrap();
                let name = name.split_once(':').map_or(name, |(_, local)| local).to_owned();
                open.push(Self { name, ..Self::default() });
            }
            if tag.starts_with('/') || tag.ends_with('/') {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element on this path, a decimal without the bare point that `xs:decimal` allows at its end.
    fn text(&self, path: &str) -> Option<String> {
        let found = path.split('/').try_fold(self, |element, name| element.all(name).next())?;
        Some(found.text.strip_suffix('.').unwrap_or(&found.text).to_owned())
    }
}
