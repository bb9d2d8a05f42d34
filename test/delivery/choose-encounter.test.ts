import { describe, expect, it } from 'vitest';
import { findEncounter } from '../../src/delivery/find-encounter.ts';
import type { EhrAccess } from '../../src/ehr/ehr-access.ts';

const base = 'https://ehr.example/fhir';
const since = new Date('2026-03-02T20:00:00.000Z');

/** An EHR that answers a search with these, and what it was asked. */
function ehrWith(resources: readonly object[]) {
  const asked: string[] = [];
  const search: EhrAccess['search'] = async (type, parameters) => {
    asked.push(`${type}?${decodeURIComponent(String(parameters))}`);
    return { ok: true, resources } as Awaited<ReturnType<EhrAccess['search']>>;
  };
  return { access: { base, search } as Partial<EhrAccess> as EhrAccess, asked };
}
const visit = (id: string | undefined, start: unknown, more: object = {}) => ({
  resourceType: 'Encounter',
  ...(id === undefined ? {} : { id }),
  status: 'in-progress',
  subject: { reference: 'Patient/sarah' },
  ...(start === undefined ? {} : { period: { start } }),
  ...more,
});
const chosen = async (rule: 'latest-open' | 'next-opened', ...resources: object[]) => {
  const { access } = ehrWith(resources);
  const choice = await findEncounter(access, rule, { patientId: 'sarah', since, timeZone: 'America/New_York' });
  return 'found' in choice ? choice.found : choice;
};
const early = visit('early', '2026-03-01T10:00:00-05:00');
const soon = visit('soon', '2026-03-02T16:00:00-05:00');
const late = visit('late', '2026-03-03T10:00:00-05:00');
const latestWaits = { waits: { code: 'encounter', rule: 'latest-open' }, comesBack: true };
const nextWaits = { waits: { code: 'encounter', rule: 'next-opened' }, comesBack: true };

describe('the encounter that a write must name', () => {
  it('is asked for by the patient, among those that are open', async () => {
    const { access, asked } = ehrWith([]);
    await findEncounter(access, 'latest-open', { patientId: 'sarah', since, timeZone: 'UTC' });
    expect(asked).toEqual(['Encounter?patient=sarah&status=in-progress,onleave']);
  });

  it('is not asked for where a person chooses it', async () => {
    const { access, asked } = ehrWith([early]);
    const choice = await findEncounter(access, 'ask', { patientId: 'sarah', since, timeZone: 'UTC' });
    expect(choice).toEqual({ waits: { code: 'encounter-choice' }, comesBack: false });
    expect(asked).toEqual([]);
  });

  it.each<[what: string, rule: 'latest-open' | 'next-opened', resources: object[], found: unknown]>([
    ['the one that began last', 'latest-open', [early, late, soon], 'Encounter/late'],
    ['the one that began last, in another order', 'latest-open', [late, soon, early], 'Encounter/late'],
    ['one that began before', 'latest-open', [early], 'Encounter/early'],
    ['the first that began after', 'next-opened', [late, early, soon], 'Encounter/soon'],
    ['the first that began after, in another order', 'next-opened', [soon, late, early], 'Encounter/soon'],
    ['none that began before', 'next-opened', [early], nextWaits],
    ['one on leave', 'latest-open', [visit('away', '2026-03-01', { status: 'onleave' })], 'Encounter/away'],
    ['none that is over', 'latest-open', [{ ...early, status: 'finished' }], latestWaits],
    ['none that is planned', 'latest-open', [{ ...late, status: 'planned' }], latestWaits],
    ['none without a status', 'latest-open', [{ ...late, status: undefined }], latestWaits],
    ['none of another patient', 'latest-open', [{ ...late, subject: { reference: 'Patient/ada' } }], latestWaits],
    ['none that says of nobody', 'latest-open', [{ ...late, subject: undefined }], latestWaits],
    [
      'one that names the patient in full',
      'latest-open',
      [{ ...late, subject: { reference: `${base}/Patient/sarah` } }],
      'Encounter/late',
    ],
    ['none without an id', 'latest-open', [visit(undefined, '2026-03-03')], latestWaits],
    [
      'one that has an id, beside one that has none',
      'latest-open',
      [visit(undefined, '2026-03-04'), early],
      'Encounter/early',
    ],
    ['one that does not say when it began', 'latest-open', [visit('some-day', undefined)], 'Encounter/some-day'],
    [
      'the one that says when, before one that does not',
      'latest-open',
      [visit('some-day', undefined), early],
      'Encounter/early',
    ],
    ['none that does not say when it began', 'next-opened', [visit('some-day', undefined)], nextWaits],
    ['none that says so in no date', 'next-opened', [visit('some-day', 7), visit('b', 'soon')], nextWaits],
    ['none whose period is none', 'next-opened', [{ ...late, period: '2026-03-03' }], nextWaits],
  ])('is %s, by %s', async (_what, rule, resources, found) => {
    expect(await chosen(rule, ...resources)).toEqual(found);
  });

  it('is waited for, when the EHR cannot be asked now', async () => {
    for (const disposition of ['retry', 'refresh-token', 'unknown'] as const) {
      const failure = { status: 503, outcome: 'busy', disposition };
      const access = { base, search: async () => ({ ok: false, failure }) } as Partial<EhrAccess> as EhrAccess;
      const choice = await findEncounter(access, 'latest-open', { patientId: 'sarah', since, timeZone: 'UTC' });
      expect(choice).toEqual({ unreachable: true, failure });
    }
  });
});
