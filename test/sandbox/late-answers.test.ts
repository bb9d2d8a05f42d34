import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox } from './open-sandbox.ts';

/** An EHR that answers late, or never comes to an end. */
let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterEach(() => change({}));
afterAll(() => ehr.close());

async function change(settings: object): Promise<void> {
  const response = await fetch(`${ehr.url}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits: [], lateSeconds: 26, ...settings }),
  });
  expect(response.status).toBe(200);
}
const observation = (id: string) => ({
  resourceType: 'Observation',
  identifier: [{ system: 'urn:late', value: id }],
  status: 'final',
  code: { text: 'late' },
  subject: { reference: 'Patient/sarah' },
});
const found = async (id: string): Promise<number> => {
  const { body } = await ehr.fhir('native', 'GET', `/Observation?identifier=urn:late|${id}`, {});
  return (body.entry ?? []).length;
};

it('commits-late: ends the connection, and commits when it comes to it, though it stands there by then', async () => {
  await change({ traits: ['commits-late'], lateSeconds: 0.3 });
  await expect(ehr.fhir('native', 'POST', '/Observation', { body: observation('one') })).rejects.toThrow();
  expect(await found('one')).toBe(0);
  await expect.poll(() => found('one'), { timeout: 10_000 }).toBe(1);
  // a condition was looked at when it came: this is why one that waits must not be sent again beside it
  const ifNoneExist = { 'if-none-exist': 'identifier=urn:late|one' };
  await expect(
    ehr.fhir('native', 'POST', '/Observation', { body: observation('one'), headers: ifNoneExist }),
  ).rejects.toThrow();
  await expect.poll(() => found('one'), { timeout: 10_000 }).toBe(2);
});

it('drips: has it, and never says so to the end', async () => {
  await change({ traits: ['drips'] });
  const late = Promise.race([
    ehr.fhir('native', 'POST', '/Observation', { body: observation('two') }).then(
      () => 'answered',
      () => 'ended',
    ),
    expect
      .poll(() => found('two'), { timeout: 10_000 })
      .toBe(1)
      .then(() => 'dripping'),
  ]);
  expect(await late).toBe('dripping');
});
