import { describe, expect, it } from 'vitest';
import { assignmentMoves } from '../../../src/homework/plan/assignment-moves.ts';
import { legalPairs } from '../../../src/homework/plan/legal-pairs.ts';

const requested = 'requested/assigned requested/overdue requested/paused';
const received = 'received/seen received/overdue received/paused';
const accepted = 'accepted/agreed accepted/overdue accepted/paused';
const inProgress = 'in-progress/logging in-progress/overdue in-progress/late';

/** The whole table, by hand: event, from which pairs, to which pair, under which guards. */
const table: readonly (readonly [event: string, from: string, to: string, guards: string])[] = [
  ['unlock', 'draft/locked', 'requested/assigned', 'may-unlock'],
  ['relock', requested, 'draft/locked', 'clinician-and-reason'],
  ['regrade', requested, 'draft/locked', 'clinician-and-reason'],
  // a smaller step comes first, whatever had become of this one short of being done or taken out
  [
    'step-down',
    `${requested} ${received} ${accepted} ${inProgress} on-hold/paused failed/missed rejected/declined
     cancelled/stopped-by-patient`,
    'draft/locked',
    'clinician-and-reason',
  ],
  // what is overdue stays overdue when it is seen or agreed to
  ['seen', 'requested/assigned', 'received/seen', ''],
  ['seen', 'requested/overdue', 'received/overdue', ''],
  ['agree', 'requested/assigned received/seen', 'accepted/agreed', ''],
  ['agree', 'requested/overdue received/overdue', 'accepted/overdue', ''],
  [
    'log',
    'requested/assigned requested/overdue received/seen received/overdue accepted/agreed accepted/overdue',
    'in-progress/logging',
    '',
  ],
  ['decline', `${requested} ${received} ${accepted}`, 'rejected/declined', 'before-any-log barrier-named'],
  ['stop', inProgress, 'cancelled/stopped-by-patient', 'barrier-named'],
  ['pause', inProgress, 'on-hold/paused', ''],
  ['pause', 'requested/assigned requested/overdue', 'requested/paused', ''],
  ['pause', 'received/seen received/overdue', 'received/paused', ''],
  ['pause', 'accepted/agreed accepted/overdue', 'accepted/paused', ''],
  ['resume', 'on-hold/paused', 'in-progress/as-before', ''],
  ['resume', 'requested/paused', 'requested/as-before', ''],
  ['resume', 'received/paused', 'received/as-before', ''],
  ['resume', 'accepted/paused', 'accepted/as-before', ''],
  ['target-reached', inProgress, 'completed/done', 'target-reached'],
  ['accept-as-done', inProgress, 'completed/done', 'clinician'],
  ['due-passed', 'requested/assigned', 'requested/overdue', 'due-date-passed'],
  ['due-passed', 'received/seen', 'received/overdue', 'due-date-passed'],
  ['due-passed', 'accepted/agreed', 'accepted/overdue', 'due-date-passed'],
  ['due-passed', 'in-progress/logging', 'in-progress/overdue', 'due-date-passed'],
  [
    'window-closed',
    `requested/assigned requested/overdue received/seen received/overdue accepted/agreed accepted/overdue
     in-progress/logging in-progress/overdue`,
    'failed/missed',
    'late-window-closed target-not-reached',
  ],
  ['late-log', 'failed/missed', 'completed/late', 'plan-active target-reached'],
  ['late-log', 'failed/missed', 'in-progress/late', 'plan-active target-not-reached'],
  ['excused', 'requested/overdue', 'requested/assigned', 'nothing-overdue'],
  ['excused', 'received/overdue', 'received/seen', 'nothing-overdue'],
  ['excused', 'accepted/overdue', 'accepted/agreed', 'nothing-overdue'],
  ['excused', 'in-progress/overdue', 'in-progress/logging', 'nothing-overdue'],
  ['log-retracted', 'completed/done completed/late in-progress/late', 'in-progress/logging', 'target-not-reached'],
  [
    'withdraw',
    `draft/locked ${requested} ${received} ${accepted} ${inProgress} on-hold/paused`,
    'cancelled/withdrawn',
    'clinician-and-reason',
  ],
  ['plan-closed', 'draft/locked', 'cancelled/not-reached', 'plan-closing'],
  [
    'mistake',
    `draft/locked ${requested} ${received} ${accepted} ${inProgress} on-hold/paused completed/done completed/late
     rejected/declined cancelled/stopped-by-patient cancelled/withdrawn cancelled/not-reached failed/missed`,
    'entered-in-error/mistake',
    '',
  ],
];
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const rowsByHand = table.flatMap(([event, from, to, guards]) =>
  words(from).map((pair) => `${event}: ${pair} → ${to} [${words(guards).join(' ')}]`),
);
const rows = assignmentMoves.map(
  ({ event, status, businessStatus, to, guards }) =>
    `${event}: ${status}/${businessStatus} → ${to.status}/${to.businessStatus} [${guards.join(' ')}]`,
);

describe('the moves of a step', () => {
  it.each(rowsByHand)('%s', (row) => {
    expect(rows.filter((entry) => entry === row)).toHaveLength(1);
  });

  it('are these and no others', () => {
    expect(rows.filter((row) => !rowsByHand.includes(row))).toEqual([]);
    expect(rows).toHaveLength(rowsByHand.length);
  });

  it('stay within these pairs of statuses', () => {
    expect(legalPairs).toEqual({
      draft: ['locked'],
      requested: ['assigned', 'overdue', 'paused'],
      received: ['seen', 'overdue', 'paused'],
      accepted: ['agreed', 'overdue', 'paused'],
      'in-progress': ['logging', 'overdue', 'late'],
      'on-hold': ['paused'],
      completed: ['done', 'late'],
      rejected: ['declined'],
      cancelled: ['stopped-by-patient', 'withdrawn', 'not-reached'],
      failed: ['missed'],
      'entered-in-error': ['mistake'],
    });
  });
});
