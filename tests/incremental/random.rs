//! After any sequence of edits the answers equal those of a fresh run: files come, go and are renamed, lines and characters come
//! and go, the configuration changes, questions are asked in between or not, and trees are dropped.

use super::world::{Look, World};
use super::{effects, pages, site};
use proptest::prelude::*;
use proptest::sample::Index;
use velox_diagnostics::Code;

/// Where files may come to be.
const PATHS: &[&str] = &[
    "components/Card.velox",
    "components/Chart.tsx",
    "components/Counter.tsx",
    "layouts/default.velox",
    "layouts/other.velox",
    "lib/auth.ts",
    "lib/db.ts",
    "lib/globals.d.ts",
    "lib/session.ts",
    "lib/teas.ts",
    "lib/teas/index.ts",
    "lib/words.ts",
    "middleware.ts",
    "package.json",
    "public/about",
    "public/logo.png",
    "public/script.js",
    "routes/[id].velox",
    "routes/_error.velox",
    "routes/_layout.velox",
    "routes/_loading.velox",
    "routes/about.velox",
    "routes/api/teas+server.ts",
    "routes/blog/[[page]].velox",
    "routes/blog/[slug].velox",
    "routes/blog/_layout.velox",
    "routes/index.velox",
    "routes/plain.tsx",
    "src/lib/db.ts",
    "src/routes/index.velox",
    "tsconfig.json",
    "velox.config.js",
    "velox.config.ts",
];

/// Configurations, for `velox.config.ts`.
const CONFIGS: &[&str] = &[
    "export default {};\n",
    "export default { check: { severity: { VX0408: 'off', VX0420: 'error', VX0511: 'warning' } } };\n",
    "export default { check: { severity: { VX0412: 'hint', VX0404: 'off', VX9999: 'off' } } };\n",
    "export default { routes: { base: '/shop', exclude: ['blog/**', 'about.velox'] } };\n",
    "export default { routes: { exclude: ['**/[[]*'] }, site: 'https://tea.example' };\n",
    "export default { app: { trailingSlash: 'always' }, server: { bodyLimit: 1 } };\n",
    "export default { routes: { base: base() } };\n",
    "export const x = 1;\n",
];

/// What `tsconfig.json` and `package.json` may hold.
const JSON: &[&str] = &[
    "{}\n",
    "{ \"compilerOptions\": { \"paths\": { \"~/*\": [\"./lib/*\"], \"$lib/*\": [\"./components/*\", \"./lib/*\"] } } }\n",
    "{ \"compilerOptions\": { \"baseUrl\": \"src\", \"paths\": { \"$lib/*\": [\"lib/*\"] } } }\n",
    "{ \"dependencies\": { \"os\": \"1.0.0\", \"fs\": \"1.0.0\", \"preact\": \"10.0.0\" } }\n",
    "{ broken",
];

/// Lines of modules and server blocks.
const CODE: &[&str] = &[
    "import { posts } from '$lib/db';\n",
    "import { visitor, name } from '$lib/auth';\n",
    "import * as auth from '$lib/auth';\n",
    "import { teas } from '~/teas';\n",
    "import { teas, nobody } from '$lib/teas';\n",
    "import type { Tea } from '$lib/teas';\n",
    "import Card from '$components/Card.velox';\n",
    "import Counter from '$components/Counter';\n",
    "import Chart from '../components/Chart';\n",
    "import '../lib/words';\n",
    "import 'server-only';\n",
    "import About from '../routes/about.velox';\n",
    "import Plain from './plain';\n",
    "import { GET } from '../api/teas+server';\n",
    "import { readFileSync as label } from 'node:fs';\n",
    "import { useCookies } from 'velox/server';\n",
    "export * from './session';\n",
    "export * from './auth';\n",
    "export { visitor as label } from './auth';\n",
    "export const posts = () => [{ title: 'a' }];\n",
    "export const teas = async () => (await fetch('https://tea.example', { next: { tags: ['teas'] } })).json();\n",
    "export const visitor = () => useCookies().get('a');\n",
    "export const name = (): string => visitor();\n",
    "export default () => <button>{label()}</button>;\n",
    "export const config = { render: 'csr' };\n",
    "export const config = { render: 'ssg' };\n",
    "export const config = { edge: true, render: 'isr', revalidate: 60 };\n",
    "export const layout = 'other';\n",
    "export const layout = false;\n",
    "export const slots = ['side'];\n",
    "export const meta = () => ({ title: name() });\n",
    "export function paths() { return [{ slug: 'a' }]; }\n",
    "export const GET = async () => { await revalidateTag('teas'); await revalidatePath('/about'); return text('x'); };\n",
    "const { slug } = params;\n",
    "const tea = params.id;\n",
    "const all = await teas();\n",
    "const more = await posts();\n",
    "visitor();\n",
    "process.env.SECRET;\n",
    "request.headers;\n",
    "await revalidateTag('tea');\n",
    "declare global { var shared: string }\n",
    "declare const shared: string;\n",
    "// velox-ignore VX0408: it is there\n",
    "// velox-ignore VX0401, VX0421: generated\n",
    "/* velox-ignore VX9999 */\n",
    "shared;\n",
];

