import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { Schedule } from '../../src/homework/model.ts';
import { revisionOf } from '../../src/homework/plan/step-words.ts';
import { keepNextVisits } from '../../src/record/patient/keep-next-visits.ts';
import { readResource } from '../../src/record/store/read-resource.ts';
import { changeAssignment } from '../../src/record/use-cases/change-assignment.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { rewordPlan } from '../../src/record/use-cases/reword-plan.ts';
import { rulesOfTenant } from '../../src/record/use-cases/rules-of-tenant.ts';
import { startSession } from '../../src/record/use-cases/start-session.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { contentOfTables, exportAll, importAll, wipe } from './archive/copy-record.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

let test: TestRecord;
let planId: string;
const tenant = 'north';
const by = 'Practitioner/dr-okafor';
const series = (rest: Omit<Extract<Schedule, { type: 'series' }>, 'type'>): Schedule => ({ type: 'series', ...rest });
const open = { type: 'open' } as const;

/** Every schedule that there is, by the key of its step. */
const schedules: Readonly<Record<string, Schedule>> = {
  daily: series({ pattern: { type: 'days', every: 1 }, ends: { type: 'on', date: '2026-03-31' }, enough: 5 }),
  parts: series({ pattern: { type: 'days', every: 2 }, times: ['morning', 'evening'], ends: open }),
  weekdays: series({ pattern: { type: 'weekdays', days: ['thu', 'mon'], everyWeeks: 1 }, ends: open }),
  fortnight: series({
    pattern: { type: 'weekdays', days: ['sun', 'wed'], everyWeeks: 2 },
    ...{ times: ['night', 'noon'], ends: { type: 'after', count: 6 } },
  }),
  weekly: series({ pattern: { type: 'per-week', count: 3 }, start: '2026-03-02', ends: { type: 'next-visit' } }),
  visit: { type: 'at-visit' },
  session: { type: 'sessions', count: 2 },
};
const daysOff = [
  { from: '2026-03-20', to: '2026-03-22' },
  { from: '2026-03-05', to: '2026-03-05', reason: 'A funeral' },
];

const view = () => getPlan(test.record, tenant, planId);
async function idOf(key: string): Promise<string> {
  return (await view()).assignments.find((assignment) => assignment.key === key)?.id ?? 'nobody';
}
const timesOf = async (key: string) => {
  const id = await idOf(key);
  return (await view()).occurrences.filter(({ assignmentId }) => assignmentId === id);
};

beforeAll(async () => {
  test = await openTestRecord();
  ({ planId } = await createPlan(test.record, tenant, {
    ...{ patientId: 'sarah', title: 'Every kind of schedule', author: by, daysOff },
    assignments: Object.entries(schedules).map(([key, schedule]) => ({
      ...{ key, kind: 'self-monitoring', title: key, schedule, unlock: { type: 'at-start' as const } },
      ...(key === 'daily' ? { standing: true } : {}),
    })),
  }));
}, 240_000);
afterAll(() => test.close());

describe('schedules of a plan', () => {
  it('are stored and read as they were given; a step that stands beside the ladder says so', async () => {
    const { assignments, plan } = await view();
    for (const { key, schedules: versions, standing } of assignments) {
      const { start: _first, ...asked } = { start: undefined, ...schedules[key] };
      expect([key, versions.at(-1)?.schedule]).toMatchObject([key, asked]);
      expect([key, standing]).toEqual([key, key === 'daily' ? true : undefined]);
    }
    expect(plan.daysOff).toEqual(daysOff.toReversed());
  });

  it('stand in FHIR, and each time with its day and part', async () => {
    const carePlan = JSON.stringify(
      (await readResource(test.record, tenant, { type: 'CarePlan', id: planId }))?.resource,
    );
    expect(carePlan).toContain('"valuePeriod":{"start":"2026-03-05","end":"2026-03-05"}');
    const times = await timesOf('parts');
    expect(times.map(({ day, part }) => [day, part])).toContainEqual(['2026-03-01', 'evening']);
    const evening = times.find(({ part }) => part === 'evening');
    const task = JSON.stringify(
      (await readResource(test.record, tenant, { type: 'Task', id: evening?.id ?? '' }))?.resource,
    );
    expect(task).toContain('"valueDate":"2026-03-01"');
    expect(task).toContain('"valueCode":"EVE"');
  });
});

describe('days off', () => {
  const change = (off: typeof daysOff, basedOn: number) =>
    rewordPlan(test.record, tenant, { planId, by, basedOn, reason: 'Holidays', daysOff: off });

  it('are set on a running plan, keep what they were, and change nothing when they are so already', async () => {
    const before = (await view()).version;
    await change(daysOff, 1);
    expect((await view()).version).toBe(before);
    const [first] = daysOff;
    await change(first === undefined ? [] : [first], 1);
    const { plan } = await view();
    expect(plan.daysOff).toEqual([first]);
    expect(plan.changes).toMatchObject([
      { by, reason: 'Holidays', daysOff: { from: daysOff.toReversed(), to: [first] } },
    ]);
    await change([], 2);
    expect((await view()).plan.daysOff).toBeUndefined();
    await change(daysOff, 3);
  });

  it.each<[string, typeof daysOff, string]>([
    ['no day', [{ from: '2026-02-30', to: '2026-03-01' }], 'daysOff[0].from'],
    ['a day before its first', [{ from: '2026-03-02', to: '2026-03-01' }], 'daysOff[0].to'],
  ])('are refused by the field of %s', async (_words, off, path) => {
    await expect(change(off, 4)).rejects.toSatisfy(
      (error) => hasCode(error, 'invalid-request') && error.fields.issues[0]?.path === path,
    );
  });
});

