//! A judge of accessible pages (axe-core), as a script that a browser runs.

use crate::machine::{MachineError, judges};
use std::fs;

/// What defines `axe` in a page.
///
/// # Errors
/// Where it is not installed.
pub fn script() -> Result<String, MachineError> {
    let libraries = judges()?.join("lib");
    let found = fs::read_dir(&libraries).map_err(MachineError::doing("read", &libraries))?;
    let scripts = found.flatten().map(|python| python.path().join("site-packages/axe_playwright_python/axe.min.js"));
    let mut read = scripts.filter_map(|script| fs::read_to_string(script).ok());
    read.next().ok_or(MachineError::Missing { program: "axe-core" })
}
