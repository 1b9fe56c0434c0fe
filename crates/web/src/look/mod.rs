//! How pages look: the frame, and the parts that all of them are made of. Pure: words and views in, markup out.

pub(crate) mod answer;
pub(crate) mod assets;
pub(crate) mod chart;
mod delivered;
mod field;
mod frame;
pub(crate) mod lines;
pub(crate) mod moment;
mod once;
mod question;
pub(crate) mod status;
pub(crate) mod sums;
mod to_paper;
pub(crate) mod units;
mod wrong;

pub(crate) use delivered::delivered;
pub(crate) use field::{Field, choice};
pub(crate) use frame::{Frame, Head, inside, role_name, who_may};
pub(crate) use once::{link_once, once};
pub(crate) use question::{Act, Question, Safe};
pub(crate) use to_paper::to_paper;
pub(crate) use wrong::{Wrong, field_name};

use crate::words::Words;
use coffer_documents::numbers;
use coffer_kernel::money::Money;
use maud::{DOCTYPE, Markup, html};

fn document(words: &Words, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Coffer" }
                link rel="stylesheet" href=(assets::stylesheet());
                script src=(assets::script()) defer {}
            }
            body { (body) }
        }
    }
}

/// A page without the rail: set-up, sign-in.
pub(crate) fn outside(words: &Words, aside: &str, title: &str, body: &Markup) -> Markup {
    let page = html! {
        main.plain {
            header { b { "Coffer" } span { (aside) } }
            (body)
        }
    };
    document(words, title, &page)
}

/// A page for a customer: the seller's name first, ours last and small.
pub(crate) fn public(words: &Words, seller: &Markup, title: &str, body: &Markup) -> Markup {
    let page = html! {
        main.plain {
            header { (seller) }
            (body)
            p.muted { small { "Coffer" } }
        }
    };
    document(words, title, &page)
}

/// What is read letter by letter, in groups of four, and without a gap where it is copied.
pub(crate) fn in_fours(text: &str) -> Markup {
    let letters: Vec<char> = text.chars().collect();
    html! { span.fours translate="no" { @for group in letters.chunks(4) { span { (group.iter().collect::<String>()) } } } }
}

/// What something is called, with the way to it for whoever may go there.
pub(crate) fn named_way(name: &str, way: Option<&str>) -> Markup {
    html! { @if let Some(way) = way { a href=(way) { (name) } } @else { (name) } }
}

/// An amount with its currency behind it.
pub(crate) fn money(words: &Words, amount: Money) -> Markup {
    html! { (numbers::amount(words.language, amount)) span.cur { (amount.currency()) } }
}
