//! `cache` of `velox.config.ts`: where pages and data are kept, and what stands in front of the server.

use super::{Reader, is_count};
use velox_diagnostics::{Code, Diagnostic};
use velox_script::{Property, Value};

/// Where entries are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheStore {
    /// In a folder, which is what a server does without being told.
    #[default]
    Files,
    /// In the memory of each process.
    Memory,
    /// `redis({ ... })`.
    Redis {
        /// `redis://` or `rediss://`, without a password.
        url: Option<String>,
        /// What begins every key.
        prefix: Option<String>,
    },
}

/// `cache`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CacheSettings {
    /// `cache.store`, or `cache: redis({ ... })`.
    pub store: CacheStore,
    /// `cache.folder`, relative to the project.
    pub folder: Option<String>,
    /// `cache.memoryBytes`: bytes of entries that each process holds.
    pub memory_bytes: Option<u64>,
    /// `cache.maxEntries`: about how many entries are kept.
    pub max_entries: Option<u64>,
    /// `cache.cdn`: whether a shared cache stands in front.
    pub cdn: bool,
    /// `cache.purge`: where invalidations are posted for it.
    pub purge: Option<String>,
}

pub(super) const KEYS: &[&str] = &["store", "folder", "memoryBytes", "maxEntries", "cdn", "purge"];
pub(super) const REDIS_KEYS: &[&str] = &["url", "prefix"];
const STORES: &str = "'files', 'memory' or `redis({ url: 'redis://localhost:6379' })`";

/// The settings in `redis({ ... })`.
fn redis(value: &Value) -> Option<&[Property]> {
    match value {
        Value::Object(properties, _) => match properties.split_first() {
            Some((kind, rest)) if kind.key == "type" => Some(rest),
            _ => None,
        },
        _ => None,
    }
}

impl Reader<'_> {
    /// `cache: { ... }` or `cache: redis({ ... })`.
    pub(super) fn cache(&mut self, value: &Value) {
        match (redis(value), value) {
            (Some(settings), _) => self.redis(settings),
            (None, Value::Object(properties, _)) => self.section("cache", properties),
            (None, other) => {
                self.invalid(other, "`cache`", "an object, or `redis({ url: 'redis://localhost:6379' })`");
            }
        }
    }

    pub(super) fn cache_property(&mut self, key: &str, property: &Property) {
        let value = &property.value;
        match (key, value) {
            ("store", Value::String(text, _)) if text == "files" => {
                self.config.cache.store = CacheStore::Files;
            }
            ("store", Value::String(text, _)) if text == "memory" => {
                self.config.cache.store = CacheStore::Memory;
            }
            ("store", other) => match redis(other) {
                Some(settings) => self.redis(settings),
                None => self.invalid(other, "`cache.store`", STORES),
            },
            ("folder", Value::String(text, _)) if !text.is_empty() => {
                self.config.cache.folder = Some(text.clone());
            }
            ("folder", other) => {
                self.invalid(other, "`cache.folder`", "a folder, such as '.velox/cache/isr'")
            }
            ("memoryBytes", Value::Number(number, _)) if is_count(*number) => {
                self.config.cache.memory_bytes = Some(*number as u64);
            }
            ("memoryBytes", other) => self.invalid(other, "`cache.memoryBytes`", "a number of bytes"),
            ("maxEntries", Value::Number(number, _)) if is_count(*number) && *number >= 1.0 => {
                self.config.cache.max_entries = Some(*number as u64);
            }
            ("maxEntries", other) => {
                self.invalid(other, "`cache.maxEntries`", "a number of entries, 1 or more")
            }
            ("cdn", Value::Boolean(cdn, _)) => self.config.cache.cdn = *cdn,
            ("cdn", other) => self.invalid(other, "`cache.cdn`", "`true` or `false`"),
            ("purge", Value::String(text, _))
                if text.starts_with("https://") || text.starts_with("http://") =>
            {
                self.config.cache.purge = Some(text.clone());
            }
            ("purge", other) => {
                self.invalid(other, "`cache.purge`", "an address such as 'https://cdn.example.com/purge'")
            }
            _ => self.unknown("cache", property),
        }
    }

    fn redis(&mut self, properties: &[Property]) {
        let (mut url, mut prefix) = (None, None);
        for property in properties {
            match (property.key.as_str(), &property.value) {
                (key @ ("url" | "prefix"), Value::Unknown(span, reason)) => {
                    self.not_static(*span, reason, &format!("`{key}` of `redis`"));
                }
                ("url", Value::String(text, span))
                    if text.starts_with("redis://") || text.starts_with("rediss://") =>
                {
                    if has_password(text) {
                        let message = "the `url` of `redis` holds a password, which a build would write down";
                        self.found.push(
                            Diagnostic::new(Code::INVALID_PROJECT_CONFIG, self.file, *span, message)
                                .help("leave it out, and set VELOX_CACHE_PASSWORD where the server runs"),
                        );
                    }
                    url = Some(text.clone());
                }
                ("url", other) => {
                    self.invalid(
                        other,
                        "the `url` of `redis`",
                        "an address such as 'redis://localhost:6379'",
                    );
                }
                ("prefix", Value::String(text, _)) if !text.is_empty() => prefix = Some(text.clone()),
                ("prefix", other) => self.invalid(other, "the `prefix` of `redis`", "a name such as 'shop'"),
                _ => self.unknown("redis", property),
            }
        }
        self.config.cache.store = CacheStore::Redis { url, prefix };
    }
}

/// Whether `user:password@` stands in an address.
fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}
