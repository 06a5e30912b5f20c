//! Completion of components with their imports, of props, directives, slots, and of what values refer to.

#![expect(clippy::disallowed_methods, reason = "fixtures are read from the disk")]

mod support;

use support::World;
use velox_ide::Change;
use velox_ide::completion::{Item, Items, complete, resolve};

const PROJECT: &str = "\
//- /components/Card.velox
---
const { title, tone = 'light' } = props as { title: string; tone?: 'light' | 'dark' };
---
<article><slot /><slot name=\"foot\" /></article>
//- /components/Counter.tsx
interface Props {
  /** Where it begins. */
  start: number;
  label?: string;
  open?: boolean;
}
export default function Counter({ start, label }: Props) { return <b>{label}{start}</b>; }
//- /components/ui/buttons.tsx
export const IconButton = (props: { icon: string }) => <b>{props.icon}</b>;
export const SIZE = 1;
export const helper = () => 1;
//- /layouts/default.velox
<html><head><title>x</title></head><body><slot /><slot name=\"side\" /></body></html>
//- /public/img/tea.png
x
//- /public/tea.svg
x
//- /routes/about.velox
<p>a</p>
//- /routes/blog/[slug].velox
<p>{params.slug}</p>
";

fn world(page: &str) -> World {
    let page =
        if page.starts_with("//- ") { page.to_owned() } else { format!("//- /routes/index.velox\n{page}") };
    World::new(&format!("{PROJECT}{page}"))
}

fn ask(world: &World) -> Items {
    complete(world.document(), world.offset(), None).unwrap_or_default()
}

fn labels(page: &str) -> Vec<String> {
    let mut items = ask(&world(page)).items;
    items.sort_by_key(|item| item.sort.clone().unwrap_or_else(|| item.label.clone()));
    items.into_iter().map(|item| item.label).collect()
}

#[track_caller]
fn find(world: &World, label: &str) -> (Items, Item) {
    let items = ask(world);
    let item = items.items.iter().find(|item| item.label == label).cloned();
    let item = item.unwrap_or_else(|| panic!("`{label}` is not offered: {:?}", items.items));
    (items, item)
}

/// The file after an item is taken, with the edits that come along.
#[track_caller]
fn taken(page: &str, label: &str) -> String {
    let world = world(page);
    let (items, item) = find(&world, label);
    let document = world.document();
    let mut edits = item.also.clone();
    if let Some(details) = item.id.as_deref().and_then(|id| resolve(document, id)) {
        // The import alone leaves a file that parses.
        let import = Change::of(document.path(), details.also.clone());
        velox_ide::gate::admit(world.db(), world.project(), &import).expect("an import that is admitted");
        edits.extend(details.also);
    }
    edits.push(velox_ide::TextEdit::new(item.span.unwrap_or(items.span), item.text));
    let change = Change::of(document.path(), edits);
    velox_ide::change::applied(document.text(), &change.edits[document.path()]).expect("edits that fit")
}

