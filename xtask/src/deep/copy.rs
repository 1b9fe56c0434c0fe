//! A copy of the committed project where code is broken, with its own cache of what was built: both stay in the user's
//! cache, so that a run builds only what changed since the last one.

use super::run::succeed;
use crate::tree;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The copy, held by one run at a time.
pub(crate) struct Copy {
    home: PathBuf,
    _held: File,
}

impl Copy {
    /// The project as it was last committed.
    pub(crate) fn open() -> Result<Self, String> {
        let home = home()?;
        let held = File::create(home.join("held")).map_err(|error| format!("{}: {error}", home.display()))?;
        held.lock().map_err(|error| format!("{}: {error}", home.display()))?;
        let copy = Self { home, _held: held };
        copy.take_over()?;
        copy.name_libraries()?;
        Ok(copy)
    }

    /// Files that are as they were stay untouched, so that nothing is built again for them.
    fn take_over(&self) -> Result<(), String> {
        let project = self.project();
        if !project.join(".git").exists() {
            fs::create_dir_all(&project).map_err(|error| format!("{}: {error}", project.display()))?;
            self.git(&["init", "--quiet"])?;
        }
        self.git(&["fetch", "--quiet", &tree::root().to_string_lossy(), "HEAD"])?;
        self.git(&["checkout", "--quiet", "--force", "--detach", "FETCH_HEAD"])?;
        self.git(&["clean", "--quiet", "--force", "-d"])
    }

    /// Gives the tests within each library a target of their own. Cargo can build one target by its name without
    /// building the others, but has no name for a library's tests; and choosing a package instead would choose other
    /// features of what we depend on, and build all of that again.
    fn name_libraries(&self) -> Result<(), String> {
        for room in fs::read_dir(self.project().join("crates")).into_iter().flatten().flatten() {
            let (manifest, name) = (room.path().join("Cargo.toml"), room.file_name().to_string_lossy().into_owned());
            if room.path().join("src/lib.rs").exists() {
                let text = self.read(&manifest)?;
                let named = format!("{text}\n[[test]]\nname = \"lib-{name}\"\npath = \"src/lib.rs\"\n");
                self.write(&manifest, &named)?;
            }
        }
        Ok(())
    }

    /// Cargo in the copy.
    pub(crate) fn cargo(&self, words: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(words).current_dir(self.project()).env("CARGO_TARGET_DIR", self.home.join("target"));
        // What is built here is run once or twice: four times as many counter-proofs to the hour as when it is optimised.
        command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_DEBUG", "false");
        command
    }

    /// Where the copied project is.
    pub(crate) fn project(&self) -> PathBuf {
        self.home.join("project")
    }

    /// Where a run's words are kept until the next one.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.home.join(format!("{name}.log"))
    }

    /// Reads a file of the copy.
    pub(crate) fn read(&self, path: &Path) -> Result<String, String> {
        let path = self.project().join(path);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Writes a file of the copy.
    pub(crate) fn write(&self, path: &Path, text: &str) -> Result<(), String> {
        let path = self.project().join(path);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn git(&self, words: &[&str]) -> Result<(), String> {
        succeed(Command::new("git").args(words).current_dir(self.project()))
    }
}

/// The folder of everything that deep runs keep between them.
pub(crate) fn home() -> Result<PathBuf, String> {
    let home = tree::cache()?.join("deep");
    fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    Ok(home)
}
