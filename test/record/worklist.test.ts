import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { Worklist } from '../../src/record/roster/asked-worklist.ts';
import { flaggedPatients, listWorklist, worklistFilters, worklistSorts } from '../../src/record/roster/worklist.ts';
import { closeSafetySignal } from '../../src/record/safety/close-safety-signal.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

const titles = ['Small steps', 'SMALL voices', '100% myself', 'snake_case', '小さな一歩', 'Émile’s plan', 'x'];
let test: TestRecord;
const planOf = new Map<string, string>();
beforeAll(async () => {
  test = await openTestRecord();
  for (const [index, title] of titles.entries()) {
    const patientId = `p${index}`;
    const change = { patientId, title, sourceId: patientId, author: `Practitioner/dr-${index % 2}` };
    const { state } = await createPlan(test.record, 'north', { ...sarahsPlan, ...change });
    planOf.set(patientId, state.plan.id);
  }
}, 60_000);
afterAll(() => test.close());

const list = (worklist: Worklist = {}) => listWorklist(test.record, 'north', worklist);
const patients = async (worklist: Worklist = {}) =>
  (await list(worklist)).rows.map(({ patientId }) => patientId).sort();
const titled = (text: string, ...patientIds: string[]) => patients({ search: { text, patientIds } });

describe('a worklist', () => {
  it('is found by any part of a title, in whatever case, and by patients', async () => {
    expect(await titled('small')).toEqual(['p0', 'p1']);
    expect(await titled('ll st')).toEqual(['p0']);
    expect(await titled('一歩')).toEqual(['p4']);
    expect(await titled('歩')).toEqual(['p4']);
    expect(await titled('émile')).toEqual(['p5']);
    expect(await titled('small', 'p6')).toEqual(['p0', 'p1', 'p6']);
    expect(await titled('nothing like it')).toEqual([]);
  });

  it('takes no text for a pattern', async () => {
    expect(await titled('100%')).toEqual(['p2']);
    expect(await titled('%')).toEqual(['p2']);
    expect(await titled('_')).toEqual(['p3']);
    expect(await titled('\\')).toEqual([]);
  });

  it('is one clinician’s, or nobody’s', async () => {
    expect(await patients({ clinician: 'Practitioner/dr-1' })).toEqual(['p1', 'p3', 'p5']);
    expect(await patients({ clinician: 'Practitioner/nobody' })).toEqual([]);
  });

  it('goes on page by page in every order, without repeating or losing any', async () => {
    for (const sort of worklistSorts) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await list({ sort, count: 2, ...(after === undefined ? {} : { after }) });
        seen.push(...page.rows.map(({ patientId }) => patientId));
        after = page.next;
      } while (after !== undefined);
      expect(seen.sort(), sort).toEqual(await patients({ sort }));
    }
  });

  it.each([
    ['all', 'NaN', 'x'],
    ['others', '1e40', 'x'],
    ['others', '99999999999', 'x'],
    ['aside', 'infinity', 'x'],
    ['all', '2026-02-31 00:00:00+00', 'x'],
    ['all', '0000-01-01 00:00:00+00', 'x'],
    ['all', '-infinity', 'x'],
    ['none', '5', 'x'],
    ['others', '5', '\u0000'],
  ])('refuses a cursor that is none of its own: %s %s', async (...key) => {
    const after = Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const sort of worklistSorts) {
      const error = await list({ sort, after }).catch((value: unknown) => value);
      expect(hasCode(error, 'invalid-request'), `${sort} ${JSON.stringify(error)}`).toBe(true);
    }
  });

  it('shows who is at risk first for as long as the signal is open, also of a plan that came later or is closed', async () => {
    const raised = await raiseSafetySignal(test.record, 'north', {
      clientId: 'product',
      patientId: 'p3',
      rule: 'other-concern',
      by: { type: 'person', reference: 'Practitioner/dr-1' },
    });
    const first = async () => (await list()).rows[0]?.patientId;
    expect(await first()).toBe('p3');
    const later = { ...sarahsPlan, patientId: 'p3', sourceId: 'later', title: 'Later' };
    const { state } = await createPlan(test.record, 'north', later);
    // one person, however many plans
    expect(await patients({ filter: 'safety' })).toEqual(['p3']);
    expect((await flaggedPatients(test.record, 'north', {})).safety).toEqual(['p3']);
    for (const id of [state.plan.id, planOf.get('p3') ?? '']) {
      await closePlan(test.record, 'north', { planId: id, status: 'completed' });
    }
    for (const sort of worklistSorts) expect(await patients({ filter: 'safety', sort })).toEqual(['p3']);
    const signalId = raised.signal.id;
    await closeSafetySignal(test.record, 'north', { signalId, by: 'Practitioner/dr-1', reason: 'Talked' });
    expect(await patients({ filter: 'safety' })).toEqual([]);
  });

  it('counts what each filter shows', async () => {
    const counts = await flaggedPatients(test.record, 'north', {});
    for (const filter of worklistFilters)
      expect([...counts[filter]].sort(), filter).toEqual([...(await patients({ filter }))].sort());
  });
});
