//! Bearer secrets: session cookies, API keys and the links that open one thing.
//!
//! A token is a prefix that tells what it is for, 256 random bits and a checksum:
//! `cof_` · 43 characters of URL-safe base 64 · 6 characters of checksum. The prefix and the checksum let a scanner find
//! one that leaked, and let a mistyped one be refused without asking the database. At rest there is only its SHA-256 under
//! the installation's key ([`crate::BusinessKeys::token_index`]): a random 256-bit secret needs no salt and no slow hash,
//! and whoever writes the database without the key makes none (controls C36, C37).

use crate::Secret;
use aws_lc_rs::digest::{Context, SHA256, digest};
use base64ct::{Base64UrlUnpadded, Encoding};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

const SECRET: usize = 32;
const SECRET_TEXT: usize = 43;
const CHECKSUM_TEXT: usize = 6;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A program that calls the API.
    ApiKey,
    /// A person's sign-in on one device.
    Session,
    /// The one-time link that sets up a fresh installation.
    Setup,
    /// The link in an invitation.
    Invitation,
    /// The link that opens one document.
    DocumentLink,
    /// The link by which somebody who lost their second step comes back.
    Recovery,
}

impl TokenKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::ApiKey, Self::Session, Self::Setup, Self::Invitation, Self::DocumentLink, Self::Recovery];

    /// What a token of this kind starts with, underscore included.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "cof_",
            Self::Session => "cse_",
            Self::Setup => "cst_",
            Self::Invitation => "civ_",
            Self::DocumentLink => "cdl_",
            Self::Recovery => "crc_",
        }
    }
}

/// A bearer secret that was just made. It is shown once; only its hash is kept.
pub struct Token {
    kind: TokenKind,
    text: Secret<String>,
}

impl Token {
    /// A new token of 256 random bits.
    #[must_use]
    pub fn new(kind: TokenKind, entropy: &dyn Entropy) -> Self {
        let secret = Secret::<[u8; SECRET]>::filled(|out| entropy.fill(out));
        let body = Zeroizing::new(Base64UrlUnpadded::encode_string(secret.expose()));
        let mut text = String::with_capacity(kind.prefix().len().saturating_add(SECRET_TEXT + CHECKSUM_TEXT));
        text.push_str(kind.prefix());
        text.push_str(&body);
        let checksum = checksum(&text);
        text.push_str(&checksum);
        Self { kind, text: Secret::new(text) }
    }

    /// What it is for.
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The text to hand over.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    /// What it is found again by, under the installation's key.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.text.expose())
    }
}

/// The SHA-256 of a token's text. What stands in the database is this hash under the installation's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// The hash of a token somebody presented, or `None` where no token of any kind looks like that.
    #[must_use]
    pub fn of_presented(text: &str) -> Option<Self> {
        Self::parse(text).map(|(_, hash)| hash)
    }

    /// The hash of a presented token of this kind. A session's cookie is no API key, whatever its hash.
    #[must_use]
    pub fn of_presented_as(kind: TokenKind, text: &str) -> Option<Self> {
        Self::parse(text).filter(|(presented, _)| *presented == kind).map(|(_, hash)| hash)
    }

    /// Kind and hash of a presented token. The checksum guards against slips, not against attackers.
    #[must_use]
    pub fn parse(text: &str) -> Option<(TokenKind, Self)> {
        let kind = TokenKind::ALL.into_iter().find(|kind| text.starts_with(kind.prefix()))?;
        let rest = text.strip_prefix(kind.prefix())?;
        let (body, presented) = rest.split_at_checked(SECRET_TEXT)?;
        let mut secret = Zeroizing::new([0; SECRET]);
        Base64UrlUnpadded::decode(body, secret.as_mut_slice()).ok()?;
        let checked = text.strip_suffix(presented)?;
        (checksum(checked) == presented).then(|| (kind, Self::of(text)))
    }

    /// The hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn of(text: &str) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
        Self(hash)
    }
}

/// Six characters over prefix and secret. They are part of what the holder has; 32 bits of a hash of 256 random ones
/// help nobody to guess it.
fn checksum(prefix_and_secret: &str) -> String {
    let mut hash = Context::new(&SHA256);
    hash.update(b"coffer/v1/token checksum");
    hash.update(prefix_and_secret.as_bytes());
    Base64UrlUnpadded::encode_string(hash.finish().as_ref().split_at(4).0)
}

#[cfg(test)]
mod tests;
