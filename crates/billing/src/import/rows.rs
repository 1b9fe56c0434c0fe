//! A row as a customer.

use super::{Field, Mapping, countries};
use crate::invoices::content::Party;
use crate::text;
use coffer_kernel::money::Currency;
use coffer_kernel::{Pointer, Refuse, Scope};

/// Somebody a row describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) party: Party,
    pub(super) currency: Option<Currency>,
    /// By what the row is known again, normalised.
    pub(super) source: String,
    /// By what it was before the town counted, where that is something else.
    once: Option<String>,
}

impl Candidate {
    /// By what the row is known again among the records somebody reaches: what others imported stays unseen.
    pub(super) fn source_within(&self, scope: &Scope) -> String {
        within(scope, &self.source)
    }

    /// The same as it was known before the town counted; none where nothing changed by that.
    pub(super) fn once_within(&self, scope: &Scope) -> Option<String> {
        self.once.as_deref().map(|source| within(scope, source))
    }
}

fn within(scope: &Scope, source: &str) -> String {
    let whose = match scope {
        Scope::All => String::new(),
        Scope::Only(scopes) => scopes.first().map(ToString::to_string).unwrap_or_default(),
    };
    format!("{whose}\n{source}")
}

/// One thing that is wrong with a row: the field and the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) field: Option<Field>,
    pub(super) code: &'static str,
    pub(super) detail: String,
    pub(super) arguments: Vec<(&'static str, String)>,
}

impl Unfit {
    fn new(field: Option<Field>, code: &'static str, detail: &str) -> Self {
        Self { field, code, detail: detail.to_owned(), arguments: Vec::new() }
    }

    /// What a refusal says of a field of a party.
    pub(super) fn of(pointer: Pointer) -> Self {
        let field = pointer.pointer.rsplit('/').next().and_then(Field::from_code);
        Self { field, code: pointer.code, detail: pointer.detail.into_owned(), arguments: pointer.arguments }
    }
}

/// The cells of a row by their fields.
struct Cells<'a> {
    cells: &'a [String],
    mapping: &'a Mapping,
}

impl Cells<'_> {
    fn said(&self, wanted: Field) -> Option<String> {
        let place = self.mapping.0.iter().find(|(_, field)| **field == wanted).map(|(place, _)| *place);
        place.and_then(|place| self.cells.get(place)).filter(|cell| !cell.is_empty()).cloned()
    }

    /// Whose row it is.
    fn name(&self) -> Option<String> {
        let person: Vec<String> =
            [Field::FirstName, Field::LastName].into_iter().filter_map(|f| self.said(f)).collect();
        let person = Some(person.join(" ")).filter(|name| !name.is_empty());
        self.said(Field::Name).or_else(|| self.said(Field::Company)).or(person)
    }
}

/// Reads a row.
///
/// # Errors
/// Everything that is wrong with it, so that it is mended once.
pub(super) fn candidate(cells: &[String], columns: usize, mapping: &Mapping) -> Result<Candidate, Vec<Unfit>> {
    if cells.iter().skip(columns).any(|cell| !cell.is_empty()) {
        let detail = "This row has more cells than the first line has columns. Look for a quote or separator too many.";
        return Err(vec![Unfit::new(None, "row.too_many_cells", detail)]);
    }
    let row = Cells { cells, mapping };
    let formulas = Field::ALL.iter().filter(|field| row.said(**field).is_some_and(|text| text.starts_with('=')));
    let detail = "This cell holds a formula instead of a text. Export the values of the sheet.";
    let formulas: Vec<Unfit> = formulas.map(|field| Unfit::new(Some(*field), "row.formula", detail)).collect();
    if !formulas.is_empty() {
        return Err(formulas);
    }
    let mut unfit = Vec::new();
    let name = row.name();
    if name.is_none() {
        let detail = "A customer needs a name: a person's or a company's.";
        unfit.push(Unfit::new(Some(Field::Name), "customer.name_missing", detail));
    }
    let country = row.said(Field::Country).and_then(|text| {
        let detail = "This country is not known by that name. Write its two letters, e.g. DE.";
        let code = countries::code(&text);
        unfit.extend(code.is_none().then(|| Unfit::new(Some(Field::Country), "customer.country_unknown", detail)));
        code
    });
    let currency = row.said(Field::Currency).and_then(|text| {
        let detail = "This is not a currency code of ISO 4217. Write three capital letters, e.g. EUR.";
        let currency = text.to_uppercase().parse().ok();
        unfit
            .extend(currency.is_none().then(|| Unfit::new(Some(Field::Currency), "customer.currency_unknown", detail)));
        currency
    });
    let party = party(&row, name.unwrap_or_default(), country).as_seen();
    if party.email.as_deref().is_some_and(|email| !email.contains('@') || email.contains(char::is_whitespace)) {
        let detail = "This is not one e-mail address. Write one like name@example.org, or leave the cell empty.";
        unfit.push(Unfit::new(Some(Field::Email), "customer.email_unfit", detail));
    }
    unfit.extend(text::check_party("", &party).err().iter().flat_map(Refuse::pointers).map(Unfit::of));
    let (source, once) = source(row.said(Field::Number), &party);
    if unfit.is_empty() { Ok(Candidate { party, currency, source, once }) } else { Err(unfit) }
}

fn party(row: &Cells<'_>, name: String, country: Option<String>) -> Party {
    Party {
        name,
        street: row.said(Field::Street),
        address_line: row.said(Field::AddressLine),
        post_code: row.said(Field::PostCode),
        city: row.said(Field::City),
        subdivision: row.said(Field::Subdivision),
        country,
        vat_id: row.said(Field::VatId),
        tax_registration: None,
        registration: row.said(Field::Registration),
        email: row.said(Field::Email),
        phone: row.said(Field::Phone),
    }
}

/// The number where there is one, else name, e-mail address and post code, or the town where there is none, in small letters;
/// and what stood there before the town counted.
fn source(number: Option<String>, party: &Party) -> (String, Option<String>) {
    let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
    if let Some(number) = number {
        return (format!("number\n{}", number.to_lowercase()), None);
    }
    let named = format!("name\n{}\n{}\n{}", party.name.to_lowercase(), lower(&party.email), lower(&party.post_code));
    match (&party.post_code, &party.city) {
        (None, Some(city)) => (format!("{named}\n{}", city.to_lowercase()), Some(named)),
        _ => (named, None),
    }
}
