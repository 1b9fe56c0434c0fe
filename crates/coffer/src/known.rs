//! Saying of what a check found that it is known: from then on it is no alarm, as long as it stays what it is.

use crate::Ending;
use crate::checked::Looked;
use crate::console::Console;
use coffer_kernel::{Actor, text};
use coffer_store::Books;
use std::collections::HashSet;

/// How long the words may be that say why.
const LONGEST: usize = 500;

/// Why something is no alarm, as whoever says so put it.
pub(crate) struct Why(String);

impl Why {
    /// Takes it in, in one line.
    pub(crate) fn of(typed: &str) -> Result<Self, Ending> {
        let why = typed.trim();
        if why.is_empty() || why.chars().count() > LONGEST || text::check_line("known", why).is_err() {
            return Err(format!(
                "Say after --known in one line of up to {LONGEST} characters why what was found is no alarm any more. Nothing \
                 was recorded."
            )
            .into());
        }
        Ok(Self(why.to_owned()))
    }
}

/// Records of each finding that can be known that it is. What is left is what cannot: it is of the log itself, or can be put right.
pub(crate) async fn note(
    books: &Books,
    actor: &Actor,
    looked: Looked,
    why: &Why,
    console: &mut dyn Console,
) -> Result<Looked, Ending> {
    let Looked { records, rows, mut findings, knowable, mut known, notices } = looked;
    let mut said = HashSet::new();
    for what in &knowable {
        books.know(actor, what, &why.0).await?;
        let finding = what.finding.to_string();
        console.say(&format_args!("Known from now on: {finding}"))?;
        said.insert(finding);
    }
    findings.retain(|finding| !said.contains(finding));
    known.extend(said);
    Ok(Looked { records, rows, findings, knowable: Vec::new(), known, notices })
}
