import { describe, expect, it } from 'vitest';
import type { PlanState, Report } from '../../../src/homework/model.ts';
import { markerOf, memberLine, reportContent, reportedSteps } from '../../../src/homework/report/report-content.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { answers } from '../build-plan.ts';
import { aBarrier, aFiled, aMessage, aRecord, aState, aStep, aTime, endOf, feb, theWeek } from './report-state.ts';

const week: PlanState = aState({
  assignments: [
    aStep({
      ...{ id: 'a3', key: '3', step: 3, title: 'Say it', status: 'draft', businessStatus: 'locked' },
      unlock: { type: 'after', after: '2', criterion: { type: 'behaviour-done' } },
    }),
    aStep({ id: 'a2', key: '2', step: 2, kind: 'test', title: 'Try it', questionnaire: 'test|1' }),
    aStep({ id: 'a9', key: '9', step: 9, status: 'entered-in-error' }),
    aStep({ status: 'failed', businessStatus: 'missed' }),
  ],
  occurrences: [
    aTime({ status: 'missed', endedAt: endOf(5), dueUntil: endOf(5), lastModified: endOf(5) }),
    aTime({ id: 'a2.1', assignmentId: 'a2', status: 'done', endedAt: feb(4), logId: 'l2', lastModified: feb(4) }),
    aTime({ id: 'a2.2', assignmentId: 'a2', ordinal: 2 }),
    aTime({ id: 'a9.1', assignmentId: 'a9', status: 'missed', endedAt: feb(5) }),
  ],
  logs: [
    aRecord({
      ...{ id: 'l2', assignmentId: 'a2', questionnaire: 'test|1', performedAt: feb(4), authored: feb(4, '12:30') },
      items: answers({ prediction: 'laughter', outcome: 'a nod', before: 80, after: 60 }),
    }),
  ],
  barriers: [aBarrier({ assignmentId: 'a1', text: 'late shifts' }), aBarrier({ id: 'b9', assignmentId: 'a9' })],
  feedback: [aMessage({ assignmentId: 'a2', logId: 'l2' })],
});

it('a report tells the whole of its time, the most important first', () => {
  const options = theWeek({
    marker: markerOf('r', 2),
    members: [{ artefact: 'log', id: 'l2', version: 1 }],
    signals: [
      { rule: 'other-concern', raisedAt: feb(5), closedAt: feb(5, '12:20'), closeReason: 'Talked on\nthe phone' },
      { rule: 'not-safe-now', raisedAt: feb(6) },
    ],
  });
  expect(reportContent(week, options)).toEqual({
    language: 'en-GB',
    headline: 'Homework between visits: 1 of 2 done (50 %), 1 on time; 1 missed.',
    count: '1 of 2 done (50 %), 1 on time; 1 missed.',
    namesSignals: true,
    title: 'Less worry',
    period: 'Sun, 1 Feb 2026 to Sat, 7 Feb 2026 (Europe/Berlin)',
    date: feb(7),
    sections: [
      {
        title: 'Open safety signals',
        urgent: true,
        entries: [{ lines: ['Says they are not safe right now: raised Fri 6 Feb, 13:00, not closed yet'] }],
      },
      {
        title: 'Closed safety signals',
        entries: [
          {
            lines: [
              "Concern for the patient's safety: raised Thu 5 Feb, 13:00, closed Thu 5 Feb, 13:20. Reason: Talked on the phone",
            ],
          },
        ],
      },
      {
        title: 'Not done, and why',
        entries: [
          {
            heading: '1 Write it down',
            lines: [
              'missed, was due by Thu, 5 Feb 2026',
              'barrier: no time "late shifts" (said by the patient; not talked over yet)',
            ],
          },
        ],
      },
      { title: 'Change', entries: [{ lines: ['Belief 80 to 60 % (first rated before, last after)'] }] },
      {
        title: 'Steps',
        table: {
          head: ['Step', 'Planned', 'Done'],
          rows: [
            ['1 Write it down', 'once, by Fri 6 Feb', '0 of 1 done; 1 missed'],
            ['2 Try it', 'once, by Fri 6 Feb', '1 of 1 done, 1 on time'],
          ],
        },
        entries: [],
      },
      {
        title: 'Predicted, and what happened',
        entries: [{ heading: '2 Try it', lines: ['Wed 4 Feb, 13:00: Expected: "laughter"; Came: "a nod"'] }],
      },
      {
        title: 'Logged',
        entries: [{ heading: '2 Try it (test of a belief)', lines: ['Wed 4 Feb, 13:00: Belief 80 to 60 %'] }],
      },
      {
        title: 'Next',
        entries: [
          {
            lines: [
              '2 Try it: due by Fri, 6 Feb 2026',
              '3 Say it: locked; it opens only by hand now, with a new day, because its own day, Fri, 6 Feb 2026, is over',
            ],
          },
        ],
      },
      { title: 'Feedback', entries: [{ lines: ['Thu, 5 Feb 2026, clinician on 2: "Well done"'] }] },
    ],
    members: 'log/l2',
    marker: '[IS:r:v2]',
    told: [
      {
        ...{ artefact: 'log', id: 'l2', status: 'told', at: feb(4, '12:30') },
        lines: [
          { label: 'Expected', text: 'Expected: "laughter"' },
          { label: 'Came', text: 'Came: "a nod"' },
          { label: 'Belief', text: 'Belief 80 to 60 %' },
        ],
      },
      { artefact: 'occurrence', id: 'a1.1', status: 'missed', at: endOf(5) },
      { artefact: 'occurrence', id: 'a2.1', status: 'done', at: feb(4) },
      { artefact: 'barrier', id: 'b1', status: 'open', at: feb(4) },
      { artefact: 'feedback', id: 'f1', status: 'told', at: feb(5) },
    ],
  } satisfies ReportContent);
});

