//! From a form to an order: whom it is for, what it says, and everything that is wrong with it at once.

use super::typed::Typed;
use super::{abroad, content, reason};
use crate::App;
use crate::form::Fields;
use crate::look::Wrong;
use crate::visitor::Inside;
use coffer_billing::customers::{self, AddCustomer, Customer, FindCustomers};
use coffer_billing::fold::fold;
use coffer_billing::invoices::DraftRefused;
use coffer_billing::invoices::content::{Content, Party};
use coffer_documents::Language;
use coffer_kernel::CustomerId;
use coffer_store::Once;

/// Whom it is for: the one that was chosen, one who has exactly the name that was typed, or a new one. Where several
/// have it, somebody says whom they mean.
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
        // A form that keeps itself adds nobody of whom its person has not said so: the name may be half of one.
        [] if fields.get("then") == "keep" && fields.get("named") != name => {
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
            added.map_err(|no| Wrong::at_field("new_customer", &no))?.id
        }
    };
    // Kept for the form, so that a second try does not add them again.
    typed.customer = id.to_string();
    typed.new_customer = String::new();
    Ok(id)
}

/// Everything that must be right before anything is written; the customer last, because making one is.
pub(super) async fn prepare(
    app: &App,
    person: &Inside,
    typed: &mut Typed,
    fields: &Fields,
) -> Result<(CustomerId, Content), Wrong> {
    let words = person.words;
    let mut wrong = Wrong::default();
    if typed.new_customer.is_empty() && typed.customer.is_empty() {
        wrong.add("new_customer", "field.whom", Vec::new());
    }
    if typed.lines.is_empty() {
        wrong.add("line-0-name", "field.lines", Vec::new());
    }
    let mut read = content::content(words, typed, "EUR");
    if wrong.any() || read.is_err() {
        return Err(wrong.and(read.err().unwrap_or_default()));
    }
    let by_itself = fields.get("then") == "keep";
    let customer = customer(app, person, typed, fields).await?;
    // Whoever presses gets the usual words; what keeps itself is told them while they type, and may have taken them out.
    let unexplained = !by_itself && typed.exemption_reason.is_empty() && reason::is_needed(typed);
    if typed.currency.is_empty() || unexplained || (typed.sells_abroad() && typed.deliver_country.is_empty()) {
        let chosen = customers::get(&app.books, &person.actor, customer).await.map_err(|no| Wrong::of(&no))?;
        let mut typed = typed.clone();
        abroad::settled(&mut typed, &chosen);
        if unexplained {
            typed.exemption_reason = reason::usual(&typed, Language::of_tag(&chosen.language));
        }
        read = content::content(words, &typed, &chosen.currency.to_string());
    }
    Ok((customer, read?))
}
