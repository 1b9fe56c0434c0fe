//! When what is billed was delivered, or which time it is billed for: a fact that tax law asks for, so it stands wherever an
//! invoice is shown.

use crate::words::Words;
use coffer_billing::invoices::content::Content;
use coffer_documents::numbers;
use maud::{Markup, html};

/// The day or the period, as facts; nothing where neither was said.
pub(crate) fn delivered(words: &Words, content: &Content) -> Markup {
    let day = content.delivered_on.map(|day| numbers::date(words.language, day));
    let period = content.period.and_then(|period| numbers::days(words.language, period));
    html! {
        @if let Some(day) = day { div { dt { (words.t("editor-delivered")) } dd { (day) } } }
        @if let Some(period) = period { div { dt { (words.t("invoice-period")) } dd { (period) } } }
    }
}
