// Which folders are Velox projects, as far as the editor has to know: only there TypeScript files go to the server.
import * as vscode from 'vscode';

const CONFIGURATION = '**/velox.config.{ts,js,mts,mjs}';
const LEFT_OUT = '**/{node_modules,.velox}/**';

/** The folders that hold a `velox.config`, and those of the workspace that have `.velox` routes without one. */
export async function projectRoots(): Promise<vscode.Uri[]> {
  const configured = await vscode.workspace.findFiles(CONFIGURATION, LEFT_OUT);
  const roots = configured.map((file) => vscode.Uri.joinPath(file, '..'));
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    if (roots.some((root) => root.path.startsWith(folder.uri.path))) continue;
    const routes = new vscode.RelativePattern(folder, '{routes,src/routes}/**/*.velox');
    if ((await vscode.workspace.findFiles(routes, LEFT_OUT, 1)).length > 0) roots.push(folder.uri);
  }
  return roots.filter((root) => root.scheme === 'file').sort((a, b) => a.path.localeCompare(b.path));
}

/** Calls back when a project comes or goes. */
export function watchProjects(changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(CONFIGURATION, false, true, false);
  const isOwn = (file: vscode.Uri) => !/\/(node_modules|\.velox)\//.test(file.path);
  const look = (file: vscode.Uri) => {
    if (isOwn(file)) changed();
  };
  return vscode.Disposable.from(watcher, watcher.onDidCreate(look), watcher.onDidDelete(look));
}
