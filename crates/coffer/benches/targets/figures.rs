//! What is made of many measurements: medians, tails, CPU time, memory.

use std::time::Instant;

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

/// The CPU time of a process so far, in seconds.
pub(crate) fn cpu_seconds(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
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
