//! What is made of many measurements: medians, tails, CPU time, memory; and how a result is told.

use serde_json::{Map, Value, json};
use std::fmt::Display;
use std::time::Instant;

/// Prints a result under its id: what was seen, beside what it should be (`target`, and whether all of it is `met`) and
/// what the bare engine needed for the same (`floor`, and how many times that it is, as `of_floor`). Targets and floors
/// are named like the figures they are about.
pub(crate) fn tell(id: &str, seen: Value, target: Value, floor: Value) {
    let mut line = Map::from_iter([("id".to_owned(), json!(id))]);
    let share = |name: &String, bare: &Value| Some((name.clone(), json!(round(seen[name].as_f64()? / bare.as_f64()?))));
    let met = |(name, wanted): (&String, &Value)| as_wanted(name, seen[name].as_f64(), wanted.as_f64());
    let of_floor: Map<String, Value> =
        floor.as_object().into_iter().flatten().filter_map(|(n, f)| share(n, f)).collect();
    let met = target.as_object().map(|target| target.iter().all(met));
    line.extend(seen.as_object().unwrap().clone());
    if let Some(met) = met {
        line.extend([("target".to_owned(), target), ("met".to_owned(), json!(met))]);
    }
    if !of_floor.is_empty() {
        line.extend([("floor".to_owned(), floor), ("of_floor".to_owned(), json!(of_floor))]);
    }
    println!("{}", Value::Object(line));
}

/// Throughput and shares are at least what is wanted, everything else at most.
fn as_wanted(name: &str, seen: Option<f64>, wanted: Option<f64>) -> bool {
    let (Some(seen), Some(wanted)) = (seen, wanted) else { return false };
    if name == "per_second" || name == "share" { seen >= wanted } else { seen <= wanted }
}

/// Runs it so often and tells the microseconds of each, sorted.
pub(crate) fn micros(times: usize, mut what: impl FnMut()) -> Vec<f64> {
    let mut micros: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    micros.sort_unstable_by(f64::total_cmp);
    micros
}

/// The measurement below which this share (per cent) lies.
pub(crate) fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// With three digits after the point: more would be noise.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The CPU time of a process so far, in seconds; `self` is this one.
pub(crate) fn cpu_seconds(process: impl Display) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split(' ').collect();
    (fields[12].parse::<u64>().unwrap() + fields[13].parse::<u64>().unwrap()) as f64 / 100.0
}

/// The memory that is this process's alone or its share of what it shares, in MB.
pub(crate) fn memory_mb(id: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap();
    let line = text.lines().find(|line| line.starts_with("Pss:")).unwrap();
    let kilobytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    round(kilobytes / 1024.0)
}
