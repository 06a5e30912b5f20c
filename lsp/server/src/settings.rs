//! What a user may set, under `velox` in the editor's settings. Nothing has to be set.
//!
//! Sent by the client as `initializationOptions`, and later by `workspace/configuration`. What does not fit is passed over: a
//! setting of another version must not keep the server from working.
//!
//! What VS Code shows of them is made of these types (`settings/schema.rs`): a comment here is the description there.

#[cfg(test)]
mod schema;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// What is checked.
    pub diagnostics: DiagnosticsSettings,
    /// Words shown in the text.
    pub inlay_hints: InlayHintSettings,
    /// Lines shown above the code.
    pub code_lens: CodeLensSettings,
    /// Completion.
    pub completion: CompletionSettings,
    /// Formatting.
    pub format: FormatSettings,
}

/// Which files have their diagnostics shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// Those that are open.
    #[default]
    OpenFiles,
    /// All of the project.
    Workspace,
}

/// What is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct DiagnosticsSettings {
    /// Which files have their diagnostics shown.
    pub scope: Scope,
}

/// Words shown in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct InlayHintSettings {
    /// Whether mode, cause and URL of a route are shown.
    pub route: bool,
}

impl Default for InlayHintSettings {
    fn default() -> Self {
        Self { route: true }
    }
}

/// Lines shown above the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct CodeLensSettings {
    /// Whether the route and its mode are shown.
    pub route: bool,
    /// Whether the number of links to the route is shown.
    pub links: bool,
}

impl Default for CodeLensSettings {
    fn default() -> Self {
        Self { route: true, links: true }
    }
}

/// Completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct CompletionSettings {
    /// Whether Emmet abbreviations are offered.
    pub emmet: bool,
    /// Whether names that need an import are offered.
    pub auto_import: bool,
}

impl Default for CompletionSettings {
    fn default() -> Self {
        Self { emmet: true, auto_import: true }
    }
}

/// Formatting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase")]
pub struct FormatSettings {
    /// Whether files are formatted.
    pub enable: bool,
}

impl Default for FormatSettings {
    fn default() -> Self {
        Self { enable: true }
    }
}

impl Settings {
    /// Reads settings; each part that does not fit is at its default.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        // A client may send all of its settings, or those of `velox` alone.
        let value = value.get("velox").unwrap_or(value);
        fn part<T: Default + serde::de::DeserializeOwned>(value: &Value, key: &str) -> T {
            value.get(key).and_then(|part| T::deserialize(part).ok()).unwrap_or_default()
        }
        Self {
            diagnostics: part(value, "diagnostics"),
            inlay_hints: part(value, "inlayHints"),
            code_lens: part(value, "codeLens"),
            completion: part(value, "completion"),
            format: part(value, "format"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_is_passed_over() {
        let settings = Settings::read(&json!({
            "diagnostics": { "scope": "workspace" },
            "codeLens": { "links": "many" },
            "completion": { "emmet": false },
            "of another version": 1,
        }));
        assert_eq!(settings.diagnostics.scope, Scope::Workspace);
        assert_eq!(settings.code_lens, CodeLensSettings::default());
        assert!(!settings.completion.emmet && settings.completion.auto_import);
        assert_eq!(Settings::read(&Value::Null), Settings::default());
        let nested = json!({ "velox": { "format": { "enable": false } } });
        assert!(!Settings::read(&nested).format.enable);
    }
}
