import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FhirJson } from '../../src/ehr/fhir-json.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { type CheckBench, checkBench, found } from './check-bench.ts';
import { FakeEhr, type FakeOffer, type Fault } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan, verifiedPatient } from './seed-record.ts';
import { seededReport } from './seed-report.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

let database: Database;
let bench: DeliveryBench;
let checks: CheckBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(() => bench.close());

const placeOf = async (artefact: string, id: string): Promise<string> =>
  (await bench.ledger()).get(`${artefact}/${id}`)?.ehr_reference ?? '';

describe('in the sandbox EHR, after faults of its own', () => {
  let sandbox: SandboxBench;
  beforeAll(async () => {
    sandbox = await openSandboxBench();
  });
  afterAll(() => sandbox.close());

  /** Somebody else at work in the same EHR. */
  const elsewhere = async (method: 'POST' | 'PUT', path: string, body: object) => {
    const request = { method, path, body: JSON.stringify(body), attemptId: 'somebody-else' } as const;
    const answer = await bench.ehr.write(request);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.failure.outcome}`);
    return answer.reference ?? '';
  };
  const remove = (place: string) =>
    elsewhere('POST', '', {
      ...{ resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'DELETE', url: place } }] },
    });
  const read = async (place: string) => {
    const [type = '', id = ''] = place.split('/');
    const answer = await bench.ehr.read(type, id);
    return answer.ok ? answer.resource : ({} as FhirJson);
  };

  it('finds a deleted, an altered and a doubled resource, and one of another patient; and repairs what may be', async () => {
    bench = await sandbox.open(database, 'native');
    checks = checkBench(bench);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    await bench.deliver();
    const before = await checks.check();
    expect(before.check).toMatchObject({ state: 'finished', checked: 7, differences: 0, unchecked: 0 });

    const [peak, early] = ['suds-peak', 'suds-before'].map((name) => `${log.logId}.${name}`);
    const deleted = await placeOf('measure', peak ?? '');
    const altered = await placeOf('measure', early ?? '');
    const doubled = await placeOf('assignment', plan.second);
    const others = await placeOf('occurrence', plan.occurrence);
    await remove(deleted);
    await elsewhere('PUT', altered, { ...(await read(altered)), valueInteger: 1 });
    const { id: _own, meta: _meta, ...twin } = await read(doubled);
    const second = await elsewhere('POST', 'Task', twin);
    await elsewhere('PUT', others, { ...(await read(others)), for: { reference: 'Patient/marcus-bell' } });

    const view = await checks.check();
    expect(found(view)).toEqual(
      [
        `measure/${peak} missing`,
        `measure/${early} altered`,
        `assignment/${plan.second} doubled`,
        `occurrence/${plan.occurrence} other-patient`,
      ].sort(),
    );
    expect(view.check).toMatchObject({ differences: 4, repair: false });
    expect(view.differences.find(({ kind }) => kind === 'doubled')?.others).toEqual([second]);
    expect(JSON.stringify(view)).not.toMatch(/speak|marcus|valueInteger/);
    // nothing explains any of them, until the EHR is known to have merged the patient
    expect(view.differences.map(({ meanwhile }) => meanwhile)).toEqual([null, null, null, null]);
    const stands = async (state: string) =>
      database.query(
        `insert into patient_standing (tenant, patient_id, state, learned_at, learned_from) values ($1, 'sarah', $2, now(), 'delivery')
         on conflict (tenant, patient_id) do update set state = excluded.state`,
        [bench.tenant.id, state],
      );
    await stands('merged');
    const explained = await checks.show();
    expect(explained.differences.map(({ meanwhile }) => meanwhile)).toEqual(Array(4).fill('patient-unconfirmed'));
    await stands('current');
    // nothing was touched by looking
    expect([...(await bench.ledger()).values()].every(({ state }) => state === 'landed')).toBe(true);

    // what is repaired shall land later than it was found
    await bench.rest();
    const repaired = await checks.check({
      repair: true,
      reason: 'After the restore',
      by: 'Practitioner/integration-lee',
    });
    expect(repaired.differences.map(({ kind, repaired }) => [kind, repaired !== null]).sort()).toEqual([
      ['altered', true],
      ['doubled', false],
      ['missing', true],
      ['other-patient', true],
    ]);
    bench.clock.advance(1000);
    await bench.deliver();
    const since = new Map((await checks.show()).differences.map(({ kind, meanwhile }) => [kind, meanwhile]));
    expect([since.get('missing'), since.get('doubled')]).toEqual(['landed-again', null]);
    const ledger = await bench.ledger();
    expect(ledger.get(`measure/${peak}`)).toMatchObject({ state: 'landed' });
    expect(ledger.get(`measure/${peak}`)?.ehr_reference).not.toBe(deleted);
    expect(await read(altered)).toMatchObject({ valueInteger: 60 });
    expect(ledger.get(`occurrence/${plan.occurrence}`)).toMatchObject({
      ...{ state: 'unknown', ehr_reference: others },
      why: { code: 'place-taken', place: others, by: 'other-patient' },
    });
    expect(await read(others)).toMatchObject({ for: { reference: 'Patient/marcus-bell' } });
    expect([(await read(doubled)).id, (await read(second)).id]).toEqual([doubled.slice(5), second.slice(5)]);
    const after = await checks.check();
    expect(found(after)).toEqual(
      [`assignment/${plan.second} doubled`, `occurrence/${plan.occurrence} unsettled`].sort(),
    );
    const { rows } = await database.query<{ detail: string }>(
      `select detail from attempt where tenant = $1 and disposition = 'person:repair' order by detail`,
      [bench.tenant.id],
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      'altered, written anew over what stands there: After the restore, said by Practitioner/integration-lee',
      'missing, wanted there again: After the restore, said by Practitioner/integration-lee',
      'other-patient, counts as landed no more; a person decides: After the restore, said by Practitioner/integration-lee',
    ]);
  });

  it('in an EHR of notes finds one that was filed twice, and one whose mark is gone', async () => {
    bench = await sandbox.open(database, 'notes-only');
    checks = checkBench(bench);
    const reports = [seededReport(), seededReport()];
    await bench.want('p', reports);
    await bench.deliver();
    expect(found(await checks.check())).toEqual([]);
    const [twice] = reports;
    const { id: _own, meta: _meta, ...twin } = await read(await placeOf('report', twice?.id ?? ''));
    await elsewhere('POST', 'DocumentReference', twin);
    expect(found(await checks.check({ repair: true }))).toEqual([`report/${twice?.id} doubled`]);
  });
});

describe('in EHRs of their own ways', () => {
  let fake: FakeEhr;
  const plan = () => seededPlan();
  async function open(offer: Partial<FakeOffer> = {}): Promise<void> {
    fake = await FakeEhr.start(offer);
    bench = await DeliveryBench.open(database, fake.base);
    checks = checkBench(bench);
  }
  const land = async (planId: string, artefacts: readonly SeededArtefact[]) => {
    await bench.want(planId, artefacts);
    await bench.deliver();
  };
  const change = (place: string, more: object) => {
    const old = fake.stored.get(place);
    const versionId = String(Number(old?.meta.versionId) + 1);
    fake.stored.set(place, { ...old, ...more, meta: { ...old?.meta, versionId } });
  };
  afterEach(() => fake.close());

  const servers: [string, Partial<FakeOffer>, boolean][] = [
    ['identifiers are searched', {}, false],
    ['only patients are searched', { searchByIdentifier: false }, false],
    ['nothing is searched', {}, true],
  ];

  it.each(servers)('where %s, what agrees is no difference, and what is gone is', async (_, offer, unsearchable) => {
    await open(offer);
    fake.unsearchable = unsearchable;
    const p = plan();
    const log = seededLog(p);
    const report = seededReport();
    await land(p.planId, [...p.artefacts, ...log.artefacts, report]);
    expect(found(await checks.check())).toEqual([]);
    fake.stored.delete(await placeOf('report', report.id));
    fake.stored.delete(await placeOf('log', log.logId));
    const writes = fake.writes.length;
    expect(found(await checks.check())).toEqual([`log/${log.logId} missing`, `report/${report.id} missing`]);
    expect(fake.writes).toHaveLength(writes);
  });

  it('where identifiers are searched it asks once for twenty rows, and for nothing else', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    fake.requests.length = 0;
    await checks.check();
    // a page of three Tasks, and one of the plan
    expect(fake.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET Task',
      'GET CarePlan',
    ]);
  });

  it.each<[string, object, string | undefined]>([
    ['another value', { description: 'something else' }, 'altered'],
    ['a field more', { note: [{ text: 'called her' }] }, 'altered'],
    ['another status', { status: 'completed' }, 'status'],
    ['a mistake', { status: 'entered-in-error' }, 'entered-in-error'],
    ['a version more, with a tag of its own', { meta: { tag: [{ code: 'seen' }] } }, 'newer-version'],
    [
      'the identifier of another',
      { identifier: [{ system: 'https://intersession.dev/id/plan', value: 'x' }] },
      'other-resource',
    ],
    ['a patient of another server', { for: { reference: 'https://elsewhere.example/Patient/sarah' } }, 'other-patient'],
    ['no patient', { for: undefined }, 'other-patient'],
  ])('tells %s', async (_, more, kind) => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    change(await placeOf('assignment', p.second), more);
    expect(found(await checks.check())).toEqual([`assignment/${p.second} ${kind}`]);
  });

  it('what an EHR reshaped as it took it is no difference, until somebody changes it', async () => {
    await open({ types: ['CarePlan', 'Task', 'Observation', 'QuestionnaireResponse'] });
    const p = plan();
    await land(p.planId, p.artefacts);
    const place = await placeOf('assignment', p.first);
    fake.stored.set(place, { ...fake.stored.get(place), description: 'WATCH', performerType: [{ text: 'patient' }] });
    expect(found(await checks.check())).toEqual([]);
    // an EHR whose versions never move says so by its own time
    const meta = { ...fake.stored.get(place)?.meta, lastUpdated: '2026-03-02T18:00:00Z' };
    fake.stored.set(place, { ...fake.stored.get(place), meta });
    expect(found(await checks.check())).toEqual([`assignment/${p.first} altered`]);
  });

  it('what was filed anew elsewhere is found there, and its place is taken over', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    const place = await placeOf('assignment', p.second);
    fake.stored.set('Task/moved', { ...fake.stored.get(place), id: 'moved' });
    fake.stored.delete(place);
    const view = await checks.check({ repair: true });
    expect(found(view)).toContain(`assignment/${p.second} refiled`);
    expect(await placeOf('assignment', p.second)).toBe('Task/moved');
  });

  it('a note that a clinician signed there agrees; one whose text was changed does not, and is never written over', async () => {
    await open({ types: ['DocumentReference'] });
    const [signed, edited] = [seededReport(), seededReport()];
    await land('p', [signed, edited]);
    change(await placeOf('report', signed.id), { docStatus: 'final' });
    const place = await placeOf('report', edited.id);
    const attachment = { ...fake.stored.get(place)?.content[0].attachment };
    const text = Buffer.from(attachment.data, 'base64').toString().replace('Done: 3 of 4.', 'Done: 4 of 4.');
    attachment.data = Buffer.from(text).toString('base64');
    change(place, { docStatus: 'final', content: [{ attachment }] });
    const writes = fake.writes.length;
    const view = await checks.check({ repair: true });
    expect(view.differences.map(({ id, kind, repaired }) => [id, kind, repaired])).toEqual(
      [
        [edited.id, 'beyond-repair', null],
        [signed.id, 'newer-version', 'its version was taken over'],
      ].sort(),
    );
    await bench.deliver();
    expect(fake.writes).toHaveLength(writes);
  });

  it.each([
    ['another value', { questionnaire: 'https://elsewhere.example/Questionnaire/1' }],
    ['another status', { status: 'amended' }],
  ])('what is altered (%s) where the EHR takes no updates is beyond repair, and stays as it is', async (_, more) => {
    await open();
    fake.createOnly = true;
    const p = plan();
    const log = seededLog(p);
    await land(p.planId, [...p.artefacts, ...log.artefacts]);
    change(await placeOf('log', log.logId), more);
    const writes = fake.writes.length;
    const view = await checks.check({ repair: true });
    expect(view.differences.map(({ kind, repaired }) => [kind, repaired])).toEqual([['beyond-repair', null]]);
    await bench.deliver();
    expect(fake.writes).toHaveLength(writes);
  });

  it('a reference that leads elsewhere is told; one that could not be written at its time is not', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    const place = await placeOf('plan', p.planId);
    const [first, second] = fake.stored.get(place)?.activity ?? [];
    change(place, { activity: [first, { reference: { reference: 'Task/999' } }] });
    expect(found(await checks.check())).toEqual([`plan/${p.planId} altered`]);
    change(place, { activity: [first, second] });
    expect(found(await checks.check())).toEqual([`plan/${p.planId} newer-version`]);
  });

  it.each<[string, Partial<FakeOffer>, Fault]>([
    ['lost answers', {}, { type: 'drop-after' }],
    [
      'lost answers, one by one',
      { transaction: false, batch: false, conditionalCreate: false },
      { type: 'drop-after' },
    ],
    ['a 500 after the write', { transaction: false, batch: false }, { type: 'status', status: 500, after: true }],
    ['a 503 before it', { conditionalCreate: false }, { type: 'status', status: 503 }],
    ['connections that break', { transaction: false }, { type: 'drop-before' }],
  ])('after %s the ledger and the EHR agree again, row by row', async (_, offer, fault) => {
    await open(offer);
    const p = plan();
    const log = seededLog(p);
    let writes = 0;
    fake.fault = (method) => {
      if (method === 'GET') return { type: 'none' };
      writes += 1;
      return writes % 2 === 1 && writes < 12 ? fault : { type: 'none' };
    };
    await bench.want(p.planId, p.artefacts);
    await bench.deliver(3);
    await bench.want(p.planId, log.artefacts);
    await bench.deliver(20);
    fake.fault = () => ({ type: 'none' });
    const view = await checks.check();
    expect([view.check?.checked, found(view)]).toEqual([7, []]);
    expect(fake.stored.size).toBe(7);
  });

  it('what it may not read, and what has no clear end, is told as that', async () => {
    await open({ searchByIdentifier: false });
    const p = plan();
    await land(p.planId, p.artefacts);
    await database.query(`update ledger set state = 'unknown' where tenant = $1 and id = $2`, [
      bench.tenant.id,
      p.second,
    ]);
    fake.fault = (_, path) => (path.startsWith('CarePlan') ? { type: 'status', status: 403 } : { type: 'none' });
    const view = await checks.check();
    expect(found(view)).toEqual([`assignment/${p.second} unsettled`, `plan/${p.planId} unreadable`]);
    expect(view.check).toMatchObject({ differences: 0, unchecked: 2 });
  });

  it('what is being written while it is compared is left to the next check', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    fake.stored.delete(await placeOf('assignment', p.second));
    fake.meanwhile = async () => {
      await database.query('update landing_group set lease_until = $2 where tenant = $1', [
        bench.tenant.id,
        new Date(bench.clock.now().getTime() + 5000),
      ]);
    };
    expect(found(await checks.check())).toEqual([]);
    bench.clock.advance(60_000);
    fake.meanwhile = async () => {};
    expect(found(await checks.check())).toEqual([`assignment/${p.second} missing`]);
  });

  it('while the EHR is down it waits, goes on where it was, and tells one thing that always fails', async () => {
    await open();
    fake.unsearchable = true;
    const p = plan();
    await land(p.planId, p.artefacts);
    await verifiedPatient(database, bench.tenant.id, bench.clock.now());
    const broken = await placeOf('occurrence', p.occurrence);
    const asked: string[] = [];
    fake.fault = (_, path) => {
      asked.push(path);
      return path === broken ? { type: 'status', status: 500 } : { type: 'none' };
    };
    await checks.record.database.query(
      `insert into ledger_check (tenant, id, started_at, repair, next_at) values ($1, 'c', $2, false, $2)`,
      [bench.tenant.id, bench.clock.now()],
    );
    const runs: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const came = await checks.run(2);
      runs.push(came);
      if (came === 'finished') break;
      expect((await checks.show()).check).toMatchObject({ state: 'waiting', problem: 'the EHR answers 500' });
      expect(await checks.run(2)).toBe('nothing-to-do');
      bench.clock.advance(3_600_000);
    }
    expect(runs.at(-1)).toBe('finished');
    expect(found(await checks.show())).toEqual([`occurrence/${p.occurrence} unreadable`]);
    expect((await checks.show()).check).toMatchObject({ checked: 4, state: 'finished', problem: null });
    // what was checked was not checked again
    expect(asked.filter((path) => path.startsWith('Task/') && path !== broken).length).toBeLessThanOrEqual(3);
  });

  it('another process goes on when the first has died, and never beside it', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    fake.stored.delete(await placeOf('plan', p.planId));
    await database.query(
      `insert into ledger_check (tenant, id, started_at, repair, next_at, lease_until, lease_token) values ($1, 'c', $2, false, $2, $3, 'other')`,
      [bench.tenant.id, bench.clock.now(), new Date(bench.clock.now().getTime() + 60_000)],
    );
    expect(await checks.run()).toBe('nothing-to-do');
    bench.clock.advance(61_000);
    const signals = [true, false, false];
    expect(await checks.run(1, () => signals.pop() ?? true)).toBe('stopped');
    expect((await checks.show()).check).toMatchObject({ state: 'waiting', checked: 2 });
    expect(await checks.run()).toBe('finished');
    expect(found(await checks.show())).toEqual([`plan/${p.planId} missing`]);
  });

  it('comes once a day by itself, also after a clock that was a year ahead', async () => {
    await open();
    const p = plan();
    await land(p.planId, p.artefacts);
    expect(await checks.run()).toBe('nothing-to-do');
    bench.clock.advance(25 * 3_600_000);
    expect(await checks.run()).toBe('finished');
    expect((await checks.show()).check).toMatchObject({ startedBy: null, checked: 4 });
    expect(await checks.run()).toBe('nothing-to-do');
    const ahead = new Date(bench.clock.now().getTime() + 365 * 86_400_000);
    await database.query('update ledger_check_schedule set next_at = $2 where tenant = $1', [bench.tenant.id, ahead]);
    expect(await checks.run()).toBe('finished');
  });
});
