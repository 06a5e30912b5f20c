//! Reads the messages of a client, and lets through what tower-lsp can read: it ends at the first message that is none.
//!
//! It also sees the end coming: after `exit` nothing more is let through, so that the server ends although the pipe stays open.

use crate::outgoing::Outgoing;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

/// The longest message that is read, in bytes. A longer one is passed over: nobody edits such a text, and its length may be a mistake.
const LONGEST: u64 = 512 * 1024 * 1024;

/// The longest line of a head, in bytes.
const LONGEST_LINE: u64 = 8 * 1024;

/// How the client ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ending(Arc<AtomicBool>);

impl Ending {
    /// Whether the client said `shutdown` before it ended, as it should (LSP 3.17, `exit`).
    pub(crate) fn was_announced(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Passes messages on from `input` to `output` until the client ends.
pub(crate) async fn pass(
    input: impl AsyncRead + Unpin,
    mut output: impl AsyncWrite + Unpin,
    ending: Ending,
    outgoing: Outgoing,
) {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    while let Some(body) = frame(&mut input, &outgoing).await {
        let (body, method) = match readable(body) {
            Ok(message) => message,
            Err(reason) => {
                outgoing.log_error(format!("a message of the client was passed over: {reason}"));
                continue;
            }
        };
        if method.as_deref() == Some("shutdown") {
            ending.0.store(true, Ordering::Relaxed);
        }
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        if output.write_all(head.as_bytes()).await.is_err() || output.write_all(&body).await.is_err() {
            return;
        }
        if method.as_deref() == Some("exit") {
            return;
        }
    }
}

/// The body of the next message; nothing at the end of the input.
async fn frame(input: &mut (impl AsyncBufReadExt + Unpin), outgoing: &Outgoing) -> Option<Vec<u8>> {
    loop {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if (&mut *input).take(LONGEST_LINE).read_until(b'\n', &mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                break;
            }
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
            if line[..colon].eq_ignore_ascii_case(b"content-length") {
                let value = std::str::from_utf8(&line[colon + 1..]).ok();
                length = value.and_then(|value| value.trim().parse::<u64>().ok());
            }
        }
        // A head that says no length: what follows is read as the next head.
        let Some(length) = length else { continue };
        if length > LONGEST {
            outgoing.log_error(format!("a message of {length} bytes was passed over"));
            tokio::io::copy(&mut (&mut *input).take(length), &mut tokio::io::sink()).await.ok()?;
            continue;
        }
        let mut body = vec![0; length as usize];
        input.read_exact(&mut body).await.ok()?;
        return Some(body);
    }
}

/// A message that tower-lsp can read, and its method.
///
/// # Errors
/// It is none; in words.
fn readable(body: Vec<u8>) -> Result<(Vec<u8>, Option<String>), String> {
    let mut message: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    let Some(fields) = message.as_object_mut() else { return Err("it is no JSON object".to_owned()) };
    if fields.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err("it is not of JSON-RPC 2.0".to_owned());
    }
    let known_id = |id: &Value| id.is_string() || id.is_i64() || id.is_null();
    if fields.get("id").is_some_and(|id| !known_id(id)) {
        return Err("its id is neither a whole number nor a string".to_owned());
    }
    match fields.get("method") {
        Some(Value::String(method)) => {
            let method = method.clone();
            // Some clients write out that a message has no parameters.
            if fields.get("params").is_some_and(Value::is_null) {
                fields.remove("params");
                let body = serde_json::to_vec(&message).map_err(|error| error.to_string())?;
                return Ok((body, Some(method)));
            }
            Ok((body, Some(method)))
        }
        Some(_) => Err("its method is no string".to_owned()),
        None if !fields.contains_key("id") => Err("it is neither a request nor an answer".to_owned()),
        None => match fields.get("error") {
            Some(error) if !error.is_null() => {
                let whole = error.get("code").is_some_and(Value::is_i64)
                    && error.get("message").is_some_and(Value::is_string);
                if whole { Ok((body, None)) } else { Err("its error has no code or message".to_owned()) }
            }
            // An answer without a result means that there is none.
            _ if fields.get("result").is_none() || fields.contains_key("error") => {
                fields.remove("error");
                fields.entry("result").or_insert(Value::Null);
                let body = serde_json::to_vec(&message).map_err(|error| error.to_string())?;
                Ok((body, None))
            }
            _ => Ok((body, None)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_let_through_and_others_are_told_by_their_mistake() {
        let check = |text: &str| {
            let read = readable(text.as_bytes().to_vec());
            read.map(|(body, _)| String::from_utf8(body).unwrap())
        };
        let request = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#;
        assert_eq!(check(request).unwrap(), request);
        assert_eq!(check(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown","params":null}"#).unwrap(), request);
        assert_eq!(
            check(r#"{"jsonrpc":"2.0","id":1}"#).unwrap(),
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#
        );
        let refused = [
            "[]",
            "{",
            "nonsense",
            r#"{"id":1,"method":"x"}"#,
            r#"{"jsonrpc":"2.0"}"#,
            r#"{"jsonrpc":"2.0","method":1}"#,
            r#"{"jsonrpc":"2.0","id":{},"method":"x"}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{}}"#,
        ];
        for text in refused {
            assert!(check(text).is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn frames_are_found_again_after_nonsense() {
        let text =
            b"nonsense\r\n\r\nContent-Length: x\r\n\r\ncontent-length:2\r\nContent-Type: x\r\n\r\n{}rest";
        let mut input = BufReader::new(&text[..]);
        let (outgoing, _words) = Outgoing::new();
        assert_eq!(frame(&mut input, &outgoing).await.unwrap(), b"{}");
        assert_eq!(frame(&mut input, &outgoing).await, None);
    }
}