/// Lines of templates.
const MARKUP: &[&str] = &[
    "<ul>{posts().map((post) => <li>{post.title}</li>)}</ul>\n",
    "<p class=\"a\">{slug} {name()}</p>\n",
    "<p>{params.id} {params.slug}</p>\n",
    "<p>{visitor()}{auth.name()}</p>\n",
    "<p>{await teas()}</p>\n",
    "<a href=\"/about\">About</a> <a href=\"/blog/a\">a</a>\n",
    "<a href=\"/abuot\">About</a> <a href=\"/shop/about\">b</a>\n",
    "<img src=\"/logo.png\" alt=\"\" /> <a href=\"/script.js\">c</a>\n",
    "<Card title=\"x\"><p><velox:slot name=\"side\">y</velox:slot></p></Card>\n",
    "<velox:slot name=\"side\"><b>z</b></velox:slot>\n",
    "<slot name=\"side\" />\n",
    "<slot />\n",
    "<Counter client:load />\n",
    "<Counter client:visible label={() => 1} />\n",
    "<Chart client:idle />\n",
    "<About client:load /><Plain />\n",
    "<button onClick={() => shared}>b</button>\n",
    "<p id=\"x\">{shared}</p><p id=\"x\">{request.url}</p>\n",
    "<p><div>a</div></p>\n",
    "<style>p { color: red }</style>\n",
    "<script>import { label } from '$lib/words'; label();</script>\n",
    "<!-- velox-ignore VX0420: soon -->\n",
    "{/* velox-ignore VX0408, VX0412: later */}\n",
];

/// Anything, anywhere.
const PIECES: &[&str] = &[
    "---\n",
    "{",
    "}",
    "<p>",
    "</p>",
    "'",
    "`",
    "\n",
    "/*",
    "<!--",
    "é😀",
    " client:load",
    "await x()",
    "request",
];

