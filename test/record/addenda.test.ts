import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/homework/model.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { excuseOccurrence } from '../../src/record/use-cases/excuse-occurrence.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { talkOverBarrier } from '../../src/record/use-cases/talk-over-barrier.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

const tenant = 'sandbox';
const visit = '2026-03-25T15:00:00-04:00';
let test: TestRecord;
let planId: string;
let barrierId: string;
let base: Report;

const at = async (set: string) => {
  await setSandboxClock(test.record, { tenants: [tenant], set });
  await sweepPlans(test.record);
};
const view = () => getPlan(test.record, tenant, planId);
const stepId = async (key: string) => (await view()).assignments.find((assignment) => assignment.key === key)?.id ?? '';
const logOf = async (time: string) =>
  (await view()).logs.find(({ performedAt }) => performedAt === new Date(time).toISOString())?.id ?? '';
const addenda = async () => (await view()).reports.filter(({ addendumTo }) => addendumTo !== undefined);
const flat = (report: Report | undefined) => (report?.text ?? '').replace(/\s+/g, ' ');

/** What delivery makes of rows that this EHR holds only in a note, and of those that it takes as they are. */
const stand = {
  note: () =>
    test.database.query(
      `update ledger set landing = 'note', state = 'waiting', reason_code = 'report' where artefact <> 'report'`,
    ),
  native: () =>
    test.database.query(`update ledger set landing = 'native', state = 'landed', landed = wanted, sent = wanted`),
};

