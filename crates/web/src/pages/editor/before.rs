//! What stands in the way of issuing, said while one writes: the same rules that issuing asks, of the draft as it is kept.

use super::super::obstacles::{self, Obstacle};
use super::half::field_in_form;
use super::row::in_the_form;
use super::typed::Typed;
use crate::App;
use crate::look::Wrong;
use crate::visitor::Inside;
use coffer_billing::business::{self, Business};
use coffer_billing::customers::{self, Customer};
use coffer_billing::invoices::{Draft, IssueRefused, NotIssuable};
use coffer_kernel::{Pointer, Refuse};
use coffer_store::Refused;
use maud::{Markup, html};

/// Whom a draft is from and for.
pub(super) struct Parties {
    pub(super) business: Business,
    pub(super) customer: Customer,
}

impl Parties {
    pub(super) async fn of(app: &App, person: &Inside, draft: &Draft) -> Result<Self, Refused> {
        let business = business::get(&app.books, &person.actor).await?;
        let customer = customers::get(&app.books, &person.actor, draft.customer).await?;
        Ok(Self { business, customer })
    }
}

/// What issuing would say of it now.
fn found(app: &App, draft: &Draft, business: &Business, customer: &Customer) -> Vec<Pointer> {
    let today = business.date_at(app.books.world().clock.now());
    draft.obstacles(business, customer, today)
}

/// The same for whoever writes it, beneath its sums.
pub(super) fn panel(
    app: &App,
    person: &Inside,
    draft: &Draft,
    (business, customer): (&Business, &Customer),
    typed: &Typed,
) -> Markup {
    let words = person.words;
    let at =
        |field: &str| format!("#{}", if field.is_empty() { "editor".to_owned() } else { in_the_form(field, typed) });
    let all = Obstacle::all(person, draft, found(app, draft, business, customer), &at);
    html! {
        @if all.is_empty() { p.muted { (words.t("editor-before-nothing")) } }
        @else { p { b { (words.t("editor-before")) } } (obstacles::list(words, &all)) }
    }
}

/// What stands in the way and is mended in the editor itself: whoever goes on to issue stays there for it.
pub(super) fn to_mend(app: &App, draft: &Draft, parties: &Parties) -> Option<Wrong> {
    let mut found = found(app, draft, &parties.business, &parties.customer);
    found.retain(|pointer| !pointer.pointer.starts_with("/seller/") && !pointer.pointer.starts_with("/buyer/"));
    let by_rules = IssueRefused::NotIssuable(NotIssuable(found));
    let no = if draft.unfinished.is_empty() { Wrong::default() } else { Wrong::of(&IssueRefused::Unfinished) };
    let at_fields = Wrong::named(&by_rules, &|pointer| field_in_form(pointer, &draft.unfinished));
    let wrong = if by_rules.pointers().is_empty() { no } else { no.and(at_fields) };
    wrong.any().then_some(wrong)
}
