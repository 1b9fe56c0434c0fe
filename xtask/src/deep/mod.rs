//! What is too long for every change: `cargo xtask deep` runs it, and its dated results are committed in `docs/deep/`.
//!
//! Words choose a part, or counter-proofs by id or test; `seed=`, `lives=`, `kills=` and `minutes=` (for one
//! counter-proof, or for the mutants of one room) choose sizes. As it comes a whole run takes about an hour on two cores.

mod copy;
mod counter;
mod kept;
mod long;
mod mutants;
mod run;

pub(crate) use counter::{read, seen_red, unsound};
pub(crate) use kept::report;
pub(crate) use run::succeed;

use std::time::{SystemTime, UNIX_EPOCH};

/// How much of it is run.
pub(crate) struct Sizes {
    /// What the lives and the moments of the kills are drawn from; another one every day.
    seed: u64,
    /// Lives of the simulator on each engine.
    lives: u64,
    /// How often the process is killed under load, on both engines together.
    kills: u64,
    /// The most that building and running one broken test may take, or all mutants of one room.
    minutes: u64,
}

type Part = (&'static str, fn(&Sizes) -> Result<(), String>);

const PARTS: &[Part] = &[
    ("simulator", long::simulator),
    ("kills", long::kills),
    ("mutants", mutants::run),
    ("advisories", long::advisories),
    ("counter-proofs", |sizes| counter::run(&[], sizes.minutes)),
];

/// Runs the named parts, the named counter-proofs, or everything.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let (settings, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.contains('='));
    let sizes = sizes(&settings)?;
    let (parts, proofs): (Vec<&str>, Vec<&str>) =
        words.iter().partition(|word| PARTS.iter().any(|(part, _)| part == *word));
    let mut failed = Vec::new();
    for (name, part) in PARTS.iter().filter(|(name, _)| words.is_empty() || parts.contains(name)) {
        println!("\n== {name}");
        if let Err(why) = part(&sizes) {
            println!("{name}: {why}");
            failed.push(*name);
        }
    }
    if !proofs.is_empty() {
        counter::run(&proofs, sizes.minutes)?;
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("Not everything is well: {}.", failed.join(", "))) }
}

fn sizes(settings: &[&str]) -> Result<Sizes, String> {
    let mut sizes = Sizes { seed: days(), lives: 100, kills: 2_000, minutes: 10 };
    for setting in settings {
        let (name, number) = setting.split_once('=').unwrap_or((setting, ""));
        let number = number.parse().map_err(|_| format!("{setting}: not a number"))?;
        match name {
            "seed" => sizes.seed = number,
            "lives" => sizes.lives = number,
            "kills" => sizes.kills = number,
            "minutes" => sizes.minutes = number,
            _ => return Err(format!("There is no size {name}: seed, lives, kills, minutes.")),
        }
    }
    Ok(sizes)
}

/// Days since 1970-01-01.
fn days() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400)
}
