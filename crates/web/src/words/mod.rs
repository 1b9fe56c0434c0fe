//! The words of the pages: one catalogue a language, looked up by key. Nothing a person reads stands in a page itself.

use coffer_documents::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En, include_str!("en.ftl")));
static DE: LazyLock<Words> = LazyLock::new(|| Words::read(Language::De, include_str!("de.ftl")));

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
        let tags = accept_language.split(',').filter_map(|tag| tag.split(';').next()).map(str::trim);
        let known =
            |tag: &str| Language::ALL.into_iter().find(|language| tag.split('-').next() == Some(language.code()));
        Self::of(tags.into_iter().find_map(known).unwrap_or(Language::En))
    }

    fn read(language: Language, text: &str) -> Self {
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        // What cannot be read is left out, and a test finds the key that is missing then.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(rest, _)| rest);
        drop(bundle.add_resource(resource));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn keys(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    /// The texts of every source below `folder`: a new page is read without being entered in a list.
    fn sources(folder: &Path) -> Vec<String> {
        let inside = std::fs::read_dir(folder).expect("our own source");
        let paths = inside.map(|entry| entry.expect("our own source").path());
        paths
            .flat_map(|path| match path.extension() {
                _ if path.is_dir() => sources(&path),
                Some(end) if end == "rs" => vec![std::fs::read_to_string(&path).expect("our own source")],
                _ => Vec::new(),
            })
            .collect()
    }

    /// The keys that pages ask for, read from their source.
    fn used() -> BTreeSet<String> {
        let sources = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
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
