// Where the extension begins and ends: puts its parts together. Nothing of the language is decided in it: the server does that.
import * as vscode from 'vscode';
import { Connection } from './client.ts';
import { registerCommands } from './commands.ts';
import { Emitted } from './emitted.ts';
import { watchProjects } from './projects.ts';
import { Routes } from './routes.ts';
import { RoutesView } from './routes-view.ts';
import { showStatus } from './status.ts';
import { serveStyles, styleMiddleware } from './styles.ts';
import { tagMiddleware } from './tags.ts';

let connection: Connection | undefined;

/** Called by the editor, once. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Velox', { log: true });
  connection = new Connection(context, log, (own) => ({ ...styleMiddleware(own), ...tagMiddleware(own) }));
  const own = connection;
  const routes = new Routes(own);
  const emitted = new Emitted(own, routes);
  const view = new RoutesView(routes, context.workspaceState);
  context.subscriptions.push(
    log,
    routes,
    emitted,
    view,
    serveStyles(),
    showStatus(own, routes),
    registerCommands({ connection: own, routes, view, emitted }),
    watchProjects(() => void own.restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void own.restart()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void own.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('velox.server.path')) void own.restart();
    }),
  );
  await own.restart();
}

/** Called by the editor before it ends. */
export async function deactivate(): Promise<void> {
  await connection?.dispose();
}