#[test]
fn a_component_brings_its_import_along() {
    let table = [
        ("<Ca$0", "Card", "---\nimport Card from '$components/Card.velox';\n---\n<Card $0/>"),
        (
            "---\nconst a = 1;\n---\n<p>{a}</p>\n<Co$0",
            "Counter",
            "---\nimport Counter from '$components/Counter';\nconst a = 1;\n---\n<p>{a}</p>\n<Counter $0/>",
        ),
        (
            "---\nimport Card from \"../components/Card\"\n---\n<Card title=\"a\" />\n<Ico$0",
            "IconButton",
            "---\nimport Card from \"../components/Card\"\nimport { IconButton } from \"../components/ui/buttons\"\n---\n<Card title=\"a\" />\n<IconButton $0/>",
        ),
        (
            "---\r\nimport Card from '$components/Card.velox';\r\n---\r\n<Sus$0",
            "Suspense",
            "---\r\nimport Card from '$components/Card.velox';\r\nimport { Suspense } from 'velox';\r\n---\r\n<Suspense fallback={$1}>$0</Suspense>",
        ),
        (
            "---\nimport { Head } from 'velox';\n---\n<Sus$0",
            "Suspense",
            "---\nimport { Head, Suspense } from 'velox';\n---\n<Suspense fallback={$1}>$0</Suspense>",
        ),
        (
            "---\nimport Card from '$components/Card.velox';\n---\n😀<Ca$0",
            "Card",
            "---\nimport Card from '$components/Card.velox';\n---\n😀<Card title=\"$1\">$0</Card>",
        ),
        (
            "---\nimport Counter from '$components/Counter';\n---\n<Cou$0 client:load />",
            "Counter",
            "---\nimport Counter from '$components/Counter';\n---\n<Counter client:load />",
        ),
        (
            "//- /components/Panel.tsx\nimport { signal } from 'velox/client';\n\nexport default function Panel() {\n  return <div><Cou$0</div>;\n}\n",
            "Counter",
            "import { signal } from 'velox/client';\nimport Counter from './Counter';\n\nexport default function Panel() {\n  return <div><Counter $0/></div>;\n}\n",
        ),
        (
            "<!-- about -->\n<Car$0",
            "Card",
            "---\nimport Card from '$components/Card.velox';\n---\n<!-- about -->\n<Card $0/>",
        ),
        (
            "\u{feff}<Car$0",
            "Card",
            "\u{feff}---\nimport Card from '$components/Card.velox';\n---\n<Card $0/>",
        ),
    ];
    for (page, label, expected) in table {
        assert_eq!(taken(page, label), expected, "{page}");
    }
}

#[test]
fn only_components_are_offered_and_each_once() {
    let labels = labels("---\nimport Tile from '$components/Card.velox';\n---\n<$0");
    let count = |name: &str| labels.iter().filter(|label| *label == name).count();
    assert_eq!((count("Tile"), count("Card"), count("Counter"), count("IconButton")), (1, 0, 1, 1));
    assert_eq!((count("SIZE"), count("helper"), count("Helper"), count("About")), (0, 0, 0, 0));
}

#[test]
fn props_and_directives_follow_a_component() {
    let head =
        "---\nimport Counter from '$components/Counter';\nimport Card from '$components/Card.velox';\n---\n";
    let counter = labels(&format!("{head}<Counter $0 />"));
    let expected =
        "start, label, open, client:load, client:idle, client:visible, client:media, client:only, key";
    assert_eq!(counter.join(", "), expected);
    assert_eq!(
        labels(&format!("{head}<Counter client:load start={{1}} $0 />")).join(", "),
        "label, open, key"
    );
    assert_eq!(labels(&format!("{head}<Card $0 />")).join(", "), "title, tone, key");
    assert_eq!(labels(&format!("{head}<Card tone=\"$0\" />")).join(", "), "light, dark");
    assert_eq!(labels(&format!("{head}<Counter client:media=\"$0\" />"))[0], "(max-width: 640px)");
    assert_eq!(labels(&format!("{head}<Counter $0"))[..2].join(", "), "start, label");
    assert_eq!(labels(&format!("{head}<p>a</p>\n<Counter st$0\n<p>b</p>"))[0], "start");
    let world = world(&format!("{head}<Counter $0 />"));
    let (_, start) = find(&world, "start");
    assert_eq!(start.text, "start={$1}");
    assert_eq!(start.detail.as_deref(), Some("start: number"));
    assert_eq!(start.documentation.as_deref(), Some("Where it begins."));
    assert_eq!(find(&world, "label").1.text, "label=\"$1\"");
    assert_eq!(find(&world, "open").1.text, "open");
    assert_eq!(find(&world, "client:media").1.text, "client:media=\"$1\"");
}

