import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { type Json, OpenSandbox, readLines, type ServiceStub, startServiceStub, survey, task } from './open-sandbox.ts';

// each of these starts processes that parse the R4 definitions first
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const entry = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const children = new Set<ChildProcess>();
let service: ServiceStub;
let dataDir: string;
let logPath: string;

beforeAll(async () => {
  service = await startServiceStub();
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  logPath = join(dataDir, 'sandbox/commits.ndjson');
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  service.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A sandbox as a process of its own; `stop` ends it with a signal and waits. */
async function spawnSandbox(folder = dataDir) {
  const flags = ['--port', '0', '--data-dir', folder, '--service-url', service.url];
  const child = spawn(process.execPath, [entry, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const at = await new Promise<{ url: string; authUrl: string }>((ready, failed) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, url, authUrl] = /"url":"([^"]+)","authUrl":"([^"]+)"/.exec(text) ?? [];
      if (url && authUrl) ready({ url, authUrl });
    });
    child.once('exit', () => failed(new Error('the sandbox ended')));
  });
  const stop = (signal: NodeJS.Signals) =>
    new Promise<number | null>((ended) => {
      child.once('exit', (code) => ended(code));
      child.kill(signal);
    });
  const ehr = new OpenSandbox(at, folder, service, async () => {});
  return { child, ehr, stop };
}

it('after kill -9 every answered write is in store and log once, with ids, versions and identifiers', async () => {
  const first = await spawnSandbox();
  const answered: Json[] = [];
  let running = true;
  const post = async (n: number) => {
    const resource = n % 2 ? task({ identifier: [{ system: 'urn:x', value: String(n) }] }) : survey();
    const made = await first.ehr.fhir('native', 'POST', `/${resource.resourceType}`, { body: resource });
    if (made.status === 201) answered.push(made.body);
    if (answered.length === 40) {
      running = false;
      await first.stop('SIGKILL'); // while the other lanes are in flight
    }
  };
  const lane = async (start: number) => {
    for (let n = start; running; n += 4) await post(n).catch(() => undefined);
  };
  await Promise.all([0, 1, 2, 3].map(lane));

  const second = await spawnSandbox();
  const lines = readLines(logPath);
  expect(answered.length).toBeGreaterThanOrEqual(40);
  for (const resource of answered) {
    const read = await second.ehr.fhir('native', 'GET', `/${resource.resourceType}/${resource.id}`);
    expect(read.body).toEqual(resource);
    expect(lines.filter(({ id }) => id === resource.id)).toMatchObject([
      { face: 'native', interaction: 'create', type: resource.resourceType, version: 1 },
    ]);
  }
  // and nothing is in the log that the store has not
  for (const { type, id } of lines) expect((await second.ehr.fhir('native', 'GET', `/${type}/${id}`)).status).toBe(200);
  const withIdentifier = lines.filter(({ type }) => type === 'Task').map(({ identifier }) => identifier);
  expect(withIdentifier.every((identifier) => /^urn:x\|\d+$/.test(identifier))).toBe(true);
  expect(await second.stop('SIGTERM')).toBe(0);
});

it('writes log lines that a crash lost or cut short again, and only those', async () => {
  const lines = readFileSync(logPath, 'utf8');
  const cut = lines.trimEnd().split('\n').slice(0, -3).join('\n').length + 20;
  truncateSync(logPath, cut);
  const { close } = await startHere();
  expect(readFileSync(logPath, 'utf8')).toBe(lines);
  await close();
});

it('lets no second process work on the same folder', async () => {
  const { close } = await startHere();
  const flags = ['--port', '0', '--data-dir', dataDir, '--service-url', service.url];
  const { code, stderr } = await runToEnd(flags);
  expect([code, stderr]).toEqual([1, `sandbox: another process works on ${dataDir}\n`]);
  await close();
});

it('outlives whoever reads its output', async () => {
  const { child, ehr, stop } = await spawnSandbox();
  child.stdout?.destroy();
  await ehr.askToken('native', 'nothing-granted'); // makes it write to the closed pipe
  expect((await fetch(`${ehr.url}/health`)).status).toBe(200);
  expect((await fetch(`${ehr.url}/health`)).status).toBe(200);
  await stop('SIGTERM');
});

it('says in one line why it cannot start', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  const { port } = taken.address() as { port: number };
  const busy = await runToEnd(['--port', String(port), '--data-dir', dataDir]);
  expect([busy.code, busy.stderr]).toEqual([1, `sandbox: port ${port} on 127.0.0.1 is busy\n`]);
  const second = await runToEnd(['--port', '0', '--auth-port', String(port), '--data-dir', dataDir]);
  expect([second.code, second.stderr]).toEqual([1, busy.stderr]);
  taken.close();
  for (const flags of [
    ['--prot', '1'],
    ['--port', 'abc'],
    ['--auth-port', '70000'],
    ['--token-seconds', '0'],
    ['--service-url', 'nowhere'],
  ]) {
    const { code, stderr } = await runToEnd(flags);
    expect([code, stderr.trim().split('\n').length, stderr.includes(String(flags[0]))]).toEqual([1, 1, true]);
  }
  const help = await runToEnd(['--help']);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('--data-dir')]);
});

it('sets a log of another database aside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  mkdirSync(join(folder, 'sandbox'));
  const path = join(folder, 'sandbox/commits.ndjson');
  writeFileSync(path, '{"not":"ours"}\n');
  const { close } = await startHere(folder);
  expect(readFileSync(path, 'utf8')).toBe('');
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A sandbox in this process. */
function startHere(folder = dataDir) {
  return startSandbox({ port: 0, host: '127.0.0.1', dataDir: folder, serviceUrl: service.url });
}

function runToEnd(flags: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [entry, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}
