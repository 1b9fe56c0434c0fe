//! How a business hands documents over: the address that links begin with, and the server that takes its mail.
//!
//! Command: [`set_up`]. Queries: [`get`], [`with_password`], [`ways`], [`echo`]. There is no link without an address that leads
//! here or that somebody takes on, and no mail without such a link. The password goes in and comes out only to be said to its server: it does not
//! move to another one, so whoever names another one has to say it again.

mod address;
mod public_url;
mod queries;
mod set_up;
pub(super) mod sql;
#[cfg(test)]
mod tests;

pub use address::{Address, Known, Seen};
pub use public_url::PublicUrl;
pub use queries::{echo, get, links, ways, with_password};
pub(super) use set_up::could_be_address;
pub use set_up::{NewMail, SetUpDelivery, SetUpRefused, set_up};
pub use sql::AGGREGATE;

use coffer_kernel::BusinessId;
use serde::{Deserialize, Serialize};

/// When TLS begins; there is no mail without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// With the first byte (RFC 8314 §3.3), usually on port 465.
    Tls,
    /// After STARTTLS (RFC 3207), usually on port 587.
    StartTls,
}

/// Where mail is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailParticulars {
    /// The server's name; its certificate must be for it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// When TLS begins.
    pub security: MailSecurity,
    /// The name it knows us by, where it asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The authority that vouches for it, PEM, where it is none of those that everybody trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The address that mail comes from.
    pub sender: String,
}

/// How a business hands documents over. The password stays sealed in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverySettings {
    /// Whose they are.
    pub business: BusinessId,
    /// Their version; 0 where nothing was ever set up.
    pub version: i64,
    /// How links begin, and whether customers reach us by it.
    pub address: Option<Address>,
    /// Where mail is handed over, where it is.
    pub mail: Option<MailParticulars>,
    /// The password as it stands in its row.
    pub(super) password: Option<Vec<u8>>,
}

/// By which ways documents can be handed over, besides being downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// By a link that somebody hands over.
    pub link: bool,
    /// By mail.
    pub mail: bool,
    /// By neither, because the address that is set up never led here.
    pub unreached: bool,
}

impl DeliverySettings {
    /// Nothing set up: documents are downloaded and handed over by hand.
    #[must_use]
    pub const fn none(business: BusinessId) -> Self {
        Self { business, version: 0, address: None, mail: None, password: None }
    }

    /// Whether there is a password.
    #[must_use]
    pub const fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Whether invoices can be sent by mail.
    #[must_use]
    pub fn sends(&self) -> bool {
        self.address.as_ref().is_some_and(Address::leads_here) && self.mail.is_some()
    }
}
