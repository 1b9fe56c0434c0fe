//! What the file of a document is called: what it is, its number and whose it is, in the document's language.

use crate::words::Language;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File<'a> {
    /// A draft.
    Draft,
    /// The issued invoice with this number.
    Issued(&'a str),
    /// The same, voided.
    Voided(&'a str),
    /// An invoice that nobody gets.
    Sample,
}

/// How much of a name stands in the name of a file, in characters.
const LONGEST: usize = 80;

/// The file's name with its ending. A file system takes every sign of it: what it may not take is left out.
#[must_use]
pub fn file_name(language: Language, file: File<'_>, whose: &str) -> String {
    let words = language.words();
    let (what, number) = match file {
        File::Draft => (words.draft, ""),
        File::Issued(number) => (words.invoice, number),
        File::Voided(number) => (words.void, number),
        File::Sample => (words.sample, ""),
    };
    let parts = [what.to_owned(), plain(number), plain(whose)];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{}.pdf", parts.join(" "))
}

/// Letters, digits and the signs that are a file's everywhere; a slash in a number becomes a hyphen.
fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        '/' | '\\' | '–' | '—' => '-',
        c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '&' | '+' | '(' | ')') => c,
        _ => ' ',
    };
    let text: String = text.chars().map(kept).take(LONGEST).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_matches(|c| c == '.' || c == ' ').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    // proves: B1
    #[test]
    fn a_file_says_what_it_is_and_whose_in_signs_that_every_disk_takes() {
        let named = |file, whose: &str| file_name(Language::De, file, whose);
        assert_eq!(
            named(File::Issued("2026-0001"), "Bäckerei Vogel GmbH & Co. KG"),
            "Rechnung 2026-0001 Bäckerei Vogel GmbH & Co. KG.pdf"
        );
        assert_eq!(named(File::Issued("RE/2026/7"), "../..\\etc: \"x\"\r\n<b>"), "Rechnung RE-2026-7 -..-etc x b.pdf");
        assert_eq!(named(File::Draft, " . "), "Entwurf.pdf");
        assert_eq!(file_name(Language::En, File::Voided("1"), "Łukasz"), "Void invoice 1 Łukasz.pdf");
        assert!(named(File::Sample, &"very long ".repeat(100)).chars().count() < 100);
    }
}
