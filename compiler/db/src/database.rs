//! The database itself, as dull as can be: salsa's storage, and a log of the queries that ran.

use crate::parsed::RecentTexts;
use crate::place::RecentPlaces;
use std::sync::{Arc, Mutex};

/// What queries are written against.
#[salsa::db]
pub trait Db: salsa::Database {
    /// Another handle on the same values, for another thread. It must be gone before anything is written.
    fn reader(&self) -> Database;

    /// The texts that were parsed last.
    fn recent(&self) -> &RecentTexts;

    /// The files that this handle was asked about last.
    fn recent_places(&self) -> &RecentPlaces;
}

/// Names of the queries that ran, in order, for tests that hold the compiler to its promises.
#[derive(Clone, Default)]
pub struct QueryLog(Arc<Mutex<Option<Vec<String>>>>);

impl QueryLog {
    /// Begins a new log.
    pub fn start(&self) {
        if let Ok(mut log) = self.0.lock() {
            *log = Some(Vec::new());
        }
    }

    /// Ends the log and gives it: `parse_template(Id(0))` for each execution.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        self.0.lock().ok().and_then(|mut log| log.take()).unwrap_or_default()
    }
}

/// The one concrete database. Clone it for each reader and drop the clone soon: a write waits for all clones to go.
#[salsa::db]
#[derive(Clone)]
pub struct Database {
    storage: salsa::Storage<Self>,
    log: QueryLog,
    recent: Arc<RecentTexts>,
    places: RecentPlaces,
}

impl Default for Database {
    fn default() -> Self {
        let log = QueryLog::default();
        Self {
            storage: salsa::Storage::new(None),
            log,
            recent: Arc::default(),
            places: RecentPlaces::default(),
        }
    }
}

impl Database {
    /// A database that keeps a log of the queries that it runs.
    #[must_use]
    pub fn with_log() -> Self {
        let log = QueryLog::default();
        let sink = log.clone();
        let storage = salsa::Storage::new(Some(Box::new(move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind
                && let Ok(mut log) = sink.0.lock()
                && let Some(log) = log.as_mut()
            {
                log.push(format!("{database_key:?}"));
            }
        })));
        Self { storage, log, recent: Arc::default(), places: RecentPlaces::default() }
    }

    /// The log of this database.
    #[must_use]
    pub fn log(&self) -> &QueryLog {
        &self.log
    }
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {
    fn reader(&self) -> Database {
        self.clone()
    }

    fn recent(&self) -> &RecentTexts {
        &self.recent
    }

    fn recent_places(&self) -> &RecentPlaces {
        &self.places
    }
}
