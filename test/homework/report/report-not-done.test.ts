import { describe, expect, it } from 'vitest';
import type { Assignment, Barrier, Occurrence, PlanState } from '../../../src/homework/model.ts';
import type { ReportOptions } from '../../../src/homework/report/report-frame.ts';
import { barrierFact, barrierWords, notDoneSection } from '../../../src/homework/report/report-not-done.ts';
import { aBarrier, aFiled, aRecord, aState, aStep, aTime, endOf, feb, frameOf, noContent } from './report-state.ts';

/** The lines below the steps that are told, by step. */
function told(state: Partial<PlanState>, options: Partial<ReportOptions> = {}): Readonly<Record<string, unknown>> {
  const { assignments } = aState(state);
  const [section] = notDoneSection(frameOf(state, options), assignments);
  return Object.fromEntries((section?.entries ?? []).map(({ heading = '', lines }) => [heading, lines]));
}
const step = '1 Write it down';
const before = '2026-01-31T12:00:00.000Z';
const after = feb(7, '12:01');

describe('what was not done', () => {
  const times = (...each: readonly (readonly [Occurrence['status'], number])[]) =>
    each.map(([status, day], index) => {
      const over = status === 'missed' ? { endedAt: endOf(day) } : {};
      return aTime({ id: `a1.${index + 1}`, ordinal: index + 1, status, dueUntil: endOf(day), ...over });
    });
  it.each<[ReturnType<typeof times>, readonly string[]]>([
    [times(['missed', 4]), ['missed, was due by Wed, 4 Feb 2026']],
    [times(['overdue', 5]), ['overdue, was due by Thu, 5 Feb 2026']],
    [times(['missed', 4], ['missed', 4], ['missed', 4]), ['missed 3 times, was due by Wed, 4 Feb 2026']],
    [
      times(['missed', 4], ['overdue', 4], ['missed', 5], ['overdue', 4]),
      [
        'missed, was due by Wed, 4 Feb 2026',
        'overdue 2 times, was due by Wed, 4 Feb 2026',
        'missed, was due by Thu, 5 Feb 2026',
      ],
    ],
  ])('%#', (occurrences, lines) => {
    expect(told({ occurrences })).toEqual({ [step]: lines });
  });

  it('is nothing of what was done, is not due yet, or is another step’s', () => {
    const occurrences = [
      ...[aTime({ status: 'done', endedAt: feb(3) }), aTime({ id: 'a1.2', status: 'late', endedAt: feb(3) })],
      ...[aTime({ id: 'a1.3' }), aTime({ id: 'a9.1', assignmentId: 'a9', status: 'missed', endedAt: feb(3) })],
    ];
    expect(notDoneSection(frameOf({ occurrences }), [aStep()])).toEqual([]);
  });

  it('stands under one title, step by step, the plan last', () => {
    const assignments = ['1', '2', '3'].map((key) => aStep({ id: `a${key}`, key }));
    const occurrences = [aTime({ status: 'missed', endedAt: feb(5) })];
    const barriers = [aBarrier({ id: 'b3', assignmentId: 'a3' }), aBarrier({ id: 'plan' })];
    const line = 'barrier: no time (said by the patient; not talked over yet)';
    expect(notDoneSection(frameOf({ occurrences, barriers }), assignments)).toEqual([
      {
        title: 'Not done, and why',
        entries: [
          { heading: step, lines: ['missed, was due by Fri, 6 Feb 2026'] },
          { heading: '3 Write it down', lines: [line] },
          { heading: 'The plan as a whole', lines: [line] },
        ],
      },
    ]);
  });
});

