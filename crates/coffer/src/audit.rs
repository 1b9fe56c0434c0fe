//! Checking: the books against the log, and an exported log against its public key.

use crate::Ending;
use crate::arguments::{Audit, One};
use crate::home::Home;
use crate::world::say;
use coffer_kernel::BusinessId;
use coffer_proof::checkpoint::{Checkpoint, VerifierKey};
use coffer_proof::export::verify;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// What needs no books, only a file and a key; [`None`] for the rest.
pub(crate) fn offline(command: &Audit) -> Option<Result<(), Ending>> {
    match command {
        Audit::Verify { file, key, since } => Some(verify_file(file, key, since.as_deref())),
        Audit::Key(_) | Audit::Export { .. } => None,
    }
}

fn verify_file(file: &Path, key: &str, since: Option<&Path>) -> Result<(), Ending> {
    let key: VerifierKey = key.parse()?;
    let kept = since.map(|earlier| verify(File::open(earlier)?, &key, None).map_err(Ending::from)).transpose()?;
    let kept = kept.map(|kept| Checkpoint::new(key.name().as_str(), kept.head)).transpose()?;
    let verified = verify(File::open(file)?, &key, kept.as_ref())?;
    say(format_args!("{} records, {} signed states: nothing was altered.", verified.head.size, verified.checkpoints));
    Ok(())
}

/// What needs the books.
pub(crate) async fn online(home: &Home, command: Audit) -> Result<(), Ending> {
    match command {
        Audit::Key(One { business }) => say(home.books.log_verifier(business).await?),
        Audit::Export { business, file } => {
            home.books.sign_log(business).await?;
            let out = BufWriter::new(File::create_new(&file)?);
            let out = home.books.export_log(business, out).await?;
            out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        }
        Audit::Verify { .. } => {}
    }
    Ok(())
}

/// Recomputes the tree, the gaps, every protected row and every kept document of a business.
pub(crate) async fn check(home: &Home, business: BusinessId) -> Result<(), Ending> {
    home.books.sign_log(business).await?;
    let checked = home.books.check(business).await?;
    for finding in &checked.findings {
        say(format_args!("{finding:?}"));
    }
    let wrong = coffer_billing::ledger::differences(&home.books, &home.operator(business)).await?;
    for account in &wrong {
        say(format_args!("The running sum of {account} is not the sum of its postings."));
    }
    let altered = coffer_billing::delivery::rendition::differences(&home.books, &home.operator(business)).await?;
    for invoice in &altered {
        say(format_args!("The document kept of {invoice} is not the one that was printed."));
    }
    if checked.findings.is_empty() && wrong.is_empty() && altered.is_empty() {
        say(format_args!("{} records, {} rows: nothing was altered.", checked.records, checked.rows));
        return Ok(());
    }
    let findings = checked.findings.len() + wrong.len() + altered.len();
    Err(format!("{findings} findings, named above. Do not go on writing; keep this state as evidence.").into())
}
