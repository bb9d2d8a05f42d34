import { describe, expect, it } from 'vitest';
import { reviseLog } from '../../../src/homework/log/revise-log.ts';
import { type TakeLog, takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, Report, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { addendumContent } from '../../../src/homework/report/addendum-content.ts';
import { changesSinceFiling } from '../../../src/homework/report/changes-since-filing.ts';
import { reportContent } from '../../../src/homework/report/report-content.ts';
import type { ReportWording } from '../../../src/homework/report/report-frame.ts';
import { reportText } from '../../../src/homework/report/report-text.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const filedAt = '2026-03-15T15:00:00.000Z';
const wording: ReportWording = {
  summaryOf: () => [{ type: 'text', label: 'Said', linkId: 'said' }],
  kindTitle: (kind) => kind,
  behaviourLinkId: rules.behaviourLinkId,
};
const no = answers({ 'experiment-done': false, said: 'I only thought it' });
const yes = answers({ 'experiment-done': true, said: 'Good morning' });
const once: Schedule = { type: 'once', by: '2026-03-13' };
const thrice: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'next three meetings' },
  window: { start: '2026-03-02', end: '2026-03-13' },
};

/** Step 1, and step 2 that opens once it was done. */
function begun(schedule: Schedule = once, kind = 'experiment'): PlanState {
  const steps = [
    anAssignment({ key: '1', schedule, kind }),
    anAssignment({
      ...{ key: '2', schedule: { type: 'once-within', days: 7 } },
      unlock: { type: 'after', after: '1', criterion: { type: 'behaviour-done' } },
    }),
  ];
  return activatePlan(designPlan(aPlan(steps), begin), begin, rules);
}
const log = (state: PlanState, day: number, changes: Partial<TakeLog>): PlanState => {
  const performedAt = `2026-03-${String(day).padStart(2, '0')}T15:00:00.000Z`;
  const id = `l${state.logs.length + 1}`;
  return takeLog(state, aLog({ id, assignmentId: 'a-1', performedAt, ...changes }), performedAt, rules).state;
};
const contentOf = (state: PlanState) =>
  reportContent(state, { ...wording, from: begin, to: filedAt, members: [], marker: '[IS:r1:v1]' });
const text = (state: PlanState) => reportText(contentOf(state)).replace(/\s+/g, ' ');
const locked = (state: PlanState) => state.assignments[1]?.status === 'draft';

describe('a note of a log that says that it was not done', () => {
  it('says logged, and not done, wherever it counts or tells, and counts the log as ever', () => {
    const state = log(begun(), 9, { items: no });
    expect(adherenceOf(state, {}, filedAt).counts).toMatchObject({ done: 1, due: 1, missed: 0 });
    const note = text(state);
    expect(note).toContain('1 of 1 logged (100 %), 1 on time; it was not done.');
    expect(note).toContain('1 of 1 logged, 1 on time; it was not done');
    expect(note).toContain('logged on time on Mon, Mar 9, 2026, and answered that it was not done');
    expect(note).toContain('answered that it was not done; Said: "I only thought it"');
    expect(note).toContain('step 1 was logged, but not done; it opens once that was done, or by hand');
    expect(note).not.toMatch(/1 of 1 done|opens only by hand/);
  });

  it('says so of some of several, and of none', () => {
    const one = [no, yes, yes].reduce((state, items, at) => log(state, 3 + at, { items }), begun(thrice));
    expect(text(one)).toContain('3 of 3 logged (100 %), 3 on time; in 1 of them it was not done.');
    const all = [no, no, no].reduce((state, items, at) => log(state, 3 + at, { items }), begun(thrice));
    expect(text(all)).toContain('3 of 3 logged (100 %), 3 on time; none of them was done.');
    expect([locked(one), locked(all)]).toEqual([false, true]);
  });

  it.each<[string, PlanState]>([
    ['yes', log(begun(), 9, { items: yes })],
    ['no answer', log(begun(), 9, { items: answers({ said: 'hm' }) })],
    ['a no that is kept private', log(begun(), 9, { items: no, withheld: ['experiment-done'] })],
    ['a kind that does not ask', log(begun(once, 'monitoring'), 9, { items: no })],
  ])('says what it always said of %s', (_, state) => {
    const note = text(state);
    expect(note).toContain('1 of 1 done (100 %), 1 on time.');
    expect(note).not.toMatch(/not done|1 logged/);
  });

  it('is put right by a log beyond what was planned, which opens the next step', () => {
    const missed = log(begun(), 9, { items: no });
    expect(locked(missed)).toBe(true);
    const made = log(missed, 11, { items: yes });
    expect([made.logs[1]?.resolution, locked(made)]).toEqual(['extra', false]);
    // of the time that was planned it stays true
    expect(text(made)).toContain('1 of 1 logged (100 %), 1 on time; it was not done.');
  });
});

describe('after the note', () => {
  const filed = (state: PlanState, old = false): PlanState => {
    const content = contentOf(state);
    const told = content.told.map((fact) =>
      fact.artefact === 'log'
        ? { ...fact, lines: (fact.lines ?? []).filter(({ label }) => label !== 'Not done') }
        : fact,
    );
    const report: Report = {
      ...{ id: 'r1', planId: state.plan.id, patientId: 'sarah', version: 1, from: begin, to: filedAt },
      ...{ createdAt: filedAt, text: '', members: [] },
      content: old ? { ...content, count: '1 of 1 done (100 %), 1 on time.', told } : content,
    };
    return { ...state, reports: [report] };
  };
  const addendum = (state: PlanState): string => {
    const [report] = state.reports;
    if (report === undefined) throw new Error('nothing is filed');
    const changes = changesSinceFiling(state);
    const about = {
      report,
      changes,
      day: '2026-03-17',
      members: [],
      marker: '[IS:r2:v1]',
      at: '2026-03-17T15:00:00.000Z',
    };
    return reportText(addendumContent(state, { ...wording, ...about })).replace(/\s+/g, ' ');
  };
  const revise = (state: PlanState, items: TakeLog['items'], withheld: readonly string[] = []): PlanState =>
    reviseLog(state, { logId: 'l1', items, withheld }, '2026-03-16T15:00:00.000Z', rules);

  it('an old one of other words gets no addendum by that alone', () => {
    expect(changesSinceFiling(filed(log(begun(), 9, { items: no }), true))).toEqual([]);
  });

  it('a correction to yes is told as such, with the count, and opens the next step', () => {
    const state = revise(filed(log(begun(), 9, { items: no })), yes);
    expect(locked(state)).toBe(false);
    const words = addendum(state);
    expect(words).toContain('was answered that it was not done, now that it was');
    expect(words).toContain('now: 1 of 1 done (100 %), 1 on time.');
    expect(words).toContain('told before: 1 of 1 logged (100 %), 1 on time; it was not done.');
  });

  it('a correction to no, one that is kept private now, and one that is taken out are told as such', () => {
    expect(addendum(revise(filed(log(begun(), 9, { items: yes })), no))).toContain('now answered that it was not done');
    const state = filed(log(begun(), 9, { items: no }));
    const kept = addendum(revise(state, no, ['experiment-done']));
    expect(kept).toContain('whether it was done: not shared any more');
    expect(kept).not.toContain('it was not done');
    expect(addendum(revise(state, answers({ said: 'hm' })))).toContain('whether it was done: now not answered');
  });
});
