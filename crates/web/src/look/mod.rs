//! How pages look: the frame, and the parts that all of them are made of. Pure: words and views in, markup out.

pub(crate) mod answer;
pub(crate) mod assets;
pub(crate) mod chart;
mod field;
pub(crate) mod status;
mod wrong;

pub(crate) use field::{Field, choice};
pub(crate) use wrong::Wrong;

use crate::words::Words;
use coffer_documents::numbers;
use coffer_kernel::money::Money;
use maud::{DOCTYPE, Markup, html};

/// The rail's entries: key of the word, address.
const PLACES: [&[(&str, &str)]; 2] = [
    &[("rail-home", "/"), ("rail-invoices", "/invoices"), ("rail-customers", "/customers")],
    &[("rail-people", "/people"), ("rail-settings", "/settings")],
];

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

/// A page inside: the rail, a head with its acts, and what it shows. `place` is the rail's entry it belongs to.
pub(crate) fn inside(words: &Words, business: &str, place: &str, head: &Head<'_>, body: &Markup) -> Markup {
    let here = |address: &str| (address == place).then_some("page");
    let page = html! {
        a.skip href="#main" { (words.t("rail-skip")) }
        div.app {
            header.rail {
                b { bdi { (business) } }
                (search(words))
                nav aria-label=(words.t("rail-label")) {
                    @for group in PLACES {
                        ul { @for (key, address) in group { li { a href=(address) aria-current=[here(address)] { (words.t(key)) } } } }
                    }
                }
                div.foot {
                    form method="post" action="/sign-out" { button.btn.quiet.small { (words.t("rail-sign-out")) } }
                    button.btn.quiet.small type="button" data-keys hidden { (words.t("keys-title")) " " kbd { "?" } }
                }
            }
            main #main {
                div.wrap {
                    div.head {
                        div { @if let Some(kicker) = &head.kicker { p.kicker { (kicker) } } h1 { (head.title) } }
                        @if let Some(acts) = head.acts { div.acts { (acts) } }
                    }
                    (body)
                }
            }
        }
        nav.tabs aria-label=(words.t("rail-label")) {
            a href="/" aria-current=[here("/")] { (words.t("rail-home")) }
            a href="/invoices" aria-current=[here("/invoices")] { (words.t("rail-invoices")) }
            a.new href="/invoices/new" { (words.t("rail-new")) }
            a href="/customers" aria-current=[here("/customers")] { (words.t("rail-customers")) }
            a href="/settings" aria-current=[here("/settings")] { (words.t("rail-settings")) }
        }
        (keys(words))
    };
    document(words, head.title, &page)
}

/// Looks among invoices, by number and by customer.
fn search(words: &Words) -> Markup {
    html! {
        form.find method="get" action="/invoices" role="search" {
            input.in type="search" name="q" data-search aria-label=(words.t("search-label")) placeholder=(words.t("search-label")) autocomplete="off";
            kbd aria-hidden="true" { "/" }
        }
    }
}

/// What each key does. It is shown by the script alone: without it there are no keys.
fn keys(words: &Words) -> Markup {
    let all = [
        ("/", "key-search"),
        ("N", "key-new"),
        ("G H", "rail-home"),
        ("G I", "rail-invoices"),
        ("G C", "rail-customers"),
        ("J K", "key-move"),
        ("Enter", "key-open"),
        ("E", "key-edit"),
        ("P", "key-payment"),
        ("Ctrl Enter", "key-issue"),
        ("?", "key-all"),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (words.t("keys-title")) }
            dl.facts { @for (key, what) in all { div { dt { kbd { (key) } } dd { (words.t(what)) } } } }
            label.tick { input type="checkbox"; (words.t("keys-letters")) }
            form method="dialog" { button.btn { (words.t("keys-close")) } }
        }
    }
}

/// The head of a page.
pub(crate) struct Head<'a> {
    pub(crate) kicker: Option<Markup>,
    pub(crate) title: &'a str,
    pub(crate) acts: Option<&'a Markup>,
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
pub(crate) fn public(words: &Words, seller: &str, title: &str, body: &Markup) -> Markup {
    let page = html! {
        main.plain {
            header { b { bdi { (seller) } } }
            (body)
            p.muted { small { "Coffer" } }
        }
    };
    document(words, title, &page)
}

/// An amount with its currency behind it.
pub(crate) fn money(words: &Words, amount: Money) -> Markup {
    html! { (numbers::amount(words.language, amount)) span.cur { (amount.currency()) } }
}
