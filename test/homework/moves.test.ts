import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { Assignment, AssignmentBusinessStatus, AssignmentStatus } from '../../src/homework/model.ts';
import { applyMove } from '../../src/homework/plan/apply-move.ts';
import { assignmentEvents, assignmentMoves } from '../../src/homework/plan/assignment-moves.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { legalPairs } from '../../src/homework/plan/legal-pairs.ts';
import { assignmentById } from '../../src/homework/replace-in-state.ts';
import { anAssignment, aPlan } from './build-plan.ts';

const at = '2026-03-02T15:00:00.000Z';
const step = assignmentById(designPlan(aPlan([anAssignment({ key: '1' })]), at), 'a-1');

const pairs = Object.entries(legalPairs).flatMap(([status, businesses]) =>
  businesses.map((business) => [status as AssignmentStatus, business] as const),
);

function standing(status: AssignmentStatus, businessStatus: AssignmentBusinessStatus): Assignment {
  if (businessStatus !== 'paused') return { ...step, status, businessStatus };
  return {
    ...step,
    status,
    businessStatus,
    pausedFrom: status === 'on-hold' ? 'logging' : (legalPairs[status][0] ?? 'assigned'),
  };
}

/** The contract's table, written out by hand: event, from (any business status unless named), to. */
const contract: readonly (readonly [string, string, string])[] = [
  ['unlock', 'draft', 'requested/assigned'],
  ['relock', 'requested', 'draft/locked'],
  ['regrade', 'requested', 'draft/locked'],
  ['seen', 'requested/assigned', 'received/seen'],
  ['agree', 'requested/assigned', 'accepted/agreed'],
  ['agree', 'received/seen', 'accepted/agreed'],
  ['log', 'requested/assigned', 'in-progress/logging'],
  ['log', 'received/seen', 'in-progress/logging'],
  ['log', 'accepted/agreed', 'in-progress/logging'],
  ['log', 'requested/overdue', 'in-progress/logging'],
  ['decline', 'requested', 'rejected/declined'],
  ['decline', 'received', 'rejected/declined'],
  ['decline', 'accepted', 'rejected/declined'],
  ['stop', 'in-progress', 'cancelled/stopped-by-patient'],
  ['pause', 'in-progress', 'on-hold/paused'],
  ['resume', 'on-hold', 'in-progress/logging'],
  ['pause', 'requested/assigned', 'requested/paused'],
  ['pause', 'received/seen', 'received/paused'],
  ['pause', 'accepted/agreed', 'accepted/paused'],
  ['resume', 'requested/paused', 'requested/assigned'],
  ['target-reached', 'in-progress', 'completed/done'],
  ['accept-as-done', 'in-progress', 'completed/done'],
  ['due-passed', 'requested/assigned', 'requested/overdue'],
  ['due-passed', 'received/seen', 'received/overdue'],
  ['due-passed', 'accepted/agreed', 'accepted/overdue'],
  ['due-passed', 'in-progress/logging', 'in-progress/overdue'],
  ['window-closed', 'requested/overdue', 'failed/missed'],
  ['window-closed', 'received/overdue', 'failed/missed'],
  ['window-closed', 'accepted/overdue', 'failed/missed'],
  ['window-closed', 'in-progress/overdue', 'failed/missed'],
  ['withdraw', 'draft', 'cancelled/withdrawn'],
  ['withdraw', 'requested', 'cancelled/withdrawn'],
  ['withdraw', 'received', 'cancelled/withdrawn'],
  ['withdraw', 'accepted', 'cancelled/withdrawn'],
  ['withdraw', 'in-progress', 'cancelled/withdrawn'],
  ['withdraw', 'on-hold', 'cancelled/withdrawn'],
  ['plan-closed', 'draft', 'cancelled/not-reached'],
];

describe('the table of moves', () => {
  it.each(contract)('has %s from %s to %s', (event, from, to) => {
    const [status, business] = from.split('/');
    const rows = assignmentMoves.filter(
      (row) =>
        row.event === event && row.status === status && (business === undefined || row.businessStatus === business),
    );
    expect(rows).not.toHaveLength(0);
    for (const row of rows) {
      const moved = applyMove(standing(row.status, row.businessStatus), row.event, at);
      expect(`${moved.status}/${moved.businessStatus}`).toBe(to);
    }
  });

  it('lets a late log go on or complete what had been missed', () => {
    const missed = standing('failed', 'missed');
    expect(applyMove(missed, 'late-log', at, { guard: 'target-reached' })).toMatchObject({
      status: 'completed',
      businessStatus: 'late',
    });
    expect(applyMove(missed, 'late-log', at, { guard: 'target-not-reached' })).toMatchObject({
      status: 'in-progress',
      businessStatus: 'late',
    });
  });

  it('lets a mistake be set right from anywhere but a mistake', () => {
    for (const [status, business] of pairs.filter(([from]) => from !== 'entered-in-error'))
      expect(applyMove(standing(status, business), 'mistake', at).status).toBe('entered-in-error');
  });

  it('never leads to a pair of statuses that is not legal', () => {
    for (const row of assignmentMoves) {
      const moved = applyMove(standing(row.status, row.businessStatus), row.event, at, {
        ...(row.guards[0] === undefined ? {} : { guard: row.guards[0] }),
      });
      expect(legalPairs[moved.status]).toContain(moved.businessStatus);
    }
  });

  it('refuses by name whatever it has no row for', () => {
    let refused = 0;
    for (const event of assignmentEvents)
      for (const [status, businessStatus] of pairs) {
        const inTable = assignmentMoves.some(
          (row) => row.event === event && row.status === status && row.businessStatus === businessStatus,
        );
        if (inTable) continue;
        refused += 1;
        try {
          applyMove(standing(status, businessStatus), event, at);
          expect.unreachable(`${event} from ${status}/${businessStatus} was made`);
        } catch (error) {
          if (!hasCode(error, 'illegal-move')) throw error;
          expect(error.fields).toEqual({ assignmentId: 'a-1', from: status, businessStatus, event });
        }
      }
    expect(refused).toBe(assignmentEvents.length * pairs.length - new Set(assignmentMoves.map(keyOf)).size);
    expect(refused).toBeGreaterThan(300);
  });

  it('leaves the ends for good: only a mistake, a late log, a log taken back or a smaller step before it moves them', () => {
    const ends = ['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'];
    const moving = assignmentMoves.filter(({ status }) => ends.includes(status)).map(({ event }) => event);
    expect([...new Set(moving)].sort()).toEqual(['late-log', 'log-retracted', 'mistake', 'step-down']);
  });
});

const keyOf = (row: (typeof assignmentMoves)[number]) => `${row.event} ${row.status} ${row.businessStatus}`;
