//! German.

use super::Words;
use coffer_billing::invoices::content::TaxCategory;

pub(super) const WORDS: Words = Words {
    marks: (".", ","),
    day_point: ".",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."],
    invoice: "Rechnung",
    draft: "Entwurf",
    draft_note: "Noch keine Rechnung und nicht zu bezahlen.",
    number: "Rechnung",
    issued: "Ausgestellt",
    delivered: "Geliefert",
    due: "Fällig",
    your_reference: "Ihr Zeichen",
    your_order: "Ihre Bestellung",
    your_vat_id: "Ihre USt-IdNr.",
    what: "Leistung",
    quantity: "Menge",
    price: "Preis",
    vat: "USt.",
    net_in: "Netto",
    allowance: "Nachlass",
    charge: "Zuschlag",
    lines: "Positionen",
    net: "Netto",
    tax: "Umsatzsteuer",
    gross: "Summe",
    prepaid: "Bereits bezahlt",
    rounding: "Rundung",
    to_pay: "Zu zahlen",
    pay_by: "Zahlbar bis",
    pay_to: "An",
    account: "Konto",
    amount: "Betrag",
    write: "Zweck",
    code_note: "Der Code trägt all das in Ihre Bank-App ein.",
    genuine: "Ist dieses Dokument echt?",
    genuine_note: "Sein Inhalt steht in einem signierten Protokoll; eine veränderte Kopie fällt an diesem Merkmal auf:",
    other_account: "Nennt eine Nachricht ein anderes Konto, zahlen Sie nicht und rufen Sie uns unter der Nummer an, die Sie schon haben.",
    vat_id: "USt-IdNr.",
    tax_number: "Steuernummer",
    carried: "Übertrag",
    category,
    unit,
};

const fn category(category: TaxCategory) -> &'static str {
    match category {
        TaxCategory::S => "Regelsatz",
        TaxCategory::Z => "Nullsatz",
        TaxCategory::E => "Steuerfrei",
        TaxCategory::ReverseCharge => "Kunde schuldet die USt.",
        TaxCategory::K => "Innergemeinschaftliche Lieferung",
        TaxCategory::G => "Ausfuhr",
        TaxCategory::O => "Nicht steuerbar",
    }
}

fn unit(code: &str, one: bool) -> Option<&'static str> {
    let (single, many) = match code {
        "C62" | "H87" | "EA" | "XPP" => ("Stück", "Stück"),
        "SET" => ("Satz", "Sätze"),
        "HUR" => ("Stunde", "Stunden"),
        "MIN" => ("Minute", "Minuten"),
        "DAY" => ("Tag", "Tage"),
        "WEE" => ("Woche", "Wochen"),
        "MON" => ("Monat", "Monate"),
        "ANN" => ("Jahr", "Jahre"),
        "KMT" => ("km", "km"),
        "MTR" => ("m", "m"),
        "MTK" => ("m²", "m²"),
        "MTQ" => ("m³", "m³"),
        "LTR" => ("Liter", "Liter"),
        "KGM" => ("kg", "kg"),
        "GRM" => ("g", "g"),
        "TNE" => ("t", "t"),
        "KWH" => ("kWh", "kWh"),
        "LS" => ("Pauschale", "Pauschalen"),
        _ => return None,
    };
    Some(if one { single } else { many })
}