#[test]
fn slots_are_those_of_the_component_or_the_layout() {
    let head = "---\nimport Card from '$components/Card.velox';\n---\n";
    assert_eq!(
        labels(&format!("{head}<Card><velox:slot name=\"$0\"></velox:slot></Card>")).join(", "),
        "foot"
    );
    assert_eq!(labels("<velox:slot name=\"$0\"></velox:slot>").join(", "), "side");
    assert_eq!(labels("<velox:slot $0></velox:slot>").join(", "), "name");
}

#[test]
fn values_refer_to_what_is_there() {
    let table = [
        ("<style>.card, .note > b { x: .5em }</style><p class=\"$0\"></p>", "card, note"),
        ("<style>.card {}</style><p class=\"big\"></p><p class=\"card $0\"></p>", "big"),
        ("<label for=\"$0\"></label><input id=\"mail\">", "mail"),
        ("<p id=\"a\"></p><p id=\"b\"></p><p aria-labelledby=\"a $0\"></p>", "a, b"),
        ("<h2 id=\"top\"></h2><a href=\"#$0\"></a>", "#top"),
        ("<label for=\"mail\"></label><input id=\"$0\">", "mail"),
        ("<img src=\"$0\">", "/img/tea.png, /tea.svg"),
        ("<form action=\"$0\"></form>", "/, /about, /blog/:slug"),
    ];
    for (page, expected) in table {
        assert_eq!(labels(page).join(", "), expected, "{page}");
    }
    assert_eq!(labels("<a href=\"/a$0\"></a>")[1], "/about");
    assert!(labels("<p title=\"$0\"></p>").is_empty());
}

#[test]
fn a_comment_that_silences_lists_what_is_reported_below_it_first() {
    assert_eq!(labels("<!-- $0 -->\n<Nowhere />"), ["velox-ignore"]);
    let codes = labels("<!-- velox-ignore $0 -->\n<a href=\"/nowhere\">a</a>");
    let here = world("<!-- velox-ignore $0 -->\n<a href=\"/nowhere\">a</a>");
    let reported: Vec<String> = here
        .diagnostics()
        .iter()
        .filter(|found| found.code.is_adjustable())
        .map(|found| found.code.to_string())
        .collect();
    assert!(reported.contains(&codes[0]), "{reported:?} {}", codes[0]);
    assert!(labels("<!-- velox-ignore VX0401: because $0 -->").is_empty());
    assert!(labels("<!-- a word $0 -->").is_empty());
}

#[test]
fn nothing_panics_at_any_offset() {
    let mut files = Vec::new();
    for folder in ["tests/cases", "tests/corpus", "examples"] {
        let folder = velox_tests::repository().join(folder);
        let names = velox_tests::files_under(&folder, ".velox");
        let installed = |name: &String| !name.contains("node_modules");
        files.extend(names.into_iter().filter(installed).map(|name| folder.join(name)));
    }
    let mut asked = 0;
    for (nth, path) in files.iter().enumerate() {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        if text.contains("$0") {
            continue;
        }
        let world = World::new(&text);
        let paths: Vec<String> = world.files().into_keys().filter(|path| path.ends_with(".velox")).collect();
        for path in paths {
            let document = world.other(&path);
            let text = document.text();
            let stride = support::everywhere::stride(text.len() / 40) as u32;
            let mut offset = nth as u32 % stride;
            while offset <= text.len() as u32 {
                let _ = velox_ide::hover::hover(document, offset).inspect(|hover| {
                    assert!(text.get(hover.span.range()).is_some(), "{path} {offset}");
                });
                if let Some(items) = complete(document, offset, None) {
                    for item in &items.items {
                        let span = item.span.unwrap_or(items.span);
                        assert!(
                            text.get(span.range()).is_some() && span.touches(offset),
                            "{path} {offset} {item:?}"
                        );
                    }
                    asked += 1;
                }
                offset += stride;
            }
        }
    }
    assert!(asked > 1_000, "{asked} answers");
}
