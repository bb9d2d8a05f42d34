import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/logger.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { demoClientFile } from '../../src/start/demo-client.ts';
import { type Running, start } from '../../src/start.ts';
import { createTestDatabase, testDatabaseUrl } from '../record/open-test-database.ts';
import { preparedFolder } from '../start/prepared-folder.ts';
import { runHere } from '../start/run-here.ts';
import { freePorts, patience, until } from '../start/run-process.ts';

/** One house through losses: its service is started and stopped, its data folder and its sandbox EHR's log stay. */
let dataDir: string;
let environment: Record<string, string>;
let running: Running | undefined;
const databases: (() => Promise<void>)[] = [];
const tenants = ['sandbox', 'sandbox-notes'];

beforeAll(async () => {
  dataDir = await preparedFolder();
  environment = { PORT: String(await freePorts()), DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...(await newDatabase()) };
  await open();
  for (const tenant of tenants) expect(await command('demo', '--tenant', tenant)).toMatchObject({ code: 0 });
}, 2 * patience);
afterAll(async () => {
  await running?.close();
  for (const drop of databases) await drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function newDatabase(): Promise<Record<string, string>> {
  if (testDatabaseUrl === undefined) return {};
  const { url, drop } = await createTestDatabase(testDatabaseUrl);
  databases.push(drop);
  return { DATABASE_URL: url };
}

async function open(): Promise<void> {
  running = await start(readConfig(environment), { logger: createLogger('silent') });
}

async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

const command = (...words: string[]) => runHere(words, environment);
const json = async (...words: string[]) => {
  const { code, stdout, stderr } = await command(...words, '--json');
  return { code, stderr, said: JSON.parse(stdout) };
};

/** What the EHR has committed so far: every line is a write of ours that changed something there. */
const commits = (): string[] =>
  readFileSync(join(dataDir, 'sandbox', 'commits.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

async function file(tenant: string, name: string): Promise<string> {
  const path = join(dataDir, `${tenant}-${name}.ndjson`);
  expect(await command('export', '--tenant', tenant, '--out', path)).toMatchObject({ code: 0, stderr: '' });
  return path;
}

interface Row {
  readonly artefact: string;
  readonly id: string;
  readonly state: string;
}

async function ledgerOf(tenant: string): Promise<Row[]> {
  const words = ['ledger', 'list', '--tenant', tenant, '--client', demoClientFile(dataDir), '--json'];
  return JSON.parse((await command(...words)).stdout);
}

/** A tenant's ledger, once every row stands as it did, or as long as anybody would wait for it. */
async function settled(tenant: string, as?: readonly Row[]): Promise<Row[]> {
  const restless = ['pending', 'in-flight', 'unknown'];
  return until(`the ledger of ${tenant} settles`, async () => {
    const rows = await ledgerOf(tenant);
    const done =
      as === undefined ? !rows.some(({ state }) => restless.includes(state)) : told(rows).join() === told(as).join();
    return done ? rows : undefined;
  }).catch(() => ledgerOf(tenant));
}
const told = (rows: readonly Row[]) => rows.map(({ artefact, id, state }) => `${artefact} ${id} ${state}`).sort();

describe('export, import and ledger rebuild, as their operator runs them', { timeout: 2 * patience }, () => {
  const exported = new Map<string, string>();
  const ledgers = new Map<string, Row[]>();

  it('exports beside the running service: whole, for its owner only, the same bytes again, and never over a file', async () => {
    for (const tenant of tenants) {
      const path = await file(tenant, 'first');
      exported.set(tenant, path);
      ledgers.set(tenant, await settled(tenant));
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(await file(tenant, 'again'), 'utf8')).toBe(readFileSync(path, 'utf8'));
      const bundle = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '');
      expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
      // no address that opens anything, and no key
      expect(JSON.stringify(bundle)).not.toContain('/response/');
    }
    const twice = await command('export', '--out', exported.get('sandbox') ?? '');
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain('is there already, and is not written over');
    const nobody = await command('export', '--patient', 'nobody', '--out', join(dataDir, 'none.ndjson'));
    expect(nobody).toMatchObject({ code: 1, stderr: 'intersession export: No plan of this patient is held here.\n' });
    expect(() => statSync(join(dataDir, 'none.ndjson'))).toThrow('ENOENT');
  });

  it('imports what stands as unchanged, and refuses by line, entry and element what does not fit', async () => {
    const path = exported.get('sandbox') ?? '';
    const { code, said } = await json('import', path);
    expect({ code, said }).toMatchObject({ code: 0, said: [{ line: 1, outcome: 'unchanged' }] });
    const other = await json('import', path, '--tenant', 'sandbox-notes');
    expect(other).toMatchObject({ code: 1, said: [{ outcome: 'refused', issues: [{ path: 'Bundle.meta.tag' }] }] });
    const broken = join(dataDir, 'broken.ndjson');
    writeFileSync(broken, `${readFileSync(path, 'utf8').slice(0, -200)}\n`);
    expect(await command('import', broken)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^line 1: refused: The line is not JSON/),
    });
    const changed = join(dataDir, 'changed.ndjson');
    writeFileSync(changed, readFileSync(path, 'utf8').replace('"title":"', '"title":"Another '));
    const refused = await json('import', changed);
    expect(refused).toMatchObject({ code: 1, said: [{ line: 1, outcome: 'refused', code: 'version-conflict' }] });
    const rebuilt = await json('ledger', 'rebuild');
    expect(rebuilt).toMatchObject({ code: 0, said: { plans: 1, resources: 0, wanted: 0 } });
  });

  it('makes a lost ledger anew: everything is found in the EHR, and nothing is there twice', async () => {
    const before = commits();
    await stop();
    await inDatabase(async (database) => {
      for (const table of ['attempt', 'ledger', 'landing_group']) await database.query(`delete from ${table}`);
    });
    for (const tenant of tenants) {
      const { code, said } = await json('ledger', 'rebuild', '--tenant', tenant);
      expect({ code, wanted: said.wanted }).toEqual({ code: 0, wanted: ledgers.get(tenant)?.length });
    }
    await open();
    for (const tenant of tenants) {
      const before = ledgers.get(tenant) ?? [];
      expect(told(await settled(tenant, before))).toEqual(told(before));
    }
    expect(commits()).toEqual(before);
  });

  it('brings a lost database back: the same export, everything found in the EHR, and nothing there twice', async () => {
    const before = commits();
    await stop();
    const pins = await inDatabase((database) => database.query('select tenant, pinned_at from sandbox_clock'));
    if (testDatabaseUrl === undefined) rmSync(join(dataDir, 'record'), { recursive: true });
    else environment = { ...environment, ...(await newDatabase()) };
    for (const tenant of tenants) {
      const { code, said, stderr } = await json('import', exported.get(tenant) ?? '', '--tenant', tenant);
      expect({ code, stderr, said }).toMatchObject({
        code: 0,
        stderr: '',
        said: [{ outcome: 'imported', madeAnew: [] }],
      });
      const twice = await command('import', exported.get(tenant) ?? '', '--tenant', tenant);
      expect(twice).toMatchObject({ code: 0, stdout: expect.stringContaining('0 plans imported, 1 unchanged') });
      expect(readFileSync(await file(tenant, 'after'), 'utf8')).toBe(readFileSync(exported.get(tenant) ?? '', 'utf8'));
    }
    // the sandbox's own time is no part of the record: without it, months would pass now
    await inDatabase((database) =>
      database.query(
        'insert into sandbox_clock (tenant, pinned_at) select tenant, pinned_at from jsonb_to_recordset($1::jsonb) as p(tenant text, pinned_at timestamptz)',
        [JSON.stringify(pins.rows)],
      ),
    );
    await open();
    for (const tenant of tenants) {
      const before = ledgers.get(tenant) ?? [];
      expect(told(await settled(tenant, before))).toEqual(told(before));
    }
    // the secret behind the response endpoints is a new one, and so are their addresses; nothing is made
    const since = commits()
      .slice(before.length)
      .map((line) => JSON.parse(line));
    expect(since.filter(({ interaction, type }) => interaction !== 'update' || type !== 'Task')).toEqual([]);
    const client = demoClientFile(dataDir);
    expect(await command('ledger', 'check', '--client', client)).toMatchObject({ code: 0 });
  });

  async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { DATABASE_URL } = environment;
    const place = DATABASE_URL === undefined ? { folder: dataDir } : { databaseUrl: DATABASE_URL };
    const database = await openDatabase(place);
    return work(database).finally(() => database.close());
  }
});
