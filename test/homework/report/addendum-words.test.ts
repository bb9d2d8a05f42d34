import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/homework/model.ts';
import type { ToldFact } from '../../../src/homework/report/report-model.ts';
import { answers } from '../build-plan.ts';
import { addendum, change, nothingDue, report } from './an-addendum.ts';
import { aBarrier, aFiled, aMessage, aRecord, aStep, aTime, feb, noContent } from './report-state.ts';

const step = '1 Write it down';
/** The lines below the heading of each step, by the titles of the sections; the count is told elsewhere. */
const told = (...given: Parameters<typeof addendum>) =>
  Object.fromEntries(
    addendum(...given)
      .sections.filter(({ title }) => title !== 'The count of that time')
      .map(({ title, entries }) => [title, entries.map(({ heading, lines }) => [heading, ...lines])]),
  );

describe('an addendum says of', () => {
  it('a late log its words, or that they are not shared, or its time alone', () => {
    const at = 'Tue 3 Feb, 13:00, written Sun, 8 Feb 2026';
    const late = (changes: Parameters<typeof aRecord>[0]) =>
      told({ logs: [aRecord({ authored: feb(8), ...changes })] }, [change({})])['Came after the report'];
    expect(late({})).toEqual([[step, `${at}: Note: "hello"`]]);
    expect(late({ withheld: ['note'] })).toEqual([[step, `${at}: what was written is not shared`]]);
    expect(late({ items: [] })).toEqual([[step, at]]);
  });

  it('an excused time as what it was told, and why', () => {
    const excused = (changes: Parameters<typeof aTime>[0], fact?: ToldFact) =>
      told({ occurrences: [aTime({ status: 'excused', ...changes }), aTime({ id: 'a1.2', reason: 'no' })] }, [
        change({
          artefact: 'occurrence',
          id: 'a1.1',
          change: 'excused',
          ...(fact === undefined ? {} : { told: fact }),
        }),
      ])['Excused since'];
    const missed: ToldFact = { artefact: 'occurrence', id: 'a1.1', status: 'missed', at: feb(7) };
    expect(excused({ reason: 'ill\n in bed' }, missed)).toEqual([[step, 'was told as missed; excused: ill in bed']]);
    expect(excused({}, missed)).toEqual([[step, 'was told as missed; excused: no reason given']]);
  });

  it('a barrier and a message to which step they belong, and who told them', () => {
    const state = {
      assignments: [aStep({ id: 'a0', key: '0' }), aStep()],
      barriers: [aBarrier({ id: 'b0' }), aBarrier({ assignmentId: 'a1', saidBy: 'Practitioner/1', via: 'product' })],
      feedback: [
        aMessage({ id: 'f0' }),
        aMessage({ assignmentId: 'a1', author: 'patient', text: 'Thank\nyou', via: 'product', sentAt: feb(8) }),
      ],
    };
    const changes = [
      change({ artefact: 'barrier', id: 'b1', change: 'talked-over' }),
      change({ artefact: 'feedback', id: 'f1', change: 'feedback' }),
    ];
    expect(told(state, changes)).toEqual({
      'Talked over since': [
        [step, 'barrier: no time (written down by a clinician, as told by the product; not talked over yet)'],
      ],
      'Feedback since': [[step, 'Sun, 8 Feb 2026, patient, as told by the product: "Thank you"']],
    });
    expect(addendum(state, changes).told).toEqual([
      { artefact: 'barrier', id: 'b1', status: 'open', at: feb(4) },
      { artefact: 'feedback', id: 'f1', status: 'told', at: feb(8) },
    ]);
  });

  it('a log that is corrected what it was and what it is, line by line', () => {
    const belief = (
      items: Readonly<Record<string, number | string>>,
      lines: ToldFact['lines'],
      withheld: readonly string[] = [],
    ) => {
      const fact: ToldFact = { artefact: 'log', id: 'l1', status: 'told', at: feb(3), ...(lines && { lines }) };
      const log = aRecord({
        questionnaire: 'test|1',
        items: answers(items),
        withheld,
        status: 'amended',
        authored: feb(8),
      });
      return told({ logs: [log] }, [change({ change: 'amended', told: fact })]).Corrected?.[0]?.slice(2);
    };
    const was = [
      { label: 'Expected', text: 'Expected: "laughter"' },
      { label: 'Belief', text: 'Belief 80 to 60 %' },
    ];
    const asWas = { prediction: 'laughter', before: 80, after: 60 };
    expect(belief({ ...asWas, after: 40 }, was)).toEqual(['was Belief 80 to 60 %, now Belief 80 to 40 %']);
    expect(belief({ ...asWas, outcome: 'a nod' }, was)).toEqual(['now Came: "a nod"']);
    expect(belief({ before: 80, after: 60 }, was)).toEqual(['was Expected: "laughter", now not answered']);
    expect(belief(asWas, was)).toEqual(['nothing that the report tells of it has changed']);
    // what is not shared any more is not repeated
    expect(belief(asWas, was, ['prediction'])).toEqual(['Expected: not shared any more']);
    expect(belief(asWas, was, ['after'])).toEqual(['now Belief 80 % before, not rated after']);
    expect(belief(asWas, was, ['outcome'])).toEqual(['nothing that the report tells of it has changed']);
    // told before its words were kept
    expect(belief(asWas, undefined)).toEqual(['now Expected: "laughter"', 'now Belief 80 to 60 %']);
  });
});

