//! The words of the pages: one catalogue a language, looked up by key. Nothing a person reads stands in a page itself.

use axum::http::{HeaderMap, header};
use coffer_documents::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

const EN_TEXTS: [&str; 3] = [include_str!("en.ftl"), include_str!("refusals.en.ftl"), include_str!("history.en.ftl")];

static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En, &EN_TEXTS));
static DE: LazyLock<Words> = LazyLock::new(|| {
    Words::read(
        Language::De,
        &[include_str!("de.ftl"), include_str!("refusals.de.ftl"), include_str!("history.de.ftl")],
    )
});

/// English with every letter changed: what shows in plain letters on a page does not come from the catalogue.
static PSEUDO: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::read(Language::En, &EN_TEXTS);
    words.bundle.set_transform(Some(pseudo));
    words
});

/// The language that somebody chose on this device.
pub(crate) fn chosen(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let code =
        cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix("__Host-language="))?;
    Language::ALL.into_iter().find(|language| language.code() == code)
}

/// A language's catalogue.
pub(crate) struct Words {
    /// The language.
    pub(crate) language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The catalogue of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::De => &DE,
        }
    }

    /// The catalogue a browser asks for.
    pub(crate) fn asked(accept_language: &str) -> &'static Self {
        if accept_language.starts_with(PSEUDO_TAG) {
            return &PSEUDO;
        }
        let tags = accept_language.split(',').filter_map(|tag| tag.split(';').next()).map(str::trim);
        let known =
            |tag: &str| Language::ALL.into_iter().find(|language| tag.split('-').next() == Some(language.code()));
        Self::of(tags.into_iter().find_map(known).unwrap_or(Language::En))
    }

    /// The catalogue that a request asks for: what its person chose, or else what their browser does.
    pub(crate) fn of_headers(headers: &HeaderMap) -> &'static Self {
        if let Some(chosen) = chosen(headers) {
            return Self::of(chosen);
        }
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self::asked(asked.unwrap_or_default())
    }

    fn read(language: Language, texts: &[&str]) -> Self {
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        for text in texts {
            // What cannot be read is left out, and a test finds the key that is missing then.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
            drop(bundle.add_resource(resource));
        }
        Self { language, bundle }
    }

    /// The text of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.with(key, &FluentArgs::new())
    }

    /// The text of a key with something in it.
    pub(crate) fn t1<'a>(&'a self, key: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.with(key, &args)
    }

    /// The text of a key with several things in it.
    pub(crate) fn t_all(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let args = values.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        self.with(key, &args)
    }

    /// What the answer "no" says to a person, by the code of the refusal; [`None`] where the pages have no words for it.
    pub(crate) fn refusal(&self, code: &str, arguments: &[(&'static str, String)]) -> Option<String> {
        let key =
            Some(refusal_key(code)).filter(|key| self.bundle.has_message(key)).unwrap_or_else(|| family_key(code));
        let args = arguments.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        self.bundle.has_message(&key).then(|| self.with(&key, &args))
    }

    /// What happened, by the name of the event; [`None`] where the pages have no words for it.
    pub(crate) fn event(&self, name: &str) -> Option<String> {
        let key = format!("event-{}", name.replace('.', "-"));
        self.bundle.has_message(&key).then(|| self.t(&key))
    }

    /// What was asked for, by the code of the action; [`None`] where the pages have no words for it.
    pub(crate) fn action(&self, code: &str) -> Option<String> {
        let key = format!("action-{}", code.replace('.', "-"));
        self.bundle.has_message(&key).then(|| self.t(&key))
    }

    /// What was shown, by the table that it stands in; [`None`] where the pages have no words for it.
    pub(crate) fn shown(&self, table: &str) -> Option<String> {
        let key = format!("shown-{table}");
        self.bundle.has_message(&key).then(|| self.t(&key))
    }

    fn with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        // A key without words shows itself: never an empty button.
        pattern.map_or_else(
            || key.to_owned(),
            |pattern| self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned(),
        )
    }

    #[cfg(test)]
    fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// The tag that browsers and translators know a made-up language by.
const PSEUDO_TAG: &str = "qps-ploc";

/// Letters that look like themselves and are not.
fn pseudo(text: &str) -> Cow<'_, str> {
    const SMALL: [char; 26] = [
        'á', 'ƀ', 'ć', 'đ', 'é', 'ƒ', 'ğ', 'ħ', 'í', 'ĵ', 'ķ', 'ł', 'ɱ', 'ñ', 'ó', 'þ', 'ɋ', 'ř', 'š', 'ŧ', 'ú', 'ṽ',
        'ŵ', 'ẋ', 'ý', 'ž',
    ];
    let changed = |c: char| match c {
        'a'..='z' => SMALL.get(c as usize - 'a' as usize).copied().unwrap_or(c),
        'A'..='Z' => SMALL.get(c as usize - 'A' as usize).map_or(c, |c| c.to_uppercase().next().unwrap_or(*c)),
        other => other,
    };
    text.chars().map(changed).collect::<String>().into()
}

/// `invoice.not_a_draft` is said by `no-invoice-not_a_draft`.
fn refusal_key(code: &str) -> String {
    format!("no-{}", code.replace('.', "-"))
}

/// The rules on VAT categories ask the same of each: `BR-AE-05` is said by `no-BR-05` where it has no words of its own.
fn family_key(code: &str) -> String {
    let mut parts = code.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("BR"), Some(_), Some(number), None) => {
            format!("no-BR-{}", if number == "06" || number == "07" { "05" } else { number })
        }
        _ => refusal_key(code),
    }
}

#[cfg(test)]
mod codes;
#[cfg(test)]
mod happened;

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    /// The keys that pages ask for, read from their source.
    fn used() -> BTreeSet<String> {
        let mut sources = Vec::new();
        super::codes::sources(&coffer_testkit::project::root().join("crates/web/src"), &mut sources);
        let quoted = sources.iter().flat_map(|text| text.split('"').skip(1).step_by(2));
        let like_a_key = |word: &&str| word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        quoted.filter(like_a_key).map(str::to_owned).collect()
    }

    // proves: F8
    #[test]
    fn every_key_has_words_in_every_language_and_none_is_left_over() {
        let (en, de) = (keys(include_str!("en.ftl")), keys(include_str!("de.ftl")));
        assert_eq!(en, de);
        for key in &en {
            assert!(EN.has(key) && DE.has(key), "{key} can be read");
        }
        let used = used();
        let left_over: Vec<_> = en.iter().filter(|key| !used.contains(**key)).collect();
        assert!(left_over.is_empty(), "no page says {left_over:?}");
    }
}
