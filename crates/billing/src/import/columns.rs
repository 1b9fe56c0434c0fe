//! Which column is which field: guessed from the names that other software gives them, and changeable.

use super::Table;
use std::collections::BTreeMap;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, [$($name:literal),* $(,)?];)*) => {
        /// What a column says about a customer.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in a mapping.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// What others call this column, the surer names first; compared without case, spaces and signs.
            const fn names(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($name),*]),* }
            }
        }
    };
}

fields! {
    /// What they are known by.
    Name = "name", ["displayname", "clientname", "customername", "name", "organization", "firma", "kunde", "customer", "client"];
    /// The company, where the name is a person's.
    Company = "company", ["companyname", "company", "unternehmen", "firma"];
    /// A person's first name.
    FirstName = "first_name", ["firstname", "contactfirstname", "vorname"];
    /// A person's last name.
    LastName = "last_name", ["lastname", "contactlastname", "nachname"];
    /// Street and number.
    Street = "street", ["billingaddress", "clientaddress1", "address1", "addressline1", "clientstreet", "streetandnumber", "street", "straßeundhausnummer", "strasseundhausnummer", "straße", "strasse", "address", "anschrift"];
    /// A second line of the address.
    AddressLine = "address_line", ["billingstreet2", "clientaddress2", "address2", "addressline2", "apt", "secondlineoftheaddress", "zweitezeilederanschrift", "adresszusatz"];
    /// The post code.
    PostCode = "post_code", ["billingcode", "clientpostalcode", "postalcode", "postcode", "postalcodezipcode", "zipcode", "zip", "plz", "postleitzahl"];
    /// The city.
    City = "city", ["billingcity", "clientcity", "city", "town", "stadt", "ort"];
    /// The state or province.
    Subdivision = "subdivision", ["billingstate", "clientstate", "state", "stateprovince", "province", "stateorprovince", "bundesland", "bundeslandoderprovinz", "kanton"];
    /// The country, by its code or a name of it.
    Country = "country", ["billingcountry", "clientcountryid", "clientcountry", "country", "land"];
    /// The VAT identifier.
    VatId = "vat_id", ["clientvatnumber", "vatnumber", "vatid", "vatregnumber", "taxregistrationnumber", "ustid", "ustidnr", "umsatzsteueridentifikationsnummer", "taxid", "vat", "ust"];
    /// The e-mail address.
    Email = "email", ["emailid", "contactemail", "clientemail", "email", "emailaddress", "mail"];
    /// The phone number.
    Phone = "phone", ["clientphone", "contactphone", "phone", "telephone", "telefon", "mobilephone"];
    /// What they are billed in.
    Currency = "currency", ["clientcurrencyid", "clientcurrency", "currencycode", "currency", "customercurrency", "währung"];
    /// The legal registration.
    Registration = "registration", ["clientidnumber", "companyid", "registrationnumber", "registernummer", "handelsregister"];
    /// The number they have in the other software, by which a row is known again.
    Number = "number", ["clientnumber", "customerid", "contactid", "customernumber", "clientid", "accountnumber", "number", "kundennummer", "kundennr", "kdnr", "kundenid", "debitorennummer", "debitorennr", "debitor"];
}

impl Field {
    /// The field with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }
}

/// Which field each column has, by the place of the column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping(pub BTreeMap<usize, Field>);

/// A mapping that does not fit its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingRefused {
    /// There is no such column.
    Column(String),
    /// There is no such field.
    Field(String),
    /// Two columns for one field.
    Twice(Field),
    /// Nobody would have a name.
    Nameless,
}

impl std::fmt::Display for MappingRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Column(name) => {
                write!(f, "There is no column {name} in this file. Write its name as in the first line.")
            }
            Self::Field(code) => {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
                write!(f, "There is no field {code}. Choose one of {}, or - for none.", known.join(", "))
            }
            Self::Twice(field) => {
                write!(f, "Two columns are given the field {}. Give one of them another, or - for none.", field.code())
            }
            Self::Nameless => {
                f.write_str("No column holds a name. Say which one does: name, company, or first_name and last_name.")
            }
        }
    }
}

impl std::error::Error for MappingRefused {}

impl Mapping {
    /// What the names of the columns suggest: each field takes the column that is called most like it and holds something.
    #[must_use]
    pub fn guess(table: &Table) -> Self {
        let plain: Vec<String> = table.header.iter().map(|name| plain(name)).collect();
        let mut mapping = Self::default();
        for field in Field::ALL {
            let known = |name: &&str| plain.iter().position(|column| column.as_str() == *name);
            let free = |place: &usize| !mapping.0.contains_key(place);
            let said =
                |place: &usize| table.rows.iter().any(|(_, row)| row.get(*place).is_some_and(|cell| !cell.is_empty()));
            let fit: Vec<usize> = field.names().iter().filter_map(known).filter(free).collect();
            let place = fit.iter().find(|place| said(place)).or(fit.first()).copied();
            if let Some(place) = place {
                mapping.0.insert(place, *field);
            }
        }
        mapping
    }

    /// The guess, changed: pairs of a column's name and a field's code, or `-` for none.
    ///
    /// # Errors
    /// [`MappingRefused`].
    pub fn guess_and_change<'a>(
        table: &Table,
        changes: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, MappingRefused> {
        let mut mapping = Self::guess(table);
        for (column, code) in changes {
            let place = table.header.iter().position(|name| name == column);
            let place = place.ok_or_else(|| MappingRefused::Column(column.to_owned()))?;
            mapping.0.remove(&place);
            if code != "-" {
                let field = Field::from_code(code).ok_or_else(|| MappingRefused::Field(code.to_owned()))?;
                // What was only guessed gives way to what was said.
                mapping.0.retain(|_, known| *known != field);
                mapping.0.insert(place, field);
            }
        }
        mapping.check()?;
        Ok(mapping)
    }

    /// Whether somebody would have a name, and each field one column.
    ///
    /// # Errors
    /// [`MappingRefused`].
    pub fn check(&self) -> Result<(), MappingRefused> {
        let count = |field: Field| self.0.values().filter(|known| **known == field).count();
        if let Some(field) = Field::ALL.iter().find(|field| count(**field) > 1) {
            return Err(MappingRefused::Twice(*field));
        }
        let named = [Field::Name, Field::Company, Field::FirstName, Field::LastName];
        if named.into_iter().any(|field| count(field) > 0) { Ok(()) } else { Err(MappingRefused::Nameless) }
    }
}

/// A column's name without case, spaces and signs; Invoice Ninja's `client.` and `contact.` are kept as words.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
