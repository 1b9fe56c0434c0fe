//! The last step: the rows become customers, some at a time, and the page grows while they do. Whoever leaves does not
//! stop it; whoever sends the file again adds nobody twice.

use super::brought::Brought;
use super::rows::left_out;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, Wrong, inside};
use crate::pages::frame_for;
use crate::visitor::Inside;
use crate::words::Words;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::import::{ImportRefused, Outcome, Report, RowReport, run};
use coffer_kernel::Actor;
use futures_util::StreamExt;
use futures_util::stream::{self, Stream};
use maud::{Markup, PreEscaped, html};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How many rows are written between two words about it.
const STEP: usize = 50;

/// What is heard of the rows being written.
enum Heard {
    /// So many are done.
    Done(usize),
    /// All are, or the store could do no more.
    Ended(Vec<RowReport>, Option<ImportRefused>),
}

/// Writes the rows that are ready.
pub(super) async fn write(app: App, person: &Inside, brought: Brought) -> Response {
    let (words, actor) = (person.words, person.actor.clone());
    let frame = frame_for(&app, person).await;
    let report = match run(&app.books, &actor, brought.order(brought.table.rows.clone(), true)).await {
        Ok(report) => report,
        Err(no) => return crate::pages::refused::refused(words, no),
    };
    let total = chosen(&report, &brought).len();
    let kicker = html! { a href="/customers" { (words.t("customers-title")) } };
    let title = words.t("import-title");
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let waiting =
        html! { div.progress #progress role="status" { p.soft { (words.t("import-leave")) } (PreEscaped(HERE)) } };
    let page = inside(words, &frame, "/customers", &head, &waiting).into_string();
    let Some((before, after)) = page.split_once(HERE) else {
        return crate::pages::refused::refused(words, coffer_store::Refused::NotFound);
    };
    let (before, after) = (before.to_owned(), after.to_owned());
    let brought = Arc::new(brought);
    let (tell, hear) = unbounded_channel();
    #[expect(clippy::disallowed_methods, reason = "it ends with its rows, or with the books; nobody has to listen")]
    drop(tokio::spawn(all(app, actor, Arc::clone(&brought), report, tell)));
    let pieces = told(hear).map(move |heard| match heard {
        Heard::Done(count) => step(words, count, total).into_string(),
        Heard::Ended(rows, no) => outcome(words, &brought, &rows, no.as_ref()).into_string(),
    });
    let whole = stream::once(async { before }).chain(pieces).chain(stream::once(async { after }));
    let mut response = Html(StatusCode::OK, Markup::default()).into_response();
    *response.body_mut() = Body::from_stream(whole.map(Ok::<_, Infallible>));
    response
}

/// Where the page is cut for what comes while it is sent: nothing that people wrote can hold it.
const HERE: &str = "<!--here-->";

fn told(hear: UnboundedReceiver<Heard>) -> impl Stream<Item = Heard> {
    stream::unfold(hear, |mut hear| async move { Some((hear.recv().await?, hear)) })
}

/// Writes them, and tells whoever still listens.
async fn all(app: App, actor: Actor, brought: Arc<Brought>, mut report: Report, tell: UnboundedSender<Heard>) {
    let ready = chosen(&report, &brought);
    let (mut done, mut no) = (0, None);
    for places in ready.chunks(STEP) {
        drop(tell.send(Heard::Done(done)));
        let rows = || places.iter().filter_map(|place| brought.table.rows.get(*place).cloned()).collect();
        match run(&app.books, &actor, brought.order(rows(), false)).await {
            Ok(written) => places.iter().zip(written.rows).for_each(|(place, row)| {
                if let Some(known) = report.rows.get_mut(*place) {
                    *known = row;
                }
            }),
            Err(refused) => {
                // Rows of this step may stand already. They did not before, so they were added.
                let stands = run(&app.books, &actor, brought.order(rows(), true)).await.unwrap_or_default();
                for (place, row) in places.iter().zip(stands.rows) {
                    if let (Some(known), Outcome::There(id)) = (report.rows.get_mut(*place), row.outcome) {
                        known.outcome = Outcome::Added(id);
                    }
                }
                no = Some(refused);
                break;
            }
        }
        done += places.len();
    }
    drop(tell.send(Heard::Ended(report.rows, no)));
}

/// The rows that are written, by their places: the new ones, and whoever is added although they have a namesake.
fn chosen(report: &Report, brought: &Brought) -> Vec<usize> {
    let is = |row: &RowReport| match row.outcome {
        Outcome::Ready => true,
        Outcome::Namesake(_) => brought.also.contains(&row.line),
        Outcome::Added(_) | Outcome::There(_) | Outcome::Resembles(_) | Outcome::Repeats(_) | Outcome::Refused(_) => {
            false
        }
    };
    report.rows.iter().enumerate().filter(|(_, row)| is(row)).map(|(place, _)| place).collect()
}

/// How far it is. Each of these hides the one before.
fn step(words: &Words, done: usize, total: usize) -> Markup {
    html! {
        div.step {
            progress max=(total) value=(done) aria-label=(words.t("import-title")) {}
            p { (words.t1("import-done", "count", done)) " / " (total) }
        }
    }
}

/// What became of it.
fn outcome(words: &Words, brought: &Brought, rows: &[RowReport], no: Option<&ImportRefused>) -> Markup {
    let added = rows.iter().filter(|row| matches!(row.outcome, Outcome::Added(_))).count();
    html! {
        div.stack.wide-gaps {
            @if let Some(no) = no { (Wrong::of(no).draw(words)) p { (words.t("import-broke-off")) } }
            section.now { p.label { (words.t("import-count-added")) } p.big { (added) } }
            div.acts { a.btn.main href="/customers" { (words.t("import-see")) } @if no.is_some() { a.btn href="/customers/import" { (words.t("import-other")) } } }
            (left_out(words, brought, rows, false))
        }
    }
}
