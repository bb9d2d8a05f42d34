import { rmSync } from 'node:fs';
import { type BackendClient, backendClient } from '../../src/cli/backend-client.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/logger.ts';
import { demoClientFile, readClientFile } from '../../src/start/demo-client.ts';
import { type Running, start } from '../../src/start.ts';
import { preparedFolder } from './prepared-folder.ts';
import { runHere } from './run-here.ts';
import { type Ended, freePorts } from './run-process.ts';

/** What `npm start` gives, for one test file: the service in this process, its sandbox EHR in one of its own. */
export interface House {
  readonly running: Running;
  readonly dataDir: string;
  /** Base of the sandbox EHR. */
  readonly ehr: string;
  /** Makes a command find this house. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs `intersession …` against it, in this process. */
  command(...words: string[]): Promise<Ended>;
  /** The homework product's client of our API. */
  api(tenant: string): BackendClient;
  close(): Promise<void>;
}

/** @param vendor whose EHR the sandbox stands for; default: its own two faces */
export async function openHouse(vendor?: string): Promise<House> {
  const dataDir = await preparedFolder();
  const environment = { PORT: String(await freePorts()), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  const running = await start(readConfig(environment, { vendor }), { logger: createLogger('silent') });
  return {
    running,
    dataDir,
    environment,
    ehr: running.sandboxUrl ?? '',
    command: (...words) => runHere(words, environment),
    api: (tenant) =>
      backendClient({
        base: running.url,
        tokenUrl: `${running.url}/oauth/${tenant}/token`,
        credentials: readClientFile(demoClientFile(dataDir)),
        scope: 'system/*.cruds',
        accept: 'application/json',
      }),
    async close() {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
