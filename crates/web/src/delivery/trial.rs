//! Trying out what is set up: the mail server step by step, and whether our address leads here, at the latest when it is
//! saved.

use crate::App;
use coffer_billing::delivery::settings::{self, Known, NewMail, PublicUrl, Seen, SetUpDelivery, SetUpRefused};
use coffer_kernel::{Action, Actor, BusinessId};
use coffer_outbound::mail::{MailServer, Stuck, knock};
use coffer_outbound::reach::{Look, NotReached, look};
use coffer_store::Refused;
use std::time::Duration;

/// How long a person waits for one answer of a server they are setting up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where our own answer is looked for.
const ECHO: &str = "/.well-known/coffer/";

coffer_store::refusals! {
    /// Why nothing is tried.
    pub enum TrialRefused {
        /// There is no server.
        NoMail => Conflict, "mail.not_set_up", "No mail server is set up yet. Save one first, then try it.";
        /// There is no address.
        NoAddress => Conflict, "public_url.not_set_up", "No address is set up yet. Save the one under which customers reach Coffer, then try it.";
        + SetUp(SetUpRefused), "What came of it cannot be kept.";
    }
}

/// Tries the mail server; nothing is sent.
pub(crate) async fn mail(app: &App, actor: &Actor) -> Result<Result<(), Stuck>, TrialRefused> {
    let (settings, password) = settings::with_password(&app.books, actor).await?;
    let mail = settings.mail.ok_or(TrialRefused::NoMail)?;
    let sender = mail.sender.clone();
    Ok(knock(&MailServer::of(mail, password, PATIENCE), &sender).await)
}

/// Looks at our address from outside once more, and keeps what came of it. Who took it on has taken it on.
pub(crate) async fn address(app: &App, actor: &Actor) -> Result<Result<(), NotReached>, TrialRefused> {
    app.books.ready(actor, Action::ReviseSettings).await?;
    let settings = settings::get(&app.books, actor).await?;
    let address = settings.address.ok_or(TrialRefused::NoAddress)?;
    let found = leads_here(app, &address.url).await?;
    let seen = match found {
        Ok(()) => Seen::Reached,
        Err(why) if address.known == Known::TakenOn => Seen::TakenOn(why.code()),
        Err(why) => Seen::Missed(why.code()),
    };
    let (version, public_url) = (Some(settings.version), Some(address.url.to_string()));
    let order = SetUpDelivery { version, public_url, mail: settings.mail.map(NewMail::again), seen };
    settings::set_up(&app.books, actor, order).await?;
    Ok(found)
}

/// What is to be said of an address that somebody saves: it is looked at, also where they take it on, so that what they take
/// on is known. Whoever may not save one, or not yet, has nothing looked at.
pub(crate) async fn seen(app: &App, actor: &Actor, text: Option<&str>, taken_on: bool) -> Result<Seen, Refused> {
    app.books.ready(actor, Action::ReviseSettings).await?;
    match text.and_then(PublicUrl::parse) {
        // The one that leads to this machine alone stays what it is; what is none is refused where it is written down.
        None => Ok(Seen::AsBefore),
        Some(url) => Ok(match leads_here(app, &url).await? {
            Ok(()) => Seen::Reached,
            Err(why) if taken_on => Seen::TakenOn(why.code()),
            Err(why) => Seen::Missed(why.code()),
        }),
    }
}

/// Whether an address leads here: a path that nobody could guess is asked for, and only we know what to answer.
async fn leads_here(app: &App, address: &PublicUrl) -> Result<Result<(), NotReached>, Refused> {
    let text = crate::form::mark(app);
    let expected = settings::echo(&app.books, &installation(app), text.clone()).await?;
    let (host, port) = address.host_and_port();
    let (path, expected) = (&format!("{ECHO}{text}"), expected.as_str());
    Ok(look(Look { host, port, path, expected, outside: &app.outside, patience: PATIENCE }).await)
}

/// What we answer to somebody who looks for us: nothing that anybody could use elsewhere.
pub(crate) async fn answer(app: &App, text: &str) -> Result<String, Refused> {
    let fits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !fits {
        return Err(Refused::NotFound);
    }
    settings::echo(&app.books, &installation(app), text.to_owned()).await
}

fn installation(app: &App) -> Actor {
    app.mint.system("delivery.trial", BusinessId::INSTALLATION)
}
