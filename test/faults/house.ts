import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A folder, a sandbox EHR that outlives the service, and a service that can be killed and started again. */
export interface House {
  readonly dataDir: string;
  readonly port: number;
  startService(fault?: { point: string; hit: number; marker: string }): Promise<ChildProcess>;
  /** Runs the demo to its end; the exit code and what it printed. */
  demo(tenant: string): Promise<{ code: number | null; stdout: string; stderr: string }>;
  commits(): {
    face: string;
    interaction: string;
    type: string;
    identifier: string | null;
    id: string;
    version: string;
  }[];
  /** Resolves when the service says that work may be sent to it. */
  ready(): Promise<void>;
  /** What it answers to a GET. */
  status(path: string): Promise<number>;
  tearDown(): Promise<void>;
}

export async function buildHouse(): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intersession-faults-'));
  const port = await freePortPair();
  const environment = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const children = new Set<ChildProcess>();
  const run = (file: string, args: string[], extra: Record<string, string> = {}): ChildProcess => {
    const child = spawn(process.execPath, [join(root, file), ...args], {
      env: { ...environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  const sandbox = run('src/sandbox/main.ts', [
    ...[
      '--port',
      String(port + 1),
      '--host',
      '127.0.0.1',
      '--data-dir',
      dataDir,
      '--service-url',
      `http://127.0.0.1:${port}`,
    ],
  ]);
  sandbox.stdout?.resume();
  sandbox.stderr?.resume();
  await answers(`http://127.0.0.1:${port + 1}/health`, sandbox);

  return {
    dataDir,
    port,
    async startService(fault) {
      const extra =
        fault === undefined
          ? {}
          : { FAULT_POINT: fault.point, FAULT_HIT: String(fault.hit), FAULT_MARKER: fault.marker };
      const child = run('test/faults/service.ts', [], extra);
      child.stdout?.resume();
      let words = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        words += chunk.toString();
      });
      await answers(`http://127.0.0.1:${port}/ready`, child, () => words);
      return child;
    },
    demo(tenant) {
      const child = run('src/cli.ts', ['demo', '--tenant', tenant, '--json']);
      return finished(child);
    },
    commits() {
      const text = readFileSync(join(dataDir, 'sandbox', 'commits.ndjson'), 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    async ready() {
      const deadline = Date.now() + 60_000;
      while ((await statusAt(`http://127.0.0.1:${port}/ready`)) !== 200) {
        if (Date.now() > deadline) throw new Error('the service was not ready within a minute');
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    status: (path) => statusAt(`http://127.0.0.1:${port}${path}`),
    async tearDown() {
      for (const child of children) child.kill('SIGKILL');
      await new Promise((done) => setTimeout(done, 50));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const statusAt = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

export function finished(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}

/** Resolves when the process has ended, with the signal that ended it. */
export function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.signalCode);
  return new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
}

async function answers(url: string, child: ChildProcess, words: () => string = () => ''): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The process behind ${url} ended before it answered (${child.exitCode ?? child.signalCode}) ${words()}`,
      );
    }
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${url} did not answer within a minute`);
}

/** A port that is free together with the two after it: the service’s, the sandbox’s, and that of its authorization server. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    if ((await isFree(port)) && (await isFree(port + 1)) && (await isFree(port + 2))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
