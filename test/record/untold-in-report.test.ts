import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import type { CreatePlanCommand } from '../../src/record/use-cases/plan-design.ts';
import { previewReport } from '../../src/record/use-cases/preview-report.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

const tenant = 'sandbox';
const plan: CreatePlanCommand = {
  ...{ sourceId: 'p', clientId: 'homework-product', patientId: 'sarah', title: 'Speaking up' },
  ...{ timeZone: 'America/New_York', period: { start: '2026-03-01' } },
  assignments: [
    {
      ...{ key: '1', kind: 'communication-practice', title: 'Say good morning' },
      ...{ schedule: { type: 'once', by: '2026-04-13' }, unlock: { type: 'at-start' } },
    },
  ],
};
const filedAt = '2026-03-25T15:00:00-04:00';
const begins = 'Not in this note, because an earlier one tells of that time:';

let test: TestRecord;
let planId: string;
let assignmentId: string;
const at = async (set: string) => {
  await setSandboxClock(test.record, { tenants: [tenant], set });
  await sweepPlans(test.record);
};
const logAbout = async (performedAt: string) => {
  const answers = { situation: 'Team meeting', practised: true };
  return (await logHomework(test.record, tenant, { assignmentId, patientId: 'sarah', performedAt, answers })).log;
};
const set = (values: string) => test.database.query(`update ledger set ${values} where artefact <> 'report'`);
/** What delivery makes of what came. */
const stands = {
  native: () => set(`landing = 'native', state = 'landed', landed = wanted, sent = wanted`),
  note: () => set(`landing = 'note', state = 'waiting', reason_code = 'report'`),
  appOnly: () => set(`landing = 'app-only', state = 'landed', landed = wanted`),
  refused: () => set(`landing = 'native', state = 'rejected'`),
  underWay: () => set(`landing = null, state = 'pending'`),
};
const preview = () => previewReport(test.record, tenant, { planId });

beforeEach(async () => {
  test = await openTestRecord();
  await at('2026-03-01T10:00:00-05:00');
  const { state } = await createPlan(test.record, tenant, plan);
  planId = state.plan.id;
  assignmentId = state.assignments[0]?.id ?? '';
  await at(filedAt);
  await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' });
  await at('2026-03-25T17:00:00-04:00');
}, 60_000);
afterEach(() => test.close());

describe('what came since a note, about a time that the note tells of', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['in the chart', stands.native, 'It is in the chart by itself.'],
    ['held in notes alone', stands.note, 'An addendum to that note is to tell it at the end of the day.'],
    [
      'kept here alone',
      stands.appOnly,
      'It is not in the chart as it is now: “Where this stands in this EHR” says why.',
    ],
    ['refused', stands.refused, 'It is not in the chart as it is now: “Where this stands in this EHR” says why.'],
    ['under way', stands.underWay, 'It is not in the chart as it is now: “Where this stands in this EHR” says why.'],
  ])('is named beside the next one, with where it is told: %s', async (_, stand, where) => {
    expect(await preview()).toMatchObject({ content: { nothing: true }, untold: [] });
    await logAbout('2026-03-25T10:00:00-04:00');
    await stand();
    const { content, untold, text } = await preview();
    expect(untold).toEqual([`${begins} 1 log came after it. ${where}`]);
    // the note is as it was, and there is nothing of it to sign
    expect(content.nothing).toBe(true);
    expect(text).not.toContain('Team meeting');
  });

  it('is counted, each by where it is told, also where the note has something of its own', async () => {
    const first = await logAbout('2026-03-24T10:00:00-04:00');
    await logAbout('2026-03-25T10:00:00-04:00');
    await stands.native();
    expect((await preview()).untold).toEqual([`${begins} 2 logs came after it. They are in the chart by themselves.`]);
    await logAbout('2026-03-25T16:00:00-04:00');
    const { content, untold, text } = await preview();
    expect([content.nothing, untold.length]).toEqual([undefined, 1]);
    expect(text.replace(/\s+/g, ' ')).toContain('Wed, Mar 25, 4:00 PM');
    // what nobody was told of and is taken back is nothing to tell
    await retractLog(test.record, tenant, { logId: first.id });
    expect((await preview()).untold).toEqual([`${begins} 1 log came after it. It is in the chart by itself.`]);
  });

  it('is named no more once an addendum has told it, nor beside a note of a later time', async () => {
    await logAbout('2026-03-25T10:00:00-04:00');
    await stands.note();
    await at('2026-03-26T04:00:00-04:00');
    expect((await preview()).untold).toEqual([]);
    await logAbout('2026-03-25T11:00:00-04:00');
    await stands.native();
    expect((await preview()).untold).toHaveLength(1);
    await at('2026-03-27T10:00:00-04:00');
    await logAbout('2026-03-27T09:00:00-04:00');
    await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' });
    await at('2026-03-28T10:00:00-04:00');
    expect((await preview()).untold).toEqual([]);
  });

  it('is in the next note itself where it is of the minute in which the last one ended', async () => {
    await at('2026-03-25T17:00:30-04:00');
    await logAbout('2026-03-25T16:30:00-04:00');
    await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' });
    await at('2026-03-25T17:00:50-04:00');
    await logAbout('2026-03-25T17:00:00-04:00');
    await stands.native();
    const { untold, content, text } = await preview();
    expect([untold, content.nothing]).toEqual([[], undefined]);
    expect(text).toContain('5:00 PM');
  });
});
