//! A judge of PDF files: archivable (PDF/A) and accessible (PDF/UA), as somebody else reads those standards; and what stands
//! in them.

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

/// Reads each text once with every font of the file: only its own has words for it, or nearly so.
const READER: &str = r"
import re, sys, zlib
document = sys.stdin.buffer.read()
streams = []
for begin in re.finditer(rb'stream\r?\n', document):
    try:
        streams.append(zlib.decompressobj().decompress(document[begin.end():]))
    except zlib.error:
        pass
maps = [{int(glyph, 16): bytes.fromhex(letters.decode()).decode('utf-16-be')
    for glyph, letters in re.findall(rb'<([0-9A-F]+)> <([0-9A-F]+)>\n', stream.split(b'beginbfchar')[-1])}
    for stream in streams if b'beginbfchar' in stream]
signs = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}
def sign(found):
    escaped = found[1]
    return bytes([int(escaped, 8)]) if escaped.isdigit() else signs.get(escaped, escaped)
for page in (stream for stream in streams if b'\nBT' in stream):
    for text in re.findall(rb'\nBT(.*?)\nET', page, re.S):
        parts = re.findall(rb'\(((?:\\.|[^\\)])*)\)', text, re.S)
        glyphs = b''.join(re.sub(rb'\\([0-7]{3}|.)', sign, part, flags=re.S) for part in parts)
        codes = [int.from_bytes(glyphs[at:at + 2], 'big') for at in range(0, len(glyphs), 2)]
        for letters in maps:
            if all(code in letters for code in codes):
                print(''.join(letters[code] for code in codes))
";

/// The rules of these profiles (`3a` is PDF/A-3a, `ua1` PDF/UA-1) that this file breaks, as the judge names them.
///
/// # Errors
/// Where the judge is not installed or cannot read the file.
pub fn broken_rules(pdf: &[u8], profiles: &[&str]) -> Result<Vec<String>, MachineError> {
    ask(JUDGE, pdf, profiles)
}

/// What stands on the pages, run by run, as whoever copies it out of the file gets it.
///
/// # Errors
/// Where the judges are not installed.
pub fn texts(pdf: &[u8]) -> Result<Vec<String>, MachineError> {
    ask(READER, pdf, &[])
}

fn ask(script: &str, pdf: &[u8], arguments: &[&str]) -> Result<Vec<String>, MachineError> {
    let program = judges()?.join("bin/python3");
    let doing = || MachineError::doing("run", &program);
    let mut command = Command::new(&program);
    command.args(["-I", "-X", "utf8", "-c", script]).args(arguments);
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
