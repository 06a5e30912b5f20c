// The language server's life: started, watched, started again after a crash, stopped. What it says goes to the log.
//
// One server for the whole window, whatever folders it has: the server tells projects apart by itself.
import * as vscode from 'vscode';
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type ErrorHandler,
  ExecuteCommandRequest,
  LanguageClient,
  LSPErrorCodes,
  type Middleware,
  ResponseError,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient/node';
import { locate, type Server } from './locate.ts';
import { middleware, restrict, selector } from './documents.ts';
import { projectRoots } from './projects.ts';

/** Crashes within this time are counted, in milliseconds; at so many the server stays down. */
const CRASH_TIME = 180_000;
const MOST_CRASHES = 5;

/** Errors that are none. */
const EXPECTED = new Set<number>([LSPErrorCodes.ContentModified, LSPErrorCodes.RequestCancelled, LSPErrorCodes.ServerCancelled]);

/** How the server is. */
export type Health =
  | { kind: 'starting' }
  | { kind: 'running'; server: Server; version: string }
  | { kind: 'stopped' }
  | { kind: 'failed'; reason: string };

/** The connection to the server. */
export class Connection implements vscode.Disposable {
  #client: LanguageClient | undefined;
  #health: Health = { kind: 'stopped' };
  #crashes: number[] = [];
  #work: Promise<void> = Promise.resolve();
  readonly #changed = new vscode.EventEmitter<Health>();
  readonly #extra: Middleware;

  /** Tells whenever the server is up, down or broken. */
  readonly onDidChange = this.#changed.event;

  constructor(
    readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
    extra: (connection: Connection) => Middleware,
  ) {
    this.#extra = extra(this);
  }

  /** How the server is now. */
  get health(): Health {
    return this.#health;
  }

  /** Turns the positions of the protocol into those of the editor. */
  get converter(): LanguageClient['protocol2CodeConverter'] | undefined {
    return this.#client?.protocol2CodeConverter;
  }

  /** Starts the server, or starts it anew. Calls wait for each other. */
  restart(): Promise<void> {
    this.#crashes = [];
    this.#work = this.#work.then(async () => {
      await this.#end();
      await this.#begin();
    });
    return this.#work;
  }

  /** Sends a request; nothing where there is no server, or where what was asked about has changed meanwhile. */
  async request<T>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<T | undefined> {
    const client = this.#client;
    if (!client || client.state !== State.Running) return undefined;
    try {
      // Without a token there must be no argument for one: it would be sent as a second parameter.
      const answer = token ? client.sendRequest<T | null>(method, params, token) : client.sendRequest<T | null>(method, params);
      return (await answer) ?? undefined;
    } catch (error) {
      const said = `${method}: ${error instanceof Error ? error.message : String(error)}`;
      // An edit, or who asked, may make an answer worthless. That is no trouble.
      if (error instanceof ResponseError && EXPECTED.has(error.code)) this.log.debug(said);
      else this.log.warn(said);
      return undefined;
    }
  }

  /** Has the server carry out one of its commands. */
  execute<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    return this.request<T>(ExecuteCommandRequest.method, { command, arguments: args });
  }

  async dispose(): Promise<void> {
    this.#work = this.#work.then(() => this.#end());
    await this.#work;
    this.#changed.dispose();
  }

  #tell(health: Health): void {
    this.#health = health;
    this.#changed.fire(health);
  }

  async #begin(): Promise<void> {
    this.#tell({ kind: 'starting' });
    let server: Server;
    try {
      server = this.#locate();
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.log.info(`server: ${[server.command, ...server.args].join(' ')} (${server.origin})`);
    const roots = await projectRoots();
    this.log.info(`projects: ${roots.map((root) => root.fsPath).join(', ') || 'none with a velox.config yet'}`);
    const client = this.#make(server, selector(roots));
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.#client !== client) return;
      if (newState === State.Starting) this.#tell({ kind: 'starting' });
      if (newState === State.Running) {
        const version = client.initializeResult?.serverInfo?.version ?? 'unknown';
        this.#tell({ kind: 'running', server, version });
      }
      if (newState === State.Stopped && this.#health.kind !== 'failed') this.#tell({ kind: 'stopped' });
    });
    try {
      await client.start();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(`The Velox language server did not start: ${reason} (${server.command})`);
    }
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    try {
      await client.dispose(2000);
    } catch (error) {
      this.log.warn(`the server did not stop by itself: ${String(error)}`);
    }
    this.#tell({ kind: 'stopped' });
  }

  #locate(): Server {
    const settings = vscode.workspace.getConfiguration('velox');
    return locate({
      setting: settings.get('server.path', ''),
      folders: (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      path: process.env['PATH'] ?? process.env['Path'] ?? '',
      extension: this.context.extensionPath,
      platform: process.platform,
      arch: process.arch,
    });
  }

  #make(server: Server, documentSelector: DocumentSelector): LanguageClient {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
    const client = new LanguageClient(
      'velox',
      'Velox',
      { command: server.command, args: server.args, options: folder === undefined ? {} : { cwd: folder } },
      {
        documentSelector,
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: () => JSON.parse(JSON.stringify(vscode.workspace.getConfiguration('velox'))) as unknown,
        initializationFailedHandler: () => false,
        errorHandler: this.#errors(),
        synchronize: { configurationSection: 'velox' },
        diagnosticPullOptions: { onChange: true, onFocus: true },
        middleware: { ...middleware, ...this.#extra },
      },
    );
    restrict(client);
    return client;
  }

  /** Starts a server that crashed again, unless it does nothing else. */
  #errors(): ErrorHandler {
    return {
      error: (error, _message, count) => {
        this.log.error(`connection: ${error.message}`);
        return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
      },
      closed: () => {
        const now = Date.now();
        this.#crashes = [...this.#crashes.filter((time) => now - time < CRASH_TIME), now];
        if (this.#crashes.length < MOST_CRASHES) {
          const count = `${this.#crashes.length} of at most ${MOST_CRASHES - 1} times within three minutes`;
          const message = `the server ended unexpectedly (${count}): it is started again`;
          return { action: CloseAction.Restart, message, handled: true };
        }
        this.#fail(`The Velox language server ended ${MOST_CRASHES} times within three minutes. It is not started again.`);
        return { action: CloseAction.DoNotRestart, message: 'the server stays down', handled: true };
      },
    };
  }

  #fail(reason: string): void {
    this.log.error(reason);
    this.#tell({ kind: 'failed', reason });
    const choices = ['Show Log', 'Try Again', 'Open Settings'] as const;
    void vscode.window.showErrorMessage(reason, ...choices).then((choice) => {
      if (choice === 'Show Log') this.log.show();
      if (choice === 'Try Again') void this.restart();
      if (choice === 'Open Settings') void vscode.commands.executeCommand('workbench.action.openSettings', 'velox.server.path');
    });
  }
}
