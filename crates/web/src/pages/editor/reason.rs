//! Why there is no VAT, where there is none: in the words that EN 16931 and the law have for it, in the language of the document.

use super::typed::Typed;
use coffer_billing::invoices::content::TaxCategory;
use coffer_documents::Language;
use std::collections::BTreeSet;

/// The categories used that need a reason.
fn untaxed(typed: &Typed) -> BTreeSet<TaxCategory> {
    let lines = typed.lines.iter().map(|line| &line.tax);
    let all = lines.chain(typed.adjustments.iter().map(|adjustment| &adjustment.tax));
    let known = all.filter_map(|tax| TaxCategory::from_code(tax.split(' ').next()?));
    known.filter(|category| !matches!(category, TaxCategory::S | TaxCategory::Z)).collect()
}

/// Whether it has to say why.
pub(super) fn is_needed(typed: &Typed) -> bool {
    !untaxed(typed).is_empty()
}

/// The usual words. Nothing where there are none, which is so of an exemption: the article that it rests on says why.
pub(super) fn usual(typed: &Typed, language: Language) -> String {
    let words: Vec<&str> = untaxed(typed).into_iter().filter_map(|category| language.exemption(category)).collect();
    words.join("; ")
}
