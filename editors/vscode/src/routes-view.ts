// The view with the routes: in groups, with their modes; a click opens the file.
import * as vscode from 'vscode';
import { type Branch, type Grouping, group } from './grouping.ts';
import type { Routes } from './routes.ts';

const GROUPING = 'velox.routes.grouping';
const ICONS: Record<string, string> = { ssr: 'server', ssg: 'file', isr: 'history', csr: 'browser' };

/** The view. */
export class RoutesView implements vscode.TreeDataProvider<Branch>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Branch>;
  readonly #listener: vscode.Disposable;

  constructor(
    readonly routes: Routes,
    readonly state: vscode.Memento,
  ) {
    this.#view = vscode.window.createTreeView('velox.routes', { treeDataProvider: this, showCollapseAll: true });
    this.#listener = routes.onDidChange(() => this.#show());
    this.#show();
  }

  /** Groups by something else. */
  async groupBy(grouping: Grouping): Promise<void> {
    await this.state.update(GROUPING, grouping);
    this.#show();
  }

  get #grouping(): Grouping {
    return this.state.get<Grouping>(GROUPING, 'path');
  }

  getChildren(branch?: Branch): Branch[] {
    return branch ? branch.inside : group(this.routes.all, this.#grouping);
  }

  getTreeItem(branch: Branch): vscode.TreeItem {
    const { route } = branch;
    if (!route) {
      const item = new vscode.TreeItem(branch.label, vscode.TreeItemCollapsibleState.Expanded);
      item.id = `${this.#grouping}:${branch.id}`;
      item.description = String(count(branch));
      return item;
    }
    const item = new vscode.TreeItem(branch.label);
    const uri = vscode.Uri.parse(route.uri);
    item.id = `${this.#grouping}:${branch.id}`;
    item.description = route.mode ?? 'endpoint';
    item.iconPath = new vscode.ThemeIcon(ICONS[route.mode ?? ''] ?? 'plug');
    item.contextValue = route.mode === undefined ? 'endpoint' : 'page';
    item.tooltip = new vscode.MarkdownString(
      `\`${route.pattern}\`\n\n${route.mode === undefined ? 'endpoint' : `**${route.mode}**: ${route.cause}`}\n\n${route.file.replace(/[[\]_*]/g, '\\$&')}`,
    );
    item.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
    item.accessibilityInformation = { label: `${route.pattern}, ${item.description}` };
    return item;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #show(): void {
    void vscode.commands.executeCommand('setContext', GROUPING, this.#grouping);
    const health = this.routes.connection.health.kind;
    if (this.routes.all.length > 0) delete (this.#view as { message?: string | undefined }).message;
    else if (health === 'failed') this.#view.message = 'The language server is not running.';
    this.#changed.fire();
  }
}

function count(branch: Branch): number {
  return branch.route ? 1 : branch.inside.reduce((sum, inner) => sum + count(inner), 0);
}
