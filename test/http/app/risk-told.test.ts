import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { StandingAnswer } from '../../../src/homework/patient/patient-standing.ts';
import { learnStanding } from '../../../src/record/patient/learn-standing.ts';
import { readStanding } from '../../../src/record/patient/read-standing.ts';
import fc from '../../fast-check.ts';
import { type App, clinician, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';
import { question, RiskPage, type Said } from './risk-page.ts';

let app: App;
let therapist: Tab;
let sarah: Tab;
beforeAll(async () => {
  app = await openApp({ tenant: { safetyRoute: { name: 'On-call therapist', phone: '555-0100' } } });
  therapist = await app.signIn(clinician);
  sarah = await app.signIn(patient);
});
afterAll(() => app.close());

const rowsOf = async (sql: string): Promise<readonly { readonly id: string }[]> =>
  (await app.doors.test.record.database.query<{ id: string }>(sql)).rows;
const open = () => rowsOf(`select id from safety_signal where status = 'open'`);
/** Those that are active, as they go to the EHR. */
const activeFlags = () => rowsOf(`select id from resource where type = 'Flag' and content::json->>'status' = 'active'`);
/** Of a patient who is merged, as the service last heard, it is refused. */
const closeAll = async () => {
  for (const { id } of await open())
    await app.call(therapist, 'POST', `/app/v1/safety-signals/${id}/close`, { reason: 'Talked; she is safe' });
};
const isMerged = async () => (await readStanding(app.doors.test.record.database, 'north', 'sarah')).state === 'merged';
/** The EHR has the patient as ever, the service has heard of it, and nothing is open. */
const beginAnew = async () => {
  stand('current');
  await learnStanding(app.doors.test.record, 'north', { patientId: 'sarah', from: 'delivery' });
  await closeAll();
  expect(await open()).toEqual([]);
};
/** How the EHR holds the patient, and what it takes: none but the first lets a signal come to anybody by itself. */
const standings = {
  current: { answer: 'known', standing: { state: 'current' }, replaces: [] },
  inactive: { answer: 'known', standing: { state: 'inactive' }, replaces: [] },
  merged: { answer: 'known', standing: { state: 'merged', survivorId: 'other' }, replaces: [] },
  deceased: { answer: 'known', standing: { state: 'current', deceased: {} }, replaces: [] },
  gone: { answer: 'unknown' },
  'no-way': { answer: 'known', standing: { state: 'current' }, replaces: [] },
  'by-route': { answer: 'known', standing: { state: 'current' }, replaces: [] },
} as const satisfies Readonly<Record<string, StandingAnswer>>;
type Stands = keyof typeof standings;
const stand = (as: Stands): void => {
  app.doors.test.standings.set('sarah', standings[as]);
  app.doors.test.safety.set('north', as === 'no-way' ? 'nowhere' : as === 'by-route' ? 'route' : 'chart');
};
/** What a patient with two pages, a clinician and a bad connection do; the clock stands, or goes on. */
type Act =
  | { readonly type: 'answer'; readonly page: 0 | 1; readonly yes: boolean }
  | { readonly type: 'save' | 'save-unheard' | 'choose' | 'send'; readonly page: 0 | 1 }
  | { readonly type: 'correct'; readonly page: 0 | 1; readonly values: readonly boolean[] }
  | { readonly type: 'close' }
  | { readonly type: 'stand'; readonly as: Stands }
  | { readonly type: 'time' };
const page = fc.constantFrom<0 | 1>(0, 0, 0, 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('answer' as const), page, yes: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('save' as const), page }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('save-unheard' as const, 'choose' as const), page }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('send' as const), page }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('correct' as const),
      page,
      values: fc.array(fc.boolean(), { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'close' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'time' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('stand' as const),
      as: fc.constantFrom(...(Object.keys(standings) as Stands[])),
    }),
  },
);

async function play(acts: readonly Act[]): Promise<void> {
  await beginAnew();
  const step = stepOf(await assignPlan(app, therapist), '1').id;
  const pages = [0, 1].map(() => new RiskPage({ app, tab: sarah, step }));
  let isOpen = false;
  let stands: Stands = 'current';
  const check = async (said: Said | undefined): Promise<void> => {
    if (said !== undefined && said.answer.status < 300 && said.isNewYes) isOpen = true;
    expect((await open()).length).toBe(isOpen ? 1 : 0);
    expect((await activeFlags()).length).toBe(isOpen ? 1 : 0);
    // what the page is told is what it says: of this log only what is open now
    if (said?.log?.answers[question] !== true) return;
    const { riskTold, riskWaits } = said.log;
    if (!isOpen) expect([riskTold, riskWaits]).toEqual([undefined, undefined]);
    if (said.isNewYes)
      expect([stands, riskTold, riskWaits]).toEqual(
        stands === 'current' ? [stands, [question], undefined] : [stands, undefined, [question]],
      );
  };
  for (const done of acts) {
    if (done.type === 'close') {
      await closeAll();
      if (!(await isMerged())) isOpen = false;
      await check(undefined);
    } else if (done.type === 'stand') {
      stands = done.as;
      stand(stands);
    } else if (done.type === 'time') {
      const now = app.doors.test.record.clock.now();
      app.doors.test.setTime(new Date(now.getTime() + 20_000).toISOString());
    } else {
      const page = pages[done.page];
      if (page !== undefined) await check(await perform(page, done));
    }
  }
}

