//! Whether a middleware may answer a request itself: then no link can be said to lead nowhere.
//!
//! Says no only where it throws nothing and every `return` of it is seen to give what `next()` gave, or nothing.

/// Whether it may answer a request without the routes. `text` is the whole of `middleware.ts`.
#[must_use]
pub fn may_answer(text: &str) -> bool {
    let code = without_comments(text);
    // Without a call of `next` in sight, the function is made elsewhere, or answers everything.
    if !code.contains("next()") || words(&code, "throw").next().is_some() {
        return true;
    }
    let names = responses(&code);
    let passes = |given: &str| {
        let given = given.trim_start_matches('(').trim_end_matches(')').trim();
        let given = given.strip_prefix("await ").unwrap_or(given).trim();
        given.is_empty()
            || given == "undefined"
            || given == "next("
            || given == "next()"
            || names.contains(&given)
    };
    let returned =
        words(&code, "return").map(|rest| rest.split([';', '\n', '}']).next().unwrap_or("").trim());
    let arrows = code.match_indices("=>").map(|(at, _)| code[at + 2..].trim_start());
    let expressions = arrows
        .filter(|body| !body.starts_with('{'))
        .map(|body| body.split([';', '\n', ',', '}']).next().unwrap_or("").trim());
    // `() => next()` inside of a call ends with that call's parenthesis too.
    returned.chain(expressions).any(|given| !passes(given))
}

/// Names of what `next()` gave: `const response = await next();`.
fn responses(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("next()") {
        let before = code[..at].trim_end();
        let before = before.strip_suffix("await").unwrap_or(before).trim_end();
        let Some(before) = before.strip_suffix('=') else { continue };
        let name = before.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next();
        names.extend(name.filter(|name| !name.is_empty()));
    }
    // A name that is given another value too says nothing.
    names.retain(|name| {
        let assigned = words(code, name).filter(|rest| {
            let rest = rest.trim_start();
            rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>")
        });
        assigned.count() == 1
    });
    names
}

/// What follows each place where a word stands.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    code.match_indices(word).filter_map(move |(at, _)| {
        let after = &code[at + word.len()..];
        let alone = !code[..at].ends_with(is_part)
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        alone.then_some(after)
    })
}

fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        code.push_str(&rest[..at]);
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    code.push_str(rest);
    let lines = code.lines().map(|line| match line.find("//") {
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::may_answer;

    #[test]
    fn only_a_middleware_that_is_seen_to_pass_everything_on_does_not_answer() {
        let table = [
            (
                "export default defineMiddleware(async (request, next) => {\n  const response = await next();\n  response.headers.set('a', 'b');\n  return response;\n});",
                false,
            ),
            ("export default defineMiddleware((request, next) => next());", false),
            ("export default (request, next) => { request.context.a = 1; return next(); };", false),
            (
                "export default async function (request, next) { /* return new Response() */ await next(); }",
                false,
            ),
            (
                "export default (request, next) => { if (request.url === '/a') return redirect('/b'); return next(); };",
                true,
            ),
            (
                "export default (request, next) => { if (old(request)) { return new Response('x') } return next() };",
                true,
            ),
            ("export default (request, next) => answer(request) ?? next();", true),
            (
                "let response; export default async (r, next) => { response = await next(); response = x(); return response; }",
                true,
            ),
            ("export default (r, next) => { if (old(r)) throw redirect('/b'); return next(); };", true),
            ("export { default } from './lib/middleware';", true),
            ("import handle from './lib/handle';\nexport default handle;", true),
        ];
        for (text, expected) in table {
            assert_eq!(may_answer(text), expected, "{text}");
        }
    }
}
