//! People: who works here, and as what; who was invited and has not come yet.

use super::ask::ask;
use super::customers::customer_name;
use super::frame_for;
use super::invoices::may;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::moment::moment;
use crate::look::{Act, Field, Head, Question, Safe, Wrong, choice, inside, link_once, role_name};
use crate::visitor::{Here, Inside};
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Calendar};
use coffer_billing::insights::{NameThem, named};
use coffer_identity::links::{self, CancelInvitation, InvitePerson, Recovery, Waiting};
use coffer_identity::members::{self, EndMembership, Person, ReviseMember};
use coffer_kernel::{Action, InvoiceId, LinkId, Role, UserId, policy};
use coffer_store::{Refuse, Refused};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The roles that this person may give, and the one that stands.
fn roles(person: &Inside, stands: Option<Role>) -> Vec<(String, String)> {
    let given = |role: &Role| Some(*role) == stands || policy::may_give(&person.actor, *role);
    let named = |role: Role| (role.code().to_owned(), role_name(person.words, role));
    Role::ALL.into_iter().filter(given).map(named).collect()
}

/// `GET /people`
pub(crate) async fn list(State(app): State<App>, person: Inside) -> Response {
    page(&app, &person, &Asked::default()).await
}

/// What an invitation was asked for with, and what came of it; what was just done otherwise.
#[derive(Default)]
struct Asked {
    link: Option<String>,
    email: String,
    role: String,
    wrong: Wrong,
    done: Option<String>,
}

async fn page(app: &App, person: &Inside, asked: &Asked) -> Response {
    let words = person.words;
    let found = async {
        let people = members::list(&app.door, &person.actor).await?;
        let waiting = links::waiting(&app.books, &person.actor).await?;
        let recoveries = links::recoveries(&app.books, &person.actor).await?;
        Ok::<_, Refused>((people, waiting, recoveries, business::calendar(&app.books, &person.actor).await?))
    };
    let (people, waiting, recoveries, calendar) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let may = |action| may(person, action);
    let body = html! {
        @if let Some(done) = &asked.done { div.banner.good role="status" { div { b { bdi { (done) } } } } }
        @if let Some(link) = &asked.link {
            div.banner.good { div { b { (words.t("invite-made")) } p { (words.t("invite-hand-over")) } (link_once(words, link)) } }
        }
        @for recovery in &recoveries { (came_back(words, &calendar, &people, recovery)) }
        (asked.wrong.draw(words))
        div.cols {
            section.sec {
                header { h2 { (words.t("people-here")) } }
                div.persons { @for one in &people { (row(person, one, may(Action::RevisePerson))) } }
            }
            section.sec {
                @if may(Action::InvitePerson) { (invite_form(person, asked)) }
                @if !waiting.is_empty() {
                    h3 { (words.t1("invite-waiting", "count", waiting.len())) }
                    div.persons { @for one in &waiting { (invitation(words, &calendar, one, may(Action::InvitePerson))) } }
                }
            }
        }
    };
    let title = words.t("people-title");
    let head = Head { kicker: None, title: &title, acts: None };
    let status = if asked.wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/people", &head, &body)).into_response()
}

/// That somebody was let back in at the machine: said for thirty days to whoever manages people.
fn came_back(words: &Words, calendar: &Calendar, people: &[Person], recovery: &Recovery) -> Markup {
    let name = people.iter().find(|one| one.member.user == recovery.user).map_or("", |one| one.name.as_str());
    let made = moment(words, calendar, recovery.made_at);
    html! {
        div.banner.alarm role="status" { div {
            b { (words.t("recovery-made")) " " bdi { (name) } " · " (made) }
            p { (words.t(if recovery.used_at.is_some() { "recovery-used" } else { "recovery-unused" })) " " (words.t("recovery-what")) }
        } }
    }
}

fn invite_form(person: &Inside, asked: &Asked) -> Markup {
    let (words, roles) = (person.words, roles(person, None));
    let chosen = if asked.role.is_empty() { Role::BillingClerk.code() } else { &asked.role };
    html! {
        header { h2 { (words.t("invite-title")) } }
        p.soft { (words.t("invite-why")) }
        form.stack method="post" action="/people/invite" {
            (Field::text("email", words.t("invite-email"), &asked.email).kind("email").required().hint(words.t("invite-email-hint")).draw(words, &asked.wrong))
            (choice("role", &words.t("people-role"), &roles, chosen))
            (roles_explained(words))
            @if roles.len() < Role::ALL.len() { p.hint { (words.t("people-not-more")) } }
            div.acts { button.btn.main { (words.t("invite-go")) } }
        }
    }
}

