//! What the paper says of itself to whoever doubts it.

use crate::paper::Paper;
use crate::sheet::splittable;
use crate::words::Words;
use coffer_billing::invoices::Issued;

/// How a changed copy is told from the original, in pieces of text and whether each stands out. It names what its reader
/// knows from elsewhere: what a forger prints is worth nothing. What nobody was sent has no mark yet, and says so there.
pub(crate) fn genuine(paper: &Paper<'_>, words: &Words) -> Vec<(String, bool)> {
    let links = paper.links();
    let (plain, strong) = (|text: &str| (text.to_owned(), false), |text: String| (text, true));
    let mut said = vec![strong(words.genuine.to_owned())];
    if let Some(links) = links {
        said.extend([plain(words.genuine_link), strong(format!("{}/", splittable(links)))]);
    }
    said.push(plain(if links.is_some() { words.genuine_or_call } else { words.genuine_call }));
    let mark = paper.issued().filter(|_| paper.is_real()).map(Issued::mark);
    let mark = mark.map_or_else(|| words.mark_later.to_owned(), |mark| in_fours(&mark).replace(' ', "\u{a0}"));
    said.push(strong(format!("{mark}.")));
    said.extend((!matches!(paper, Paper::Voided { .. })).then(|| plain(words.other_account)));
    said
}

/// In groups of four, as people compare them.
pub(crate) fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
