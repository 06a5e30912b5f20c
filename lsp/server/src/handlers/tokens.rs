//! `textDocument/semanticTokens`: all of a document, of a range, and what changed since an answer before.

use crate::positions::Lines;
use crate::snapshot::Snapshot;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult,
};
use velox_ide::tokens::Token;

/// Answers that clients may still refer to; the last ones, since a client asks for what changed since its last answer.
static LAST: Mutex<Vec<(String, Vec<SemanticToken>)>> = Mutex::new(Vec::new());

/// How many answers are kept.
const KEPT: usize = 32;

/// The tokens of a document.
pub(crate) fn full(
    snapshot: &Snapshot,
    params: &SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let data = encoded(&velox_ide::tokens::tokens(asked.document, None), &asked.open.lines);
    let result_id = keep(asked.open.uri.as_str(), &data);
    Ok(Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: Some(result_id), data })))
}

/// The tokens of a range.
pub(crate) fn range(
    snapshot: &Snapshot,
    params: &SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let tokens = velox_ide::tokens::tokens(asked.document, Some(lines.span(params.range)));
    let data = encoded(&tokens, lines);
    Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data })))
}

/// What changed since an answer before.
pub(crate) fn delta(
    snapshot: &Snapshot,
    params: &SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let data = encoded(&velox_ide::tokens::tokens(asked.document, None), &asked.open.lines);
    let before = {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        last.iter().find(|(id, _)| *id == params.previous_result_id).map(|(_, data)| data.clone())
    };
    let result_id = keep(asked.open.uri.as_str(), &data);
    Ok(Some(match before {
        Some(before) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            result_id: Some(result_id),
            edits: difference(&before, &data).into_iter().collect(),
        }),
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id: Some(result_id), data }),
    }))
}

fn keep(uri: &str, data: &[SemanticToken]) -> String {
    let mut hasher = FxHasher::default();
    uri.hash(&mut hasher);
    for token in data {
        let SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset } = token;
        (delta_line, delta_start, length, token_type, token_modifiers_bitset).hash(&mut hasher);
    }
    let id = format!("{:x}", hasher.finish());
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    last.retain(|(known, _)| *known != id);
    last.push((id.clone(), data.to_vec()));
    let surplus = last.len().saturating_sub(KEPT);
    last.drain(..surplus);
    id
}

/// The one edit that makes `after` of `before`: what differs between their common beginning and end.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    // Both are counted in numbers, of which a token has five.
    (!old.is_empty() || !new.is_empty()).then(|| SemanticTokensEdit {
        start: 5 * start as u32,
        delete_count: 5 * old.len() as u32,
        data: (!new.is_empty()).then(|| new.to_vec()),
    })
}

fn encoded(tokens: &[Token], lines: &Lines) -> Vec<SemanticToken> {
    let mut out = Vec::with_capacity(tokens.len());
    let (mut line, mut column) = (0, 0);
    for token in tokens {
        let range = lines.range(token.span);
        if range.start.line != range.end.line || range.start.line < line {
            continue;
        }
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 {
            match range.start.character.checked_sub(column) {
                Some(delta) => delta,
                None => continue,
            }
        } else {
            range.start.character
        };
        (line, column) = (range.start.line, range.start.character);
        out.push(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers.0,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(start: u32) -> SemanticToken {
        SemanticToken {
            delta_line: 0,
            delta_start: start,
            length: 1,
            token_type: 0,
            token_modifiers_bitset: 0,
        }
    }

    fn tokens(starts: &[u32]) -> Vec<SemanticToken> {
        starts.iter().copied().map(token).collect()
    }

    #[test]
    fn a_difference_makes_the_new_of_the_old() {
        let cases: [(&[u32], &[u32]); 6] = [
            (&[], &[1]),
            (&[1, 2, 3], &[1, 2, 3]),
            (&[1, 2, 3], &[1, 9, 3]),
            (&[1, 1, 1], &[1, 1]),
            (&[1, 2], &[]),
            (&[5, 1, 2], &[1, 2]),
        ];
        for (before, after) in cases {
            let (mut result, after) = (tokens(before), tokens(after));
            if let Some(edit) = difference(&result.clone(), &after) {
                let (start, count) = (edit.start as usize / 5, edit.delete_count as usize / 5);
                result.splice(start..start + count, edit.data.unwrap_or_default());
            }
            assert_eq!(result, after);
        }
    }
}
