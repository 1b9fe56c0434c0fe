//! The reading of UBL 2.1, as far as the API has a field for it.

use super::{Node, Printed, all, at, number, object, text};
use serde_json::{Value, json};

pub(super) fn read(root: &Node<'_, '_>) -> Printed {
    let sums = at(root, "LegalMonetaryTotal").unwrap();
    let tax = all(root, "TaxTotal").find(|total| at(total, "TaxSubtotal").is_some()).unwrap();
    let lines: Vec<Node<'_, '_>> = all(root, "InvoiceLine").chain(all(root, "CreditNoteLine")).collect();
    let value = |path: &str| text(root, path).map(Value::from);
    let content = object([
        ("currency", value("DocumentCurrencyCode")),
        ("buyer_reference", value("BuyerReference")),
        ("order_number", value("OrderReference/ID")),
        ("contract_number", value("ContractDocumentReference/ID")),
        ("project_number", value("ProjectReference/ID")),
        ("delivered_on", value("Delivery/ActualDeliveryDate")),
        ("period", at(root, "InvoicePeriod").and_then(|period| self::period(&period))),
        ("deliver_to", at(root, "Delivery").and_then(|delivery| deliver_to(&delivery))),
        ("terms", value("PaymentTerms/Note")),
        ("note", value("Note")),
        ("exemption_reasons", reasons(&tax)),
        ("lines", Some(lines.iter().map(line).collect())),
        ("adjustments", Some(all(root, "AllowanceCharge").map(|part| adjustment(&part, true)).collect())),
        ("prepaid", number(&sums, "PrepaidAmount").map(Value::from)),
        ("rounding", number(&sums, "PayableRoundingAmount").map(Value::from)),
    ]);
    let credit_note = root.tag_name().name() == "CreditNote";
    Printed { buyer: buyer(root), content, totals: totals(&sums, &tax, &lines), credit_note }
}

fn reasons(tax: &Node<'_, '_>) -> Option<Value> {
    let row = |row: Node<'_, '_>| Some((text(&row, "TaxCategory/ID")?, text(&row, "TaxCategory/TaxExemptionReason")?));
    super::reasons(all(tax, "TaxSubtotal").filter_map(row))
}

fn buyer(root: &Node<'_, '_>) -> Value {
    let party = at(root, "AccountingCustomerParty/Party").unwrap();
    let value = |path: &str| text(&party, path).map(Value::from);
    object([
        ("name", value("PartyLegalEntity/RegistrationName").or_else(|| value("PartyName/Name"))),
        ("street", value("PostalAddress/StreetName")),
        ("address_line", value("PostalAddress/AdditionalStreetName")),
        ("post_code", value("PostalAddress/PostalZone")),
        ("city", value("PostalAddress/CityName")),
        ("country", value("PostalAddress/Country/IdentificationCode")),
        ("vat_id", value("PartyTaxScheme/CompanyID")),
        ("registration", value("PartyLegalEntity/CompanyID")),
        ("email", value("Contact/ElectronicMail")),
        ("phone", value("Contact/Telephone")),
    ])
}

fn period(period: &Node<'_, '_>) -> Option<Value> {
    let value = |path: &str| text(period, path).map(Value::from);
    let said = object([("from", value("StartDate")), ("to", value("EndDate"))]);
    Some(said).filter(|said| said != &json!({}))
}

fn deliver_to(delivery: &Node<'_, '_>) -> Option<Value> {
    let value = |path: &str| text(delivery, path).map(Value::from);
    let said = object([
        ("name", value("DeliveryParty/PartyName/Name")),
        ("street", value("DeliveryLocation/Address/StreetName")),
        ("address_line", value("DeliveryLocation/Address/AdditionalStreetName")),
        ("post_code", value("DeliveryLocation/Address/PostalZone")),
        ("city", value("DeliveryLocation/Address/CityName")),
        ("country", value("DeliveryLocation/Address/Country/IdentificationCode")),
    ]);
    Some(said).filter(|said| said != &json!({}))
}