describe('a session', () => {
  it('is started once, also by who asks twice, and of no other step', async () => {
    expect(await timesOf('session')).toEqual([]);
    const assignmentId = await idOf('session');
    const first = await startSession(test.record, tenant, { assignmentId });
    expect(first).toMatchObject({ made: true, occurrenceId: `${assignmentId}.1` });
    const again = await startSession(test.record, tenant, { assignmentId });
    expect(again).toMatchObject({ made: false, occurrenceId: first.occurrenceId, version: first.version });
    expect((await timesOf('session')).map(({ status }) => status)).toEqual(['due']);
    await expect(startSession(test.record, tenant, { assignmentId: await idOf('daily') })).rejects.toSatisfy((error) =>
      hasCode(error, 'illegal-move'),
    );
  });
});

describe('the next visit', () => {
  const due = async () => (await timesOf('visit')).map(({ dueUntil }) => dueUntil);
  const told = (start: string) => keepNextVisits(test.record, tenant, new Map([['sarah', start]]));

  it('moves what is due by it, when it is news', async () => {
    const [unknown] = await due();
    expect(unknown?.slice(0, 4)).toBe('9999');
    expect(await told('2026-03-09T14:00:00.000Z')).toBe(1);
    await sweepPlans(test.record, [tenant]);
    // the day of the visit ends at 04:00 in New York, by summer time
    expect(await due()).toEqual(['2026-03-10T08:00:00.000Z']);
    expect(await told('2026-03-09T14:00:00.000Z')).toBe(0);
    // a day without a time is that day, by the clinic's clock
    expect(await told('2026-03-12')).toBe(1);
    await sweepPlans(test.record, [tenant]);
    expect(await due()).toEqual(['2026-03-13T08:00:00.000Z']);
  });

  it('is not kept of whom there is no plan, nor in another tenant', async () => {
    expect(await keepNextVisits(test.record, tenant, new Map([['nobody', '2026-03-09']]))).toBe(0);
    expect(await keepNextVisits(test.record, 'south', new Map([['sarah', '2026-03-09']]))).toBe(0);
    expect(await keepNextVisits(test.record, tenant, new Map())).toBe(0);
    const { rows } = await test.database.query('select tenant, patient_id from next_visit');
    expect(rows).toEqual([{ tenant, patient_id: 'sarah' }]);
  });
});

describe('the tenant', () => {
  it('says on which day a week begins', () => {
    const sunday = { ...test.record.tenants.get(tenant), weekBegins: 'sun' as const };
    const record = { ...test.record, tenants: new Map([[tenant, sunday as never]]) };
    expect(rulesOfTenant(record, tenant, []).weekBegins).toBe('sun');
    expect(rulesOfTenant(test.record, tenant, [])).not.toHaveProperty('weekBegins');
  });
});

describe('an archive', () => {
  it('gives every schedule, day off, session and time back as it was', async () => {
    const step = (await view()).assignments.find(({ key }) => key === 'daily');
    if (step === undefined) throw new Error('there is no such step');
    await changeAssignment(test.record, tenant, {
      ...{ assignmentId: step.id, basedOn: revisionOf(step), by, reason: 'Mornings, too' },
      schedule: series({
        pattern: { type: 'days', every: 1 },
        times: ['morning', 'night'],
        ends: { type: 'next-visit' },
      }),
    });
    const before = await contentOfTables(test.database);
    const exported = await exportAll(test.record, tenant);
    await wipe(test.database);
    expect(await importAll(test.record, tenant, exported)).toEqual([{ planId, outcome: 'imported', madeAnew: [] }]);
    expect(await contentOfTables(test.database)).toEqual(before);
  });

  it.each<[string, RegExp, string]>([
    ['part of a day', /"valueCode":"EVE"/, '"valueCode":"HS"'],
    ['weekday', /"dayOfWeek":\["thu"/, '"dayOfWeek":["funday"'],
    ['day off', /"valuePeriod":\{"start":"2026-03-20"/, '"valuePeriod":{"start":"2026-02-30"'],
  ])('with a %s that there is not is refused', async (_what, found, by_) => {
    const [bundle] = await exportAll(test.record, tenant);
    const text = JSON.stringify(bundle);
    expect(text).toMatch(found);
    await wipe(test.database);
    await expect(importAll(test.record, tenant, [JSON.parse(text.replace(found, by_))])).rejects.toSatisfy((error) =>
      hasCode(error, 'invalid-request'),
    );
    await importAll(test.record, tenant, [bundle]);
  });
});
