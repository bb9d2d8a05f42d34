import { describe, expect, it } from 'vitest';
import type { Log, PlanState } from '../../../src/homework/model.ts';
import type { ReportOptions } from '../../../src/homework/report/report-frame.ts';
import { logFact, logFacts, logLine, logSections } from '../../../src/homework/report/report-logs.ts';
import { answers } from '../build-plan.ts';
import { aFiled, aRecord, aState, aStep, feb, frameOf } from './report-state.ts';

/** The sections by their titles, each step with its lines. */
function sectionsOf(state: Partial<PlanState>, options: Partial<ReportOptions> = {}) {
  const sections = logSections(frameOf(state, options), aState(state).assignments);
  return Object.fromEntries(
    sections.map(({ title, entries }) => [
      title,
      Object.fromEntries(entries.map(({ heading = '', lines }) => [heading, lines])),
    ]),
  );
}
const diary = '1 Write it down (diary of worry)';
const test = '1 Write it down (test of a belief)';
const belief = aStep({ kind: 'test', questionnaire: 'test|1' });
const tried = (changes: Partial<Log> = {}) =>
  aRecord({
    questionnaire: 'test|1',
    items: answers({ prediction: 'laughter', outcome: 'a nod', before: 80, after: 60 }),
    ...changes,
  });

describe('what was logged', () => {
  it.each<[Partial<Log>, string]>([
    [{}, 'Tue 3 Feb, 13:00: Note: "hello"'],
    [{ performedAt: feb(2, '23:30') }, 'Tue 3 Feb, 0:30: Note: "hello"'],
    [{ resolution: 'late' }, 'Tue 3 Feb, 13:00, late: Note: "hello"'],
    [{ resolution: 'ad-hoc' }, 'Tue 3 Feb, 13:00, unplanned: Note: "hello"'],
    [{ resolution: 'extra' }, 'Tue 3 Feb, 13:00, beyond what was planned: Note: "hello"'],
    [{ items: [] }, 'Tue 3 Feb, 13:00'],
    [{ items: [], withheld: ['note'] }, 'Tue 3 Feb, 13:00'],
    [{ items: answers({ other: 1 }) }, 'Tue 3 Feb, 13:00'],
    [{ withheld: ['note'] }, 'Tue 3 Feb, 13:00: what was written is not shared'],
    [{ via: 'product' }, 'Tue 3 Feb, 13:00: Note: "hello"'],
    [{ source: { type: 'practitioner', reference: 'Practitioner/1' } }, 'Tue 3 Feb, 13:00: Note: "hello"'],
    [
      { via: 'product', source: { type: 'practitioner', reference: 'Practitioner/1' }, resolution: 'late' },
      'Tue 3 Feb, 13:00, late, written down by a clinician, as told by the product: Note: "hello"',
    ],
    [
      { via: 'product', source: { type: 'related-person', reference: 'RelatedPerson/1' } },
      'Tue 3 Feb, 13:00, written down by a relative, as told by the product: Note: "hello"',
    ],
  ])('%j', (changes, line) => {
    expect(sectionsOf({ logs: [aRecord(changes)] })).toEqual({ Logged: { [diary]: [line] } });
  });

  it('stands step by step, in the order of the steps, each by its time', () => {
    const assignments = [aStep({ id: 'a2', key: '2' }), aStep(), aStep({ id: 'a3', key: '3' })];
    const logs = [
      aRecord({ id: 'x', performedAt: feb(4) }),
      aRecord({ id: 'y', assignmentId: 'a2', performedAt: feb(5) }),
      aRecord({ id: 'z', performedAt: feb(2) }),
    ];
    expect(logSections(frameOf({ logs }), assignments)).toEqual([
      {
        title: 'Logged',
        entries: [
          { heading: '2 Write it down (diary of worry)', lines: ['Thu 5 Feb, 13:00: Note: "hello"'] },
          { heading: diary, lines: ['Mon 2 Feb, 13:00: Note: "hello"', 'Wed 4 Feb, 13:00: Note: "hello"'] },
        ],
      },
    ]);
    expect(logSections(frameOf(), assignments)).toEqual([]);
  });

  it('stands apart, by its day, when it is from before and was never told', () => {
    const logs = [aRecord({ performedAt: feb(2, '23:30') }), aRecord({ id: 'l2', performedAt: feb(5) })];
    expect(sectionsOf({ logs }, { from: feb(4) })).toEqual({
      Logged: { [diary]: ['Thu 5 Feb, 13:00: Note: "hello"'] },
      'Earlier, and not reported before': { [diary]: ['Tue, 3 Feb 2026: Note: "hello"'] },
    });
    expect(sectionsOf({ logs, reports: [aFiled({ to: feb(4) })] }, { from: feb(4) })).toEqual({
      Logged: { [diary]: ['Thu 5 Feb, 13:00: Note: "hello"'] },
    });
  });
});

