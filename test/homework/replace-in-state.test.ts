import { describe, expect, it } from 'vitest';
import type { PlanStatus } from '../../src/homework/model.ts';
import {
  assignmentById,
  invalidRequest,
  logById,
  occurrenceById,
  occurrencesOf,
  refuseClosedPlan,
  refuseKnownId,
  replaceById,
  withAssignment,
  withLog,
  withOccurrence,
} from '../../src/homework/replace-in-state.ts';
import { anOccurrence, aState, aStep, aStoredLog } from './a-state.ts';
import { refusal } from './refusal.ts';

const entry = (id: string, n = 1) => ({ id, n });
const [a, b, c] = [entry('a'), entry('b'), entry('c')];
const state = aState({
  assignments: [aStep(), aStep({ id: 'a-2' })],
  occurrences: [anOccurrence(), anOccurrence({ id: 'a-2.1', assignmentId: 'a-2' })],
  logs: [aStoredLog(), aStoredLog({ id: 'l-2' })],
});

describe('one in a list', () => {
  it.each([
    ['in its place', entry('b', 2), [a, entry('b', 2), c]],
    ['in the first place', entry('a', 2), [entry('a', 2), b, c]],
    ['at the end, when it is new', entry('d', 2), [a, b, c, entry('d', 2)]],
  ])('is put %s, and the others stay the same', (_where, item, list) => {
    const before = [a, b, c];
    const after = replaceById(before, item);
    expect(after).toEqual(list);
    expect(after.filter((kept) => before.includes(kept))).toHaveLength(item.id === 'd' ? 3 : 2);
    expect(before).toEqual([a, b, c]);
  });

  it('is put into its own list of the state', () => {
    const [step, time, log] = [
      aStep({ title: 'x' }),
      anOccurrence({ status: 'done' }),
      aStoredLog({ status: 'amended' }),
    ];
    expect(withAssignment(state, step)).toEqual({ ...state, assignments: [step, state.assignments[1]] });
    expect(withOccurrence(state, time)).toEqual({ ...state, occurrences: [time, state.occurrences[1]] });
    expect(withLog(state, log)).toEqual({ ...state, logs: [log, state.logs[1]] });
  });

  it('is found by its id, or refused by it', () => {
    expect(assignmentById(state, 'a-2')).toBe(state.assignments[1]);
    expect(occurrenceById(state, 'a-2.1')).toBe(state.occurrences[1]);
    expect(logById(state, 'l-2')).toBe(state.logs[1]);
    for (const [artefact, find] of Object.entries({
      assignment: assignmentById,
      occurrence: occurrenceById,
      log: logById,
    }))
      expect(refusal(() => find(state, 'x'))).toEqual({
        ...{ code: 'unknown-artefact', artefact, id: 'x', message: `no ${artefact} has this id` },
      });
  });

  it('is refused under an id that another has', () => {
    expect(refusal(() => refuseKnownId([a, b], 'b'))).toEqual({
      ...{ code: 'invalid-request', issues: [{ path: 'id', problem: 'is in use' }], message: 'id is in use' },
    });
    expect(refusal(() => refuseKnownId([a, b], 'c'))).toBe('accepted');
  });
});

it('the times of a step are its own, by their number', () => {
  const numbered = [3, 1, 2].map((ordinal) => anOccurrence({ id: `a-1.${ordinal}`, ordinal }));
  const times = [...numbered, anOccurrence({ id: 'a-2.1', assignmentId: 'a-2' })];
  expect(occurrencesOf(aState({ occurrences: times }), 'a-1').map(({ id }) => id)).toEqual(['a-1.1', 'a-1.2', 'a-1.3']);
});

it.each<[PlanStatus, boolean]>([
  ['draft', false],
  ['active', false],
  ['on-hold', false],
  ['completed', true],
  ['revoked', true],
  ['entered-in-error', true],
])('a plan that is %s is closed: %s', (status, closed) => {
  const { plan } = state;
  expect(refusal(() => refuseClosedPlan({ ...state, plan: { ...plan, status } }))).toEqual(
    closed ? { code: 'plan-closed', planId: 'plan-1', status, message: `the plan is ${status}` } : 'accepted',
  );
});

it('what is not well formed is said by its field', () => {
  const { code, fields, message } = invalidRequest('period.end', 'is empty');
  expect({ code, fields, message }).toEqual({
    code: 'invalid-request',
    fields: { issues: [{ path: 'period.end', problem: 'is empty' }] },
    message: 'period.end is empty',
  });
});
