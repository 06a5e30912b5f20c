// Finds the language server: what the user set, the project's own, the one on PATH, the one that came with the extension.
//
// Starts nothing and asks nobody: whoever calls shows what is wrong. Nothing of a workspace that is not trusted is looked at.
import { accessSync, chmodSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** Where a server was found. */
export type Origin = 'setting' | 'project' | 'PATH' | 'extension';

/** A server that can be started. */
export interface Server {
  command: string;
  args: string[];
  origin: Origin;
}

/** What decides which server is taken. */
export interface Search {
  /** The setting `velox.server.path`; empty where it is not set. */
  setting: string;
  /** The folders of the workspace. */
  folders: readonly string[];
  /** Whether the user trusts the workspace. */
  trusted: boolean;
  /** The variable PATH. */
  path: string;
  /** The folder of the extension. */
  extension: string;
  /** As Node names them. */
  platform: NodeJS.Platform;
  arch: string;
}

/** Why there is no server, in words for the user. */
export class NoServer extends Error {}

/** The server to start. Throws `NoServer`. */
export function locate(search: Search): Server {
  const ending = search.platform === 'win32' ? '.exe' : '';
  const bundled = join(search.extension, 'server', `velox-lsp${ending}`);
  if (!search.trusted) return inExtension(bundled, search) ?? onPath(search, ending) ?? none(search, bundled);
  if (search.setting.trim()) return fromSetting(search.setting.trim(), search);
  return inProject(search, ending) ?? onPath(search, ending) ?? inExtension(bundled, search) ?? none(search, bundled);
}

function none(search: Search, bundled: string): never {
  const elsewhere = search.trusted ? 'neither in the node_modules of the project nor on PATH' : 'not on PATH';
  throw new NoServer(
    `The Velox language server is missing: it is ${elsewhere}, and this build of the extension has none for ` +
      `${search.platform}-${search.arch} (${bundled}). Run \`npm install --save-dev veloxc\`, or set \`velox.server.path\`.`,
  );
}

/** `veloxc` is the same server, under a command. */
function server(command: string, origin: Origin): Server {
  const isCompiler = /^veloxc(\.exe|\.cmd)?$/i.test(basename(command));
  return { command, args: isCompiler ? ['lsp'] : [], origin };
}

function fromSetting(setting: string, search: Search): Server {
  const home = /^~(?=[\\/]|$)/.test(setting) ? join(homedir(), setting.slice(1)) : setting;
  const command = isAbsolute(home) ? home : resolve(search.folders[0] ?? '.', home);
  const said = `\`velox.server.path\` is ${setting}`;
  switch (kind(command, search.platform)) {
    case 'program':
      return server(command, 'setting');
    case 'missing':
      throw new NoServer(`${said}, but there is no file ${command}.`);
    case 'folder':
      throw new NoServer(`${said}, which is a folder. It has to be the file of velox-lsp or veloxc.`);
    case 'not executable':
      throw new NoServer(`${said}, but that file may not be executed. \`chmod +x ${command}\` lets it.`);
  }
}

/** The npm package `veloxc` that a folder of the workspace, or a folder around it, has installed. */
function inProject(search: Search, ending: string): Server | undefined {
  for (const folder of search.folders) {
    for (let at = folder; ; at = dirname(at)) {
      const found = inPackage(join(at, 'node_modules/veloxc'), search, ending);
      if (found) return found;
      if (dirname(at) === at) break;
    }
  }
  return undefined;
}

/** The program in one of the packages that `veloxc` has for each platform; they lie beside it, or in its own node_modules. */
function inPackage(folder: string, search: Search, ending: string): Server | undefined {
  const beside: string[] = [];
  let names: string[];
  try {
    const real = realpathSync(folder);
    const manifest: unknown = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8'));
    const platforms = (manifest as { optionalDependencies?: Record<string, string> }).optionalDependencies ?? {};
    names = Object.keys(platforms).filter((name) => isFor(name, search));
    beside.push(join(real, 'node_modules'));
    for (const at of [real, folder]) beside.push(join(at.slice(0, at.lastIndexOf('node_modules')), 'node_modules'));
  } catch {
    return undefined;
  }
  for (const name of names) {
    for (const modules of beside) {
      for (const file of ['bin/velox-lsp', 'bin/veloxc', 'velox-lsp', 'veloxc']) {
        const command = join(modules, name, file + ending);
        if (kind(command, search.platform) === 'program') return server(command, 'project');
      }
    }
  }
  return undefined;
}

function isFor(name: string, { platform, arch }: Search): boolean {
  return new RegExp(`[-/]${platform}-${arch}(-(gnu|musl|msvc))?$`).test(name);
}

function onPath(search: Search, ending: string): Server | undefined {
  // A relative folder of PATH means another place in each project.
  const folders = search.path.split(delimiter).filter((folder) => isAbsolute(folder));
  const allowed = folders.filter((folder) => search.trusted || !search.folders.some((own) => lies(folder, own)));
  for (const name of ['velox-lsp', 'veloxc']) {
    for (const folder of allowed) {
      const command = join(folder, name + ending);
      if (kind(command, search.platform) === 'program') return server(command, 'PATH');
    }
  }
  return undefined;
}

function lies(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function inExtension(bundled: string, search: Search): Server | undefined {
  switch (kind(bundled, search.platform)) {
    case 'program':
      return server(bundled, 'extension');
    case 'not executable':
      // Some ways to unpack a .vsix lose the mode.
      try {
        chmodSync(bundled, 0o755);
      } catch (error) {
        throw new NoServer(`The server of the extension may not be executed: ${bundled} (${String(error)}).`);
      }
      return server(bundled, 'extension');
    default:
      return undefined;
  }
}

function kind(path: string, platform: NodeJS.Platform): 'program' | 'missing' | 'folder' | 'not executable' {
  try {
    if (statSync(path).isDirectory()) return 'folder';
  } catch {
    return 'missing';
  }
  if (platform === 'win32') return 'program';
  try {
    accessSync(path, constants.X_OK);
    return 'program';
  } catch {
    return 'not executable';
  }
}
