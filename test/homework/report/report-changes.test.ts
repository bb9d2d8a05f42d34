import { expect, it } from 'vitest';
import type { StepChange } from '../../../src/homework/plan/step-change.ts';
import { changesSection } from '../../../src/homework/report/report-changes.ts';
import { type ReportFrame, reportFrame } from '../../../src/homework/report/report-frame.ts';
import { aState, aStep } from '../a-state.ts';

const once = (by: string) => ({ type: 'once', by }) as const;
function frameOf(...changes: readonly StepChange[]): readonly [ReportFrame, ReturnType<typeof aStep>[]] {
  const steps = [aStep({ changes }), aStep({ id: 'a-2', key: '1-1', authoredOn: '2026-03-05T15:00:00.000Z' })];
  const options = { from: '2026-03-03T15:00:00.000Z', to: '2026-03-10T15:00:00.000Z', members: [] };
  const wording = { summaryOf: () => [], kindTitle: () => '' };
  return [reportFrame(aState({ assignments: steps }), { ...options, ...wording }), steps];
}

it('a report says what was changed in its period, with what it was and why, and which step is new; it names nobody', () => {
  const [frame, steps] = frameOf(
    { at: '2026-03-02T15:00:00.000Z', title: { from: 'Too early', to: 'x' } },
    {
      ...{ at: '2026-03-05T15:00:00.000Z', by: 'Practitioner/kim', reason: 'a week\nmore', smaller: '1-1' },
      ...{ title: { from: 'Old', to: 'Step 1' }, schedule: { from: once('2026-03-06'), to: once('2026-03-13') } },
    },
    { at: '2026-03-06T15:00:00.000Z', unlock: { to: { type: 'at-start' } }, goesWith: '1' },
    { at: '2026-03-11T15:00:00.000Z', title: { from: 'Too late', to: 'y' } },
  );
  const [section] = changesSection(frame, steps);
  expect(section?.title).toBe('Changed in the plan');
  expect(section?.entries[0]?.lines).toEqual([
    '1 Step 1: Thu, Mar 5, step 1-1 was put before it as a smaller step; was called “Old”; once, by Fri, Mar 13; was once, by Fri, Mar 6 (a week more)',
    '1-1 Step 1: put into the plan on Thu, Mar 5',
  ]);
  expect(JSON.stringify(section)).not.toContain('Practitioner');
});

it('a report of a period in which nothing was changed says nothing of it', () => {
  const [frame, [step]] = frameOf({ at: '2026-03-02T15:00:00.000Z', title: { from: 'Old', to: 'Step 1' } });
  expect(changesSection(frame, step === undefined ? [] : [step])).toEqual([]);
});
