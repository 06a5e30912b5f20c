// What the server leaves alone inside of style sheets is answered by VS Code's own CSS: it is asked about a virtual document in which
// everything but the style sheet is blank (`embedded.ts`). The server says where style sheets are.
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { Connection } from './client.ts';
import { VELOX, middleware } from './documents.ts';
import { onlyStyle, type Style } from './embedded.ts';

const SCHEME = 'velox-style';

/** How many virtual documents are kept; more are never in use at once. */
const KEPT = 16;

/** As the server answers `velox/styleAt`. */
interface StyleAnswer {
  language: Style['language'];
  kind: Style['kind'];
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

/** Texts of virtual documents, by address. */
const texts = new Map<string, string>();

/** Completions that are not the server's. */
const foreign = new WeakSet<vscode.CompletionItem>();

/** Starts the extension of the editor that knows CSS: asked for the first time while it starts, it would be silent. */
async function wakeCss(): Promise<void> {
  await vscode.extensions.getExtension('vscode.css-language-features')?.activate();
}

/** Serves the virtual documents. */
export function serveStyles(): vscode.Disposable {
  void wakeCss();
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

/** Asks the server, and where it knows nothing and the cursor is in a style sheet, VS Code's CSS. */
export function styleMiddleware(connection: Connection): Middleware {
  return {
    async provideCompletionItem(document, position, context, token, next) {
      const found = await middleware.provideCompletionItem?.(document, position, context, token, next);
      const count = Array.isArray(found) ? found.length : (found?.items.length ?? 0);
      if (count > 0 || document.languageId !== VELOX || token.isCancellationRequested) return found;
      const virtual = await virtualDocument(connection, document, position, token);
      if (!virtual) return found;
      const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', virtual, position, context.triggerCharacter);
      for (const item of list?.items ?? []) foreign.add(item);
      return list;
    },
    // What CSS offered is whole, and unknown to the server.
    resolveCompletionItem: (item, token, next) => (foreign.has(item) ? item : next(item, token)),
    async provideHover(document, position, token, next) {
      const found = await middleware.provideHover?.(document, position, token, next);
      if (found || document.languageId !== VELOX || token.isCancellationRequested) return found;
      const virtual = await virtualDocument(connection, document, position, token);
      return virtual && (await ask<vscode.Hover[]>('vscode.executeHoverProvider', virtual, position))?.[0];
    },
  };
}

async function ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
  await wakeCss();
  return await vscode.commands.executeCommand<T | undefined>(command, ...args);
}

/** The address of a document that holds the style sheet at a place alone. */
async function virtualDocument(
  connection: Connection,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Uri | undefined> {
  const version = document.version;
  const params = { textDocument: { uri: document.uri.toString() }, position: { line: position.line, character: position.character } };
  const answer = await connection.request<StyleAnswer>('velox/styleAt', params, token);
  if (!answer || document.version !== version) return undefined;
  const at = (place: { line: number; character: number }) => document.offsetAt(new vscode.Position(place.line, place.character));
  const style: Style = { language: answer.language, kind: answer.kind, start: at(answer.range.start), end: at(answer.range.end) };
  // A new address for each version: the editor keeps what it once read.
  const path = `${document.uri.path}.${version}.${style.start}.${style.language}`;
  const uri = vscode.Uri.from({ scheme: SCHEME, path: path.startsWith('/') ? path : `/${path}` });
  texts.delete(uri.toString());
  texts.set(uri.toString(), onlyStyle(document.getText(), style));
  for (const old of [...texts.keys()].slice(0, Math.max(0, texts.size - KEPT))) texts.delete(old);
  return uri;
}
