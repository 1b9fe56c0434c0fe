//! What tells a customer from others of the same name: one rule for whoever lists them or offers them.

use super::Customer;
use crate::fold::fold;
use crate::invoices::content::Party;

/// What is said behind a customer's name where others among these have it, too: their town; where that is somebody else's as
/// well, with it the first of e-mail address, street, post code and telephone that is theirs alone. [`None`] where nobody
/// else has the name, or nothing is known that tells them apart.
#[must_use]
pub fn told_apart(customer: &Customer, among: &[Customer]) -> Option<String> {
    let plain = |text: &str| fold(text.trim());
    let name = plain(&customer.party.name);
    let others = among.iter().filter(|other| other.id != customer.id && plain(&other.party.name) == name);
    let others: Vec<&Party> = others.map(|other| &other.party).collect();
    if others.is_empty() {
        return None;
    }
    let own = &customer.party;
    let alone = |field: fn(&Party) -> Option<&str>| {
        let theirs = |other: &&Party| field(other).map(plain);
        field(own).filter(|mine| others.iter().all(|other| theirs(other) != Some(plain(mine))))
    };
    let town = own.city.as_deref();
    if let Some(town) = alone(|party| party.city.as_deref()) {
        return Some(town.to_owned());
    }
    let more = alone(|party| party.email.as_deref())
        .or_else(|| alone(|party| party.street.as_deref()))
        .or_else(|| alone(|party| party.post_code.as_deref()))
        .or_else(|| alone(|party| party.phone.as_deref()));
    let said: Vec<&str> = town.into_iter().chain(more).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// Whether nothing says that two who have one name are two: they are of one town, or of one of them it is not known.
pub(crate) fn of_one_town(one: &Party, other: &Party) -> bool {
    let town = |party: &Party| party.city.as_deref().map(|city| fold(city.trim())).filter(|city| !city.is_empty());
    let (one, other) = (town(one), town(other));
    one.is_none() || other.is_none() || one == other
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use coffer_kernel::{CustomerId, ScopeId, Timestamp, TypedId};

    fn customer(number: u8, party: serde_json::Value) -> Customer {
        Customer {
            id: CustomerId::from_bytes([number; 16]),
            version: 1,
            scope: ScopeId::from_bytes([1; 16]),
            currency: "EUR".parse().unwrap(),
            language: "de".into(),
            created_at: Timestamp::UNIX_EPOCH,
            party: serde_json::from_value(party).unwrap(),
        }
    }

    // proves: A1
    #[test]
    fn namesakes_are_told_apart_by_their_town_and_in_one_town_by_what_is_theirs_alone() {
        let all = [
            serde_json::json!({ "name": "Otto", "city": "Kiel", "email": "a@otto.example" }),
            serde_json::json!({ "name": "Otto", "city": "Kiel", "street": "Hafen 1" }),
            serde_json::json!({ "name": "otto ", "city": "Kiel", "street": "Hafen 2" }),
            serde_json::json!({ "name": "Otto", "city": "Ulm", "email": "a@otto.example" }),
            serde_json::json!({ "name": "Anna", "city": "Kiel" }),
        ];
        let all: Vec<Customer> = (0..).zip(all).map(|(number, party)| customer(number, party)).collect();
        let said: Vec<Option<String>> = all.iter().map(|customer| told_apart(customer, &all)).collect();
        let said: Vec<Option<&str>> = said.iter().map(Option::as_deref).collect();
        assert_eq!(said, [Some("Kiel"), Some("Kiel · Hafen 1"), Some("Kiel · Hafen 2"), Some("Ulm"), None]);
        assert_eq!(told_apart(&all[0], &all[..3]).as_deref(), Some("Kiel · a@otto.example"));
    }
}
