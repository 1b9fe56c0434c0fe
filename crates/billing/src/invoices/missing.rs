//! What an invoice by EN 16931 has and this draft has not: said before it is issued, because afterwards nothing can be
//! added. Pure. Nothing of it stops anybody: what does is in [`rules`](super::rules), and said by [`Draft::obstacles`].

use super::content::{InvoiceLine, Party, TaxCategory};
use super::model::Draft;
use crate::business::Business;
use crate::customers::Customer;
use crate::delivery::settings::Ways;

/// Something that an invoice should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Where the seller is, with street, town and country (BR-08, BR-09).
    SellerAddress,
    /// Where the buyer is, with street, town and country (BR-10, BR-11).
    BuyerAddress,
    /// When it was delivered (BT-72), or for which time it is billed (BG-14, BG-26). Tax law lets it be left out only
    /// where it is the day of issue (directive 2006/112/EC, article 226, point 7).
    Delivery,
    /// An account to be paid to (BG-17), where anything is to be paid.
    Account,
    /// The same, which is known, and yet seen nowhere: it is not printed, and no link can lead to the page that shows it.
    AccountUnseen,
}

/// What this draft has not, in the order in which it stands on paper.
#[must_use]
pub fn missing(draft: &Draft, business: &Business, customer: &Customer, ways: Ways) -> Vec<Missing> {
    let (seller, buyer, content) = (&business.particulars, &customer.party, &draft.content);
    let timed = |line: &InvoiceLine| line.period.is_some();
    // What a sale to another EU country says of it is a rule of its own (BR-IC-11).
    let ruled = draft.totals.breakdown.iter().any(|tax| tax.category == TaxCategory::K);
    let delivery = ruled
        || content.delivered_on.is_some()
        || content.period.is_some()
        || (!content.lines.is_empty() && content.lines.iter().all(timed));
    let nothing_due = draft.totals.amount_due.minor() <= 0;
    let known_account = business.account.is_some() || nothing_due;
    let seen = business.account.is_none() || nothing_due || business.show_account || ways.link;
    [
        (Missing::SellerAddress, has_address(seller)),
        (Missing::BuyerAddress, has_address(buyer)),
        (Missing::Delivery, delivery),
        (Missing::Account, known_account),
        (Missing::AccountUnseen, seen),
    ]
    .into_iter()
    .filter_map(|(what, there)| (!there).then_some(what))
    .collect()
}

