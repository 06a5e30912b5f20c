//! Where the time goes: the seconds of each stage over a set.
//!
//! A clock is read seven times per file, which costs less than a thousandth of the whole.

use crate::figures::{median, round};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};
use velox_bench::corpus::Set;
use velox_bench::machine::wait_for_quiet;
use velox_bench::pipeline::{STAGES, compile_in_laps};

/// Measures each stage over a set, after one pass to warm up.
pub(crate) fn measure(set: &Set, runs: u32, quiet: Duration) -> Value {
    pass(set);
    let mut laps = vec![Vec::new(); STAGES.len()];
    for _ in 0..runs {
        wait_for_quiet(quiet);
        for (lap, seconds) in laps.iter_mut().zip(pass(set)) {
            lap.push(seconds);
        }
    }
    let medians: Vec<f64> = laps.iter().map(|lap| median(lap)).collect();
    let all: f64 = medians.iter().sum();
    let megabytes = set.bytes() as f64 / 1e6;
    let mut stages = Map::new();
    for ((_, name), seconds) in STAGES.iter().zip(&medians) {
        let share = json!({
            "ms": round(seconds * 1e3, 2),
            "percent": round(seconds / all * 100.0, 1),
            "MBps": round(megabytes / seconds, 1),
        });
        stages.insert((*name).to_owned(), share);
    }
    json!({ "set": set.name, "ms": round(all * 1e3, 2), "MBps": round(megabytes / all, 2), "stages": stages })
}

fn pass(set: &Set) -> Vec<f64> {
    let mut seconds = vec![0.0; STAGES.len()];
    for (path, text) in set.files() {
        let mut last = Instant::now();
        let compiled = compile_in_laps(path, text, &mut |stage| {
            let now = Instant::now();
            seconds[stage as usize] += now.duration_since(last).as_secs_f64();
            last = now;
        });
        black_box(compiled.is_ok());
    }
    seconds
}
