//! Counter-proofs (`docs/counter-proofs.toml`): for each, the code is broken in one place, in a copy of the project, and
//! the named test has to go red. A test that stays green proves nothing, and the run fails.

use super::copy::Copy;
use super::kept::{commit, keep, results};
use super::run::within;
use crate::proofs::{self, Proof};
use crate::tree;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// One place to break, and the test that must see it.
pub(crate) struct CounterProof {
    /// The ids whose proof it turns red, `C01.a, D1`.
    proves: String,
    file: String,
    find: String,
    replace: String,
    /// Where the test stands and its name, `crates/keys/src/seal/tests.rs::it_holds`.
    test: String,
}

/// Every counter-proof: those first whose test takes little to build, those that build the same one after another.
pub(crate) fn read() -> Result<Vec<CounterProof>, String> {
    let path = tree::root().join("docs/counter-proofs.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("docs/counter-proofs.toml: {error}"))?;
    let rows = table.get("counter").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut read: Vec<CounterProof> = rows.iter().map(CounterProof::of).collect::<Result<_, _>>()?;
    read.sort_by_cached_key(|counter| (counter.depth(), counter.file.clone(), counter.test.clone()));
    Ok(read)
}

/// What keeps a counter-proof from being run, without running it: its place is not there exactly once any more, or its
/// test is gone or no longer says that it proves this.
pub(crate) fn unsound(counter: &CounterProof, proofs: &[Proof]) -> Option<String> {
    let named = format!("docs/counter-proofs.toml: {} ({})", counter.proves, counter.test);
    let text = std::fs::read_to_string(tree::root().join(&counter.file)).unwrap_or_default();
    let found = text.matches(&counter.find).count();
    if found != 1 {
        return Some(format!("{named}: what it breaks stands {found} times in {}, not once", counter.file));
    }
    let Some(proof) = proofs.iter().find(|proof| proof.name() == counter.test) else {
        return Some(format!("{named}: there is no such proof"));
    };
    let says = counter.ids().all(|id| proof.ids.iter().any(|known| known == id));
    (!says).then(|| format!("{named}: the test does not say that it proves this"))
}

/// The counter-proofs whose test was not seen to go red as they stand now.
pub(crate) fn never_seen_red() -> Vec<String> {
    let all = read().unwrap_or_default();
    let red = seen_red(&all);
    all.iter().filter(|counter| !red.contains(&counter.mark())).map(|counter| counter.proves.clone()).collect()
}

/// The marks of those whose test was seen to go red as they stand now.
pub(crate) fn seen_red(all: &[CounterProof]) -> Vec<String> {
    let seen = results("counter-proofs");
    let red = |counter: &&CounterProof| {
        seen.iter().any(|row| counter.is(row) && row.get("red").and_then(Value::as_bool) == Some(true))
    };
    all.iter().filter(red).map(CounterProof::mark).collect()
}

/// Runs those whose id begins like one of these words or whose test has it in its name, or all.
pub(crate) fn run(only: &[&str], minutes: u64) -> Result<(), String> {
    let start = Instant::now();
    let all = read()?;
    let chosen: Vec<&CounterProof> = all.iter().filter(|counter| counter.is_meant(only)).collect();
    let (copy, limit) = (Copy::open()?, Duration::from_secs(minutes * 60));
    println!("{} of {} counter-proofs; first their tests as they are", chosen.len(), all.len());
    let before = before(&copy, &chosen)?;
    let mut rows = results("counter-proofs");
    rows.retain(|row| all.iter().any(|counter| counter.is(row)));
    let mut still_green = Vec::new();
    for (number, counter) in chosen.iter().enumerate() {
        if counter.failed_in(&before) {
            println!(
                "{}/{}        NOT RUN  {} {}: it is red anyway",
                number + 1,
                chosen.len(),
                counter.proves,
                counter.test
            );
            still_green.push(format!("{} ({})", counter.proves, counter.test));
            continue;
        }
        let begun = Instant::now();
        let outcome = counter.try_in(&copy, limit);
        let (red, said) = (outcome.is_ok(), outcome.unwrap_or_else(|why| why));
        let word = if red { "red" } else { "NOT RED" };
        let seconds = begun.elapsed().as_secs();
        println!("{}/{} {seconds:>3} s  {word}  {} {}: {said}", number + 1, chosen.len(), counter.proves, counter.test);
        if !red {
            still_green.push(format!("{} ({})", counter.proves, counter.test));
        }
        rows.retain(|row| !counter.is(row));
        rows.push(counter.row(&commit()?, seconds, red, &said));
        rows.sort_by_key(|row| row.get("test").map(Value::to_string));
        keep("counter-proofs", None, start.elapsed().as_secs(), &rows)?;
    }
    match still_green.as_slice() {
        [] => Ok(()),
        some => Err(format!("{} did not turn their test red: {}", some.len(), some.join(", "))),
    }
}

/// What their tests say before anything is broken: one that is red anyway proves nothing.
fn before(copy: &Copy, chosen: &[&CounterProof]) -> Result<String, String> {
    let mut targets: Vec<(String, String)> = chosen.iter().map(|counter| counter.target()).collect();
    targets.sort();
    targets.dedup();
    let mut words = vec!["nextest", "run", "--locked", "--workspace", "--no-fail-fast"];
    words.extend(targets.iter().flat_map(|(kind, name)| [kind.as_str(), name.as_str()]));
    let filters: Vec<String> = chosen.iter().map(|counter| counter.filter()).collect();
    let filter = filters.join(" | ");
    words.extend(["-E", &filter]);
    let log = copy.log("before");
    match within(&mut copy.cargo(&words), Duration::from_secs(90 * 60), &log)? {
        Some(0 | 100) => std::fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display())),
        other => Err(format!("They could not be run before anything is broken ({other:?}): {}", log.display())),
    }
}

