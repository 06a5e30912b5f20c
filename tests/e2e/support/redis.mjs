// A Redis server of a test's own: on a free loopback port, without files. In CI it has to be there.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { freePort } from './server.mjs';

const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Why tests with a server are skipped; false where they run. */
export function withoutRedis() {
  if (program !== undefined) return false;
  if (process.env.CI === 'true') throw new Error('redis-server is not installed: apt-get install redis-server');
  return 'redis-server is not installed';
}

/** Starts one; `signal` stops, continues and kills it. */
export async function startRedis() {
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const begin = async () => {
    const child = spawn(program, words, { stdio: 'ignore' });
    for (let i = 0; i < 200; i++) {
      if (await answersPing(port)) return child;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('redis-server did not start');
  };
  let child = await begin();
  return {
    url: `redis://127.0.0.1:${port}`,
    signal: (name) => child.kill(name),
    /** Ends it, and everything that it held. */
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    },
    async restart() {
      await this.stop();
      child = await begin();
    },
  };
}

function answersPing(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.once('data', (data) => (resolve(data.toString().startsWith('+PONG')), socket.destroy()));
    socket.once('error', () => {});
    socket.once('close', () => resolve(false));
  });
}
