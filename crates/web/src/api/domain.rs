//! What the words of other rooms look like from outside. Each is held against what is really read by a test below.

use super::shape::{Object, Shape, Shapes, nullable, with};
use coffer_billing::business::{Account, Change, LARGEST_FIRST, Numbering};
use coffer_billing::catalogue::Particulars as NewItem;
use coffer_billing::delivery::settings::{Known, MailParticulars, MailSecurity, PublicUrl};
use coffer_billing::invoices::content::{
    AdjustmentKind, Content, DeliverTo, DocumentAdjustment, ExemptionReasons, InvoiceLine, LineAdjustment, Party,
    Period, TaxCategory,
};
use coffer_billing::payments::{Method, Particulars};
use coffer_kernel::money::{Currency, Percent, Quantity, UnitPrice};
use coffer_kernel::{
    ApiKeyId, CustomerId, Date, DeliveryId, InvoiceId, ItemId, LinkId, PaymentId, Timestamp, TypedId, UserId,
};
use serde_json::{Value, json};

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl Shape for $id {
            fn schema(_: &mut Shapes) -> Value {
                id_of($id::PREFIX)
            }
        }
    )*};
}

ids!(ApiKeyId, CustomerId, DeliveryId, InvoiceId, ItemId, LinkId, PaymentId, UserId);

/// An id with this prefix: 26 letters and digits of Crockford's base 32, of which the first is at most 7.
fn id_of(prefix: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$") })
}

/// The schema of the id that stands in a path under this name; [`None`] where nobody has said what it is.
pub(crate) fn id_in_path(name: &str) -> Option<Value> {
    Some(id_of(match name {
        "customer" => CustomerId::PREFIX,
        "invoice" => InvoiceId::PREFIX,
        "payment" => PaymentId::PREFIX,
        "user" => UserId::PREFIX,
        "key" => ApiKeyId::PREFIX,
        "item" => ItemId::PREFIX,
        _ => return None,
    }))
}

/// An amount in major units, exact.
pub(crate) fn amount() -> Value {
    json!({ "type": "string", "pattern": r"^-?[0-9]{1,16}(\.[0-9]{1,4})?$", "examples": ["1500.00"] })
}

/// A text with a most.
pub(crate) fn text(most: u32) -> Value {
    json!({ "type": "string", "maxLength": most })
}

/// One of these words.
pub(crate) fn one_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

macro_rules! decimals {
    ($($name:ident = $example:literal;)*) => {$(
        impl Shape for $name {
            fn schema(_: &mut Shapes) -> Value {
                json!({ "type": "string", "pattern": r"^-?[0-9]{1,8}(\.[0-9]{1,6})?$", "examples": [$example] })
            }
        }
    )*};
}

decimals! {
    Quantity = "12.5";
    UnitPrice = "95";
    Percent = "19";
}

impl<T: Shape> Shape for Change<T> {
    const OPTIONAL: bool = true;
    fn schema(shapes: &mut Shapes) -> Value {
        shapes.of::<T>()
    }
}

impl Shape for Currency {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"] })
    }
}

impl Shape for Date {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "format": "date" })
    }
}

impl Shape for Timestamp {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "format": "date-time" })
    }
}

impl Shape for TaxCategory {
    const NAME: Option<&'static str> = Some("TaxCategory");
    fn schema(_: &mut Shapes) -> Value {
        let about = "S standard rate, Z zero rated, E exempt, AE reverse charge, K sale to another EU country, G export, O outside the scope of VAT (UNTDID 5305).";
        with(one_of(&["S", "Z", "E", "AE", "K", "G", "O"]), "description", about.into())
    }
}

impl Shape for AdjustmentKind {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&["allowance", "charge"])
    }
}

impl Shape for MailSecurity {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&["tls", "starttls"])
    }
}

impl Shape for PublicUrl {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": "^https://" })
    }
}

impl Shape for Known {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&Self::ALL.map(Self::code))
    }
}

impl Shape for Method {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&Self::ALL.map(Self::code))
    }
}

/// A struct of another room: its fields, each with whether it must be sent, may be left out or may be null, and what it
/// means.
macro_rules! domain {
    ($($type:ident, $about:literal { $($need:ident $field:ident : $schema:expr, $doc:literal;)* })*) => {$(
        impl Shape for $type {
            const NAME: Option<&'static str> = Some(stringify!($type));
            fn schema(shapes: &mut Shapes) -> Value {
                let object = Object::default();
                $(
                    let schema = $schema(shapes);
                    let schema = if stringify!($need) == "null" { nullable(schema) } else { schema };
                    let object = object.field(stringify!($field), $doc, stringify!($need) == "must", schema);
                )*
                object.done($about, true)
            }
        }
    )*};
}