impl CounterProof {
    fn of(row: &toml::Value) -> Result<Self, String> {
        let field = |name: &str| {
            let text = row.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            text.ok_or_else(|| format!("docs/counter-proofs.toml: a counter-proof without `{name}`: {row}"))
        };
        let (proves, file, find) = (field("proves")?, field("file")?, field("find")?);
        Ok(Self { proves, file, find, replace: field("replace")?, test: field("test")? })
    }

    /// The ids whose proof it turns red.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.proves.split(", ")
    }

    fn is_meant(&self, words: &[&str]) -> bool {
        let means = |word: &&str| self.ids().any(|id| id.starts_with(word)) || self.test.contains(word);
        words.is_empty() || words.iter().any(means)
    }

    /// Breaks the code, runs the test, mends the code. What the test said when it went red, or why it did not.
    fn try_in(&self, copy: &Copy, limit: Duration) -> Result<String, String> {
        let path = Path::new(&self.file);
        let whole = copy.read(path)?;
        copy.write(path, &whole.replacen(&self.find, &self.replace, 1))?;
        let outcome = self.red(copy, limit);
        copy.write(path, &whole)?;
        outcome
    }

    /// Red is a test that ran and failed: code that does not compile proves nothing.
    fn red(&self, copy: &Copy, limit: Duration) -> Result<String, String> {
        let ((kind, name), filter, log) = (self.target(), self.filter(), copy.log("broken"));
        let words = ["nextest", "run", "--locked", "--workspace", &kind, &name, "-E", &filter];
        match within(&mut copy.cargo(&words), limit, &log)? {
            Some(100) => said(&std::fs::read_to_string(&log).unwrap_or_default()),
            Some(101) => Err("the broken code does not compile".to_owned()),
            Some(0) => Err("STILL GREEN".to_owned()),
            Some(4) => Err("there is no test of this name".to_owned()),
            other => Err(format!("the run ended with {other:?}")),
        }
    }

    /// How much of the project its test is built from, roughly.
    fn depth(&self) -> Option<usize> {
        let rooms =
            ["kernel", "proof", "keys", "store", "identity", "billing", "documents", "outbound", "web", "coffer"];
        let room = self.test.split('/').nth(1).unwrap_or_default();
        rooms.iter().position(|known| *known == room)
    }

    /// How cargo is told to build nothing but what has the test.
    fn target(&self) -> (String, String) {
        let words: Vec<&str> = self.test.split('/').collect();
        let (kind, name) = match words.as_slice() {
            ["crates", _, "tests", target, ..] => ("--test", (*target).to_owned()),
            ["crates", "coffer", ..] => ("--bin", "coffer".to_owned()),
            ["crates", room, ..] => ("--test", format!("lib-{room}")),
            _ => ("--bin", "xtask".to_owned()),
        };
        (kind.to_owned(), name.trim_end_matches(".rs").to_owned())
    }

    /// Whether the test is among those that a run's log calls failed.
    fn failed_in(&self, log: &str) -> bool {
        let (_, name) = self.test.split_once("::").unwrap_or_default();
        let failed =
            |line: &&str| ["FAIL [", "TIMEOUT [", "SIG"].iter().any(|word| line.trim_start().starts_with(word));
        log.lines().filter(failed).any(|line| line.ends_with(&format!("::{name}")))
    }

    /// How nextest is told to run nothing but the test.
    fn filter(&self) -> String {
        let (path, name) = self.test.split_once("::").unwrap_or((&self.test, ""));
        let (_, modules) = proofs::place(path);
        let within = if modules.is_empty() { String::new() } else { format!("{modules}::") };
        format!("(binary(={}) & test(/^{within}(.*::)?{name}$/))", self.target().1)
    }

    /// What tells it from itself as it stood before somebody changed it.
    pub(crate) fn mark(&self) -> String {
        let whole = [&self.proves, &self.file, &self.find, &self.replace, &self.test].map(String::as_str).join("\n");
        // FNV-1a: only to see a change.
        let mark = whole
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{mark:016x}")
    }

    fn is(&self, row: &Value) -> bool {
        row.get("mark").and_then(Value::as_str) == Some(self.mark().as_str())
    }

    fn row(&self, commit: &str, seconds: u64, red: bool, said: &str) -> Value {
        json!({
            "proves": self.proves, "test": self.test, "breaks": self.file, "mark": self.mark(),
            "commit": commit, "seconds": seconds, "red": red, "said": said,
        })
    }
}

