//! A program with a limit of time and a log of what it said.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Runs it to its end, or ends it with all it started. What it says goes to the log; its code, or none for a signal.
pub(crate) fn within(command: &mut Command, limit: Duration, log: &Path) -> Result<Option<i32>, String> {
    let says = |error: std::io::Error| format!("{}: {error}", log.display());
    let out = File::create(log).map_err(says)?;
    let errors = out.try_clone().map_err(says)?;
    command.stdin(Stdio::null()).stdout(out).stderr(errors).process_group(0);
    let mut child = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status.code());
        }
        if start.elapsed() > limit {
            let group = format!("-{}", child.id());
            succeed(Command::new("kill").args(["-KILL", "--", &group]))?;
            child.wait().map_err(|error| error.to_string())?;
            return Err(format!("it took longer than {} minutes", limit.as_secs() / 60));
        }
        std::thread::sleep(LOOK);
    }
}

/// Runs it, says nothing, and wants a good end.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{command:?} ended with {}: {said}", output.status)) }
}
