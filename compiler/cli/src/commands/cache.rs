//! `veloxc cache`: what a site has kept, and the end of it. The runtime's own program does the work in Node, with the store
//! that the server of the last build uses.

use super::preview::hand_over_to_node;
use crate::Exit;
use crate::args::{CacheAction, CacheArgs};
use crate::failure::Failure;
use crate::project::{locate, shown};
use std::path::Path;

/// # Errors
/// There is no project, no build or no Node.js.
pub(crate) fn run(args: &CacheArgs, root: Option<&Path>) -> Result<Exit, Failure> {
    let project = locate(root, &[])?.root;
    let output = project.join(".velox/output");
    if !output.join("server/app.js").is_file() {
        let failure = Failure::new(format!("there is no build: {} does not exist", shown(&output)));
        return Err(failure.help("run `veloxc build` first"));
    }
    let Some(program) = crate::build::runtime_file(&project, &output, "dist/cache/main.js") else {
        let failure = Failure::new(format!("the runtime in {} has no program for the cache", shown(&output)));
        return Err(failure.help("run `veloxc build` again"));
    };
    let mut words: Vec<String> = Vec::new();
    match &args.action {
        CacheAction::Ls { beginning, json } => {
            words.push("ls".to_owned());
            words.extend(beginning.clone());
            words.extend(json.then(|| "--json".to_owned()));
        }
        CacheAction::Rm { names, tag, page, layout, all, swr, json } => {
            words.push("rm".to_owned());
            words.extend(names.iter().cloned());
            let options = [
                (tag, "--tag"),
                (page, "--page"),
                (layout, "--layout"),
                (all, "--all"),
                (swr, "--swr"),
                (json, "--json"),
            ];
            words.extend(options.iter().filter(|(set, _)| **set).map(|(_, name)| (*name).to_owned()));
        }
        CacheAction::Stats { json } => {
            words.push("stats".to_owned());
            words.extend(json.then(|| "--json".to_owned()));
        }
    }
    hand_over_to_node(|command| {
        command.arg(&program).arg(&output).arg(&project).args(&words).current_dir(&project);
    })
}
