import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { createLogger } from '../../src/logger.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { start } from '../../src/start.ts';
import { preparedFolder } from './prepared-folder.ts';
import { runHere } from './run-here.ts';
import { answers, type Ended, freePorts, launch, patience, readyUrl, run, until } from './run-process.ts';

const cleaning: (() => unknown)[] = [];
const scratch = mkdtempSync(join(tmpdir(), 'intersession-start-'));
let folders = 0;
const newFolder = (): string => {
  folders += 1;
  const folder = join(scratch, String(folders));
  mkdirSync(folder);
  return folder;
};
/** One in which a service starts sooner. */
const newPreparedFolder = async (): Promise<string> => {
  const folder = await preparedFolder();
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A service whose one tenant is an EHR that is not there: it needs no sandbox. */
async function tenantsFile(folder: string): Promise<string> {
  const file = join(folder, 'tenants.json');
  const fhirBase = `http://127.0.0.1:${await freePorts()}/fhir`;
  writeFileSync(file, JSON.stringify([{ id: 'clinic', name: 'Clinic', fhirBase, auth: 'none' }]));
  return file;
}

/** Takes a port with a server that knows nothing of us. */
async function occupy(port: number): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(404).end('not here'));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  cleaning.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
}

/** One line on standard error, nothing else, and a code that is not 0. */
function refusal({ code, stdout, stderr }: Ended): string {
  expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
  return stderr.trimEnd();
}

/** What the service refuses to start with, as `main.ts` prints it: it is started in this process, which saves the time of a new one. */
async function refusalHere(environment: Record<string, string>): Promise<string> {
  try {
    const running = await start(readConfig(environment), { logger: createLogger('silent') });
    cleaning.push(() => running.close());
  } catch (error) {
    if (error instanceof IntersessionError) return `intersession: ${error.message}`;
    throw error;
  }
  throw new Error('it started');
}

describe('a service that cannot start says why in one line and leaves nothing behind', { timeout: patience }, () => {
  it('refuses a data folder that another process works on, and names it', async () => {
    const folder = await newPreparedFolder();
    const TENANTS_FILE = await tenantsFile(newFolder());
    const first = launch('src/main.ts', [], { PORT: '0', DATA_DIR: folder, TENANTS_FILE });
    cleaning.push(() => first.stop());
    const url = await readyUrl(first);
    const second = await refusalHere({ PORT: '0', DATA_DIR: folder, TENANTS_FILE });
    expect(second).toBe(
      `intersession: The data folder ${folder} is in use by another process. Stop that one first, or set DATA_DIR or DATABASE_URL.`,
    );
    // `migrate` would be a second process as well
    const migrating = await runHere(['migrate'], { DATA_DIR: folder });
    expect(refusal(migrating)).toContain(`The data folder ${folder} is in use`);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });

  it('refuses a port that is taken, before it opens anything', async () => {
    const port = await freePorts();
    await occupy(port);
    const folder = newFolder();
    const ended = await run('src/main.ts', [], { PORT: String(port), DATA_DIR: folder });
    expect(refusal(ended)).toBe(
      `intersession: Port ${port} on 127.0.0.1 is taken by another process; stop it or choose another PORT`,
    );
    expect(existsSync(join(folder, 'record'))).toBe(false);
  });

  it('refuses when something else stands where its sandbox EHR is to be', async () => {
    const port = await freePorts();
    await occupy(port + 1);
    const refused = await refusalHere({ PORT: String(port), DATA_DIR: await newPreparedFolder() });
    expect(refused).toBe(`intersession: Port ${port + 1} on 127.0.0.1 is taken by something else; choose another PORT`);
  });

  it('refuses when the port of the sandbox EHR’s authorization server is taken', async () => {
    const port = await freePorts();
    await occupy(port + 2);
    const refused = await refusalHere({ PORT: String(port), DATA_DIR: await newPreparedFolder() });
    expect(refused).toBe(
      `intersession: Port ${port + 2} on 127.0.0.1, which the sandbox EHR needs, is taken by another process; choose another PORT`,
    );
    expect(await answers(`http://127.0.0.1:${port + 1}/health`)).toBe(false);
  });

  it('refuses a sandbox EHR that belongs to another data folder, and leaves it alone', async () => {
    const port = await freePorts();
    const serviceUrl = `http://127.0.0.1:${port}`;
    const other = await startSandbox({ port: port + 1, host: '127.0.0.1', dataDir: newFolder(), serviceUrl });
    cleaning.push(() => other.close());
    const refused = await refusalHere({ PORT: String(port), DATA_DIR: await newPreparedFolder() });
    expect(refused).toBe(
      `intersession: Port ${port + 1} on 127.0.0.1 is taken by a sandbox EHR with another DATA_DIR; choose another PORT`,
    );
    expect(await answers(`${other.url}/health`)).toBe(true);
  });

  it('refuses a data folder that cannot be made, and names it', async () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    const DATA_DIR = join(file, 'data');
    const TENANTS_FILE = await tenantsFile(newFolder());
    const words = `Configuration: DATA_DIR: the folder ${DATA_DIR} cannot be made or written (ENOTDIR)`;
    expect(await refusalHere({ PORT: '0', DATA_DIR, TENANTS_FILE })).toBe(`intersession: ${words}`);
    expect(refusal(await runHere(['migrate'], { DATA_DIR }))).toBe(`intersession migrate: ${words}`);
  });

  it('refuses an address that is not this machine’s', async () => {
    const TENANTS_FILE = await tenantsFile(newFolder());
    const PUBLIC_URL = 'https://homework.example';
    const environment = { PORT: '4000', HOST: '192.0.2.1', DATA_DIR: newFolder(), TENANTS_FILE, PUBLIC_URL };
    expect(await refusalHere(environment)).toBe(
      'intersession: Configuration: HOST and PORT: cannot listen on 192.0.2.1, port 4000 (EADDRNOTAVAIL)',
    );
  });

  it('says that PostgreSQL does not let it in, and nothing of who asked', async () => {
    const DATABASE_URL = `postgres://somebody:geheim@127.0.0.1:${await freePorts()}/ours`;
    const refused = await refusalHere({
      PORT: '0',
      TENANTS_FILE: await tenantsFile(newFolder()),
      DATABASE_URL,
    });
    expect(refused).toBe('intersession: Configuration: DATABASE_URL: PostgreSQL does not let us in (ECONNREFUSED)');
  });

  it('refuses an option that it does not take, and leaves no folder', async () => {
    const folder = join(newFolder(), 'elsewhere');
    const ended = await run('src/main.ts', ['--data-dir', folder], { PORT: '0' });
    expect(refusal(ended)).toMatch(/^intersession: Configuration: --data-dir is not taken here: set DATA_DIR/);
    expect(existsSync(folder)).toBe(false);
  });

  it('says what is wrong with its configuration, and not what it is set to', async () => {
    const ended = await run('src/main.ts', [], { PORT: 'geheim', LOG_LEVEL: 'geheim' });
    expect(refusal(ended)).toBe(
      'intersession: Configuration: PORT: must be number; LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent',
    );
  });
});

