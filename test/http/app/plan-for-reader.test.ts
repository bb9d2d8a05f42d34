import { describe, expect, it } from 'vitest';
import type { RowReason } from '../../../src/homework/ledger/row-reason.ts';
import type { Role } from '../../../src/homework/role.ts';
import { planForReader } from '../../../src/http/app/plan-for-reader.ts';
import type { LedgerRow } from '../../../src/record/ledger/ledger-row.ts';
import type { PlanView } from '../../../src/record/use-cases/get-plan.ts';

const row = (why: RowReason | null, words: string | null): LedgerRow => ({
  ...{ artefact: 'log', id: 'log-1', resourceType: 'QuestionnaireResponse', groupId: 'log:log-1', planId: 'plan-1' },
  ...{ patientId: 'sarah', wanted: 1, sent: 0, landed: 0, state: 'waiting', landing: 'native', why, words },
  ...{ waitingSince: '2026-03-02T15:00:00.000Z', ehrReference: null, ehrVersion: null, landedAt: null },
  ...{ wantedAt: '2026-03-02T15:00:00.000Z', lastStatus: null, lastOutcome: null, withdraw: false },
});

/** What a reader of this role is shown of one ledger row. */
function shown(role: Role, why: RowReason | null, words: string | null = null): object | undefined {
  const view: PlanView = {
    plan: {
      ...{
        id: 'plan-1',
        patientId: 'sarah',
        status: 'active',
        title: 'Speaking up',
        timeZone: 'UTC',
        language: 'en-US',
      },
    },
    ...{ version: 1, updatedAt: '2026-03-02T15:00:00.000Z', assignments: [], occurrences: [], logs: [], barriers: [] },
    ...{ feedback: [], reports: [], adherences: [], ledger: [row(why, words)] },
  } as unknown as PlanView;
  const { ledger } = planForReader(view, role, { sourceName: (id: string) => id } as never);
  return ledger[0];
}

describe('what a reader is told of a row that waits', () => {
  const merged: RowReason = { code: 'patient', standing: 'merged', survivorId: 'sarah-lindqvist-2' };

  it.each(['clinician', 'coordinator'] as const)('names the record that it was merged into to a %s', (role) => {
    expect(shown(role, merged)).toMatchObject({
      waitingFor: merged,
      because: null,
      reason: expect.stringContaining('Patient/sarah-lindqvist-2'),
    });
  });

  it('names no other record to the patient', () => {
    const told = shown('patient', merged);
    expect(JSON.stringify(told)).not.toContain('sarah-lindqvist-2');
    expect(told).toMatchObject({
      waitingFor: { code: 'patient', standing: 'merged' },
      reason: 'for a person: the EHR has merged this patient into another record',
    });
  });

  it.each<[RowReason | null, string | null, object]>([
    [{ code: 'report' }, null, { waitingFor: { code: 'report' }, because: null }],
    [{ code: 'patient', standing: 'gone' }, null, { waitingFor: { code: 'patient', standing: 'gone' }, because: null }],
    [{ code: 'refused' }, null, { waitingFor: null, because: { code: 'refused' } }],
    [null, 'The chart has it on paper', { waitingFor: null, because: null, reason: 'The chart has it on paper' }],
  ])('says %j to everybody alike', (why, words, expected) => {
    for (const role of ['clinician', 'coordinator', 'patient'] as const) {
      expect(shown(role, why, words)).toMatchObject(expected);
      expect(shown(role, why, words)).not.toHaveProperty('why');
    }
  });
});
