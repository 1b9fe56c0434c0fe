//! Trying out what was set up: the mail server step by step, and whether our address leads here.

use crate::App;
use coffer_billing::delivery::settings;
use coffer_kernel::{Actor, BusinessId};
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
    }
}

/// Tries the mail server; nothing is sent.
pub(crate) async fn mail(app: &App, actor: &Actor) -> Result<Result<(), Stuck>, TrialRefused> {
    let (settings, password) = settings::with_password(&app.books, actor).await?;
    let mail = settings.mail.ok_or(TrialRefused::NoMail)?;
    let sender = mail.sender.clone();
    Ok(knock(&MailServer::of(mail, password, PATIENCE), &sender).await)
}

/// Looks at our address from outside: a path that nobody could guess has to lead back to us.
pub(crate) async fn address(app: &App, actor: &Actor) -> Result<Result<(), NotReached>, TrialRefused> {
    let settings = settings::get(&app.books, actor).await?;
    let address = settings.public_url.ok_or(TrialRefused::NoAddress)?;
    let text = crate::form::mark(app);
    let expected = settings::echo(&app.books, &installation(app), text.clone()).await?;
    let (host, port) = address.host_and_port();
    let (path, expected) = (&format!("{ECHO}{text}"), expected.as_str());
    Ok(look(Look { host, port, path, expected, authority: None, patience: PATIENCE }).await)
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
