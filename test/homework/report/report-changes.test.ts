import { describe, expect, it } from 'vitest';
import type { PlanState, Report } from '../../../src/homework/model.ts';
import type { StepChange } from '../../../src/homework/plan/step-change.ts';
import { changeFacts, changesSection } from '../../../src/homework/report/report-changes.ts';
import { reportContent } from '../../../src/homework/report/report-content.ts';
import { type ReportFrame, reportFrame } from '../../../src/homework/report/report-frame.ts';
import { aState, aStep, made } from '../a-state.ts';

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

describe('what else a person changed of a plan is told in the period in which it was', () => {
  const at = '2026-03-05T15:00:00.000Z';
  const frame = (state: Partial<PlanState>, reports: PlanState['reports'] = []) => {
    const options = { from: '2026-03-03T15:00:00.000Z', to: '2026-03-10T15:00:00.000Z', members: [] };
    return reportFrame(aState({ ...state, reports }), { ...options, summaryOf: () => [], kindTitle: () => '' });
  };
  const linesOf = (state: Partial<PlanState>) =>
    changesSection(frame(state), state.assignments ?? [])[0]?.entries[0]?.lines ?? [];
  const by = 'Practitioner/kim';
  it.each<[string, Parameters<typeof aStep>[0], readonly string[]]>([
    [
      'opened by hand',
      { unlocked: { at, by, reason: 'She asked\nfor it' } },
      ['opened by hand on Thu, Mar 5 (She asked for it)'],
    ],
    ['opened by its rule', { unlocked: { at } }, []],
    ['opened by hand before', { unlocked: { at: '2026-03-02T15:00:00.000Z', by, reason: 'x' } }, []],
    [
      'withdrawn',
      { status: 'cancelled', businessStatus: 'withdrawn', endedAt: at, statusReason: { text: 'moved away' } },
      ['withdrawn on Thu, Mar 5 (moved away)'],
    ],
    [
      'locked again',
      { status: 'draft', businessStatus: 'locked', lastModified: at, statusReason: { text: 'too soon' } },
      ['locked again on Thu, Mar 5 (too soon)'],
    ],
    [
      'given another rule',
      { changes: [{ at, unlock: { to: { type: 'by-clinician' } } }] },
      ['Thu, Mar 5, opens by another rule'],
    ],
  ])('%s', (_, changes, words) => {
    expect(linesOf({ assignments: [aStep(changes)] })).toEqual(words.map((line) => `1 Step 1: ${line}`));
  });

  it('the plan itself: its name, its end, its goals, and that it was closed', () => {
    const { plan } = aState();
    const changed = {
      ...plan,
      changes: [{ at, title: { from: 'Old', to: 'Speaking up' }, end: { from: '2026-04-12', to: '2026-04-19' } }],
    };
    expect(linesOf({ plan: changed })).toEqual([
      'The plan: Thu, Mar 5, was called “Old”; ends Sun, Apr 19; was: ends Sun, Apr 12',
    ]);
    const closed = { ...plan, status: 'revoked', closedAt: at, closeReason: 'moved away' } as const;
    expect(linesOf({ plan: closed })).toEqual(['The plan: ended early on Thu, Mar 5 (moved away)']);
  });

  it('in the very instant in which an earlier report ends, once', () => {
    const step = aStep({ unlocked: { at: '2026-03-03T15:00:00.000Z', by, reason: 'ready' } });
    const before: Report = {
      ...{ id: 'r', planId: 'plan-1', patientId: 'sarah', version: 1, createdAt: '2026-03-03T15:00:00.000Z' },
      ...{ from: made, to: '2026-03-03T15:00:00.000Z', text: '', members: [] },
    };
    const untold = frame({ assignments: [step] }, [before]);
    expect(changesSection(untold, [step])[0]?.entries[0]?.lines).toEqual([
      '1 Step 1: opened by hand on Tue, Mar 3 (ready)',
    ]);
    const content = { ...reportContent(untold.state, untold), told: changeFacts(untold, [step]) };
    const told = frame({ assignments: [step] }, [{ ...before, content }]);
    expect(changesSection(told, [step])).toEqual([]);
  });
});
