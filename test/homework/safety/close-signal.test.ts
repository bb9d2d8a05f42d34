import { describe, expect, it } from 'vitest';
import { type CloseSignal, closeSignal } from '../../../src/homework/safety/close-signal.ts';
import type { SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { feb } from '../report/report-state.ts';

const open: SafetySignal = {
  ...{ id: 's1', patientId: 'ada', planId: 'p', rule: 'not-safe-now', ordinal: 1, status: 'open' },
  ...{ raisedAt: feb(3), version: 2 },
  evidence: [
    { at: feb(5), by: { type: 'patient' } },
    { at: feb(4), by: { type: 'patient' } },
  ],
};
const decision: CloseSignal = { by: 'Practitioner/1', reason: ' Talked; a plan was made \n' };

describe('a safety signal that is closed', () => {
  it('has who closed it, when and why, and all that it had', () => {
    expect(closeSignal(open, decision, feb(6))).toEqual({
      ...{ ...open, status: 'closed', closedAt: feb(6), closedBy: 'Practitioner/1', version: 3 },
      closeReason: 'Talked; a plan was made',
    });
    expect(closeSignal(open, { ...decision, via: 'product' }, feb(6)).closedVia).toBe('product');
    expect(closeSignal(open, { ...decision, by: 'PractitionerRole/1' }, feb(6)).closedBy).toBe('PractitionerRole/1');
  });

  it.each([
    ['when it is closed', feb(6), open, feb(6)],
    // the clock was wrong
    ['not before it was noticed last', feb(4), open, feb(5)],
    ['not before it was raised', feb(2), { ...open, evidence: [] }, feb(3)],
    ['not before either', feb(2), open, feb(5)],
    ['when it is closed, after it was raised', feb(4), { ...open, evidence: [] }, feb(4)],
  ])('is closed %s', (_, at, signal, closedAt) => {
    expect(closeSignal(signal, decision, at).closedAt).toBe(closedAt);
  });
});

describe('closing is refused', () => {
  const issue = (path: string, problem: string) => ({
    ...{ code: 'invalid-request', fields: { issues: [{ path, problem }] }, message: `${path} ${problem}` },
  });
  const nobody = issue('by', 'is not a person of the care team');
  const closed: SafetySignal = { ...open, status: 'closed' };
  it.each<[Partial<CloseSignal>, SafetySignal, object]>([
    [{ by: 'Patient/ada' }, open, nobody],
    [{ by: 'Practitioner/' }, open, nobody],
    [{ by: 'Practitioner' }, open, nobody],
    [{ by: 'https://other.example/Practitioner/1' }, open, nobody],
    [{ by: 'RelatedPractitioner/1' }, open, nobody],
    [{ reason: ' \n' }, open, issue('reason', 'is empty')],
    [{ reason: '', by: 'x' }, closed, nobody],
    [
      {},
      closed,
      { code: 'signal-closed', fields: { signalId: 's1' }, message: 'signalId: this safety signal is closed' },
    ],
  ])('%j', (changes, signal, expected) => {
    expect(() => closeSignal(signal, { ...decision, ...changes }, feb(6))).toThrow(expect.objectContaining(expected));
  });
});