async function perform(page: RiskPage, done: Extract<Act, { page: 0 | 1 }>): Promise<Said | undefined> {
  const isSent = page.sentLog !== undefined;
  switch (done.type) {
    case 'answer':
      if (!isSent) page.answer(done.yes);
      return undefined;
    case 'choose':
      page.choose();
      return undefined;
    case 'correct':
      return page.correct(done.values);
    case 'send':
      return isSent || page.draft.base === undefined || page.draft.others !== undefined ? undefined : page.send();
    case 'save':
      return isSent ? undefined : page.save();
    case 'save-unheard':
      return isSent ? undefined : page.save({ lost: true });
    default:
      return undefined;
  }
}

const yes: Act = { type: 'answer', page: 0, yes: true };
const no: Act = { type: 'answer', page: 0, yes: false };
const save: Act = { type: 'save', page: 0 };
const send: Act = { type: 'send', page: 0 };
const close: Act = { type: 'close' };
/** What was walked, and its kinsmen. */
const known: [readonly Act[]][] = [
  [[yes, save, no, save, close, yes, save, send]],
  [[yes, save, close, send]],
  [[yes, save, close, no, yes, save]],
  [[{ type: 'stand', as: 'inactive' }, yes, save, send, { type: 'stand', as: 'current' }, save]],
  [[{ type: 'stand', as: 'merged' }, yes, save, close, { type: 'stand', as: 'current' }, no, save, yes, save, close]],
  [[yes, save, { type: 'stand', as: 'no-way' }, send, close, { type: 'stand', as: 'gone' }]],
  [[yes, save, close, no, yes, { type: 'save-unheard', page: 0 }, save, save]],
  [[yes, save, send, close, { type: 'correct', page: 0, values: [false, true] }]],
  [[no, save, send, { type: 'correct', page: 0, values: [true] }, close, { type: 'correct', page: 0, values: [] }]],
  [[yes, save, { type: 'answer', page: 1, yes: false }, { type: 'save', page: 1 }, close, no, yes, save]],
];

describe('whatever a patient answers, takes back, saves, sends and puts right, and a clinician closes between', () => {
  it('a yes that is said after the last closing has an open signal and an active flag, and only then is “told”', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), play), {
      numRuns: 20,
      examples: known,
    });
  }, 120_000);
});

describe('a patient who says that they are not safe', () => {
  const say = async () => (await app.call(sarah, 'POST', '/app/v1/safety-signals', { rule: 'not-safe-now' })).body;
  const page = async (tab: Tab) => (await app.call(tab, 'GET', '/app/v1/patient')).body as PatientHomework;

  it.each(Object.keys(standings) as Stands[])('is told whether it comes to anybody by itself: %s', async (as) => {
    await beginAnew();
    stand(as);
    expect(await say()).toEqual({ reaches: as === 'current' });
    expect((await open()).length).toBe(1);
    // before they say anything more, too; staff read it of the copies themselves
    expect((await page(sarah)).signalsWait).toBe(as === 'current' ? undefined : true);
    expect(await page(therapist)).not.toHaveProperty('signalsWait');
  });

  it.each([
    ['waiting', 0, null, false],
    ['rejected', 0, null, false],
    ['unknown', 0, null, false],
    ['landed', 1, 'app-only', false],
    ['landed', 1, 'native', true],
    ['pending', 0, null, true],
    ['in-flight', 0, null, true],
    ['awaiting-review', 0, null, true],
  ])('and by how its copies stand: %s, %i, %s', async (state, landed, landing, reaches) => {
    await beginAnew();
    const step = stepOf(await assignPlan(app, therapist), '1').id;
    const risk = new RiskPage({ app, tab: sarah, step });
    risk.answer(true);
    await risk.save();
    await app.doors.test.record.database.query(
      `update ledger set state = $1, landed = $2, wanted = 1, landing = $3 where artefact = 'safety'`,
      [state, landed, landing],
    );
    const logs = (await page(sarah)).plans.flatMap(({ logs }) => logs);
    const told = logs.find(({ id }) => id === risk.draft.logId);
    expect([told?.riskTold, told?.riskWaits]).toEqual(reaches ? [[question], undefined] : [undefined, [question]]);
  });
});
