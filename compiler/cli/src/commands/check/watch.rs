//! `veloxc check --watch`: checks, waits until files change, checks what that touches, and prints again.
//!
//! Folders are watched one by one, so that what the project ignores costs nothing. Ctrl-C ends the process as it ends any other.

use super::{choice, printing};
use crate::Exit;
use crate::args::{CheckArgs, Format};
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{Selection, prefix};
use crate::report::Report;
use crate::session::{Changes, Checked, Session, Taken};
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long a change may go on before it is looked at: editors write in several steps.
const QUIET: Duration = Duration::from_millis(25);
/// How often a folder that is gone is looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Checks until the process is ended, or nobody reads any more.
pub(super) fn run(
    args: &CheckArgs,
    mut session: Session,
    selection: Selection,
    output: &Output,
    begun: Instant,
) -> Result<Exit, Failure> {
    let mut watch = Watch::new()?;
    let mut checked = Checked::default();
    // What changes from here on is told.
    watch.follow(&session)?;
    let (choice, limit) = (choice(args), printing(args, String::new()).limit());
    let mut report = session.check_again(&selection, Taken::default(), &mut checked, &choice, limit);
    let mut exit = print(args, &mut report, &mut session, checked.checkable, output, begun);
    while !output.is_closed() {
        let Some(changes) = watch.next(&session.root) else { continue };
        let begun = Instant::now();
        let mut taken = session.take_over(&changes, &selection);
        // What came into a new folder before that was watched is found by looking again.
        while taken.listing && watch.follow(&session)? {
            let again = session.take_over(&Changes::Anything, &selection);
            taken.changed |= again.changed;
        }
        if taken.changed {
            let mut report = session.check_again(&selection, taken, &mut checked, &choice, limit);
            exit = print(args, &mut report, &mut session, checked.checkable, output, begun);
        }
    }
    Ok(exit)
}

/// Prints a run: on a terminal in the place of the one before.
fn print(
    args: &CheckArgs,
    report: &mut Report,
    session: &mut Session,
    watched: usize,
    output: &Output,
    begun: Instant,
) -> Exit {
    report.sources = session.sources(&report.diagnostics);
    let people = args.format == Format::Pretty;
    if people && output.is_terminal() {
        output.out("\u{1b}[2J\u{1b}[3J\u{1b}[H");
    }
    let mut printing = printing(args, prefix(&session.root));
    printing.timings = Some(session.timings.take()).filter(|_| args.timings);
    report.print(output, &printing, begun.elapsed());
    if args.timings {
        output.err(&format!("printed {:.2} ms after the change\n", begun.elapsed().as_secs_f64() * 1000.0));
    }
    if people {
        output.out(&format!("watching {watched} files for changes; Ctrl-C ends\n"));
    }
    report.exit()
}

/// The folders that are watched, and what is told of them.
struct Watch {
    debouncer: Debouncer<RecommendedWatcher>,
    events: Receiver<DebounceEventResult>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    fn new() -> Result<Self, Failure> {
        let (send, events) = channel();
        let debouncer = new_debouncer(QUIET, send).map_err(|error| failed(&error))?;
        Ok(Self { debouncer, events, folders: BTreeSet::new() })
    }

    /// Watches the folders of the project as they are now. Gives whether one of them is new.
    fn follow(&mut self, session: &Session) -> Result<bool, Failure> {
        let wanted = session.folders();
        let gone: Vec<PathBuf> = self.folders.difference(&wanted).cloned().collect();
        for folder in gone {
            // It may be gone from the disk: then nothing watches it any more.
            let _ = self.debouncer.watcher().unwatch(&folder);
            self.folders.remove(&folder);
        }
        let mut new = false;
        for folder in wanted {
            if self.folders.contains(&folder) {
                continue;
            }
            match self.debouncer.watcher().watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    new = true;
                    self.folders.insert(folder);
                }
                // A folder that went away since is no folder of the project.
                Err(_) if !folder.is_dir() => {}
                Err(error) => return Err(failed(&error)),
            }
        }
        Ok(new)
    }

    /// Waits, and gives what may have changed.
    fn next(&mut self, root: &Path) -> Option<Changes> {
        let there = self.folders.contains(root);
        let first = if there { self.events.recv().ok() } else { self.events.recv_timeout(LOOK).ok() };
        let is_there = root.is_dir();
        if there != is_there {
            // It went away with all that is in it, or came back.
            self.folders.clear();
            return Some(Changes::Anything);
        }
        let mut paths = BTreeSet::new();
        for result in first.into_iter().chain(self.events.try_iter()) {
            match result {
                Ok(events) => paths.extend(events.into_iter().map(|event| event.path)),
                // Events were lost.
                Err(_) => return Some(Changes::Anything),
            }
        }
        (!paths.is_empty()).then_some(Changes::Paths(paths))
    }
}

fn failed(error: &notify_debouncer_mini::notify::Error) -> Failure {
    Failure::new(format!("the project cannot be watched: {error}"))
        .help("on Linux, /proc/sys/fs/inotify/max_user_watches says how many folders can be")
}
