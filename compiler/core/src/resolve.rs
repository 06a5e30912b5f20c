//! Where an import leads: a file of the project, a package, or nowhere (language.md P2).
//!
//! Looks at the set of the project's files alone; packages are left to the runtime's own resolution.

/// Where an import leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// A file of the project, by its path relative to the root.
    File(String),
    /// `velox`, `velox/server`, `@velox/query`.
    Framework,
    /// Any other bare specifier, or a URL: left as it is.
    Package,
    /// No file is there; the paths that were tried, the likeliest first.
    Missing(Vec<String>),
}

/// `"$lib/*": ["lib/*"]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alias {
    /// With one `*` at most.
    pub pattern: String,
    /// Paths relative to the root, with the same `*`.
    pub targets: Vec<String>,
}

/// The aliases that every project has.
#[must_use]
pub fn default_aliases() -> Vec<Alias> {
    let alias = |pattern: &str, target: &str| Alias { pattern: pattern.into(), targets: vec![target.into()] };
    vec![alias("$lib/*", "lib/*"), alias("$components/*", "components/*")]
}

const ENDINGS: &[&str] =
    &["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".velox", ".json", "/index.ts", "/index.tsx", "/index.js"];

/// Resolves a specifier in `from` (a path relative to the root). `exists` knows the project's files.
#[must_use]
pub fn resolve(from: &str, specifier: &str, aliases: &[Alias], exists: &dyn Fn(&str) -> bool) -> Resolution {
    let mut tried = Vec::new();
    if specifier.starts_with("./") || specifier.starts_with("../") || matches!(specifier, "." | "..") {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        return match joined(folder.split('/').chain(specifier.split('/'))) {
            Some(path) => find(path, exists, &mut tried).unwrap_or(Resolution::Missing(tried)),
            None => Resolution::Missing(tried),
        };
    }
    let mut best: Option<(&Alias, &str)> = None;
    for alias in aliases {
        if let Some(rest) = match_alias(&alias.pattern, specifier)
            && best.is_none_or(|(other, _)| other.pattern.len() < alias.pattern.len())
        {
            best = Some((alias, rest));
        }
    }
    if let Some((alias, rest)) = best {
        for target in &alias.targets {
            if let Some(path) = normal(target.replacen('*', rest, 1))
                && let Some(found) = find(path, exists, &mut tried)
            {
                return found;
            }
        }
        return Resolution::Missing(tried);
    }
    if is_framework(specifier) { Resolution::Framework } else { Resolution::Package }
}

/// The specifier that leads from `from` to the file `to`, written in the way of `specifier`; nothing where that way leads elsewhere.
#[must_use]
pub fn respelled(
    from: &str,
    specifier: &str,
    to: &str,
    aliases: &[Alias],
    exists: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let mut written = if specifier.starts_with('.') {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts = |path: &str| -> Vec<String> {
            path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let (folder, target) = (parts(folder), parts(to));
        let shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let up = folder.len() - shared;
        let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
        start + &target[shared..].join("/")
    } else {
        aliases.iter().filter(|alias| match_alias(&alias.pattern, specifier).is_some()).find_map(|alias| {
            let rest = alias.targets.iter().find_map(|target| match_alias(target, to))?;
            Some(alias.pattern.replacen('*', rest, 1))
        })?
    };
    let leads = |written: &str| resolve(from, written, aliases, exists) == Resolution::File(to.to_owned());
    // An ending that is not written now is left out, if that is enough.
    let ending = ENDINGS[1..].iter().rev().find(|ending| written.ends_with(**ending));
    if let Some(ending) = ending.filter(|ending| !specifier.ends_with(**ending)) {
        let short = written[..written.len() - ending.len()].to_owned();
        if leads(&short) {
            written = short;
        }
    }
    (written != specifier && !written.contains(['\'', '"', '`', '\\', '\n']) && leads(&written))
        .then_some(written)
}

/// Whether a specifier names one of the framework's own packages.
#[must_use]
pub fn is_framework(specifier: &str) -> bool {
    let inside = |package: &str| {
        specifier.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    inside("velox") || inside("@velox/query")
}

fn match_alias<'a>(pattern: &str, specifier: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        Some((before, after)) => specifier.strip_prefix(before)?.strip_suffix(after),
        None => (pattern == specifier).then_some(""),
    }
}

fn find(path: String, exists: &dyn Fn(&str) -> bool, tried: &mut Vec<String>) -> Option<Resolution> {
    let stem = path.len();
    let mut candidate = path;
    for ending in ENDINGS {
        candidate.truncate(stem);
        candidate.push_str(ending);
        if exists(&candidate) {
            return Some(Resolution::File(candidate));
        }
    }
    candidate.truncate(stem);
    let path = &*candidate;
    let rest = 4usize.saturating_sub(tried.len());
    tried.extend(ENDINGS.iter().take(rest).map(|ending| format!("{path}{ending}")));
    // TypeScript writes `./x.js` for a file that is `x.ts`.
    let (stem, other) = [(".js", [".ts", ".tsx"]), (".mjs", [".mts", ".ts"]), (".jsx", [".tsx", ".ts"])]
        .into_iter()
        .find_map(|(ending, other)| Some((path.strip_suffix(ending)?, other)))?;
    other
        .iter()
        .map(|ending| format!("{stem}{ending}"))
        .find(|candidate| exists(candidate))
        .map(Resolution::File)
}

/// Resolves `.` and `..`; nothing where the path leaves the root.
#[must_use]
pub fn normalize(path: &str) -> Option<String> {
    joined(path.split('/'))
}

/// As [`normalize`]; most paths have nothing to resolve.
fn normal(path: String) -> Option<String> {
    let is_end = |byte: u8| byte == b'/' || byte == b'.';
    let bytes = path.as_bytes();
    let plain = bytes.first().is_some_and(|first| !is_end(*first))
        && bytes.last() != Some(&b'/')
        && bytes.windows(2).all(|pair| pair[0] != b'/' || !is_end(pair[1]));
    if plain { Some(path) } else { normalize(&path) }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut path = String::with_capacity(64);
    for part in parts {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, specifier: &str) -> String {
        let exists = |path: &str| {
            ["lib/db.ts", "components/Card.velox", "lib/x/index.ts", "lib/y.tsx", "routes/a.velox"]
                .contains(&path)
        };
        match resolve(from, specifier, &default_aliases(), &exists) {
            Resolution::File(path) => path,
            Resolution::Missing(tried) => format!("missing {}", tried.first().map_or("", |path| path)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn aliases_relative_paths_and_packages() {
        let cases = [
            ("routes/blog/[slug].velox", "$lib/db", "lib/db.ts"),
            ("routes/blog/[slug].velox", "../../lib/db.ts", "lib/db.ts"),
            ("routes/a.velox", "$components/Card.velox", "components/Card.velox"),
            ("routes/a.velox", "../components/Card", "components/Card.velox"),
            ("lib/db.ts", "./x", "lib/x/index.ts"),
            ("lib/db.ts", "./y.js", "lib/y.tsx"),
            ("lib/db.ts", "./none", "missing lib/none"),
            ("lib/db.ts", "../../outside", "missing "),
            ("lib/db.ts", "velox/server", "Framework"),
            ("lib/db.ts", "veloxity", "Package"),
            ("lib/db.ts", "node:fs", "Package"),
        ];
        for (from, specifier, expected) in cases {
            assert_eq!(check(from, specifier), expected, "{specifier} in {from}");
        }
    }

    #[test]
    fn paths_are_resolved_part_by_part() {
        let slow = |path: &str| {
            let mut parts: Vec<&str> = Vec::new();
            for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
                if part != ".." {
                    parts.push(part);
                } else if parts.pop().is_none() {
                    return None;
                }
            }
            Some(parts.join("/"))
        };
        // All paths of up to five of these parts.
        let parts = ["", ".", "..", "a", ".b"];
        let mut paths: Vec<String> = parts.map(str::to_owned).to_vec();
        for _ in 1..5 {
            paths = paths.iter().flat_map(|path| parts.map(|part| format!("{path}/{part}"))).collect();
            for path in &paths {
                assert_eq!(normalize(path), slow(path), "{path}");
                assert_eq!(normal(path.clone()), slow(path), "{path}");
            }
        }
    }

    #[test]
    fn a_specifier_is_written_anew_in_its_own_way() {
        let exists = |path: &str| {
            ["lib/db.ts", "lib/x/index.ts", "components/Card.velox", "routes/a/b.ts"].contains(&path)
        };
        let cases = [
            ("routes/a.velox", "$lib/bd", "lib/db.ts", Some("$lib/db")),
            ("routes/a.velox", "$lib/bd.ts", "lib/db.ts", Some("$lib/db.ts")),
            ("routes/a.velox", "$lib/z", "lib/x/index.ts", Some("$lib/x")),
            (
                "routes/a.velox",
                "$components/Crad.velox",
                "components/Card.velox",
                Some("$components/Card.velox"),
            ),
            ("routes/a/c.velox", "../../lib/bd", "lib/db.ts", Some("../../lib/db")),
            ("routes/a/c.velox", "./c", "routes/a/b.ts", Some("./b")),
            ("routes/a/c.velox", "../d", "routes/a/b.ts", Some("./b")),
            ("routes/a.velox", "$lib/Card", "components/Card.velox", None),
            ("routes/a.velox", "$lib/gone", "lib/gone.ts", None),
        ];
        for (from, specifier, to, expected) in cases {
            let found = respelled(from, specifier, to, &default_aliases(), &exists);
            assert_eq!(found.as_deref(), expected, "{specifier} in {from}");
        }
    }
}