/// As the type says.
fn a<T: Shape>(shapes: &mut Shapes) -> Value {
    shapes.of::<T>()
}

fn short(_: &mut Shapes) -> Value {
    text(500)
}

fn long(_: &mut Shapes) -> Value {
    json!({ "type": "string" })
}

fn sum(_: &mut Shapes) -> Value {
    amount()
}

fn prefix(_: &mut Shapes) -> Value {
    json!({ "type": "string", "pattern": "^[A-Za-z0-9./-]{0,12}$" })
}

fn digits(_: &mut Shapes) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 8 })
}

fn first(_: &mut Shapes) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": LARGEST_FIRST })
}

domain! {
    Party, "Somebody on an invoice: the seller (BG-4) or the buyer (BG-7)." {
        must name: short, "The name (BT-27, BT-44).";
        null street: short, "Street and number (BT-35, BT-50).";
        null address_line: short, "A second line of the address (BT-36, BT-51).";
        null post_code: short, "The post code (BT-38, BT-53).";
        null city: short, "The city (BT-37, BT-52).";
        null subdivision: short, "The state or province (BT-39, BT-54).";
        null country: short, "The country, ISO 3166-1 alpha-2 (BT-40, BT-55).";
        null vat_id: short, "The VAT identifier (BT-31, BT-48).";
        null tax_registration: short, "The local tax number, where there is no VAT identifier (BT-32).";
        null registration: short, "The legal registration (BT-30, BT-47).";
        null email: short, "The e-mail address (BT-43, BT-58).";
        null phone: short, "The phone number (BT-42, BT-57).";
    }
    Account, "A bank account to be paid to (BG-17)." {
        must holder: long, "Whose it is (BT-85).";
        must iban: long, "The IBAN, with its right check digits (BT-84).";
        null bic: long, "The bank's BIC (BT-86), where it is needed.";
    }
    Numbering, "How the numbers of invoices look. Whatever is changed, no two are ever written alike." {
        may prefix: prefix, "What every number begins with. Without a year it does not end in a digit, or like a year and a hyphen.";
        may year: a::<bool>, "Whether the year stands in it; then they begin anew with 1 each year. True where it is not said.";
        may digits: digits, "How many digits it has at least; 4 where it is not said.";
        may first: first, "The very first number, for whoever numbered elsewhere before; 1 where it is not said. It stays once a number was given.";
    }
    LineAdjustment, "An allowance or charge on a line (BG-27, BG-28): an amount, or a percentage." {
        must kind: a::<AdjustmentKind>, "Whether it takes off or adds.";
        null amount: sum, "The amount, net, in major units (BT-136, BT-141); by the percentage where it is not said.";
        null base: sum, "What the percentage is of, in major units (BT-137, BT-142); quantity × price where it is not said.";
        null percent: a::<Percent>, "The percentage (BT-138, BT-143).";
        must reason: long, "Why (BT-139, BT-144).";
    }
    DocumentAdjustment, "An allowance or charge on the whole document (BG-20, BG-21): an amount, or a percentage." {
        must kind: a::<AdjustmentKind>, "Whether it takes off or adds.";
        null amount: sum, "The amount, net, in major units (BT-92, BT-99); by the percentage where it is not said.";
        null base: sum, "What the percentage is of, in major units (BT-93, BT-100); the lines of this category and rate where it is not said.";
        null percent: a::<Percent>, "The percentage (BT-94, BT-101).";
        must reason: long, "Why (BT-97, BT-104).";
        must category: a::<TaxCategory>, "Its VAT category (BT-95, BT-102).";
        must rate: a::<Percent>, "Its VAT rate in percent (BT-96, BT-103).";
    }
    Period, "A time that is billed for (BG-14, BG-26)." {
        null from: a::<Date>, "The first day (BT-73, BT-134).";
        null to: a::<Date>, "The last day (BT-74, BT-135).";
    }
    DeliverTo, "Where it was delivered (BG-15)." {
        null name: short, "Whose place it is (BT-70).";
        null street: short, "Street and number (BT-75).";
        null address_line: short, "A second line of the address (BT-76).";
        null post_code: short, "The post code (BT-78).";
        null city: short, "The city (BT-77).";
        null country: short, "The country, ISO 3166-1 alpha-2 (BT-80).";
    }
    InvoiceLine, "What is billed for (BG-25)." {
        must name: long, "What it is (BT-153).";
        null description: long, "More about it (BT-154).";
        must quantity: a::<Quantity>, "How many (BT-129).";
        may unit: long, "Of which unit, UN/ECE recommendation 20 (BT-130); C62, a piece, where it is not said.";
        must net_price: a::<UnitPrice>, "The net price of one base quantity (BT-146).";
        null list_price: a::<UnitPrice>, "The price before the discount on it (BT-148).";
        null price_discount: a::<UnitPrice>, "The discount on the list price (BT-147).";
        may base_quantity: a::<Quantity>, "How many the price is for (BT-149); 1 where it is not said.";
        null period: a::<Period>, "The time it is billed for (BG-26).";
        may adjustments: a::<Vec<LineAdjustment>>, "Allowances and charges on this line.";
        must category: a::<TaxCategory>, "The VAT category (BT-151).";
        must rate: a::<Percent>, "The VAT rate in percent (BT-152).";
    }
    ExemptionReasons, "Why there is no VAT, for each category without it (BT-120 of each BG-23). Standard rate and zero rate have no reason, and nothing is said of a category that no line, allowance or charge has." {
        null E: long, "Of what is exempt (BR-E-10).";
        null AE: long, "Of what the customer pays the VAT for (BR-AE-10).";
        null K: long, "Of a sale to another EU country (BR-IC-10).";
        null G: long, "Of an export (BR-G-10).";
        null O: long, "Of what is outside the scope of VAT (BR-O-10).";
    }
    Content, "Everything the seller decides about an invoice before it is issued." {
        must currency: a::<Currency>, "The currency of all amounts (BT-5), ISO 4217.";
        null buyer_reference: long, "The buyer's own reference (BT-10).";
        null order_number: long, "The buyer's order (BT-13).";
        null contract_number: long, "The contract it is billed under (BT-12).";
        null project_number: long, "The project it is for (BT-11).";
        null delivered_on: a::<Date>, "When it was delivered (BT-72).";
        null period: a::<Period>, "The time that is billed for (BG-14).";
        null deliver_to: a::<DeliverTo>, "Where it was delivered (BG-15), where that is not the buyer's address.";
        null due_on: a::<Date>, "When it is to be paid (BT-9); by the terms of the business where it is not said.";
        null terms: long, "Terms of payment in words (BT-20).";
        null note: long, "A note to the buyer (BT-22).";
        null exemption_reason: long, "Why there is no VAT, in one text for every category that needs a reason and has none in exemption_reasons. It goes on being read; say it by category instead.";
        may exemption_reasons: a::<ExemptionReasons>, "Why there is no VAT, by category; a category's own reason counts before the one for all.";
        must lines: a::<Vec<InvoiceLine>>, "What is billed for; at most 1,000.";
        may adjustments: a::<Vec<DocumentAdjustment>>, "Allowances and charges on the whole document.";
        null prepaid: sum, "What was paid before, in major units (BT-113).";
        null rounding: sum, "What is added to the amount due to round it, in major units (BT-114).";
    }
    NewItem, "Something to be sold, as it shall be." {
        must name: long, "What it is (BT-153).";
        null description: long, "More about it, for the line (BT-154).";
        may unit: long, "Of which unit, UN/ECE recommendation 20 (BT-130); C62, a piece, where it is not said.";
        null currency: a::<Currency>, "The currency of the price; the business's where it is not said.";
        must net_price: a::<UnitPrice>, "The usual net price (BT-146).";
        must category: a::<TaxCategory>, "The usual VAT category (BT-151).";
        must rate: a::<Percent>, "The usual VAT rate in percent (BT-152).";
    }
    MailParticulars, "Where mail is handed over." {
        must host: long, "The server's name; its certificate must be for it.";
        must port: a::<u16>, "Its port.";
        must security: a::<MailSecurity>, "When TLS begins; there is no mail without it.";
        null user: long, "The name it knows us by, where it asks for one.";
        null authority: long, "The authority that vouches for it, PEM, where it is none of those that everybody trusts.";
        must sender: long, "The address that mail comes from.";
    }
    Particulars, "What a payment said." {
        null reference: short, "What stood on the transfer.";
        null note: short, "A note of one's own.";
    }
}

#[cfg(test)]
#[path = "domain_tests.rs"]
mod tests;
