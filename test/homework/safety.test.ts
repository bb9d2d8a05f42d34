import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { finishLog } from '../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { type TakeLog, takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { AnswerItem, PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { closeSignal } from '../../src/homework/safety/close-signal.ts';
import { raiseSignal } from '../../src/homework/safety/raise-signal.ts';
import { riskAnswer, type SafetyEvidence, type SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const at = '2026-03-02T15:00:00.000Z';
const risk = answers({ 'self-harm': true });
const calm = answers({ 'self-harm': false });
/** A step of monitoring, which asks for risk, and one that unlocks when it is done. */
const twoSteps = () =>
  activatePlan(
    designPlan(
      aPlan([
        anAssignment({ key: '1', kind: 'monitoring' }),
        anAssignment({ key: '2', unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count: 1 } } }),
      ]),
      begin,
    ),
    begin,
    rules,
  );
const log = (state: PlanState, changes: Partial<TakeLog> = {}) =>
  takeLog(state, aLog({ id: 'l1', assignmentId: 'a-1', performedAt: at, items: risk, ...changes }), at, rules).state;
const statusOf = (state: PlanState, id: string) => state.assignments.find((assignment) => assignment.id === id)?.status;

describe('a risk answer', () => {
  it('is noticed with the log that brings it, with codes and values alone', () => {
    expect(log(twoSteps()).noticed).toEqual([
      {
        rule: 'self-harm-thoughts',
        evidence: { at, by: { type: 'patient' }, planId: 'plan-1', logId: 'l1', linkId: 'self-harm', value: true },
      },
    ]);
    expect(log(twoSteps(), { items: calm }).noticed).toBeUndefined();
    expect(log(twoSteps(), { items: [] }).noticed).toBeUndefined();
  });

  it('unlocks nothing by the very log that brings it', () => {
    expect(statusOf(log(twoSteps(), { items: calm }), 'a-2')).toBe('requested');
    const risky = log(twoSteps());
    expect(statusOf(risky, 'a-1')).toBe('completed');
    expect(statusOf(risky, 'a-2')).toBe('draft');
  });

  it('is noticed in an unfinished log, once, and not when that is saved again; sent with it, it is said again', () => {
    const { noticed, ...saved } = log(twoSteps(), { status: 'in-progress' });
    expect(noticed).toHaveLength(1);
    const again = reviseLog(saved, { logId: 'l1', items: [...risk, ...answers({ note: 'x' })] }, at, rules);
    expect(again.noticed).toBeUndefined();
    expect(finishLog(again, { logId: 'l1' }, at, rules).noticed).toMatchObject([
      { rule: 'self-harm-thoughts', evidence: { logId: 'l1', value: true }, again: true },
    ]);
    const given = reviseLog(saved, { logId: 'l1', items: saved.logs[0]?.items ?? [], anew: ['self-harm'] }, at, rules);
    expect(given.noticed).toMatchObject([{ again: true }]);
    const other = reviseLog(saved, { logId: 'l1', items: saved.logs[0]?.items ?? [], anew: ['situation'] }, at, rules);
    expect(other.noticed).toBeUndefined();
  });

  it('is noticed when completing or amending a log brings it', () => {
    const begun = log(twoSteps(), { status: 'in-progress', items: calm });
    expect(finishLog(begun, { logId: 'l1', items: risk }, at, rules).noticed).toHaveLength(1);
    const done = log(twoSteps(), { items: calm });
    expect(reviseLog(done, { logId: 'l1', items: risk }, at, rules).noticed).toHaveLength(1);
  });

  it('stays noticed when the log is amended or retracted: nothing counts the signals down', () => {
    const { noticed: _raised, ...state } = log(twoSteps());
    expect(state.openSafetySignals).toBe(1);
    expect(reviseLog(state, { logId: 'l1', items: calm }, at, rules).openSafetySignals).toBe(1);
    const taken = voidLog(state, { logId: 'l1' }, at, rules);
    expect(taken.openSafetySignals).toBe(1);
    expect(taken.noticed).toBeUndefined();
  });

  it('is noticed though it is withheld, also by its group, and then without its value', () => {
    const group: AnswerItem = { linkId: 'group', answers: [], items: risk };
    for (const given of [
      { items: risk, withheld: ['self-harm'] },
      { items: [group], withheld: ['group'] },
    ]) {
      const [noticed] = log(twoSteps(), given).noticed ?? [];
      expect(noticed?.rule).toBe('self-harm-thoughts');
      expect(noticed?.evidence).not.toHaveProperty('value');
    }
    const [shared] = log(twoSteps(), { items: [group], withheld: ['other'] }).noticed ?? [];
    expect(shared?.evidence.value).toBe(true);
  });

  it('names who wrote the log, when it was not the patient', () => {
    const source = { type: 'practitioner', reference: 'Practitioner/17' } as const;
    expect(log(twoSteps(), { source }).noticed?.[0]?.evidence.by).toEqual({
      type: 'person',
      reference: 'Practitioner/17',
    });
  });

  it('is found by each sort of test, in any repetition', () => {
    const coded: AnswerItem[] = ['LA6568-5', 'LA6571-9'].map((code) => ({
      linkId: 'item-9',
      answers: [{ type: 'coding', value: { system: 'http://loinc.org', code } }],
      items: [],
    }));
    const codes = ['LA6569-3', 'LA6570-1', 'LA6571-9'];
    expect(riskAnswer(coded, { linkId: 'item-9', test: { type: 'any-of', codes } })).toMatchObject({
      value: { code: 'LA6571-9' },
    });
    expect(riskAnswer(coded.slice(0, 1), { linkId: 'item-9', test: { type: 'any-of', codes } })).toBeUndefined();
    const atLeast = { linkId: 'urge', test: { type: 'at-least', value: 4 } } as const;
    expect(riskAnswer(answers({ urge: 4 }), atLeast)).toBeDefined();
    expect(riskAnswer(answers({ urge: 3 }), atLeast)).toBeUndefined();
    expect(riskAnswer(answers({ urge: true }), atLeast)).toBeUndefined();
  });
});

