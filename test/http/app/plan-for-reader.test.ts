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

describe('what a reader is told of a change while the plan runs', () => {
  const changed = { at: '2026-03-03T15:00:00.000Z', by: 'Practitioner/kim', reason: 'She will not manage' };
  const view = {
    plan: {
      ...{ id: 'plan-1', patientId: 'sarah', status: 'active', title: 'Speaking up', timeZone: 'UTC' },
      changes: [{ ...changed, title: { from: 'Speak', to: 'Speaking up' } }],
    },
    assignments: [
      {
        ...{ id: 'a-1', planId: 'plan-1', patientId: 'sarah', key: '1', title: 'Say one thing' },
        schedules: [{ schedule: { type: 'once', by: '2026-03-06' }, from: '2026-03-01T15:00:00.000Z' }],
        changes: [
          { ...changed, title: { from: 'Say all', to: 'Say one thing' } },
          { ...changed, via: 'product', instructions: { to: 'Aloud.' } },
        ],
      },
    ],
    ...{ version: 1, occurrences: [], logs: [], barriers: [], feedback: [], reports: [], adherences: [], ledger: [] },
  } as unknown as PlanView;
  const sources = { sourceName: (id: string) => id, sources: [] } as never;

  it('is what and when to the patient, and neither who decided it nor the reason that they gave', () => {
    const told = planForReader(view, 'patient', sources);
    expect(JSON.stringify(told)).not.toMatch(/kim|manage/);
    expect(told.plan.changes).toEqual([{ at: changed.at, title: { from: 'Speak', to: 'Speaking up' } }]);
    expect(told.assignments[0]?.changes).toMatchObject([
      { at: changed.at, title: { from: 'Say all', to: 'Say one thing' } },
      { at: changed.at, instructions: { to: 'Aloud.' }, reportedBy: expect.anything() },
    ]);
    expect(told.assignments[0]?.revision).toBe(3);
  });

  it.each(['clinician', 'coordinator'] as const)('is all of it to a %s', (role) => {
    const told = planForReader(view, role, sources);
    expect(told.plan.changes).toMatchObject([changed]);
    expect(told.assignments[0]?.changes).toMatchObject([changed, { at: changed.at, reason: changed.reason }]);
  });
});
