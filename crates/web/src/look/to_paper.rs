//! The way to the paper, where it stands beneath what is done next: on a phone it would be found after the button that issues.

use crate::words::Words;
use maud::{Markup, html};

/// The way to the paper of an invoice; of one that is not kept yet, for the script to show once it is.
pub(crate) fn to_paper(words: &Words, invoice: Option<&str>) -> Markup {
    let address = invoice.map(|id| format!("/invoices/{id}/pdf"));
    html! { a.btn.small.to-paper hidden[address.is_none()] href=[address] target="_blank" { (words.t("paper-see")) } }
}
