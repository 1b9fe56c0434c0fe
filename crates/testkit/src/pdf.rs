//! A judge of PDF files: archivable (PDF/A) and accessible (PDF/UA), as somebody else reads those standards.

use crate::machine::{MachineError, judges};
use std::io::Write;
use std::process::{Command, Stdio};

const JUDGE: &str = "
import sys, page
document = sys.stdin.buffer.read()
for profile in sys.argv[1:]:
    report = page.validate_pdf_bytes(document, profile=profile)
    for failure in report.failures:
        print(failure.rule_id)
    if not report.is_compliant and not report.failures:
        print(profile)
";

/// The rules of these profiles (`3a` is PDF/A-3a, `ua1` PDF/UA-1) that this file breaks, as the judge names them.
///
/// # Errors
/// Where the judge is not installed or cannot read the file.
pub fn broken_rules(pdf: &[u8], profiles: &[&str]) -> Result<Vec<String>, MachineError> {
    let program = judges()?.join("bin/python3");
    let doing = || MachineError::doing("run", &program);
    let mut command = Command::new(&program);
    command.args(["-I", "-c", JUDGE]).args(profiles);
    let mut judge =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(doing())?;
    let mut read = judge.stdin.take();
    let given = read.as_mut().map_or(Ok(()), |stdin| stdin.write_all(pdf));
    drop(read);
    let output = judge.wait_with_output().map_err(doing())?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(MachineError::Failed { program: "the judge of PDF files".to_owned(), said });
    }
    given.map_err(doing())?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
