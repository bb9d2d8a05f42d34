import { describe, expect, it } from 'vitest';
import { isLoggedNotDone, loggedNotDone, saidDone } from '../../../src/homework/log/told-not-done.ts';
import type { AnswerItem, Log, Occurrence } from '../../../src/homework/model.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import { answers } from '../build-plan.ts';
import { aRecord, aTime } from '../report/report-state.ts';

const behaviourLinkId = (questionnaire: Log['questionnaire']) => registeredKinds.version(questionnaire).behaviourLinkId;
const asking = registeredKinds.versions.flatMap(({ canonical, behaviourLinkId: linkId }) =>
  linkId === undefined ? [] : [[canonical, linkId] as const],
);
const silent = registeredKinds.versions.filter((version) => version.behaviourLinkId === undefined);
const deep = (items: readonly AnswerItem[]): readonly AnswerItem[] => [{ linkId: 'during', answers: [], items }];

describe('what a log says of whether it was done', () => {
  it('is asked by several kinds, and not by all', () => {
    expect(asking.length).toBeGreaterThan(2);
    expect(silent.length).toBeGreaterThan(0);
  });

  it.each(asking)('%s reads its own item, however deep it stands', (questionnaire, linkId) => {
    const say = (items: readonly AnswerItem[], withheld: readonly string[] = []) =>
      saidDone({ questionnaire, items, withheld }, behaviourLinkId);
    expect(say(answers({ [linkId]: false }))).toBe(false);
    expect(say(deep(answers({ [linkId]: false })))).toBe(false);
    expect(say(answers({ [linkId]: true }))).toBe(true);
    expect(say(answers({ 'what-was-said': 'I only thought it' }))).toBeUndefined();
    // kept private: itself, or with the group in which it stands
    expect(say(answers({ [linkId]: false }), [linkId])).toBeUndefined();
    expect(say(deep(answers({ [linkId]: false })), ['during'])).toBeUndefined();
    // another answer that is kept private changes nothing
    expect(say(answers({ [linkId]: false, learned: 'x' }), ['learned'])).toBe(false);
  });

  it.each(silent.map(({ canonical }) => canonical))('%s says nothing, whatever is in it', (questionnaire) => {
    const items = answers({ practised: false, 'experiment-done': false, 'exposure-done': false });
    expect(saidDone({ questionnaire, items, withheld: [] }, behaviourLinkId)).toBeUndefined();
  });
});

const said = ({ items }: Log) => saidDone({ questionnaire: 'q|1', items, withheld: [] }, () => 'did');
const log = (did: boolean | undefined, changes: Partial<Log> = {}): Log =>
  aRecord({ occurrenceId: 'a1.1', items: did === undefined ? [] : answers({ did }), ...changes });

describe('a time that was logged', () => {
  it.each<[Occurrence['status'], readonly Log[], boolean]>([
    ['done', [log(false)], true],
    ['late', [log(false, { status: 'amended' })], true],
    ['done', [log(true)], false],
    ['done', [log(undefined)], false],
    ['done', [], false],
    ['done', [log(false), log(true, { id: 'l2' })], false],
    ['done', [log(false, { occurrenceId: 'a1.2' })], false],
    ['done', [log(false, { status: 'in-progress' })], false],
    ['done', [log(false, { status: 'entered-in-error' })], false],
    ['missed', [log(false)], false],
    ['due', [log(false)], false],
  ])('%s, case %#', (status, logs, is) => {
    expect(isLoggedNotDone({ id: 'a1.1', status }, logs, said)).toBe(is);
  });

  const times = [1, 2, 3].map((ordinal) => aTime({ id: `a1.${ordinal}`, ordinal, status: 'done' }));
  const { occurrenceId: _none, ...beyond } = log(true, { id: 'x', resolution: 'extra' });
  it.each<[readonly Log[], { notDone: number; logged: number } | undefined]>([
    [[], undefined],
    [[log(true)], undefined],
    [[log(false)], { notDone: 1, logged: 3 }],
    [[log(false), log(false, { id: 'l2', occurrenceId: 'a1.2' })], { notDone: 2, logged: 3 }],
    [[log(false), beyond], undefined],
    [[log(false), log(false, { id: 'l2', occurrenceId: 'a1.2' }), beyond], { notDone: 2, logged: 3 }],
    [[log(false), { ...beyond, items: answers({ did: false }) }], { notDone: 1, logged: 3 }],
    [[log(false), { ...beyond, assignmentId: 'a2' }], { notDone: 1, logged: 3 }],
  ])('of a step, case %#', (logs, expected) => {
    expect(loggedNotDone({ occurrences: times, logs }, 'a1', said)).toEqual(expected);
    expect(loggedNotDone({ occurrences: times, logs }, 'a2', said)).toBeUndefined();
  });
});
