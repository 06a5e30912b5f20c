// Which documents go to the server, and which of its answers are shown in which of them: in TypeScript files VS Code's own TypeScript
// is there too, and nothing is to be said twice.
import * as vscode from 'vscode';
import {
  type DocumentSelector,
  DocumentColorRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type LanguageClient,
  LinkedEditingRangeRequest,
  type Middleware,
  SelectionRangeRequest,
  SemanticTokensRegistrationType,
  SignatureHelpRequest,
} from 'vscode-languageclient/node';

/** The language of this extension. */
export const VELOX = 'velox';

const SCRIPTS = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** `.velox` files anywhere, and the modules of the projects. */
export function selector(roots: readonly vscode.Uri[]): DocumentSelector {
  const modules = roots.flatMap((root) =>
    SCRIPTS.map((language) => ({ scheme: 'file', language, pattern: { baseUri: root.toString(), pattern: '**/*' } })),
  );
  return [{ scheme: 'file', language: VELOX }, { scheme: 'untitled', language: VELOX }, ...modules];
}

/** Features that are registered for `.velox` files alone. */
const OWN = [
  DocumentFormattingRequest.method,
  DocumentRangeFormattingRequest.method,
  DocumentOnTypeFormattingRequest.method,
  DocumentSymbolRequest.method,
  DocumentHighlightRequest.method,
  DocumentColorRequest.method,
  FoldingRangeRequest.method,
  SelectionRangeRequest.method,
  LinkedEditingRangeRequest.method,
  SignatureHelpRequest.method,
  SemanticTokensRegistrationType.method,
] as const;

/** Has the client register those features for `.velox` files alone. */
export function restrict(client: LanguageClient): void {
  const own: DocumentSelector = [{ language: VELOX }];
  for (const method of OWN) {
    // The overloads of `getFeature` know one method each.
    const feature = (client.getFeature as (method: string) => ReturnType<typeof client.getFeature>).call(client, method);
    if (!feature) continue;
    const initialize = feature.initialize.bind(feature);
    feature.initialize = (capabilities, documents) => initialize(capabilities, documents ? own : documents);
  }
}

/** Kinds of completions that only the server has: routes, cache tags, params, codes; keys of settings; snippets. */
const UNKNOWN_TO_TYPESCRIPT = new Set<vscode.CompletionItemKind | undefined>([
  vscode.CompletionItemKind.Reference,
  vscode.CompletionItemKind.Constant,
  vscode.CompletionItemKind.TypeParameter,
  vscode.CompletionItemKind.Unit,
  vscode.CompletionItemKind.Value,
  vscode.CompletionItemKind.Snippet,
]);

function isDeclaration(hover: vscode.Hover): boolean {
  return hover.contents.some((part) => (typeof part === 'string' ? part : part.value).startsWith('```ts'));
}

/** Leaves to VS Code's TypeScript what it says too. */
export const middleware: Middleware = {
  async provideCompletionItem(document, position, context, token, next) {
    const found = await next(document, position, context, token);
    if (!found || document.languageId === VELOX) return found;
    const isNews = (item: vscode.CompletionItem) => UNKNOWN_TO_TYPESCRIPT.has(item.kind);
    return Array.isArray(found) ? found.filter(isNews) : new vscode.CompletionList(found.items.filter(isNews), found.isIncomplete);
  },
  async provideHover(document, position, token, next) {
    const found = await next(document, position, token);
    return found && document.languageId !== VELOX && isDeclaration(found) ? undefined : found;
  },
};
