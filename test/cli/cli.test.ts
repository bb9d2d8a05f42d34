import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { commands } from '../../src/cli/commands.ts';
import { type House, openHouse } from '../start/open-house.ts';
import { runHere } from '../start/run-here.ts';
import { cleanEnvironment, type Ended, follow, freePorts, patience, root, run } from '../start/run-process.ts';

const cli = (...words: string[]): Promise<Ended> => runHere(words);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'intersession-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('words', () => {
  it.each(commands.map(({ name }) => name))('%s --help says how it is used, and does nothing', async (name) => {
    const { code, stdout, stderr } = await cli(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`usage: intersession ${name}`);
    // the list of commands promises it of each: so does each way of using one, unless it prints Markdown or a file
    const usage = stdout.slice(0, stdout.indexOf('\n\n')).split(/\n(?= +intersession )/);
    for (const way of usage) expect(way).toContain('--json');
  });

  it('--help lists every command; no word at all is a mistake that gets the same list', async () => {
    const [help, bare] = [await cli('--help'), await cli()];
    expect([help.code, bare.code]).toEqual([0, 2]);
    for (const { name, summary } of commands) expect(help.stdout).toMatch(`  ${name.padEnd(7)}  ${summary}`);
    expect(bare.stdout).toBe(help.stdout);
  });

  it.each([
    [['frobnicate'], 'there is no command "frobnicate"'],
    [['demo', '--frobnicate'], "Unknown option '--frobnicate'"],
    [['demo', 'now'], "Unexpected argument 'now'"],
    [['demo', '--tenant', '--json'], "Option '--tenant' argument is ambiguous"],
    [['demo', '--tenant'], "Option '--tenant <value>' argument missing"],
    [['demo', '--timeout', 'soon'], '--timeout must be a number of seconds'],
    [['demo', '--tenant', 'elsewhere'], 'there is no tenant "elsewhere"; there are sandbox, sandbox-notes'],
    [['doctor', '--tenant', 'elsewhere'], 'there is no tenant "elsewhere"; there are sandbox, sandbox-notes'],
    [['doctor', '--capability-statement', '/no/such.json'], '--capability-statement /no/such.json: cannot be read'],
    [['doctor', '--vendor', 'epik'], '--vendor: there is no vendor "epik"; there are generic, epic, oracle-health'],
    [['doctor', '--smart-configuration', 'x.json'], '--smart-configuration: needs --capability-statement'],
    [['doctor', '--tenant', 'a', '--capability-statement', 'b'], '--capability-statement: not together with --tenant'],
    [['doctor', '--sheet', '--json'], '--sheet: is Markdown, so not together with --json'],
    [['doctor', '--scopes', 'system/Task.xyz'], '--scopes: "system/Task.xyz" is no SMART scope'],
    [['doctor', '--scopes', 'system/Task.'], '--scopes: "system/Task." is no SMART scope'],
    [['ledger'], 'list, show, retry, confirm, withdraw, check, rebuild, merges or merge'],
    [['ledger', 'forget'], 'there is no "ledger forget"; there are list, show, retry,'],
    [['ledger', 'list', 'plan'], 'unexpected "plan"'],
    [['ledger', 'check', 'plan'], 'unexpected "plan"'],
    [['ledger', 'rebuild', 'plan'], 'unexpected "plan"'],
    [
      ['ledger', 'rebuild', '--tenant', 'elsewhere'],
      'there is no tenant "elsewhere"; there are sandbox, sandbox-notes',
    ],
    [['export', '--plan', 'p-1', '--patient', 'sarah'], '--plan: not together with --patient'],
    [['export', '--tenant', 'elsewhere'], 'there is no tenant "elsewhere"; there are sandbox, sandbox-notes'],
    [['export', '--out', 'package.json'], '--out package.json: is there already, and is not written over'],
    [['import'], 'name the FILE that export wrote'],
    [['import', '/no/such.ndjson'], '/no/such.ndjson: cannot be read'],
    [['import', 'package.json', 'more'], 'unexpected "more"'],
    [['ledger', 'list', '--repair'], '--repair goes with check'],
    [['ledger', 'retry', 'plan', 'p-1', '--state', 'rejected'], '--state goes with list'],
    [['ledger', 'show', 'plan', 'p-1', '--reason', 'why not'], '--reason goes with retry, confirm, withdraw, check'],
    [['ledger', 'confirm', 'plan', 'p-1', '--reference', 'Task/1', '--by', 'Practitioner/1'], '--by goes with check'],
    [['ledger', 'merges', '--into', 'sarah'], '--into goes with merge'],
    [['ledger', 'rebuild', '--plan', 'p-1'], '--plan goes with list'],
    [['ledger', 'show', 'plan'], 'name an ARTEFACT and its ID'],
    [
      ['ledger', 'show', 'nosuch', 'p-1'],
      'there is no artefact "nosuch"; there are plan, assignment, occurrence, log,',
    ],
    [['ledger', 'retry', 'Plan', 'p-1'], 'there is no artefact "Plan"; there are plan,'],
    [['ledger', 'list', '--state', 'nosuch'], '--state: there is no state "nosuch"; there are pending, in-flight,'],
    [['ledger', 'list', '--tenant', 'elsewhere'], 'there is no tenant "elsewhere"; there are sandbox, sandbox-notes'],
    [['ledger', 'check', '--tenant', 'elsewhere'], 'there is no tenant "elsewhere"; there are sandbox, sandbox-notes'],
    [['ledger', 'confirm', 'plan', 'p-1'], 'confirm needs --reference'],
    [['ledger', 'withdraw', 'plan', 'p-1'], 'withdraw needs --reason'],
    [['ledger', 'list', '--client', '/no/such.json'], 'no client credentials at /no/such.json'],
    [['start', '--port', '5'], "Unknown option '--port'"],
    [['sandbox', '--vendor'], '--vendor'],
    [['migrate', 'down'], "Unexpected argument 'down'"],
  ])('%j → 2, naming what does not fit', async (words, problem) => {
    const { code, stdout, stderr } = await cli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    // one line, and nothing after it
    expect(stderr).toMatch(/^intersession[^\n]*\n$/);
    expect(stderr).toContain(problem);
    expect(stderr).toMatch(/intersession( \w+)? --help\)?\n$/);
  });
});

