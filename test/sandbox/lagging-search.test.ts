import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox } from './open-sandbox.ts';

/** An EHR whose index is written behind its record: what has just been written is not found, and what stood there always was. */
const began = Date.now();
let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
  await fetch(`${ehr.url}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits: ['search-lags'] }),
  });
});
afterAll(() => ehr.close());
const found = async (path: string): Promise<Json[]> => {
  const { body } = await ehr.fhir('native', 'GET', path, {});
  return (body.entry ?? []).map((entry: Json) => entry.resource);
};

it.each(['PractitionerRole', 'Patient', 'Encounter', 'Condition'])(
  'finds each %s that it opened with, however soon it is asked',
  async (type) => {
    const there = await found(`/${type}`);
    expect(there.length).toBeGreaterThan(1);
    for (const { meta } of there) expect(Date.parse(meta.lastUpdated)).toBeLessThan(began - 60_000);
  },
);

it('does not find at once what is written now', async () => {
  const body = { resourceType: 'Flag', status: 'active', code: { text: 'x' }, subject: { reference: 'Patient/sarah' } };
  expect((await ehr.fhir('native', 'POST', '/Flag', { body })).status).toBe(201);
  const soon = Date.now();
  const there = await found('/Flag?patient=sarah');
  // on a machine so busy that the lag is over, it may
  if (Date.now() - soon < 1_500) expect(there).toEqual([]);
  await expect.poll(() => found('/Flag?patient=sarah')).toHaveLength(1);
});
