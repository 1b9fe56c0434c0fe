//! The project's files, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub(crate) struct File {
    /// Its path below the project's root.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// The project's root. Cargo says at each start where it is: what was built elsewhere from the same files would name
/// another checkout.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of what is kept outside the checkout.
pub(crate) fn cache() -> Result<PathBuf, String> {
    let home = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = home("XDG_CACHE_HOME").or_else(|| home("HOME").map(|home| home.join(".cache")));
    Ok(cache.ok_or("There is no HOME.")?.join("coffer"))
}

/// Every text file below a folder that ends like this, in order.
pub(crate) fn files(below: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(below), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                walk(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending))
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().into_owned();
            found.push(File { path, text });
        }
    }
}
