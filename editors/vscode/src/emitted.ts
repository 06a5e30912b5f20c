// The code that the compiler makes of a file, as a read-only document beside it that follows what is typed.
import * as vscode from 'vscode';
import type { Connection } from './client.ts';
import type { Routes } from './routes.ts';

const SCHEME = 'velox-emitted';

/** JavaScript without what VS Code's TypeScript would find in it: its imports lead to files that there are only in a build. */
const LANGUAGE = 'velox-emitted';

/** A pause after an edit before the code is asked for again, in milliseconds. */
const QUIET = 120;

/** What can be shown, as the server names it. */
export type View = 'server' | 'client' | 'styles';

const VIEWS: Record<View, { label: string; detail: string; ending: string }> = {
  server: { label: 'Server', detail: 'the module that renders on the server', ending: 'server.js' },
  client: { label: 'Browser', detail: 'the module that renders in the browser', ending: 'client.js' },
  styles: { label: 'Styles', detail: 'its scoped style sheets', ending: 'css' },
};

interface Answer {
  code?: string;
  error?: string;
}

/** The documents with emitted code. */
export class Emitted implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  /** The last code of each document that had no error. */
  readonly #good = new Map<string, string>();
  readonly #listeners: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly connection: Connection,
    routes: Routes,
  ) {
    this.#listeners = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme !== SCHEME) this.#later();
      }),
      // Another file may change the mode, and so the code.
      routes.onDidChange(() => this.#later()),
      connection.onDidChange(() => this.#later()),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme !== SCHEME || document.languageId !== 'javascript') return;
        void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SCHEME) this.#good.delete(uri.toString());
      }),
    ];
  }

  /** Shows the code of a file, asking which where it is not said. */
  async show(source: vscode.Uri, view?: View): Promise<void> {
    const chosen = view ?? (await choose(source));
    if (!chosen) return;
    const path = `${source.path}.${VIEWS[chosen].ending}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify({ source: source.toString(), view: chosen }) });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { source, view } = JSON.parse(uri.query) as { source: string; view: View };
    const answer = await this.connection.execute<Answer>('velox.emittedCode', { uri: source, view });
    const key = uri.toString();
    if (answer?.code !== undefined) {
      const text = answer.code.trim() === '' ? say(view, 'There is no code of this kind.') : answer.code;
      this.#good.set(key, text);
      return text;
    }
    const last = this.#good.get(key);
    const reason = answer?.error ?? 'The language server does not answer.';
    // While somebody types, the code of a moment ago tells more than none.
    if (!answer && last !== undefined) return last;
    return last === undefined ? say(view, reason) : `${say(view, reason, 'Below is the code from before that error.')}\n${last}`;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changed.fire(uri);
    }, QUIET);
  }
}

function say(view: View, ...lines: string[]): string {
  const safe = lines.map((line) => line.replace(/\*\//g, '* /'));
  return view === 'styles' ? `${safe.map((line) => `/* ${line} */`).join('\n')}\n` : `${safe.map((line) => `// ${line}`).join('\n')}\n`;
}

async function choose(source: vscode.Uri): Promise<View | undefined> {
  const isVelox = source.path.endsWith('.velox');
  const items = (Object.keys(VIEWS) as View[])
    .filter((view) => isVelox || view !== 'styles')
    .map((view) => ({ label: VIEWS[view].label, description: VIEWS[view].detail, view }));
  const name = source.path.split('/').at(-1) ?? '';
  return (await vscode.window.showQuickPick(items, { title: `Emitted code of ${name}`, placeHolder: 'Which code?' }))?.view;
}
