//! The parameters of the function whose call the cursor is in.

mod support;

use support::World;
use velox_ide::signature::signature;

/// The signature with the active parameter marked.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let Some(found) = signature(world.document(), world.offset()) else { return "nothing".to_owned() };
    match found.parameters.get(found.active as usize) {
        Some((place, _)) => {
            let (start, end) = (place.start as usize, place.end as usize);
            format!("{}«{}»{}", &found.label[..start], &found.label[start..end], &found.label[end..])
        }
        None => found.label,
    }
}

fn block(code: &str) -> String {
    check(&format!("//- /routes/index.velox\n---\n{code}\n---\n<p>x</p>\n"))
}

#[test]
fn functions_of_the_framework_have_a_signature() {
    let redirect = "redirect(«url: string | URL», status?: RedirectStatus | RedirectOptions, headers?: HeadersInit): Redirect";
    let second = redirect
        .replace(['«', '»'], "")
        .replace("status?: RedirectStatus | RedirectOptions", "«status?: RedirectStatus | RedirectOptions»");
    let cases = [
        ("throw redirect($0)", redirect),
        ("throw redirect('/a$0')", redirect),
        ("throw redirect($0", redirect),
        ("throw redirect('/a', $0", &second),
        ("throw redirect(load(1, 2), $0)", &second),
        ("throw redirect('/a', 302)$0", "nothing"),
        ("throw new NotFound($0)", "new NotFound(«message?: string»)"),
        ("const a = useEnv($0)", "useEnv(«name: string»): string | undefined"),
        ("const a = useEnv('A', $0)", "useEnv(name: string, «fallback: string»): string"),
        (
            "const jar = useCookies();\njar.set('a', $0);",
            "set(name: string, «value: string», options?: CookieOptions): void",
        ),
        (
            "import * as server from 'velox/server';\nserver.json($0)",
            "json(«value: unknown», init?: ResponseInit | number): Response",
        ),
        (
            "import { json as send } from 'velox/server';\nsend($0)",
            "json(«value: unknown», init?: ResponseInit | number): Response",
        ),
        ("load($0)", "nothing"),
        ("if ($0) {}", "nothing"),
        ("redirect(() => { $0 })", "nothing"),
        ("// redirect($0)", "nothing"),
        ("const redirect = 1;\nredirect($0)", "nothing"),
    ];
    for (code, expected) in cases {
        assert_eq!(block(code), expected, "{code}");
    }
}

#[test]
fn functions_of_the_project_have_one_too() {
    let cases = [
        (
            "function load(id: string, options: Map<string, number> = new Map()) {}\nload('a', $0)",
            "load(id: string, «options: Map<string, number> = new Map()»)",
        ),
        (
            "async function load(id: string): Promise<Post> { return id; }\nload($0)",
            "load(«id: string»): Promise<Post>",
        ),
        (
            "const load = async (id: string, ...rest: string[]) => id;\nload('a', 'b', 'c', $0)",
            "load(id: string, «...rest: string[]»)",
        ),
        ("const twice = x => x * 2;\ntwice($0)", "twice(«x»)"),
        ("const load = ({ id, name }: Props) => id;\nload($0)", "load(«{ id, name }: Props»)"),
        ("const load = 1;\nload($0)", "nothing"),
    ];
    for (code, expected) in cases {
        assert_eq!(block(code), expected, "{code}");
    }
    let module = "//- /lib/posts.ts\n// The newest posts.\nexport async function posts(limit: number): Promise<string[]> {\n  return [];\n}\n";
    let fixture = format!(
        "//- /routes/index.velox\n---\nimport {{ posts }} from '$lib/posts';\n---\n<p>{{posts($0)}}</p>\n{module}"
    );
    assert_eq!(check(&fixture), "posts(«limit: number»): Promise<string[]>");
    let world = World::new(&fixture);
    let found = signature(world.document(), world.offset()).expect("a signature");
    assert_eq!(found.documentation, "The newest posts.");
}

#[test]
fn places_are_right_in_templates_and_behind_emoji() {
    let fixture = "//- /routes/index.velox\r\n---\r\nconst load = (a: string, b: '😀') => a;\r\n---\r\n<p>😀 {load('😀', $0)}</p>\r\n";
    assert_eq!(check(fixture), "load(a: string, «b: '😀'»)");
}
