import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worklist } from '../../../src/record/roster/asked-worklist.ts';
import { endSetAside, noteContact, undoContact } from '../../../src/record/roster/note-contact.ts';
import { flaggedPatients, listWorklist, worklistSorts } from '../../../src/record/roster/worklist.ts';
import { closeSafetySignal } from '../../../src/record/safety/close-safety-signal.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { closePlan } from '../../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { sweepPlan } from '../../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';

const begin = '2026-03-01T15:00:00.000Z';
const by = 'Practitioner/coordinator-reyes';
let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
}, 60_000);
afterAll(() => test.close());

async function aPatient(titles: readonly string[] = ['One'], at = begin): Promise<{ id: string; plans: string[] }> {
  test.setTime(at);
  const id = `p-${randomUUID()}`;
  const plans: string[] = [];
  for (const title of titles) {
    const { state } = await createPlan(test.record, 'north', {
      ...sarahsPlan,
      patientId: id,
      title,
      sourceId: `${id} ${title}`,
    });
    plans.push(state.plan.id);
  }
  return { id, plans };
}
const list = async (worklist: Worklist) => (await listWorklist(test.record, 'north', worklist)).rows;
const ids = async (worklist: Worklist) => (await list(worklist)).map(({ patientId }) => patientId);
async function rowOf(id: string) {
  const [row, ...more] = await list({ patientIds: [id] });
  expect(more).toEqual([]);
  return row ?? expect.fail('the patient is not on the list');
}
const barrierIn = (planId: string, code: 'fear' | 'no-time' = 'fear') =>
  recordBarrier(test.record, 'north', { of: { artefact: 'plan', id: planId }, code, saidBy: 'patient' });

describe('a patient with several plans', () => {
  it('is one row in every order, one in every count, with what each plan says', async () => {
    const { id, plans } = await aPatient(['Sleep', 'Mood', 'Lifts']);
    const [sleep = '', mood = '', lifts = ''] = plans;
    await barrierIn(sleep);
    await barrierIn(mood, 'no-time');
    await closePlan(test.record, 'north', { planId: lifts, status: 'completed' });
    for (const sort of worklistSorts) expect(await ids({ sort, patientIds: [id] })).toEqual([id]);
    const { barrier, 'in-need': inNeed } = await flaggedPatients(test.record, 'north', { patientIds: [id] });
    expect([barrier, inNeed]).toEqual([[id], [id]]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ barriers: 2 });
    // those that run, and the one that was closed lately last
    expect(
      row.plans
        .map(({ title }) => title)
        .slice(0, 2)
        .sort(),
    ).toEqual(['Mood', 'Sleep']);
    expect(row.plans[2]).toMatchObject({ id: lifts, title: 'Lifts', status: 'completed' });
    expect(
      row.plans
        .flatMap(({ attention }) => attention?.reasons ?? [])
        .map(({ barrier }) => barrier)
        .sort(),
    ).toEqual(['fear', 'no-time']);
  });

  it('does not go by a plan that is over; nor is one closed long ago told of', async () => {
    const { id, plans } = await aPatient(['Runs', 'Over']);
    await barrierIn(plans[1] ?? '');
    await closePlan(test.record, 'north', { planId: plans[1] ?? '', status: 'revoked', reason: 'moved' });
    expect(await rowOf(id)).toMatchObject({ barriers: 0 });
    test.setTime('2026-03-20T15:00:00.000Z');
    expect((await rowOf(id)).plans.map(({ title }) => title)).toEqual(['Runs']);
    test.setTime(begin);
    await closePlan(test.record, 'north', { planId: plans[0] ?? '', status: 'completed' });
    expect(await ids({ patientIds: [id] })).toEqual([]);
  });

  it('is summed up right when two plans change at the same moment', async () => {
    const { id, plans } = await aPatient(['A', 'B', 'C']);
    for (let round = 0; round < 3; round += 1) await Promise.all(plans.map((planId) => barrierIn(planId)));
    expect(await rowOf(id)).toMatchObject({ barriers: 3 });
    await Promise.all(plans.slice(1).map((planId) => closePlan(test.record, 'north', { planId, status: 'completed' })));
    expect(await rowOf(id)).toMatchObject({ barriers: 1 });
  });

  it('is found by the title of any plan that runs, along the order and by the title', async () => {
    const { id } = await aPatient(['Kingfisher watch', 'Otter walks']);
    for (const text of ['kingfisher', 'otter', 'ter wal'])
      expect(await ids({ patientIds: [id], search: { text, patientIds: [] } })).toEqual([id]);
    expect(await ids({ patientIds: [id], search: { text: 'watch otter', patientIds: [] } })).toEqual([]);
  });

  it('shows a message that nobody has read', async () => {
    const { id, plans } = await aPatient();
    await giveFeedback(test.record, 'north', {
      of: { artefact: 'plan', id: plans[0] ?? '' },
      author: 'patient',
      text: 'May I ask?',
    });
    expect(await ids({ filter: 'message', patientIds: [id] })).toEqual([id]);
    expect((await rowOf(id)).plans[0]?.attention?.reasons).toMatchObject([{ code: 'message', count: 1, since: begin }]);
  });
});

