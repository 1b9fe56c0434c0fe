//! What is issued can be shown: a page has a shape for every letter of it.

use super::{Found, Ready};
use crate::invoices::content::Party;
use crate::text::{each_of_party, unprintable};
use coffer_kernel::Pointer;
use std::convert::Infallible;
use std::fmt::Display;

pub(super) fn check(ready: &Ready<'_>, found: &mut Found) {
    let visited = ready.content.each_text(&mut |pointer, text, _| {
        look(pointer, text, found);
        Ok::<_, Infallible>(())
    });
    let Ok(()) = visited;
    party("/seller", ready.seller, found);
    party("/buyer", ready.buyer, found);
}

fn party(pointer: &str, party: &Party, found: &mut Found) {
    let visited = each_of_party(party, &mut |field, text| {
        look(&format_args!("{pointer}/{field}"), text, found);
        Ok::<_, Infallible>(())
    });
    let Ok(()) = visited;
}

fn look(pointer: &dyn Display, text: &str, found: &mut Found) {
    if let Some(letter) = unprintable(text) {
        let detail = format!(
            "The page has no shape for \u{201c}{}\u{201d} here. Write it in other letters.",
            letter.escape_debug()
        );
        found.0.push(Pointer::new(pointer.to_string(), "document.no_letter", detail));
    }
}