beforeEach(async () => {
  test = await openTestRecord();
  await at('2026-03-01T10:00:00-05:00');
  planId = (await createPlan(test.record, tenant, sarahsPlan)).planId;
  for (const { key, ...log } of sarahsLogs) {
    await at(log.performedAt);
    await logHomework(test.record, tenant, { ...log, assignmentId: await stepId(key), patientId: 'sarah' });
  }
  await at(visit);
  const of = { artefact: 'assignment', id: await stepId('4b') } as const;
  barrierId = (await recordBarrier(test.record, tenant, { of, code: 'fear' })).barrier.id;
  base = (await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' })).report;
}, 60_000);
afterEach(() => test.close());

async function lateLog(time = '2026-03-24T10:00:00-04:00') {
  const { log } = await logHomework(test.record, tenant, {
    assignmentId: await stepId('4b'),
    patientId: 'sarah',
    performedAt: time,
    answers: {
      situation: 'Team meeting',
      'suds-before': 50,
      'suds-peak': 60,
      'suds-after': 20,
      'belief-before': 45,
      'belief-after': 40,
      practised: true,
    },
  });
  return log;
}
const amendExperiment = async () =>
  amendLog(test.record, tenant, {
    logId: await logOf('2026-03-11T15:00:00-04:00'),
    answers: {
      'belief-before': 85,
      'belief-after': 60,
      'suds-before': 50,
      'suds-peak': 65,
      'suds-after': 30,
      prediction: "she will think it's foolish",
      'prediction-likelihood': 80,
      'experiment-done': true,
      'actual-outcome': 'good point',
    },
    withheld: ['prediction'],
  });

describe('what comes after a report was filed', () => {
  it('tells a changed count once, also where the report was filed before counts were kept', async () => {
    await test.database.query(`update report set body = body #- '{content,count}' where id = $1`, [base.id]);
    await at('2026-03-26T09:00:00-04:00');
    await retractLog(test.record, tenant, { logId: await logOf('2026-03-04T10:00:00-05:00') });
    await at('2026-03-27T04:00:00-04:00');
    const [first] = await addenda();
    expect(flat(first)).toMatch(/now: \d of 7 done .* told before: Homework between visits: 6 of 7 done \(85.7 %\)/);
    await at('2026-03-28T09:00:00-04:00');
    await amendExperiment();
    await at('2026-03-29T04:00:00-04:00');
    const [, second, ...more] = await addenda();
    expect(more).toEqual([]);
    expect(flat(second)).toContain('1 log was corrected');
    expect(flat(second)).not.toContain('told before');
  });

  it('goes out as one addendum at the end of the day: late, amended and taken back together, and never again', async () => {
    await at('2026-03-26T09:00:00-04:00');
    const late = await lateLog();
    await amendExperiment();
    const retracted = await logOf('2026-03-04T10:00:00-05:00');
    await retractLog(test.record, tenant, { logId: retracted });
    await stand.note();
    await at('2026-03-27T03:59:00-04:00');
    expect(await addenda()).toEqual([]);
    await at('2026-03-27T04:00:00-04:00');
    const [addendum, ...more] = await addenda();
    expect(more).toEqual([]);
    expect(addendum).toMatchObject({ addendumTo: base.id, version: 1, from: base.from, to: base.to });
    const text = flat(addendum);
    expect(text).toContain(
      'Addendum of Thu, Mar 26, 2026 to the report of Sun, Mar 1, 2026 to Wed, Mar 25, 2026: 1 log was taken back, 1 log was corrected, 1 log came after it.',
    );
    expect(text).toContain('TAKEN BACK: DO NOT RELY ON IT');
    expect(text).toContain('the log of Wed, Mar 4, 10:00 AM was taken back on Thu, Mar 26, 2026');
    expect(text).toContain('was Belief 85 to 70 %, now Belief 85 to 60 %');
    expect(text).toContain('Predicted: not shared any more');
    expect(text).not.toContain('foolish');
    expect(text).toContain('Tue, Mar 24, 10:00 AM, written Thu, Mar 26, 2026');
    expect(text).toContain('told before: 6 of 7 done (85.7 %)');
    expect(text.endsWith(`[IS:${addendum?.id}:v1]`)).toBe(true);
    const logs = addendum?.members.filter(({ artefact }) => artefact === 'log').map(({ id, version }) => [id, version]);
    expect(new Map(logs?.map(([id, version]) => [String(id), version]))).toEqual(
      new Map([
        [late.id, 1],
        [await logOf('2026-03-11T15:00:00-04:00'), 2],
        [retracted, 2],
      ]),
    );
    for (const member of addendum?.members ?? []) {
      const told = base.members.find(({ artefact, id }) => artefact === member.artefact && id === member.id);
      expect(member.version).toBeGreaterThan(told?.version ?? 0);
    }
    for (const time of ['2026-03-27T12:00:00-04:00', '2026-03-28T04:00:00-04:00', '2026-04-02T04:00:00-04:00'])
      await at(time);
    expect(await addenda()).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['late log', () => lateLog(), '1 log came after it'],
    ['amended log', () => amendExperiment(), '1 log was corrected'],
    [
      'log taken back',
      async () =>
        retractLog(test.record, tenant, {
          logId: await logOf('2026-03-18T10:00:00-04:00'),
        }),
      '1 log was taken back',
    ],
  ])('corrects a note that is wrong now, wherever else it landed: %s, exactly one', async (_, change, words) => {
    await at('2026-03-26T09:00:00-04:00');
    await change();
    await stand.native();
    await at('2026-03-27T04:00:00-04:00');
    await at('2026-03-28T04:00:00-04:00');
    const made = await addenda();
    expect(made).toHaveLength(1);
    expect(flat(made[0])).toContain(words);
  });

  it('makes no noise where things landed by themselves and nothing that was told is wrong', async () => {
    await at('2026-03-26T09:00:00-04:00');
    await talkOverBarrier(test.record, tenant, { barrierId });
    await giveFeedback(test.record, tenant, {
      of: { artefact: 'log', id: await logOf('2026-03-18T10:00:00-04:00') },
      author: 'Practitioner/dr-okafor',
      text: 'Well asked',
    });
    await stand.native();
    await at('2026-03-27T04:00:00-04:00');
    expect(await addenda()).toEqual([]);
    // the next report tells them, for they came in its time
    await at('2026-03-28T09:00:00-04:00');
    const next = (await fileReport(test.record, tenant, { planId })).report;
    expect(next.from).toBe(base.to);
    expect(flat(next)).toContain('Well asked');
    expect(flat(next)).toContain('talked over Thu, Mar 26, 2026');
  });

  it('tells feedback, a barrier talked over and an excuse in an addendum where a note is all there is, and not twice', async () => {
    await at('2026-03-26T09:00:00-04:00');
    await talkOverBarrier(test.record, tenant, { barrierId });
    await giveFeedback(test.record, tenant, {
      of: { artefact: 'log', id: await logOf('2026-03-18T10:00:00-04:00') },
      author: 'Practitioner/dr-okafor',
      text: 'Well asked',
    });
    const occurrence = (await view()).occurrences.find(({ status }) => status === 'missed');
    await excuseOccurrence(test.record, tenant, {
      occurrenceId: occurrence?.id ?? '',
      reason: 'meeting was called off',
    });
    await stand.note();
    // a report of the same day leaves them to the addendum
    await at('2026-03-26T15:00:00-04:00');
    const next = (await fileReport(test.record, tenant, { planId })).report;
    expect(flat(next)).not.toMatch(/Well asked|talked over|called off/);
    expect(next.members.map(({ artefact }) => artefact)).not.toContain('feedback');
    await at('2026-03-27T04:00:00-04:00');
    const made = await addenda();
    expect(made.map(({ addendumTo }) => addendumTo)).toEqual([base.id]);
    expect(flat(made[0])).toContain('1 time was excused, 1 barrier was talked over, 1 message was sent');
    await at('2026-03-28T15:00:00-04:00');
    const later = (await fileReport(test.record, tenant, { planId })).report;
    expect(flat(later)).not.toMatch(/Well asked|talked over|called off/);
  });

  it('waits a day for what delivery has not looked at yet', async () => {
    await at('2026-03-26T09:00:00-04:00');
    await giveFeedback(test.record, tenant, {
      of: { artefact: 'log', id: await logOf('2026-03-18T10:00:00-04:00') },
      author: 'patient',
      text: 'Thank you',
    });
    await at('2026-03-27T04:00:00-04:00');
    expect(await addenda()).toEqual([]);
    await stand.note();
    await at('2026-03-28T04:00:00-04:00');
    expect(await addenda()).toHaveLength(1);
  });

  it('is corrected also after the plan is closed, on each day anew, and by a second amendment of the same log', async () => {
    await at('2026-03-26T09:00:00-04:00');
    await closePlan(test.record, tenant, { planId, status: 'completed' });
    await amendExperiment();
    await at('2026-03-27T04:00:00-04:00');
    expect(await addenda()).toHaveLength(1);
    await at('2026-03-27T09:00:00-04:00');
    await retractLog(test.record, tenant, {
      logId: await logOf('2026-03-11T15:00:00-04:00'),
    });
    await at('2026-03-28T04:00:00-04:00');
    const [first, second, ...more] = await addenda();
    expect(more).toEqual([]);
    expect(second?.id).not.toBe(first?.id);
    expect(flat(second)).toContain('Addendum of Fri, Mar 27, 2026');
    expect(flat(second)).toContain('1 log was taken back.');
  });

  it('a log of no filed period waits for the next report, which tells it', async () => {
    await at('2026-03-27T09:00:00-04:00');
    await lateLog('2026-03-26T10:00:00-04:00');
    await stand.note();
    await at('2026-03-28T04:00:00-04:00');
    expect(await addenda()).toEqual([]);
    const next = (await fileReport(test.record, tenant, { planId })).report;
    expect(flat(next)).toContain('Thu, Mar 26, 10:00 AM, unplanned');
  });

  it('adds nothing to a report that a person kept out of the chart', async () => {
    await test.database.query(`update ledger set state = 'withdrawn' where artefact = 'report'`);
    await at('2026-03-26T09:00:00-04:00');
    await amendExperiment();
    await at('2026-03-27T04:00:00-04:00');
    expect(await addenda()).toEqual([]);
  });
});
