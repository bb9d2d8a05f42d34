import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSignal } from '../../src/homework/safety/close-signal.ts';
import type { SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { excuseOccurrence } from '../../src/record/use-cases/excuse-occurrence.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

// A clock that was wrong for longer than it takes to be believed, or in another process, has written times to come.

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

const single = (patientId: string) =>
  ({
    patientId,
    title: 'One step',
    period: { start: '2026-03-01', end: '2026-04-12' },
    assignments: [
      {
        key: '1',
        kind: 'self-monitoring',
        title: 'Write it down',
        schedule: { type: 'once', by: '2026-03-05' },
        unlock: { type: 'at-start' },
      },
    ],
  }) as const;

interface Stored {
  readonly id: string;
  readonly content: {
    readonly resourceType: string;
    readonly authoredOn?: string;
    readonly lastModified?: string;
    readonly created?: string;
  };
}
const tasks = async (planId: string) => {
  const { rows } = await test.database.query<Stored>(
    `select id, content from resource where plan_id = $1 and type = 'Task' order by id`,
    [planId],
  );
  return rows.map(
    ({ content }) => [Date.parse(content.authoredOn ?? ''), Date.parse(content.lastModified ?? '')] as const,
  );
};

describe.each([
  ['an hour', '2026-03-01T16:00:00.000Z'],
  ['three days', '2026-03-04T15:00:00.000Z'],
  ['a second', '2026-03-01T15:00:01.000Z'],
])('a plan made while the clock was %s ahead', (_off, ahead) => {
  it.each(['excuse', 'close', 'sweep'])(
    'has no Task that was changed before it was made, or before its last change: %s',
    async (what) => {
      test.setTime(ahead);
      const { planId } = await createPlan(test.record, 'north', single(`${what}-${ahead.slice(8, 10)}`));
      const made = await tasks(planId);
      test.setTime('2026-03-01T15:00:00.000Z');
      if (what === 'close') await closePlan(test.record, 'north', { planId, status: 'revoked', reason: 'moved away' });
      else {
        const { occurrences } = await getPlan(test.record, 'north', planId);
        await excuseOccurrence(test.record, 'north', { occurrenceId: occurrences[0]?.id ?? '', reason: 'ill' });
        if (what === 'sweep') await sweepPlans(test.record);
      }
      const changed = await tasks(planId);
      expect(changed).toHaveLength(2);
      for (const [at, [authored, modified]] of changed.entries()) {
        expect(modified).toBeGreaterThanOrEqual(authored);
        expect(modified).toBeGreaterThanOrEqual(made[at]?.[1] ?? 0);
      }
      const view = await getPlan(test.record, 'north', planId);
      for (const { openedAt, lastModified, endedAt = lastModified } of view.occurrences) {
        expect([openedAt <= lastModified, openedAt <= endedAt]).toEqual([true, true]);
      }
      const { createdAt, closedAt = createdAt } = view.plan;
      expect(closedAt >= createdAt).toBe(true);
    },
  );
});

it('a safety signal is closed no earlier than it was raised, and than what was noticed last', () => {
  const signal: SafetySignal = {
    ...{ id: 's', patientId: 'sarah', planId: 'p', ordinal: 1, version: 1, rule: 'self-harm-thoughts' },
    ...{ status: 'open', raisedAt: '2026-03-01T16:00:00.000Z' },
    evidence: [{ at: '2026-03-01T17:00:00.000Z', by: { type: 'patient' }, linkId: 'x', value: true }],
  };
  const close = (at: string) => closeSignal(signal, { by: 'Practitioner/dr-okafor', reason: 'talked' }, at).closedAt;
  expect(close('2026-03-01T15:00:00.000Z')).toBe('2026-03-01T17:00:00.000Z');
  expect(close('2026-03-01T18:00:00.000Z')).toBe('2026-03-01T18:00:00.000Z');
});
