import { describe, expect, it } from 'vitest';
import type { PlanState } from '../../../src/homework/model.ts';
import { type AddBarrier, addBarrier } from '../../../src/homework/plan/add-barrier.ts';
import { type AddFeedback, addFeedback } from '../../../src/homework/plan/add-feedback.ts';
import { markTalkedOver } from '../../../src/homework/plan/mark-talked-over.ts';
import { setEncounter } from '../../../src/homework/plan/set-encounter.ts';
import { aState, aStep, aStoredLog } from '../a-state.ts';
import { refusal } from '../refusal.ts';
import { aFiled } from '../report/report-state.ts';

const at = '2026-03-05T15:00:00.000Z';
const later = '2026-03-06T15:00:00.000Z';
const two = aState({
  assignments: [aStep(), aStep({ id: 'a-2', key: '2' })],
  logs: [aStoredLog(), aStoredLog({ id: 'l-2', assignmentId: 'a-2' })],
});
const unknown = (artefact: string, id: string, message = `no ${artefact} has this id`) => ({
  ...{ code: 'unknown-artefact', artefact, id, message },
});
const invalid = (path: string, problem: string) => ({
  ...{ code: 'invalid-request', issues: [{ path, problem }], message: `${path} ${problem}` },
});

describe('a barrier', () => {
  const fear: AddBarrier = { id: 'b', assignmentId: 'a-2', code: 'fear', text: 'they stare', saidBy: 'patient' };
  const add = (command: AddBarrier, state: PlanState = two) => addBarrier(state, command, at);

  it.each<[string, AddBarrier]>([
    ['of a step', fear],
    ['of the plan as a whole', { id: 'b', code: 'no-time', saidBy: 'Practitioner/1', via: 'product' }],
  ])('%s is recorded, whole', (_what, command) => {
    expect(add(command).barriers).toStrictEqual([{ ...command, planId: 'plan-1', patientId: 'sarah', recordedAt: at }]);
  });

  it('may come up after the plan was closed, and stands behind those before', () => {
    const closed = { ...add(fear), plan: { ...two.plan, status: 'completed' } as const };
    expect(add({ ...fear, id: 'c' }, closed).barriers.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('is of a step that there is, under an id that is free', () => {
    expect(refusal(() => add({ ...fear, assignmentId: 'a-9' }))).toEqual(unknown('assignment', 'a-9'));
    expect(refusal(() => add(fear, add(fear)))).toEqual(invalid('id', 'is in use'));
  });

  it('is talked over once, and the first time stands', () => {
    const said = add({ ...fear, id: 'c' }, add(fear));
    const over = markTalkedOver(said, { barrierId: 'c' }, later);
    expect(over.barriers).toEqual([said.barriers[0], { ...said.barriers[1], talkedOverAt: later }]);
    expect(over.barriers[0]).toBe(said.barriers[0]);
    expect(markTalkedOver(over, { barrierId: 'c' }, '2026-03-09T15:00:00.000Z')).toBe(over);
    expect(refusal(() => markTalkedOver(said, { barrierId: 'd' }, later))).toEqual(unknown('barrier', 'd'));
  });
});

describe('feedback', () => {
  const thanks: AddFeedback = { id: 'f', author: 'patient', text: 'Thanks' };
  const add = (command: AddFeedback, state: PlanState = two) => addFeedback(state, command, at);
  const sent = { planId: 'plan-1', patientId: 'sarah', sentAt: at };

  it.each<[string, AddFeedback, object]>([
    ['on the plan', { ...thanks, via: 'product' }, {}],
    ['on a step', { ...thanks, assignmentId: 'a-2' }, {}],
    ['on a log, and so on its step', { ...thanks, logId: 'l-2' }, { assignmentId: 'a-2' }],
    ['on a log of the step that it names', { ...thanks, logId: 'l-1', assignmentId: 'a-1' }, {}],
  ])('%s is sent, whole', (_what, command, more) => {
    expect(add(command).feedback).toStrictEqual([{ ...command, ...more, ...sent }]);
  });

  it('answers feedback that there is', () => {
    const answer = { ...thanks, id: 'g', inResponseTo: 'f' };
    expect(add(answer, add(thanks)).feedback).toStrictEqual([
      { ...thanks, ...sent },
      { ...answer, ...sent },
    ]);
    expect(refusal(() => add(answer))).toEqual(unknown('feedback', 'f'));
    expect(refusal(() => add({ ...answer, inResponseTo: 'h' }, add(thanks)))).toEqual(unknown('feedback', 'h'));
  });

  it.each<[string, Partial<AddFeedback>, object]>([
    ['without words', { text: ' \n' }, invalid('text', 'is empty')],
    ['on a step that is not there', { assignmentId: 'a-9' }, unknown('assignment', 'a-9')],
    ['on a log that is not there', { logId: 'l-9' }, unknown('log', 'l-9')],
    [
      ...(['on a log of another step', { logId: 'l-1', assignmentId: 'a-2' }] as const),
      invalid('logId', 'belongs to another assignment'),
    ],
  ])('%s is refused', (_what, changes, refused) => {
    expect(refusal(() => add({ ...thanks, ...changes }))).toEqual(refused);
  });

  it('has an id of its own', () => {
    expect(refusal(() => add(thanks, add(thanks)))).toEqual(invalid('id', 'is in use'));
  });
});

describe('the encounter of a report', () => {
  const [first, second] = [aFiled({ id: 'r' }), aFiled({ id: 's' })];
  const state = aState({ reports: [first, second] });

  it('is named afterwards, and the rest stays', () => {
    const { reports } = setEncounter(state, { reportId: 's', encounter: 'Encounter/7' });
    expect(reports).toEqual([first, { ...second, encounter: 'Encounter/7' }]);
    expect(reports[0]).toBe(state.reports[0]);
  });

  it('is of a report that there is', () => {
    expect(refusal(() => setEncounter(state, { reportId: 't', encounter: 'Encounter/7' }))).toEqual(
      unknown('report', 't', 'There is no such report.'),
    );
  });
});
