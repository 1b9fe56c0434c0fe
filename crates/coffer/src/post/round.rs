//! One round of the post.

use coffer_billing::delivery::letters::{
    ALTERED, Leave, Leaving, Outcome, Parcel, RecordDelivery, SEND, State, Unsent, end_altered, end_given_up, leave,
    record,
};
use coffer_documents::{KeepRefused, Printer, keep};
use coffer_kernel::{Actor, BusinessId, DeliveryId, InvoiceId, Mint, Reason, Refuse, TypedId};
use coffer_outbound::mail::{
    About, Letter, MailServer, NotSent, Notice, PATIENCE, Problem, invoice_notice, longest, send,
};
use coffer_store::{Books, Claimed, Refused};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;

/// For how long a letter is claimed: longer than handing it over takes at most, printing it included.
const LEASE: Duration = longest(PATIENCE).saturating_add(Duration::from_secs(120));
/// How long a letter waits whose document cannot be printed at this moment.
const PRINT_AGAIN: Duration = Duration::from_secs(60);

/// What goes round.
#[derive(Clone)]
pub(crate) struct Post {
    pub(crate) books: Books,
    pub(crate) mint: Mint,
    pub(crate) printer: Arc<Printer>,
}

impl Post {
    /// Hands over every letter that is due. A slow server holds up its own business's letters only.
    pub(crate) async fn round(&self) -> Result<(), Refused> {
        let businesses = self.books.businesses().await?;
        let rounds = businesses.into_iter().map(|business| self.of_business(business));
        join_all(rounds).await.into_iter().collect()
    }

    /// Ends the letters that were given up while they were altered, and whose rows have been put right since.
    pub(crate) async fn end_given_up(&self) -> Result<(), Refused> {
        for business in self.books.businesses().await? {
            let ended = end_given_up(&self.books, &self.mint.system("delivery.post", business)).await?;
            if ended > 0 {
                tracing::info!(ended, "letters that were given up are not sent");
            }
        }
        Ok(())
    }

    async fn of_business(&self, business: BusinessId) -> Result<(), Refused> {
        // One at a time: a claim is not to run out while its letter waits for another one.
        while let Some(claimed) = self.books.claim(business, SEND, LEASE, 1).await?.pop() {
            self.one(business, claimed).await?;
        }
        Ok(())
    }

    async fn one(&self, business: BusinessId, claimed: Claimed) -> Result<(), Refused> {
        let system = self.mint.system("delivery.post", business);
        let Some(printable) = self.printed(&system, &claimed).await? else { return Ok(()) };
        let order = Leave { claimed: claimed.clone(), printable };
        let parcel = match leave(&self.books, &system, order).await {
            Ok(Leaving::Now(parcel)) => *parcel,
            Ok(Leaving::Not(state)) => {
                tracing::info!(state = state.code(), "a letter does not leave");
                return Ok(());
            }
            Err(refused) if refused.code() == ALTERED => return self.ended(&system, claimed).await,
            Err(refused) => return gone_on(refused),
        };
        let outcome = hand_over(parcel).await;
        match record(&self.books, &system, RecordDelivery { claimed: claimed.clone(), outcome }).await {
            Ok(letter) => {
                tracing::info!(letter = %letter.id, state = letter.state.code(), problem = letter.problem, "a letter");
                Ok(())
            }
            Err(refused) if refused.code() == ALTERED => self.ended(&system, claimed).await,
            Err(refused) => gone_on(refused),
        }
    }

    /// Ends a letter that came upon what was altered: the next one is not to wait for it.
    async fn ended(&self, system: &Actor, claimed: Claimed) -> Result<(), Refused> {
        let letter = claimed.about.map(DeliveryId::from_bytes);
        match end_altered(&self.books, system, claimed).await {
            Ok(state) => {
                tracing::error!(
                    ?letter,
                    state = state.map(State::code),
                    "a letter came upon what was altered and ends"
                );
                Ok(())
            }
            Err(refused) => gone_on(refused),
        }
    }

    /// Whether the document that the letter leads to could be printed: nothing leaves before it is. [`None`] where that
    /// is found out later, and the letter was put back; or never, and it was ended.
    async fn printed(&self, system: &Actor, claimed: &Claimed) -> Result<Option<bool>, Refused> {
        let invoice = match self.invoice(system, claimed).await {
            // There is no such letter any more.
            Err(Refused::NotFound) => return self.ended(system, claimed.clone()).await.map(|()| None),
            found => found?,
        };
        let Some(invoice) = invoice else { return Ok(Some(true)) };
        match keep(&self.printer, &self.books, system, invoice).await {
            Ok(()) => Ok(Some(true)),
            Err(KeepRefused::NotPrintable | KeepRefused::TooLarge | KeepRefused::NotIssued) => Ok(Some(false)),
            Err(KeepRefused::Store(refused)) if refused.reason() == Reason::Unavailable => {
                let due = self.books.world().clock.now().checked_add(PRINT_AGAIN).ok();
                self.books.put_off(system.business(), claimed.clone(), due, refused.code()).await?;
                Ok(None)
            }
            Err(KeepRefused::Store(refused)) if refused.code() == ALTERED => {
                self.ended(system, claimed.clone()).await.map(|()| None)
            }
            Err(KeepRefused::Store(refused)) => Err(refused),
        }
    }

    async fn invoice(&self, system: &Actor, claimed: &Claimed) -> Result<Option<InvoiceId>, Refused> {
        let Some(letter) = claimed.about.map(DeliveryId::from_bytes) else { return Ok(None) };
        coffer_billing::delivery::letters::invoice_of(&self.books, system, letter).await.map(Some)
    }
}

/// Whoever else holds the claim by now goes on with it.
fn gone_on<R: Refuse>(refused: R) -> Result<(), Refused> {
    if refused.reason() == Reason::Stale {
        return Ok(());
    }
    tracing::error!(code = refused.code(), fault = ?refused, "what became of a letter could not be recorded");
    Err(Refused::Busy)
}

/// Hands the letter over, once.
async fn hand_over(parcel: Parcel) -> Outcome {
    let Parcel { letter, seller, reply_to, number, link, recipient, language, words, made_at, mail, password } = parcel;
    let about =
        About { language: &language, seller: &seller, number: &number, link: link.expose(), words: words.as_deref() };
    let Notice { subject, text, html } = invoice_notice(about);
    let sender = mail.sender.clone();
    let (id, at) = (letter.to_string(), made_at);
    let letter = Letter { id, sender_name: seller, sender, reply_to, recipient, subject, text, html, at };
    match send(&MailServer::of(mail, password, PATIENCE), &letter).await {
        Ok(()) => Outcome::HandedOver,
        Err(not_sent) => outcome(&not_sent),
    }
}

fn outcome(not_sent: &NotSent) -> Outcome {
    let unsent = Unsent {
        problem: not_sent.problem.code().to_owned(),
        reply: not_sent.reply.map(i64::from),
        said: Some(not_sent.said.words().to_owned()).filter(|said| !said.is_empty()),
    };
    match not_sent {
        NotSent { problem: Problem::Unanswered, .. } => Outcome::Unanswered(unsent),
        NotSent { for_good: true, .. } => Outcome::Never(unsent),
        NotSent { .. } => Outcome::NotNow(unsent),
    }
}
