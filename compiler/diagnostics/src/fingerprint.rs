//! Names for findings that stay when lines move: for tools that compare one run with another.

use crate::{Diagnostic, Sources};
use std::collections::HashMap;

/// Gives fingerprints, each once.
#[derive(Default)]
pub(crate) struct Fingerprints(HashMap<blake3::Hash, u32>);

impl Fingerprints {
    /// 32 hexadecimal digits of file, code, message, the text of the line, and which of those that are the same it is.
    pub(crate) fn next(&mut self, diagnostic: &Diagnostic, sources: &dyn Sources) -> String {
        let line = sources.source(&diagnostic.file).map_or("", |(text, lines)| {
            let line = lines.line_of(diagnostic.span.start);
            let range = lines.line_start(line) as usize..lines.line_start(line + 1) as usize;
            text.get(range).unwrap_or("").trim()
        });
        let code = diagnostic.code.to_string();
        let mut hasher = blake3::Hasher::new();
        for part in [diagnostic.file.as_str(), &code, &diagnostic.message, line] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let nth = self.0.entry(hasher.finalize()).or_default();
        hasher.update(&nth.to_le_bytes());
        *nth += 1;
        let mut text = hasher.finalize().to_hex().to_string();
        text.truncate(32);
        text
    }
}
