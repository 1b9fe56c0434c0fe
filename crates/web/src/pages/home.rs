//! Home: what is owed, what is late, what needs somebody.

use super::backup;
use super::frame_for;
use super::invoices::may;
use super::invoices::table::{Columns, invoices};
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::status::days_late;
use crate::look::sums::large;
use crate::look::{Head, chart, inside, money};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::letters;
use coffer_billing::insights::{
    Credit, ListCredits, NameThem, Overview, Owed, Waiting, credits, named, overview, waiting,
};
use coffer_billing::invoices::{Page, pressing};
use coffer_documents::numbers;
use coffer_identity::links;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor};
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};
use serde::Deserialize;

/// How many invoices stand under "Needs you".
const MOST_PRESSING: u16 = 12;
/// How many customers' credit stands there by name.
const MOST_CREDITS: usize = 3;

/// Which currency the chart is in.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    currency: Option<String>,
}

/// `GET /`
pub(crate) async fn home(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let (words, actor) = (person.words, &person.actor);
    // An administrator manages people and reads no invoices.
    if !may(&person, Action::ReadInvoices) {
        return crate::look::answer::go("/people");
    }
    // Only whoever may see who works here is told, and asked again on that page.
    let recovered = links::recoveries(&app.books, actor).await.is_ok_and(|recoveries| !recoveries.is_empty());
    let kept = backup::kept(&app, &person).await;
    let found = async {
        let seen = overview(&app.books, actor).await?;
        let astray = letters::astray(&app.books, actor).await?;
        let pressing = pressing(&app.books, actor, MOST_PRESSING).await?;
        let credits = with_names(&app, actor).await?;
        Ok::<_, PageRefused>((seen, astray, (pressing, credits), waiting(&app.books, actor).await?))
    };
    let (seen, astray, (pressing, credits), waiting) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let frame = frame_for(&app, &person).await;
    let begun = seen.issued > 0 || seen.drafts > 0;
    let writes = may(&person, Action::DraftInvoice);
    let body = if begun { figures(words, &seen, &asked) } else { first(words, writes) };
    let body = html! {
        @if recovered { div.banner.alarm role="status" { div { b { (words.t("recovery-home")) } p { a href="/people" { (words.t("people-title")) } } } } }
        @if let Some(warning) = kept.as_ref().and_then(|kept| backup::warning(words, kept)) { (warning) }
        (super::send::astray(words, &astray))
        (body)
        @if begun { (needs_you(words, &pressing, &waiting, &credits)) }
        @if let Some(strip) = kept.as_ref().and_then(|kept| backup::strip(words, kept, app.books.world().clock.now())) { (strip) }
    };
    let acts = html! { @if begun && writes { a.btn.main href="/invoices/new" { (words.t("home-new")) } } };
    let title = words.t1("home-title", "business", frame.business.as_str());
    let kicker = html! { (numbers::date(words.language, seen.today)) };
    let head = Head { kicker: Some(kicker), title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &frame, "/", &head, &body)).into_response()
}

fn first(words: &Words, writes: bool) -> Markup {
    html! {
        section.empty {
            h2 { (words.t("home-empty")) }
            p.soft { (words.t("home-empty-why")) }
            @if writes { a.btn.main href="/invoices/new" { (words.t("home-first")) } }
        }
    }
}

/// The three sums, each in every currency, and the chart of one of them.
fn figures(words: &Words, seen: &Overview, asked: &Asked) -> Markup {
    let mut owed = seen.owed.clone();
    if owed.first().is_none_or(|first| first.open.currency() != seen.currency) {
        owed.insert(0, Owed::none(seen.currency));
    }
    let count = |of: fn(&Owed) -> i64| owed.iter().map(of).sum::<i64>();
    let (open, overdue) = (count(|owed| owed.open_count), count(|owed| owed.overdue_count));
    let since = owed.iter().filter_map(|owed| owed.overdue_since).min();
    let oldest = since.and_then(|since| seen.today.since(since).ok()).map(|span| span.get_days());
    // What is settled has no chart, whoever asks for it.
    let unsettled = || owed.iter().filter(|owed| owed.open.minor() > 0);
    let charted = unsettled().find(|owed| asked.currency.as_deref() == Some(owed.open.currency().code()));
    let charted = charted.or_else(|| unsettled().next());
    html! {
        div.figures {
            (figure(words, "home-owed", &owed, |owed| owed.open, false, &html! { (words.t1("home-invoices", "count", open)) }))
            (figure(words, "home-overdue", &owed, |owed| owed.overdue, true, &html! {
                (words.t1("home-invoices", "count", overdue)) @if let Some(days) = oldest { "; " (words.t1("home-oldest", "days", days)) }
            }))
            (figure(words, "home-expected", &owed, Owed::expected, false, &html! { (words.t1("home-invoices", "count", open - overdue)) }))
        }
        @if let Some(charted) = charted {
            section.sec #chart {
                header { h2 { (words.t("home-chart")) } (currencies(words, &owed, charted)) }
                (chart::owed(words, charted, seen.today))
            }
        }
    }
}

