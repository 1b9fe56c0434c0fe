//! From a form to an order: whom it is for, what it says, and everything that is wrong with it at once.

use super::half::says_something;
use super::reason;
use super::reckon::sift;
use super::typed::Typed;
use crate::App;
use crate::form::Fields;
use crate::look::Wrong;
use crate::visitor::Inside;
use coffer_billing::customers::{self, AddCustomer, Customer, FindCustomers};
use coffer_billing::fold::fold;
use coffer_billing::invoices::content::{Content, Party};
use coffer_billing::invoices::{DraftRefused, Unfinished};
use coffer_documents::Language;
use coffer_kernel::CustomerId;
use coffer_store::Once;

/// What a name is refused as that others have a part of.
pub(super) const ALIKE: &str = "field.whom_alike";

/// Whom it is for: the one that was chosen, one who has exactly the name that was typed, or a new one. Where several
/// have it, or it is a part of others', somebody says whom they mean.
async fn customer(app: &App, person: &Inside, typed: &mut Typed, fields: &Fields) -> Result<CustomerId, Wrong> {
    let name = typed.new_customer.trim().to_owned();
    if name.is_empty() {
        return typed.customer.parse().map_err(|_| Wrong::of(&DraftRefused::Customer));
    }
    let query = FindCustomers { text: name.clone(), most: 10 };
    let found = customers::find(&app.books, &person.actor, query).await.map_err(|no| Wrong::of(&no))?;
    let same = |customer: &&Customer| fold(customer.party.name.trim()) == fold(&name);
    let id = match found.iter().filter(same).collect::<Vec<_>>().as_slice() {
        [customer] => customer.id,
        // Nobody guesses whom somebody means: whom they chose besides counts, where it is one of these.
        several @ [_, ..] => {
            let chosen = several.iter().find(|customer| customer.id.to_string() == typed.customer);
            let mut wrong = Wrong::default();
            wrong.add("new_customer", "field.whom_of_several", Vec::new());
            chosen.map(|customer| customer.id).ok_or(wrong)?
        }
        // Whom somebody says they add is added, whoever else is called like that.
        [] if fields.get("named") != name && !found.is_empty() => {
            let like = found.iter().take(3).map(|customer| customer.party.name.as_str()).collect::<Vec<_>>().join(", ");
            let mut wrong = Wrong::default();
            wrong.add("new_customer", ALIKE, vec![("like", like), ("name", name)]);
            return Err(wrong);
        }
        // A form that keeps itself adds nobody whose field was not left yet: the name may be half of one.
        [] if fields.get("then") == "keep" && ![fields.get("named"), fields.get("passed")].contains(&name.as_str()) => {
            let mut wrong = Wrong::default();
            wrong.add("new_customer", "field.whom_new", Vec::new());
            return Err(wrong);
        }
        [] => {
            // The same name once for each form, whatever else is typed into it by then.
            let once = fields
                .once()
                .map(|once| Once { key: format!("{} {name}", once.key), request: name.clone().into_bytes() });
            let order = AddCustomer { party: Party { name, ..Party::default() }, currency: None, language: None };
            let added = customers::add(&app.books, &person.actor, once, order).await;
            // Of somebody new there is no other field here.
            let wrong = |no| Wrong::at_field("new_customer", &no).renamed(|_| "new_customer".to_owned());
            added.map_err(wrong)?.id
        }
    };
    // Kept for the form, so that a second try does not add them again.
    typed.customer = id.to_string();
    typed.new_customer = String::new();
    Ok(id)
}

/// A form that can be kept.
pub(super) struct Ready {
    pub(super) customer: CustomerId,
    pub(super) content: Content,
    /// What of it is kept as it was typed.
    pub(super) unfinished: Unfinished,
    /// What is wrong with that.
    pub(super) wrong: Wrong,
}

/// Everything that must be right before anything is written; the customer last, because making one is. What does not read
/// yet keeps nothing else from being kept.
pub(super) async fn prepare(app: &App, person: &Inside, typed: &mut Typed, fields: &Fields) -> Result<Ready, Wrong> {
    let words = person.words;
    let mut wrong = Wrong::default();
    if typed.new_customer.is_empty() && typed.customer.is_empty() {
        wrong.add("new_customer", "field.whom", Vec::new());
    }
    // Nothing is begun of a form that names a customer alone.
    if typed.version.is_none() && !says_something(typed) {
        wrong.add("line-0-name", "field.lines", Vec::new());
    }
    let (mut sifted, mut half) = sift(words, typed, "EUR");
    // What the form carried is its own affair: nobody typed it, and nobody could finish it.
    let changed = half.names().any(|name| name.ends_with("carried"));
    if wrong.any() || sifted.is_none() || changed {
        return Err(wrong.and(half));
    }
    let by_itself = fields.get("then") == "keep";
    let customer = customer(app, person, typed, fields).await?;
    // Whoever presses gets the usual words; what keeps itself is told them while they type, and may have taken them out.
    let unexplained = !by_itself && reason::is_lacking(typed);
    if typed.currency.is_empty() || unexplained {
        let chosen = customers::get(&app.books, &person.actor, customer).await.map_err(|no| Wrong::of(&no))?;
        let mut typed = typed.clone();
        if unexplained {
            reason::explain(&mut typed, Language::of_tag(&chosen.language));
        }
        (sifted, half) = sift(words, &typed, &chosen.currency.to_string());
    }
    match sifted {
        Some(sifted) => Ok(Ready { customer, content: sifted.content, unfinished: sifted.unfinished, wrong: half }),
        None => Err(half),
    }
}
