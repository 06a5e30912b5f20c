//! Where modules lie in the output, and how one names another there.

/// The path of a module's code in the output, relative to it: `server/routes/blog/[slug].velox.js`.
#[must_use]
pub fn output_module(path: &str) -> String {
    format!("server/{path}.js")
}

/// The name under which a file that is no module is served: `/_velox/logo.3f2a9c81.svg`.
#[must_use]
pub fn public_asset_name(path: &str, hash: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("/_velox/{stem}.{hash}.{ending}"),
        None => format!("/_velox/{name}.{hash}"),
    }
}

/// The specifier by which the module at `from` names the one at `to`, both relative to the output.
#[must_use]
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = from.len() - 1 - shared;
    let mut specifier = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    for (at, part) in to[shared..].iter().enumerate() {
        if at > 0 {
            specifier.push('/');
        }
        // A specifier is a URL reference: these three would end the path or begin an escape.
        specifier.push_str(&part.replace('%', "%25").replace('?', "%3F").replace('#', "%23"));
    }
    specifier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_are_relative_urls() {
        assert_eq!(relative("server/routes/a.velox.js", "server/lib/db.ts.js"), "../lib/db.ts.js");
        assert_eq!(relative("server/lib/a.ts.js", "server/lib/b.ts.js"), "./b.ts.js");
        assert_eq!(relative("server/a.js", "server/routes/[100%].js"), "./routes/[100%25].js");
    }
}