fn line(line: &Node<'_, '_>) -> Value {
    let quantity = at(line, "InvoicedQuantity").or_else(|| at(line, "CreditedQuantity")).unwrap();
    let decimal = |path: &str| number(line, path).map(Value::from);
    let value = |path: &str| text(line, path).map(Value::from);
    let discount = number(line, "Price/AllowanceCharge/Amount");
    let list = number(line, "Price/AllowanceCharge/BaseAmount").filter(|_| discount.is_some());
    let adjustments = all(line, "AllowanceCharge").map(|part| adjustment(&part, false));
    object([
        ("name", value("Item/Name")),
        ("description", value("Item/Description")),
        ("quantity", quantity.text().map(|text| text.trim().trim_end_matches('.').into())),
        ("unit", quantity.attribute("unitCode").map(Value::from)),
        ("net_price", decimal("Price/PriceAmount")),
        // A discount without the price it is off says nothing that could be checked.
        ("price_discount", discount.filter(|_| list.is_some()).map(Value::from)),
        ("list_price", list.map(Value::from)),
        ("base_quantity", decimal("Price/BaseQuantity")),
        ("period", at(line, "InvoicePeriod").and_then(|period| self::period(&period))),
        ("adjustments", Some(adjustments.collect())),
        ("category", value("Item/ClassifiedTaxCategory/ID")),
        ("rate", Some(number(line, "Item/ClassifiedTaxCategory/Percent").unwrap_or_else(|| "0".into()).into())),
    ])
}

fn adjustment(part: &Node<'_, '_>, taxed: bool) -> Value {
    let charge = matches!(text(part, "ChargeIndicator").as_deref(), Some("true" | "1"));
    let decimal = |path: &str| number(part, path).map(Value::from);
    object([
        ("kind", Some(if charge { "charge" } else { "allowance" }.into())),
        ("amount", decimal("Amount")),
        ("base", decimal("BaseAmount")),
        ("percent", decimal("MultiplierFactorNumeric")),
        ("reason", Some(text(part, "AllowanceChargeReason").unwrap_or_default().into())),
        ("category", text(part, "TaxCategory/ID").filter(|_| taxed).map(Value::from)),
        ("rate", taxed.then(|| number(part, "TaxCategory/Percent").unwrap_or_else(|| "0".into()).into())),
    ])
}

fn totals(sums: &Node<'_, '_>, tax: &Node<'_, '_>, lines: &[Node<'_, '_>]) -> Vec<(String, String)> {
    let named = [
        ("BT-106", "LineExtensionAmount"),
        ("BT-107", "AllowanceTotalAmount"),
        ("BT-108", "ChargeTotalAmount"),
        ("BT-109", "TaxExclusiveAmount"),
        ("BT-112", "TaxInclusiveAmount"),
        ("BT-113", "PrepaidAmount"),
        ("BT-114", "PayableRoundingAmount"),
        ("BT-115", "PayableAmount"),
    ];
    let sum = |(term, name): (&str, &str)| (term.to_owned(), number(sums, name).unwrap_or_default());
    let mut totals: Vec<(String, String)> = named.map(sum).into();
    totals.push(("BT-110".into(), number(tax, "TaxAmount").unwrap_or_default()));
    for row in all(tax, "TaxSubtotal") {
        let key = super::key(text(&row, "TaxCategory/ID"), number(&row, "TaxCategory/Percent"));
        totals.push((format!("BT-116 {key}"), number(&row, "TaxableAmount").unwrap_or_default()));
        totals.push((format!("BT-117 {key}"), number(&row, "TaxAmount").unwrap_or_default()));
    }
    let nets = lines.iter().enumerate().map(|(place, line)| {
        (format!("BT-131 of line {}", place + 1), number(line, "LineExtensionAmount").unwrap_or_default())
    });
    totals.extend(nets);
    totals
}
