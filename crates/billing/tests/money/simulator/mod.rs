//! The simulator: seeded lives of a business, on a virtual clock and both engines.
//!
//! A life is rounds of random acts, several at once, with repeated keys and versions that are wrong. Some lives have
//! statements that fail here and there; some end in a crash, at every step in turn. Afterwards the books are opened again
//! and judged by what the callers themselves noted as acknowledged: books balanced, numbers without gaps, log whole,
//! every acknowledged act present, nothing there that was refused, every standing equal to its recomputation.
//!
//! `cargo xtask deep simulator` runs many seeds and every step; the test suite runs few.

mod act;
mod judge;
mod life;
mod trouble;

use coffer_billing::AGGREGATES;
use coffer_kernel::{BusinessId, TypedId};
use coffer_store::{Books, Dialect, Faults, STEPS};
use coffer_testkit::{Callers, Home};
use life::Life;
use std::sync::Arc;
use trouble::{CrashFrom, Hiccups};

/// How much of it is run: a number from the environment in deep mode, else what a test suite bears.
fn how_many(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The seeds of the lives with trouble: one after another from the first.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let first = how_many("COFFER_SIMULATOR_FROM", 0);
    first..first + how_many("COFFER_SIMULATOR_SEEDS", usual)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A home with a founded business.
fn home(engine: Dialect, seed: u64) -> (Home, Callers) {
    let home = Home::new(engine, seed, STEPS, AGGREGATES);
    let callers = Callers::of(BusinessId::from_bytes([2; 16]));
    let books = home.open(None).unwrap();
    runtime().block_on(life::found(&books, &callers));
    books.close();
    (home, callers)
}

fn open(home: &Home, faults: Arc<dyn Faults>) -> Books {
    home.open(Some(faults)).unwrap()
}

/// A life with statements that fail, now and then.
fn troubled(engine: Dialect, seed: u64, rounds: u64) {
    let (home, callers) = home(engine, seed);
    let books = open(&home, Arc::new(Hiccups::new(seed)));
    let mut life = Life::new(seed, callers.clone(), &home);
    runtime().block_on(async {
        for _ in 0..rounds {
            life.round(&books).await;
        }
    });
    books.close();
    let books = home.open(None).unwrap();
    let told = format!("{engine:?} seed {seed}");
    runtime().block_on(judge::judge(&books, &callers, &life.known, &told));
    books.close();
    assert!(life.known.acknowledged.len() > usize::try_from(rounds / 2).unwrap(), "{told}: hardly anything was done");
}

/// A life that crashes at this step, if it has so many; whether it had.
fn crashed(engine: Dialect, seed: u64, step: u64) -> bool {
    let (home, callers) = home(engine, seed);
    let crash = Arc::new(CrashFrom::new(step));
    let books = open(&home, Arc::clone(&crash) as Arc<dyn Faults>);
    let mut life = Life::new(seed, callers.clone(), &home);
    runtime().block_on(async {
        for _ in 0..6 {
            life.round(&books).await;
        }
    });
    books.close();
    let books = home.open(None).unwrap();
    runtime().block_on(judge::judge(&books, &callers, &life.known, &format!("{engine:?} seed {seed} step {step}")));
    books.close();
    crash.happened()
}

/// Crashes at every step of a life in turn, or at each `stride`-th.
fn every_step(engine: Dialect, stride: u64) {
    let seeds = how_many("COFFER_SIMULATOR_CRASHED", 1);
    let stride = how_many("COFFER_SIMULATOR_STRIDE", stride).max(1);
    for seed in 0..seeds {
        let steps =
            (0..).map(|number| seed % stride + number * stride).take_while(|step| crashed(engine, seed, *step)).count();
        assert!(steps > 5, "{engine:?} seed {seed}: {steps} steps were tried");
    }
}

// proves: C57.c, C59.g, A14
#[test]
fn whatever_fails_in_a_life_the_books_balance_and_what_was_acknowledged_is_there() {
    for seed in seeds(3) {
        troubled(Dialect::Sqlite, seed, how_many("COFFER_SIMULATOR_ROUNDS", 40));
    }
}

// proves: C57.c, C59.g, A14
#[test]
fn the_same_on_postgres() {
    for seed in seeds(2) {
        troubled(Dialect::Postgres, seed, how_many("COFFER_SIMULATOR_ROUNDS", 25));
    }
}

// proves: C54.e, C57.d, C85.g
#[test]
fn wherever_a_life_crashes_the_books_balance_and_what_was_acknowledged_is_there() {
    every_step(Dialect::Sqlite, 5);
}

// proves: C54.e, C57.d, C85.g
#[test]
fn and_wherever_it_crashes_on_postgres() {
    every_step(Dialect::Postgres, 23);
}
