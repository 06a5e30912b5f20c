// What the server knows of the routes, kept fresh for everybody who shows it: the tree, the status, the commands.
import * as vscode from 'vscode';
import type { Connection } from './client.ts';

/** A route, as the server answers `velox.routes`. */
export interface Route {
  pattern: string;
  /** Below the project. */
  file: string;
  uri: string;
  /** `ssr`, `ssg`, `isr`, `csr`; nothing for an endpoint. */
  mode?: string;
  cause: string;
  /** The root of its project. */
  project: string;
}

/** How the server is, as it answers `velox.status`. */
export interface ServerStatus {
  version: string;
  process: number;
  projects: { root: string; state: 'listing' | 'reading' | 'ready'; files: number }[];
  /** What it says of TypeScript's types, where it says something. */
  types?: string;
}

/** A pause after the last change before the server is asked again, in milliseconds. */
const QUIET = 400;

/** While projects are being read, how often the server is asked whether they are, in milliseconds. */
const READING = 700;

/** The routes and the status, as of the last answer. */
export class Routes implements vscode.Disposable {
  #routes: readonly Route[] = [];
  #status: ServerStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #told = '';
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];

  /** Tells that something is another now. */
  readonly onDidChange = this.#changed.event;

  constructor(readonly connection: Connection) {
    const isPart = (path: string) => /\.(velox|[jt]sx?|m[jt]s)$/.test(path);
    const files = vscode.workspace.createFileSystemWatcher('**/*.{velox,ts,tsx,js,jsx,mts,mjs}', false, true, false);
    this.#listeners = [
      files,
      files.onDidCreate(() => this.refresh()),
      files.onDidDelete(() => this.refresh()),
      connection.onDidChange(() => this.refresh(0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme === 'file' && isPart(document.uri.path)) this.refresh();
      }),
      vscode.workspace.onDidSaveTextDocument(() => this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh(50)),
    ];
  }

  /** All routes of all projects, the more specific first. */
  get all(): readonly Route[] {
    return this.#routes;
  }

  /** How the server is; nothing before it answered. */
  get status(): ServerStatus | undefined {
    return this.#status;
  }

  /** The route of a file. */
  of(uri: vscode.Uri): Route | undefined {
    return this.#routes.find((route) => vscode.Uri.parse(route.uri).toString() === uri.toString());
  }

  /** Asks the server again, soon. */
  refresh(pause = QUIET): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const isRunning = this.connection.health.kind === 'running';
    const routes = isRunning ? await this.connection.execute<Route[]>('velox.routes') : [];
    const status = isRunning ? await this.connection.execute<ServerStatus>('velox.status') : undefined;
    // An answer that an edit made worthless, or that a later question has overtaken.
    if (asked !== this.#asked || !routes) return;
    this.#routes = routes;
    this.#status = status;
    if (status?.projects.some(({ state }) => state !== 'ready')) this.refresh(READING);
    const told = JSON.stringify([routes, status]);
    if (told === this.#told) return;
    this.#told = told;
    void vscode.commands.executeCommand('setContext', 'velox.hasRoutes', routes.length > 0);
    this.#changed.fire();
  }
}
