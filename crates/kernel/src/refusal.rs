//! Refusals: the answer "no", with its reason.
//!
//! A refusal has a stable dotted code, a [`Reason`] that decides the status in one place (`web::problem`), a sentence
//! for the program that asked (what, why, what next), and pointers to the fields it is about. Pages say it in the
//! language of whoever reads, by its code. It is written for the caller: what only the operator may see travels as a
//! fault of the store and is logged once, at the boundary.

use crate::action::Action;
use std::borrow::Cow;

/// Why something was refused, as far as a status needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nobody known is asking (401).
    Unauthenticated,
    /// The one who asks may not do this (403).
    Forbidden,
    /// There is no such thing, or not for the one who asks: both look the same (404).
    NotFound,
    /// The request contradicts itself or a rule (422).
    Invalid,
    /// The state of the thing does not allow it (409).
    Conflict,
    /// It was changed since it was read (412).
    Stale,
    /// What once was there is gone on purpose (410).
    Gone,
    /// Asked too often; try again later (429).
    TooMany,
    /// Cannot be done right now, and nothing was done (503).
    Unavailable,
    /// Something broke inside; nothing was done (500).
    Broken,
}

/// A field that a refusal is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// RFC 6901 JSON pointer into the request, e.g. `/lines/0/quantity`.
    pub pointer: String,
    /// The stable code of what is wrong, by which pages find their words; a rule is its own code.
    pub code: &'static str,
    /// What those words mention, by name.
    pub arguments: Vec<(&'static str, String)>,
    /// What is wrong with it and what to do.
    pub detail: Cow<'static, str>,
    /// The rule that says so, e.g. `BR-CO-10`, where one does.
    pub rule: Option<&'static str>,
}

impl Pointer {
    /// What is wrong with a field, by code and in words.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { pointer: pointer.into(), code, arguments: Vec::new(), detail: detail.into(), rule: None }
    }

    /// What a rule says about a field.
    #[must_use]
    pub fn of_rule(pointer: impl Into<String>, rule: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { rule: Some(rule), ..Self::new(pointer, rule, detail) }
    }
}

/// A refusal that can be shown, counted and recorded. Its `Display` is the sentence for the caller.
pub trait Refuse: std::error::Error + Send + 'static {
    /// The stable code, e.g. `invoice.not_a_draft`.
    fn code(&self) -> &'static str;
    /// What kind of no this is.
    fn reason(&self) -> Reason;
    /// The fields it is about, if any.
    fn pointers(&self) -> Vec<Pointer> {
        Vec::new()
    }
}

/// Refusals of a kind that can be listed without one having happened: for the description of what refuses so.
pub trait Refusals {
    /// Each of them: its code, what kind of no it is, and what it says where that is always the same.
    fn all() -> Vec<(&'static str, Reason, &'static str)>;
}

/// The policy table says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forbidden {
    /// What was asked for.
    pub action: Action,
    /// Whether anybody known asked at all.
    pub anonymous: bool,
}

impl std::fmt::Display for Forbidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.anonymous {
            write!(f, "Please sign in first: to {} needs somebody known.", self.action.words())
        } else {
            write!(f, "Your role does not allow you to {}. Ask an owner or administrator.", self.action.words())
        }
    }
}

impl std::error::Error for Forbidden {}

impl Refuse for Forbidden {
    fn code(&self) -> &'static str {
        if self.anonymous { "sign_in.needed" } else { "role.not_allowed" }
    }
    fn reason(&self) -> Reason {
        if self.anonymous { Reason::Unauthenticated } else { Reason::Forbidden }
    }
}
