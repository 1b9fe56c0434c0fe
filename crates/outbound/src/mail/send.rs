//! Handing one letter over.

use super::connect::{encrypt, find, reach, trouble, within};
use super::letter::Composed;
use super::{Letter, MailServer, NotSent, Problem, SignIn};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailParameter};

/// Hands a letter to the server, once.
///
/// # Errors
/// [`NotSent`], for now or for good.
pub async fn send(server: &MailServer, letter: &Letter) -> Result<(), NotSent> {
    let composed = letter.composed()?;
    let tcp = reach(server, &find(server).await?).await?;
    let mut line = encrypt(server, &composed.domain, tcp).await?;
    if let Some(known) = &server.sign_in {
        sign_in(&mut line, server, known).await?;
    }
    hand_over(&mut line, server, &composed).await?;
    // What was accepted is accepted, whatever the goodbye brings.
    drop(within(server.patience, line.quit()).await);
    Ok(())
}

pub(super) async fn sign_in(
    line: &mut AsyncSmtpConnection,
    server: &MailServer,
    known: &SignIn,
) -> Result<(), NotSent> {
    let credentials = Credentials::new(known.user.clone(), known.password.expose().clone());
    let answer = within(server.patience, line.auth(DEFAULT_MECHANISMS, &credentials)).await?;
    answer.map(drop).map_err(|error| trouble(&error, Problem::SignIn))
}

async fn hand_over(line: &mut AsyncSmtpConnection, server: &MailServer, letter: &Composed) -> Result<(), NotSent> {
    let mut options = Vec::new();
    if !letter.ascii {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(NotSent::never(Problem::Recipient));
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let sender = Mail::new(letter.envelope.from().cloned(), options);
    within(server.patience, line.command(sender)).await?.map_err(|error| trouble(&error, Problem::Sender))?;
    for recipient in letter.envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        within(server.patience, line.command(recipient)).await?.map_err(|error| trouble(&error, Problem::Recipient))?;
    }
    within(server.patience, line.command(Data)).await?.map_err(|error| trouble(&error, Problem::Content))?;
    match within(server.patience, line.message(&letter.bytes)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) if error.status().is_some() => Err(trouble(&error, Problem::Content)),
        // From here on it may have been taken.
        Ok(Err(_)) | Err(_) => Err(NotSent::later(Problem::Unanswered)),
    }
}
