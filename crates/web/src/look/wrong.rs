//! What is wrong with a form: one heading, each field linked by its label with what is wrong, the same sentence at the field.

use crate::words::Words;
use coffer_kernel::{Pointer, Refuse};
use maud::{Markup, PreEscaped, html};
use std::collections::{BTreeMap, BTreeSet};

/// A refusal's sentence, until somebody's language is known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    code: &'static str,
    arguments: Vec<(&'static str, String)>,
    /// What the core says, where pages have no words for the code.
    detail: String,
}

impl Said {
    fn in_words(&self, words: &Words) -> String {
        words.refusal(self.code, &self.arguments).unwrap_or_else(|| self.detail.clone())
    }
}

/// What a refusal said, to be shown at its fields and above the form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Wrong {
    whole: Option<Box<Said>>,
    fields: Vec<(String, Said)>,
    /// Where the first of each name stands: every field of a form asks for its own.
    first: BTreeMap<String, usize>,
    /// The way to the settings and back to where this is read.
    settings: Option<String>,
}

/// How many are named above a form: each is looked for in all of it.
const MOST_NAMED: usize = 25;

impl Wrong {
    /// From a refusal; its pointers become the names of fields.
    pub(crate) fn of(refused: &impl Refuse) -> Self {
        Self::named(refused, &field_name)
    }

    /// The same, where the form has names of its own for what a pointer points at.
    pub(crate) fn named(refused: &impl Refuse, name: &dyn Fn(&str) -> String) -> Self {
        let mut pointers = refused.pointers().into_iter();
        let same = pointers.find(|pointer| pointer.code == refused.code());
        let arguments = same.map(|pointer| pointer.arguments).unwrap_or_default();
        let said = Said { code: refused.code(), arguments, detail: refused.to_string() };
        let field = |pointer: Pointer| {
            let said = Said { code: pointer.code, arguments: pointer.arguments, detail: pointer.detail.into_owned() };
            (name(&pointer.pointer), said)
        };
        let mut wrong = Self { whole: Some(Box::new(said)), ..Self::default() };
        refused.pointers().into_iter().map(field).for_each(|(name, said)| wrong.push(name, said));
        wrong
    }

    /// The same, at one field, where the refusal does not say at which.
    pub(crate) fn at_field(name: &str, refused: &impl Refuse) -> Self {
        let mut wrong = Self::of(refused);
        if let (true, Some(whole)) = (wrong.fields.is_empty(), wrong.whole.clone()) {
            wrong.push(name.to_owned(), *whole);
        }
        wrong
    }

    /// What a page finds by itself, before there is an order.
    pub(crate) fn add(&mut self, name: impl Into<String>, code: &'static str, arguments: Vec<(&'static str, String)>) {
        self.push(name.into(), Said { code, arguments, detail: code.to_owned() });
    }

    fn push(&mut self, name: String, said: Said) {
        self.first.entry(name.clone()).or_insert(self.fields.len());
        self.fields.push((name, said));
    }

    /// The same under other names.
    pub(crate) fn renamed(self, name: impl Fn(&str) -> String) -> Self {
        let mut renamed = Self { whole: self.whole, settings: self.settings, ..Self::default() };
        self.fields.into_iter().for_each(|(field, said)| renamed.push(name(&field), said));
        renamed
    }

    /// With what another look found.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.whole = self.whole.or(other.whole);
        self.settings = self.settings.or(other.settings);
        other.fields.into_iter().for_each(|(name, said)| self.push(name, said));
        self
    }

    /// What is wrong with the business itself is mended by this way to its settings, which leads back.
    pub(crate) fn with_settings(self, way: String) -> Self {
        Self { settings: Some(way), ..self }
    }

    /// Whether anything is.
    pub(crate) fn any(&self) -> bool {
        self.whole.is_some() || !self.fields.is_empty()
    }

    /// What is wrong at a field.
    pub(crate) fn at(&self, words: &Words, name: &str) -> Option<String> {
        self.first.get(name).and_then(|place| self.fields.get(*place)).map(|(_, said)| said.in_words(words))
    }

    /// Whether this is what is wrong at a field.
    pub(crate) fn is(&self, name: &str, code: &str) -> bool {
        self.first.get(name).and_then(|place| self.fields.get(*place)).is_some_and(|(_, said)| said.code == code)
    }

    /// Every field that is wrong, with its sentence.
    pub(crate) fn each(&self, words: &Words) -> Vec<(&str, String)> {
        self.fields.iter().map(|(name, said)| (name.as_str(), said.in_words(words))).collect()
    }

    /// The same, each once: two rules can ask for the same at one field, or of one of the two parties.
    fn distinct(&self, words: &Words) -> Vec<(&str, String)> {
        let (mut all, mut seen) = (self.each(words), BTreeSet::new());
        all.retain(|(name, why)| {
            let elsewhere = ["seller-", "buyer-"].iter().any(|party| name.starts_with(party));
            seen.insert((if elsewhere { "" } else { *name }, why.clone()))
        });
        all
    }

    /// The names of the fields that are wrong.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// What stands in the way as a whole.
    pub(crate) fn whole(&self, words: &Words) -> Option<String> {
        self.whole.as_ref().map(|said| said.in_words(words))
    }

    /// The form beneath what is wrong with it. Each link has the words of the label that stands in the form.
    pub(crate) fn above(&self, words: &Words, form: &Markup) -> Markup {
        self.above_with(words, form, &[])
    }

    /// The same, counting also what stands in the way and is mended somewhere else.
    pub(crate) fn above_with(&self, words: &Words, form: &Markup, besides: &[Markup]) -> Markup {
        html! { (self.banner(words, form, besides)) (form) }
    }

    /// What is wrong, where there is no form to stand above.
    pub(crate) fn draw(&self, words: &Words) -> Markup {
        self.banner(words, &PreEscaped(String::new()), &[])
    }

    fn banner(&self, words: &Words, form: &Markup, besides: &[Markup]) -> Markup {
        if !self.any() {
            return html! {};
        }
        let said = self.distinct(words);
        let count = said.len();
        let heading = if count == 0 {
            self.whole(words).unwrap_or_default()
        } else {
            words.t1("wrong-heading", "count", count + besides.len())
        };
        html! {
            div.banner.alarm role="alert" tabindex="-1" autofocus { div {
                b { (heading) }
                @if count > 0 { ul {
                    @for (name, why) in said.iter().take(MOST_NAMED) { li { (self.link(words, form, name, why)) } }
                    @if count > MOST_NAMED { li { (words.t1("wrong-more", "count", count - MOST_NAMED)) } }
                    @for one in besides { li { (one) } }
                } }
            } }
        }
    }

    /// A link to the field: its label, in which line it stands, and what is wrong. The sentence alone where the page has no such
    /// field.
    fn link(&self, words: &Words, form: &Markup, name: &str, why: &str) -> Markup {
        match (label(&form.0, name), name.strip_prefix("seller-")) {
            (Some(label), _) => html! {
                a href={ "#" (name) } { @if let Some(line) = line(name) { (words.t1("wrong-line", "line", line)) ", " } span { (PreEscaped(label)) } }
                ": " (why)
            },
            // What is wrong with the business itself is mended where it is set up.
            (None, Some(field)) => {
                html! { a href={ (self.settings.as_deref().unwrap_or("/settings")) "#" (field) } { (why) } }
            }
            (None, None) => html! { (why) },
        }
    }
}