/// What somebody in each role may do, for whoever wants to know before they choose one.
pub(super) fn roles_explained(words: &Words) -> Markup {
    html! {
        details.extra {
            summary { (words.t("roles-what")) }
            dl.facts { @for role in Role::ALL { div { dt { (role_name(words, role)) } dd { (words.t(what_of(role))) } } } }
        }
    }
}

/// What a role may do that whoever would give it may not, in words: why they cannot.
fn beyond(person: &Inside, role: Role) -> String {
    let words = person.words;
    let lacks = |action: &&Action| {
        let far = |role| rank_of(policy::reach(**action, policy::Party::Role(role)));
        far(role) > person.role().map_or(0, far)
    };
    let named = Action::ALL.iter().filter(lacks).map(|action| words.action(action.code()).unwrap_or_default());
    named.collect::<Vec<_>>().join(", ")
}

const fn rank_of(reach: policy::Reach) -> u8 {
    match reach {
        policy::Reach::None => 0,
        policy::Reach::Own => 1,
        policy::Reach::All => 2,
    }
}

/// What somebody in a role may do, in a sentence.
const fn what_of(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner-what",
        Role::Administrator => "role-administrator-what",
        Role::FinanceManager => "role-finance-manager-what",
        Role::BillingClerk => "role-billing-clerk-what",
        Role::SalesRepresentative => "role-sales-representative-what",
        Role::Auditor => "role-auditor-what",
    }
}

fn row(person: &Inside, one: &Person, may: bool) -> Markup {
    let words = person.words;
    // Nobody changes what they are themselves, or leaves by a slip: another owner does that.
    let own = person.actor.user() == Some(one.member.user);
    let who = html! {
        div { b { bdi { (one.name) } } @if own { " " span.muted { "(" (words.t("people-you")) ")" } } p.muted { (one.email) } }
    };
    // What cannot be changed is no form.
    html! {
        @if may && !own {
            form.person method="post" action={ "/people/" (one.member.user) } {
                (who)
                @let role = format!("role-{}", one.member.user);
                div.acts {
                    label.label for=(role) { (words.t("people-role")) }
                    select.in id=(role) name="role" { @for (code, name) in roles(person, Some(one.member.role)) {
                        option value=(code) selected[code == one.member.role.code()] { (name) }
                    } }
                    button.btn { (words.t("people-change")) }
                    a.btn.danger href={ "/people/" (one.member.user) "/end" } { (words.t("people-end")) }
                }
            }
        } @else { div.person { (who) p { (role_name(words, one.member.role)) } } }
    }
}

fn invitation(words: &Words, calendar: &Calendar, one: &Waiting, may: bool) -> Markup {
    let until = moment(words, calendar, one.link.expires_at);
    let whom = html! {
        div {
            b { bdi { (one.email.as_deref().unwrap_or_default()) } }
            p.muted {
                @if let Some(role) = one.link.role { (role_name(words, role)) " · " }
                (words.t1("invite-until", "time", until))
                @if one.link.used_at.is_some() { " · " (words.t("invite-opened")) }
            }
        }
    };
    html! {
        @if may {
            form.person method="post" action={ "/people/invitations/" (one.link.id) "/end" } {
                (whom) div.acts { button.btn.small { (words.t("invite-end")) } }
            }
        } @else { div.person { (whom) } }
    }
}

/// `POST /people/invite`: the link is shown once, here.
pub(crate) async fn invite(State(app): State<App>, person: Inside, Here(here): Here, fields: Fields) -> Response {
    let (email, role) = (fields.get("email").to_owned(), fields.get("role").to_owned());
    let Some(as_what) = Role::from_code(&role) else { return refused(person.words, Refused::NotFound) };
    let order = InvitePerson { role: as_what, email: email.clone() };
    let asked = match links::invite(&app.books, &person.actor, order).await {
        Ok(token) => Asked { link: Some(format!("{here}/enter/{}", token.expose())), ..Asked::default() },
        Err(links::LinkRefused::Store(no)) => return refused(person.words, no),
        Err(no) => {
            let mut wrong = Wrong::of(&no);
            if no.code() == "person.more_than_yours" {
                wrong.add("role", "field.role_beyond", vec![("rights", beyond(&person, as_what))]);
            }
            Asked { email, role, wrong, ..Asked::default() }
        }
    };
    page(&app, &person, &asked).await
}

/// `POST /people/invitations/{link}/end`
pub(crate) async fn end_invitation(State(app): State<App>, person: Inside, Path(link): Path<String>) -> Response {
    let Ok(link) = link.parse::<LinkId>() else { return refused(person.words, Refused::NotFound) };
    match links::cancel(&app.books, &person.actor, CancelInvitation(link)).await {
        Ok(()) => go("/people"),
        Err(no) => refused(person.words, no),
    }
}

