import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlaceAnswer } from '../../src/record/ledger/chart-reader.ts';
import { confirmRow } from '../../src/record/ledger/confirm.ts';
import { countLedger } from '../../src/record/ledger/ledger-filter.ts';
import type { LedgerRow, LedgerState } from '../../src/record/ledger/ledger-row.ts';
import { listLedger } from '../../src/record/ledger/list-ledger.ts';
import { rebuildLedger } from '../../src/record/ledger/rebuild-ledger.ts';
import { retryRow } from '../../src/record/ledger/retry.ts';
import { retryMany } from '../../src/record/ledger/retry-many.ts';
import { showLedger } from '../../src/record/ledger/show-ledger.ts';
import { withdrawRow } from '../../src/record/ledger/withdraw.ts';
import { readResource } from '../../src/record/store/read-resource.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let planId: string;
let assignmentId: string;
let serial = 0;
const { key: _key, ...firstLog } = sarahsLogs[0] ?? sarahsLogs[1] ?? { key: '', performedAt: '', answers: {} };

beforeAll(async () => {
  test = await openTestRecord();
});
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  const created = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: `ledger-${++serial}` });
  planId = created.planId;
  assignmentId = created.state.assignments[0]?.id ?? '';
});
afterAll(() => test.close());

const logNow = () => {
  test.setTime('2026-03-02T15:30:00.000Z');
  return logHomework(test.record, 'north', { ...firstLog, sourceId: `log-${serial}`, assignmentId });
};
const rowsOf = async (): Promise<Map<string, LedgerRow>> =>
  new Map((await getPlan(test.record, 'north', planId)).ledger.map((row) => [`${row.artefact}/${row.id}`, row]));
const groups = async () =>
  (await test.database.query(`select id, due, next_at from landing_group where plan_id = $1 order by id`, [planId]))
    .rows;
const setRow = (id: string, state: LedgerState, part = 'landed = 0') =>
  test.database.query(`update ledger set state = $2, ${part} where tenant = 'north' and id = $1`, [id, state]);

describe('want', () => {
  it('has a row for everything that was made, each group due at once, and none for goals', async () => {
    const rows = [...(await rowsOf()).values()];
    const { rows: resources } = await test.database.query('select artefact, id from resource where plan_id = $1', [
      planId,
    ]);
    const wanted = resources
      .filter(({ artefact }) => artefact !== 'goal')
      .map(({ artefact, id }) => `${artefact}/${id}`);
    expect(rows.map(({ artefact, id }) => `${artefact}/${id}`).toSorted()).toEqual(wanted.toSorted());
    expect(resources.length).toBeGreaterThan(wanted.length);
    expect(rows.every((row) => row.state === 'pending' && row.wanted === 1 && row.sent === 0 && row.landed === 0)).toBe(
      true,
    );
    const at = '2026-03-01T15:00:00.000Z';
    expect(await groups()).toEqual([
      { id: `adherence:${planId}`, due: true, next_at: at },
      { id: `plan:${planId}`, due: true, next_at: at },
    ]);
  });

  it('moves only what changed, and makes its group due again', async () => {
    await test.database.query('update landing_group set due = false');
    const before = await rowsOf();
    await logNow();
    const after = await rowsOf();
    const moved = [...after]
      .filter(([key, row]) => (before.get(key)?.wanted ?? 0) + 1 === row.wanted)
      .map(([key]) => key);
    const occurrence = (n: number) => `occurrence/${assignmentId}.${n}`;
    expect(moved).toEqual(expect.arrayContaining([`assignment/${assignmentId}`, occurrence(1), occurrence(2)]));
    // locked assignments are as they were
    expect(moved.filter((key) => key.startsWith('assignment/'))).toHaveLength(1);
    expect(moved.filter((key) => key.startsWith('measure/'))).toHaveLength(6);
    for (const [key, row] of after) if (!moved.includes(key)) expect(row).toEqual(before.get(key));
    expect((await groups()).filter(({ due }) => due).map(({ id }) => String(id).split(':')[0])).toEqual([
      'adherence',
      'log',
      'plan',
    ]);
  });

  it.each<[LedgerState, LedgerState]>([
    ['landed', 'pending'],
    ['rejected', 'pending'],
    ['waiting', 'pending'],
    ['in-flight', 'in-flight'],
    ['unknown', 'unknown'],
    ['awaiting-review', 'awaiting-review'],
    ['withdrawn', 'withdrawn'],
  ])('what is %s and changes is then %s, and more is wanted', async (before, after) => {
    await setRow(
      assignmentId,
      before,
      `reason = 'why', reason_code = 'encounter', reason_detail = '{"rule":"next-opened"}', sent = 1`,
    );
    await logNow();
    const row = (await rowsOf()).get(`assignment/${assignmentId}`);
    expect(row).toMatchObject({ state: after, wanted: 2, sent: 1, words: after === 'pending' ? null : 'why' });
    expect(row?.why).toEqual(after === 'pending' ? null : { code: 'encounter', rule: 'next-opened' });
  });

  it('does not move when nothing is different', async () => {
    const { log } = await logNow();
    const before = await rowsOf();
    await amendLog(test.record, 'north', { logId: log.id, items: log.items });
    const after = await rowsOf();
    // amended is another status, so the log itself moves; its measures say the same as before
    const measures = [...after.values()].filter(({ artefact }) => artefact === 'measure');
    expect(measures.every(({ id, wanted }) => before.get(`measure/${id}`)?.wanted === wanted)).toBe(true);
  });

  it('keeps what is taken back, as entered in error', async () => {
    const { log } = await logNow();
    await retractLog(test.record, 'north', { logId: log.id });
    const { resource } = await readResource(test.record, 'north', { type: 'Observation', id: `${log.id}.suds-peak` });
    expect(resource).toMatchObject({ status: 'entered-in-error' });
    expect((await rowsOf()).get(`log/${log.id}`)).toMatchObject({ wanted: 2, state: 'pending' });
  });
});

