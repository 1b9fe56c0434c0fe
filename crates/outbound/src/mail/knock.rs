//! Trying a mail server out, step by step, without sending anything: for whoever sets it up.

use super::connect::{encrypt, find, reach, trouble, within};
use super::send::sign_in;
use super::{MailServer, NotSent, Problem};
use lettre::Address;
use lettre::transport::smtp::commands::{Mail, Rset};

/// What a server has to pass, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Its name is known.
    Find,
    /// It answers at its port.
    Connect,
    /// It encrypts, and proves its name.
    Encrypt,
    /// It knows us.
    SignIn,
    /// It takes mail from our sender.
    Sender,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Find, Self::Connect, Self::Encrypt, Self::SignIn, Self::Sender];

    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Connect => "connect",
            Self::Encrypt => "encrypt",
            Self::SignIn => "sign_in",
            Self::Sender => "sender",
        }
    }
}

/// The step that a server did not pass, and why; it passed all before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Which.
    pub step: Step,
    /// Why.
    pub why: NotSent,
}

/// Whether the server is found, answers, proves who it is, lets us in, and takes mail from this sender.
///
/// # Errors
/// [`Stuck`].
pub async fn knock(server: &MailServer, sender: &str) -> Result<(), Stuck> {
    let at = |step| move |why| Stuck { step, why };
    let address: Result<Address, _> = sender.parse();
    let address = address.map_err(|_| at(Step::Sender)(NotSent::later(Problem::Settings)))?;
    let addresses = find(server).await.map_err(at(Step::Find))?;
    let tcp = reach(server, &addresses).await.map_err(at(Step::Connect))?;
    let mut line = encrypt(server, address.domain(), tcp).await.map_err(at(Step::Encrypt))?;
    if let Some(known) = &server.sign_in {
        sign_in(&mut line, server, known).await.map_err(at(Step::SignIn))?;
    }
    let from = Mail::new(Some(address), Vec::new());
    let taken = within(server.patience, line.command(from)).await.map_err(at(Step::Sender))?;
    taken.map_err(|error| at(Step::Sender)(trouble(&error, Problem::Sender)))?;
    // What was begun is taken back, and nothing depends on the goodbye.
    drop(within(server.patience, line.command(Rset)).await);
    drop(within(server.patience, line.quit()).await);
    Ok(())
}
