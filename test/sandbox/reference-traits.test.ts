import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findEncounter } from '../../src/delivery/find-encounter.ts';
import type { EhrAccess } from '../../src/ehr/ehr-access.ts';
import { readPatients } from '../../src/ehr/smart/read-patients.ts';
import { searchVisits } from '../../src/ehr/smart/search-visits.ts';
import { isAboutPatient } from '../../src/fhir/names-patient.ts';
import { type Json, type OpenSandbox, openSandbox } from './open-sandbox.ts';

/** An EHR that writes references in its own way, and one that answers more than it was asked. */
let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterEach(() => change([]));
afterAll(() => ehr.close());

async function change(traits: string[]): Promise<void> {
  const response = await fetch(`${ehr.url}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits }),
  });
  expect(response.status).toBe(200);
}
const send = (method: string, path: string, body?: unknown) => ehr.fhir('native', method, path, { body });
const resources = ({ body }: { body: Json }): Json[] => (body.entry ?? []).map((entry: Json) => entry.resource);
const encounter = (patient: string, start: string) => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patient}` },
  period: { start },
});

describe('references', () => {
  it.each([
    [['absolute-references'], (base: string) => `${base}/Patient/sarah`],
    [['versioned-references'], () => 'Patient/sarah/_history/1'],
    [['absolute-references', 'versioned-references'], (base: string) => `${base}/Patient/sarah/_history/1`],
    [[], () => 'Patient/sarah'],
  ] as const)('with %j', async (traits, expected) => {
    await change([...traits]);
    const base = ehr.base('native');
    const [condition] = resources(await send('GET', '/Condition?patient=sarah'));
    expect(condition?.subject.reference).toBe(expected(base));
    expect(isAboutPatient(condition ?? {}, 'sarah', { ehr: base })).toBe(true);
    expect(isAboutPatient(condition ?? {}, 'marcus-bell', { ehr: base })).toBe(false);
  });
});

describe('an EHR that searches for one patient at a time', () => {
  it('hides nobody whom the user may see', async () => {
    await change(['one-id-a-search']);
    const found = resources(await send('GET', '/Patient?_id=sarah,marcus-bell'));
    expect(found.map(({ id }) => id)).toEqual(['sarah']);
    const reader = {
      tenant: { id: 't', fhirBase: ehr.base('native') },
      ...{ accessToken: await ehr.token('native'), timeoutMs: 5_000, at: new Date('2026-04-04T00:00:00Z') },
    };
    const read = await readPatients(reader, ['sarah', 'marcus-bell', 'nobody']);
    expect(read).toMatchObject({ ok: true });
    expect([...(read.ok ? read.value : [])].map(([id, { seen }]) => [id, seen])).toEqual([
      ['sarah', 'readable'],
      ['marcus-bell', 'readable'],
      ['nobody', 'hidden'],
    ]);
  });
});

describe('an EHR that passes over whose encounters are wanted', () => {
  it('lends nobody another patient’s visit', async () => {
    const made: Json[] = [];
    for (const [patient, start] of [
      ['sarah', '2026-04-02T10:00:00Z'],
      ['marcus-bell', '2026-04-03T10:00:00Z'],
    ] as const) {
      const answer = await send('POST', '/Encounter', encounter(patient, start));
      expect(answer.status).toBe(201);
      made.push(answer.body);
    }
    await change(['encounters-of-everybody', 'absolute-references', 'versioned-references']);
    const everybody = resources(await send('GET', '/Encounter?patient=sarah&status=in-progress'));
    expect(everybody.map(({ id }) => id)).toEqual(expect.arrayContaining(made.map(({ id }) => id)));

    const base = ehr.base('native');
    const access: Pick<EhrAccess, 'base' | 'search'> = {
      base,
      search: async (type, parameters) => {
        const found = resources(await send('GET', `/${type}?${parameters}`));
        return { ok: true, resources: found.map((json) => ({ ...json, resourceType: type })) };
      },
    };
    const asked = { patientId: 'sarah', since: new Date('2026-03-01T00:00:00Z'), timeZone: 'UTC' };
    expect(await findEncounter(access as EhrAccess, 'latest-open', asked)).toEqual({
      found: `Encounter/${made[0]?.id}`,
    });

    const at = new Date('2026-04-04T00:00:00Z');
    const reader = {
      tenant: { id: 't', fhirBase: base },
      accessToken: await ehr.token('native'),
      timeoutMs: 5_000,
      at,
    };
    const before = { patientId: 'sarah', until: '2026-04-04T00:00:00.000Z' };
    const offered = await searchVisits(reader, before);
    const ids = offered.ok ? offered.value.map(({ reference }) => reference) : [];
    expect(ids).toContain(`Encounter/${made[0]?.id}`);
    expect(ids).not.toContain(`Encounter/${made[1]?.id}`);
    expect(offered.ok && offered.value[0]?.start).toBe('2026-04-02T10:00:00.000Z');
  });
});
