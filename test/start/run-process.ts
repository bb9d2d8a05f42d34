import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface Ended {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of ours under way, and all it has said so far. */
export interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** Asks it to end as an operator would, and waits until it has. */
  stop(): Promise<Ended>;
}

/** Where Node keeps what it made of our sources: to read and compile them anew is half of what starting takes. */
const compiled = join(root, 'node_modules/.cache/intersession/compiled');

/** What a child sees of our environment: configuration comes from the test alone. */
export function cleanEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE: compiled, ...extra };
}

/** For tests that start processes: generous, as whoever runs them may be busy with much else. */
export const patience = 120_000;

/**
 * Starts one of our files (`src/main.ts`, `src/cli.ts`) as a process of its own; in the end it is killed.
 * @param folder where a copy of the product stands; default: the product itself
 */
export function launch(
  file: string,
  args: readonly string[],
  environment: Record<string, string> = {},
  folder: string = root,
): Launched {
  return follow(
    spawn(process.execPath, [join(folder, file), ...args], {
      cwd: folder,
      env: cleanEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    }),
  );
}

/** Collects what a process says. */
export function follow(child: ChildProcess): Launched {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, ...said }));
  });
  return {
    child,
    ended,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs one of our files to its end. */
export const run = (file: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  launch(file, args, environment).ended;

/** Asks again and again until there is an answer other than undefined. */
export async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 0.75 * patience;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what}: not in time`);
}

/** Waits until the service that was launched says where it is ready. */
export async function readyUrl(service: Launched): Promise<string> {
  return until('the service is ready', () => {
    if (service.child.exitCode !== null) throw new Error(`it ended: ${service.stderr()}`);
    return /ready at (http:\/\/\S+)/.exec(service.stdout())?.[1];
  });
}

/** Whether anything answers there. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** The service's port, so that the sandbox EHR's and its authorization server's, the next two, are free as well. */
export async function freePorts(): Promise<number> {
  for (;;) {
    // below what the system gives to outgoing connections
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all([port, port + 1, port + 2].map(isFree));
    if (free.every(Boolean)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => done(true));
  });
  if (free) {
    server.close();
    await once(server, 'close');
  }
  return free;
}
