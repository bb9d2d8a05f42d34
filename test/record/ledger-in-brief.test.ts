import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerInBrief } from '../../src/record/ledger/ledger-in-brief.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let planId: string;

beforeAll(async () => {
  test = await openTestRecord();
  test.setTime('2026-03-01T15:00:00.000Z');
  const created = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: 'in-brief' });
  planId = created.planId;
  const assignmentId = created.state.assignments[0]?.id ?? '';
  test.setTime('2026-03-04T15:30:00.000Z');
  for (const [number, { key: _key, ...log }] of sarahsLogs.slice(0, 2).entries())
    await logHomework(test.record, 'north', { ...log, sourceId: `in-brief-${number}`, assignmentId });
  await recordBarrier(test.record, 'north', {
    of: { artefact: 'assignment', id: assignmentId },
    code: 'fear',
    saidBy: 'patient',
    sourceId: 'in-brief',
  });
});
afterAll(() => test.close());

const brief = (reader: 'patient' | 'other') => ledgerInBrief(test.database, 'north', { planIds: [planId], reader });
const land = (more: string, values: readonly unknown[] = []) =>
  test.database.query(
    `update ledger set state = 'landed', landed = wanted, landing = 'native', landed_at = '2026-03-05T09:00:00Z' where tenant = 'north' ${more}`,
    [...values],
  );
const countsOf = (rows: readonly { readonly artefact: string; readonly count?: number }[]) => {
  const counts = new Map<string, number>();
  for (const { artefact, count = 1 } of rows) counts.set(artefact, (counts.get(artefact) ?? 0) + count);
  return Object.fromEntries([...counts].toSorted());
};

describe('where a plan stands, in brief', () => {
  it('has a row of each thing while all is on its way, for staff and for the patient', async () => {
    const { ledger } = await getPlan(test.record, 'north', planId);
    for (const reader of ['patient', 'other'] as const) {
      const rows = await brief(reader);
      expect(rows.map(({ artefact, id }) => `${artefact}/${id}`)).toEqual(
        ledger.map(({ artefact, id }) => `${artefact}/${id}`),
      );
      expect(rows.every((row) => !('count' in row))).toBe(true);
    }
  });

  it('tells what has landed alike as one row with its number, and what stood in the way by itself', async () => {
    await land('');
    const { ledger, barriers } = await getPlan(test.record, 'north', planId);
    const rows = await brief('other');
    expect(countsOf(rows)).toEqual(countsOf(ledger));
    expect(rows.filter(({ artefact }) => artefact === 'log')).toEqual([
      expect.objectContaining({ count: 2, state: 'landed', landing: 'native', landedAt: '2026-03-05T09:00:00.000Z' }),
    ]);
    const measures = rows.filter(({ artefact }) => artefact === 'measure');
    expect(measures).toHaveLength(2);
    expect(measures.find(({ id }) => id === barriers[0]?.id)).not.toHaveProperty('count');
    expect(rows.length).toBeLessThan(ledger.length);
  });

  it('tells the patient nothing of what has landed', async () => {
    expect(await brief('patient')).toEqual([]);
  });

  it('keeps apart what stands there in another way, for another reason, or not at all', async () => {
    const { logs, ledger } = await getPlan(test.record, 'north', planId);
    const measures = ledger.filter(
      ({ artefact, id }) => artefact === 'measure' && logs.some((log) => id.startsWith(`${log.id}.`)),
    );
    await land(`and id = $1`, [logs[0]?.id]);
    await test.database.query(`update ledger set landing = 'note' where id = $1`, [logs[0]?.id]);
    await test.database.query(`update ledger set state = 'rejected', reason_code = 'refused' where id = $1`, [
      measures[0]?.id,
    ]);
    await test.database.query(`update ledger set landing = 'app-only', reason_code = 'no-row' where id = $1`, [
      measures[1]?.id,
    ]);
    const rows = await brief('other');
    expect(countsOf(rows)).toEqual(countsOf(ledger));
    expect(
      rows
        .filter(({ artefact }) => artefact === 'log')
        .map(({ landing, count }) => [landing, count])
        .toSorted(),
    ).toEqual([
      ['native', 1],
      ['note', 1],
    ]);
    expect(rows.find(({ id }) => id === measures[0]?.id)).toMatchObject({
      state: 'rejected',
      why: { code: 'refused' },
    });
    expect(rows.find(({ id }) => id === measures[0]?.id)).not.toHaveProperty('count');
    expect(rows.find(({ landing }) => landing === 'app-only')).toMatchObject({ count: 1, why: { code: 'no-row' } });
  });

  it('says nothing of another tenant’s plan', async () => {
    expect(await ledgerInBrief(test.database, 'south', { planIds: [planId], reader: 'other' })).toEqual([]);
  });
});
