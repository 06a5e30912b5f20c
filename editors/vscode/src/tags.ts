// Closing tags that are typed by themselves: after `>` and `/` the server is asked what belongs behind the cursor.
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { Connection } from './client.ts';
import { VELOX } from './documents.ts';

/** Listens to what is typed, once the server knows of it. */
export function tagMiddleware(connection: Connection): Middleware {
  return {
    async didChange(event, next) {
      await next(event);
      const position = typedAt(event);
      const editor = vscode.window.activeTextEditor;
      if (position && editor?.document === event.document) await close(connection, editor, position, event.document.version);
    },
  };
}

/** Where the cursor is behind one character that was typed, and not pasted, completed or brought back. */
function typedAt({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): vscode.Position | undefined {
  const [change] = contentChanges;
  if (!change || contentChanges.length !== 1 || reason !== undefined || document.languageId !== VELOX) return undefined;
  if ((change.text !== '>' && change.text !== '/') || change.rangeLength > 0) return undefined;
  if (!vscode.workspace.getConfiguration('velox', document).get('autoClosingTags', true)) return undefined;
  return change.range.start.translate(0, 1);
}

async function close(connection: Connection, editor: vscode.TextEditor, position: vscode.Position, version: number): Promise<void> {
  const { document } = editor;
  const snippet = await connection.request<string>('velox/closingTag', {
    textDocument: { uri: document.uri.toString() },
    position: { line: position.line, character: position.character },
  });
  const [cursor, more] = editor.selections;
  if (snippet === undefined || document.version !== version || more || !cursor?.isEmpty || !cursor.active.isEqual(position)) return;
  const done = await editor.insertSnippet(new vscode.SnippetString(snippet), position, { undoStopBefore: false, undoStopAfter: true });
  // Where other edits are on their way the editor may leave the cursor behind the tag, though the snippet says where it belongs.
  const isBetween = snippet.startsWith('$0');
  if (done && isBetween && document.version === version + 1 && !editor.selection.active.isEqual(position)) {
    editor.selection = new vscode.Selection(position, position);
  }
}
