import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ask } from '../ehr/ask.ts';
import { readBoundedJson } from '../foundation/bounded-json.ts';
import { defined } from '../foundation/defined.ts';
import { hasCode, IntersessionError } from '../foundation/intersession-error.ts';
import { privateFolder } from '../record/database/private-folder.ts';
import { claimPort } from './claim-port.ts';

const entry = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));
const healthSchema = z.object({
  product: z.literal('intersession-sandbox-ehr'),
  dataDir: z.string(),
  vendor: z.string().nullable(),
});
type Health = z.output<typeof healthSchema>;

export interface SandboxProcess {
  readonly url: string;
  /** True: it was running before us, and goes on running after us. */
  readonly reused: boolean;
  /** Of the process that we started. */
  readonly pid?: number;
  /** Resolves when the process that we started has ended without our stopping it, with how; never, for one that ran before us. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the sandbox EHR as a process of its own, or takes the one that already answers on that port with the same data.
 * It is deliberately not tied to our life: when this service dies, the EHR must not.
 * @param options.vendor stands for this vendor's EHR; default: the two faces of no vendor
 * @throws `port-busy` when something else answers there (a sandbox that stands for another vendor, say), or on the port
 *   after it, where its authorization server goes.
 */
export async function startSandboxProcess(options: {
  host: string;
  port: number;
  dataDir: string;
  serviceUrl: string;
  vendor?: string;
}): Promise<SandboxProcess> {
  const { host, port, dataDir, serviceUrl } = options;
  const url = `http://${host}:${port}`;
  const sandboxDir = join(dataDir, 'sandbox');
  privateFolder(sandboxDir);
  const found = await healthAt(url);
  const whose = strangerAt(found, options);
  if (whose !== undefined) {
    throw new IntersessionError(
      'port-busy',
      { port, host },
      `Port ${port} on ${host} is taken by ${whose}; choose another PORT`,
    );
  }
  if (found !== 'none') return { url, reused: true, ended: new Promise(() => {}), stop: async () => {} };

  const log = openSync(join(sandboxDir, 'sandbox.log'), 'a', 0o600);
  const child = spawn(
    process.execPath,
    [
      ...[entry, '--host', host, '--port', String(port), '--data-dir', dataDir, '--service-url', serviceUrl],
      ...(options.vendor === undefined ? [] : ['--vendor', options.vendor]),
    ],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  await untilHealthy(child, { host, port, folder: sandboxDir });
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!stopping) resolve(signal ?? `code ${code}`);
    });
  });
  return {
    url,
    reused: false,
    ...defined({ pid: child.pid }),
    ended,
    stop: () => {
      stopping = true;
      return stop(child);
    },
  };
}

/** Who has the port when it is not the sandbox that is wanted, in words. */
function strangerAt(
  found: Health | 'other' | 'none',
  wanted: { dataDir: string; vendor?: string },
): string | undefined {
  if (found === 'none') return undefined;
  if (found === 'other') return 'something else';
  if (!sameFolder(found.dataDir, wanted.dataDir)) return 'a sandbox EHR with another DATA_DIR';
  if (found.vendor === (wanted.vendor ?? null)) return undefined;
  return found.vendor === null ? 'the sandbox EHR that stands for no vendor' : `the sandbox EHR of ${found.vendor}`;
}

/** What the sandbox at that address says of itself, `other` for anything else that answers, `none` for a free port. */
async function healthAt(url: string): Promise<Health | 'other' | 'none'> {
  let text: string;
  try {
    const health = new URL(`${url}/health`);
    const request = { url: health, origin: health.origin, method: 'GET', headers: {} } as const;
    ({ text } = await ask(request, { timeoutMs: 2_000 }));
  } catch (error) {
    const code =
      error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '';
    return code === 'ECONNREFUSED' ? 'none' : 'other';
  }
  const body = healthSchema.safeParse(readBoundedJson(text));
  return body.success ? body.data : 'other';
}

async function untilHealthy(
  child: ChildProcess,
  { host, port, folder }: { readonly host: string; readonly port: number; readonly folder: string },
): Promise<void> {
  const url = `http://${host}:${port}`;
  const deadline = Date.now() + 45_000;
  while (Date.now() < deadline) {
    const answer = await healthAt(url);
    if (answer !== 'none' && answer !== 'other') return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const gaveUp = child.exitCode !== null;
  child.kill();
  const log = join(folder, 'sandbox.log');
  for (const needed of gaveUp ? [port, port + 1] : []) {
    if (!(await isTaken({ host, port: needed }))) continue;
    throw new IntersessionError(
      'port-busy',
      { port: needed, host },
      `Port ${needed} on ${host}, which the sandbox EHR needs, is taken by another process; choose another PORT`,
    );
  }
  throw new Error(`The sandbox EHR did not start; see ${log}`);
}

/** Whether somebody else listens there; asked of the system, now that the sandbox has given up. */
async function isTaken(at: { readonly host: string; readonly port: number }): Promise<boolean> {
  try {
    await (await claimPort(at)).close();
    return false;
  } catch (error) {
    return hasCode(error, 'port-busy');
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(hard);
}

function sameFolder(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
}
