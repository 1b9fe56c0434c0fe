//! Why there is no VAT, as it stands on paper (BT-120).

use crate::words::Language;
use coffer_billing::invoices::Draft;
use coffer_billing::invoices::content::TaxCategory;
use std::collections::BTreeSet;

/// The reason; each behind its category where there are several.
pub(crate) fn reasons(draft: &Draft, language: Language) -> Vec<String> {
    let content = &draft.content;
    if content.exemption_reasons.is_empty() {
        // One for all, as it was once written: what was issued so looks as it did.
        return content.exemption_reason.iter().cloned().collect();
    }
    let used: BTreeSet<TaxCategory> = draft.totals.breakdown.iter().map(|tax| tax.category).collect();
    let said: Vec<(TaxCategory, &str)> =
        used.into_iter().filter_map(|category| Some((category, content.reason_of(category)?))).collect();
    let different: BTreeSet<&str> = said.iter().map(|(_, reason)| *reason).collect();
    if different.len() == 1 {
        return different.into_iter().map(str::to_owned).collect();
    }
    said.into_iter().map(|(category, reason)| format!("{}: {reason}", (language.words().category)(category))).collect()
}
