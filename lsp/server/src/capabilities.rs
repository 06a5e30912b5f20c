//! What client and server can do, as they tell each other at the start.

use crate::positions::Encoding;
use tower_lsp::lsp_types::*;
use velox_ide::tokens::{Modifiers, TokenKind};

/// Commands that the server carries out; an editor calls them by these names.
pub(crate) mod commands {
    /// The emitted code of a document: `{ uri, view: "server" | "client" | "styles" }`.
    pub(crate) const EMITTED: &str = "velox.emittedCode";
    /// The routes of the project of a document, or of all projects.
    pub(crate) const ROUTES: &str = "velox.routes";
    /// What the server knows: projects, their states, versions.
    pub(crate) const STATUS: &str = "velox.status";
    /// Reads everything again from the disk.
    pub(crate) const RELOAD: &str = "velox.reload";
    /// All of them.
    pub(crate) const ALL: [&str; 4] = [EMITTED, ROUTES, STATUS, RELOAD];
}

/// What of the client's abilities matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClientCan {
    /// It asks for diagnostics by itself.
    pub(crate) pull: bool,
    /// It can be asked to watch files.
    pub(crate) watch: bool,
    /// It can be asked for settings.
    pub(crate) configuration: bool,
    /// It shows progress.
    pub(crate) progress: bool,
    /// It fills in snippets.
    pub(crate) snippets: bool,
    /// It understands edits that make and rename files.
    pub(crate) file_edits: bool,
    /// It folds whole lines only.
    pub(crate) line_folds: bool,
    /// It shows outlines as trees.
    pub(crate) symbol_trees: bool,
    /// It shows where the asked word is, with a definition.
    pub(crate) location_links: bool,
    /// It keeps actions without their edits, and asks for those of the one that is chosen.
    pub(crate) lazy_actions: bool,
    /// It shows other places that explain a diagnostic.
    pub(crate) related: bool,
    /// Which answers it can be told to ask for again.
    pub(crate) refresh: crate::outgoing::Refreshed,
}

impl ClientCan {
    /// Reads what a client says of itself; whatever it leaves out it cannot do.
    pub(crate) fn new(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let edits = workspace.and_then(|all| all.workspace_edit.as_ref());
        let operations = edits.and_then(|edit| edit.resource_operations.as_deref()).unwrap_or_default();
        let can = |kind: ResourceOperationKind| operations.contains(&kind);
        Self {
            pull: text.is_some_and(|all| all.diagnostic.is_some()),
            watch: workspace
                .and_then(|all| all.did_change_watched_files)
                .is_some_and(|watch| watch.dynamic_registration == Some(true)),
            configuration: workspace.is_some_and(|all| all.configuration == Some(true)),
            progress: client.window.as_ref().is_some_and(|window| window.work_done_progress == Some(true)),
            snippets: text
                .and_then(|all| all.completion.as_ref()?.completion_item.as_ref()?.snippet_support)
                .unwrap_or(false),
            file_edits: edits.is_some_and(|edit| edit.document_changes == Some(true))
                && can(ResourceOperationKind::Create)
                && can(ResourceOperationKind::Rename),
            line_folds: text.and_then(|all| all.folding_range.as_ref()?.line_folding_only).unwrap_or(false),
            symbol_trees: text
                .and_then(|all| all.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            location_links: text.and_then(|all| all.definition?.link_support).unwrap_or(false),
            lazy_actions: text
                .and_then(|all| all.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|property| property == "edit")),
            related: text
                .and_then(|all| all.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            refresh: crate::outgoing::Refreshed {
                diagnostics: workspace
                    .and_then(|all| all.diagnostic.as_ref()?.refresh_support)
                    .unwrap_or(false),
                tokens: workspace
                    .and_then(|all| all.semantic_tokens.as_ref()?.refresh_support)
                    .unwrap_or(false),
                hints: workspace.and_then(|all| all.inlay_hint.as_ref()?.refresh_support).unwrap_or(false),
                lenses: workspace.and_then(|all| all.code_lens.as_ref()?.refresh_support).unwrap_or(false),
            },
        }
    }
}

/// The files whose comings and goings matter.
fn watched_names() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, kind: FileOperationPatternKind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            filter("**/*", FileOperationPatternKind::File),
            filter("**/*", FileOperationPatternKind::Folder),
        ],
    }
}

/// What the server can do.
pub(crate) fn server(encoding: Encoding) -> ServerCapabilities {
    let letters = [
        "<", ">", "/", " ", "\"", "'", "`", ".", ":", "{", "-", "$", "@", "#", "*", "!", "+", "^", "]", "}",
        ")", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    ];
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            will_save: None,
            will_save_wait_until: None,
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        })),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(letters.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
            retrigger_characters: Some(vec![")".to_owned()]),
            ..SignatureHelpOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR_EXTRACT,
                CodeActionKind::REFACTOR_REWRITE,
                CodeActionKind::SOURCE,
                CodeActionKind::SOURCE_FIX_ALL,
                CodeActionKind::SOURCE_ORGANIZE_IMPORTS,
            ]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        })),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: "\n".to_owned(),
            more_trigger_character: Some([">", "/", "}", "-", "="].map(str::to_owned).to_vec()),
        }),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        color_provider: Some(ColorProviderCapability::Simple(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: TokenKind::LEGEND.map(SemanticTokenType::new).to_vec(),
                    token_modifiers: Modifiers::LEGEND.map(SemanticTokenModifier::new).to_vec(),
                },
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            },
        )),
        diagnostic_provider: Some(DiagnosticServerCapabilities::Options(DiagnosticOptions {
            identifier: Some("velox".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.map(str::to_owned).to_vec(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                did_create: Some(watched_names()),
                did_rename: Some(watched_names()),
                did_delete: Some(watched_names()),
                will_rename: Some(watched_names()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}