describe('a step that was missed, opened anew, and done since', () => {
  const missed = aTime({ status: 'missed', superseded: true, dueUntil: endOf(3), endedAt: endOf(3) });
  const again = aTime({ id: 'a1.2', ordinal: 2, status: 'done', endedAt: feb(5) });
  const log = { id: 'l2', occurrenceId: 'a1.2', performedAt: feb(5), authored: feb(5) };
  it.each<[string, Partial<PlanState>, RegExp]>([
    [
      'says so',
      { occurrences: [missed, again], logs: [aRecord(log)] },
      /^missed, was due by Tue, 3 Feb 2026; done since, on Thu, 5 Feb 2026/,
    ],
    [
      'late, too',
      { occurrences: [missed, { ...again, status: 'late' }], logs: [aRecord(log)] },
      /; done since, on Thu, 5 Feb/,
    ],
    [
      'not before it is',
      { occurrences: [missed, { ...again, status: 'due' }], logs: [] },
      /^missed, was due by Tue, 3 Feb 2026$/,
    ],
    [
      'not of a later report’s time',
      { occurrences: [missed, again], logs: [aRecord({ ...log, performedAt: after, authored: after })] },
      /^missed, was due by Tue, 3 Feb 2026$/,
    ],
    [
      'not of another time of the same asking',
      {
        occurrences: [aTime({ status: 'missed', dueUntil: endOf(3), endedAt: endOf(3) }), again],
        logs: [aRecord(log)],
      },
      /^missed, was due by Tue, 3 Feb 2026$/,
    ],
  ])('%s', (_what, state, line) => {
    expect((told(state)[step] as readonly string[])[0]).toMatch(line);
  });
});

describe('a time that was excused', () => {
  const excused = (changes: Partial<Occurrence>) => [aTime({ status: 'excused', endedAt: feb(4), ...changes })];
  const said = (status: string) => [
    aFiled({
      ...{ from: before, to: feb(1) },
      content: { ...noContent, told: [{ artefact: 'occurrence', id: 'a1.1', status, at: feb(1) }] },
    }),
  ];
  const { endedAt: _endedAt, ...undated } = aTime({ status: 'excused', lastModified: feb(4) });
  it.each<[string, Partial<PlanState>, Partial<ReportOptions>, readonly string[] | undefined]>([
    ['with its reason', { occurrences: excused({ reason: 'ill\n in bed' }) }, {}, ['excused: ill in bed']],
    ['without a reason', { occurrences: excused({}) }, {}, ['excused: no reason given']],
    ['by its last change, where no end was kept', { occurrences: [undated] }, {}, ['excused: no reason given']],
    ['before this time', { occurrences: excused({ endedAt: before }) }, {}, undefined],
    ['after this time', { occurrences: excused({ endedAt: after }) }, {}, undefined],
    ['told as excused', { occurrences: excused({}), reports: said('excused') }, {}, undefined],
    ['told as overdue', { occurrences: excused({}), reports: said('overdue') }, {}, ['excused: no reason given']],
    ['left to an addendum', { occurrences: excused({}) }, { leftToAddenda: new Set(['occurrence/a1.1']) }, undefined],
    [
      'not left to one, as another is',
      { occurrences: excused({}) },
      { leftToAddenda: new Set(['occurrence/a1.2', 'log/a1.1']) },
      ['excused: no reason given'],
    ],
  ])('%s', (_, state, options, lines) => {
    expect(told(state, options)).toEqual(lines === undefined ? {} : { [step]: lines });
  });
});

describe('a step that was given up', () => {
  it.each<[string, Partial<Assignment>, string | undefined]>([
    ['by declining it', { businessStatus: 'declined', endedAt: feb(3) }, 'declined by the patient'],
    ['by stopping it', { businessStatus: 'stopped-by-patient', endedAt: feb(3) }, 'stopped by the patient'],
    ['by its last change', { businessStatus: 'declined', lastModified: feb(7) }, 'declined by the patient'],
    ['before this time', { businessStatus: 'declined', endedAt: before }, undefined],
    ['after this time', { businessStatus: 'stopped-by-patient', endedAt: after }, undefined],
    ['by a clinician', { businessStatus: 'withdrawn', endedAt: feb(3) }, undefined],
    ['because it was done', { businessStatus: 'done', endedAt: feb(3) }, undefined],
  ])('%s', (_, changes, line) => {
    expect(told({ assignments: [aStep(changes)] })).toEqual(line === undefined ? {} : { [step]: [line] });
  });

  it('is told after what was missed, and before what was excused and what stood in the way', () => {
    const occurrences = [
      aTime({ status: 'excused', endedAt: feb(4), reason: 'ill' }),
      aTime({ id: 'a1.2', status: 'missed', endedAt: feb(5) }),
    ];
    const assignments = [aStep({ businessStatus: 'stopped-by-patient', endedAt: feb(6) })];
    expect(told({ assignments, occurrences, barriers: [aBarrier({ assignmentId: 'a1' })] })).toEqual({
      [step]: [
        'missed, was due by Fri, 6 Feb 2026',
        'stopped by the patient',
        'excused: ill',
        'barrier: no time (said by the patient; not talked over yet)',
      ],
    });
  });
});

