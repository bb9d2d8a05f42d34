import { expect, it } from 'vitest';
import { findEncounter } from '../../src/delivery/find-encounter.ts';
import type { EhrAccess } from '../../src/ehr/ehr-access.ts';

const access = (start: string): EhrAccess =>
  ({
    base: 'https://ehr.example/fhir',
    search: async () => ({
      ok: true,
      resources: [
        {
          ...{ resourceType: 'Encounter', id: 'visit', status: 'in-progress', period: { start } },
          subject: { reference: 'Patient/sarah' },
        },
      ],
    }),
  }) as Partial<EhrAccess> as EhrAccess;

it.each([
  // written on 2 March, 15:00 in New York; a visit that gives its day alone may have begun after it
  ['2026-03-02', 'America/New_York', true],
  ['2026-03', 'America/New_York', true],
  ['2026-03-01', 'America/New_York', false],
  // the clinic's day, not that of UTC: 15:00 in New York is 3 March already in Kiritimati
  ['2026-03-02', 'Pacific/Kiritimati', false],
  ['2026-03-02T14:59:59-05:00', 'America/New_York', false],
  ['2026-03-02T15:00:00-05:00', 'America/New_York', true],
  ['the other day', 'America/New_York', false],
])('the next encounter to be opened may have begun on %s, in %s: %s', async (start, timeZone, found) => {
  const since = new Date('2026-03-02T20:00:00.000Z');
  const choice = await findEncounter(access(start), 'next-opened', { patientId: 'sarah', since, timeZone });
  expect('found' in choice).toBe(found);
});

it.each([
  ['ask', {}, { waits: { code: 'encounter-choice' }, comesBack: false }],
  ['latest-open', { ok: true, resources: [] }, { waits: { code: 'encounter', rule: 'latest-open' }, comesBack: true }],
  ['next-opened', { ok: true, resources: [] }, { waits: { code: 'encounter', rule: 'next-opened' }, comesBack: true }],
  [
    'latest-open',
    { ok: false, failure: { status: 403, outcome: 'no scope', disposition: 'reject' } },
    { waits: { code: 'encounter-access' }, comesBack: false },
  ],
] as const)(
  'where there is none by the rule %s, it says by a code what is waited for (%j)',
  async (rule, answer, choice) => {
    const ehr = { base: 'https://ehr.example/fhir', search: async () => answer } as Partial<EhrAccess> as EhrAccess;
    const of = { patientId: 'sarah', since: new Date('2026-03-02T20:00:00.000Z'), timeZone: 'UTC' };
    expect(await findEncounter(ehr, rule, of)).toEqual(choice);
  },
);
