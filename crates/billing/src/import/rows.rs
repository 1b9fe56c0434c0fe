//! A row as a customer.

use super::{Field, Mapping, countries};
use crate::invoices::content::Party;
use coffer_kernel::Scope;
use coffer_kernel::money::Currency;

/// Somebody a row describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) party: Party,
    pub(super) currency: Option<Currency>,
    /// By what the row is known again, normalised.
    pub(super) source: String,
}

impl Candidate {
    /// By what the row is known again among the records somebody reaches: what others imported stays unseen.
    pub(super) fn source_within(&self, scope: &Scope) -> String {
        let whose = match scope {
            Scope::All => String::new(),
            Scope::Only(scopes) => scopes.first().map(ToString::to_string).unwrap_or_default(),
        };
        format!("{whose}\n{}", self.source)
    }
}

/// Why a row is nobody: the field and the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit(pub(super) Option<Field>, pub(super) &'static str, pub(super) &'static str);

/// Reads a row.
pub(super) fn candidate(cells: &[String], columns: usize, mapping: &Mapping) -> Result<Candidate, Unfit> {
    if cells.iter().skip(columns).any(|cell| !cell.is_empty()) {
        let detail = "This row has more cells than the first line has columns. Look for a quote or separator too many.";
        return Err(Unfit(None, "row.too_many_cells", detail));
    }
    let said = |wanted: Field| {
        let place = mapping.0.iter().find(|(_, field)| **field == wanted).map(|(place, _)| *place);
        place.and_then(|place| cells.get(place)).filter(|cell| !cell.is_empty()).cloned()
    };
    if let Some(field) = Field::ALL.iter().find(|field| said(**field).is_some_and(|text| text.starts_with('='))) {
        let detail = "This cell holds a formula instead of a text. Export the values of the sheet.";
        return Err(Unfit(Some(*field), "row.formula", detail));
    }
    let person: Vec<String> = [said(Field::FirstName), said(Field::LastName)].into_iter().flatten().collect();
    let person = Some(person.join(" ")).filter(|name| !name.is_empty());
    let name = said(Field::Name).or_else(|| said(Field::Company)).or(person);
    let nameless =
        Unfit(Some(Field::Name), "customer.name_missing", "A customer needs a name: a person's or a company's.");
    let country = said(Field::Country).map(|text| {
        let detail = "This country is not known by that name. Write its two letters, e.g. DE.";
        countries::code(&text).ok_or(Unfit(Some(Field::Country), "customer.country_unknown", detail))
    });
    let currency = said(Field::Currency).map(|text| {
        let detail = "This is not a currency code of ISO 4217. Write three capital letters, e.g. EUR.";
        text.to_uppercase().parse().map_err(|_| Unfit(Some(Field::Currency), "customer.currency_unknown", detail))
    });
    let email = said(Field::Email);
    if email.as_deref().is_some_and(|email| !email.contains('@') || email.contains(char::is_whitespace)) {
        let detail = "This is not one e-mail address. Write one like name@example.org, or leave the cell empty.";
        return Err(Unfit(Some(Field::Email), "customer.email_unfit", detail));
    }
    let party = Party {
        name: name.ok_or(nameless)?,
        street: said(Field::Street),
        address_line: said(Field::AddressLine),
        post_code: said(Field::PostCode),
        city: said(Field::City),
        country: country.transpose()?,
        vat_id: said(Field::VatId),
        tax_registration: None,
        registration: said(Field::Registration),
        email,
        phone: said(Field::Phone),
    };
    let source = source(said(Field::Number), &party);
    Ok(Candidate { party, currency: currency.transpose()?, source })
}

/// The number where there is one, else name, e-mail address and post code, in small letters.
fn source(number: Option<String>, party: &Party) -> String {
    let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
    match number {
        Some(number) => format!("number\n{}", number.to_lowercase()),
        None => format!("name\n{}\n{}\n{}", party.name.to_lowercase(), lower(&party.email), lower(&party.post_code)),
    }
}