describe('a barrier', () => {
  const plan = 'The plan as a whole';
  const saidAs = (status: string) => [
    aFiled({
      ...{ from: before, to: feb(1) },
      content: { ...noContent, told: [{ artefact: 'barrier', id: 'b1', status, at: feb(1) }] },
    }),
  ];
  const open = 'barrier: no time (said by the patient; not talked over yet)';
  const over = (day: string) => `barrier: no time (said by the patient; talked over ${day} 2026)`;
  it.each<[string, Partial<Barrier>, Partial<PlanState>, Partial<ReportOptions>, string | undefined]>([
    ['said in this time', {}, {}, {}, open],
    ['said before it, and still open', { recordedAt: before }, { reports: saidAs('open') }, {}, open],
    ['said at its end', { recordedAt: feb(7) }, {}, {}, open],
    ['said after it', { recordedAt: after }, {}, {}, undefined],
    ['said before it, talked over in it', { recordedAt: before, talkedOverAt: feb(5) }, {}, {}, over('Thu, 5 Feb')],
    ['said and talked over before it', { recordedAt: before, talkedOverAt: before }, {}, {}, undefined],
    ['said in it, talked over after it', { talkedOverAt: feb(9) }, {}, {}, over('Mon, 9 Feb')],
    ['said before it, talked over after it', { recordedAt: before, talkedOverAt: after }, {}, {}, undefined],
    [
      'told as talked over already',
      { recordedAt: before, talkedOverAt: feb(5) },
      { reports: saidAs('talked-over') },
      {},
      undefined,
    ],
    [
      'told as open, and talked over since',
      { recordedAt: before, talkedOverAt: feb(5) },
      { reports: saidAs('open') },
      {},
      over('Thu, 5 Feb'),
    ],
    ['said in it, told already', { talkedOverAt: feb(5) }, { reports: saidAs('talked-over') }, {}, over('Thu, 5 Feb')],
    [
      'talked over, which an addendum will tell',
      { talkedOverAt: feb(5) },
      {},
      { leftToAddenda: new Set(['barrier/b1']) },
      undefined,
    ],
    ['open, whatever an addendum tells', {}, {}, { leftToAddenda: new Set(['barrier/b1']) }, open],
  ])('%s', (_, changes, state, options, line) => {
    const lines = told({ ...state, barriers: [aBarrier(changes)] }, options);
    expect(lines).toEqual(line === undefined ? {} : { [plan]: [line] });
  });

  it.each<[Partial<Barrier>, string]>([
    [{ code: 'no-point-seen' }, 'barrier: no point seen (said by the patient; not talked over yet)'],
    [{ text: ' two\nlate  shifts' }, 'barrier: no time "two late shifts" (said by the patient; not talked over yet)'],
    [{ saidBy: 'Practitioner/1' }, 'barrier: no time (written down by the clinician; not talked over yet)'],
    [
      { saidBy: 'Practitioner/1', via: 'product' },
      'barrier: no time (written down by a clinician, as told by the product; not talked over yet)',
    ],
    [
      { via: 'product', talkedOverAt: feb(5, '23:30') },
      'barrier: no time (said by the patient, as told by the product; talked over Fri, 6 Feb 2026)',
    ],
  ])('reads %j', (changes, words) => {
    expect(barrierWords(frameOf(), aBarrier(changes))).toBe(words);
  });

  it('is kept as told by when it was said, or talked over', () => {
    expect(barrierFact(aBarrier())).toEqual({ artefact: 'barrier', id: 'b1', status: 'open', at: feb(4) });
    expect(barrierFact(aBarrier({ talkedOverAt: feb(5) }))).toEqual({
      ...{ artefact: 'barrier', id: 'b1', status: 'talked-over', at: feb(5) },
    });
  });
});
