import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readPatients } from '../../../src/ehr/smart/read-patients.ts';
import { readPatient } from '../../../src/ehr/smart/read-person.ts';

const close: (() => void)[] = [];
afterEach(() => {
  for (const stop of close.splice(0)) stop();
});

const patient = (id: string, family: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: `Someone ${family}` }],
});

/** An EHR that answers a read with what is stored at that place, and a search with what it says it finds. */
async function reader(places: Readonly<Record<string, object>>, found: readonly object[] | 'refused') {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://ehr');
    response.setHeader('content-type', 'application/fhir+json');
    if (searchParams.has('_id')) {
      if (found === 'refused') return response.writeHead(403).end('{"resourceType":"OperationOutcome"}');
      const entry = found.map((resource) => ({ resource }));
      return response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }));
    }
    const stored = places[pathname.slice('/Patient/'.length)];
    if (stored === undefined) return response.writeHead(404).end('{"resourceType":"OperationOutcome"}');
    return response.end(JSON.stringify(stored));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close.push(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const tenant = { id: 'north', fhirBase: `http://127.0.0.1:${port}` };
  return { tenant, accessToken: 'token', timeoutMs: 2_000, at: new Date('2026-03-02T16:00:00Z') };
}
const sights = async (asked: Awaited<ReturnType<typeof reader>>, ids: readonly string[]) => {
  const answer = await readPatients(asked, ids);
  return answer.ok ? Object.fromEntries(answer.value) : answer.why;
};

const ada = patient('ada', 'Lovelace');
const survivor = patient('new', 'Survivor');

describe('what a person may see of patients', () => {
  // an EHR may answer the read of a merged patient with the one they were merged into
  it('never shows the name of the one that a patient was merged into', async () => {
    for (const found of [[], [ada], [ada, survivor], 'refused'] as const) {
      const ehr = await reader({ ada, old: survivor }, found);
      expect(await sights(ehr, ['ada', 'old'])).toEqual({
        ada: {
          seen: 'readable',
          name: 'Someone Lovelace',
          order: ['Someone Lovelace', ''],
          stands: { state: 'current' },
        },
        old: { seen: 'readable', stands: { state: 'merged' } },
      });
      expect(JSON.stringify(await sights(ehr, ['old']))).not.toContain('Survivor');
    }
  });

  it('lists whom a search tells of without a name and a read refuses, and names nobody by a masked entry', async () => {
    const masked = {
      resourceType: 'Patient',
      id: 'masked',
      name: [
        { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] },
      ],
    };
    const nameless = { resourceType: 'Patient', id: 'nameless' };
    const ehr = await reader({ ada, nameless }, [ada, masked, nameless]);
    expect(await sights(ehr, ['ada', 'masked', 'nameless', 'absent'])).toMatchObject({
      ada: { seen: 'readable', name: 'Someone Lovelace' },
      masked: { seen: 'listed' },
      nameless: { seen: 'readable' },
      absent: { seen: 'hidden', absent: true },
    });
  });

  it('reads what tells patients apart and how to reach them', async () => {
    const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };
    const bob = {
      ...patient('bob', 'Smith'),
      ...{ birthDate: '1984-11-30', telecom: [{ system: 'phone', value: '555-0142' }] },
      identifier: [{ value: 'SSN-1' }, { use: 'old', type, value: '1' }, { type, value: '48 213' }],
    };
    const ehr = await reader({ ada, bob }, [ada, bob]);
    expect(await sights(ehr, ['ada', 'bob'])).toEqual({
      ada: {
        seen: 'readable',
        name: 'Someone Lovelace',
        order: ['Someone Lovelace', ''],
        stands: { state: 'current' },
      },
      bob: {
        ...{ seen: 'readable', name: 'Someone Smith', birthDate: '1984-11-30', stands: { state: 'current' } },
        order: ['Someone Smith', ''],
        phone: '555-0142',
        recordNumber: '48 213',
      },
    });
  });

  it.each([
    [{ deceasedBoolean: true }, { state: 'current', deceased: {} }],
    [{ active: false }, { state: 'inactive' }],
    [
      { active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/ada' } }] },
      { state: 'merged', survivorId: 'ada' },
    ],
  ])('reads how they stand, alone and among others: %j', async (more, stands) => {
    const old = { ...patient('old', 'Smith'), ...more };
    const ehr = await reader({ ada, old }, [ada, old]);
    expect(await sights(ehr, ['ada', 'old'])).toMatchObject({ old: { seen: 'readable', stands } });
    expect(await sights(ehr, ['old'])).toMatchObject({ old: { seen: 'readable', stands } });
  });

  it('takes nobody from a search who was not asked for', async () => {
    const ehr = await reader({ ada }, [ada, survivor]);
    expect(await sights(ehr, ['ada', 'old'])).toEqual({
      ada: {
        seen: 'readable',
        name: 'Someone Lovelace',
        order: ['Someone Lovelace', ''],
        stands: { state: 'current' },
      },
      old: { seen: 'hidden', absent: true },
    });
  });

  it('says of one read alone that the answer was another’s, and nothing else of it', async () => {
    const ehr = await reader({ old: survivor, ada }, []);
    const answer = await readPatient(ehr, 'old');
    expect(answer).toMatchObject({ ok: true, value: { id: 'old', answeredAsAnother: true } });
    expect(JSON.stringify(answer)).not.toContain('Survivor');
    expect(await readPatient(ehr, 'ada')).toMatchObject({
      value: { name: 'Someone Lovelace', answeredAsAnother: false },
    });
  });
});
