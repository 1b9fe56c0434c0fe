//! What is too long for every change: `cargo xtask deep` runs it, and its dated result is committed in `docs/deep/`.
//!
//! Counter-proofs (`docs/counter-proofs.toml`): for each, the code is broken in one place, in a copy of the project, and
//! the named test has to go red. A test that stays green proves nothing, and the run fails.

use crate::tree;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// One place to break, and the test that must see it.
struct CounterProof {
    proves: String,
    file: String,
    find: String,
    replace: String,
    package: String,
    test: String,
}

/// Runs every counter-proof whose id or test begins like one of these, or all.
pub(crate) fn counter_proofs(only: &[&str]) -> Result<(), String> {
    let start = Instant::now();
    let copy = Copy::new()?;
    let mut results = Vec::new();
    for proof in read()?.iter().filter(|proof| chosen(proof, only)) {
        let outcome = copy.try_one(proof);
        let word = match &outcome {
            Ok(()) => "red, as it has to be",
            Err(why) => why.as_str(),
        };
        println!("{:<8} {}: {word}", proof.proves, proof.test);
        results.push(json!({ "proves": proof.proves, "test": proof.test, "red": outcome.is_ok(), "said": word }));
    }
    let green = results.iter().filter(|result| result.get("red") == Some(&Value::Bool(false))).count();
    if only.is_empty() {
        keep("counter-proofs", start.elapsed().as_secs(), &results)?;
    }
    if green == 0 { Ok(()) } else { Err(format!("{green} counter-proofs did not turn their test red.")) }
}

/// Lives of the simulator: many seeds, and a crash at every single step of some.
pub(crate) fn simulator() -> Result<(), String> {
    let start = Instant::now();
    let sizes =
        [("COFFER_SIMULATOR_SEEDS", "150"), ("COFFER_SIMULATOR_ROUNDS", "120"), ("COFFER_SIMULATOR_CRASHED", "2")];
    let mut run = Command::new("cargo");
    // Alone and without a limit of time: what is run is long on purpose.
    run.args(["test", "--locked", "--workspace", "--test", "money", "simulator", "--", "--test-threads", "1"]);
    run.envs(sizes).env("COFFER_SIMULATOR_STRIDE", "1").current_dir(tree::root());
    let ended = run.stdin(Stdio::null()).status().map_err(|error| error.to_string())?;
    let well = ended.success();
    let sizes: serde_json::Map<String, Value> =
        sizes.iter().map(|(name, size)| ((*name).to_owned(), (*size).into())).collect();
    keep("simulator", start.elapsed().as_secs(), &[json!({ "sizes": sizes, "every_step": true, "well": well })])?;
    if well { Ok(()) } else { Err("A life of the simulator did not end well; see above for its seed.".to_owned()) }
}

/// The deep runs that are kept, with how many days ago each was.
pub(crate) fn ages() -> Vec<(String, u64)> {
    let today = days();
    let age = |file: tree::File| {
        let kept: Value = serde_json::from_str(&file.text).ok()?;
        let day = kept.get("day").and_then(Value::as_u64)?;
        Some((file.path, today.saturating_sub(day)))
    };
    tree::files("docs/deep", &[".json"]).into_iter().filter_map(age).collect()
}

fn chosen(proof: &CounterProof, only: &[&str]) -> bool {
    only.is_empty() || only.iter().any(|word| proof.proves.starts_with(word) || proof.test.contains(word))
}

fn read() -> Result<Vec<CounterProof>, String> {
    let path = tree::root().join("docs/counter-proofs.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("docs/counter-proofs.toml: {error}"))?;
    let rows = table.get("counter").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let read = |row: &toml::Value| {
        let field = |name: &str| {
            let text = row.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            text.ok_or_else(|| format!("docs/counter-proofs.toml: a counter-proof without `{name}`: {row}"))
        };
        Ok(CounterProof {
            proves: field("proves")?,
            file: field("file")?,
            find: field("find")?,
            replace: field("replace")?,
            package: field("package")?,
            test: field("test")?,
        })
    };
    rows.iter().map(read).collect()
}

/// A copy of the committed project, removed when the run ends.
struct Copy {
    folder: PathBuf,
}

impl Copy {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("coffer-deep-{}", std::process::id()));
        let at = folder.to_string_lossy().into_owned();
        quiet(Command::new("git").args(["worktree", "add", "--detach", &at, "HEAD"]).current_dir(tree::root()))?;
        Ok(Self { folder })
    }

    fn try_one(&self, proof: &CounterProof) -> Result<(), String> {
        let path = self.folder.join(&proof.file);
        let whole = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", proof.file))?;
        if whole.matches(&proof.find).count() != 1 {
            return Err(format!("the text to break does not stand exactly once in {}", proof.file));
        }
        write(&path, &whole.replacen(&proof.find, &proof.replace, 1))?;
        let outcome = self.red(proof);
        write(&path, &whole)?;
        outcome
    }

    /// Red is a test that ran and failed: code that does not compile proves nothing.
    fn red(&self, proof: &CounterProof) -> Result<(), String> {
        let run = |words: &[&str]| quiet(Command::new("cargo").args(words).current_dir(&self.folder));
        run(&["nextest", "run", "--locked", "--package", &proof.package, "--no-run"])
            .map_err(|_| "the broken code does not compile".to_owned())?;
        let words = ["nextest", "run", "--locked", "--package", &proof.package, &proof.test];
        let ended = status(Command::new("cargo").args(words).current_dir(&self.folder))?;
        match ended {
            // What nextest ends with when a test failed; 4 is that there was none of this name.
            Some(100) => Ok(()),
            Some(0) => Err("STILL GREEN".to_owned()),
            Some(4) => Err("there is no test of this name".to_owned()),
            other => Err(format!("the run ended with {other:?}")),
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let at = self.folder.to_string_lossy().into_owned();
        // What is left behind is a folder below the temporary one.
        drop(quiet(Command::new("git").args(["worktree", "remove", "--force", &at]).current_dir(tree::root())));
    }
}

/// Keeps a run's results with the commit they are of, the day (since 1970-01-01) and how long it took.
fn keep(name: &str, seconds: u64, results: &[Value]) -> Result<(), String> {
    let commit = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(tree::root()).output();
    let commit = String::from_utf8_lossy(&commit.map_err(|error| error.to_string())?.stdout).trim().to_owned();
    let kept = json!({ "commit": commit, "day": days(), "seconds": seconds, "results": results });
    let folder = tree::root().join("docs/deep");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())?;
    write(&folder.join(format!("{name}.json")), &(text + "\n"))
}

fn days() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn quiet(command: &mut Command) -> Result<(), String> {
    match status(command)? {
        Some(0) => Ok(()),
        other => Err(format!("{command:?} ended with {other:?}")),
    }
}

fn status(command: &mut Command) -> Result<Option<i32>, String> {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    ended.map(|status| status.code()).map_err(|error| error.to_string())
}
