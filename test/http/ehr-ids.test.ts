import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Doors, openDoors } from './open-doors.ts';
import { sendPlan } from './sarah.ts';

/** Ids as live EHRs give them, beyond R4's letter: taken at every door, and refused by the name of their field. */
let doors: Doors;
let token: string;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
});
afterAll(() => doors.close());

const bundle = z.looseObject({ total: z.number() });

describe('an id of the EHR', () => {
  it.each(['pat_17', `p-${'1'.repeat(200)}`, 'a:b', 'q~1', 'x=1', 'u@v'])(
    '%s names a patient, a clinician and an encounter, and is found again',
    async (id) => {
      const change = {
        sourceId: `plan-${id.slice(0, 20)}`,
        patientId: id,
        author: `Practitioner/${id}`,
        encounter: `Encounter/${id}`,
      };
      const plan = await sendPlan(doors, token, change);
      const { body } = await doors.call('GET', `/fhir/north/CarePlan/${plan.planId}`, { token });
      expect(body).toMatchObject({
        subject: { reference: `https://ehr.example/fhir/Patient/${id}` },
        encounter: { reference: `https://ehr.example/fhir/Encounter/${id}` },
      });
      for (const patient of [id, `Patient/${id}`, `https://ehr.example/fhir/Patient/${id}`]) {
        const query = new URLSearchParams({ patient });
        const found = await doors.call('GET', `/fhir/north/CarePlan?${query}`, { token });
        expect([patient, bundle.parse(found.body).total]).toEqual([patient, 1]);
      }
      const listed = await doors.call('GET', `/api/v1/plans?${new URLSearchParams({ patientId: id })}`, { token });
      expect([listed.status, listed.text]).toEqual([200, expect.stringContaining(plan.planId)]);
    },
  );

  it.each(['..', 'a/b', 'a,b', 'a|b', 'a b', 'x'.repeat(256), 'ä', ''])('%j is refused by its field', async (id) => {
    const refused = await doors.call('GET', `/api/v1/plans?${new URLSearchParams({ patientId: id })}`, { token });
    expect([refused.status, refused.body]).toEqual([
      400,
      expect.objectContaining({ issues: expect.arrayContaining([expect.objectContaining({ path: 'patientId' })]) }),
    ]);
    const body = { sourceId: 's', patientId: 'sarah', rule: 'self-harm-thoughts', by: `Practitioner/${id}` };
    const signal = await doors.call('POST', '/api/v1/safety-signals', { token, body });
    expect([signal.status, signal.text]).toEqual([400, expect.stringMatching(/"path":"by"/)]);
  });
});
