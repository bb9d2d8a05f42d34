import { describe, expect, it } from 'vitest';
import type { HomeworkRules } from '../../../src/homework/homework-rules.ts';
import { countLog } from '../../../src/homework/log/count-log.ts';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../../src/homework/log/revise-log.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { Assignment, Log, Occurrence } from '../../../src/homework/model.ts';
import { aLog, answers } from '../build-plan.ts';
import { aRecord, aState, aStep, aTime, endOf, feb } from '../report/report-state.ts';

/** Of a tenant whose kinds have neither risk answers nor predictions. */
const plainRules: HomeworkRules = { safetyOf: () => [], behaviourLinkId: () => undefined };
const predicting: HomeworkRules = {
  ...plainRules,
  predictionParts: () => ({ predictions: ['fear'], outcomes: ['came'] }),
};
const items = answers({ fear: 'laughter' });

describe('a log that is taken', () => {
  const taken = (changes: Partial<Parameters<typeof takeLog>[1]> = {}, rules = plainRules, at = feb(3, '12:30')) => {
    const command = aLog({ id: 'l1', assignmentId: 'a1', performedAt: '2026-02-03T13:00:00+01:00', items, ...changes });
    return takeLog(aState({ occurrences: [aTime()] }), command, at, rules);
  };
  const expected: Log = {
    ...{ id: 'l1', planId: 'p', assignmentId: 'a1', patientId: 'ada', occurrenceId: 'a1.1', resolution: 'resolved' },
    ...{ questionnaire: 'diary|1', status: 'completed', performedAt: feb(3), authored: feb(3, '12:30') },
    ...{ source: { type: 'patient' }, items, withheld: [] },
  };

  it('is kept as it was given, with what it answers and what it is tied to', () => {
    const { log, state } = taken();
    expect(log).toEqual(expected);
    expect(state.logs).toEqual([expected]);
  });

  it('is kept with who sent it, who wrote it, and what is not shared', () => {
    const source = { type: 'practitioner', reference: 'Practitioner/1' } as const;
    const more = { via: 'product', madeBy: 'Practitioner/1', source, withheld: ['fear'] };
    expect(taken(more).log).toEqual({ ...expected, ...more, told: { at: feb(3, '12:30'), as: 'made' } });
  });

  it('is kept with its predictions, where its version has any', () => {
    const { log } = taken({ status: 'in-progress' }, predicting);
    expect(log).toEqual({ ...expected, status: 'in-progress', predicted: { at: feb(3, '12:30'), linkIds: ['fear'] } });
  });

  it('is tied to nothing where nothing is due', () => {
    const { log } = taken({ performedAt: feb(9) }, plainRules, feb(9));
    expect(log).not.toHaveProperty('occurrenceId');
    expect(log.resolution).toBe('ad-hoc');
  });

  it.each<[Assignment['status'], Assignment['businessStatus'], string]>([
    ['requested', 'assigned', 'in-progress/logging'],
    ['received', 'seen', 'in-progress/logging'],
    ['accepted', 'agreed', 'in-progress/logging'],
    ['in-progress', 'logging', 'in-progress/logging'],
    ['requested', 'paused', 'requested/paused'],
  ])('sets a step going that is %s (%s)', (status, businessStatus, after) => {
    const state = aState({ assignments: [aStep({ status, businessStatus })], occurrences: [aTime()] });
    const command = aLog({ id: 'l1', assignmentId: 'a1', performedAt: feb(3), status: 'in-progress' });
    const [step] = takeLog(state, command, feb(3), plainRules).state.assignments;
    expect(`${step?.status}/${step?.businessStatus}`).toBe(after);
  });
});