describe('by npx, on whatever Node the host has', () => {
  it('runs from the repository', async () => {
    // npm puts its own folders in front, and there is a newer Node in one of them
    const path = (process.env.PATH ?? '').split(delimiter).filter((text) => !text.includes('node_modules'));
    const npx = spawn('npx', ['--no-install', 'intersession', '--help'], {
      cwd: root,
      env: { ...cleanEnvironment(), PATH: path.join(delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 25_000,
    });
    const { code, stdout } = await follow(npx).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('usage: intersession COMMAND');
    expect(packageJson.bin).toEqual({ intersession: 'bin/intersession.mjs' });
  });

  it('hands the words, what is said and the exit code through', async () => {
    const words = ['demo', '--frobnicate'];
    const here = await cli(...words);
    expect(here).toMatchObject({ code: 2, stdout: '' });
    for (const file of ['bin/intersession.mjs', 'src/cli.ts']) expect(await run(file, words)).toEqual(here);
    expect(await run('src/cli.ts', ['ledger', '--help'])).toEqual(await cli('ledger', '--help'));
  });
});

const doctorShape = z.strictObject({
  vendor: z.string(),
  fhirVersion: z.string().nullable(),
  signIn: z.array(
    z.strictObject({
      who: z.string(),
      can: z.enum(['yes', 'no', 'not stated']),
      because: z.array(z.string()),
      ask: z.array(z.string()),
    }),
  ),
  interactions: z.record(z.string(), z.array(z.string())),
  conditionalCreate: z.boolean().nullable(),
  system: z.array(z.string()),
  searchByIdentifier: z.record(z.string(), z.boolean().nullable()),
  landings: z.array(
    z.strictObject({
      artefact: z.string(),
      landing: z.string(),
      identity: z.enum(['system', 'delegated', 'none']),
      reason: z.string().min(1),
      toImprove: z.string().nullable(),
    }),
  ),
});
const landingsOf = (stdout: string) => {
  const { landings, ...facts } = doctorShape.parse(JSON.parse(stdout));
  return { ...facts, landings: Object.fromEntries(landings.map(({ artefact, landing }) => [artefact, landing])) };
};

describe('doctor, offline', () => {
  const interaction = (...codes: string[]) => codes.map((code) => ({ code }));
  /** What a real EHR might say: observations and notes, no plan of care to be written. */
  const statement = {
    resourceType: 'CapabilityStatement',
    status: 'active',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: [
          { type: 'Patient', interaction: interaction('read', 'search-type') },
          { type: 'CarePlan', interaction: interaction('search-type', 'read') },
          { type: 'Observation', interaction: interaction('search-type', 'read', 'create') },
          {
            type: 'DocumentReference',
            interaction: interaction('read', 'create', 'search-type'),
            searchParam: [{ name: 'identifier', type: 'token' }],
          },
        ],
      },
    ],
  };
  const scopes = 'system/Patient.rs system/Observation.crs system/DocumentReference.crs';

  it('says what a CapabilityStatement permits, and where each artefact lands', async () => {
    const words = ['--capability-statement', file('statement.json', statement), '--scopes', scopes];
    const { code, stdout, stderr } = await cli('doctor', ...words, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer = landingsOf(stdout);
    expect(answer).toMatchObject({ vendor: 'generic', conditionalCreate: null, system: [] });
    expect(answer.interactions).toMatchObject({
      CarePlan: ['read', 'search-type'],
      Task: [],
      Observation: ['create', 'read', 'search-type'],
    });
    expect(answer.searchByIdentifier).toMatchObject({ DocumentReference: true });
    expect(answer.landings).toMatchObject({ plan: 'note', log: 'note', measure: 'observation', report: 'note' });
    const table = await cli('doctor', ...words);
    expect(table.stdout).toMatch(/measure +observation +system/);
    expect(table.stdout).toMatch(/plan, assignment, occurrence +note +system/);
    expect(table.stdout).toContain('To improve:');
    expect(Math.max(...table.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const sheet = await cli('doctor', ...words, '--sheet');
    expect({ code: sheet.code, stderr: sheet.stderr }).toEqual({ code: 0, stderr: '' });
    expect(sheet.stdout).toContain('system/Observation.crs');
  });

  it('judges by the vendor that is named, and by what its SMART configuration lists', async () => {
    const smart = file('smart.json', { scopes_supported: ['openid', 'user/DocumentReference.crus'] });
    const words = ['--capability-statement', file('statement.json', statement), '--smart-configuration', smart];
    const { stdout } = await cli('doctor', ...words, '--vendor', 'epic', '--json');
    const { vendor, landings } = doctorShape.parse(JSON.parse(stdout));
    expect(vendor).toBe('epic');
    const measure = landings.find(({ artefact }) => artefact === 'measure');
    expect(measure).toMatchObject({ landing: 'note', identity: 'delegated' });
    expect(measure?.reason).toContain('user/DocumentReference.c');
    const none = file('none.json', ['openid']);
    const refused = await cli(
      'doctor',
      '--capability-statement',
      file('s.json', statement),
      '--smart-configuration',
      none,
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`--smart-configuration ${none}: is not a SMART configuration`);
  });

  it('lets nothing land without a scope for it', async () => {
    const words = ['--capability-statement', file('statement.json', statement), '--scopes', 'system/Patient.rs'];
    const { stdout } = await cli('doctor', ...words, '--json');
    expect(new Set(Object.values(landingsOf(stdout).landings))).toEqual(new Set(['app-only']));
  });

  it.each([
    ['is something else', { resourceType: 'Patient' }, 'is not a CapabilityStatement'],
    ['states nothing', { resourceType: 'CapabilityStatement', rest: [] }, 'is not a CapabilityStatement with a rest'],
    ['is not JSON', '{"resourceType"', 'not valid JSON'],
  ])('refuses a file that %s', async (_situation, content, problem) => {
    const path = file('bad.json', content);
    const { code, stderr } = await cli('doctor', '--capability-statement', path);
    expect(code).toBe(2);
    expect(stderr.split('\n')[0]).toContain(path);
    expect(stderr.split('\n')[0]).toContain(problem);
  });
});

describe('while nothing runs', () => {
  it('says who does not answer', async () => {
    const port = await freePorts();
    const environment = { PORT: String(port), DATA_DIR: folder };
    const { privateKey } = await generateKeyPair('ES384', { extractable: true });
    const client = file('client.json', { clientId: 'homework-product', jwk: await exportJWK(privateKey) });
    const ledger = await runHere(['ledger', 'list', '--client', client], environment);
    expect(ledger).toEqual({
      code: 1,
      stdout: '',
      stderr: `intersession ledger: http://127.0.0.1:${port} does not answer; is it running?\n`,
    });
    const doctor = await runHere(['doctor'], environment);
    expect(doctor).toEqual({
      code: 1,
      stdout: '',
      stderr: `intersession doctor: http://127.0.0.1:${port + 1} does not answer; is it running?\n`,
    });
  });

  it('names a file of credentials that is none, and nothing of what stands in it', async () => {
    const client = file('broken.json', '{"clientId": "x", "jwk": {"d": geheim');
    const { code, stderr } = await cli('demo', '--client', client);
    expect(code).toBe(1);
    expect(stderr).toBe(`intersession demo: ${client} is not a client’s credentials: JSON {clientId, jwk}\n`);
  });
});

describe('migrate', { timeout: patience }, () => {
  it('applies what a database lacks, once', async () => {
    const environment = { DATA_DIR: join(folder, 'new', 'data') };
    const first = await runHere(['migrate', '--json'], environment);
    const applied = readdirSync(join(root, 'src/record/migrations')).filter((name) => name.endsWith('.sql'));
    expect({ code: first.code, ...JSON.parse(first.stdout) }).toEqual({ code: 0, applied: applied.sort() });
    const second = await runHere(['migrate'], environment);
    expect(second).toEqual({ code: 0, stdout: 'The database is up to date.\n', stderr: '' });
  });
});

describe('beside a running service', { timeout: patience }, () => {
  const rowShape = z.looseObject({
    artefact: z.string(),
    id: z.string(),
    state: z.string(),
    landing: z.string().nullish(),
  });
  let house: House;
  let played: Ended;
  beforeAll(async () => {
    house = await openHouse();
    played = await house.command('demo');
  }, patience);
  afterAll(() => house?.close());

  it('demo says in words what it plays, and what the EHR then holds', () => {
    const { code, stdout, stderr } = played;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Step 4b at 2026-03-24T04:00:00-04:00: overdue');
    expect(stdout).toContain('Step 4b at 2026-03-25T04:00:00-04:00: missed');
    expect(stdout).toMatch(/Task +13\n/);
    expect(stdout).toMatch(/6 × log +native +completed +QuestionnaireResponse\//);
  });

  it('doctor asks the EHR of a tenant', async () => {
    const native = await house.command('doctor', '--json');
    expect({ code: native.code, stderr: native.stderr }).toEqual({ code: 0, stderr: '' });
    expect(landingsOf(native.stdout)).toMatchObject({
      conditionalCreate: true,
      system: ['batch', 'transaction'],
      searchByIdentifier: { Observation: true },
      landings: { plan: 'native', assignment: 'native', log: 'native', measure: 'native', report: 'note' },
    });
    const notes = await house.command('doctor', '--tenant', 'sandbox-notes', '--json');
    expect(landingsOf(notes.stdout).landings).toMatchObject({ plan: 'note', log: 'note', measure: 'observation' });
  });

  it('ledger lists what stands where, and shows one row with its attempts', async () => {
    const all = await house.command('ledger', 'list', '--json');
    expect({ code: all.code, stderr: all.stderr }).toEqual({ code: 0, stderr: '' });
    const rows = z.array(rowShape).parse(JSON.parse(all.stdout));
    expect(rows).toHaveLength(64);
    expect(rows.filter(({ state }) => state !== 'landed')).toEqual([]);
    const plan = rows.find(({ artefact }) => artefact === 'plan');
    const shown = await house.command('ledger', 'show', 'plan', plan?.id ?? '', '--json');
    expect(rowShape.parse(JSON.parse(shown.stdout))).toMatchObject({ ...plan });
    const said = await house.command('ledger', 'show', 'plan', plan?.id ?? '');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(new RegExp(`^plan ${plan?.id}\n  state +landed\n  in the EHR +CarePlan/\\S+\n`));
    expect(said.stdout).toMatch(/\nAttempts and decisions, newest first \(times in UTC\):\n.* native +done \(20\d\)\n/);
    expect(said.stdout).not.toContain('{');
    const waiting = await house.command('ledger', 'list', '--state', 'waiting');
    expect(waiting).toMatchObject({ code: 0, stdout: 'Nothing stands in the ledger with these conditions.\n' });
    const table = await house.command('ledger', 'list', '--plan', plan?.id ?? '');
    expect(table.stdout).toMatch(new RegExp(`landed +native +plan +${plan?.id}  CarePlan/`));
  });

  it('ledger check holds all of it against the EHR, and ends with 1 when that does not prove it', async () => {
    const agrees = await house.command('ledger', 'check');
    expect(agrees).toMatchObject({ code: 0, stderr: '' });
    expect(agrees.stdout).toMatch(/^6\d rows were checked: the EHR holds what the ledger says\.\n$/);
    const fault = (order: object) =>
      fetch(`${house.ehr}/control/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ face: 'native', method: 'GET', action: 'status', times: 1000, ...order }),
      });
    const clear = () => fetch(`${house.ehr}/control/faults`, { method: 'DELETE' });
    expect((await fault({ type: 'CarePlan', status: 403 })).ok).toBe(true);
    const shut = await house.command('ledger', 'check', '--json');
    await clear();
    expect(shut.code).toBe(1);
    expect(JSON.parse(shut.stdout)).toMatchObject({
      check: { state: 'finished', differences: 0, unchecked: 1, startedBy: expect.stringContaining('client ') },
      differences: [{ artefact: 'plan', kind: 'unreadable', detail: 'the EHR answers 403' }],
    });
    await fault({ status: 503 });
    const down = await house.command('ledger', 'check', '--repair', '--reason', 'After the restore');
    await clear();
    expect(down.code).toBe(1);
    expect(down.stdout).toBe('Not done: the EHR answers 503. 0 rows were checked; it goes on by itself.\n');
    const metrics = await (await fetch(`${house.running.url}/metrics`)).text();
    expect(metrics).toContain('intersession_ledger_check_findings{tenant="sandbox",kind="unreadable"} 1');
    expect(metrics).toMatch(/intersession_ledger_check_rows\{tenant="sandbox"\} 6\d/);
  });

  it('ledger passes on what the service refuses', async () => {
    const unknown = await house.command('ledger', 'show', 'plan', 'no-such-plan');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toMatch(
      /^intersession ledger: GET \/api\/v1\/ledger\/plan\/no-such-plan answered 404: .+\n$/,
    );
  });

  it('demo a second time only reads back: it says so, and turns no clock back', async () => {
    const clock = async (order: object) => {
      const body = JSON.stringify({ tenant: 'sandbox', ...order });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${house.running.url}/sandbox/clock`, { method: 'POST', headers, body });
      return z.object({ clocks: z.array(z.object({ now: z.string() })) }).parse(await answer.json()).clocks[0]?.now;
    };
    expect(await clock({ set: '2026-04-03T16:00:00Z' })).toBe('2026-04-03T16:00:00.000Z');
    const again = await house.command('demo');
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(/^Played before: nothing is told again, and the clock stays as it is\n\nRead back/);
    expect(again.stdout).not.toContain('Step 4b');
    expect(again.stdout).toMatch(/Task +13\n/);
    expect(await clock({ advance: 0 })).toBe('2026-04-03T16:00:00.000Z');
  });

  it('sandbox finds the one that runs already', async () => {
    const { code, stdout } = await house.command('sandbox', '--json');
    expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, url: house.ehr, reused: true });
  });
});
