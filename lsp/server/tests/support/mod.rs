//! A small client over stdio, for tests of the protocol: the real binary, real folders, real pipes.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "tests start processes and write files")]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use tower_lsp::lsp_types::Url;

/// How long an answer may take on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A project on the disk.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.write("velox.config.ts", "export default {};\n");
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    /// Its root.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The address of a file.
    pub(crate) fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.root().join(path)).unwrap().to_string()
    }
}

/// A client with its server.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    waiting: VecDeque<Value>,
    next: i64,
    /// What the server answered to `initialize`.
    pub(crate) capabilities: Value,
}

impl Editor {
    /// Starts a server for a site, as a client with these abilities.
    pub(crate) fn with(root: Option<&Path>, abilities: Value, options: Value) -> Self {
        let mut editor = Self::raw();
        let folders = root.map(|root| json!([{ "uri": Url::from_file_path(root).unwrap(), "name": "site" }]));
        let answer = editor.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": null,
                "workspaceFolders": folders,
                "capabilities": abilities,
                "initializationOptions": options,
            }),
        );
        editor.capabilities = answer["capabilities"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    /// Starts a server for a site, as a client that can do everything but pull diagnostics.
    pub(crate) fn open(site: &Site) -> Self {
        Self::with(Some(&site.root()), abilities(), Value::Null)
    }

    /// A server to which nothing has been said.
    pub(crate) fn raw() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_velox-lsp"))
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, waiting: VecDeque::new(), next: 1, capabilities: Value::Null }
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the pipe is open");
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "method": method, "params": params }));
    }

    /// Sends a request, and gives its id without waiting.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next;
        self.next += 1;
        let mut message = json!({ "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message);
        id
    }

    /// Waits for the answer to a request: its result, or its error.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let answer = self.wait(&format!("the answer to {id}"), |message| {
            message["id"] == json!(id) && message.get("method").is_none()
        });
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// Sends a request, and waits for its result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id).unwrap_or_else(|error| panic!("{method} failed: {error}"))
    }

    /// Waits for a message that is wanted; others stay for later. Requests of the server are answered with nothing.
    pub(crate) fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap();
        }
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let message = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("{what} did not come; there is {:#?}", self.waiting),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended before {what} came"),
            };
            if message.get("id").is_some() && message.get("method").is_some() {
                let id = message["id"].clone();
                let items = message["params"]["items"].as_array().map_or(0, Vec::len);
                let result = if items > 0 { json!(vec![Value::Null; items]) } else { Value::Null };
                self.send(json!({ "id": id, "result": result }));
            }
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// Forgets the messages that came and that nobody waited for.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
    }

    /// Opens a document.
    pub(crate) fn open_document(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "velox", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of a document.
    pub(crate) fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.edit(uri, version, json!([{ "text": text }]));
    }

    /// Edits a document.
    pub(crate) fn edit(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Waits until the diagnostics of a document, as they were last told, are as wanted. Gives them.
    pub(crate) fn diagnostics(&mut self, uri: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let message = self.wait(&format!("wanted diagnostics of {uri}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["diagnostics"].as_array().is_some_and(|found| wanted(found))
        });
        message["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
    }

    /// Waits until all projects have been read.
    pub(crate) fn ready(&mut self) {
        let until = Instant::now() + PATIENCE;
        loop {
            let status = self.request("workspace/executeCommand", json!({ "command": "velox.status" }));
            let projects = status["projects"].as_array().cloned().unwrap_or_default();
            if !projects.is_empty() && projects.iter().all(|project| project["state"] == "ready") {
                return;
            }
            assert!(Instant::now() < until, "the projects are not ready: {status}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the server as clients do, and says whether it ended by itself.
    pub(crate) fn close(mut self) -> bool {
        let id = self.ask("shutdown", Value::Null);
        let ended = self.answer(id).is_ok();
        self.send(json!({ "method": "exit" }));
        ended && self.ends()
    }

    /// The client is gone: its pipes are closed, nothing is said. Says whether the server ended.
    pub(crate) fn vanish(mut self) -> bool {
        self.input = None;
        self.ends()
    }

    fn ends(&mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The abilities of a client that can do everything but pull diagnostics.
pub(crate) fn abilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16", "utf-32"] },
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
        },
        "window": { "workDoneProgress": true },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
            "completion": { "completionItem": { "snippetSupport": true } },
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "resolveSupport": { "properties": ["edit"] }, "dataSupport": true },
        },
    })
}

/// The same, for a client that pulls diagnostics and understands UTF-16 alone.
pub(crate) fn pulling() -> Value {
    let mut all = abilities();
    all["general"] = json!({ "positionEncodings": ["utf-16"] });
    all["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    all["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    all
}

/// The codes of diagnostics, in order.
pub(crate) fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}
