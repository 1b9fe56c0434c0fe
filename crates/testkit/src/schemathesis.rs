//! A judge of APIs: asks every operation of a description with what fits and with what does not, and compares the answers
//! with what is described.

use crate::machine::{MachineError, judges};
use std::path::Path;
use std::process::Command;

/// What it is asked to look at.
pub struct Subject<'a> {
    /// Where the description is served.
    pub description: &'a str,
    /// The certificate to trust.
    pub authority: &'a Path,
    /// A key that may do everything.
    pub key: &'a str,
    /// Where it may leave files.
    pub folder: &'a Path,
}

/// That a header is missing may also be said by a status of its own (RFC 6585, 3).
const SETTINGS: &str = "[checks.missing_required_header]\nexpected-statuses = [400, 401, 428]\n";
/// What it does not judge: whether everything that fits the description is accepted. No description says that a customer
/// must be there.
const NOT_JUDGED: &str = "positive_data_acceptance";

/// The command that judges in these phases (`examples`, `coverage`, `fuzzing`), from a seed, so that what it finds is found
/// again.
///
/// # Errors
/// Where it is not installed.
pub fn judge(subject: &Subject<'_>, phases: &str, (seed, examples): (u32, u32)) -> Result<Command, MachineError> {
    let mut command = Command::new(judges()?.join("bin/schemathesis"));
    let settings = subject.folder.join("schemathesis.toml");
    std::fs::write(&settings, SETTINGS).map_err(MachineError::doing("write", &settings))?;
    command.arg("--config-file").arg(settings);
    command.current_dir(subject.folder).env("NO_COLOR", "1");
    command.args(["run", subject.description, "--phases", phases, "--exclude-checks", NOT_JUDGED]);
    command.arg("--tls-verify").arg(subject.authority);
    command.args(["--header", &format!("Authorization: Bearer {}", subject.key)]);
    command.args(["--seed", &seed.to_string(), "--max-examples", &examples.to_string()]);
    // One worker: with two, CPython 3.11 loses count while it makes syntax trees and ends an operation's examples (gh-106905).
    command.args(["--no-shrink", "--continue-on-failure", "--workers", "1", "--warnings", "off"]);
    Ok(command)
}
