//! English, with British dates.

use super::Words;
use coffer_billing::invoices::content::TaxCategory;

pub(super) const WORDS: Words = Words {
    marks: (",", "."),
    day_point: "",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    invoice: "Invoice",
    draft: "Draft",
    draft_note: "Not an invoice yet, and not to be paid.",
    number: "Invoice",
    issued: "Issued",
    delivered: "Delivered",
    due: "Due",
    your_reference: "Your reference",
    your_order: "Your order",
    your_vat_id: "Your VAT number",
    what: "What",
    quantity: "Quantity",
    price: "Price",
    vat: "VAT",
    net_in: "Net",
    allowance: "Discount",
    charge: "Surcharge",
    lines: "Lines",
    net: "Net",
    tax: "VAT",
    gross: "Sum",
    prepaid: "Already paid",
    rounding: "Rounding",
    to_pay: "To pay",
    pay_by: "Pay by",
    pay_to: "To",
    account: "Account",
    amount: "Amount",
    write: "Write",
    code_note: "The code fills all of this into your banking app.",
    genuine: "Is this document genuine?",
    genuine_note: "Its content stands in a signed log, so a changed copy can be told from the original by this mark:",
    other_account: "If a message names another account, do not pay and call us at the number you already have.",
    vat_id: "VAT",
    tax_number: "Tax number",
    carried: "Carried forward",
    category,
    unit,
};

const fn category(category: TaxCategory) -> &'static str {
    match category {
        TaxCategory::S => "Standard",
        TaxCategory::Z => "Zero",
        TaxCategory::E => "Exempt",
        TaxCategory::ReverseCharge => "Customer pays the VAT",
        TaxCategory::K => "Sale to another EU country",
        TaxCategory::G => "Export",
        TaxCategory::O => "Outside VAT",
    }
}

fn unit(code: &str, one: bool) -> Option<&'static str> {
    let (single, many) = match code {
        "C62" | "H87" | "EA" | "XPP" => ("piece", "pieces"),
        "SET" => ("set", "sets"),
        "HUR" => ("hour", "hours"),
        "MIN" => ("minute", "minutes"),
        "DAY" => ("day", "days"),
        "WEE" => ("week", "weeks"),
        "MON" => ("month", "months"),
        "ANN" => ("year", "years"),
        "KMT" => ("km", "km"),
        "MTR" => ("m", "m"),
        "MTK" => ("m²", "m²"),
        "MTQ" => ("m³", "m³"),
        "LTR" => ("litre", "litres"),
        "KGM" => ("kg", "kg"),
        "GRM" => ("g", "g"),
        "TNE" => ("tonne", "tonnes"),
        "KWH" => ("kWh", "kWh"),
        "LS" => ("flat fee", "flat fees"),
        _ => return None,
    };
    Some(if one { single } else { many })
}
