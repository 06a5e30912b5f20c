//! `workspace/executeCommand`: views that need no place in a text.

use crate::capabilities::commands;
use crate::snapshot::{Snapshot, State};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Url};
use velox_ide::views::{self, View};

/// Carries out a command.
pub(crate) fn execute(snapshot: &Snapshot, params: &ExecuteCommandParams) -> Result<Option<Value>> {
    let argument = params.arguments.first().cloned().unwrap_or(Value::Null);
    let uri = || {
        let uri = argument.get("uri").and_then(Value::as_str).or(argument.as_str());
        uri.and_then(|uri| Url::parse(uri).ok())
    };
    match params.command.as_str() {
        commands::EMITTED => {
            let uri = uri().ok_or_else(|| Error::invalid_params("the address of a document is missing"))?;
            let view = match argument.get("view").and_then(Value::as_str) {
                None | Some("server") => View::Server,
                Some("client") => View::Client,
                Some("styles") => View::Styles,
                Some(other) => return Err(Error::invalid_params(format!("there is no view {other}"))),
            };
            let asked = snapshot.asked(&uri)?;
            // Code is asked for live, beside what is being typed: a text with an error is no failure of the command.
            Ok(Some(match views::emitted(asked.document, view) {
                Ok(code) => json!({ "code": code }),
                Err(reason) => json!({ "error": reason }),
            }))
        }
        commands::ROUTES => {
            let own = uri().and_then(|uri| Some(snapshot.asked(&uri).ok()?.open.project));
            let projects = snapshot.view.projects.iter().enumerate();
            let projects =
                projects.filter(|(at, project)| !project.loose && own.is_none_or(|own| own == *at));
            let mut out = Vec::new();
            for (_, project) in projects {
                for route in views::routes(&snapshot.db, project.project) {
                    out.push(json!({
                        "pattern": route.pattern,
                        "file": route.path,
                        "uri": snapshot.uri(project, &route.path),
                        "mode": route.mode.map(|mode| mode.name()),
                        "cause": route.cause,
                        "project": project.root,
                    }));
                }
            }
            Ok(Some(Value::Array(out)))
        }
        commands::STATUS => {
            let project = |project: &crate::snapshot::ProjectView| {
                json!({
                    "root": project.root,
                    "state": match project.state {
                        State::Listing => "listing",
                        State::Listed => "reading",
                        State::Ready => "ready",
                    },
                    "files": project.project.files(&snapshot.db).sources.len(),
                })
            };
            let projects = snapshot.view.projects.iter().filter(|project| !project.loose).map(project);
            Ok(Some(json!({
                "version": env!("CARGO_PKG_VERSION"),
                "process": std::process::id(),
                "encoding": snapshot.view.encoding.kind().as_str(),
                "open": snapshot.view.open.len(),
                "projects": projects.collect::<Vec<_>>(),
            })))
        }
        other => Err(Error::invalid_params(format!("there is no command {other}"))),
    }
}
