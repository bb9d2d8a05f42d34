import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceStub, startServiceStub } from '../sandbox/open-sandbox.ts';
import { launch, until } from '../start/run-process.ts';
import { Simulator } from './simulator.ts';

/** A simulator in a process of its own, with a homework service that only publishes its keys. */
export interface OpenSimulator {
  readonly simulator: Simulator;
  readonly service: ServiceStub;
  close(): Promise<void>;
}

/**
 * Starts a vendor's simulator on free ports.
 * @param folder where to keep its data, and to leave them in the end; default: an empty folder that is removed
 */
export async function openSimulator(vendor: string, folder?: string): Promise<OpenSimulator> {
  const service = await startServiceStub();
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), `simulator-${vendor}-`));
  const at = ['--port', '0', '--auth-port', '0', '--data-dir', dataDir, '--service-url', service.url];
  const started = launch('src/sandbox/main.ts', [...at, '--vendor', vendor]);
  const close = async () => {
    await started.stop();
    service.close();
    if (folder === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const { url, authUrl } = await until('the simulator is ready', () => {
      if (started.child.exitCode !== null) throw new Error(`it ended: ${started.stderr()}`);
      const line = started
        .stdout()
        .split('\n')
        .find((text) => text.includes('"sandbox EHR is ready"'));
      return line === undefined ? undefined : (JSON.parse(line) as { url: string; authUrl: string });
    });
    return { simulator: new Simulator({ url, authUrl, dataDir, vendor }), service, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The simulator that a running service has started by itself (`readConfig(…, { vendor })`). */
export async function simulatorAt(url: string): Promise<Simulator> {
  const health = (await (await fetch(`${url}/health`)).json()) as { vendor: string; dataDir: string; authUrl: string };
  return new Simulator({ url, ...health });
}
