//! What the paper says of itself to whoever doubts it.

use crate::paper::Paper;
use crate::sheet::splittable;
use crate::words::Words;

/// How a changed copy is told from the original, in pieces of text and whether each stands out; nothing for what nobody was
/// sent. It names what its reader knows from elsewhere: what a forger prints is worth nothing.
pub(crate) fn genuine(paper: &Paper<'_>, words: &Words) -> Vec<(String, bool)> {
    let (issued, links, asks) = match paper {
        Paper::Draft { .. } | Paper::Sample { .. } => return Vec::new(),
        Paper::Issued { issued, links, .. } => (issued, *links, true),
        Paper::Voided { issued, .. } => (issued, None, false),
    };
    let (plain, strong) = (|text: &str| (text.to_owned(), false), |text: String| (text, true));
    let mut said = vec![strong(words.genuine.to_owned())];
    if let Some(links) = links {
        said.extend([plain(words.genuine_link), strong(format!("{}/", splittable(links)))]);
    }
    said.push(plain(if links.is_some() { words.genuine_or_call } else { words.genuine_call }));
    said.push(strong(format!("{}.", in_fours(&issued.mark()).replace(' ', "\u{a0}"))));
    said.extend(asks.then(|| plain(words.other_account)));
    said
}

/// In groups of four, as people compare them.
pub(crate) fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
