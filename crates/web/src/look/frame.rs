//! The frame of every page inside: the places one can go, who is signed in, and the page's head.
//!
//! One list of places makes the rail of a wide window and, on a phone, the bar at the bottom with what is "More".

use super::document;
use crate::words::Words;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use maud::{Markup, PreEscaped, html};

/// A place: key of its word, address, what one must be allowed to do there.
type Place = (&'static str, &'static str, Action);

/// What a day's work needs; on a phone it stands in the bar.
const DAILY: [Place; 3] = [
    ("rail-home", "/", Action::ReadInvoices),
    ("rail-invoices", "/invoices", Action::ReadInvoices),
    ("rail-customers", "/customers", Action::ReadCustomers),
];

/// As often, but a phone's bar has no room for it: there it stands under "More".
const OFTEN: [Place; 1] = [("rail-payments", "/payments", Action::ReadPayments)];

/// What is needed now and then; on a phone it stands under "More".
const SELDOM: [Place; 5] = [
    ("rail-items", "/items", Action::ReadCatalogue),
    ("rail-people", "/people", Action::ReadPeople),
    ("rail-history", "/history", Action::ReadLog),
    ("rail-backup", "/backup", Action::BackUp),
    ("rail-settings", "/settings", Action::ReadBusiness),
];

/// The mark of the program: a coffer.
const MARK: &str = r#"<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="1.6" d="M2.8 8.2V5.6c0-1.3 1-2.3 2.3-2.3h9.8c1.3 0 2.3 1 2.3 2.3v2.6zM2.8 8.2h14.4v8.5H2.8z"/><path fill="currentColor" d="M8.4 6.9h3.2v4.4H8.4z"/></svg>"#;

/// What the frame says besides the places: whose books these are, who looks at them, as what, and whether they can be believed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// The business; empty where its name cannot be read.
    pub(crate) business: String,
    /// Who; empty where their name cannot be read.
    pub(crate) name: String,
    /// As what.
    pub(crate) role: Option<Role>,
    /// How much of these books is not as it was written.
    pub(crate) altered: usize,
}

impl Frame {
    fn may(&self, action: Action) -> bool {
        self.role.is_none_or(|role| reach(action, Party::Role(role)) != Reach::None)
    }

    fn places(&self, words: &Words, places: &[Place], here: &str) -> Markup {
        html! {
            @for (key, address, action) in places { @if self.may(*action) {
                li { a href=(address) aria-current=[current(address, here)] { (words.t(key)) } }
            } }
        }
    }

    /// Who is signed in and as what, and the way out.
    fn who(&self, words: &Words) -> Markup {
        html! {
            @if !self.name.is_empty() { b { bdi { (self.name) } } }
            @if let Some(role) = self.role { span { (role_name(words, role)) } }
            form method="post" action="/sign-out" { button.btn.quiet.small { (words.t("rail-sign-out")) } }
        }
    }
}

/// What somebody in this role is called.
pub(crate) fn role_name(words: &Words, role: Role) -> String {
    words.t(match role {
        Role::Owner => "role-owner",
        Role::Administrator => "role-administrator",
        Role::FinanceManager => "role-finance-manager",
        Role::BillingClerk => "role-billing-clerk",
        Role::SalesRepresentative => "role-sales-representative",
        Role::Auditor => "role-auditor",
    })
}

/// Who may do what whoever looks may not: the roles, by their names.
pub(crate) fn who_may(words: &Words, action: Action) -> String {
    let roles = Role::ALL.into_iter().filter(|role| reach(action, Party::Role(*role)) != Reach::None);
    roles.map(|role| role_name(words, role)).collect::<Vec<_>>().join(", ")
}

fn current(address: &str, here: &str) -> Option<&'static str> {
    (address == here).then_some("page")
}

/// The head of a page.
pub(crate) struct Head<'a> {
    pub(crate) kicker: Option<Markup>,
    pub(crate) title: &'a str,
    pub(crate) acts: Option<&'a Markup>,
}

/// A page inside: the rail, a head with its acts, and what it shows. `here` is the place it belongs to.
pub(crate) fn inside(words: &Words, frame: &Frame, here: &str, head: &Head<'_>, body: &Markup) -> Markup {
    let page = html! {
        a.skip href="#main" { (words.t("rail-skip")) }
        div.app {
            header.rail {
                b.whose { (PreEscaped(MARK)) bdi { (frame.business) } }
                @if frame.may(Action::ReadInvoices) { (search(words)) }
                nav aria-label=(words.t("rail-label")) {
                    ul { (frame.places(words, &DAILY, here)) (frame.places(words, &OFTEN, here)) }
                    ul { (frame.places(words, &SELDOM, here)) }
                }
                div.foot {
                    (frame.who(words))
                    button.btn.quiet.small type="button" data-keys hidden { (words.t("keyboard-title")) " " kbd { "?" } }
                }
            }
            main #main tabindex="-1" {
                div.wrap {
                    (altered(words, frame.altered))
                    div.head {
                        div { @if let Some(kicker) = &head.kicker { p.kicker { (kicker) } } h1 { (head.title) } }
                        @if let Some(acts) = head.acts { div.acts { (acts) } }
                    }
                    (body)
                }
            }
        }
        (bar(words, frame, here))
        (keys(words))
    };
    document(words, head.title, &page)
}

/// Whatever page it is, it may show what somebody else wrote: so each says it.
fn altered(words: &Words, findings: usize) -> Markup {
    html! {
        @if findings > 0 { div.banner.alarm role="alert" { div {
            b { (words.t1("books-altered", "count", findings)) }
            p { (words.t("books-altered-next")) }
        } } }
    }
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
        ("G P", "rail-payments"),
        ("J K", "key-move"),
        ("Enter", "key-open"),
        ("E", "key-edit"),
        ("P", "key-payment"),
        ("Ctrl Enter", "key-issue"),
        ("?", "key-all"),
    ];
    html! {
        dialog #keys aria-labelledby="keyboard-title" {
            h2 #keyboard-title { (words.t("keyboard-title")) }
            dl.facts { @for (key, what) in all { div { dt { kbd { (key) } } dd { (words.t(what)) } } } }
            label.tick { input type="checkbox"; (words.t("keys-letters")) }
            form method="dialog" { button.btn { (words.t("keys-close")) } }
        }
    }
}

/// The bar at the bottom of a phone: five words, the last of which opens the rest.
fn bar(words: &Words, frame: &Frame, here: &str) -> Markup {
    let elsewhere = OFTEN.iter().chain(&SELDOM).any(|(_, address, _)| *address == here);
    html! {
        nav.tabs aria-label=(words.t("rail-label")) {
            @for (key, address, action) in DAILY { @if frame.may(action) {
                @if address == "/customers" && frame.may(Action::DraftInvoice) { a.new href="/invoices/new" { (words.t("rail-new")) } }
                a href=(address) aria-current=[current(address, here)] { (words.t(key)) }
            } }
            details.more {
                summary.here[elsewhere] { (words.t("rail-more")) }
                div { ul { (frame.places(words, &OFTEN, here)) (frame.places(words, &SELDOM, here)) } div.foot { (frame.who(words)) } }
            }
        }
    }
}