/// Somebody who works here.
async fn somebody(app: &App, person: &Inside, user: &str) -> Result<Person, Refused> {
    let user: UserId = user.parse().map_err(|_| Refused::NotFound)?;
    let people = members::list(&app.door, &person.actor).await?;
    people.into_iter().find(|one| one.member.user == user).ok_or(Refused::NotFound)
}

/// `POST /people/{user}`: another role.
pub(crate) async fn revise(
    State(app): State<App>,
    person: Inside,
    Path(user): Path<String>,
    fields: Fields,
) -> Response {
    let Some(role) = Role::from_code(fields.get("role")) else { return refused(person.words, Refused::NotFound) };
    let one = match somebody(&app, &person, &user).await {
        Ok(one) => one,
        Err(no) => return refused(person.words, no),
    };
    let order = ReviseMember { user: one.member.user, role };
    match members::revise(&app.books, &person.actor, order).await {
        Ok(_) => told(&app, &person, "people-changed", &one.name).await,
        Err(no) => refused(person.words, no),
    }
}

/// The people, with what was just done to one of them.
async fn told(app: &App, person: &Inside, key: &str, name: &str) -> Response {
    page(app, person, &Asked { done: Some(person.words.t1(key, "name", name)), ..Asked::default() }).await
}

/// `GET /people/{user}/end`: says what it does, before the button.
pub(crate) async fn ask_to_end(State(app): State<App>, person: Inside, Path(user): Path<String>) -> Response {
    let words = person.words;
    let one = match somebody(&app, &person, &user).await {
        Ok(one) => one,
        Err(no) => return refused(words, no),
    };
    let ends = match ends_with(&app, &person, one.member.user).await {
        Ok(ends) => ends,
        Err(no) => return refused(words, no),
    };
    let question = Question {
        what: words.t("people-end-why"),
        about: html! {
            dl.facts {
                div { dt { (words.t("customer-name")) } dd { bdi { (one.name) } } }
                div { dt { (words.t("sign-in-email")) } dd { bdi { (one.email) } } }
                div { dt { (words.t("people-role")) } dd { (role_name(words, one.member.role)) } }
            }
            (ends)
        },
        stays: Some(words.t("people-end-back")),
        action: format!("/people/{}/end", one.member.user),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave("/people".to_owned()),
        act: Act::Danger(words.t1("people-end-go", "name", one.name.as_str())),
    };
    let kicker = html! { a href="/people" { (words.t("people-title")) } };
    ask(&app, &person, "/people", (kicker, "people-end-title"), &question).await
}

/// How many of the links it names stand there by number.
const MOST_NAMED: usize = 10;

/// What ends with their time: above all what customers hold, by the numbers of the invoices where one may know them.
async fn ends_with(app: &App, person: &Inside, user: UserId) -> Result<Markup, Refused> {
    let words = person.words;
    let ends = members::ends_with(&app.books, &person.actor, user).await?;
    let shown: BTreeSet<InvoiceId> = ends.documents.iter().take(MOST_NAMED).map(|(id, _)| *id).collect();
    let called = if shown.is_empty() || !may(person, Action::ReadInvoices) {
        BTreeMap::new()
    } else {
        let asked = NameThem { invoices: shown, ..NameThem::default() };
        named(&app.books, &person.actor, asked).await?.invoices
    };
    let more = ends.documents.len().saturating_sub(MOST_NAMED);
    let others = [("people-end-invitations", ends.invitations), ("people-end-keys", ends.keys)];
    Ok(html! {
        @if ends.links() > 0 {
            p.care { b { (words.t1("people-end-links", "count", ends.links())) } }
            @if !called.is_empty() { ul {
                @for (id, called) in called.iter().rev() { li {
                    a href={ "/invoices/" (id) } { (called.number.as_deref().unwrap_or_default()) } " · " (customer_name(words, called.customer.as_deref()))
                } }
                @if more > 0 { li.muted { (words.t1("import-more", "count", more)) } }
            } }
        }
        @for (key, count) in others { @if count > 0 { p { (words.t1(key, "count", count)) } } }
    })
}

/// `POST /people/{user}/end`
pub(crate) async fn end(State(app): State<App>, person: Inside, Path(user): Path<String>, _: Fields) -> Response {
    let one = match somebody(&app, &person, &user).await {
        Ok(one) => one,
        Err(no) => return refused(person.words, no),
    };
    match members::end(&app.books, &person.actor, EndMembership { user: one.member.user }).await {
        Ok(()) => told(&app, &person, "people-ended", &one.name).await,
        Err(no) => refused(person.words, no),
    }
}