/// A large sum of the main currency, the others under it, never added up.
fn figure(words: &Words, label: &str, owed: &[Owed], of: fn(&Owed) -> Money, alarm: bool, note: &Markup) -> Markup {
    let mut sums = owed.iter().map(of);
    let first = sums.next();
    html! {
        div {
            p.label { (words.t(label)) }
            @if let Some(first) = first { p.big.alarm[alarm && first.minor() > 0].muted[first.minor() == 0] { (large(words, first)) } }
            @for sum in sums.filter(|sum| sum.minor() != 0) { p.next { (money(words, sum)) } }
            p.muted { (note) }
        }
    }
}

/// The choice of the chart's currency, where there is one.
fn currencies(words: &Words, owed: &[Owed], charted: &Owed) -> Markup {
    let with_bars: Vec<&Owed> = owed.iter().filter(|owed| owed.open.minor() > 0).collect();
    html! {
        @if with_bars.len() > 1 {
            nav.seg aria-label=(words.t("chart-currency")) { @for owed in with_bars {
                @let currency = owed.open.currency();
                a href={ "/?currency=" (currency) "#chart" } aria-current=[(currency == charted.open.currency()).then_some("true")] { (currency) }
            } }
        } @else { span.muted { (charted.open.currency()) } }
    }
}

/// Whose credit stands here, with their names; and how many more there are.
struct Credits {
    named: Vec<(Credit, String)>,
    more: usize,
    /// Whether there are more than were counted.
    and_more: bool,
}

async fn with_names(app: &App, actor: &Actor) -> Result<Credits, PageRefused> {
    let page = credits(&app.books, actor, ListCredits { most: Some(100), ..ListCredits::default() }).await?;
    let (credits, and_more) = (page.rows, page.next.is_some());
    if credits.is_empty() {
        return Ok(Credits { named: Vec::new(), more: 0, and_more });
    }
    let shown: Vec<Credit> = credits.iter().copied().take(MOST_CREDITS).collect();
    let asked = NameThem { customers: shown.iter().map(|credit| credit.customer).collect(), ..NameThem::default() };
    let names = named(&app.books, actor, asked).await?.customers;
    let name = |credit: Credit| (credit, names.get(&credit.customer).cloned().unwrap_or_default());
    Ok(Credits { more: credits.len() - shown.len(), and_more, named: shown.into_iter().map(name).collect() })
}

fn credit_lines(words: &Words, credits: &Credits) -> Markup {
    html! {
        @for (credit, name) in &credits.named {
            p { a href={ "/customers/" (credit.customer) } { (words.t("customer-credit")) " " bdi { (name) } } " " (money(words, credit.amount)) }
        }
        @if credits.more > 0 { p.muted { (words.t1(if credits.and_more { "home-credits-many" } else { "home-credits-more" }, "count", credits.more)) } }
    }
}

fn needs_you(words: &Words, pressing: &Page, waiting: &Waiting, credits: &Credits) -> Markup {
    let columns = Columns { customer: true, issued: false, delivery: false };
    let late = pressing.rows.iter().filter_map(|row| row.standing.as_ref());
    let shown = late.filter(|standing| days_late(standing, pressing.today) > 0).count();
    let more = waiting.overdue > i64::try_from(shown).unwrap_or(i64::MAX);
    html! {
        section.sec {
            header {
                h2 { (words.t("home-needs-you")) }
                @if more { a href="/invoices?only=overdue" { (words.t1("home-all-late", "count", waiting.overdue)) } }
            }
            @if pressing.rows.is_empty() && waiting.drafts == 0 && waiting.unsent == 0 && credits.named.is_empty() { p.muted { (words.t("home-nothing")) } }
            @if waiting.unsent > 0 { p {
                a href="/invoices?only=unsent" { (words.t1("home-unsent", "count", waiting.unsent)) }
                @if waiting.late_unsent > 0 { "; " b.care.whole { (words.t1("home-late-unsent", "count", waiting.late_unsent)) } }
            } }
            @if waiting.drafts > 0 { p { a href="/invoices?only=drafts" { (words.t1("home-drafts", "count", waiting.drafts)) } } }
            (credit_lines(words, credits))
            @if !pressing.rows.is_empty() { (invoices(words, &pressing.rows, pressing.today, columns)) }
        }
    }
}
