import { describe, expect, it } from 'vitest';
import type { Assignment, Barrier, Feedback, Occurrence, PlanState, UnlockRule } from '../../../src/homework/model.ts';
import { attentionOf } from '../../../src/homework/plan/attention-of.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';

const at = '2026-03-16T15:00:00.000Z';
const none = { overdue: 0, stopped: 0, waitingUnlock: 0, urgency: 0 };
const step = (id: string, changes: Partial<Assignment>): Assignment =>
  aStep({ id: `a-${id}`, key: id, step: Number(id), ...changes });
const locked = (id: string, unlock: UnlockRule, changes: Partial<Assignment> = {}): Assignment => {
  const { unlockedAt: _none, ...rest } = step(id, { status: 'draft', businessStatus: 'locked', unlock });
  return { ...rest, ...changes };
};
const barrier = (id: string, code: Barrier['code'], talkedOverAt?: string): Barrier => ({
  ...{ id, planId: 'plan-1', patientId: 'sarah', code, saidBy: 'patient', recordedAt: at },
  ...(talkedOverAt === undefined ? {} : { talkedOverAt }),
});
/** The numbers alone; the reasons are below. */
const of = (changes: Partial<PlanState>) => {
  const { reasons, unlogged, newsAt, currentStep, due, done, unreadMessages, ...numbers } = attentionOf(
    aState(changes),
    at,
  );
  return numbers;
};
const aMessage = (changes: Partial<Feedback>): Feedback => ({
  ...{ id: 'm', planId: 'plan-1', patientId: 'sarah', author: 'patient', text: 'Hello', sentAt: at },
  ...changes,
});
const unlocksAfter = (key: string): UnlockRule => ({
  type: 'after',
  after: key,
  criterion: { type: 'behaviour-done' },
});

