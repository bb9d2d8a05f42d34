import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeSafetySignal } from '../../src/record/safety/close-safety-signal.ts';
import { listSafetySignals } from '../../src/record/safety/list-safety-signals.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { completeLog } from '../../src/record/use-cases/complete-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { type LogHomeworkCommand, logHomework } from '../../src/record/use-cases/log-homework.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

const question = 'self-harm-thoughts';
const by = 'Practitioner/dr-okafor';
const yes = { situation: 'Team meeting', [question]: true };
const no = { ...yes, [question]: false };
let test: TestRecord;
let serial = 0;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());
beforeEach(() => test.setTime('2026-03-02T16:00:00.000Z'));

async function newPatient() {
  const patientId = `patient-${++serial}`;
  const plan = { ...sarahsPlan, patientId, sourceId: `plan-${serial}` };
  const { state } = await createPlan(test.record, 'north', plan);
  const assignmentId = state.assignments.find(({ key }) => key === '1')?.id ?? '';
  const signals = () => listSafetySignals(test.record, 'north', { patientId });
  const open = async () => (await signals()).filter(({ status }) => status === 'open');
  return {
    patientId,
    open,
    /** Ordinals of all signals, and of those that are open. */
    count: async () => [(await signals()).length, (await open()).length],
    tell: (changes: Partial<LogHomeworkCommand> = {}) =>
      logHomework(test.record, 'north', {
        ...{ assignmentId, performedAt: '2026-03-02T10:00:00-05:00', answers: yes },
        ...changes,
      }),
    async close() {
      for (const { id: signalId } of await open())
        await closeSafetySignal(test.record, 'north', { signalId, by, reason: 'Talked; she is safe' });
    },
  };
}
const amend = (logId: string, change: object) => amendLog(test.record, 'north', { logId, ...change });

describe('a risk answer that comes twice from a source', () => {
  it('under one source id raises once: not again when it was closed between, nor when both come at once', async () => {
    const { count, tell, close } = await newPatient();
    const told = { sourceId: `log-${serial}` };
    const both = await Promise.all([tell(told), tell(told)]);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(await count()).toEqual([1, 1]);
    await close();
    expect((await tell(told)).created).toBe(false);
    expect(await count()).toEqual([1, 0]);
  });

  it('in another log is another word of it: one signal while that is open, a new one after', async () => {
    const { count, tell, close } = await newPatient();
    await tell({ sourceId: `first-${serial}` });
    await tell({ sourceId: `second-${serial}` });
    expect(await count()).toEqual([1, 1]);
    await close();
    await tell({ sourceId: `third-${serial}` });
    expect(await count()).toEqual([2, 1]);
  });

  it('begun and then completed raises again only when it was closed between, and once', async () => {
    const { count, tell, close, open } = await newPatient();
    const { log } = await tell({ status: 'in-progress' });
    const other = await tell({ status: 'in-progress' });
    await completeLog(test.record, 'north', { logId: other.log.id });
    expect((await open()).map(({ evidence }) => evidence.length)).toEqual([2]);
    await close();
    await completeLog(test.record, 'north', { logId: log.id });
    expect(await count()).toEqual([2, 1]);
    await expect(completeLog(test.record, 'north', { logId: log.id })).rejects.toThrow();
    expect((await open()).map(({ evidence }) => evidence.length)).toEqual([1]);
  });
});

describe('a correction after the close', () => {
  it.each<[string, object, number]>([
    ['of something else', { answers: { ...yes, situation: 'The canteen' } }, 0],
    ['that shares what was kept private', { withheld: [] }, 0],
    ['that keeps it private', { withheld: [question] }, 0],
    ['that says it anew', { answers: yes, anew: [question] }, 1],
    ['that says it anew, unshared', { answers: yes, withheld: [question], anew: [question] }, 1],
    ['that says something else anew', { answers: yes, anew: ['situation', 'no-such-question'] }, 0],
    ['that takes it back, and says so anew', { answers: no, anew: [question] }, 0],
  ])('%s', async (_what, change, raised) => {
    const { count, tell, close } = await newPatient();
    const { log } = await tell({ withheld: [question] });
    await close();
    await amend(log.id, change);
    expect(await count()).toEqual([1 + raised, raised]);
    // sent once more, as after an answer that was lost, it adds nothing
    await amend(log.id, change);
    expect(await count()).toEqual([1 + raised, raised]);
  });

  it('that takes it back and one that gives it again raise it, for they differ', async () => {
    const { count, tell, close } = await newPatient();
    const { log } = await tell();
    await close();
    await amend(log.id, { answers: no });
    expect(await count()).toEqual([1, 0]);
    await amend(log.id, { answers: yes });
    expect(await count()).toEqual([2, 1]);
  });
});

describe('a part that is kept private', () => {
  it('is told as such again when its log is completed after the close', async () => {
    const { open, tell, close } = await newPatient();
    const { log } = await tell({ status: 'in-progress', withheld: [question] });
    await close();
    await completeLog(test.record, 'north', { logId: log.id });
    const [signal] = await open();
    expect(signal?.evidence).toMatchObject([{ logId: log.id, linkId: question }]);
    expect(signal?.evidence[0]).not.toHaveProperty('value');
  });
});

describe('a log that a clinician enters from paper', () => {
  it('raises as any other, in the clinician’s name, and again when it is completed after the close', async () => {
    const { open, tell, close } = await newPatient();
    const source = { type: 'practitioner', reference: by } as const;
    const { log } = await tell({ source, status: 'in-progress' });
    expect((await open()).map(({ evidence }) => evidence[0]?.by)).toEqual([{ type: 'person', reference: by }]);
    await close();
    await completeLog(test.record, 'north', { logId: log.id });
    expect((await open()).map(({ ordinal, evidence }) => [ordinal, evidence[0]?.by])).toEqual([
      [2, { type: 'person', reference: by }],
    ]);
  });
});
