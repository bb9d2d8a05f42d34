import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/start.ts';
import manifest from '../fixtures/sarah.expected.json' with { type: 'json' };
import { compareSarah, type Face } from '../oracle/compare-sarah.ts';
import { createTestDatabase, testDatabaseUrl } from '../record/open-test-database.ts';
import { preparedFolder } from '../start/prepared-folder.ts';
import { freePorts, patience, run } from '../start/run-process.ts';

/** The shape of `demo --json`, as operators rely on it. */
const printedShape = z.strictObject({
  tenant: z.string(),
  counts: z.record(z.string(), z.number().int().positive()),
  artefacts: z.array(
    z.strictObject({
      artefact: z.string(),
      resourceType: z.string(),
      landing: z.string(),
      reference: z.string().nullable(),
      status: z.string(),
    }),
  ),
});
type Printed = z.output<typeof printedShape>;

interface Commit {
  readonly face: string;
  readonly interaction: string;
  readonly type: string;
  readonly identifier: string | null;
}

/** By hand: 6 logs with 6 ratings each, and the barrier; adherence of the plan and of each step that fell due. */
const artefactsOfSarah = {
  plan: 1,
  assignment: 6,
  occurrence: 7,
  log: 6,
  measure: 37,
  adherence: 6,
  report: 1,
};

let dataDir: string;
let port: number;
let service: Running | undefined;
let database: { url: string; drop: () => Promise<void> } | undefined;

async function startService(): Promise<void> {
  if (testDatabaseUrl !== undefined) database ??= await createTestDatabase(testDatabaseUrl);
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    DATABASE_URL: database?.url,
  });
  service = await start(config, { logger: createLogger('silent') });
}

async function stopService(): Promise<void> {
  await service?.close();
  service = undefined;
}

/** As after a disaster: the EHR keeps all it has, the service has nothing but its configuration. */
async function loseDatabase(): Promise<void> {
  await database?.drop();
  database = undefined;
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('record')) rmSync(join(dataDir, name), { recursive: true });
  }
}

async function playDemo(tenant: string): Promise<Printed> {
  const { code, stdout, stderr } = await run('src/cli.ts', ['demo', '--tenant', tenant, '--json'], {
    PORT: String(port),
    DATA_DIR: dataDir,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return printedShape.parse(JSON.parse(stdout));
}

const lines = <T>(file: string): T[] =>
  readFileSync(join(dataDir, 'sandbox', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const commits = (face?: Face): Commit[] =>
  lines<Commit>('commits.ndjson').filter((line) => face === undefined || line.face === face);
const differences = (face: Face) => compareSarah({ base: `http://127.0.0.1:${port + 1}/fhir/${face}`, face, dataDir });
const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
const present = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

beforeAll(async () => {
  dataDir = await preparedFolder();
  port = await freePorts();
  await startService();
}, patience);
afterAll(async () => {
  await stopService();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the worked case, played into an EHR that takes everything', () => {
  let printed: Printed;
  beforeAll(async () => {
    printed = await playDemo('sandbox');
  }, patience);

  it('leaves exactly the manifest in the EHR', async () => {
    expect(await differences('native')).toEqual([]);
  });

  it('prints what the EHR holds, each artefact by the reference under which it stands there', () => {
    expect(printed.tenant).toBe('sandbox');
    expect(printed.counts).toEqual(manifest.faces.native);
    expect(tally(printed.artefacts.map((artefact) => artefact.artefact))).toEqual(artefactsOfSarah);
    expect(new Set(printed.artefacts.map((artefact) => artefact.landing))).toEqual(new Set(['native', 'note']));
    expect(
      printed.artefacts.filter((artefact) => artefact.landing === 'note').map((artefact) => artefact.artefact),
    ).toEqual(['report']);
    for (const { reference, resourceType } of printed.artefacts) expect(reference).toMatch(`${resourceType}/`);
    expect(new Set(printed.artefacts.map((artefact) => artefact.reference)).size).toBe(printed.artefacts.length);
    const statuses = printed.artefacts
      .filter((artefact) => artefact.artefact === 'assignment')
      .map((artefact) => artefact.status);
    expect(tally(statuses)).toEqual(tally(manifest.assignments.map((assignment) => assignment.status)));
    expect(printed.artefacts.find((artefact) => artefact.artefact === 'report')?.status).toBe('preliminary');
  });

  it('creates each identifier once', () => {
    const creates = commits('native').filter((commit) => commit.interaction === 'create' && commit.identifier !== null);
    const ours = creates.filter((create) => create.identifier?.startsWith('https://intersession.dev/id/'));
    expect(ours).toHaveLength(Object.values(manifest.faces.native).reduce((sum, count) => sum + count));
    const times = tally(ours.map((our) => our.identifier ?? ''));
    expect(Object.entries(times).filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('writes nothing when it is played again, and prints the same', async () => {
    const before = commits();
    expect(await playDemo('sandbox')).toEqual(printed);
    expect(commits()).toEqual(before);
  });
});

describe('the worked case, played into an EHR that refuses CarePlan and Task', () => {
  let printed: Printed;
  beforeAll(async () => {
    printed = await playDemo('sandbox-notes');
  }, patience);

  it('leaves exactly the manifest in the EHR', async () => {
    expect(await differences('notes-only')).toEqual([]);
  });

  it('accounts for every artefact in one report and its observations', () => {
    expect(printed.counts).toEqual(present(manifest.faces['notes-only']));
    expect(tally(printed.artefacts.map((artefact) => artefact.artefact))).toEqual(artefactsOfSarah);
    const report = printed.artefacts.find((artefact) => artefact.artefact === 'report');
    expect(report?.reference).toMatch(/^DocumentReference\//);
    for (const { artefact, landing, reference } of printed.artefacts) {
      const measured = artefact === 'measure';
      expect({ artefact, landing }).toEqual({ artefact, landing: measured ? 'observation' : 'note' });
      if (measured) expect(reference).toMatch(/^Observation\//);
      else expect(reference).toBe(report?.reference);
    }
  });

  it('never tries to write a CarePlan or a Task', () => {
    const requests = lines<{ face: string; method: string; type: string }>('requests.ndjson');
    const writes = requests.filter(({ face, method }) => face === 'notes-only' && method !== 'GET');
    expect(new Set(writes.map(({ type }) => type))).toEqual(new Set(['Observation', 'DocumentReference']));
  });
});

describe('after our own database was lost', { timeout: patience }, () => {
  it('finds everything in the EHR again and makes no second copy', async () => {
    const before = commits();
    await stopService();
    await loseDatabase();
    await startService();
    const native = await playDemo('sandbox');
    const notes = await playDemo('sandbox-notes');
    expect(native.counts).toEqual(manifest.faces.native);
    expect(notes.counts).toEqual(present(manifest.faces['notes-only']));
    expect(await differences('native')).toEqual([]);
    expect(await differences('notes-only')).toEqual([]);
    const since = commits().slice(before.length);
    expect(since.filter((commit) => commit.interaction === 'create')).toEqual([]);
  });
});
