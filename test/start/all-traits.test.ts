import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { CarePlan, DocumentReference, QuestionnaireResponse } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isRefusal, traitNames } from '../../src/sandbox/traits.ts';
import { planBody } from '../http/sarah.ts';
import { readEhr } from '../oracle/read-ehr.ts';
import { type House, openHouse } from './open-house.ts';
import { patience } from './run-process.ts';

/** What Sarah noticed in a meeting. */
const monitoring = {
  situation: 'Monday team meeting',
  prediction: 'they will laugh',
  'suds-peak': 75,
  'belief-before': 90,
  'belief-after': 90,
};

/** The whole product over an EHR that has every way of real EHRs at once, those excepted whose point is a refusal. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
  await json(`${house.running.url}/sandbox/clock`, 'POST', { set: '2026-03-02T15:30:00.000Z' });
}, patience);
afterAll(() => house?.close());

async function json(address: string, method: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(address, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status}: ${text.slice(0, 400)}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
const control = (method: string, path: string, body: unknown) => json(`${house.ehr}/control${path}`, method, body);

/** A tab after a launch from the chart: calls in its session. */
async function launch(face: string, order: object) {
  const made = await control('POST', '/launch', { face, ...order });
  const { iss, launch: id } = z.object({ iss: z.string(), launch: z.string() }).parse(made);
  const tabSecret = randomBytes(32).toString('base64url');
  const tabKeyHash = createHash('sha256').update(tabSecret).digest('base64url');
  const service = house.running.url;
  const begun = await json(`${service}/smart/launch`, 'POST', { iss, launch: id, tabKeyHash });
  const { authorizeUrl } = z.object({ authorizeUrl: z.string() }).parse(begun);
  const sent = await fetch(authorizeUrl, { redirect: 'manual' });
  const { searchParams } = new URL(sent.headers.get('location') ?? '');
  const [code, state, issuer] = ['code', 'state', 'iss'].map((name) => searchParams.get(name));
  const answer = await json(`${service}/smart/callback`, 'POST', { code, state, iss: issuer ?? undefined, tabSecret });
  const session = z.looseObject({ session: z.string(), launchId: z.string(), role: z.string() }).parse(answer);
  const headers = { authorization: `Bearer ${session.session}`, 'x-launch': session.launchId };
  return {
    session,
    call: (method: string, path: string, body?: unknown) => json(`${service}/app/v1${path}`, method, body, headers),
  };
}

const shown = z.object({
  plan: z.looseObject({
    plan: z.looseObject({ id: z.string(), encounter: z.string().optional() }),
    assignments: z.array(z.looseObject({ id: z.string(), key: z.string() })),
  }),
});
const standing = z.object({
  plans: z.array(
    z.looseObject({
      plan: z.looseObject({ id: z.string() }),
      ledger: z.array(
        z.looseObject({ artefact: z.string(), id: z.string(), state: z.string(), landing: z.string().nullable() }),
      ),
    }),
  ),
});

describe.each(['native', 'notes-only'])('the face %s with all traits at once', (face) => {
  it(
    'lets a clinician launch, a log be written and a note go through',
    async () => {
      // but for the one by which a launch names no encounter: what is made of a named one is a part of this
      const traits = traitNames.filter((name) => !isRefusal(name) && name !== 'encounter-unsaid');
      await control('PATCH', `/site/${face}`, { traits });
      const visit = await control('POST', `/site/${face}/visits`, { patient: 'sarah', visit: 'begin' });
      const [encounter = ''] = z.object({ ids: z.array(z.string()) }).parse(visit).ids;
      // ids are beyond R4 here, and go all the way
      expect(encounter).toMatch(/^[\w-]{80}$/);

      const therapist = await launch(face, { user: 'Practitioner/dr-okafor', patient: 'sarah', encounter });
      expect(therapist.session.role).toBe('clinician');
      const { sourceId: _s, patientId: _p, author: _a, addresses: _r, ...body } = planBody;
      const { plan } = shown.parse(await therapist.call('POST', '/plans', body));
      expect(plan.plan.encounter).toBe(`Encounter/${encounter}`);

      const sarah = await launch(face, { user: 'Patient/sarah', patient: 'sarah' });
      expect(sarah.session.role).toBe('patient');
      const step = plan.assignments.find(({ key }) => key === '1')?.id;
      await sarah.call('POST', `/assignments/${step}/logs`, {
        ...{ id: randomUUID(), performedAt: '2026-03-02T10:00:00-05:00', answers: monitoring },
      });

      const reports = `/plans/${plan.plan.id}/reports`;
      const { digest } = z
        .looseObject({ digest: z.string() })
        .parse(await therapist.call('POST', `${reports}/preview`));
      await therapist.call('POST', reports, { digest, sign: true });

      const states = async () => {
        const { plans } = standing.parse(await therapist.call('GET', '/patient'));
        const ledger = plans.find((entry) => entry.plan.id === plan.plan.id)?.ledger ?? [];
        return Object.fromEntries(
          ['plan', 'log', 'report'].map((artefact) => [
            artefact,
            [...new Set(ledger.filter((row) => row.artefact === artefact).map(({ state }) => state))].join(),
          ]),
        );
      };
      await expect
        .poll(states, { timeout: 60_000, interval: 500 })
        .toEqual({ plan: 'landed', log: 'landed', report: 'landed' });

      await control('PATCH', `/site/${face}`, { traits: [] });
      const ehr = await readEhr(`${house.ehr}/fhir/${face}`, house.dataDir);
      const notes = await ehr.search<DocumentReference>('DocumentReference', { patient: 'sarah' });
      expect(notes.filter(({ id }) => /^[\w-]{80}$/.test(id ?? ''))).toHaveLength(1);
      if (face === 'native') {
        const logs = await ehr.search<QuestionnaireResponse>('QuestionnaireResponse', { patient: 'sarah' });
        expect(logs.filter(({ id }) => id?.length === 80)).toHaveLength(1);
        const plans = await ehr.search<CarePlan>('CarePlan', { patient: 'sarah' });
        const mine = plans.filter(({ id }) => id?.length === 80);
        expect(mine.map((carePlan) => carePlan.encounter?.reference)).toEqual([`Encounter/${encounter}`]);
      }
    },
    patience,
  );
});