describe('a log that is finished', () => {
  const begun = aRecord({
    status: 'in-progress',
    occurrenceId: 'a1.1',
    items,
    withheld: ['x'],
    changedBy: 'Patient/ada',
  });
  const finished = (command: Partial<Parameters<typeof finishLog>[1]> = {}, rules = plainRules) =>
    finishLog(aState({ logs: [begun], occurrences: [aTime()] }), { logId: 'l1', ...command }, feb(4), rules);

  it('is as it was saved, and counts for its time', () => {
    const state = finished();
    expect(state.logs).toEqual([{ ...begun, status: 'completed', authored: feb(4) }]);
    expect(state.occurrences).toEqual([
      { ...aTime(), status: 'done', logId: 'l1', endedAt: feb(3), lastModified: feb(4) },
    ]);
  });

  it('is what it is finished with', () => {
    const command = { items: answers({ note: 'y' }), withheld: [], by: 'RelatedPerson/1' };
    expect(finished({ ...command, performedAt: '2026-02-02T13:00:00+01:00' }).logs).toEqual([
      {
        ...{ ...begun, status: 'completed', authored: feb(4), performedAt: feb(2) },
        ...{ items: command.items, withheld: [], changedBy: 'RelatedPerson/1' },
      },
    ]);
  });
});

describe('a log that is saved or corrected', () => {
  const performedAt = feb(2);
  const revised = (log: Partial<Log>, command: Partial<Parameters<typeof reviseLog>[1]>, rules = plainRules) =>
    reviseLog(aState({ logs: [aRecord(log)] }), { logId: 'l1', items, ...command }, feb(4), rules).logs;
  it.each<[string, Partial<Log>, Parameters<typeof revised>[1], Partial<Log>]>([
    ['begun', { status: 'in-progress' }, {}, { status: 'in-progress' }],
    ['begun, with another time', { status: 'in-progress' }, { performedAt }, { status: 'in-progress', performedAt }],
    ['completed, which keeps its time', {}, { performedAt }, { status: 'amended' }],
    ['corrected again', { status: 'amended' }, {}, { status: 'amended' }],
    ['what is withheld kept', { withheld: ['x'] }, {}, { status: 'amended', withheld: ['x'] }],
    ['what is withheld changed', { withheld: ['x'] }, { withheld: [] }, { status: 'amended', withheld: [] }],
    ['by somebody', { changedBy: 'x' }, { by: 'Patient/ada' }, { status: 'amended', changedBy: 'Patient/ada' }],
    ['by somebody who is not known', { changedBy: 'x' }, {}, { status: 'amended', changedBy: 'x' }],
  ])('%s', (_, log, command, after) => {
    expect(revised(log, command)).toEqual([{ ...aRecord({ ...log, items, authored: feb(4) }), ...after }]);
  });

  it('keeps its predictions, where its version has any', () => {
    expect(revised({ status: 'in-progress', items: [] }, {}, predicting)[0]?.predicted).toEqual({
      ...{ at: feb(4), linkIds: ['fear'] },
    });
  });
});

describe('what a completed log counts as', () => {
  const log = (performedAt: string) => aRecord({ occurrenceId: 'a1.1', performedAt });
  it.each<[Occurrence['status'], string, Occurrence['status']]>([
    ['due', feb(3), 'done'],
    ['overdue', endOf(6), 'late'],
    ['missed', feb(3), 'done'],
    ['missed', endOf(6), 'late'],
    // the grace is over at that instant
    ['missed', endOf(7), 'missed'],
    ['done', feb(3), 'done'],
    ['excused', feb(3), 'excused'],
    ['paused', feb(3), 'paused'],
  ])('of a time that is %s, at %s: %s', (status, performedAt, after) => {
    const state = aState({ occurrences: [aTime({ status })] });
    const counted = countLog(state, log(performedAt), feb(8));
    const ended = { logId: 'l1', endedAt: performedAt, lastModified: feb(8) };
    if (status === after) expect(counted).toBe(state);
    else expect(counted.occurrences).toEqual([aTime({ status: after, ...ended })]);
  });

  it('is nothing where it is tied to nothing', () => {
    const state = aState({ occurrences: [aTime()] });
    expect(countLog(state, aRecord(), feb(8))).toBe(state);
  });
});
