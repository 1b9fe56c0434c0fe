//! Choosing another logo or colour. What was printed keeps its own.

use super::{Accent, Letterhead, Picture};
use coffer_kernel::{Action, Actor};
use coffer_keys::fingerprint::Fingerprint;
use coffer_store::{Books, Event, Fault, Order, Refused};

/// A letterhead as it shall be from now on.
#[derive(Debug, Clone)]
pub struct ReviseLetterhead {
    /// The version the caller has seen, where they say; 0 where nothing was chosen.
    pub version: Option<i64>,
    /// The colour.
    pub accent: Option<Accent>,
    /// The logo.
    pub logo: Logo,
}

/// What becomes of the logo.
#[derive(Debug, Clone)]
pub enum Logo {
    /// It stays as it is.
    Same,
    /// There is none.
    None,
    /// It is this one.
    New(Picture),
}

impl Order for ReviseLetterhead {
    const ACTION: Action = Action::ReviseBusiness;
}

/// Which logo and colour it became, so that a document can be told from one in somebody else's dress.
struct LetterheadRevised(String);

impl Event for LetterheadRevised {
    const NAME: &'static str = "business.letterhead_revised";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.clone())
    }
}

impl LetterheadRevised {
    fn of(next: &Letterhead) -> Self {
        let logo = next.logo.as_ref().map(|logo| {
            let mut fingerprint = Fingerprint::default();
            fingerprint.update(&logo.png);
            fingerprint.finish()
        });
        let accent = next.accent.map(|accent| accent.to_string());
        Self(serde_json::json!({ "accent": accent, "logo_sha256": logo }).to_string())
    }
}

/// Changes the letterhead.
///
/// # Errors
/// As the store's; nothing is written then.
pub async fn revise(books: &Books, actor: &Actor, order: ReviseLetterhead) -> Result<Letterhead, Refused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let business = permit.business();
            let granted = match tx.lock::<Letterhead>(permit, business) {
                Err(Refused::NotFound) => None,
                found => Some(found?),
            };
            let before = granted.as_deref().cloned().unwrap_or(Letterhead::none(business));
            if order.version.is_some_and(|version| version != before.version) {
                return Err(Refused::Stale);
            }
            let logo = match &order.logo {
                Logo::Same => before.logo,
                Logo::None => None,
                Logo::New(picture) if picture.fits() => Some(picture.clone()),
                Logo::New(_) => return Err(Fault::Misuse("a logo is made by documents").into()),
            };
            let next = Letterhead { business, version: before.version + 1, accent: order.accent, logo };
            match &granted {
                None => tx.insert(&next)?,
                Some(granted) => tx.replace(granted, &next)?,
            }
            tx.record(LetterheadRevised::of(&next), next)
        })
        .await
}
