import type { AnswerItem, Instant, Log, Occurrence, PlanState } from '../../src/homework/model.ts';
import fc from '../fast-check.ts';
import { readFixture } from './read-fixture.ts';

const base = readFixture<PlanState>('sarah-at-the-visit');
export const now = '2026-03-25T19:00:00.000Z';
const hours = (count: number): Instant => new Date(Date.parse(now) + count * 3_600_000).toISOString();

/** What may have become of a time, as the sweep leaves it: what is past its time is overdue or missed. */
const fates = ['done', 'late', 'missed', 'overdue', 'due', 'excused', 'paused'] as const;
interface Time {
  readonly step: number;
  readonly fate: (typeof fates)[number];
  readonly hoursAgo: number;
}
interface Written {
  readonly from: number;
  readonly hoursAgo: number;
  readonly status: Log['status'];
  readonly resolution: Log['resolution'];
  readonly numbers: readonly number[];
  readonly withheld: 'nothing' | 'everything' | 'every second';
}

const time: fc.Arbitrary<Time> = fc.record({
  step: fc.nat(4),
  fate: fc.constantFrom(...fates),
  hoursAgo: fc.integer({ min: 1, max: 500 }),
});
const written: fc.Arbitrary<Written> = fc.record({
  from: fc.nat(base.logs.length - 1),
  hoursAgo: fc.integer({ min: 1, max: 500 }),
  status: fc.constantFrom<Log['status']>('completed', 'completed', 'amended', 'in-progress', 'entered-in-error'),
  resolution: fc.constantFrom<Log['resolution']>('resolved', 'late', 'extra', 'ad-hoc'),
  // whole numbers, halves and quarters
  numbers: fc.array(
    fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
    { minLength: 30, maxLength: 30 },
  ),
  withheld: fc.constantFrom('nothing', 'nothing', 'everything', 'every second'),
});

function occurrenceOf({ step, fate, hoursAgo }: Time, ordinal: number, planId: string): Occurrence {
  const { id: assignmentId = '' } = base.assignments[step] ?? {};
  const ahead = fate === 'due' || fate === 'paused';
  const due = ahead ? hours(hoursAgo) : hours(-hoursAgo);
  const over = fate === 'done' || fate === 'late' || fate === 'missed' || fate === 'excused';
  return {
    ...{ id: `${assignmentId}.${ordinal}`, assignmentId, planId, patientId: base.plan.patientId, ordinal },
    status: fate,
    ...{ openedAt: hours(-560), dueUntil: due, lateUntil: due, lastModified: hours(-hoursAgo) },
    ...(over ? { endedAt: hours(-hoursAgo) } : {}),
  } as Occurrence;
}

function logOf({ from, hoursAgo, status, resolution, numbers, withheld }: Written, at: number): Log {
  const log = base.logs[from];
  if (log === undefined) throw new Error('the case has logs');
  let next = 0;
  const renumbered = (items: readonly AnswerItem[]): readonly AnswerItem[] =>
    items.map((item) => ({
      ...item,
      answers: item.answers.map((answer) => {
        if (answer.type !== 'integer') return answer;
        const value = numbers[next++] ?? 0;
        return Number.isInteger(value) ? { type: 'integer', value } : { type: 'decimal', value };
      }),
      items: renumbered(item.items),
    }));
  const items = renumbered(log.items);
  const answered = linkIdsIn(items);
  return {
    ...log,
    ...{ id: `${log.id.slice(0, -3)}${String(at + 300)}`, items, status, resolution },
    ...{ performedAt: hours(-hoursAgo), authored: hours(-hoursAgo) },
    withheld: answered.filter(
      (_linkId, number) => withheld === 'everything' || (withheld === 'every second' && number % 2 === 1),
    ),
  };
}

const linkIdsIn = (items: readonly AnswerItem[]): readonly string[] =>
  items.flatMap(({ linkId, answers, items: below }) => [...(answers.length > 0 ? [linkId] : []), ...linkIdsIn(below)]);

/** Sarah's plan with other times, logs and ratings: few or many, nothing due, everything withheld, late, extra, taken back. */
export function generatedPlan(planId: string, title: string): fc.Arbitrary<PlanState> {
  const times = fc.oneof(
    fc.constant<Time[]>([]),
    fc.array(time, { maxLength: 12 }),
    fc.array(time, { minLength: 25, maxLength: 45 }),
  );
  return fc.record({ times, logs: fc.array(written, { maxLength: 8 }) }).map(({ times, logs }) => {
    const state: PlanState = {
      ...base,
      plan: { ...base.plan, title },
      occurrences: times.map((each, at) => occurrenceOf(each, at + 1, base.plan.id)),
      logs: logs.map(logOf),
      ...{ barriers: [], feedback: [], reports: [] },
    };
    // another plan has other ids
    return JSON.parse(JSON.stringify(state).replaceAll(base.plan.id.slice(0, 8), planId)) as PlanState;
  });
}
