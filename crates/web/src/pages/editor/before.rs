//! What stands in the way of issuing, said while one writes: the same rules that issuing asks, of the draft as it is kept.

use super::super::invoices::advice;
use super::super::obstacles::{self, Obstacle, Places};
use super::half::field_in_form;
use super::row::in_the_form;
use super::typed::Typed;
use crate::App;
use crate::look::Wrong;
use crate::visitor::Inside;
use coffer_billing::business::{self, Business};
use coffer_billing::customers::{self, Customer};
use coffer_billing::delivery::settings::{self, Ways};
use coffer_billing::invoices::{self, Draft, IssueRefused, NotIssuable};
use coffer_kernel::{Pointer, Refuse};
use coffer_store::Refused;
use maud::{Markup, html};

/// Whom a draft is from and for, and by which ways it can be handed over.
pub(super) struct Parties {
    pub(super) business: Business,
    pub(super) customer: Customer,
    pub(super) ways: Ways,
}

impl Parties {
    pub(super) async fn of(app: &App, person: &Inside, draft: &Draft) -> Result<Self, Refused> {
        let business = business::get(&app.books, &person.actor).await?;
        let customer = customers::get(&app.books, &person.actor, draft.customer).await?;
        Self::with(app, person, (&business, &customer)).await
    }

    /// These two, who were looked up already.
    pub(super) async fn with(app: &App, person: &Inside, who: (&Business, &Customer)) -> Result<Self, Refused> {
        let ways = settings::ways(&app.books, &person.actor).await?;
        Ok(Self { business: who.0.clone(), customer: who.1.clone(), ways })
    }
}

/// What issuing would say of it now.
fn found(app: &App, draft: &Draft, parties: &Parties) -> Vec<Pointer> {
    let today = parties.business.date_at(app.books.world().clock.now());
    draft.obstacles(&parties.business, &parties.customer, today)
}

/// Whether it is mended somewhere else than in the editor.
fn is_elsewhere(pointer: &Pointer) -> bool {
    pointer.pointer.starts_with("/seller/") || pointer.pointer.starts_with("/buyer/")
}

/// The same for whoever writes it, beneath its sums, and what else should stand on it: what the page that asks before it is
/// issued says of it.
pub(super) fn panel(app: &App, person: &Inside, draft: &Draft, parties: &Parties, typed: &Typed) -> Markup {
    let words = person.words;
    let at =
        |field: &str| format!("#{}", if field.is_empty() { "editor".to_owned() } else { in_the_form(field, typed) });
    // Rows that are empty stand in the form as well, and are counted by whoever looks at it.
    let line = |place: usize| typed.lines.get(place).map_or(place + 1, |line| line.counted);
    let all = Obstacle::all(person, draft, found(app, draft, parties), Places { way: &at, line: &line });
    let missing = invoices::missing(draft, &parties.business, &parties.customer, parties.ways);
    html! {
        @if !all.is_empty() { p { b { (words.t("editor-before")) } } (obstacles::list(words, &all)) }
        @else if missing.is_empty() { p.muted data-fine { (words.t("editor-before-nothing")) } }
        (advice(person, draft, &missing, (&at, all.is_empty())))
    }
}

/// What is said beneath the sums, and what of it counts above the form as well.
#[derive(Default)]
pub(super) struct Beneath {
    pub(super) panel: Option<Markup>,
    pub(super) counts: Vec<Markup>,
}

impl Beneath {
    /// Where something is wrong already, that is said above the form, with what is mended somewhere else; beneath it, the
    /// latter alone.
    pub(super) async fn of(
        app: &App,
        person: &Inside,
        draft: &Draft,
        who: (&Business, &Customer),
        (typed, wrong): (&Typed, &Wrong),
    ) -> Result<Self, Refused> {
        let parties = Parties::with(app, person, who).await?;
        if !wrong.any() {
            return Ok(Self { panel: Some(panel(app, person, draft, &parties, typed)), counts: Vec::new() });
        }
        let all = elsewhere(app, person, draft, &parties);
        let words = person.words;
        let panel =
            (!all.is_empty()).then(|| html! { p { b { (words.t("editor-before")) } } (obstacles::list(words, &all)) });
        // What issuing itself refused names them already.
        let named = wrong.names().any(|name| ["seller-", "buyer-"].iter().any(|party| name.starts_with(party)));
        let counts = if named { Vec::new() } else { all.iter().map(|one| one.draw(words)).collect() };
        Ok(Self { panel, counts })
    }
}

/// What stands in the way and is mended somewhere else: said also while the form itself says what is wrong with it.
fn elsewhere(app: &App, person: &Inside, draft: &Draft, parties: &Parties) -> Vec<Obstacle> {
    let mut found = found(app, draft, parties);
    found.retain(is_elsewhere);
    let at = Places { way: &|field| format!("#{field}"), line: &|place| place + 1 };
    Obstacle::by_rules(person, draft, found, at)
}

/// What stands in the way and is mended in the editor itself: whoever goes on to issue stays there for it.
pub(super) fn to_mend(app: &App, draft: &Draft, parties: &Parties) -> Option<Wrong> {
    let mut found = found(app, draft, parties);
    found.retain(|pointer| !is_elsewhere(pointer));
    let by_rules = IssueRefused::NotIssuable(NotIssuable(found));
    let no = if draft.unfinished.is_empty() { Wrong::default() } else { Wrong::of(&IssueRefused::Unfinished) };
    let at_fields = Wrong::named(&by_rules, &|pointer| field_in_form(pointer, &draft.unfinished));
    let wrong = if by_rules.pointers().is_empty() { no } else { no.and(at_fields) };
    wrong.any().then_some(wrong)
}
