//! What a customer is called wherever a page names one.

use crate::words::Words;
use maud::{Markup, html};

/// Their name, or that it is not shown: what was altered outside of here is not read out.
pub(in crate::pages) fn customer_name(words: &Words, name: Option<&str>) -> Markup {
    html! { @if let Some(name) = name { bdi { (name) } } @else { span.muted { (words.t("name-altered")) } } }
}
