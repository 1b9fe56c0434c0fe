//! The two commands as they stand (`run`, `test`), given from a folder elsewhere, where cargo writes down what it was asked.

use super::{Machine, NOBODY, ROOT};
use crate::{stages, tree};
use std::fs;
use std::process::Command;

/// Writes down each of its words, where it was asked and where it would build; then it ends like a program that refused.
const CARGO: (&str, &str) = (
    "cargo",
    "{ for word; do echo \"<$word>\"; done; echo \"in $(pwd)\"; echo \"to $CARGO_TARGET_DIR\"; } >\"$HOME/asked\"; echo said; exit 7",
);

/// All that building needs.
const ALL: [(&str, &str); 4] = [NOBODY, CARGO, ("cc", ""), ("pkg-config", "")];

/// What came of a command.
struct Came {
    code: Option<i32>,
    out: String,
    said: String,
    /// What cargo was asked; nothing, where it was not.
    words: Vec<String>,
    /// From which folder, and into which it would build.
    places: Vec<String>,
}

impl Machine {
    fn gives(&self, command: &str, words: &[&str], more: &[(&str, &str)]) -> Came {
        let (elsewhere, asked) = (self.0.join("some where"), self.0.join("asked"));
        fs::create_dir_all(&elsewhere).expect("a folder");
        drop(fs::remove_file(&asked));
        let mut given = Command::new(tree::root().join(command));
        given.args(words).current_dir(&elsewhere).env_clear().env("PATH", &self.0).env("HOME", &self.0);
        let output = given.envs(more.iter().copied()).output().expect("a command");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let asked = fs::read_to_string(asked).unwrap_or_default();
        let (words, places): (Vec<&str>, Vec<&str>) = asked.lines().partition(|line| line.starts_with('<'));
        Came {
            code: output.status.code(),
            out: text(&output.stdout),
            said: text(&output.stderr),
            words: words.into_iter().map(|word| word.trim_matches(['<', '>']).to_owned()).collect(),
            places: places.into_iter().map(str::to_owned).collect(),
        }
    }

    fn place(&self, below: &str) -> String {
        self.0.join(below).display().to_string()
    }
}

/// The words with which cargo builds and starts the program, and those that it hands on.
fn starting(handed_on: &[&str]) -> Vec<String> {
    let root = tree::root();
    let (config, manifest) = (root.join(".cargo/config.toml"), root.join("Cargo.toml"));
    assert!(config.is_file() && manifest.is_file(), "both are there");
    let (config, manifest) = (config.display().to_string(), manifest.display().to_string());
    let words = ["--config", &config, "run", "--locked", "--manifest-path", &manifest, "--package", "coffer", "--"];
    words.iter().chain(handed_on).map(|word| (*word).to_owned()).collect()
}

// proves: F5.b
#[test]
fn run_alone_serves_and_every_other_word_is_handed_on_from_wherever_one_stands() {
    let machine = Machine::with("run", &ALL);
    let alike = |words: &'static [&'static str]| (words, words);
    let given =
        [(&[][..], &["serve"][..]), alike(&["demo"]), alike(&["openapi"]), alike(&["import", "a file.csv", ""])];
    for (words, handed_on) in given {
        let came = machine.gives("run", words, &[]);
        assert_eq!(came.words, starting(handed_on), "{}", came.said);
        let places =
            [format!("in {}", machine.place("some where")), format!("to {}", machine.place(".cache/coffer/target"))];
        assert_eq!(came.places, places, "files are named from where one stands");
        assert_eq!((came.code, came.out.as_str()), (Some(7), "said\n"), "it says and ends as what it started");
    }
}

