//! The reading of UN/CEFACT CII D16B, as far as the API has a field for it.

use super::{Node, Printed, all, at, number, object, text};
use serde_json::{Value, json};

const SUMS: &str = "SpecifiedTradeSettlementHeaderMonetarySummation";

pub(super) fn read(root: &Node<'_, '_>) -> Printed {
    let trade = at(root, "SupplyChainTradeTransaction").unwrap();
    let settlement = at(&trade, "ApplicableHeaderTradeSettlement").unwrap();
    let (agreement, delivery) = ("ApplicableHeaderTradeAgreement", "ApplicableHeaderTradeDelivery");
    let lines: Vec<Node<'_, '_>> = all(&trade, "IncludedSupplyChainTradeLineItem").collect();
    let value = |path: &str| text(&trade, path).map(Value::from);
    let sum = |name: &str| number(&settlement, &format!("{SUMS}/{name}")).map(Value::from);
    let to = at(&trade, &format!("{delivery}/ShipToTradeParty"));
    let delivered = format!("{delivery}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString");
    let content = object([
        ("currency", text(&settlement, "InvoiceCurrencyCode").map(Value::from)),
        ("buyer_reference", value(&format!("{agreement}/BuyerReference"))),
        ("order_number", value(&format!("{agreement}/BuyerOrderReferencedDocument/IssuerAssignedID"))),
        ("contract_number", value(&format!("{agreement}/ContractReferencedDocument/IssuerAssignedID"))),
        ("project_number", value(&format!("{agreement}/SpecifiedProcuringProject/ID"))),
        ("delivered_on", text(&trade, &delivered).map(|day| date(&day))),
        ("period", at(&settlement, "BillingSpecifiedPeriod").and_then(|period| self::period(&period))),
        ("deliver_to", to.and_then(|to| Some(address(&to)).filter(|said| said != &json!({})))),
        ("terms", text(&settlement, "SpecifiedTradePaymentTerms/Description").map(Value::from)),
        ("note", text(root, "ExchangedDocument/IncludedNote/Content").map(Value::from)),
        ("exemption_reasons", reasons(&settlement)),
        ("lines", Some(lines.iter().map(line).collect())),
        (
            "adjustments",
            Some(all(&settlement, "SpecifiedTradeAllowanceCharge").map(|part| adjustment(&part, true)).collect()),
        ),
        ("prepaid", sum("TotalPrepaidAmount")),
        ("rounding", sum("RoundingAmount")),
    ]);
    let credit_note = text(root, "ExchangedDocument/TypeCode").as_deref() == Some("381");
    Printed { buyer: buyer(&trade), content, totals: totals(&settlement, &lines), credit_note }
}

/// `20130630` as `2013-06-30`.
fn date(day: &str) -> Value {
    format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8]).into()
}

fn reasons(settlement: &Node<'_, '_>) -> Option<Value> {
    let row = |row: Node<'_, '_>| Some((text(&row, "CategoryCode")?, text(&row, "ExemptionReason")?));
    super::reasons(all(settlement, "ApplicableTradeTax").filter_map(row))
}

fn address(party: &Node<'_, '_>) -> Value {
    let value = |path: &str| text(party, path).map(Value::from);
    object([
        ("name", value("Name")),
        ("street", value("PostalTradeAddress/LineOne")),
        ("address_line", value("PostalTradeAddress/LineTwo")),
        ("post_code", value("PostalTradeAddress/PostcodeCode")),
        ("city", value("PostalTradeAddress/CityName")),
        ("country", value("PostalTradeAddress/CountryID")),
    ])
}

fn buyer(trade: &Node<'_, '_>) -> Value {
    let party = at(trade, "ApplicableHeaderTradeAgreement/BuyerTradeParty").unwrap();
    let value = |path: &str| text(&party, path).map(Value::from);
    let mut said = address(&party);
    let more = object([
        ("vat_id", value("SpecifiedTaxRegistration/ID")),
        ("registration", value("SpecifiedLegalOrganization/ID")),
        ("email", value("DefinedTradeContact/EmailURIUniversalCommunication/URIID")),
        ("phone", value("DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber")),
    ]);
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    said
}

fn period(period: &Node<'_, '_>) -> Option<Value> {
    let day = |path: &str| text(period, path).map(|day| date(&day));
    let said = object([("from", day("StartDateTime/DateTimeString")), ("to", day("EndDateTime/DateTimeString"))]);
    Some(said).filter(|said| said != &json!({}))
}