const evidence: SafetyEvidence = { at, by: { type: 'patient' }, logId: 'l1', linkId: 'self-harm', value: true };
const raise = (known: readonly SafetySignal[], changes: Partial<SafetyEvidence> = {}, patientId = 'sarah') =>
  raiseSignal(
    known,
    {
      ...{ patientId, planId: 'plan-1', rule: 'self-harm-thoughts', evidence: { ...evidence, ...changes } },
      idOf: (ordinal) => `signal-${ordinal}`,
    },
    at,
  );

describe('a safety signal', () => {
  it('accumulates what speaks for it while it is open', () => {
    const first = raise([]);
    expect(first).toMatchObject({ id: 'signal-1', status: 'open', ordinal: 1, version: 1 });
    const second = raise([first], { logId: 'l2' });
    expect(second).toMatchObject({ id: 'signal-1', version: 2 });
    expect(second.evidence.map(({ logId }) => logId)).toEqual(['l1', 'l2']);
    expect(raise([second], { logId: 'l2', at: begin })).toBe(second);
    expect(raise([second], { logId: 'l2', value: 3 }).evidence).toHaveLength(3);
  });

  it('takes two reports of people for two', () => {
    const { logId: _log, linkId: _item, value: _value, ...reported } = evidence;
    const command = {
      patientId: 'sarah',
      planId: 'plan-1',
      rule: 'other-concern',
      evidence: reported,
      idOf: String,
    } as const;
    const first = raiseSignal([], command, at);
    expect(raiseSignal([first], command, at).evidence).toHaveLength(2);
  });

  it('is followed by a new one when it is closed, and is another patient’s never', () => {
    const closed = closeSignal(raise([]), { by: 'Practitioner/17', reason: 'Safety plan made' }, at);
    const next = raise([closed]);
    expect(next).toMatchObject({ id: 'signal-2', ordinal: 2, status: 'open', version: 1 });
    expect(next.evidence).toHaveLength(1);
    expect(raise([next], {}, 'marcus')).toMatchObject({ id: 'signal-1', patientId: 'marcus' });
  });

  it('is closed by a person with a reason, once', () => {
    const open = raise([]);
    const closed = closeSignal(open, { by: 'Practitioner/17', reason: ' Talked; safety plan made ' }, at);
    expect(closed).toMatchObject({
      ...{ status: 'closed', closedAt: at, closedBy: 'Practitioner/17', version: 2 },
      closeReason: 'Talked; safety plan made',
    });
    const refused = (given: { by: string; reason: string }, of = open) => {
      try {
        closeSignal(of, given, at);
      } catch (error) {
        if (hasCode(error, 'invalid-request')) return error.fields.issues.map(({ path }) => path);
        if (hasCode(error, 'signal-closed')) return error.fields.signalId;
      }
      return 'not refused';
    };
    expect(refused({ by: 'Practitioner/17', reason: '  ' })).toEqual(['reason']);
    expect(refused({ by: 'Patient/sarah', reason: 'I am fine' })).toEqual(['by']);
    expect(refused({ by: '', reason: 'x' })).toEqual(['by']);
    expect(refused({ by: 'Device/1', reason: 'x' })).toEqual(['by']);
    expect(refused({ by: 'Practitioner/17', reason: 'again' }, closed)).toBe('signal-1');
  });
});
