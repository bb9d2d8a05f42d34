import { describe, expect, it } from 'vitest';
import type { Log, Occurrence, Report } from '../../../src/homework/model.ts';
import { countedAs, earlierLogs, logsIn, plain, wasTold, within } from '../../../src/homework/report/report-frame.ts';
import type { ToldFact } from '../../../src/homework/report/report-model.ts';
import { aFiled, aRecord, aTime, endOf, feb, frameOf, noContent } from './report-state.ts';

const earlier = (changes: Partial<Report> = {}) => [
  aFiled({ from: feb(1), to: feb(4), createdAt: feb(4), ...changes }),
];
const saying = (...told: readonly ToldFact[]) => ({ content: { ...noContent, told } });
const told = (artefact: ToldFact['artefact'], id: string): ToldFact => ({ artefact, id, status: 'told', at: feb(4) });

describe('the time of a report', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', false],
    [feb(1, '11:59'), false],
    [feb(1), true],
    [feb(4), true],
    [feb(7), true],
    ['2026-02-07T12:00:00.001Z', false],
  ])('has both its ends in it where no other report ends: %s %s', (at, belongs) => {
    expect(within(frameOf(), at)).toBe(belongs);
  });

  it('begins after the instant at which the report before it ends, which was told there', () => {
    const after = frameOf({ reports: earlier() }, { from: feb(4) });
    expect([feb(4), '2026-02-04T12:00:00.001Z', feb(7)].map((at) => within(after, at))).toEqual([false, true, true]);
    // an addendum ends no time, and neither does a report that ends elsewhere
    for (const reports of [earlier({ addendumTo: 'r0' }), earlier({ to: feb(3) })])
      expect(within(frameOf({ reports }, { from: feb(4) }), feb(4))).toBe(true);
  });
});

describe('the logs of a report', () => {
  const ids = (logs: readonly Log[]) => logs.map(({ id }) => id);

  it('are the finished ones of its time, by when they happened', () => {
    const logs = [
      aRecord({ id: 'late', performedAt: feb(6) }),
      aRecord({ id: 'early', performedAt: feb(2) }),
      aRecord({ id: 'amended', performedAt: feb(3), status: 'amended' }),
      aRecord({ id: 'begun', status: 'in-progress' }),
      aRecord({ id: 'stopped', status: 'stopped' }),
      aRecord({ id: 'mistake', status: 'entered-in-error' }),
      aRecord({ id: 'before', performedAt: '2026-01-31T12:00:00.000Z' }),
      aRecord({ id: 'after', performedAt: feb(8) }),
    ];
    expect(ids(logsIn(frameOf({ logs })))).toEqual(['early', 'amended', 'late']);
  });

  it('are beside it the finished ones from before that no report has told, nor will in an addendum', () => {
    const logs = [
      aRecord({ id: 'gap-2', performedAt: feb(4, '18:00') }),
      aRecord({ id: 'gap-1', performedAt: feb(4, '17:00'), status: 'amended' }),
      aRecord({ id: 'begun', performedAt: feb(4, '17:00'), status: 'in-progress' }),
      aRecord({ id: 'told', performedAt: feb(4, '17:30') }),
      aRecord({ id: 'for-addendum', performedAt: feb(4, '17:40') }),
      aRecord({ id: 'of-the-first', performedAt: feb(3) }),
      aRecord({ id: 'own', performedAt: feb(5) }),
      aRecord({ id: 'after', performedAt: feb(8) }),
    ];
    const reports = earlier(saying(told('log', 'told')));
    const options = { from: feb(5), leftToAddenda: new Set(['log/for-addendum']) };
    const frame = frameOf({ logs, reports }, options);
    expect(ids(earlierLogs(frame))).toEqual(['gap-1', 'gap-2']);
    expect(ids(logsIn(frame))).toEqual(['own']);
    // the instant between two reports is the first one's
    const between = { logs: [aRecord({ performedAt: feb(5) })], reports: [aFiled({ from: feb(2), to: feb(5) })] };
    expect(earlierLogs(frameOf(between, { from: feb(5) }))).toEqual([]);
    // the first report begins no later than its plan, so nothing at that very instant is earlier
    expect(earlierLogs(frameOf({ logs: [aRecord({ performedAt: feb(1) })] }))).toEqual([]);
  });
});