describe('the longest without a log', () => {
  it('is who has had something due for longest; nobody of whom nothing was due stands before them', async () => {
    const [silent, fresh] = [await aPatient(['Due']), await aPatient(['Not swept: nothing due'])];
    await sweepPlan(test.record, 'north', silent.plans[0] ?? '', '2026-03-20T15:00:00.000Z');
    const both = { patientIds: [silent.id, fresh.id] };
    expect(await ids({ ...both, sort: 'last-log' })).toEqual([silent.id, fresh.id]);
    expect((await rowOf(silent.id)).silentSince).not.toBeNull();
    expect((await rowOf(fresh.id)).silentSince).toBeNull();
    test.setTime(begin);
  });

  it('goes on page by page over those of whom nothing was due', async () => {
    const people = [await aPatient(), await aPatient(), await aPatient()].map(({ id }) => id);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listWorklist(test.record, 'north', {
        ...{ patientIds: people, sort: 'last-log', count: 1 },
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.rows.map(({ patientId }) => patientId));
      after = page.next;
    } while (after !== undefined);
    expect(seen.sort()).toEqual(people.sort());
  });
});

describe('a patient who was set aside', () => {
  const until = '2026-03-09T09:00:00.000Z';
  const aside = (patientId: string, snoozeUntil = until) =>
    noteContact(test.record, 'north', { patientId, by, note: 'Called', snoozeUntil });

  it('stands behind everybody else in every order, in no filter but their own, and is back in time', async () => {
    const [first, second] = [await aPatient(), await aPatient()];
    await barrierIn(first.plans[0] ?? '');
    await barrierIn(first.plans[0] ?? '', 'no-time');
    const both = { patientIds: [first.id, second.id] };
    expect(await ids(both)).toEqual([first.id, second.id]);
    await aside(first.id);
    for (const sort of worklistSorts) expect(await ids({ ...both, sort })).toEqual([second.id, first.id]);
    expect(await ids({ ...both, filter: 'barrier' })).toEqual([]);
    expect(await ids({ ...both, filter: 'set-aside' })).toEqual([first.id]);
    expect(await flaggedPatients(test.record, 'north', both)).toMatchObject({
      ...{ barrier: [], 'set-aside': [first.id], 'in-need': [] },
    });
    expect(await rowOf(first.id)).toMatchObject({ contactBy: by, contactNote: 'Called' });
    test.setTime(until);
    expect(await ids(both)).toEqual([first.id, second.id]);
    expect(await ids({ ...both, filter: 'set-aside' })).toEqual([]);
    test.setTime(begin);
  });

  it('is read page by page to the end, set aside or not', async () => {
    const people = [];
    for (let n = 0; n < 5; n += 1) people.push((await aPatient()).id);
    for (const id of people.slice(0, 3)) await aside(id);
    for (const sort of worklistSorts) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await listWorklist(test.record, 'north', {
          ...{ patientIds: people, sort, count: 2 },
          ...(after === undefined ? {} : { after }),
        });
        seen.push(...page.rows.map(({ patientId }) => patientId));
        after = page.next;
      } while (after !== undefined);
      expect([sort, seen.toSorted()]).toEqual([sort, people.toSorted()]);
      expect(seen.slice(2).toSorted()).toEqual(people.slice(0, 3).toSorted());
    }
  });

  it('is back at once when something new happens, and not by more of the silence that was known', async () => {
    const { id, plans } = await aPatient();
    await barrierIn(plans[0] ?? '');
    await aside(id);
    expect((await rowOf(id)).asideUntil).toEqual(expect.anything());
    test.setTime('2026-03-02T15:00:00.000Z');
    await barrierIn(plans[0] ?? '', 'no-time');
    expect((await rowOf(id)).asideUntil).toBeNull();
    // called again, it is known
    await aside(id);
    expect((await rowOf(id)).asideUntil).not.toBeNull();
    test.setTime(begin);
  });

  it('is back by a later contact that sets nobody aside, and by whoever puts them back; the note stays', async () => {
    const { id } = await aPatient();
    const { id: contactId } = await aside(id);
    await endSetAside(test.record, 'north', { contactId, by: 'Practitioner/other' });
    await endSetAside(test.record, 'north', { contactId, by });
    expect(await rowOf(id)).toMatchObject({ asideUntil: null, contactNote: 'Called', endedBy: 'Practitioner/other' });
    test.setTime('2026-03-01T15:01:00.000Z');
    await aside(id);
    expect((await rowOf(id)).asideUntil).not.toBeNull();
    test.setTime('2026-03-01T15:02:00.000Z');
    await noteContact(test.record, 'north', { patientId: id, by, note: 'Again' });
    expect((await rowOf(id)).asideUntil).toBeNull();
    test.setTime(begin);
  });

  it('stays before the others while a safety signal is open, behind those with one who are not set aside', async () => {
    const [safe, risky, other] = [await aPatient(), await aPatient(), await aPatient()];
    for (const { id } of [risky, other])
      await raiseSafetySignal(test.record, 'north', { patientId: id, rule: 'other-concern', by: { type: 'patient' } });
    await aside(risky.id);
    const all = { patientIds: [safe.id, risky.id, other.id] };
    expect(await ids(all)).toEqual([other.id, risky.id, safe.id]);
    expect(await ids({ ...all, filter: 'safety' })).toEqual([other.id, risky.id]);
    const counts = await flaggedPatients(test.record, 'north', all);
    expect([counts.safety.length, counts['in-need'].length]).toEqual([2, 2]);
  });

  it.each([
    { place: 'the barrier', filter: 'barrier' },
    { place: 'what was missed', filter: 'stopped' },
    { place: 'what waits for a clinician', filter: 'waiting-unlock' },
  ] as const)('is not set aside while a safety signal is open: not in $place, nor in any order', async ({ filter }) => {
    const [calm, risky, other] = [await aPatient(), await aPatient(), await aPatient()];
    const all = { patientIds: [calm.id, risky.id, other.id] };
    for (const planId of [...calm.plans, ...risky.plans]) {
      await barrierIn(planId);
      await test.database.query('update plan set stopped = 1, waiting_unlock = 1 where id = $1', [planId]);
    }
    const { signal } = await raiseSafetySignal(test.record, 'north', {
      ...{ patientId: risky.id, rule: 'other-concern', by: { type: 'patient' } },
    });
    for (const { id } of [calm, risky]) await aside(id);
    for (const sort of worklistSorts) {
      expect([sort, await ids({ ...all, sort, filter })]).toEqual([sort, [risky.id]]);
      expect([sort, await ids({ ...all, sort, filter: 'set-aside' })]).toEqual([sort, [calm.id]]);
      expect([sort, (await ids({ ...all, sort })).at(-1)]).toEqual([sort, calm.id]);
      expect([sort, (await ids({ ...all, sort })).toSorted()]).toEqual([sort, all.patientIds.toSorted()]);
    }
    const counts = await flaggedPatients(test.record, 'north', all);
    expect(counts).toMatchObject({ [filter]: [risky.id], 'set-aside': [calm.id], 'in-need': [risky.id] });
    // closed, they are set aside as was said
    const by = 'Practitioner/dr-1';
    await closeSafetySignal(test.record, 'north', { signalId: signal.id, by, reason: 'Talked' });
    expect(await ids({ ...all, filter })).toEqual([]);
    expect((await ids({ ...all, filter: 'set-aside' })).toSorted()).toEqual([calm.id, risky.id].toSorted());
    expect(await flaggedPatients(test.record, 'north', all)).toMatchObject({ [filter]: [], 'in-need': [] });
  });
});

