//! `textDocument/completion` and `completionItem/resolve`.

use crate::convert::{edits, markdown};
use crate::snapshot::Snapshot;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Command, CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionItemTag,
    CompletionList, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation,
    InsertTextFormat, TextEdit, Url,
};
use velox_ide::completion::{self, Item, ItemKind};

/// What could stand at a position.
pub(crate) fn complete(snapshot: &Snapshot, params: &CompletionParams) -> Result<Option<CompletionResponse>> {
    let at = &params.text_document_position;
    let uri = &at.text_document.uri;
    let asked = snapshot.asked(uri)?;
    let lines = &asked.open.lines;
    let typed =
        params.context.as_ref().and_then(|context| context.trigger_character.as_deref()?.chars().next());
    let Some(found) = completion::complete(asked.document, lines.offset(at.position), typed) else {
        return Ok(None);
    };
    let snippets = snapshot.view.client.snippets;
    let settings = &snapshot.view.settings.completion;
    let item = |item: Item| {
        let text = if item.snippet && !snippets { completion::without_stops(&item.text) } else { item.text };
        let range = lines.range(item.span.unwrap_or(found.span));
        CompletionItem {
            label_details: item
                .detail
                .as_ref()
                .map(|detail| CompletionItemLabelDetails { detail: None, description: Some(detail.clone()) }),
            kind: Some(kind(item.kind)),
            detail: item.detail,
            documentation: item.documentation.map(|words| Documentation::MarkupContent(markdown(words))),
            sort_text: item.sort,
            filter_text: item.filter,
            insert_text_format: Some(if item.snippet && snippets {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text))),
            additional_text_edits: (!item.also.is_empty()).then(|| edits(lines, &item.also)),
            tags: item.deprecated.then(|| vec![CompletionItemTag::DEPRECATED]),
            commit_characters: (!item.commit.is_empty())
                .then(|| item.commit.iter().map(char::to_string).collect()),
            command: item
                .again
                .then(|| Command::new("Suggest".to_owned(), "editor.action.triggerSuggest".to_owned(), None)),
            data: item.id.map(|id| json!({ "uri": uri, "id": id })),
            label: item.label,
            ..CompletionItem::default()
        }
    };
    // A digit is typed in an abbreviation (`li*3`); wherever else, nothing is wanted because of it.
    let digit = typed.is_some_and(|typed| typed.is_ascii_digit());
    let wanted = |item: &Item| {
        (!digit || item.emmet)
            && (settings.auto_import || item.also.is_empty() && !item.imports)
            && (settings.emmet || !item.emmet)
    };
    let items: Vec<_> = found.items.into_iter().filter(wanted).map(item).collect();
    if digit && items.is_empty() {
        return Ok(None);
    }
    Ok(Some(CompletionResponse::List(CompletionList { is_incomplete: found.incomplete, items })))
}

/// More on an item.
pub(crate) fn resolve(snapshot: &Snapshot, item: &CompletionItem) -> Result<CompletionItem> {
    let mut item = item.clone();
    let text = |key: &str| item.data.as_ref()?.get(key).and_then(Value::as_str).map(str::to_owned);
    let (Some(uri), Some(id)) = (text("uri").and_then(|uri| Url::parse(&uri).ok()), text("id")) else {
        return Ok(item);
    };
    let asked = snapshot.asked(&uri)?;
    if let Some(details) = completion::resolve(asked.document, &id) {
        if let Some(words) = details.documentation {
            item.documentation = Some(Documentation::MarkupContent(markdown(words)));
        }
        if !details.also.is_empty() {
            item.additional_text_edits = Some(edits(&asked.open.lines, &details.also));
        }
    }
    Ok(item)
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Element | ItemKind::Property => CompletionItemKind::PROPERTY,
        ItemKind::Attribute => CompletionItemKind::FIELD,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::Directive => CompletionItemKind::EVENT,
        ItemKind::Component => CompletionItemKind::CLASS,
        ItemKind::Variable => CompletionItemKind::VARIABLE,
        ItemKind::Function => CompletionItemKind::FUNCTION,
        ItemKind::Param => CompletionItemKind::TYPE_PARAMETER,
        ItemKind::File => CompletionItemKind::FILE,
        ItemKind::Folder => CompletionItemKind::FOLDER,
        ItemKind::Route => CompletionItemKind::REFERENCE,
        ItemKind::Tag => CompletionItemKind::CONSTANT,
        ItemKind::Code => CompletionItemKind::UNIT,
        ItemKind::Keyword => CompletionItemKind::KEYWORD,
        ItemKind::Snippet => CompletionItemKind::SNIPPET,
        ItemKind::Slot => CompletionItemKind::INTERFACE,
    }
}
