import { describe, expect, it } from 'vitest';
import { staysWords } from '../../smart-app/src/clinician/what-stays.ts';
import { belongsWords } from '../../smart-app/src/plan/where-a-log-belongs.ts';
import type { Occurrence, PlanState } from '../../src/homework/model.ts';
import { now } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { showPlan } from './show-plan.ts';

/** What was logged may have been logged as not done: words that count logs call nothing done. */
const base = readFixture<PlanState>('sarah-at-the-visit');

function shown(key: string, statuses: readonly Occurrence['status'][] = []) {
  const id = base.assignments.find((step) => step.key === key)?.id;
  let at = 0;
  const occurrences = base.occurrences.map((time) =>
    time.assignmentId === id ? { ...time, status: statuses[at++] ?? time.status } : time,
  );
  const view = showPlan({ ...base, occurrences }, { now, reader: 'clinician', ledger: [] });
  const step = view.assignments.find((one) => one.id === id);
  if (step === undefined) throw new Error(`no step ${key}`);
  return { view, step };
}

describe('words that count logs', () => {
  it.each<[string, readonly Occurrence['status'][], string]>([
    ['1', [], '3 logged stay as they are, with the words they had.'],
    ['1', ['late', 'missed', 'overdue'], '1 logged, 1 missed and 1 overdue stay as they are, with the words they had.'],
    ['2', [], '1 logged stays as it is, with the words it had.'],
    ['4b', [], '1 missed stays as it is, with the words it had.'],
  ])('what a change of step %s leaves, with %j', (key, statuses, words) => {
    const { view, step } = shown(key, statuses);
    expect(staysWords(view, step)).toBe(words);
  });

  it.each([
    ['2', 'this was logged already: it is kept as one more'],
    // also where fewer are asked for than were planned, as one was excused
    ['1', 'all that is asked for was logged already: it is kept as one more'],
  ])('where a further log of step %s belongs', (key, words) => {
    expect(belongsWords({ resolution: 'extra' }, shown(key).step)).toBe(words);
  });
});
