//! The last bundle, kept in `.velox/cache/client/` with a hash of the job that it answers and of the packages that it read.
//!
//! A bundle that cannot be read is as good as none.

use super::EntryFiles;
use crate::build::output::Staging;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The bundle of a job.
pub(crate) struct Kept {
    project: PathBuf,
    folder: PathBuf,
    job: String,
}

#[derive(Serialize, Deserialize)]
struct Record {
    job: String,
    /// Files of packages, each with its size and time.
    inputs: Vec<(String, u64, u64)>,
    files: Vec<String>,
    entries: BTreeMap<String, EntryFiles>,
}

impl Kept {
    /// The place of the bundle of a job.
    pub(crate) fn open(project: &Path, job: &str) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(concat!(env!("CARGO_PKG_VERSION"), env!("VELOX_COMPILER_HASH")).as_bytes());
        hash.update(job.as_bytes());
        // What the bundler reads of the environment and its files.
        for (name, value) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("PUBLIC_") || name == "VELOX_ESBUILD" {
                hash.update(name.as_bytes());
                hash.update(value.to_string_lossy().as_bytes());
            }
        }
        for file in [".env", ".env.local", ".env.production", ".env.development"] {
            hash.update(&fs::read(project.join(file)).unwrap_or_default());
            hash.update(b"\0");
        }
        Self {
            project: project.to_owned(),
            folder: project.join(".velox/cache/client"),
            job: hash.finalize().to_hex().to_string(),
        }
    }

    /// Copies the kept files into the output. Gives nothing where there is no bundle of this job.
    ///
    /// # Errors
    /// One line: a file of the output cannot be written.
    pub(crate) fn restore(&self, staging: &Staging) -> Result<Option<BTreeMap<String, EntryFiles>>, String> {
        let Ok(text) = fs::read(self.folder.join("bundle.json")) else { return Ok(None) };
        let Ok(record) = serde_json::from_slice::<Record>(&text) else { return Ok(None) };
        if record.job != self.job
            || record.inputs.iter().any(|(path, size, time)| self.stamp(path) != Some((*size, *time)))
        {
            return Ok(None);
        }
        let read = |name: &String| fs::read(self.folder.join("files").join(name));
        let Ok(files) = record.files.iter().map(read).collect::<Result<Vec<_>, _>>() else {
            return Ok(None);
        };
        for (name, bytes) in record.files.iter().zip(files) {
            staging.write(&format!("static/_velox/{name}"), &bytes)?;
        }
        Ok(Some(record.entries))
    }

    /// Keeps a bundle in the place of the last one.
    pub(crate) fn keep(
        &self,
        staging: &Staging,
        files: &[String],
        inputs: &[String],
        entries: &BTreeMap<String, EntryFiles>,
    ) {
        // What the output itself carries is as old as the compiler, whose hash is in the job's.
        let carried = staging.root().to_owned();
        let inputs = inputs.iter().filter(|path| !self.project.join(path).starts_with(&carried));
        let stamps: Option<Vec<_>> =
            inputs.map(|path| self.stamp(path).map(|(size, time)| (path.clone(), size, time))).collect();
        let Some(inputs) = stamps else { return };
        let record =
            Record { job: self.job.clone(), inputs, files: files.to_vec(), entries: entries.clone() };
        let _ = self.write(staging, &record);
    }

    fn write(&self, staging: &Staging, record: &Record) -> std::io::Result<()> {
        // Without its record a folder of files is none.
        let _ = fs::remove_file(self.folder.join("bundle.json"));
        let folder = self.folder.join("files");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        for name in &record.files {
            fs::copy(staging.root().join("static/_velox").join(name), folder.join(name))?;
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, record)?;
        file.persist(self.folder.join("bundle.json")).map_err(|error| error.error)?;
        Ok(())
    }

    /// Size and time of a file, relative to the project or absolute.
    fn stamp(&self, path: &str) -> Option<(u64, u64)> {
        let metadata = fs::metadata(self.project.join(path)).ok()?;
        let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some((metadata.len(), time.as_nanos() as u64))
    }
}
