//! Invoices: the list, one of them, issuing, handing over, paying, voiding.

mod deliver;
mod discard;
mod end_links;
mod fixed;
mod issue;
mod list;
mod missing;
mod pay;
mod see;
mod sent;
pub(super) mod table;
mod take_back;
mod timeline;
mod void;
mod which;

pub(crate) use deliver::make_link;
pub(crate) use discard::{ask_to_delete, delete};
pub(crate) use end_links::{ask_to_end_links, end_links};
pub(crate) use issue::{ask_to_issue, issue};
pub(crate) use list::list;
pub(super) use missing::advice;
pub(super) use pay::method_name;
pub(crate) use pay::pay;
pub(crate) use see::{pdf, see};
pub(crate) use sent::{ask_to_mark_sent, mark_sent};
pub(crate) use take_back::{ask_to_take_back, take_back};
pub(crate) use void::{ask_to_void, void};

use crate::visitor::Inside;
use coffer_kernel::{Action, InvoiceId, policy};
use coffer_store::Refused;
use which::Which;

pub(super) fn id_of(text: &str) -> Result<InvoiceId, Refused> {
    text.parse().map_err(|_| Refused::NotFound)
}

/// Whether this person may do that at all: what they may not is not offered.
pub(super) fn may(person: &Inside, action: Action) -> bool {
    policy::permit(&person.actor, action).is_ok()
}
