//! The protocol's methods: each puts one message into the owner's queue, and waits for its answer where there is one.
//!
//! Nothing is awaited before the message is in the queue, see `owner.rs`.

use crate::capabilities::{self, ClientCan};
use crate::handlers;
use crate::outgoing::{Outgoing, Word};
use crate::owner::{Cancelled, Owner};
use crate::positions::Encoding;
use crate::settings::Settings;
use crate::snapshot::Snapshot;
use crate::uris::path_of;
use crate::watch::Watch;
use serde_json::Value;
use std::sync::OnceLock;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer};

/// The server, as tower-lsp sees it.
pub(crate) struct Backend {
    client: Client,
    owner: Owner,
    outgoing: Outgoing,
    can: OnceLock<ClientCan>,
}

/// Answers a request that names a place, or whose answer is of one text: an edit makes it worthless.
macro_rules! at_place {
    ($self:ident, $params:ident, $handler:path, $uri:expr) => {
        $self.ask(Cancelled::Told, $params, $uri, $handler)
    };
}

/// Answers a request about a whole document or project: an edit makes it begin again.
macro_rules! on_whole {
    ($self:ident, $params:ident, $handler:path, $uri:expr) => {
        $self.ask(Cancelled::Again, $params, $uri, $handler)
    };
}

impl Backend {
    /// A server for one client.
    pub(crate) fn new(client: Client, owner: Owner, outgoing: Outgoing) -> Self {
        Self { client, owner, outgoing, can: OnceLock::new() }
    }

    fn ask<P, T>(
        &self,
        cancelled: Cancelled,
        params: P,
        uri: String,
        handler: fn(&Snapshot, &P) -> Result<T>,
    ) -> impl Future<Output = Result<T>> + Send + 'static
    where
        P: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.owner.read(uri, cancelled, move |snapshot| handler(snapshot, &params))
    }

    /// `velox/closingTag`: what to insert after `>` or `/` was typed, as a snippet; for editors that ask for it after each of them.
    pub(crate) async fn closing_tag(&self, params: TextDocumentPositionParams) -> Result<Option<String>> {
        let about = format!("velox/closingTag in {}", params.text_document.uri);
        at_place!(self, params, handlers::typing::closing_tag, about).await
    }

    /// `velox/styleAt`: the style sheet at a position, for editors that have CSS of their own.
    pub(crate) async fn style_at(&self, params: TextDocumentPositionParams) -> Result<Option<Value>> {
        let about = format!("velox/styleAt in {}", params.text_document.uri);
        at_place!(self, params, handlers::embedded::style_at, about).await
    }

    /// Asks the client for its settings.
    fn fetch_settings(&self) {
        let (client, owner) = (self.client.clone(), self.owner.clone());
        let item = ConfigurationItem { scope_uri: None, section: Some("velox".to_owned()) };
        tokio::spawn(async move {
            if let Ok(values) = client.configuration(vec![item]).await
                && let Some(value) = values.first().filter(|value| value.is_object())
            {
                let settings = Settings::read(value);
                owner.write(move |world| world.set_settings(settings));
            }
        });
    }

    fn files_changed(&self, uris: impl Iterator<Item = Url>) {
        let paths: Vec<_> = uris.filter_map(|uri| path_of(&uri)).collect();
        self.owner.write(move |world| world.files_changed(paths));
    }
}

