import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';

const question = 'self-harm-thoughts';
let app: App;
let therapist: Tab;
let sarah: Tab;
let step: string;
beforeAll(async () => {
  app = await openApp({ tenant: { safetyRoute: { name: 'On-call therapist', phone: '555-0100' } } });
});
afterAll(() => app.close());
beforeEach(async () => {
  therapist = await app.signIn(clinician);
  sarah = await app.signIn(patient);
  step = stepOf(await assignPlan(app, therapist), '1').id;
});

const pageShape = z.looseObject({ safety: z.looseObject({ open: z.array(z.looseObject({ id: z.string() })) }) });
const open = async () => pageShape.parse((await app.call(therapist, 'GET', '/app/v1/patient')).body).safety.open;
const closeAll = async () => {
  for (const { id } of await open())
    await app.call(therapist, 'POST', `/app/v1/safety-signals/${id}/close`, { reason: 'Talked; she is safe' });
  expect(await open()).toEqual([]);
};
const draftShape = z.looseObject({ log: z.looseObject({ answers: z.record(z.string(), z.unknown()) }) });
/** Saves what the page shows, as the page does: beside what it last had from here. */
async function save(id: string, answers: object, base?: object): Promise<object> {
  const body = {
    assignmentId: step,
    answers,
    withheld: [],
    ...(base === undefined ? {} : { base: { answers: base, withheld: [] } }),
  };
  const answer = await app.call(sarah, 'PUT', `/app/v1/drafts/${id}`, body);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return draftShape.parse(answer.body).log.answers;
}
const complete = (id: string, answers: object, base?: object) =>
  app.call(sarah, 'POST', `/app/v1/assignments/${step}/logs`, {
    ...{ id, answers, withheld: [] },
    ...(base === undefined ? {} : { base: { answers: base, withheld: [] } }),
  });

describe('a risk answer that is given again after its signal was closed', () => {
  it('raises a signal anew, in a log that is being written', async () => {
    const id = randomUUID();
    const first = await save(id, { [question]: true });
    expect(await open()).toHaveLength(1);
    const second = await save(id, { [question]: false }, first);
    await closeAll();
    await save(id, { [question]: true }, second);
    expect(await open()).toHaveLength(1);
  });

  it('raises a signal anew, when it comes with the sent log alone', async () => {
    const id = randomUUID();
    const whole = {
      situation: 'meeting',
      'belief-before': 70,
      'belief-after': 60,
      'suds-before': 40,
      'suds-peak': 50,
      'suds-after': 30,
    };
    const first = await save(id, { ...whole, [question]: true });
    const second = await save(id, { ...whole, [question]: false }, first);
    await closeAll();
    const sent = await complete(id, { ...whole, [question]: true }, second);
    expect(sent.status).toBe(200);
    expect(await open()).toHaveLength(1);
  });

  it('raises a signal anew, where the same answer waits beside another one since before', async () => {
    const id = randomUUID();
    const first = await save(id, { [question]: false });
    await save(id, { [question]: true }, {});
    const [signal] = await open();
    expect(signal).toBeDefined();
    await closeAll();
    // the page that says no all the time says yes now
    await save(id, { [question]: true }, first);
    expect(await open()).toHaveLength(1);
  });
});