describe('a plan asks for attention', () => {
  it.each<[string, Partial<PlanState>, object]>([
    ['not, when nothing is in it', {}, none],
    ['not for what goes on', { assignments: [step('1', {})] }, none],
    [
      'for a step that was declined',
      { assignments: [step('1', { status: 'rejected', businessStatus: 'declined' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      'for one that was missed',
      { assignments: [step('1', { status: 'failed', businessStatus: 'missed' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      ...(['for one that the patient stopped'] as const),
      { assignments: [step('1', { status: 'cancelled', businessStatus: 'stopped-by-patient' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      'not for one that was withdrawn',
      { assignments: [step('1', { status: 'cancelled', businessStatus: 'withdrawn' })] },
      none,
    ],
    ['not for one that is done', { assignments: [step('1', { status: 'completed', businessStatus: 'done' })] }, none],
    [
      'for the last barrier',
      { barriers: [barrier('b', 'fear'), barrier('c', 'no-time')] },
      { openBarrier: 'no-time', urgency: 6 },
    ],
    [
      ...([
        'for the last that was not talked over',
        { barriers: [barrier('b', 'fear'), barrier('c', 'no-time', at)] },
      ] as const),
      { openBarrier: 'fear', urgency: 6 },
    ],
    ['not for one that was talked over', { barriers: [barrier('b', 'fear', at)] }, none],
    [
      ...(['for all of it together'] as const),
      {
        assignments: [step('1', { status: 'failed', businessStatus: 'missed' }), locked('2', unlocksAfter('1'))],
        barriers: [barrier('b', 'other')],
      },
      { stopped: 1, waitingUnlock: 1, openBarrier: 'other', urgency: 17 },
    ],
  ])('%s', (_what, changes, expected) => {
    expect(of(changes)).toStrictEqual({ ...none, ...expected });
  });

  it('for each time that is overdue, with the share that was done', () => {
    const times = (['overdue', 'overdue', 'due', 'missed', 'done'] as const).map((status, index) =>
      anOccurrence({ id: `a-1.${index}`, status, dueUntil: '2026-03-14T08:00:00.000Z' }),
    );
    const { openBarrier, ...attention } = of({ assignments: [step('1', {})], occurrences: times });
    expect(openBarrier).toBeUndefined();
    // one of five that were due so far
    expect(attention).toEqual({ ...none, overdue: 2, urgency: 8, adherencePercent: 20 });
  });

  it('with when something was last done: of finished logs, by when it was', () => {
    const log = (id: string, performedAt: string, changes = {}) => aStoredLog({ id, performedAt, ...changes });
    const logs = [
      log('1', '2026-03-04T15:00:00.000Z', { status: 'amended' }),
      log('2', '2026-03-03T15:00:00.000Z'),
      log('3', '2026-03-05T15:00:00.000Z', { status: 'in-progress' }),
      log('4', '2026-03-06T15:00:00.000Z', { status: 'entered-in-error' }),
      log('5', '2026-03-02T15:00:00.000Z'),
    ];
    expect(of({ logs })).toEqual({ ...none, lastLogAt: '2026-03-04T15:00:00.000Z' });
  });

  it('not any more when the patient has died, though the numbers stay', () => {
    const state = {
      assignments: [step('1', { status: 'rejected', businessStatus: 'declined' })],
      barriers: [barrier('b', 'fear')],
    };
    expect(of({ ...state, deceased: { at } })).toEqual({ ...none, stopped: 1, openBarrier: 'fear' });
    expect(of({ ...state, deceased: { at: '2026-03-17T15:00:00.000Z' } })).toMatchObject({ urgency: 14 });
  });
});

describe('a locked step waits for a clinician', () => {
  const ended = (id: string) => step(id, { status: 'completed', businessStatus: 'done' });
  it.each<[string, readonly Assignment[], number]>([
    ['when the one before it has ended', [ended('1'), locked('2', unlocksAfter('1'))], 1],
    ['not while the one before it runs', [step('1', {}), locked('2', unlocksAfter('1'))], 0],
    ['not behind one that is not there', [ended('1'), locked('2', unlocksAfter('9'))], 0],
    ['when all before it have ended', [ended('1'), ended('2'), locked('3', { type: 'by-clinician' })], 1],
    ['first of all', [locked('1', { type: 'by-clinician' }), step('2', {})], 1],
    ['not while one before it runs', [ended('1'), step('2', {}), locked('3', { type: 'by-clinician' })], 0],
    ['not when it unlocks at the start', [ended('1'), locked('2', { type: 'at-start' })], 0],
    ['when a clinician locked it', [locked('1', { type: 'at-start' }, { unlockedAt: at })], 1],
    ['not when it is not locked', [ended('1'), step('2', { unlock: unlocksAfter('1') })], 0],
    ['each of them', [ended('1'), locked('2', unlocksAfter('1')), locked('3', unlocksAfter('1'))], 2],
  ])('%s', (_what, assignments, waitingUnlock) => {
    expect(of({ assignments })).toEqual({ ...none, waitingUnlock, urgency: 3 * waitingUnlock });
  });
});

describe('what a plan asks attention for', () => {
  const about = (changes: Partial<PlanState>) => attentionOf(aState(changes), at);
  const missed = (id: string, endedAt: string) =>
    step(id, { status: 'failed', businessStatus: 'missed', endedAt, title: `Title ${id}` });

  it('is said with the step and since when, the worst first', () => {
    const { reasons, newsAt } = about({
      assignments: [
        missed('1', '2026-03-10T08:00:00.000Z'),
        missed('2', '2026-03-12T08:00:00.000Z'),
        locked('3', unlocksAfter('2'), { title: 'Title 3' }),
        step('4', { title: 'Title 4' }),
      ],
      occurrences: [
        anOccurrence({ id: 'a-4.2', assignmentId: 'a-4', status: 'overdue', dueUntil: '2026-03-15T08:00:00.000Z' }),
        anOccurrence({ id: 'a-4.1', assignmentId: 'a-4', status: 'overdue', dueUntil: '2026-03-14T08:00:00.000Z' }),
      ],
      barriers: [
        barrier('b', 'fear'),
        { ...barrier('c', 'no-time'), assignmentId: 'a-2', recordedAt: '2026-03-13T08:00:00.000Z' },
      ],
      feedback: [
        aMessage({ id: 'm1', sentAt: '2026-03-15T12:00:00.000Z' }),
        aMessage({ id: 'm2', sentAt: '2026-03-14T12:00:00.000Z', readAt: at }),
        aMessage({ id: 'm3', author: 'Practitioner/17' }),
      ],
    });
    expect(reasons).toEqual([
      {
        ...{ code: 'stopped', since: '2026-03-10T08:00:00.000Z', count: 2, ending: 'missed' },
        step: { key: '1', title: 'Title 1' },
      },
      {
        ...{ code: 'barrier', since: '2026-03-13T08:00:00.000Z', count: 2, barrier: 'no-time' },
        step: { key: '2', title: 'Title 2' },
      },
      { ...{ code: 'overdue', since: '2026-03-14T08:00:00.000Z', count: 2 }, step: { key: '4', title: 'Title 4' } },
      {
        ...{ code: 'waiting-unlock', since: '2026-03-12T08:00:00.000Z', count: 1 },
        step: { key: '3', title: 'Title 3' },
      },
      { code: 'message', since: '2026-03-15T12:00:00.000Z', count: 1 },
    ]);
    // the other barrier
    expect(newsAt).toBe(at);
  });

  it('leads with the earliest of each, however it is stored, and is news by the latest', () => {
    const talk = (id: string, code: Barrier['code'], day: number) => ({
      ...barrier(id, code),
      recordedAt: `2026-03-${day}T08:00:00.000Z`,
    });
    const { reasons, newsAt } = about({
      assignments: [
        missed('3', '2026-03-13T08:00:00.000Z'),
        step('2', { status: 'rejected', businessStatus: 'declined', endedAt: '2026-03-09T08:00:00.000Z' }),
        missed('1', '2026-03-11T08:00:00.000Z'),
        locked('5', unlocksAfter('3')),
        locked('4', unlocksAfter('2')),
      ],
      barriers: [talk('b', 'no-time', 14), talk('c', 'fear', 12)],
      feedback: [
        aMessage({ id: 'm1', sentAt: '2026-03-15T12:00:00.000Z' }),
        aMessage({ id: 'm2', sentAt: '2026-03-10T12:00:00.000Z' }),
      ],
    });
    expect(reasons).toMatchObject([
      { code: 'stopped', since: '2026-03-09T08:00:00.000Z', count: 3, ending: 'declined', step: { key: '2' } },
      { code: 'barrier', since: '2026-03-12T08:00:00.000Z', count: 2, barrier: 'fear' },
      { code: 'waiting-unlock', since: '2026-03-09T08:00:00.000Z', count: 2, step: { key: '4' } },
      { code: 'message', since: '2026-03-10T12:00:00.000Z', count: 2 },
    ]);
    expect(newsAt).toBe('2026-03-15T12:00:00.000Z');
  });

  it.each([14, 15])(
    'of one more step missed on the %s., what was known of the first is no news, and that one is',
    (day) => {
      const later = `2026-03-${day}T08:00:00.000Z`;
      const { reasons, newsAt } = about({ assignments: [missed('1', '2026-03-10T08:00:00.000Z'), missed('2', later)] });
      expect([reasons[0]?.since, newsAt]).toEqual(['2026-03-10T08:00:00.000Z', later]);
    },
  );

  it('does not ask for what was overdue in a time that another took the place of', () => {
    const superseded = anOccurrence({ id: 'a-1.1', status: 'overdue', dueUntil: '2026-03-10T08:00:00.000Z' });
    const { overdue, reasons } = about({
      assignments: [step('1', {})],
      occurrences: [{ ...superseded, superseded: true }],
    });
    expect([overdue, reasons]).toEqual([0, []]);
  });

  it.each<[string, Partial<Assignment>, string]>([
    ['declined', { status: 'rejected', businessStatus: 'declined' }, 'declined'],
    ['stopped', { status: 'cancelled', businessStatus: 'stopped-by-patient' }, 'stopped'],
    ['not reached', { status: 'failed', businessStatus: 'not-reached' }, 'not-reached'],
  ])('says of a step that it was %s', (_what, changes, ending) => {
    expect(about({ assignments: [step('1', changes)] }).reasons).toMatchObject([{ code: 'stopped', ending }]);
  });

  it('counts silence from when something was due after the last log, and not from the log', () => {
    const time = (ordinal: number, status: Occurrence['status'], day: number) =>
      anOccurrence({ ...{ id: `a-1.${ordinal}`, ordinal, status }, dueUntil: `2026-03-${day}T08:00:00.000Z` });
    const times = [
      time(1, 'missed', 10),
      time(2, 'done', 11),
      time(3, 'missed', 13),
      time(4, 'overdue', 14),
      time(5, 'due', 20),
    ];
    const silent = about({
      ...{ assignments: [step('1', {})], occurrences: times },
      logs: [aStoredLog({ id: 'l', performedAt: '2026-03-11T02:00:00.000Z' })],
    });
    expect(silent.unlogged).toEqual(['2026-03-13T08:00:00.000Z', '2026-03-14T08:00:00.000Z']);
    // a silence that was known when somebody called is nothing new, however many more times go by
    expect(silent.newsAt).toBe('2026-03-13T08:00:00.000Z');
    const quiet = {
      assignments: [step('1', {})],
      occurrences: [time(1, 'done', 11), time(2, 'due', 20), time(3, 'excused', 12)],
    };
    expect(about(quiet).unlogged).toEqual([]);
    const mistake = { assignments: [step('1', { status: 'entered-in-error' })], occurrences: [time(1, 'missed', 10)] };
    expect(about(mistake).unlogged).toEqual([]);
  });

  it.each<[string, readonly Assignment[], object | undefined]>([
    [
      'the first that is open',
      [locked('1', { type: 'by-clinician' }), step('2', {}), step('3', {})],
      { key: '2', state: 'open' },
    ],
    [
      'a paused one before a locked one',
      [locked('1', { type: 'by-clinician' }), step('2', { status: 'on-hold', businessStatus: 'paused' })],
      { key: '2', state: 'paused' },
    ],
    ['the next that is locked', [missed('1', at), locked('2', unlocksAfter('1'))], { key: '2', state: 'locked' }],
    ['none when all have ended', [missed('1', at)], undefined],
  ])('has as its current step %s', (_what, assignments, expected) => {
    const { currentStep } = about({ assignments });
    if (expected === undefined) expect(currentStep).toBeUndefined();
    else expect(currentStep).toMatchObject(expected);
  });
});
