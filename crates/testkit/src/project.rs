//! Where the project lies whose tests run. What Cargo keeps of a build may come from another checkout with the same files, so
//! that is asked at each start and not when it is built.

use std::path::{Path, PathBuf};

/// The project's folder.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "cargo says it to tests in no other way")]
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&here).ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf).unwrap_or_default()
}
