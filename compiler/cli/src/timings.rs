//! Where the time of a check goes: by phase as the clock has it, by kind of file as the processors have it.

use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use velox_core::emit::FileKind;
use velox_db::FileRole;

const KINDS: [&str; 8] =
    ["page", "layout", "component", "tsx page", "endpoint", "middleware", "config", "module"];

/// Durations, as they are measured.
#[derive(Debug, Default)]
pub(crate) struct Timings {
    phases: Vec<(&'static str, Duration)>,
    kinds: [Kind; KINDS.len()],
}

#[derive(Debug, Default)]
struct Kind {
    files: AtomicU64,
    nanoseconds: AtomicU64,
}

/// Measures until it is dropped.
pub(crate) struct Measure<'a> {
    kind: Option<&'a Kind>,
    begun: Instant,
}

impl Drop for Measure<'_> {
    fn drop(&mut self) {
        if let Some(kind) = self.kind {
            let took = u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            kind.nanoseconds.fetch_add(took, Ordering::Relaxed);
        }
    }
}

impl Timings {
    /// Adds to a phase.
    pub(crate) fn phase(&mut self, name: &'static str, took: Duration) {
        match self.phases.iter_mut().find(|(other, _)| *other == name) {
            Some((_, all)) => *all += took,
            None => self.phases.push((name, took)),
        }
    }

    /// Measures work on a file of this role, until what it gives is dropped. A file is counted where `count` says so.
    pub(crate) fn kind(&self, role: FileRole, count: bool) -> Measure<'_> {
        let nth = match role {
            FileRole::Velox(FileKind::Page) => Some(0),
            FileRole::Velox(FileKind::Layout) => Some(1),
            FileRole::Velox(_) => Some(2),
            FileRole::TsxPage => Some(3),
            FileRole::Endpoint => Some(4),
            FileRole::Middleware => Some(5),
            FileRole::Config => Some(6),
            FileRole::Module => Some(7),
            FileRole::Json | FileRole::Other => None,
        };
        let kind = nth.map(|nth| &self.kinds[nth]);
        if let Some(kind) = kind.filter(|_| count) {
            kind.files.fetch_add(1, Ordering::Relaxed);
        }
        Measure { kind, begun: Instant::now() }
    }

    /// What was measured, and forgets it.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// In milliseconds, for machines. `total` is what the whole took.
    pub(crate) fn json(&self, total: Duration) -> Value {
        let phases: Map<String, Value> =
            self.phases.iter().map(|(name, took)| ((*name).to_owned(), milliseconds(*took).into())).collect();
        let kinds: Map<String, Value> = self
            .used()
            .map(|(name, files, took)| {
                (name.to_owned(), json!({ "files": files, "cpu": milliseconds(took) }))
            })
            .collect();
        json!({ "unit": "ms", "total": milliseconds(total), "phases": phases, "kinds": kinds })
    }

    /// As a table, for people.
    pub(crate) fn table(&self, total: Duration) -> String {
        let line = |name: &str, took: Duration, rest: &str| {
            format!("  {name:<11} {:>9.2} ms{rest}\n", milliseconds(took))
        };
        let mut out = "time by phase\n".to_owned();
        for (name, took) in &self.phases {
            out.push_str(&line(name, *took, ""));
        }
        out.push_str(&line("total", total, ""));
        if self.used().next().is_some() {
            out.push_str("time by kind of file, on all processors\n");
        }
        for (name, files, took) in self.used() {
            out.push_str(&line(name, took, &format!("  {files} files")));
        }
        out
    }

    fn used(&self) -> impl Iterator<Item = (&'static str, u64, Duration)> {
        KINDS.into_iter().zip(&self.kinds).filter_map(|(name, kind)| {
            let files = kind.files.load(Ordering::Relaxed);
            let took = Duration::from_nanos(kind.nanoseconds.load(Ordering::Relaxed));
            (files > 0).then_some((name, files, took))
        })
    }
}

fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 100_000.0).round() / 100.0
}
