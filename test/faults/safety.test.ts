import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, backendClient } from '../../src/cli/backend-client.ts';
import { demoClientFile, readClientFile } from '../../src/start/demo-client.ts';
import { buildHouse, ended, type House } from './house.ts';

/** A risk answer that the service dies at: told again, as it is by everybody who was not answered, it is one signal and one Flag. */
let house: House | undefined;
afterEach(async () => {
  await house?.tearDown();
  house = undefined;
});

const planned = z.looseObject({ assignments: z.tuple([z.looseObject({ id: z.string() })]) });
const listed = z.object({
  signals: z.array(z.looseObject({ rule: z.string(), status: z.string(), evidence: z.array(z.looseObject({})) })),
});

function clientOf({ port, dataDir }: House): BackendClient {
  const url = `http://127.0.0.1:${port}`;
  return backendClient({
    ...{ base: url, tokenUrl: `${url}/oauth/sandbox/token`, scope: 'system/*.cruds', accept: 'application/json' },
    credentials: readClientFile(demoClientFile(dataDir)),
  });
}

describe.each(['domain:before-commit', 'domain:after-commit'] as const)('killed with -9 at %s', (point) => {
  it('item 9 of a PHQ-9 raises one signal and one Flag', async () => {
    house = await buildHouse();
    const built = house;
    const first = await built.startService();
    const schedule = { type: 'once-within', days: 7 };
    const step = { key: 'phq', kind: 'phq-9', title: 'PHQ-9', schedule, unlock: { type: 'at-start' } };
    const design = { sourceId: 'plan', patientId: 'sarah', title: 'Weekly', assignments: [step], goals: [] };
    const { body: plan } = await clientOf(built).request('POST', '/api/v1/plans', design);
    const [{ id }] = planned.parse(plan).assignments;
    first.kill('SIGKILL');
    await ended(first);

    const marker = join(built.dataDir, 'marker');
    const dying = await built.startService({ point, hit: 1, marker });
    const log = {
      ...{ sourceId: 'log', patientId: 'sarah', performedAt: new Date(Date.now() - 1_000).toISOString() },
      answers: { interest: 'LA6568-5', 'better-off-dead': 'LA6569-3' },
    };
    const tell = () => clientOf(built).request('POST', `/api/v1/assignments/${id}/logs`, log);
    await tell().then(
      () => expect.fail('the service lives on'),
      () => {},
    );
    expect(await ended(dying)).toBe('SIGKILL');

    await built.startService();
    expect((await tell()).status).toBe(point === 'domain:before-commit' ? 201 : 200);
    const { body } = await clientOf(built).request('GET', '/api/v1/safety-signals?patientId=sarah');
    const { signals } = listed.parse(body);
    expect(signals.map(({ rule, status, evidence }) => [rule, status, evidence.length])).toEqual([
      ['phq-item-9', 'open', 1],
    ]);
    const flags = () => built.commits().filter(({ type, interaction }) => type === 'Flag' && interaction === 'create');
    await expect.poll(() => flags().length, { timeout: 60_000 }).toBe(1);
    // what was claimed when it died is claimed again after ten seconds
    await new Promise((done) => setTimeout(done, 12_000));
    expect(flags()).toHaveLength(1);
  });
});
