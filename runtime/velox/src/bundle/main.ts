// The bundler as a program: `node main.js < job.json`. It bundles the modules that veloxc has made for the browser with
// esbuild, writes the files, and prints what came of it as one line of JSON. The modules never touch the disk.
//
// Refuses to choose an esbuild by itself: VELOX_ESBUILD names one, else it is the project's, else the runtime's own.

import { mkdir, writeFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import { dirname, join, posix, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Esbuild from "esbuild";
import { loadEnvironment } from "../node/environment.js";
import { COPIES, NARROW, narrowLists, type Surroundings } from "./barrels.js";
import { entryFiles, type EntryFiles } from "./entry-files.js";
import { usesQueryCore, withoutInfiniteQueries } from "./query-core.js";

/** What veloxc asks for. */
export interface BundleJob {
  /** Folder of the project. */
  readonly project: string;
  /** Where files are written; served as `/_velox/`. */
  readonly outdir: string;
  /** Folders in which packages are looked for that the project has not installed. */
  readonly packages: readonly string[];
  /** Modules by the path of their code: `server/components/Counter.tsx.js`. */
  readonly modules: Readonly<Record<string, BundleModule>>;
  readonly entries: readonly { readonly module: string; readonly name: string }[];
  readonly development: boolean;
  readonly sourcemap: boolean;
}

/** A module. */
export interface BundleModule {
  readonly code: string;
  /** Its source map, where one is asked for. */
  readonly map?: string;
  /** The folder of its source, from which packages are found. */
  readonly folder: string;
  /** Whether it is loaded although nothing of it is used: something imports it for what it does. */
  readonly effects: boolean;
}

/** What came of it. */
export type BundleResult =
  | { readonly ok: true; readonly entries: Readonly<Record<string, EntryFiles>>; readonly inputs: readonly string[]; readonly files: readonly string[] }
  | { readonly ok: false; readonly missing: string }
  | { readonly ok: false; readonly errors: readonly BundleError[] };

/** An error with its place in a module's code. */
export interface BundleError {
  readonly text: string;
  readonly module: string | null;
  readonly line: number;
  /** In UTF-8 bytes, from 0. */
  readonly column: number;
}

const NAMESPACE = "velox";
const SERVER = "server";
const ON_SERVER: ReadonlySet<string> = new Set(["velox/server", "velox/node", "server-only", ...builtinModules]);
const isServerModule = (path: string): boolean => path.startsWith("node:") || ON_SERVER.has(path);

async function run(job: BundleJob): Promise<BundleResult> {
  const esbuild = await findEsbuild(job.project);
  if (esbuild === null) return { ok: false, missing: "esbuild" };
  const lists = new Set<string>();
  const list = (path: string): void => void lists.add(relative(job.project, path));
  try {
    const options = {
      absWorkingDir: job.project,
      entryPoints: job.entries.map(({ module, name }) => ({ in: `${NAMESPACE}:${module}`, out: name })),
      outdir: job.outdir,
      entryNames: "[name].[hash]",
      chunkNames: "[name].[hash]",
      assetNames: "[name].[hash]",
      publicPath: "/_velox/",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      conditions: ["browser", "module", job.development ? "development" : "production"],
      nodePaths: [...job.packages],
      minify: !job.development,
      sourcemap: job.sourcemap ? "linked" : false,
      sourcesContent: true,
      define: definitions(job),
      loader: { ".svg": "file", ".png": "file", ".jpg": "file", ".jpeg": "file", ".gif": "file", ".webp": "file", ".avif": "file", ".woff": "file", ".woff2": "file" },
      tsconfigRaw: "{}",
      metafile: true,
      write: false,
      logLevel: "silent",
      plugins: [narrowLists(surroundings(job, list)), ownModules(job)],
    } satisfies Esbuild.BuildOptions;
    let result = await esbuild.build({ ...options, plugins: [withoutInfiniteQueries, ...options.plugins] });
    if (usesQueryCore(result.metafile)) result = await esbuild.build(options);
    const errors = serverModules(result.metafile, job);
    if (errors.length > 0) return { ok: false, errors };
    await mkdir(job.outdir, { recursive: true });
    for (const file of result.outputFiles) await writeFile(file.path, file.path.endsWith(".map") ? namedSources(file.text) : file.contents);
    const files = result.outputFiles.map((file) => file.path.slice(resolve(job.outdir).length + 1)).sort();
    const own = [NAMESPACE, SERVER, NARROW, COPIES].map((namespace) => namespace + ":");
    const inputs = Object.keys(result.metafile.inputs).filter((path) => !path.startsWith("<") && !own.some((prefix) => path.startsWith(prefix)));
    return { ok: true, entries: entryFiles(result.metafile, NAMESPACE + ":"), inputs: [...new Set([...inputs, ...lists])].sort(), files };
  } catch (error) {
    const { errors } = error as { errors?: readonly Esbuild.Message[] };
    if (errors === undefined) throw error;
    return { ok: false, errors: errors.map(placed) };
  }
}

// A source map names files; a copy of one has its name.
function namedSources(text: string): string {
  const map = JSON.parse(text) as { sources: string[] };
  const copied = new RegExp(`^${COPIES}:([^!]*)!.*$`);
  map.sources = map.sources.map((source) => source.replace(copied, "../../node_modules/velox/dist/$1"));
  return JSON.stringify(map);
}

function placed({ text, location }: Esbuild.Message): BundleError {
  const own = location !== null && location.file.startsWith(NAMESPACE + ":");
  return {
    text: own || location === null ? text : `${text} (${location.file}:${location.line}:${location.column + 1})`,
    module: own ? location.file.slice(NAMESPACE.length + 1) : null,
    line: location?.line ?? 1,
    column: location?.column ?? 0,
  };
}

// Modules of the server that are needed in the browser after all; one that nothing uses has left the bundle.
function serverModules(metafile: Esbuild.Metafile, job: BundleJob): BundleError[] {
  const kept = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, input] of Object.entries(output.inputs)) {
      if (path.startsWith(SERVER + ":") && input.bytesInOutput > 0) kept.add(path);
    }
  }
  const errors: BundleError[] = [];
  for (const [importer, input] of Object.entries(metafile.inputs)) {
    for (const { path, original } of input.imports) {
      if (!kept.has(path)) continue;
      const module = importer.slice(NAMESPACE.length + 1);
      const lines = (job.modules[module]?.code ?? "").split("\n");
      const line = lines.findIndex((text) => text.includes(JSON.stringify(original)));
      const column = Buffer.byteLength(lines[line]?.split(JSON.stringify(original))[0] ?? "");
      errors.push({ text: `\`${original}\` exists on the server only, and this code runs in the browser`, module, line: line + 1, column });
    }
  }
  return errors;
}