describe('a contact', () => {
  it('is taken back by whoever noted it, for ten minutes', async () => {
    const { id } = await aPatient();
    const { id: contactId, undoUntil } = await noteContact(test.record, 'north', {
      patientId: id,
      by,
      note: 'Wrong one',
    });
    expect(undoUntil).toBe('2026-03-01T15:10:00.000Z');
    const undo = (who: string) => undoContact(test.record, 'north', { contactId, by: who as typeof by });
    await expect(undo('Practitioner/other')).rejects.toMatchObject({ code: 'not-supported' });
    test.setTime('2026-03-01T15:10:01.000Z');
    await expect(undo(by)).rejects.toMatchObject({ code: 'not-supported' });
    test.setTime('2026-03-01T15:10:00.000Z');
    await undo(by);
    expect(await rowOf(id)).toMatchObject({ contactId: null, contactNote: null });
    await expect(undo(by)).rejects.toMatchObject({ code: 'unknown-artefact' });
    await expect(endSetAside(test.record, 'south', { contactId, by })).rejects.toMatchObject({
      code: 'unknown-artefact',
    });
    test.setTime(begin);
  });

  it('of two at once is noted once where both say that they have seen none', async () => {
    const { id } = await aPatient();
    const note = (note: string, after: string | null) =>
      noteContact(test.record, 'north', { patientId: id, by, note, after }).then(
        () => 'noted',
        (error: { code: string }) => error.code,
      );
    const both = await Promise.all([note('one', null), note('two', null)]);
    expect(both.sort()).toEqual(['noted', 'version-conflict']);
    const { contactId } = await rowOf(id);
    expect(await note('three', 'somebody-else')).toBe('version-conflict');
    expect(await note('three', contactId)).toBe('noted');
  });

  it('that is sent again, because its answer was lost, is the one that was noted', async () => {
    const { id } = await aPatient();
    const snoozeUntil = '2026-03-09T15:00:00.000Z';
    const note = (changes: Partial<Parameters<typeof noteContact>[2]> = {}) =>
      noteContact(test.record, 'north', { patientId: id, by, note: 'Called', snoozeUntil, after: null, ...changes });
    const first = await note();
    test.setTime('2026-03-01T15:02:00.000Z');
    expect(await note()).toEqual(first);
    expect(await rowOf(id)).toMatchObject({ contactId: first.id });
    const conflict = { code: 'version-conflict' };
    await expect(note({ note: 'Wrote' })).rejects.toMatchObject(conflict);
    await expect(note({ by: 'Practitioner/other' })).rejects.toMatchObject(conflict);
    await expect(note({ snoozeUntil: '2026-03-10T15:00:00.000Z' })).rejects.toMatchObject(conflict);
    await expect(note({ after: 'another' })).rejects.toMatchObject(conflict);
    const next = await note({ after: first.id });
    expect(next.id).not.toBe(first.id);
    expect(await note({ after: first.id })).toEqual(next);
    test.setTime('2026-03-01T15:12:01.000Z');
    await expect(note({ after: first.id })).rejects.toMatchObject(conflict);
    test.setTime(begin);
  });
});
