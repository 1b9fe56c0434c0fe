//! Saying of what a check found that it is known: from then on it is no alarm, as long as it stays what it is. It is said of
//! what somebody read, which a digest names, and of nothing that changed since.

use crate::Ending;
use crate::checked::Looked;
use crate::console::Console;
use crate::ending::{Ended, FOUND};
use coffer_kernel::{Actor, text};
use coffer_proof::hash::leaf_hash;
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

/// How many signs of the digest are typed: 64 bits over prints that nobody makes without the keys.
const SIGNS: usize = 16;

/// What names all that can be known of these looks as it stands; [`None`] where nothing can.
pub(crate) fn digest(looks: [&Looked; 2]) -> Option<String> {
    let mut prints: Vec<[u8; 16]> = looks.iter().flat_map(|looked| &looked.knowable).map(|what| what.print).collect();
    prints.sort_unstable();
    (!prints.is_empty()).then(|| format!("{:x}", leaf_hash(&prints.concat())).chars().take(SIGNS).collect())
}

/// Whether what can be known now is what was read when this digest was given.
pub(crate) fn as_read(looks: [&Looked; 2], seen: Option<&str>) -> Result<(), Ending> {
    let Some(stands) = digest(looks) else { return Ok(()) };
    if seen.is_some_and(|seen| seen.trim().eq_ignore_ascii_case(&stands)) {
        return Ok(());
    }
    Err(Ended::with(
        FOUND,
        "Nothing was recorded: --known is said of what a check found and you read, and --as has to name that. What is found now \
         is something else, or none was given. Check again without --known, read what is named, and give the command that it \
         ends with.",
    ))
}

/// Records of each finding that can be known that it is. What is left is what cannot: it is of the log itself, or can be put right.
pub(crate) async fn note(
    books: &Books,
    actor: &Actor,
    looked: Looked,
    why: &Why,
    console: &mut dyn Console,
) -> Result<Looked, Ending> {
    let Looked { records, rows, mut findings, again, knowable, mut known, notices } = looked;
    let mut said = HashSet::new();
    for what in &knowable {
        books.know(actor, what, &why.0).await?;
        let finding = what.finding.to_string();
        console.say(&format_args!("Known from now on: {finding}"))?;
        said.insert(finding);
    }
    findings.retain(|finding| !said.contains(finding));
    known.extend(said);
    Ok(Looked { records, rows, findings, again, knowable: Vec::new(), known, notices })
}