// proves: F5.b
#[test]
fn run_finds_a_toolchain_beside_the_path_and_builds_where_it_is_told() {
    let machine = Machine::with("run-beside", &[NOBODY, ("cc", ""), ("pkg-config", "")]);
    machine.put(".cargo/bin", &CARGO);
    let came = machine.gives("run", &["help"], &[("XDG_CACHE_HOME", "/kept")]);
    assert_eq!(
        (came.words, came.places.get(1).map(String::as_str)),
        (starting(&["help"]), Some("to /kept/coffer/target"))
    );
    let came = machine.gives("run", &["help"], &[("CARGO_TARGET_DIR", "/mine")]);
    assert_eq!((came.words, came.places.get(1).map(String::as_str)), (starting(&["help"]), Some("to /mine")));
    let elsewhere = Machine::with("run-elsewhere", &[NOBODY, ("cc", ""), ("pkg-config", "")]);
    let came = elsewhere.gives("run", &["help"], &[("CARGO_HOME", &machine.place(".cargo"))]);
    assert_eq!(came.words, starting(&["help"]), "{}", came.said);
}

// proves: F5.c
#[test]
fn test_runs_every_stage_or_those_that_are_named_in_the_project_itself() {
    let machine = Machine::with("test", &ALL);
    for words in [&[][..], &["tidy", "lint"], &["examples in docs"], &["--help"]] {
        let came = machine.gives("test", words, &[]);
        assert_eq!(came.words, [&["xtask", "test"][..], words].concat(), "{}", came.said);
        let places =
            [format!("in {}", tree::root().display()), format!("to {}", machine.place(".cache/coffer/target"))];
        assert_eq!(came.places, places, "its settings and its sources are the project's");
        assert_eq!((came.code, came.out.as_str()), (Some(7), "said\n"), "it says and ends as what it started");
    }
    let settings = fs::read_to_string(tree::root().join(".cargo/config.toml")).expect("settings");
    assert!(
        settings.contains("\nxtask = \"run --quiet --package xtask --\"\n"),
        "that word is this program: {settings}"
    );
    // What its head names as an example is there, and without a word it is all of them.
    let refused = stages::run(&["nothing"]).expect_err("no such stage");
    let known: Vec<&str> =
        refused.split_once("Choose from: ").expect("a choice").1.trim_end_matches('.').split(", ").collect();
    let all = ["set-up", "format", "tidy", "supply", "generated", "lint", "tests", "examples in docs"];
    assert_eq!(known, all);
    let head = fs::read_to_string(tree::root().join("test")).expect("the command");
    let named = head.split("`./test ").skip(1).filter_map(|rest| rest.split('`').next());
    let named: Vec<&str> = named.filter(|words| !words.starts_with('-')).flat_map(str::split_whitespace).collect();
    assert!(!named.is_empty() && named.iter().all(|stage| known.contains(stage)), "{named:?}");
    assert!(stages::run(&["--help"]).is_ok(), "whoever asks which there are is told");
}

// proves: F5.a
#[test]
fn neither_command_builds_before_what_building_needs_is_there() {
    let noisy = ("apt-get", "echo Reading package lists");
    for (command, first) in
        [("run", starting(&["openapi"])), ("test", ["xtask", "test", "openapi"].map(str::to_owned).to_vec())]
    {
        let named = |name: &str| format!("{command}-{name}");
        let came = Machine::with(&named("bare"), &[NOBODY]).gives(command, &["openapi"], &[]);
        assert!(came.code == Some(1) && came.said.contains("rustup.rs") && came.out.is_empty(), "{}", came.said);

        let powerless = Machine::with(&named("powerless"), &[NOBODY, CARGO, noisy]);
        let came = powerless.gives(command, &["openapi"], &[]);
        let line = "sudo apt-get install --no-install-recommends gcc libc6-dev pkg-config libssl-dev\n";
        assert!(came.code == Some(1) && came.said.contains(line), "{}", came.said);
        assert!(came.words.is_empty() && came.out.is_empty(), "nothing was built: {:?}", came.words);

        let offline = Machine::with(&named("offline"), &[ROOT, CARGO, ("apt-get", "exit 100")]);
        let came = offline.gives(command, &["openapi"], &[]);
        assert!(came.code == Some(1) && came.said.contains("apt-get says why above"), "{}", came.said);
        assert!(came.words.is_empty(), "nothing was built: {:?}", came.words);

        let came = Machine::with(&named("root"), &[ROOT, CARGO, noisy]).gives(command, &["openapi"], &[]);
        assert_eq!((came.words, came.code), (first, Some(7)), "{}", came.said);
        assert_eq!(came.out, "said\n", "what is printed is nothing but what was asked for");
    }
}
