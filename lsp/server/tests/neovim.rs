//! Neovim as a real client: diagnostics, completion, hover, rename, formatting, semantic tokens.
//!
//! Neovim 0.11 or newer is taken from `VELOX_NVIM`, else from PATH; where CI is set it has to be there.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests start processes")]

mod support;

use serde_json::Value;
use std::process::Command;
use support::Site;

const PAGE: &str = "---\nconst title = await Promise.resolve('Tea');\n---\n<h1>{missing}</h1>\n<p   class='a' >{title}</p>\n";

/// The editor, and its version.
fn neovim() -> Option<String> {
    let program = std::env::var("VELOX_NVIM").unwrap_or_else(|_| "nvim".to_owned());
    let output = Command::new(&program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.lines().next()?.strip_prefix("NVIM v0.")?.to_owned();
    let minor: u32 = version.split('.').next()?.parse().ok()?;
    (minor >= 11).then_some(program)
}

#[test]
fn neovim_gets_all_that_it_asks_for() {
    let Some(program) = neovim() else {
        assert!(std::env::var_os("CI").is_none(), "Neovim 0.11 is missing: set VELOX_NVIM");
        eprintln!("not run: there is no Neovim 0.11 on PATH, nor in VELOX_NVIM");
        return;
    };
    let site = Site::new(&[("routes/index.velox", PAGE)]);
    let output = site.root().join("answers.json");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/neovim/client.lua");
    let run = Command::new(program)
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-l", script, env!("CARGO_BIN_EXE_velox-lsp")])
        .args([site.root().as_os_str(), output.as_os_str()])
        .env("XDG_STATE_HOME", site.root().join("state"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    let answers = std::fs::read_to_string(&output).unwrap_or_else(|_| panic!("no answers: {told}"));
    let answers: Value = serde_json::from_str(&answers).unwrap();
    assert_eq!(answers.get("failure"), None, "{told}\n{answers:#}");

    assert_eq!(answers["encoding"], "utf-8");
    assert_eq!(answers["diagnostics"][0]["code"], "VX0408");
    assert_eq!(
        (&answers["diagnostics"][0]["line"], &answers["diagnostics"][0]["column"]),
        (&3.into(), &5.into())
    );
    let strings = |key: &str| -> Vec<String> {
        let all = answers[key].as_array().cloned().unwrap_or_default();
        all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    assert!(strings("completion").contains(&"title".to_owned()), "{:?}", strings("completion"));
    assert!(answers["hover"].as_str().is_some_and(|words| words.contains("h1")), "{}", answers["hover"]);
    let renamed = strings("renamed").join("\n");
    assert!(renamed.contains("const heading = await") && renamed.contains(">{heading}</p>"), "{renamed}");
    let formatted = strings("formatted").join("\n");
    assert!(formatted.contains("<p class=\"a\">{heading}</p>"), "{formatted}");
    assert!(strings("tokens").iter().any(|token| token.starts_with("heading ")), "{:?}", strings("tokens"));
    assert!(!strings("hints").is_empty());
    assert_eq!(answers["lenses"], 2);
}
