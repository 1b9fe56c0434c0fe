//! What is shown once and handed on by hand: as text, with a button that copies it where there is a script.

use crate::words::Words;
use maud::{Markup, html};

/// The text, to be copied.
pub(crate) fn once(words: &Words, text: &str) -> Markup {
    copied(words, text, "copy-go")
}

/// A link, to be copied: on a page that copies other things as well.
pub(crate) fn link_once(words: &Words, link: &str) -> Markup {
    copied(words, link, "copy-link")
}

fn copied(words: &Words, text: &str, go: &str) -> Markup {
    html! {
        p { code { (text) } }
        div.acts data-copy=(words.t("copy-done")) hidden {
            button.btn.small type="button" { (words.t(go)) }
            span.muted role="status" {}
        }
    }
}