/// A change of the files on the disk.
#[derive(Clone, Debug)]
enum Edit {
    /// A file is written: its path, and its lines by number.
    Write(Index, Vec<Index>, Vec<Index>),
    /// A file goes.
    Remove(Index),
    /// A file gets another name, or takes the place of another.
    Rename(Index, Index),
    /// A file gets the text of another.
    Copy(Index, Index),
    /// A line comes, and the one before it goes or stays.
    Line(Index, Index, bool, Index),
    /// Characters come and go.
    Characters(Index, Index, usize, Index),
    /// The level of a code is set, or no longer.
    Level(Index, bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let lines = || prop::collection::vec(any::<Index>(), 0..5);
    prop_oneof![
        4 => (index(), lines(), lines()).prop_map(|(path, code, markup)| Edit::Write(path, code, markup)),
        2 => index().prop_map(Edit::Remove),
        2 => (index(), index()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (index(), index()).prop_map(|(from, to)| Edit::Copy(from, to)),
        8 => (index(), index(), any::<bool>(), index())
            .prop_map(|(file, at, remove, line)| Edit::Line(file, at, remove, line)),
        3 => (index(), index(), 0..12usize, index())
            .prop_map(|(file, at, remove, piece)| Edit::Characters(file, at, remove, piece)),
        1 => (index(), any::<bool>()).prop_map(|(code, on)| Edit::Level(code, on)),
    ]
}

fn look() -> impl Strategy<Value = Look> {
    prop_oneof![
        2 => Just(Look::Away),
        3 => Just(Look::All),
        2 => (0..40usize).prop_map(Look::File),
        2 => Just(Look::Ahead),
        1 => Just(Look::Emit),
    ]
}

/// The text of a new file.
fn text_for(path: &str, code: &[Index], markup: &[Index]) -> String {
    let pick =
        |from: &[&str], lines: &[Index]| -> String { lines.iter().map(|line| *line.get(from)).collect() };
    let first = |from: &[&str]| code.first().map_or("", |line| *line.get(from)).to_owned();
    if path.starts_with("velox.config") {
        first(CONFIGS)
    } else if path.ends_with(".json") {
        first(JSON)
    } else if !path.ends_with(".velox") {
        pick(CODE, code)
    } else if code.is_empty() {
        pick(MARKUP, markup)
    } else {
        format!("---\n{}---\n{}", pick(CODE, code), pick(MARKUP, markup))
    }
}

impl World {
    fn edit(&mut self, edit: &Edit) {
        let there: Vec<String> = self.texts.keys().cloned().collect();
        let nth = |at: &Index| (!there.is_empty()).then(|| at.get(&there).clone());
        match edit {
            Edit::Write(path, code, markup) => {
                let path = *path.get(PATHS);
                self.texts.insert(path.to_owned(), text_for(path, code, markup));
            }
            Edit::Remove(at) => {
                nth(at).and_then(|path| self.texts.remove(&path));
            }
            Edit::Rename(from, to) => {
                if let Some(text) = nth(from).and_then(|path| self.texts.remove(&path)) {
                    self.texts.insert((*to.get(PATHS)).to_owned(), text);
                }
            }
            Edit::Copy(from, to) => {
                if let (Some(from), Some(to)) = (nth(from), nth(to)) {
                    let text = self.texts[&from].clone();
                    self.texts.insert(to, text);
                }
            }
            Edit::Line(file, at, remove, line) => {
                let Some(path) = nth(file) else { return };
                let Some(text) = self.texts.get_mut(&path) else { return };
                let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
                let nth = at.index(ends.len() + 1);
                let to = if nth == 0 { 0 } else { ends[nth - 1] };
                let from = if *remove && nth > 1 { ends[nth - 2] } else { to };
                let lines: &[&str] = match path.rsplit('.').next() {
                    _ if path.starts_with("velox.config") => CONFIGS,
                    Some("velox") if text[to..].contains("---\n") => CODE,
                    Some("velox") => MARKUP,
                    _ => CODE,
                };
                text.replace_range(from..to, line.get::<&str>(lines));
            }
            Edit::Characters(file, at, remove, piece) => {
                let Some(text) = nth(file).and_then(|path| self.texts.get_mut(&path)) else { return };
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let from = at.index(places.len());
                let to = (from + remove).min(places.len() - 1);
                text.replace_range(places[from]..places[to], piece.get::<&str>(PIECES));
            }
            Edit::Level(code, on) => {
                let code = *code.get(&[Code::UNKNOWN_NAME, Code::BROKEN_LINK, Code::SERVER_ONLY_IN_BROWSER]);
                self.set_level(code, *on);
            }
        }
    }
}

/// Fails where the answers after these edits differ from those of a fresh run.
fn compare(fixture: &str, edits: &[(Edit, Look)]) -> Result<(), TestCaseError> {
    let mut world = World::new(fixture);
    world.look(Look::All);
    world.tell();
    for (edit, look) in edits {
        world.edit(edit);
        if !matches!(look, Look::Away) {
            world.take_over();
        }
        world.look(*look);
        if matches!(look, Look::All | Look::Ahead) {
            world.tell();
        }
    }
    world.take_over();
    let mut fresh = world.fresh();
    // Whoever was told of all that changed, and of nothing else, knows what a fresh run says, line by line.
    world.tell();
    fresh.tell();
    prop_assert_eq!(&world.heard, &fresh.heard);
    let answers = world.answers();
    prop_assert_eq!(&answers, &fresh.answers());
    // A run over many files drops trees that it has read: that changes no answer either.
    fresh = world.fresh();
    fresh.look(Look::Ahead);
    prop_assert_eq!(&answers, &fresh.answers());
    Ok(())
}

/// How often each is tried: `PROPTEST_CASES` says it, if it is set.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 48 };
    ProptestConfig { cases, ..default }
}

fn edits() -> impl Strategy<Value = Vec<(Edit, Look)>> {
    prop::collection::vec((edit(), look()), 1..16)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pages_equal_those_of_a_fresh_run(edits in edits()) {
        compare(pages::PROJECT, &edits)?;
    }

    #[test]
    fn a_site_equals_that_of_a_fresh_run(edits in edits()) {
        compare(site::SITE, &edits)?;
    }

    #[test]
    fn effects_equal_those_of_a_fresh_run(edits in edits()) {
        compare(effects::EFFECTS, &edits)?;
    }
}

/// More files than the database keeps trees of, at the capacities that it has by itself.
#[test]
fn more_files_than_trees_are_kept_equal_those_of_a_fresh_run() {
    let mut world = World::new(site::SITE);
    for at in 0..600 {
        let text =
            format!("---\nconst x = {at};\n---\n<a href=\"/page{}\">{{x}}</a>\n<p>{{y}}</p>\n", at + 1);
        world.texts.insert(format!("routes/page{at}.velox"), text);
    }
    world.take_over();
    world.look(Look::All);
    world.evict();
    for at in [3, 300, 599] {
        let path = format!("routes/page{at}.velox");
        let text = world.texts[&path].replace("{y}", "{x}").replace("const x", "\nconst x");
        world.texts.insert(path, text);
    }
    world.texts.remove("routes/page100.velox");
    world.take_over();
    world.look(Look::All);
    world.evict();
    assert_eq!(world.answers(), world.fresh().answers());
}
