//! The form for numbers and look, with the paper beside it.

use super::{Ground, Place};
use crate::look::{Field, Wrong, choice};
use crate::words::Words;
use coffer_documents::Language;
use maud::{Markup, html};

/// What a business that has no colour is offered to begin with: the program's own.
const OFFERED: &str = "#0a5564";

pub(super) fn draw(words: &Words, place: Place, ground: &Ground, wrong: &Wrong, done: Option<&str>) -> Markup {
    let version = ground.letterhead.version;
    html! {
        @if let Some(done) = done { div.banner.good role="status" { div { b { (words.t(done)) } } } }
        @let form = html! {
            form.stack method="post" action="/settings/look" enctype="multipart/form-data" novalidate
                data-look="/settings/look/shown" data-paper="/settings/look/paper" {
                input type="hidden" name="version" value=(version);
                @if place == Place::SetUp { input type="hidden" name="first" value="yes"; p.soft { (words.t("look-why")) } }
                (numbers(words, ground, wrong))
                (look(words, ground, wrong))
                div.acts {
                    button.btn.main { (words.t(if place == Place::SetUp { "look-go" } else { "settings-save" })) }
                }
            }
        };
        div.split { div { (wrong.above(words, &form)) } (preview(words, version)) }
    }
}

fn numbers(words: &Words, ground: &Ground, wrong: &Wrong) -> Markup {
    let numbering = &ground.typed.numbering;
    let (digits, first) = (numbering.digits.to_string(), numbering.first.to_string());
    let years =
        [("yes", "number-year-yes"), ("no", "number-year-no")].map(|(value, key)| (value.to_owned(), words.t(key)));
    let widths: Vec<(String, String)> =
        (1..=8).map(|digits| (digits.to_string(), "0".repeat(digits - 1) + "1")).collect();
    html! {
        section.sec {
            header { h2 { (words.t("number-title")) } }
            div #shown role="status" { (super::sample::said(words, ground)) }
            div.row {
                (Field::text("numbering-prefix", words.t("business-prefix"), &numbering.prefix).hint(words.t("business-prefix-hint")).draw(words, wrong))
                (choice("numbering-year", &words.t("number-year"), &years, if numbering.year { "yes" } else { "no" }))
            }
            div.row {
                (choice("numbering-digits", &words.t("number-digits"), &widths, &digits))
                @if ground.begun && wrong.at(words, "numbering-first").is_none() {
                    input type="hidden" name="numbering-first" value=(first);
                    div.field { span.label { (words.t("number-first")) } p { (first) } p.hint { (words.t("number-first-given")) } }
                } @else {
                    (Field::text("numbering-first", words.t("number-first"), &first).kind("number").required().hint(words.t("number-first-hint")).draw(words, wrong))
                }
            }
        }
    }
}

fn look(words: &Words, ground: &Ground, wrong: &Wrong) -> Markup {
    let typed = &ground.typed;
    let accent = typed.accent.map_or_else(|| OFFERED.to_owned(), |accent| accent.to_string());
    html! {
        section.sec {
            header { h2 { (words.t("look-head")) } }
            (choice("language", &words.t("look-language"), &languages(&typed.language), &typed.language))
            @let error = wrong.at(words, "logo");
            div.field.bad[error.is_some()] {
                label for="logo" { (words.t("look-logo")) " " span.opt { (words.t("form-optional")) } }
                p.hint #logo-hint { (words.t("look-logo-hint")) }
                input.in #logo name="logo" type="file" accept="image/png,image/jpeg" aria-describedby="logo-hint" aria-invalid=[error.as_ref().map(|_| "true")];
                @if let Some(error) = &error { p.err { (error) } }
                @if ground.letterhead.logo.is_some() {
                    label.tick { input type="checkbox" name="no_logo" value="yes"; (words.t("look-no-logo")) }
                }
            }
            div.acts {
                label.tick { input type="checkbox" name="coloured" value="yes" checked[typed.accent.is_some()]; (words.t("look-coloured")) }
                input #accent name="accent" type="color" value=(accent) aria-label=(words.t("look-accent"));
            }
        }
    }
}

/// The languages of paper, by their own names; one that was chosen elsewhere stays.
pub(in crate::pages) fn languages(chosen: &str) -> Vec<(String, String)> {
    let known = Language::ALL.map(|language| (language.code().to_owned(), language.own_name().to_owned()));
    let other = (!known.iter().any(|(code, _)| code == chosen)).then(|| (chosen.to_owned(), chosen.to_owned()));
    known.into_iter().chain(other.filter(|(code, _)| !code.is_empty())).collect()
}

fn preview(words: &Words, version: i64) -> Markup {
    html! {
        aside.view #view aria-label=(words.t("look-preview")) {
            p.muted { (words.t("look-preview")) }
            a.btn.open-paper href={ "/settings/look/paper?v=" (version) } target="_blank" { (words.t("paper-open")) }
            div.sheet data-wait=(words.t("paper-comes")) { iframe.preview name="paper" title=(words.t("look-preview")) src={ "/settings/look/paper?v=" (version) "#toolbar=0&navpanes=0&view=FitH" } {} }
        }
    }
}
