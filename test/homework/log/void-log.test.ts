import { describe, expect, it } from 'vitest';
import { voidLog } from '../../../src/homework/log/void-log.ts';
import type { Assignment, Log, Occurrence, Plan } from '../../../src/homework/model.ts';
import { rules } from '../build-plan.ts';
import { aRecord, aState, aStep, aTime, endOf, feb } from '../report/report-state.ts';

interface Case {
  readonly log?: Partial<Log>;
  readonly step?: Partial<Assignment>;
  readonly times?: readonly Occurrence[];
  readonly plan?: Partial<Plan>;
  readonly at?: string;
  readonly by?: string;
}
const done = (changes: Partial<Occurrence> = {}) =>
  aTime({ status: 'done', logId: 'l1', endedAt: feb(3), lastModified: feb(3), ...changes });
const completed = { status: 'completed', businessStatus: 'done', endedAt: feb(3) } as const;

function taken({ log = {}, step = completed, times = [done()], plan = {}, at = feb(5), by }: Case = {}) {
  const base = aState();
  const state = aState({
    ...{ plan: { ...base.plan, ...plan }, assignments: [aStep(step)], occurrences: times },
    logs: [aRecord({ occurrenceId: 'a1.1', ...log })],
  });
  const after = voidLog(state, { logId: 'l1', ...(by === undefined ? {} : { by }) }, at, rules);
  const [assignment] = after.assignments;
  return { state, after, log: after.logs[0], step: `${assignment?.status}/${assignment?.businessStatus}` };
}

describe('a log that is taken back', () => {
  const mistake = { status: 'entered-in-error', authored: feb(5) } as const;
  it('stays with its words, as a mistake', () => {
    expect(taken().log).toEqual(aRecord({ occurrenceId: 'a1.1', ...mistake }));
    const by = 'Practitioner/1';
    expect(taken({ by, log: { changedBy: 'x' } }).log).toMatchObject({ ...mistake, changedBy: by });
    expect(taken({ log: { changedBy: 'x' } }).log).toMatchObject({ ...mistake, changedBy: 'x' });
  });

  it.each<[string, Partial<Log>]>([
    ['begun', { status: 'in-progress' }],
    ['stopped before it was sent', { status: 'stopped', unsent: true }],
  ])('loses its words and predictions when it was only %s', (_, log) => {
    const predicted = { at: feb(2), linkIds: ['note'] };
    const { log: gone } = taken({ log: { ...log, predicted, withheld: ['note'] } });
    expect(gone).toEqual(aRecord({ occurrenceId: 'a1.1', ...mistake, unsent: true, items: [], withheld: [] }));
  });

  it('changes nothing when it is taken back again', () => {
    const { state, after } = taken({ log: { status: 'entered-in-error' } });
    expect(after).toBe(state);
  });

  it('leaves times and step alone when it was counted for none', () => {
    const other = done({ logId: 'l2' });
    const { after, step } = taken({ times: [other] });
    expect([after.occurrences, step]).toEqual([[other], 'completed/done']);
  });

  it('lets time go on all the same', () => {
    const { after } = taken({ times: [aTime()], step: {}, at: endOf(6) });
    expect(after.occurrences[0]?.status).toBe('overdue');
  });
});

describe('its time', () => {
  const due = (changes: Partial<Occurrence>): Occurrence => aTime({ lastModified: feb(5), ...changes });
  const excused = due({ status: 'excused', reason: 'its log was taken back', endedAt: feb(5) });
  it.each<[string, Case, Occurrence]>([
    ['is due again', {}, due({})],
    ['is overdue in the grace', { at: endOf(6) }, due({ status: 'overdue', lastModified: endOf(6) })],
    ['is missed after it', { at: feb(9) }, due({ status: 'missed', endedAt: endOf(7), lastModified: feb(9) })],
    [
      'waits while its step is paused',
      { step: { businessStatus: 'paused', status: 'on-hold' } },
      due({ status: 'paused' }),
    ],
    [
      'is missed after its grace, though its step is paused',
      { step: { businessStatus: 'paused', status: 'on-hold' }, at: feb(9) },
      due({ status: 'missed', endedAt: endOf(7), lastModified: feb(9) }),
    ],
    ['is excused in a closed plan', { plan: { status: 'completed', closedAt: feb(4) } }, excused],
    [
      'is excused where its step was withdrawn',
      { step: { status: 'cancelled', businessStatus: 'withdrawn' } },
      excused,
    ],
    [
      'is excused where its step was a mistake',
      { step: { status: 'entered-in-error', businessStatus: 'mistake' } },
      excused,
    ],
  ])('%s', (_, given, time) => {
    const before = done({ id: 'a1.0', ordinal: 0, logId: 'l0' });
    expect(taken({ ...given, times: [before, done()] }).after.occurrences).toEqual([before, time]);
  });
});

describe('its step', () => {
  const late = { status: 'in-progress', businessStatus: 'late' } as const;
  it.each<[string, Case, string]>([
    ['goes on', {}, 'in-progress/logging'],
    ['goes on when it was completed late', { step: { ...completed, businessStatus: 'late' } }, 'in-progress/logging'],
    ['goes on when it had gone on late', { step: late }, 'in-progress/logging'],
    ['goes on in a plan that is on hold', { plan: { status: 'on-hold' } }, 'in-progress/logging'],
    ['stays done in a plan that was completed', { plan: { status: 'completed', closedAt: feb(4) } }, 'completed/done'],
    [
      'stays done where enough is done without it',
      { times: [done(), done({ id: 'a1.2', ordinal: 2, logId: 'l2' })] },
      'completed/done',
    ],
    [
      'stays as it is where it was not done',
      { step: { status: 'in-progress', businessStatus: 'logging' } },
      'in-progress/logging',
    ],
    ['stays withdrawn', { step: { status: 'cancelled', businessStatus: 'withdrawn' } }, 'cancelled/withdrawn'],
  ])('%s', (_, given, step) => {
    expect(taken(given).step).toBe(step);
  });
});