describe('what a person decides', () => {
  const key = () => ({ artefact: 'assignment', id: assignmentId });

  it('confirm: says where an unknown one stands; what was wanted since goes out as an update', async () => {
    await setRow(assignmentId, 'unknown', 'sent = 1');
    const row = await confirmRow(test.record, 'north', {
      ...key(),
      reference: 'Task/17',
      by: 'Practitioner/dr-okafor',
    });
    expect(row).toMatchObject({
      state: 'landed',
      landed: 1,
      ehrReference: 'Task/17',
      landedAt: '2026-03-01T15:00:00.000Z',
    });
    const { attempts } = await showLedger(test.record, 'north', key());
    expect(attempts).toMatchObject([
      { disposition: 'person:confirm', detail: 'Task/17 version 1, said by Practitioner/dr-okafor' },
    ]);
    expect(row.ehrVersion).toBe('1');

    await setRow(assignmentId, 'unknown', 'sent = 1, landed = 0, wanted = 3');
    expect(await confirmRow(test.record, 'north', { ...key(), reference: 'Task/17' })).toMatchObject({
      state: 'pending',
      landed: 1,
      wanted: 3,
    });
  });

  it('confirm: refuses what is not unknown, and a reference that is none', async () => {
    const pending = confirmRow(test.record, 'north', { ...key(), reference: 'Task/17' });
    await expect(pending).rejects.toMatchObject({ code: 'not-supported', fields: { what: 'confirm' } });
    const url = confirmRow(test.record, 'north', { ...key(), reference: 'https://elsewhere.example/Task/17' });
    await expect(url).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it.each<[PlaceAnswer, string, object]>([
    [
      { answer: 'other', differs: ['type', 'patient'] },
      'place-mismatch',
      { reference: 'Patient/sarah', differs: ['type', 'patient'] },
    ],
    [{ answer: 'absent' }, 'place-mismatch', { reference: 'Patient/sarah', differs: ['absent'] }],
    [{ answer: 'unreadable', status: 403 }, 'not-supported', { what: 'confirm' }],
    [{ answer: 'unreachable' }, 'ehr-unreachable', { tenant: 'north' }],
  ])('confirm: is refused when the EHR answers %j, and changes nothing', async (place, code, fields) => {
    await setRow(assignmentId, 'unknown', 'sent = 1');
    test.places.set('Patient/sarah', place);
    const before = await rowsOf();
    const asked = confirmRow(test.record, 'north', { ...key(), reference: 'Patient/sarah' });
    await expect(asked).rejects.toMatchObject({ code, fields });
    expect(await rowsOf()).toEqual(before);
  });

  it('retry as not there: is asked of the EHR first, and refused when it is there or nobody can say', async () => {
    await setRow(assignmentId, 'unknown', `sent = 1, ehr_reference = 'Task/17'`);
    const notThere = () => retryRow(test.record, 'north', { ...key(), notThere: true });
    test.whereabouts.set(assignmentId, { answer: 'found', references: ['Task/18'] });
    await expect(notThere()).rejects.toMatchObject({ code: 'stands-in-ehr', fields: { references: ['Task/18'] } });
    test.whereabouts.set(assignmentId, { answer: 'unreachable' });
    await expect(notThere()).rejects.toMatchObject({ code: 'ehr-unreachable' });
    expect((await rowsOf()).get(`assignment/${assignmentId}`)).toMatchObject({ ehrReference: 'Task/17' });
    test.whereabouts.set(assignmentId, { answer: 'cannot-tell' });
    expect(await notThere()).toMatchObject({ state: 'pending', ehrReference: null });
  });

  it('retry: what was rejected is pending and due now; what is unknown stays so, and is looked for', async () => {
    await setRow(
      assignmentId,
      'rejected',
      `reason = 'they said no', reason_code = 'no-update', reason_detail = '{"type":"Task"}'`,
    );
    await test.database.query('update landing_group set due = false, attempts = 7');
    expect(await retryRow(test.record, 'north', key())).toMatchObject({ state: 'pending', words: null, why: null });
    expect((await groups()).filter(({ due }) => due)).toMatchObject([{ id: `plan:${planId}` }]);
    await setRow(assignmentId, 'unknown');
    expect(await retryRow(test.record, 'north', key())).toMatchObject({ state: 'unknown' });
    await setRow(assignmentId, 'landed', 'landed = 1');
    await expect(retryRow(test.record, 'north', key())).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('withdraw: it shall not land, unless it is on its way or has landed', async () => {
    const command = { ...key(), reason: 'not for the chart' };
    expect(await withdrawRow(test.record, 'north', command)).toMatchObject({
      state: 'withdrawn',
      withdraw: true,
      words: 'not for the chart',
    });
    expect(await retryRow(test.record, 'north', key())).toMatchObject({ state: 'pending', withdraw: false });
    await setRow(assignmentId, 'in-flight');
    expect(await withdrawRow(test.record, 'north', command)).toMatchObject({ state: 'in-flight', withdraw: true });
    await setRow(assignmentId, 'landed', 'landed = 1');
    await expect(withdrawRow(test.record, 'north', command)).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('nothing, while an attempt is under way', async () => {
    await setRow(assignmentId, 'unknown', 'sent = 1');
    await test.database.query('update landing_group set lease_until = $1', [new Date('2026-03-01T15:00:30Z')]);
    await expect(confirmRow(test.record, 'north', { ...key(), reference: 'Task/17' })).rejects.toMatchObject({
      code: 'not-supported',
    });
    test.setTime('2026-03-01T15:00:31Z');
    expect(await confirmRow(test.record, 'north', { ...key(), reference: 'Task/17' })).toMatchObject({
      state: 'landed',
    });
    await expect(retryRow(test.record, 'north', { artefact: 'assignment', id: 'none' })).rejects.toMatchObject({
      code: 'unknown-artefact',
    });
  });
});

describe('listLedger', () => {
  it('filters and pages', async () => {
    await setRow(assignmentId, 'rejected');
    const rejected = await listLedger(test.record, 'north', { planId, states: ['rejected', 'unknown'] });
    expect(rejected.rows).toMatchObject([{ artefact: 'assignment', id: assignmentId }]);
    const all = await listLedger(test.record, 'north', { planId, count: 200 });
    const paged: LedgerRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLedger(test.record, 'north', {
        planId,
        count: 4,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.rows);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.rows);
    expect(
      (await listLedger(test.record, 'north', { artefact: 'plan', patientId: 'sarah', planId })).rows,
    ).toHaveLength(1);
    expect((await listLedger(test.record, 'south')).rows).toEqual([]);
  });
});

describe('what a person holds in their hand of a row', () => {
  const found = async (find: string, more: object = {}) => {
    const { rows } = await listLedger(test.record, 'north', { find, count: 200, ...more });
    expect(await countLedger(test.record, 'north', { find, ...more })).toBe(rows.length);
    return rows;
  };

  it('finds it: by id, by where it stands, by an address or an identifier, by the beginning of its id', async () => {
    await setRow(assignmentId, 'landed', `ehr_reference = 'Task/place-17'`);
    for (const find of [
      assignmentId,
      ` ${assignmentId} `,
      `Task/${assignmentId}`,
      assignmentId.toUpperCase(),
      'place-17',
      'Task/place-17',
      'https://fhir.harbor.example/r4/Task/place-17',
      'https://fhir.harbor.example/r4/Task/place-17/_history/3?_format=json',
      `https://intersession.dev/id/assignment|${assignmentId}`,
    ]) {
      const own = (await found(find)).filter(({ artefact }) => artefact === 'assignment');
      expect([find, own.map(({ id }) => id)]).toEqual([find, [assignmentId]]);
    }
    expect(await found(assignmentId.slice(0, 8), { artefact: 'assignment' })).toMatchObject([{ id: assignmentId }]);
    expect(await found(assignmentId.slice(0, 8).toUpperCase(), { artefact: 'assignment' })).toMatchObject([
      { id: assignmentId },
    ]);
    // what a whole id finds, its beginning finds too
    expect((await found(planId.slice(0, 13))).map(({ id }) => id)).toEqual((await found(planId)).map(({ id }) => id));
    expect(await found(assignmentId.slice(0, 7))).toEqual([]);
    expect(await found('Task/1')).toEqual([]);
  });

  it('finds all of a plan, of a patient, and of a request to the EHR', async () => {
    const all = (await listLedger(test.record, 'north', { planId, count: 200 })).rows;
    expect(await found(planId)).toEqual(all);
    const plans = (await listLedger(test.record, 'north', { patientId: 'sarah', artefact: 'plan' })).rows;
    expect(await found('Patient/sarah', { artefact: 'plan' })).toEqual(plans);
    expect(plans.length).toBeGreaterThan(1);
    const attempt = '0c7a55ac-9c1b-44fd-a0c3-7e2f90b3d6aa';
    await test.database.query(
      `insert into attempt (id, tenant, group_id, started_at, landing, rows) values ($1, 'north', $2, $3, 'native', '[]')`,
      [attempt, `plan:${planId}`, new Date('2026-03-01T15:00:00Z')],
    );
    const inRequest = await found(attempt);
    expect(new Set(inRequest.map(({ groupId }) => groupId))).toEqual(new Set([`plan:${planId}`]));
    expect(await listLedger(test.record, 'south', { find: attempt })).toEqual({ rows: [] });
  });

  it('is a text and never SQL or a pattern', async () => {
    for (const find of ["' or true --", '%%%%%%%%%', '________', '\\', '}{,"']) {
      expect([find, await found(find)]).toEqual([find, []]);
    }
  });
});

describe('many rows tried again', () => {
  it('are taken by why they stand so, a hundred at a time, each once', async () => {
    const { rows } = await listLedger(test.record, 'north', { planId, count: 200 });
    const { rows: inserted } = await test.database.query<{ id: string }>(
      `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, reason_code, wanted_at)
       select 'north', 'measure', 'many-' || lpad(n::text, 3, '0'), 'Observation', $1, $2, 'sarah', 1, 'rejected',
         case when n <= 103 then 'refused' else 'unknown-patient' end, $3
       from generate_series(1, 110) n returning id`,
      [rows[0]?.groupId, planId, new Date('2026-03-01T15:00:00Z')],
    );
    await test.database.query('update landing_group set attention = true where id = $1', [rows[0]?.groupId]);
    expect(inserted).toHaveLength(110);
    const which = { state: 'rejected', reasonCode: 'refused', artefact: 'measure', reason: 'mended' } as const;
    expect(await countLedger(test.record, 'north', { ...which, states: ['rejected'] })).toBe(103);
    const first = await retryMany(test.record, 'north', which);
    expect(first).toMatchObject({ tried: 100, left: 0, next: expect.any(String) });
    const cursor = first.next ?? '';
    // refused again at once: it is not tried for ever
    await test.database.query(`update ledger set state = 'rejected', reason_code = 'refused' where id = 'many-001'`);
    expect(await retryMany(test.record, 'north', { ...which, cursor })).toEqual({ tried: 3, left: 0 });
    expect(await countLedger(test.record, 'north', { states: ['rejected'], artefact: 'measure' })).toBe(8);
    await test.database.query(`delete from ledger where id like 'many-%'`);
  });
});

describe('rebuildLedger', () => {
  it('brings back what is lost as unknown, to be looked for, and leaves what stands', async () => {
    await logNow();
    await giveFeedback(test.record, 'north', {
      of: { artefact: 'plan', id: planId },
      author: 'Practitioner/dr-okafor',
      text: 'Well done',
    });
    const before = await rowsOf();
    await setRow(planId, 'landed', `landed = wanted, sent = wanted, ehr_reference = 'CarePlan/5'`);
    expect(await rebuildLedger(test.record, 'north')).toMatchObject({ resources: 0, wanted: 0 });

    await test.database.query(`delete from ledger where plan_id = $1 and artefact <> 'plan'`, [planId]);
    await test.database.query('delete from landing_group where plan_id = $1 and id like $2', [planId, 'log:%']);
    await test.database.query(`delete from resource where plan_id = $1 and type = 'Observation'`, [planId]);
    const rebuilt = await rebuildLedger(test.record, 'north');
    expect(rebuilt.wanted).toBe(before.size - 1);
    const after = await rowsOf();
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(after.get(`plan/${planId}`)).toMatchObject({ state: 'landed', ehrReference: 'CarePlan/5' });
    expect(after.get(`assignment/${assignmentId}`)).toMatchObject({ state: 'unknown', sent: 0 });
    expect(after.get(`assignment/${assignmentId}`)?.wanted).toBe(before.get(`assignment/${assignmentId}`)?.wanted);
    expect(await rebuildLedger(test.record, 'north')).toMatchObject({ resources: 0, wanted: 0 });
  });
});