describe('what was expected, and what came', () => {
  const of = (...logs: readonly Log[]) => sectionsOf({ assignments: [belief], logs });
  const pair = 'Tue 3 Feb, 13:00: Expected: "laughter"; Came: "a nod"';

  it('stands as a pair above, and not once more below', () => {
    expect(of(tried())).toEqual({
      'Predicted, and what happened': { '1 Write it down': [pair] },
      Logged: { [test]: ['Tue 3 Feb, 13:00: Belief 80 to 60 %'] },
    });
    const bare = tried({ items: answers({ prediction: 'laughter', outcome: 'a nod' }), resolution: 'late' });
    expect(of(bare)).toEqual({
      'Predicted, and what happened': { '1 Write it down': [pair] },
      Logged: { [test]: ['Tue 3 Feb, 13:00, late'] },
    });
  });

  it.each<[string, Partial<Log>, string]>([
    ['only expected', { items: answers({ prediction: 'laughter' }) }, 'Expected: "laughter"'],
    [
      'only came',
      { items: answers({ outcome: 'a nod', before: 80 }) },
      'Came: "a nod"; Belief 80 % before, not rated after',
    ],
    ['not shared', { withheld: ['outcome'] }, 'Expected: "laughter"; Belief 80 to 60 %'],
  ])('is no pair when one of the two is %s', (_, changes, words) => {
    expect(of(tried(changes))).toEqual({ Logged: { [test]: [`Tue 3 Feb, 13:00: ${words}`] } });
  });

  it('is told of the steps that have such pairs alone', () => {
    const assignments = [aStep({ id: 'a0', key: '0' }), belief];
    const logs = [
      aRecord({ id: 'l0', assignmentId: 'a0' }),
      tried({ id: 'x' }),
      tried({ id: 'y', withheld: ['prediction'] }),
    ];
    const told = sectionsOf({ assignments, logs });
    expect(told['Predicted, and what happened']).toEqual({ '1 Write it down': [pair] });
    expect(told.Logged).toEqual({
      '0 Write it down (diary of worry)': ['Tue 3 Feb, 13:00: Note: "hello"'],
      [test]: ['Tue 3 Feb, 13:00: Belief 80 to 60 %', 'Tue 3 Feb, 13:00: Came: "a nod"; Belief 80 to 60 %'],
    });
  });
});

describe('what is kept of a log as told', () => {
  it('is each of its lines by its label, as shared now, and when it was changed last', () => {
    expect(logFact(frameOf(), tried({ authored: feb(4), withheld: ['prediction'] }))).toEqual({
      ...{ artefact: 'log', id: 'l1', status: 'told', at: feb(4) },
      lines: [
        { label: 'Came', text: 'Came: "a nod"' },
        { label: 'Belief', text: 'Belief 80 to 60 %' },
      ],
    });
  });

  it('is kept of the earlier ones and those of its time, by step', () => {
    const logs = [
      aRecord({ id: 'now', performedAt: feb(5) }),
      aRecord({ id: 'then', performedAt: feb(2) }),
      aRecord({ id: 'other', assignmentId: 'a2', performedAt: feb(3) }),
      aRecord({ id: 'gone', assignmentId: 'a9', performedAt: feb(5) }),
    ];
    const assignments = [aStep({ id: 'a2', key: '2' }), aStep()];
    const facts = logFacts(frameOf({ logs, assignments }, { from: feb(4) }), assignments);
    expect(facts.map(({ id }) => id)).toEqual(['other', 'then', 'now']);
    expect(facts[0]?.lines).toEqual([{ label: 'Note', text: 'Note: "hello"' }]);
  });

  it('is one line where a sentence is made of it', () => {
    expect(logLine(frameOf(), tried())).toBe('Expected: "laughter"; Came: "a nod"; Belief 80 to 60 %');
    expect(logLine(frameOf(), aRecord({ withheld: ['note'] }))).toBe('what was written is not shared');
    expect(logLine(frameOf(), aRecord({ items: [] }))).toBe('');
  });
});
