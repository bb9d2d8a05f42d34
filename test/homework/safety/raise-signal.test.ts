import { describe, expect, it } from 'vitest';
import { raiseSignal } from '../../../src/homework/safety/raise-signal.ts';
import type { SafetyEvidence, SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { feb } from '../report/report-state.ts';

const evidence: SafetyEvidence = { at: feb(3), by: { type: 'patient' }, logId: 'l1', linkId: 'q', value: true };
const raise = (known: readonly SafetySignal[], more: Partial<SafetyEvidence> = {}) =>
  raiseSignal(
    known,
    {
      ...{ patientId: 'ada', planId: 'p', rule: 'not-safe-now', evidence: { ...evidence, ...more } },
      idOf: (ordinal) => `s${ordinal}`,
    },
    feb(4),
  );
const first: SafetySignal = {
  ...{ id: 's1', patientId: 'ada', planId: 'p', rule: 'not-safe-now', ordinal: 1, status: 'open' },
  ...{ raisedAt: feb(4), evidence: [evidence], version: 1 },
};

describe('a safety signal that is raised', () => {
  const closed = { ...first, status: 'closed' } as const;
  it.each<[string, readonly SafetySignal[], Partial<SafetySignal>]>([
    ['is the first', [], {}],
    ['is the first of its rule', [{ ...first, rule: 'other-concern', ordinal: 7 }], {}],
    ['is the first of its patient', [{ ...first, patientId: 'marcus', ordinal: 7 }], {}],
    ['follows one that is closed', [closed], { id: 's2', ordinal: 2 }],
    ['follows the highest', [{ ...closed, ordinal: 4 }, closed], { id: 's5', ordinal: 5 }],
  ])('%s', (_, known, expected) => {
    expect(raise(known)).toEqual({ ...first, ...expected });
  });

  it.each<[string, Partial<SafetyEvidence>]>([
    ['another log', { logId: 'l2' }],
    ['another item', { linkId: 'q2' }],
    ['another answer', { value: false }],
  ])('gains what %s says, when it is open', (_, more) => {
    expect(raise([{ ...first, status: 'closed', ordinal: 0 }, first], more)).toEqual({
      ...{ ...first, version: 2, evidence: [evidence, { ...evidence, ...more }] },
    });
  });

  it('is the same when it is told the same, at whatever time', () => {
    expect(raise([first], { at: feb(9), by: { type: 'system', clientId: 'x' } })).toBe(first);
  });

  it('takes two reports that name no log for two', () => {
    const { logId: _log, ...bare } = evidence;
    const known = { ...first, evidence: [bare] };
    const command = { patientId: 'ada', planId: 'p', rule: 'not-safe-now', evidence: bare, idOf: String } as const;
    expect(raiseSignal([known], command, feb(4)).evidence).toHaveLength(2);
  });
});