fn line(line: &Node<'_, '_>) -> Value {
    let (agreement, settlement) = ("SpecifiedLineTradeAgreement", "SpecifiedLineTradeSettlement");
    let quantity = at(line, "SpecifiedLineTradeDelivery/BilledQuantity").unwrap();
    let value = |path: &str| text(line, path).map(Value::from);
    let price = |path: &str| number(line, &format!("{agreement}/{path}"));
    let list = price("GrossPriceProductTradePrice/ChargeAmount");
    let discount = price("GrossPriceProductTradePrice/AppliedTradeAllowanceCharge/ActualAmount");
    let settled = at(line, settlement).unwrap();
    let adjustments = all(&settled, "SpecifiedTradeAllowanceCharge").map(|part| adjustment(&part, false));
    object([
        ("name", value("SpecifiedTradeProduct/Name")),
        ("description", value("SpecifiedTradeProduct/Description")),
        ("quantity", quantity.text().map(|text| text.trim().trim_end_matches('.').into())),
        ("unit", quantity.attribute("unitCode").map(Value::from)),
        ("net_price", price("NetPriceProductTradePrice/ChargeAmount").map(Value::from)),
        // One without the other says nothing that could be checked.
        ("list_price", list.clone().filter(|_| discount.is_some()).map(Value::from)),
        ("price_discount", discount.filter(|_| list.is_some()).map(Value::from)),
        ("base_quantity", price("NetPriceProductTradePrice/BasisQuantity").map(Value::from)),
        ("period", at(&settled, "BillingSpecifiedPeriod").and_then(|period| self::period(&period))),
        ("adjustments", Some(adjustments.collect())),
        ("category", text(&settled, "ApplicableTradeTax/CategoryCode").map(Value::from)),
        (
            "rate",
            Some(number(&settled, "ApplicableTradeTax/RateApplicablePercent").unwrap_or_else(|| "0".into()).into()),
        ),
    ])
}

fn adjustment(part: &Node<'_, '_>, taxed: bool) -> Value {
    let charge = matches!(text(part, "ChargeIndicator/Indicator").as_deref(), Some("true" | "1"));
    let decimal = |path: &str| number(part, path).map(Value::from);
    object([
        ("kind", Some(if charge { "charge" } else { "allowance" }.into())),
        ("amount", decimal("ActualAmount")),
        ("base", decimal("BasisAmount")),
        ("percent", decimal("CalculationPercent")),
        ("reason", Some(text(part, "Reason").unwrap_or_default().into())),
        ("category", text(part, "CategoryTradeTax/CategoryCode").filter(|_| taxed).map(Value::from)),
        (
            "rate",
            taxed.then(|| number(part, "CategoryTradeTax/RateApplicablePercent").unwrap_or_else(|| "0".into()).into()),
        ),
    ])
}

fn totals(settlement: &Node<'_, '_>, lines: &[Node<'_, '_>]) -> Vec<(String, String)> {
    // The first tax total is in the currency of the document; a second one, in another, is BT-111.
    let named = [
        ("BT-106", "LineTotalAmount"),
        ("BT-107", "AllowanceTotalAmount"),
        ("BT-108", "ChargeTotalAmount"),
        ("BT-109", "TaxBasisTotalAmount"),
        ("BT-110", "TaxTotalAmount"),
        ("BT-112", "GrandTotalAmount"),
        ("BT-113", "TotalPrepaidAmount"),
        ("BT-114", "RoundingAmount"),
        ("BT-115", "DuePayableAmount"),
    ];
    let sum = |(term, name): (&str, &str)| {
        (term.to_owned(), number(settlement, &format!("{SUMS}/{name}")).unwrap_or_default())
    };
    let mut totals: Vec<(String, String)> = named.map(sum).into();
    for row in all(settlement, "ApplicableTradeTax") {
        let key = super::key(text(&row, "CategoryCode"), number(&row, "RateApplicablePercent"));
        totals.push((format!("BT-116 {key}"), number(&row, "BasisAmount").unwrap_or_default()));
        totals.push((format!("BT-117 {key}"), number(&row, "CalculatedAmount").unwrap_or_default()));
    }
    let path = "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount";
    let nets = lines.iter().enumerate();
    totals.extend(
        nets.map(|(place, line)| (format!("BT-131 of line {}", place + 1), number(line, path).unwrap_or_default())),
    );
    totals
}