const targetOf = (importer: string, path: string): string => posix.join(posix.dirname(importer), decodeURIComponent(path));

function resolved(job: BundleJob, path: string): Esbuild.OnResolveResult {
  const module = job.modules[path];
  // What stands for a stylesheet, which the page has, holds nothing: shared by two islands it would be a file without content.
  return { path, namespace: NAMESPACE, sideEffects: module === undefined || (module.effects && module.code.trim() !== "export {};") };
}

// What lists of exports are narrowed by.
function surroundings(job: BundleJob, read: (path: string) => void): Surroundings {
  const plain = (path: string): string | null => (job.modules[path]?.effects === false ? path : null);
  return {
    namespace: NAMESPACE,
    code: (path) => job.modules[path]?.code ?? "",
    list(importer, specifier) {
      const path = plain(specifier.startsWith(NAMESPACE + ":") ? specifier.slice(NAMESPACE.length + 1) : targetOf(importer, specifier));
      if (path === null) return null;
      const target = (inner: string): string | null => (inner.startsWith(".") ? plain(targetOf(path, inner)) : null);
      return { path, list: { code: job.modules[path]!.code, target } };
    },
    read,
  };
}

// The modules of the project; packages are found from the folders of their sources.
function ownModules(job: BundleJob): Esbuild.Plugin {
  return {
    name: "velox",
    setup(build) {
      build.onResolve({ filter: /^velox:/ }, ({ path }) => resolved(job, path.slice(NAMESPACE.length + 1)));
      build.onResolve({ filter: /^\.\.?\//, namespace: NAMESPACE }, ({ path, importer }) => {
        const target = targetOf(importer, path);
        return Object.hasOwn(job.modules, target) ? resolved(job, target) : undefined;
      });
      build.onResolve({ filter: /^[^./]/, namespace: NAMESPACE }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === NAMESPACE || !isServerModule(path)) return undefined;
        // A package may have the name of one of Node's modules.
        const found = path.startsWith("velox/") || path.startsWith("node:") ? null : await build.resolve(path, { kind, resolveDir, pluginData: NAMESPACE });
        if (found !== null && found.errors.length === 0 && !found.external) return undefined;
        return { path, namespace: SERVER, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: SERVER }, () => ({ contents: "module.exports = {};", loader: "js" }));
      // What is served at a path of the site stays where it is.
      build.onResolve({ filter: /^\//, namespace: NAMESPACE }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const module = job.modules[path]!;
        const map = module.map === undefined ? "" : "\n//# sourceMappingURL=data:application/json;base64," + Buffer.from(module.map).toString("base64");
        return { contents: module.code + map, loader: "js", resolveDir: module.folder };
      });
    },
  };
}

// P4: of the environment only names that begin with PUBLIC_ are there, as they are at build.
function definitions(job: BundleJob): Record<string, string> {
  const environment: Record<string, string | undefined> = { ...process.env };
  loadEnvironment(job.project, job.development, environment);
  const shown: Record<string, unknown> = { NODE_ENV: job.development ? "development" : "production" };
  for (const name of Object.keys(environment).sort()) if (name.startsWith("PUBLIC_")) shown[name] = environment[name];
  const meta = { ...shown, MODE: shown["NODE_ENV"], DEV: job.development, PROD: !job.development, SSR: false };
  const out: Record<string, string> = {
    __VELOX_DEVELOPMENT__: String(job.development),
    "process.env": JSON.stringify(shown),
    "import.meta.env": JSON.stringify(meta),
  };
  for (const [name, value] of Object.entries(shown)) out[`process.env.${name}`] = JSON.stringify(value);
  for (const [name, value] of Object.entries(meta)) out[`import.meta.env.${name}`] = JSON.stringify(value);
  return out;
}

async function findEsbuild(project: string): Promise<typeof Esbuild | null> {
  const named = process.env["VELOX_ESBUILD"];
  const from = named === undefined ? [join(project, "package.json"), import.meta.filename] : [join(resolve(named), "package.json")];
  for (const file of from) {
    let found: string;
    try {
      found = createRequire(file).resolve(named === undefined ? "esbuild" : resolve(dirname(file)));
    } catch {
      continue;
    }
    const module = (await import(pathToFileURL(found).href)) as typeof Esbuild & { default?: typeof Esbuild };
    return module.default ?? module;
  }
  return null;
}

let text = "";
for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk as string;
const result = await run(JSON.parse(text) as BundleJob);
process.stdout.write(JSON.stringify(result) + "\n", () => process.exit(0));