fn parsed(uris: impl Iterator<Item = String>) -> impl Iterator<Item = Url> {
    uris.filter_map(|uri| Url::parse(&uri).ok())
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let offered =
            params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let encoding = Encoding::choose(offered);
        let can = ClientCan::new(&params.capabilities);
        let _ = self.can.set(can.clone());
        let settings = params.initialization_options.as_ref().map_or_else(Settings::default, Settings::read);
        let root = params.root_uri;
        let folders: Vec<Url> = match params.workspace_folders {
            Some(folders) => folders.into_iter().map(|folder| folder.uri).collect(),
            None => root.into_iter().collect(),
        };
        self.owner.write(move |world| {
            world.begin(encoding, can, settings);
            for folder in folders.iter().filter_map(path_of) {
                world.add_folder(&folder);
            }
        });
        Ok(InitializeResult {
            capabilities: capabilities::server(encoding),
            server_info: Some(ServerInfo {
                name: "velox-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let can = self.can.get().cloned().unwrap_or_default();
        if can.watch {
            let watchers = DidChangeWatchedFilesRegistrationOptions {
                watchers: vec![FileSystemWatcher {
                    glob_pattern: GlobPattern::String("**/*".to_owned()),
                    kind: None,
                }],
            };
            self.outgoing.say(Word::Register(vec![Registration {
                id: "velox.files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: serde_json::to_value(watchers).ok(),
            }]));
        } else {
            let owner = self.owner.clone();
            self.owner.write(move |world| match Watch::start(owner) {
                Ok(mut watch) => {
                    world.projects.iter().for_each(|held| watch.folders(held));
                    world.watch = Some(watch);
                }
                Err(reason) => world.outgoing.log_error(format!("files are not watched: {reason}")),
            });
        }
        if can.configuration {
            self.fetch_settings();
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.owner.write(move |world| world.open(document.uri, document.version, document.text));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.owner.write(move |world| world.change(&document.uri, document.version, params.content_changes));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.files_changed(std::iter::once(params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.owner.write(move |world| world.close(&params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.can.get().is_some_and(|can| can.configuration) {
            return self.fetch_settings();
        }
        // A client that cannot be asked sends them along.
        if params.settings.is_object() {
            let settings = Settings::read(&params.settings);
            self.owner.write(move |world| world.set_settings(settings));
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.files_changed(params.changes.into_iter().map(|change| change.uri));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.owner.write(move |world| {
            for folder in params.event.added.iter().filter_map(|folder| path_of(&folder.uri)) {
                world.add_folder(&folder);
            }
        });
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.files_changed(parsed(params.files.into_iter().map(|file| file.uri)));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.files_changed(parsed(params.files.into_iter().flat_map(|file| [file.old_uri, file.new_uri])));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.files_changed(parsed(params.files.into_iter().map(|file| file.uri)));
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let about = "renaming files".to_owned();
        on_whole!(self, params, handlers::rename::will_rename_files, about).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let about = format!("completion in {}", params.text_document_position.text_document.uri);
        at_place!(self, params, handlers::completion::complete, about).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let about = format!("completion of {}", item.label);
        on_whole!(self, item, handlers::completion::resolve, about).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let about = format!("hover in {}", params.text_document_position_params.text_document.uri);
        at_place!(self, params, handlers::hover::hover, about).await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let about = format!("signature help in {}", params.text_document_position_params.text_document.uri);
        at_place!(self, params, handlers::signature::signature, about).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let about = format!("definition in {}", params.text_document_position_params.text_document.uri);
        at_place!(self, params, handlers::definition::definition, about).await
    }

    async fn goto_declaration(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.goto_definition(params).await
    }

    async fn goto_implementation(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.goto_definition(params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let about = format!("references in {}", params.text_document_position.text_document.uri);
        at_place!(self, params, handlers::references::references, about).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let about = format!("highlight in {}", params.text_document_position_params.text_document.uri);
        at_place!(self, params, handlers::references::highlight, about).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let about = format!("rename in {}", params.text_document.uri);
        at_place!(self, params, handlers::rename::prepare, about).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let about = format!("rename in {}", params.text_document_position.text_document.uri);
        at_place!(self, params, handlers::rename::rename, about).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let about = format!("outline of {}", params.text_document.uri);
        on_whole!(self, params, handlers::symbols::outline, about).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let about = format!("symbols like {}", params.query);
        on_whole!(self, params, handlers::symbols::search, about).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let about = format!("folding of {}", params.text_document.uri);
        on_whole!(self, params, handlers::folding::folding, about).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let about = format!("selection in {}", params.text_document.uri);
        at_place!(self, params, handlers::selection::selection, about).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        let about = format!("linked names in {}", params.text_document_position_params.text_document.uri);
        at_place!(self, params, handlers::typing::linked, about).await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let about = format!("typing in {}", params.text_document_position.text_document.uri);
        at_place!(self, params, handlers::typing::typed, about).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let about = format!("formatting of {}", params.text_document.uri);
        at_place!(self, params, handlers::format::whole, about).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let about = format!("formatting in {}", params.text_document.uri);
        at_place!(self, params, handlers::format::range, about).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let about = format!("links of {}", params.text_document.uri);
        on_whole!(self, params, handlers::links::links, about).await
    }

    async fn document_color(&self, params: DocumentColorParams) -> Result<Vec<ColorInformation>> {
        let about = format!("colours of {}", params.text_document.uri);
        on_whole!(self, params, handlers::colors::colors, about).await
    }

    async fn color_presentation(&self, params: ColorPresentationParams) -> Result<Vec<ColorPresentation>> {
        let about = format!("colours of {}", params.text_document.uri);
        on_whole!(self, params, handlers::colors::presentations, about).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let about = format!("tokens of {}", params.text_document.uri);
        on_whole!(self, params, handlers::tokens::full, about).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let about = format!("tokens of {}", params.text_document.uri);
        on_whole!(self, params, handlers::tokens::delta, about).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let about = format!("tokens of {}", params.text_document.uri);
        at_place!(self, params, handlers::tokens::range, about).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let about = format!("hints of {}", params.text_document.uri);
        at_place!(self, params, handlers::inlay::hints, about).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let about = format!("lenses of {}", params.text_document.uri);
        on_whole!(self, params, handlers::lens::lenses, about).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        on_whole!(self, lens, handlers::lens::resolve, "a lens".to_owned()).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let about = format!("actions in {}", params.text_document.uri);
        at_place!(self, params, handlers::actions::actions, about).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let about = format!("the action {}", action.title);
        at_place!(self, action, handlers::actions::resolve, about).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let about = format!("diagnostics of {}", params.text_document.uri);
        on_whole!(self, params, handlers::diagnostic::document, about).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        on_whole!(self, params, handlers::diagnostic::workspace, "diagnostics of the workspace".to_owned())
            .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command == capabilities::commands::RELOAD {
            self.owner.write(|world| world.reload());
            return Ok(None);
        }
        let about = params.command.clone();
        on_whole!(self, params, handlers::command::execute, about).await
    }
}
