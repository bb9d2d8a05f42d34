import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparedFolder } from '../start/prepared-folder.ts';
import { freePorts, type Launched, launch, patience, readyUrl, run } from '../start/run-process.ts';
import { signInToApp } from './launch-app.ts';
import { simulatorAt } from './open-simulator.ts';
import type { Simulator } from './simulator.ts';

/** `intersession sandbox --vendor epic` in a first terminal, commands in a second. */
describe('the whole product against the simulator of Epic', () => {
  let started: Launched;
  let environment: Record<string, string>;
  let dataDir: string;
  let url: string;
  let simulator: Simulator;
  beforeAll(async () => {
    dataDir = await preparedFolder();
    const port = await freePorts();
    environment = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    started = launch('src/cli.ts', ['sandbox', '--vendor', 'epic'], environment);
    url = await readyUrl(started);
    simulator = await simulatorAt(`http://127.0.0.1:${port + 1}`);
  }, patience);
  afterAll(async () => {
    await started?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const command = (...words: string[]) => run('src/cli.ts', words, environment);

  it('says how to go on', () => {
    expect(simulator.vendor).toBe('epic');
    expect(started.stdout()).toContain('intersession demo --tenant sandbox-epic');
  });

  it('doctor, demo and ledger work on its tenant from a second terminal', async () => {
    const doctor = await command('doctor', '--tenant', 'sandbox-epic', '--json');
    expect(doctor).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(doctor.stdout)).toMatchObject({
      vendor: 'epic',
      interactions: { CarePlan: ['read', 'search-type'], Task: ['read', 'search-type', 'update'] },
    });
    // what waits for a person may make it end with 1; what it says is whole
    const demo = await command('demo', '--tenant', 'sandbox-epic', '--timeout', '5', '--json');
    expect(JSON.parse(demo.stdout)).toMatchObject({ tenant: 'sandbox-epic', artefacts: expect.any(Array) });
    const ledger = await command('ledger', 'list', '--tenant', 'sandbox-epic', '--json');
    expect(ledger.code).toBe(0);
    expect(JSON.parse(ledger.stdout).length).toBeGreaterThan(60);
    expect(simulator.commits().filter(({ type }) => type === 'CarePlan' || type === 'Task')).toEqual([]);
  });

  it('a clinician opens the app from its chart', async () => {
    const chart = await (await fetch(`${simulator.url}/chart/sarah`)).text();
    expect(chart).toContain('aria-current="true">Epic</a>');
    const session = await signInToApp(simulator, url, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    expect(session).toMatchObject({ tenant: { id: 'sandbox-epic' }, role: 'clinician', patient: { id: 'sarah' } });
  });

  it('a sandbox of another kind on the same port is refused by name', async () => {
    const { code, stderr } = await command('sandbox');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('the sandbox EHR of epic') });
  });
});

it('a vendor that nobody knows is refused, naming those that are known', async () => {
  const { code, stderr } = await run('src/cli.ts', ['sandbox', '--vendor', 'nonsense']);
  expect(code).toBe(2);
  expect(stderr).toContain('"nonsense"; there are epic, oracle-health, athenahealth, meditech, veradigm');
});