/// What a test that failed said first. One that was ended because it took too long saw nothing.
fn said(log: &str) -> Result<String, String> {
    let mut lines = log.lines().map(str::trim).skip_while(|line| !line.contains("panicked at "));
    match (lines.next(), lines.next().unwrap_or_default()) {
        (Some(at), what) => {
            let at = at.split("panicked at ").last().unwrap_or(at);
            Ok(format!("{at} {what}").trim().chars().take(160).collect())
        }
        (None, _) if log.contains("TIMEOUT [") => Err("it was ended by its limit of time, and said nothing".to_owned()),
        (None, _) => Ok("it ended without saying why".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(file: &str, find: &str, test: &str) -> CounterProof {
        let field = |text: &str| text.to_owned();
        CounterProof {
            proves: "C01.a".into(),
            file: field(file),
            find: field(find),
            replace: field(""),
            test: field(test),
        }
    }

    #[test]
    fn one_target_is_built_and_one_test_is_run() {
        let of = |test: &str| (counter("", "", test).target().1, counter("", "", test).filter());
        let (target, filter) = of("crates/store/tests/books/laws.rs::it_holds");
        assert_eq!((target.as_str(), filter.as_str()), ("books", "(binary(=books) & test(/^laws::(.*::)?it_holds$/))"));
        let (target, filter) = of("crates/keys/src/seal/tests.rs::it_holds");
        let expected = "(binary(=lib-keys) & test(/^seal::tests::(.*::)?it_holds$/))";
        assert_eq!((target.as_str(), filter.as_str()), ("lib-keys", expected));
        assert_eq!(of("crates/coffer/src/post/tests.rs::it_holds").0, "coffer");
    }

    #[test]
    fn one_that_no_longer_applies_is_found() {
        let proof = |id: &str| Proof { path: "x.rs".into(), test: "it_holds".into(), ids: vec![id.to_owned()] };
        let (here, this) = ("xtask/src/deep/counter.rs", ["//! Counter", "-proofs (`docs/"].concat());
        let this = this.as_str();
        assert!(unsound(&counter(here, this, "x.rs::it_holds"), &[proof("C01.a")]).is_none());
        assert!(unsound(&counter(here, "nowhere in the \u{66}ile", "x.rs::it_holds"), &[proof("C01.a")]).is_some());
        assert!(unsound(&counter(here, "fn ", "x.rs::it_holds"), &[proof("C01.a")]).is_some(), "more than once");
        assert!(unsound(&counter(here, this, "x.rs::it_holds"), &[proof("C01.b")]).is_some(), "proves another clause");
        assert!(unsound(&counter(here, this, "y.rs::it_holds"), &[proof("C01.a")]).is_some(), "no such test");
    }

    #[test]
    fn one_that_was_red_anyway_is_told_from_others() {
        let counter = counter("", "", "crates/store/tests/books/laws.rs::it_holds");
        assert!(counter.failed_in("   FAIL [   1.9s] (62/78) coffer-store::books laws::it_holds\n"));
        assert!(
            !counter
                .failed_in("   PASS [   1.9s] (1/78) coffer-store::books laws::it_holds\n FAIL [1s] x::it_holds_too")
        );
    }

    #[test]
    fn what_a_test_said_is_taken_from_its_log() {
        let log = "FAIL x\nthread 'x' panicked at crates/x.rs:1:2:\n  it is not so\nmore\n";
        assert_eq!(said(log), Ok("crates/x.rs:1:2: it is not so".to_owned()));
        assert!(said(" TIMEOUT [ 300.1s] x\n").is_err(), "waiting for ever is no finding");
    }
}
