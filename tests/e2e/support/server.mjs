// Starts a built project's server on a free port, and sends it requests exactly as they are written.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { request as send } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts `.velox/output/server.js` of a project; see `startCommand`. */
export async function startServer(project, env = {}) {
  const script = join(project, '.velox/output/server.js');
  if (!existsSync(script)) throw new Error(`${script} does not exist: build the project first (\`veloxc build\`)`);
  return startCommand([process.execPath, script], project, env);
}

/**
 * Starts a command that serves a project, and waits for its line `velox ready on http://...`.
 * Gives `origin`, `get`, what it has printed so far, and `stop`, which resolves with the exit code.
 */
export async function startCommand([program, ...args], cwd, env = {}) {
  const port = await freePort();
  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      // What one server keeps is nothing to the next: tests begin with what the build made.
      VELOX_CACHE_FOLDER: mkdtempSync(join(tmpdir(), 'velox-e2e-cache-')),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = { stdout: '', stderr: '' };
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  const origin = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`the server ${why}\n${log.stdout}${log.stderr}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('was not ready within 20 s');
    }, 20_000);
    child.stderr.setEncoding('utf8').on('data', (text) => (log.stderr += text));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      log.stdout += text;
      const ready = /velox ready on (http:\/\/\S+)/.exec(log.stdout);
      if (ready === null) return;
      clearTimeout(timer);
      resolve(ready[1].replace(/\/$/, ''));
    });
    ended.then((code) => {
      clearTimeout(timer);
      fail(`ended with ${code} before it was ready`);
    });
  });
  return {
    origin,
    port,
    log,
    get: (path, options) => rawRequest(port, path, options),
    stop() {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      return ended.finally(() => clearTimeout(killer));
    },
  };
}

/** One request whose path goes over the wire as it stands: `fetch` would resolve dots and encode characters. */
function rawRequest(port, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    request.setTimeout(15_000, () => request.destroy(new Error(`${method} ${path}: no answer within 15 s`)));
    request.on('error', reject);
    request.end(body);
  });
}