/// In which line of an invoice a field stands, counted from one.
fn line(name: &str) -> Option<usize> {
    let (place, _) = name.strip_prefix("line-")?.split_once('-')?;
    place.parse::<usize>().ok()?.checked_add(1)
}

/// The words of a field's label, as they were drawn: escaped, without what follows them in an element of its own.
fn label<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("for=\"{name}\">");
    let words = form.split_once(&start)?.1.split('<').next()?;
    Some(words.trim()).filter(|words| !words.is_empty())
}

/// `/lines/0/net_price` is the field `line-0-net_price`; a party's or an account's fields stand in the form by themselves.
pub(crate) fn field_name(pointer: &str) -> String {
    let path = pointer.trim_start_matches('/');
    let inner =
        ["party/", "particulars/", "account/", "content/", "mail/"].iter().find_map(|outer| path.strip_prefix(outer));
    let path = inner.unwrap_or(path);
    path.replacen("lines/", "line-", 1).replacen("adjustments/", "adjustment-", 1).replace('/', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Field;
    use coffer_documents::Language;
    use coffer_store::Refused;

    // proves: F8
    #[test]
    fn each_wrong_field_is_linked_by_its_label_and_says_why_in_the_readers_language() {
        let pointers = vec![
            Pointer::new("/party/email", "person.email_unfit", "core words"),
            Pointer::new("/party/country", "business.country_unknown", "core words"),
        ];
        let wrong = Wrong::of(&Refused::Fields(pointers));
        let words = Words::of(Language::De);
        let form = html! {
            (Field::text("email", words.t("customer-email"), "<x>").draw(words, &wrong))
            (Field::text("country", words.t("customer-country"), "Y").required().draw(words, &wrong))
        };
        let page = wrong.above(words, &form).0;
        assert!(page.contains("2 Angaben stimmen noch nicht"), "{page}");
        assert!(
            page.contains("<a href=\"#email\"><span>E-Mail</span></a>: Das ist keine E-Mail-Adresse"),
            "each by its label, and why: {page}"
        );
        assert!(page.contains("<a href=\"#country\"><span>Land</span></a>: "), "{page}");
        assert_eq!(page.matches("Das ist keine E-Mail-Adresse").count(), 2, "and once more at its field: {page}");
        assert!(!page.contains("core words"), "{page}");
    }

    #[test]
    fn a_field_of_a_line_is_named_with_its_line() {
        let wrong =
            Wrong::of(&Refused::Fields(vec![Pointer::new("/lines/1/net_price", "money.too_large", "core words")]));
        let words = Words::of(Language::En);
        let form = Field::text("line-1-net_price", words.t("line-price"), "1").draw(words, &wrong);
        let page = wrong.above(words, &form).0;
        assert!(page.contains("<a href=\"#line-1-net_price\">Line 2, <span>Net price</span></a>: "), "{page}");
    }

    #[test]
    fn pointers_become_the_names_of_fields() {
        for (pointer, name) in [
            ("/lines/0/net_price", "line-0-net_price"),
            ("/content/lines/2/name", "line-2-name"),
            ("/lines/1/adjustments/0/amount", "line-1-adjustment-0-amount"),
            ("/adjustments/0/reason", "adjustment-0-reason"),
            ("/party/name", "name"),
            ("/account/iban", "iban"),
            ("/customer", "customer"),
        ] {
            assert_eq!(field_name(pointer), name);
        }
    }
}