describe('a clean stop', { timeout: patience }, () => {
  it('takes along the sandbox EHR that the service started, and frees the ports and the folder', async () => {
    const port = await freePorts();
    const environment = { PORT: String(port), DATA_DIR: await newPreparedFolder(), LOG_LEVEL: 'error' };
    const service = launch('src/main.ts', [], environment);
    cleaning.push(() => service.stop());
    const url = await readyUrl(service);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await answers(`http://127.0.0.1:${port + 1}/health`)).toBe(true);
    expect(await service.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await answers(`${url}/health`)).toBe(false);
    expect(await answers(`http://127.0.0.1:${port + 1}/health`)).toBe(false);
    expect(await runHere(['migrate', '--json'], environment)).toMatchObject({
      code: 0,
      stdout: '{"applied":[]}\n',
    });
  });

  it('is clean even when it is asked for in the middle of starting', async () => {
    const port = await freePorts();
    const environment = { PORT: String(port), DATA_DIR: await newPreparedFolder(), LOG_LEVEL: 'error' };
    const service = launch('src/main.ts', [], environment);
    const health = `http://127.0.0.1:${port + 1}/health`;
    await until('the sandbox EHR', async () => ((await answers(health)) ? true : undefined));
    expect(await service.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await answers(health)).toBe(false);
  });

  it('leaves a sandbox EHR that ran before', async () => {
    const port = await freePorts();
    const environment = { PORT: String(port), DATA_DIR: await newPreparedFolder(), LOG_LEVEL: 'error' };
    const sandbox = launch('src/cli.ts', ['sandbox', '--json'], environment);
    cleaning.push(() => sandbox.stop());
    const health = `http://127.0.0.1:${port + 1}/health`;
    while (!sandbox.stdout().includes('\n'))
      await Promise.race([once(sandbox.child.stdout ?? sandbox.child, 'data'), sandbox.ended]);
    expect(JSON.parse(sandbox.stdout())).toEqual({ url: `http://127.0.0.1:${port + 1}`, reused: false });
    const service = launch('src/main.ts', [], environment);
    cleaning.push(() => service.stop());
    await readyUrl(service);
    expect(await service.stop()).toMatchObject({ code: 0 });
    expect(await answers(health)).toBe(true);
    expect(await sandbox.stop()).toMatchObject({ code: 0 });
    expect(await answers(health)).toBe(false);
  });
});
