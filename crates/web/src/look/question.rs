//! The question before an act that nothing takes back: what will happen, what it is about, what stays or follows, and two ways
//! on. The safe one comes first and has the focus: whoever presses a key too early has done nothing.

use super::{Field, Wrong};
use crate::words::Words;
use maud::{Markup, html};

/// A question.
pub(crate) struct Question<'a> {
    /// What will happen.
    pub(crate) what: String,
    /// What it is about: facts, sums.
    pub(crate) about: Markup,
    /// What stays, or follows from it, where that is more than was said.
    pub(crate) stays: Option<String>,
    /// Where the answer is sent.
    pub(crate) action: String,
    /// What is sent with it.
    pub(crate) along: Vec<(&'a str, String)>,
    /// What only whoever answers knows.
    pub(crate) asks: Option<Field<'a>>,
    /// The way on which nothing happens.
    pub(crate) safe: Safe,
    /// The act, by its verb and object.
    pub(crate) act: Act,
}

/// The way on which nothing happens.
pub(crate) enum Safe {
    /// To this page.
    Leave(String),
    /// Back into the form, with what was typed; said in these words.
    Change(String),
}

/// What can be done, in its words.
pub(crate) enum Act {
    /// Something goes on by it.
    Main(String),
    /// Something ends by it.
    Danger(String),
}

impl Question<'_> {
    /// The question with its two ways on. An answer that was refused is said first, and at the field.
    pub(crate) fn draw(&self, words: &Words, wrong: &Wrong) -> Markup {
        let question = html! {
            div.narrow.stack {
                p { (self.what) }
                (self.about)
                @if let Some(stays) = &self.stays { p { (stays) } }
                form.acts method="post" action=(self.action) {
                    @for (name, value) in &self.along { input type="hidden" name=(name) value=(value); }
                    @if let Some(field) = &self.asks { (field.draw(words, wrong)) }
                    @match &self.safe {
                        Safe::Leave(page) => { a.btn href=(page) autofocus[!wrong.any()] { (words.t("form-leave")) } }
                        Safe::Change(said) => { button.btn name="then" value="change" autofocus { (said) } }
                    }
                    @match &self.act {
                        Act::Main(said) => { button.btn.main { (said) } }
                        Act::Danger(said) => { button.btn.danger.solid { (said) } }
                    }
                }
            }
        };
        wrong.above(words, &question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coffer_documents::Language;

    fn drawn(safe: Safe, act: Act) -> String {
        let along = vec![("version", "3".to_owned())];
        let (what, stays) = ("It is gone for good.".to_owned(), Some("The history keeps that it was.".to_owned()));
        let question = Question { what, about: html! {}, stays, action: "/x".to_owned(), along, asks: None, safe, act };
        question.draw(Words::of(Language::En), &Wrong::default()).0
    }

    #[test]
    fn the_safe_way_comes_first_and_has_the_focus() {
        let away = drawn(Safe::Leave("/away".to_owned()), Act::Danger("Delete it".to_owned()));
        assert!(away.contains("<a class=\"btn\" href=\"/away\" autofocus>"), "{away}");
        let back = drawn(Safe::Change("Change it".to_owned()), Act::Main("Record it".to_owned()));
        assert!(back.contains("name=\"then\" value=\"change\" autofocus>"), "{back}");
        for (page, act) in [(away, "<button class=\"btn danger solid\">"), (back, "<button class=\"btn main\">")] {
            assert_eq!(page.matches("autofocus").count(), 1, "{page}");
            assert!(page.find("autofocus") < page.find(act) && page.contains(act), "{page}");
            let (what, stays) = (page.find("gone for good"), page.find("keeps that it was"));
            assert!(what.is_some() && what < stays && stays < page.find("<form"), "{page}");
            assert!(page.contains("name=\"version\" value=\"3\""), "{page}");
        }
    }
}
