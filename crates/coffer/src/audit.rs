//! Checking: the books against the log, and an exported log against its public key.

use crate::Ending;
use crate::arguments::{Audit, Check};
use crate::checked::{self, Logs, Looked};
use crate::console::Console;
use crate::ending::{Ended, FOUND};
use crate::files::scratch_file;
use crate::home::Home;
use crate::known::{self, Why};
use crate::world::say;
use coffer_identity::history::export;
use coffer_kernel::BusinessId;
use coffer_proof::checkpoint::{Checkpoint, MAX_NOTE_BYTES, VerifierKey};
use coffer_proof::export::{FORMAT_LINE, verify};
use coffer_store::{Fault, Refused};
use std::fs::File;
use std::io::{BufWriter, Read, Seek};
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
    let kept = since.map(|earlier| state_of(earlier, &key)).transpose()?;
    let verified =
        verify(open(file)?, &key, kept.as_ref()).map_err(|finding| Ended::with(FOUND, finding.to_string()))?;
    say(format_args!("{} records, {} signed states: nothing was altered.", verified.head.size, verified.checkpoints));
    Ok(())
}

/// An earlier state of a log: a head alone, as it is kept beside the data, or the last one of an earlier export.
fn state_of(earlier: &Path, key: &VerifierKey) -> Result<Checkpoint, Ending> {
    let mut start = Vec::new();
    open(earlier)?.take(MAX_NOTE_BYTES.try_into()?).read_to_end(&mut start)?;
    if start.starts_with(FORMAT_LINE.as_bytes()) {
        let earlier = verify(open(earlier)?, key, None).map_err(|finding| Ended::with(FOUND, finding.to_string()))?;
        return Ok(Checkpoint::new(key.name().as_str(), earlier.head)?);
    }
    Checkpoint::open(&start, key).map_err(|refused| Ended::with(FOUND, format!("{}: {refused}", earlier.display())))
}

fn open(file: &Path) -> Result<File, Ending> {
    File::open(file).map_err(|error| {
        format!("The exported log {} cannot be read ({error}). Name another file.", file.display()).into()
    })
}

/// What needs the books.
pub(crate) async fn online(home: &Home, command: Audit, console: &mut dyn Console) -> Result<(), Ending> {
    match command {
        Audit::Key(log) => console.say(&home.books.log_verifier(log.books()).await?)?,
        Audit::Export { log, file } => {
            let (books, out) = (log.books(), BufWriter::new(scratch_file(&home.places.scratch())?));
            let out = export(&home.books, &home.operator(books), out).await?;
            let mut log = out.into_inner().map_err(|error| error.into_error())?;
            log.rewind()?;
            console.give(&mut log, &file)?;
            // What was signed is evidence and is given all the same; by itself it looks like a whole log.
            if let Err(Refused::Fault(why @ (Fault::LogCut { .. } | Fault::Beside(_)))) =
                home.books.sign_log(books).await
            {
                let said = format!("The file holds what was signed of it before, and nothing since: {why}.");
                return Err(Ended::with(FOUND, said));
            }
        }
        Audit::Verify { .. } => {}
    }
    Ok(())
}

/// Looks at everything there is of a business, and of the installation its own books and everything that lets somebody in.
pub(crate) async fn check(home: &Home, options: &Check, console: &mut dyn Console) -> Result<(), Ending> {
    let business = options.business;
    let why = options.known.as_deref().map(Why::of).transpose()?;
    if options.mend {
        mend(home, business, console).await?;
    }
    // The ways in first, because it is noted in the installation's books what is found.
    let (books, installation) = (&home.books, home.operator(BusinessId::INSTALLATION));
    let ways_in = checked::ways_in(books, &installation).await?.said(console)?;
    let people = ways_in.rows;
    let own = ways_in.and(checked::books(books, &installation, Logs::Signed).await?.said(console)?);
    if own.findings.is_empty() && own.known.is_empty() {
        console.say(&format_args!("{people} people, places and ways in: each as it was written."))?;
    }
    let operator = home.operator(business);
    let looked = checked::books(books, &operator, Logs::Signed).await?.said(console)?;
    let (own, looked) = match &why {
        Some(why) => {
            if let Err(refused) = known::as_read([&own, &looked], options.seen.as_deref()) {
                note(home, business, &own, &looked);
                return Err(refused);
            }
            let own = known::note(books, &installation, own, why, console).await?;
            (own, known::note(books, &operator, looked, why, console).await?)
        }
        None => (own, looked),
    };
    note(home, business, &own, &looked);
    judge(business, &own, &looked, console)
}

/// Beside a server its pages say from now on what was found here.
fn note(home: &Home, business: BusinessId, own: &Looked, looked: &Looked) {
    for (books, found) in [(BusinessId::INSTALLATION, own), (business, looked)] {
        home.looked.note_check(books, found.findings.len().saturating_sub(found.again), found.again);
    }
}

/// Says how it ended. What was said to be known is no alarm, and is not passed over in silence either.
fn judge(business: BusinessId, own: &Looked, looked: &Looked, console: &mut dyn Console) -> Result<(), Ending> {
    let (findings, known) = (own.findings.len() + looked.findings.len(), own.known.len() + looked.known.len());
    let but = if known == 0 { String::new() } else { format!(" but {known} findings that were said to be known") };
    if findings == 0 {
        let Looked { records, rows, .. } = looked;
        return console.say(&format_args!("{records} records, {rows} rows: nothing was altered{but}."));
    }
    let known = known::digest([own, looked]).map_or_else(String::new, |seen| {
        format!(
            " What was looked into and cannot be put right any more is no alarm once you say why: coffer check --business \
             {business} --known WHY --as {seen}"
        )
    });
    Err(Ended::with(
        FOUND,
        format!("{findings} findings, named above. Do not go on writing; keep this state as evidence.{known}"),
    ))
}

/// Takes on what a program of before wrote beside this one, and says of what it did not why.
async fn mend(home: &Home, business: BusinessId, console: &mut dyn Console) -> Result<(), Ending> {
    let mut rows = 0;
    for books in [BusinessId::INSTALLATION, business] {
        let mended = home.books.mend(&|books| home.operator(books), books).await?;
        for left in &mended.left {
            console.say(left)?;
        }
        rows += mended.rows;
    }
    let system = home.mint.system("delivery.post", business);
    let letters = coffer_billing::delivery::letters::end_given_up(&home.books, &system).await?;
    if letters > 0 {
        console.say(&format_args!(
            "Mails that were given up while their rows were refused are not sent: {letters}. Send them anew."
        ))?;
    }
    console.say(&format_args!("Rows taken on that had no digest, and are as the log says they were written: {rows}."))
}