describe('the count of that time', () => {
  const lines = (reports: readonly Report[], base = report) =>
    addendum({ logs: [aRecord()], reports }, [change({})], { report: base }).sections.find(
      ({ title }) => title === 'The count of that time',
    )?.entries[0]?.lines;
  const now = 'nothing was due in this time. 1 log was written all the same.';
  const withCount = (count: string, changes: Partial<Report> = {}) =>
    aFiled({ content: { ...noContent, count }, ...changes });
  const { content: _none, ...bare } = report;
  it.each<[string, readonly Report[], Report, readonly string[] | undefined]>([
    ['is told with what was told before', [report], report, [`now: ${now}`, `told before: ${nothingDue}`]],
    ['is not told again', [withCount(now)], withCount(now), undefined],
    [
      'was told by the last addendum',
      [report, withCount('x', { addendumTo: 'r1' }), withCount(now, { addendumTo: 'r1' })],
      report,
      undefined,
    ],
    [
      'was told otherwise by it',
      [report, withCount('x', { addendumTo: 'r1' })],
      report,
      [`now: ${now}`, 'told before: x'],
    ],
    [
      'was told by an addendum to another report',
      [report, withCount('x', { addendumTo: 'r9' })],
      report,
      [`now: ${now}`, `told before: ${nothingDue}`],
    ],
    [
      'was told by an addendum from before there was content',
      [report, { ...bare, addendumTo: 'r1' }],
      report,
      [`now: ${now}`, `told before: ${nothingDue}`],
    ],
    [
      'was told by an addendum that told none',
      [report, aFiled({ addendumTo: 'r1' })],
      report,
      [`now: ${now}`, `told before: ${nothingDue}`],
    ],
    ['is in the headline, where no count was kept', [aFiled()], aFiled(), [`now: ${now}`, 'told before: H']],
    ['is told alone, where nothing was kept', [bare], bare, [`now: ${now}`]],
  ])('%s', (_, reports, base, expected) => {
    expect(lines(reports, base)).toEqual(expected);
  });

  it('is kept with the addendum only where it is told', () => {
    expect(addendum({ logs: [aRecord()] }, [change({})]).count).toBe(now);
    const same = { report: withCount(now), reports: [withCount(now)] };
    expect(
      addendum({ logs: [aRecord()], reports: same.reports }, [change({})], { report: same.report }),
    ).not.toHaveProperty('count');
  });
});
