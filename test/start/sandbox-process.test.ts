import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { simulatedVendors } from '../../src/config/sandbox-tenants.ts';
import { vendorNames } from '../../src/sandbox/vendors/registry.ts';
import { type SandboxProcess, startSandboxProcess } from '../../src/start/sandbox-process.ts';
import { freePorts, patience } from './run-process.ts';

let dataDir: string;
let epic: SandboxProcess;
let options: Parameters<typeof startSandboxProcess>[0];
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'intersession-vendor-'));
  const port = await freePorts();
  options = { host: '127.0.0.1', port, dataDir, serviceUrl: 'http://127.0.0.1:9' };
  epic = await startSandboxProcess({ ...options, vendor: 'epic' });
}, patience);
afterAll(async () => {
  await epic?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('reuses the sandbox of the same vendor, and of no other', async () => {
  expect(await startSandboxProcess({ ...options, vendor: 'epic' })).toMatchObject({ reused: true });
  const taken = `Port ${options.port} on 127.0.0.1 is taken by the sandbox EHR of epic; choose another PORT`;
  await expect(startSandboxProcess({ ...options, vendor: 'meditech' })).rejects.toThrow(taken);
  await expect(startSandboxProcess(options)).rejects.toThrow(taken);
});

it('knows the same vendors on both sides', () => {
  expect([...simulatedVendors.keys()]).toEqual(vendorNames);
});

it('that ends without our stopping it says so, with how; one that is stopped says nothing', {
  timeout: patience,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intersession-ended-'));
  const port = await freePorts();
  const start = () => startSandboxProcess({ ...options, port, dataDir: folder });
  const killed = await start();
  process.kill(killed.pid ?? 0, 'SIGKILL');
  expect(await killed.ended).toBe('SIGKILL');
  const stopped = await start();
  await stopped.stop();
  expect(await Promise.race([stopped.ended, Promise.resolve('nothing said')])).toBe('nothing said');
  rmSync(folder, { recursive: true, force: true });
});
