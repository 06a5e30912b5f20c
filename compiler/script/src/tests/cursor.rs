//! What stands at an offset, told by tokens, in code that is whole and in code that is being typed.

use crate::cursor::{Cursor, EnclosingKind, Place, Receiver, cursor_at, object_path_at};

fn at(fixture: &str) -> (String, u32) {
    let offset = fixture.find('|').expect("a cursor");
    (fixture.replacen('|', "", 1), offset as u32)
}

fn cursor(fixture: &str) -> Cursor {
    let (text, offset) = at(fixture);
    cursor_at(&text, &[], offset)
}

/// `owner.key.key`, with `?` and the other keys where a key may stand.
fn path(fixture: &str) -> String {
    let (text, offset) = at(fixture);
    let Some(path) = object_path_at(&text, offset) else { return "none".to_owned() };
    let mut shown = path.owner;
    for key in &path.keys {
        shown = format!("{shown}.{key}");
    }
    match path.siblings {
        Some(keys) => format!("{shown} ? {}", keys.join(" ")).trim_end().to_owned(),
        None => shown,
    }
}

#[test]
fn keys_and_values_of_objects_have_a_path() {
    let cases = [
        ("export const config = { | };", "config ?"),
        ("export const config = { re| };", "config ?"),
        ("export const config = { render: '|' };", "config.render"),
        ("export const config = { render: | };", "config.render"),
        ("export const config = { render: 'isr', | };", "config ? render"),
        ("export const config = { |, revalidate: 60 };", "config ? revalidate"),
        ("export const config: Config = { render: 'isr', revalidate: | } as const;", "config.revalidate"),
        ("export const meta = { openGraph: { | } };", "meta.openGraph ?"),
        ("export const meta = { 'openGraph': { ti| } };", "meta.openGraph ?"),
        ("export const meta = { openGraph: { title: 'a' }, | };", "meta ? openGraph"),
        ("export const meta = () => ({ | });", "meta ?"),
        ("export async function meta() {\n  const a = 1;\n  return { title: a, | };\n}", "meta ? title"),
        ("export default defineConfig({ app: { trailingSlash: '|' } });", "default.app.trailingSlash"),
        ("export default { | };", "default ?"),
        ("export const slots = ['|'];", "slots.[]"),
        ("export const layout = '|';", "layout"),
        ("export const paths = () => [{ | }];", "paths.[] ?"),
        ("load({ | });", "none"),
        ("const a = load(1, { | });", "none"),
        ("const a = 1;\nexport const config = {\n  |\n};\nconst b = { c: 1 };", "config ?"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(path(fixture), expected, "{fixture}");
    }
}

#[test]
fn a_path_is_there_while_the_object_is_typed() {
    let cases = [
        ("export const config = {|", "config ?"),
        ("export const config = { render: '|", "config.render"),
        ("export const config = { render: '|\nconst a = 1;", "config.render"),
        ("export const config = { render: \"i|\n};\nconst a = 'x';", "config.render"),
        ("export const config = { render: 'isr', rev|\nconst a = 1;", "config ? render"),
        ("export const config = { render: |, revalidate: 60 }", "config.render"),
        ("const x = (;\nexport const config = { | }", "config ?"),
        ("const x = f({ a: [1,\nexport const config = { | }", "config ?"),
        ("function f() {\n  g(a,\n  const b = { c: | }", "none"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(path(fixture), expected, "{fixture}");
    }
}

#[test]
fn strings_comments_and_literals_are_no_code() {
    let place = |fixture: &str| {
        let (text, offset) = at(fixture);
        match cursor_at(&text, &[], offset).place {
            Place::Code => "code".to_owned(),
            Place::String(span) => format!("string {}", span.text(&text)),
            Place::Template(span, _) => format!("template {}", span.text(&text)),
            Place::Comment(span, line) => format!("{}{}", if line { "//" } else { "/*" }, span.text(&text)),
            Place::Literal => "literal".to_owned(),
        }
    };
    let cases = [
        ("a = 'x|y';", "string xy"),
        ("a = '|';", "string "),
        ("a = ''|;", "code"),
        ("a = |'';", "code"),
        ("a = '/b|log", "string /blog"),
        ("a = '| }", "string "),
        ("a = `x|${y}z`;", "template x"),
        ("a = `x${y}z|`;", "template z"),
        ("a = `x${y|}z`;", "code"),
        ("a = `x`|;", "code"),
        ("// velox-ignore |\na", "// velox-ignore "),
        ("a // b\n|", "code"),
        ("a /* | */", "/*  "),
        ("/a|b/.test(c)", "literal"),
        ("1|2", "literal"),
        ("😀 = 'é|';", "string é"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(place(fixture), expected, "{fixture}");
    }
}

#[test]
fn a_member_knows_what_it_is_read_of() {
    let receiver = |fixture: &str| match cursor(fixture).receiver {
        Receiver::None => "none".to_owned(),
        Receiver::Chain(names, _) => names.join("."),
        Receiver::Other(end) => format!("an expression until {end}"),
    };
    let cases = [
        ("params.|", "params"),
        ("params.sl|ug", "params"),
        ("const a = request?.headers.|;\nconst b = 1;", "request.headers"),
        ("import.meta.env.|", "import.meta.env"),
        ("load().|", "an expression until 6"),
        ("xs[0].|", "an expression until 5"),
        ("a.b!.|", "a.b"),
        ("a|", "none"),
        ("a + |", "none"),
        ("f(...|)", "none"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(receiver(fixture), expected, "{fixture}");
    }
}

#[test]
fn names_are_in_scope_where_they_are_declared() {
    let names = |fixture: &str| {
        let locals = cursor(fixture).locals;
        let shown = locals.iter().map(|local| {
            let mark = if local.inner { "*" } else { "" };
            format!("{}{mark}", local.name)
        });
        shown.collect::<Vec<_>>().join(" ")
    };
    let cases = [
        ("const a = 1; let b = 2, c = 3; |", "a b c"),
        ("const { a, b: c, ...d } = x; |", "a c d"),
        ("const [a, , { b }] = x; |", "a b"),
        ("posts.map((post, at) => |)", "post* at*"),
        ("posts.map((post, at) => post.|)", "post* at*"),
        ("posts.map((post) => post.id, |)", ""),
        ("posts.map((post) => post.id).filter(|)", ""),
        ("posts.map(post => { const x = 1; | })", "post* x*"),
        ("posts.map(({ id, tags: [first], n = 1 }) => |)", "id* first* n*"),
        ("xs.map((x) => x.ys.map((y) => |))", "x* y*"),
        ("function load(id: Map<string, number>, other = f(1, 2)) { | }", "load id* other*"),
        ("function load(id: string): Promise<Post> { | }", "load id*"),
        ("async function load(id) { } |", "load"),
        ("const f = async (a: string): Promise<void> => { | };", "f a*"),
        ("for (const x of xs) { | }", "x*"),
        ("for (const x of xs) { } |", ""),
        ("try { } catch (error) { | }", "error*"),
        ("if (a) { const b = 1; } |", ""),
        ("class Box { fill(x) { | } }", "Box x*"),
        ("const o = { run(x) { | } }", "o x*"),
        ("const a = 1\nconst b = 2\n|", "a b"),
        ("posts.map((p) => `${|}`)", "p*"),
        ("switch (a) { case 1: | }", ""),
    ];
    for (fixture, expected) in cases {
        assert_eq!(names(fixture), expected, "{fixture}");
    }
}

#[test]
fn a_statement_begins_where_the_last_one_ended() {
    let cases = [
        ("|", true),
        ("ex|", true),
        ("const a = 1;\n|", true),
        ("const a = 1\nex|", true),
        ("const a = |", false),
        ("const |", false),
        ("const a =\n|", false),
        ("const a = { b: 1 }\n|", true),
        ("const a = { b: 1 } |", false),
        ("function f() { | }", true),
        ("function f() { } |", true),
        ("f(|)", false),
        ("const a = x\n  .map(|)", false),
        ("import a from 'b'\n|", true),
        ("export |", false),
        ("export const a = 1;\n// why\n|", true),
        ("const f = () => {\n  return 1;\n}\n|", true),
    ];
    for (fixture, expected) in cases {
        assert_eq!(cursor(fixture).starts_statement, expected, "{fixture}");
    }
}

#[test]
fn calls_and_clauses_are_known_around_the_offset() {
    let around = |fixture: &str| {
        let shown = cursor(fixture).around.into_iter().map(|enclosing| match enclosing.kind {
            EnclosingKind::Call { callee, is_new, .. } => {
                format!("{}{}({}", if is_new { "new " } else { "" }, callee.join("."), enclosing.index)
            }
            EnclosingKind::Object { key, .. } => format!("{{{}", key.map_or(String::new(), |(key, _)| key)),
            EnclosingKind::Pattern { of, keys } => {
                format!("pattern of {} with {}", of.join("."), keys.join(" "))
            }
            EnclosingKind::Clause { import, specifier, keys } => {
                format!(
                    "{} {} with {}",
                    if import { "import" } else { "export" },
                    specifier.unwrap_or_default(),
                    keys.join(" ")
                )
            }
            other => format!("{other:?}").to_lowercase(),
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let cases = [
        ("redirect('|')", "redirect(0"),
        ("redirect('/a', |)", "redirect(1"),
        ("server.redirect(|", "server.redirect(0"),
        ("new URL('/a', |)", "new URL(1"),
        ("await fetch('/a', { next: { tags: ['|'] } })", "fetch(1, {next, {tags, array"),
        ("const { | } = params;", "pattern of params with "),
        ("const { a, |, b } = request.params;", "pattern of request.params with a b"),
        ("import { | } from 'velox/server';", "import velox/server with "),
        ("import { a, | } from 'velox/server'", "import velox/server with a"),
        ("import d, { | } from './x'", "import ./x with "),
        ("import type { | } from './x'", "import ./x with "),
        ("export { | } from './x'", "export ./x with "),
        ("import('|')", "import(0"),
        ("if (|)", "group"),
        ("function f(|)", "group"),
        ("xs[|]", "index"),
        ("const x = [1, |]", "array"),
        ("f(a, [1, 2], |)", "f(2"),
        ("f(a => { | })", "f(0, block"),
        ("export const GET = defineHandler(async ({ | }) => {})", "defineHandler(0, group, {"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(around(fixture), expected, "{fixture}");
    }
}

#[test]
fn elements_in_code_are_looked_past() {
    let text = "xs.map((x) => <p title=\"a\">it's {x}</p>).";
    let element = velox_diagnostics::Span::new(14, text.len() as u32 - 2);
    let found = cursor_at(text, &[element], text.len() as u32);
    assert_eq!(found.place, Place::Code);
    assert_eq!(found.receiver, Receiver::Other(text.len() as u32 - 1));
}

#[test]
fn no_offset_of_any_code_is_too_much() {
    for text in [include_str!("samples.ts"), "`${`${`", "({[`", "const {", "a.b.", "=> => {", "\u{feff}😀"]
    {
        let stride = (text.len() / 150).max(1);
        for (offset, _) in text.char_indices().step_by(stride) {
            let found = cursor_at(text, &[], offset as u32);
            assert!(text.get(found.word.range()).is_some());
            let _ = cursor_at(&text[..offset], &[], offset as u32);
        }
    }
}