describe('a log of the minute in which the report before it ended', () => {
  // a form says the minute; the report ended within it
  const from = '2026-02-04T12:00:23.500Z';
  const minute = feb(4);
  const reports = (of: Partial<Report> = {}) => [aFiled({ from: feb(1), to: from, createdAt: from, ...of })];
  const log = (changes: Partial<Log> = {}) =>
    aRecord({ occurrenceId: 'a1.1', performedAt: minute, authored: '2026-02-04T12:00:40.000Z', ...changes });
  it.each<[string, readonly Log[], readonly Report[], boolean]>([
    ['that was written after it', [log()], reports(), true],
    ['that was written a day after it', [log({ authored: feb(5) })], reports(), true],
    ['that was written before it', [log({ authored: '2026-02-04T12:00:10.000Z' })], reports(), false],
    ['that was told, and amended since', [log({ status: 'amended' })], reports(saying(told('log', 'l1'))), false],
    ['that is of the minute before', [log({ performedAt: feb(4, '11:59') })], reports(), false],
    ['that is not finished', [log({ status: 'in-progress' })], reports(), false],
    ['where that report ended elsewhere', [log()], reports({ to: feb(3) }), false],
  ])('%s', (_, logs, filed, belongs) => {
    const occurrence = aTime({ status: 'done', endedAt: minute });
    const frame = frameOf({ logs, reports: filed, occurrences: [occurrence] }, { from });
    expect(logsIn(frame)).toHaveLength(belongs ? 1 : 0);
    expect(countedAs(frame, occurrence)).toBe(belongs ? 'done' : undefined);
  });

  it('is left to an addendum that is to tell it', () => {
    const frame = frameOf({ logs: [log()], reports: reports() }, { from, leftToAddenda: new Set(['log/l1']) });
    expect(logsIn(frame)).toEqual([]);
  });
});

describe('what a time counted as when the report ends', () => {
  const ended = endOf(6);
  const after = feb(8);
  it.each<[string, Partial<Occurrence>, ReturnType<typeof countedAs>]>([
    ['due', { status: 'due' }, undefined],
    ['paused', { status: 'paused', endedAt: feb(3) }, undefined],
    ['excused', { status: 'excused', endedAt: feb(3) }, undefined],
    ['overdue', { status: 'overdue', dueUntil: ended }, 'overdue'],
    ['overdue from the very end on', { status: 'overdue', dueUntil: feb(7) }, 'overdue'],
    ['overdue only afterwards', { status: 'overdue', dueUntil: after }, undefined],
    ['done in it', { status: 'done', endedAt: feb(3) }, 'done'],
    ['late in it', { status: 'late', endedAt: feb(7) }, 'late'],
    ['missed in it', { status: 'missed', endedAt: feb(7) }, 'missed'],
    ['missed, nobody knows when', { status: 'missed' }, 'missed'],
    ['done before it', { status: 'done', endedAt: '2026-01-30T12:00:00.000Z' }, undefined],
    ['done after it, and due in it', { status: 'late', endedAt: after, dueUntil: ended }, 'overdue'],
    ['done after it, and due at its end', { status: 'late', endedAt: after, dueUntil: feb(7) }, 'overdue'],
    ['done after it, and due after it', { status: 'done', endedAt: after, dueUntil: after }, undefined],
  ])('%s', (_, changes, counted) => {
    expect(countedAs(frameOf(), aTime(changes))).toBe(counted);
  });
});

it('something was told when a report has said it of that very artefact, or an addendum will', () => {
  const frame = frameOf(
    { reports: earlier(saying(told('log', 'x'))) },
    { leftToAddenda: new Set(['barrier/y', 'feedback/z']) },
  );
  const asked = [
    ['log', 'x'],
    ['log', 'y'],
    ['barrier', 'x'],
    ['barrier', 'y'],
    ['feedback', 'z'],
  ] as const;
  expect(asked.map(([artefact, id]) => wasTold(frame, artefact, id))).toEqual([true, false, false, true, true]);
  expect(wasTold(frameOf(), 'log', 'x')).toBe(false);
});

it('somebody’s words are put on one line', () => {
  expect(plain('  one\n\ntwo\t three ')).toBe('one two three');
});