/// Whether a letter would arrive. Post codes are not asked for: some countries have none.
fn has_address(party: &Party) -> bool {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    [&party.street, &party.city, &party.country].into_iter().all(said)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::business::{Account, Numbering};
    use crate::invoices::Unfinished;
    use crate::invoices::content::totals;
    use coffer_kernel::{BusinessId, CustomerId, InvoiceId, ScopeId, Timestamp, TypedId};
    use serde_json::{Value, json};

    fn ground(seller: Value, buyer: Value) -> (Business, Customer) {
        let business = Business {
            id: BusinessId::from_bytes([2; 16]),
            version: 1,
            country: "DE".into(),
            currency: "EUR".parse().unwrap(),
            time_zone: "Europe/Berlin".into(),
            language: "de".into(),
            terms_days: 14,
            numbering: Numbering::usual(String::new()),
            show_account: false,
            particulars: serde_json::from_value(seller).unwrap(),
            account: None,
        };
        let customer = Customer {
            id: CustomerId::from_bytes([3; 16]),
            version: 1,
            scope: ScopeId::from_bytes([4; 16]),
            currency: "EUR".parse().unwrap(),
            language: "de".into(),
            created_at: Timestamp::UNIX_EPOCH,
            party: serde_json::from_value(buyer).unwrap(),
        };
        (business, customer)
    }

    fn draft(category: &str, more: Value) -> Draft {
        let rate = if category == "S" { "19" } else { "0" };
        let mut content = json!({ "currency": "EUR", "lines": [
            { "name": "Shop sign", "quantity": "1", "net_price": "95", "category": category, "rate": rate }] });
        content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let content = serde_json::from_value(content).unwrap();
        let totals = totals(&content).unwrap();
        let (id, scope) = (InvoiceId::from_bytes([1; 16]), ScopeId::from_bytes([4; 16]));
        Draft {
            id,
            version: 1,
            customer: CustomerId::from_bytes([3; 16]),
            scope,
            content,
            totals,
            unfinished: Unfinished::default(),
        }
    }

    fn whole(name: &str) -> Value {
        json!({ "name": name, "street": "Rheinstraße 14", "city": "Freiburg", "country": "DE", "vat_id": "DE318204977" })
    }

    // proves: A4
    #[test]
    fn a_bare_draft_names_all_that_is_missing_and_a_whole_one_nothing() {
        let (business, customer) = ground(json!({ "name": "Atelier Nord" }), json!({ "name": "Bäckerei Vogel" }));
        let all = [Missing::SellerAddress, Missing::BuyerAddress, Missing::Delivery, Missing::Account];
        assert_eq!(missing(&draft("S", json!({})), &business, &customer, Ways::default()), all);
        let (mut business, customer) = ground(whole("Atelier Nord"), whole("Bäckerei Vogel"));
        business.account = Some(Account { holder: "A".into(), iban: "DE89370400440532013000".into(), bic: None });
        let draft = draft("S", json!({ "delivered_on": "2026-11-14" }));
        let by_hand = Ways::default();
        assert_eq!(missing(&draft, &business, &customer, by_hand), [Missing::AccountUnseen], "it would stand nowhere");
        assert_eq!(
            missing(&draft, &business, &customer, Ways { link: true, ..Ways::default() }),
            [],
            "the link shows it"
        );
        business.show_account = true;
        assert_eq!(missing(&draft, &business, &customer, by_hand), []);
    }

    // proves: A4
    #[test]
    fn each_is_asked_for_only_where_the_case_needs_it() {
        let (mut business, customer) = ground(whole("Atelier Nord"), whole("Bäckerei Vogel"));
        business.account = Some(Account { holder: "A".into(), iban: "DE89370400440532013000".into(), bic: None });
        let linked = Ways { link: true, ..Ways::default() };
        let of = |business: &Business, customer: &Customer, draft: &Draft| missing(draft, business, customer, linked);
        // A period says when, of the whole or of each line; a day is not asked for then.
        let period = json!({ "period": { "from": "2026-10-01", "to": "2026-10-31" } });
        assert_eq!(of(&business, &customer, &draft("S", period.clone())), []);
        let mut by_line = draft("S", json!({}));
        by_line.content.lines[0].period = serde_json::from_value(period["period"].clone()).unwrap();
        assert_eq!(of(&business, &customer, &by_line), []);
        by_line.content.lines.push(draft("S", json!({})).content.lines[0].clone());
        assert_eq!(of(&business, &customer, &by_line), [Missing::Delivery], "one line has no time");
        // An address without its country is none (BR-09).
        let day = json!({ "delivered_on": "2026-11-14" });
        let mut homeless = customer.clone();
        homeless.party.country = None;
        assert_eq!(of(&business, &homeless, &draft("S", day.clone())), [Missing::BuyerAddress]);
        // Where nothing is to be paid, nobody needs an account.
        business.account = None;
        let paid = draft("S", json!({ "delivered_on": "2026-11-14", "prepaid": "113.05" }));
        assert_eq!(of(&business, &customer, &paid), []);
    }

    // proves: A4
    #[test]
    fn what_stands_in_the_way_is_said_of_a_draft_before_it_is_issued() {
        let (mut business, customer) = ground(whole("Atelier Nord"), whole("Bäckerei Vogel"));
        let day = json!({ "delivered_on": "2026-11-14", "exemption_reason": "Because" });
        let of = |business: &Business, customer: &Customer, draft: &Draft| -> Vec<&'static str> {
            let found = draft.obstacles(business, customer, "2026-11-14".parse().unwrap());
            found.into_iter().filter_map(|pointer| pointer.rule).collect()
        };
        // The buyer's number is asked for where they pay the VAT, and a tax number of one's own is enough.
        let mut private = customer.clone();
        private.party.vat_id = None;
        assert_eq!(of(&business, &private, &draft("S", json!({}))), [""; 0]);
        assert_eq!(of(&business, &private, &draft("AE", day.clone())), ["BR-AE-02"]);
        (business.particulars.vat_id, business.particulars.tax_registration) = (None, Some("21/815/08150".into()));
        assert_eq!(of(&business, &customer, &draft("S", json!({}))), [""; 0]);
        assert_eq!(of(&business, &customer, &draft("K", day.clone())), ["BR-IC-02", "BR-IC-12"]);
        assert_eq!(of(&business, &private, &draft("O", day)), [""; 0]);
        // What the rules ask for is not called a thing that can stay away.
        let sold = draft("K", json!({ "exemption_reason": "Because", "deliver_to": { "country": "FR" } }));
        assert_eq!(of(&business, &customer, &sold), ["BR-IC-02", "BR-IC-11"]);
        assert!(!missing(&sold, &business, &customer, Ways::default()).contains(&Missing::Delivery));
    }
}
