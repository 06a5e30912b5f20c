// `Velox: New Route`: asks for a path and a kind, makes the file and opens it.
import { existsSync, statSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Routes } from './routes.ts';
import { hasParams, mistakeInPath, newRoute, type RouteKind } from './skeletons.ts';

interface Kind extends vscode.QuickPickItem {
  make: RouteKind;
}

/** Makes a route in the project that the user means. `near` is a file or folder of it. */
export async function makeRoute(routes: Routes, near?: vscode.Uri): Promise<void> {
  const folder = await routesFolder(routes, near);
  if (!folder) return;
  const typed = await vscode.window.showInputBox({
    title: 'New route',
    prompt: 'Path of the route. A param is [name], several segments are [...name].',
    placeHolder: '/blog/[slug]',
    value: prefix(folder, near),
    valueSelection: [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    validateInput: mistakeInPath,
  });
  if (typed === undefined) return;
  const kinds: Kind[] = [
    { label: 'Page', description: 'its mode is inferred from what it uses', make: 'page' },
    {
      label: 'Static page',
      description: hasParams(typed) ? 'rendered at build, with `paths`' : 'rendered at build',
      make: 'static',
    },
    { label: 'Endpoint', description: '+server.ts with a GET', make: 'endpoint' },
  ];
  const chosen = await vscode.window.showQuickPick(kinds, { title: `New route ${typed}`, placeHolder: 'What is it?' });
  if (!chosen) return;
  const isFolder = (path: string) => isDirectory(vscode.Uri.joinPath(folder, path).fsPath);
  const made = newRoute(typed, chosen.make, isFolder);
  const uri = vscode.Uri.joinPath(folder, made.file);
  if (existsSync(uri.fsPath)) {
    void vscode.window.showWarningMessage(`${made.file} is there already.`);
    await vscode.window.showTextDocument(uri);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(made.text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(`${uri.fsPath} could not be written.`);
    return;
  }
  await vscode.window.showTextDocument(uri);
}

/** The folder with the routes of the project that is meant; asks where there are several. */
async function routesFolder(routes: Routes, near?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const roots = (routes.status?.projects ?? []).map(({ root }) => vscode.Uri.file(root));
  if (roots.length === 0) for (const { uri } of vscode.workspace.workspaceFolders ?? []) roots.push(uri);
  const at = near ?? vscode.window.activeTextEditor?.document.uri;
  const around = at && roots.filter((root) => `${at.path}/`.startsWith(`${root.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
  let root = around ?? (roots.length === 1 ? roots[0] : undefined);
  if (!root) {
    if (roots.length === 0) {
      void vscode.window.showErrorMessage('Open the folder of a Velox project first.');
      return undefined;
    }
    const items = roots.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    root = (await vscode.window.showQuickPick(items, { title: 'New route', placeHolder: 'In which project?' }))?.uri;
  }
  if (!root) return undefined;
  const inner = vscode.Uri.joinPath(root, 'src/routes');
  return isDirectory(inner.fsPath) ? inner : vscode.Uri.joinPath(root, 'routes');
}

/** Where the path begins, if the command was called on a folder of routes. */
function prefix(folder: vscode.Uri, near?: vscode.Uri): string {
  if (!near || !near.path.startsWith(`${folder.path}/`)) return '/';
  const inside = near.path.slice(folder.path.length);
  return isDirectory(near.fsPath) ? `${inside}/` : inside.slice(0, inside.lastIndexOf('/') + 1);
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
