// The item of the status bar: the mode of the file, and on hover project, versions and what is checked.
import * as vscode from 'vscode';
import type { Connection } from './client.ts';
import { VELOX } from './documents.ts';
import type { Routes } from './routes.ts';

/** Shows the item, and keeps it right. */
export function showStatus(connection: Connection, routes: Routes): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('velox.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Velox';
  item.command = 'velox.showCommands';
  const update = () => show(item, connection, routes);
  update();
  return vscode.Disposable.from(
    item,
    connection.onDidChange(update),
    routes.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function show(item: vscode.StatusBarItem, connection: Connection, routes: Routes): void {
  const document = vscode.window.activeTextEditor?.document;
  const route = document && routes.of(document.uri);
  if (!document || (document.languageId !== VELOX && !route)) return item.hide();
  const { health } = connection;
  const reading = routes.status?.projects.some(({ state }) => state !== 'ready') ?? false;
  const word = route?.mode ?? (route ? 'endpoint' : '');
  const icon = health.kind === 'failed' ? '$(error)' : health.kind === 'starting' || reading ? '$(sync~spin)' : '$(zap)';
  item.text = `${icon} Velox${word ? ` ${word}` : ''}`;
  item.backgroundColor = health.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  item.tooltip = tooltip(connection, routes, document);
  item.accessibilityInformation = { label: `Velox ${word || health.kind}` };
  item.show();
}

function tooltip(connection: Connection, routes: Routes, document: vscode.TextDocument): vscode.MarkdownString {
  const { health } = connection;
  const { status } = routes;
  const route = routes.of(document.uri);
  const extension = (connection.context.extension.packageJSON as { version: string }).version;
  const lines: [string, string][] = [];
  if (route) {
    lines.push(['Route', `\`${route.pattern}\``]);
    lines.push(['Mode', route.mode === undefined ? 'endpoint' : `**${route.mode}** (${escape(route.cause)})`]);
  } else {
    lines.push(['Route', 'none: this file is no route']);
  }
  const project = status?.projects
    .filter(({ root }) => document.uri.fsPath.startsWith(root))
    .sort((a, b) => b.root.length - a.root.length)[0];
  if (project) {
    const state = project.state === 'ready' ? '' : ', being read';
    lines.push(['Project', `${escape(project.root)} (${project.files} files${state})`]);
  }
  lines.push(['Types', escape(status?.types ?? 'not yet checked')]);
  if (health.kind === 'running') {
    lines.push(['Server', `${escape(health.version)}, of ${ORIGINS[health.server.origin]}: ${escape(health.server.command)}`]);
  } else {
    lines.push(['Server', health.kind === 'failed' ? escape(health.reason) : health.kind]);
  }
  lines.push(['Extension', escape(extension)]);
  if (!vscode.workspace.isTrusted) lines.push(['Trust', 'restricted: only the server of the extension runs']);
  return new vscode.MarkdownString(lines.map(([name, value]) => `${name}: ${value}`).join('  \n'), true);
}

const ORIGINS = {
  setting: 'the settings',
  project: 'the project',
  PATH: 'PATH',
  extension: 'the extension',
} as const;

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}
