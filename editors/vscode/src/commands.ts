// The commands: those of the palette, and those that the server's code lenses call.
import * as vscode from 'vscode';
import type { Connection } from './client.ts';
import type { Emitted, View } from './emitted.ts';
import type { Branch } from './grouping.ts';
import { makeRoute } from './new-route.ts';
import { address, fill, mistakeIn, paramsOf } from './patterns.ts';
import type { Route, Routes } from './routes.ts';
import type { RoutesView } from './routes-view.ts';

interface Parts {
  connection: Connection;
  routes: Routes;
  view: RoutesView;
  emitted: Emitted;
}

/** Registers all commands. */
export function registerCommands({ connection, routes, view, emitted }: Parts): vscode.Disposable {
  const showEmitted = (chosen?: View) => async (from?: vscode.Uri | Branch) => {
    const uri = meant(from);
    if (uri) await emitted.show(uri, chosen);
    else void vscode.window.showInformationMessage('Open a .velox file first.');
  };
  const commands: Record<string, (...args: never[]) => unknown> = {
    'velox.restartServer': () => connection.restart(),
    'velox.reloadProjects': () => connection.execute('velox.reload').then(() => routes.refresh()),
    'velox.showLog': () => connection.log.show(),
    'velox.showEmittedCode': showEmitted(),
    'velox.showServerCode': showEmitted('server'),
    'velox.showBrowserCode': showEmitted('client'),
    'velox.showStyles': showEmitted('styles'),
    'velox.openRoute': (path: string) => openInBrowser(path),
    'velox.openInBrowser': (from?: vscode.Uri | Branch) => openRoute(routes, from),
    'velox.copyPattern': (from?: Branch) => copyPattern(from),
    'velox.newRoute': (near?: vscode.Uri | Branch) => makeRoute(routes, meant(near, false)),
    'velox.groupRoutesByMode': () => view.groupBy('mode'),
    'velox.groupRoutesByPath': () => view.groupBy('path'),
    'velox.refreshRoutes': () => routes.refresh(0),
    'velox.showReferences': (uri: string, position: never, places: never[]) => showReferences(connection, uri, position, places),
    'velox.showCommands': () => vscode.commands.executeCommand('workbench.action.quickOpen', '>Velox: '),
    'velox.openWalkthrough': () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${connection.context.extension.id}#velox.start`, false),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run as (...args: unknown[]) => unknown)),
  );
}

/** The file that a command is about: that of a line of the tree, of the explorer, or the one that is open. */
function meant(from: vscode.Uri | Branch | undefined, orOpen = true): vscode.Uri | undefined {
  if (from instanceof vscode.Uri) return from;
  if (from?.route) return vscode.Uri.parse(from.route.uri);
  return orOpen ? vscode.window.activeTextEditor?.document.uri : undefined;
}

async function openRoute(routes: Routes, from?: vscode.Uri | Branch): Promise<void> {
  const uri = meant(from);
  const route = (uri && routes.of(uri)) ?? (await pick(routes));
  if (!route) return;
  const values = new Map<string, string>();
  for (const param of paramsOf(route.pattern)) {
    const value = await vscode.window.showInputBox({
      title: route.pattern,
      prompt: `${param.name}${param.rest ? ' (segments with / between them)' : ''}${param.optional ? ' (may be left empty)' : ''}`,
      validateInput: (typed) => mistakeIn(typed, param),
    });
    if (value === undefined) return;
    values.set(param.name, value);
  }
  await openInBrowser(fill(route.pattern, values));
}

async function pick(routes: Routes): Promise<Route | undefined> {
  if (routes.all.length === 0) {
    void vscode.window.showInformationMessage('There are no routes here.');
    return undefined;
  }
  const items = routes.all.map((route) => ({ label: route.pattern, description: route.mode ?? 'endpoint', detail: route.file, route }));
  return (await vscode.window.showQuickPick(items, { title: 'Open route in browser', matchOnDetail: true }))?.route;
}

async function openInBrowser(path: string): Promise<void> {
  const base = vscode.workspace.getConfiguration('velox').get('browser.url', 'http://localhost:3700');
  try {
    // A string is passed on as it is; a `Uri` would be encoded a second time.
    await vscode.commands.executeCommand('vscode.open', address(base, path));
  } catch (error) {
    void vscode.window.showErrorMessage(`\`velox.browser.url\`: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function copyPattern(from?: Branch): Promise<void> {
  if (from?.route) await vscode.env.clipboard.writeText(from.route.pattern);
}

/** The server speaks of places in the protocol's words. */
async function showReferences(connection: Connection, uri: string, position: never, places: never[]): Promise<void> {
  const { converter } = connection;
  if (!converter) return;
  const args = [vscode.Uri.parse(uri), converter.asPosition(position), places.map((place) => converter.asLocation(place))];
  await vscode.commands.executeCommand('editor.action.showReferences', ...args);
}
