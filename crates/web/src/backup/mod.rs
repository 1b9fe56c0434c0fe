//! Whether the books would come back, seen from outside: the sheet in force, the last backup, and a backup as a file.

use crate::App;
use crate::api::shape::described;
use crate::body::Bare;
use crate::caller::Caller;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use coffer_kernel::{Action, Actor, BusinessId, Mint, Timestamp, Who};
use coffer_store::backup::{BackUpRefused, Made};
use futures_util::stream::{Stream, try_unfold};
use serde::Serialize;
use std::io::{self, Read};

/// How many bytes of a backup are sent at once.
const PART: usize = 256 * 1024;

described! {
    /// How well the books are kept.
    #[derive(Serialize)]
    pub(crate) struct Safekeeping {
        /// The name printed on the recovery sheet in force; null where there is none, and then no backup either.
        sheet: Option<String>,
        /// When the last backup that was handed over whole was made; null where none ever was.
        last_backup_at: Option<Timestamp>,
    }
}

/// The same caller, in the installation's books, where sheets and backups stand.
pub(crate) fn in_the_installation(mint: &Mint, actor: &Actor) -> Actor {
    mint.actor(Who::clone(actor.who()), BusinessId::INSTALLATION, actor.origin())
}

/// The same caller in the books of each business too, whose own history says what was carried off.
pub(crate) fn in_all_books(mint: &Mint, actor: &Actor) -> impl Fn(BusinessId) -> Actor + Send + Sync {
    let (mint, actor) = (mint.clone(), actor.clone());
    move |business| mint.actor(Who::clone(actor.who()), business, actor.origin())
}

/// A backup of all there is. Who may not make one is refused in the books they came from, where its people look.
pub(crate) async fn made(app: &App, actor: &Actor) -> Result<Made, BackUpRefused> {
    app.books.admit(actor, Action::BackUp).await?;
    app.books.back_up(&in_all_books(&app.mint, actor)).await
}

/// `GET /api/v1/backup`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    let kept = app.books.kept(&in_the_installation(&app.mint, &actor)).await?;
    Ok(axum::Json(Safekeeping {
        sheet: kept.sheet.map(|sheet| sheet.name),
        last_backup_at: kept.last_backup.map(|last| last.made_at),
    }))
}

/// `POST /api/v1/backup`: the file, as it is read.
pub(crate) async fn make(State(app): State<App>, Caller(actor): Caller, _: Bare) -> Result<Response, Problem> {
    let made = self::made(&app, &actor).await?;
    Ok(file(&app, made))
}

/// A backup as an answer, read while it is sent.
pub(crate) fn file(app: &App, made: Made) -> Response {
    let now = app.books.world().clock.now();
    let (length, name) = (made.size(), now.strftime("coffer-%Y-%m-%d-%H%M.backup"));
    let mut response = Body::from_stream(parts(app.clone(), made)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The parts of it. The last one is a single byte: when it is asked for, the line took all the others, and then the backup
/// counts as handed over. What breaks off before that is none.
fn parts(app: App, made: Made) -> impl Stream<Item = io::Result<Vec<u8>>> {
    let left = made.size();
    try_unfold((app, made, left), |(app, mut made, left)| async move {
        let most = part_of(left);
        let read = tokio::task::spawn_blocking(move || {
            let mut part = vec![0; most];
            let read = made.read(&mut part)?;
            part.truncate(read);
            Ok::<_, io::Error>((part, made))
        });
        let (part, made) = read.await.map_err(io::Error::other)??;
        let left = left.saturating_sub(part.len() as u64);
        if part.is_empty() {
            return Ok(None);
        }
        if left == 0 {
            let system = app.mint.system("backup.arrived", BusinessId::INSTALLATION);
            // Where it cannot be noted the file is whole all the same, and home asks for another one.
            drop(app.books.backup_arrived(&system, made.handed()).await);
        }
        Ok(Some((part, (app, made, left))))
    })
}

/// How much is read next, where so much is left: the last byte by itself.
fn part_of(left: u64) -> usize {
    let before_last = usize::try_from(left.saturating_sub(1)).unwrap_or(usize::MAX);
    before_last.clamp(1, PART)
}
