//! Clocks, and how busy the machine is with other work: the same figures as `noise.mjs` takes. Linux only.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads clocks and /proc")]

use rustix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant};

/// A moment: the clock, this process's CPU seconds and those of the whole machine.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    at: Instant,
    own: f64,
    all: f64,
}

impl Moment {
    /// This moment.
    #[must_use]
    pub fn now() -> Self {
        Self { own: own_cpu(), all: all_cpu(), at: Instant::now() }
    }

    /// Wall seconds until a later moment.
    #[must_use]
    pub fn wall(&self, later: &Self) -> f64 {
        later.at.duration_since(self.at).as_secs_f64()
    }

    /// This process's CPU seconds until a later moment.
    #[must_use]
    pub fn cpu(&self, later: &Self) -> f64 {
        later.own - self.own
    }

    /// How many cores were busy with other work until a later moment.
    #[must_use]
    pub fn others(&self, later: &Self) -> f64 {
        // The machine counts hundredths of a second: over less than this the quotient is noise.
        (((later.all - self.all) - self.cpu(later)) / self.wall(later).max(0.05)).max(0.0)
    }
}

/// Waits until little else runs, this long at most.
pub fn wait_for_quiet(longest: Duration) {
    let begin = Instant::now();
    while begin.elapsed() < longest {
        let before = Moment::now();
        std::thread::sleep(Duration::from_millis(500));
        if before.others(&Moment::now()) < 0.15 {
            return;
        }
    }
}

/// Resident memory in bytes.
#[must_use]
pub fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split_whitespace().nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * rustix::param::page_size() as u64
}

fn own_cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// User, nice, system, interrupt and stolen time of all cores.
fn all_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let fields: Vec<f64> = line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    [0, 1, 2, 5, 6, 7].iter().filter_map(|at| fields.get(*at)).sum::<f64>() / 100.0
}
