//! `veloxc preview`: hands over to Node.js, which runs the server of the last build.

use crate::Exit;
use crate::args::PreviewArgs;
use crate::failure::Failure;
use crate::project::{locate, shown};
use std::io::{Error, ErrorKind};
use std::path::Path;
use std::process::Command;

/// # Errors
/// There is no project, no build or no Node.js.
pub(crate) fn run(args: &PreviewArgs, root: Option<&Path>) -> Result<Exit, Failure> {
    let project = locate(root, args.path.as_slice())?.root;
    let server = project.join(".velox/output/server.js");
    if !server.is_file() {
        let failure = Failure::new(format!("there is no build: {} does not exist", shown(&server)));
        return Err(failure.help("run `veloxc build` first"));
    }
    hand_over_to_node(|command| {
        command.arg("--enable-source-maps").arg(&server).current_dir(&project);
        if std::env::var_os("NODE_ENV").is_none() {
            command.env("NODE_ENV", "production");
        }
        if let Some(port) = args.port {
            command.env("PORT", port.to_string());
        }
        if let Some(host) = &args.host {
            command.env("HOST", host);
        }
    })
}

/// Runs Node in place of this process.
///
/// # Errors
/// There is no Node.js, or it cannot be run.
pub(super) fn hand_over_to_node(prepare: impl FnOnce(&mut Command)) -> Result<Exit, Failure> {
    let node = std::env::var_os("VELOX_NODE").unwrap_or_else(|| "node".into());
    let mut command = Command::new(&node);
    prepare(&mut command);
    hand_over(command).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::new(format!("`{}` was not found", node.display()))
            .help("install Node.js 20 or newer, or name it in VELOX_NODE"),
        _ => Failure::new(format!("`{}` cannot be run: {error}", node.display())),
    })
}

/// Node takes this process's place: signals, terminal and exit code are its own, with nothing in between.
#[cfg(unix)]
fn hand_over(mut command: Command) -> Result<Exit, Error> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

/// Node runs beside this process; the console sends its signals to both.
#[cfg(not(unix))]
fn hand_over(mut command: Command) -> Result<Exit, Error> {
    let status = command.status()?;
    Ok(status.code().map_or(Exit::Internal, |code| Exit::Other(u8::try_from(code).unwrap_or(1))))
}
