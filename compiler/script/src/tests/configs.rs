//! Values of configuration files.

use super::print;
use crate::evaluate_config;
use insta::assert_snapshot;

fn check(text: &str) -> String {
    evaluate_config(text).map_or_else(|| "none".to_owned(), |value| print::value(text, &value))
}

#[test]
fn defaults_are_looked_through() {
    assert_snapshot!(check(r"import { defineConfig } from 'velox'
export default defineConfig({ port: 3700, base: '/' + 'a' })"), @r#"{port: 3700, base: "/a"}"#);
    assert_snapshot!(check(r"const config = { a: 1 } satisfies Config
export default config as Config"), @"{a: 1}");
    assert_snapshot!(check(r"const base = { a: 1 }; const config = defineConfig({ ...base, b: env.X })
export default config"), @"{a: 1, b: ?<env.X because it reads `env.X`>}");
    assert_snapshot!(check("export default defineConfig(() => ({ a: 1 }))"), @"{a: 1}");
    assert_snapshot!(check("const a = b, b = a; export default a"), @"?<a because `a` uses itself>");
    assert_snapshot!(check("const a = 1"), @"none");
    assert_snapshot!(check("export default ("), @"none");
}