describe('a report of a time without anything', () => {
  const empty = (options: Parameters<typeof theWeek>[0] = {}, reports: PlanState['reports'] = []) =>
    reportContent(aState({ assignments: [aStep({ status: 'completed' })], reports }), theWeek(options));

  it('has no section, and in a preview no marker', () => {
    expect(empty()).toEqual({
      ...{ language: 'en-GB', headline: 'Homework between visits: nothing was due in this time.' },
      ...{ count: 'nothing was due in this time.', namesSignals: false, title: 'Less worry' },
      ...{ period: 'Sun, 1 Feb 2026 to Sat, 7 Feb 2026 (Europe/Berlin)', date: feb(7), sections: [] },
      ...{ members: '', told: [] },
    });
  });

  it('is nothing to sign, but for the first report, which tells of the plan', () => {
    const filed = [aFiled({ to: feb(1) })];
    const signals = [{ rule: 'other-concern', raisedAt: feb(5) } as const];
    expect([empty().nothing, empty({}, filed).nothing, empty({ signals }, filed).nothing]).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(reportContent({ ...week, reports: filed }, theWeek()).nothing).toBeUndefined();
  });

  it.each([
    ['that it was told of before', 'open', true],
    ['that nobody was told of', undefined, undefined],
  ] as const)('with a barrier still open %s', (_, status, nothing) => {
    const before = aFiled({ to: feb(1) });
    const told = status === undefined ? [] : [{ artefact: 'barrier', id: 'b1', status, at: feb(1) } as const];
    const content = { ...empty(), told };
    const state = aState({
      assignments: [aStep({ status: 'completed' })],
      barriers: [aBarrier({ assignmentId: 'a1', recordedAt: '2026-01-31T12:00:00.000Z' })],
      reports: [{ ...before, content }],
    });
    const report = reportContent(state, theWeek());
    expect(report.nothing).toBe(nothing);
    expect(report.sections.map(({ title }) => title)).toEqual(['Not done, and why']);
  });

  it.each([
    ['raised and closed in its time', { raisedAt: feb(5), closedAt: feb(5) }, true],
    ['raised before, closed in its time', { raisedAt: '2026-01-20T12:00:00.000Z', closedAt: feb(3) }, true],
    ['raised in its time, closed after it', { raisedAt: feb(6), closedAt: feb(9) }, true],
    ['over before its time', { raisedAt: '2026-01-20T12:00:00.000Z', closedAt: '2026-01-21T12:00:00.000Z' }, false],
    ['of after its time', { raisedAt: feb(9), closedAt: feb(9, '13:00') }, false],
  ])('names a closed signal that was %s', (_, times, named) => {
    const report = empty({ signals: [{ rule: 'other-concern', ...times, closeReason: 'Talked' }] }, [
      aFiled({ to: feb(1) }),
    ]);
    expect(report.sections.map(({ title }) => title)).toEqual(named ? ['Closed safety signals'] : []);
    expect([report.namesSignals, report.nothing]).toEqual([named, named ? undefined : true]);
  });

  it('names an open signal whenever it was raised, and without a reason says none', () => {
    const open = empty({ signals: [{ rule: 'other-concern', raisedAt: feb(9) }] });
    expect([open.namesSignals, open.sections.map(({ title }) => title)]).toEqual([true, ['Open safety signals']]);
    const closed = empty({ signals: [{ rule: 'other-concern', raisedAt: feb(5), closedAt: feb(5) }] });
    expect(closed.sections[0]?.entries[0]?.lines.join()).not.toContain('Reason');
  });
});

it('the steps of a report are those of the plan in their order, without mistakes', () => {
  expect(reportedSteps(week).map(({ key }) => key)).toEqual(['1', '2', '3']);
});

describe('what a report speaks of', () => {
  const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const members = (...each: readonly (readonly [Report['members'][number]['artefact'], string])[]) =>
    each.map(([artefact, id]) => ({ artefact, id, version: 1 }));
  it.each<[Report['members'], string]>([
    [[], ''],
    [members(['log', 'l1']), 'log/l1'],
    [members(['log', uuid], ['log', 'l2']), `log/${uuid} log/l2`],
    [members(['occurrence', `${uuid}.2`]), `occurrence/${uuid}.2`],
    [members(['measure', 'l1.suds'], ['measure', 'l1.belief']), ''],
    [members(['measure', 'l1.suds']), ''],
    [members(['feedback', 'f1']), 'feedback/f1'],
    [members(['feedback', 'f1'], ['feedback', 'f2']), 'feedback/f1 feedback/f2'],
    [
      members(['assignment', 'a1'], ['log', 'l1'], ['assignment', 'a2'], ['measure', 'm']),
      'assignment/a1 log/l1 assignment/a2',
    ],
    [members(['adherence', `${uuid}.${uuid}`]), `adherence/${uuid}.${uuid}`],
  ])('%j', (given, words) => {
    expect(memberLine(given)).toBe(words);
  });
});
