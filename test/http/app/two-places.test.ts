import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clinician, codeOf, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';
import { type AppWithSources, openAppWithSources } from './open-app-with-sources.ts';

/** A log that one person writes in two places: two tabs, or two devices. */
const monday = '2026-03-02T16:00:00.000Z';
const performedAt = '2026-03-02T10:00:00-05:00';
let app: AppWithSources;
let therapist: Tab;
let [phone, laptop]: Tab[] = [];
let plan: ShownPlan;

beforeAll(async () => {
  app = await openAppWithSources();
});
beforeEach(async () => {
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  plan = await assignPlan(app, await app.signIn(clinician));
  app.doors.test.setTime(monday);
  [therapist, phone, laptop] = [await app.signIn(clinician), await app.signIn(patient), await app.signIn(patient)];
});
afterAll(() => app.close());

interface Said {
  readonly performedAt?: string;
  readonly answers: Record<string, unknown>;
  readonly withheld: readonly string[];
  readonly others?: { readonly answers: Record<string, readonly unknown[]>; readonly performedAt: readonly string[] };
}
interface Draft extends Said {
  readonly id: string;
  readonly status: string;
  readonly authored: string;
  readonly timeOpen?: true;
}

const step = () => stepOf(plan, '1').id;
const occurrence = () => plan.occurrences.find(({ assignmentId }) => assignmentId === step())?.id;
const said = ({ performedAt: when, answers, withheld, others, timeOpen }: Draft): Said => ({
  ...(timeOpen || when === undefined ? {} : { performedAt: when }),
  ...{ answers, withheld },
  ...(others === undefined ? {} : { others }),
});
/** What a page sends that began from what it last had. */
const put = async (tab: Tab | undefined, id: string, now: Partial<Said>, base?: Draft) => {
  const body = {
    ...{ assignmentId: step(), occurrenceId: occurrence(), answers: {}, withheld: [] },
    ...(base === undefined ? {} : { ...said(base), base: said(base) }),
    ...now,
  };
  if (tab === undefined) throw new Error('nobody is signed in');
  return app.call(tab, 'PUT', `/app/v1/drafts/${id}`, body);
};
const save = async (...given: Parameters<typeof put>): Promise<Draft> => {
  const { status, body, text } = await put(...given);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return (body as { log: Draft }).log;
};
const mine = async (): Promise<readonly Draft[]> => {
  const { body } = await app.call(phone as Tab, 'GET', '/app/v1/patient');
  const { plans } = body as { plans: { plan: { id: string }; logs: (Draft & { assignmentId: string })[] }[] };
  return plans.filter((view) => view.plan.id === plan.plan.id).flatMap(({ logs }) => logs);
};

describe('a draft that is written on two devices', () => {
  it('has what each of them wrote to another question', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'The team meeting' } });
    await save(phone, id, { answers: { ...first.answers, prediction: 'They laugh' } }, first);
    // it was away meanwhile, and has seen only the first
    const joined = await save(laptop, id, { answers: { ...first.answers, 'belief-before': 90 } }, first);
    const whole = { situation: 'The team meeting', prediction: 'They laugh', 'belief-before': 90 };
    expect([joined.answers, joined.others]).toEqual([whole, undefined]);
    expect(await mine()).toMatchObject([{ id, status: 'in-progress', answers: whole }]);
  });

  it.each<[string, string, unknown, unknown]>([
    ['a text', 'situation', 'In the corridor', 'At my desk'],
    ['a number', 'belief-before', 80, 60],
    ['a text in another script', 'prediction', 'سيضحكون', 'Niemand merkt es'],
  ])(
    'keeps both answers to one question, and each device learns of the other’s: %s',
    async (_what, linkId, one, two) => {
      const id = randomUUID();
      const first = await save(phone, id, { performedAt, answers: { 'after-thoughts': 'none yet' } });
      const onPhone = await save(phone, id, { answers: { ...first.answers, [linkId]: one } }, first);
      const onLaptop = await save(laptop, id, { answers: { ...first.answers, [linkId]: two } }, first);
      expect([onLaptop.answers[linkId], onLaptop.others?.answers]).toEqual([one, { [linkId]: [two] }]);
      // the phone saves again without knowing
      const again = await save(phone, id, { answers: { ...onPhone.answers, 'suds-peak': 70 } }, onPhone);
      expect(again.others?.answers).toEqual({ [linkId]: [two] });
      // who chooses sends the chosen one alone
      const { others: _chosen, ...rest } = said(again);
      await save(
        phone,
        id,
        { answers: { ...rest.answers, [linkId]: two }, others: { answers: {}, performedAt: [] } },
        again,
      );
      const [log] = await mine();
      expect([log?.answers[linkId], log?.others]).toEqual([two, undefined]);
    },
  );

  it('keeps private what either keeps private, and both times when they differ', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'x' }, withheld: [] });
    await save(phone, id, { withheld: ['situation'], performedAt: '2026-03-02T09:00:00-05:00' }, first);
    const joined = await save(laptop, id, { performedAt: '2026-03-02T08:00:00-05:00' }, first);
    expect([joined.withheld, joined.performedAt, joined.others?.performedAt]).toEqual([
      ['situation'],
      '2026-03-02T14:00:00.000Z',
      ['2026-03-02T13:00:00.000Z'],
    ]);
  });

  it('that another has begun for the same time is one: the second is told under which id', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await save(phone, one, { performedAt, answers: { situation: 'On the phone' } });
    const joined = await save(laptop, two, { performedAt, answers: { situation: 'On the laptop' } });
    expect([joined.id, joined.answers, joined.others?.answers]).toEqual([
      one,
      { situation: 'On the phone' },
      { situation: ['On the laptop'] },
    ]);
    expect((await mine()).map(({ id }) => id)).toEqual([one]);
    // also where it knows no better and goes on under its own
    expect((await save(laptop, two, { answers: { prediction: 'They laugh' } })).id).toBe(one);
    expect(await mine()).toMatchObject([{ id: one, answers: { situation: 'On the phone', prediction: 'They laugh' } }]);
  });

  it('raises a safety signal by a risk answer, also where another answer stands, and once', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'x' } });
    await save(phone, id, { answers: { situation: 'x', 'self-harm-thoughts': false } }, first);
    const joined = await save(laptop, id, { answers: { situation: 'x', 'self-harm-thoughts': true } }, first);
    expect([joined.answers['self-harm-thoughts'], joined.others?.answers['self-harm-thoughts']]).toEqual([
      false,
      [true],
    ]);
    const signals = async () => {
      const { body } = await app.call(therapist, 'GET', '/app/v1/patient');
      return (body as { safety: { open: { rule: string; evidence: unknown[] }[] } }).safety.open;
    };
    const [signal] = await signals();
    expect(signal).toMatchObject({ rule: 'self-harm-thoughts' });
    await save(laptop, id, { answers: { situation: 'x, again', 'self-harm-thoughts': true } }, first);
    expect((await signals())[0]?.evidence).toEqual(signal?.evidence);
  });

  it('says nothing of the other place to anybody else, sent or not', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'okapi aloud' } });
    await save(laptop, id, { answers: { situation: 'okapi in secret' } });
    const seen = async () => (await app.call(therapist, 'GET', '/app/v1/patient')).text;
    expect(await seen()).not.toMatch(/okapi/);
    const whole = { situation: 'okapi aloud', 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 };
    const body = { id, performedAt, answers: whole, withheld: [] };
    // a page that knows nothing of this sends what it shows
    expect((await app.call(phone as Tab, 'POST', `/app/v1/assignments/${step()}/logs`, body)).status).toBe(200);
    expect(await seen()).toContain('okapi aloud');
    expect(await seen()).not.toContain('in secret');
    const source = await app.source('alpha', 'GET', `/api/v1/plans/${plan.plan.id}`);
    expect(source.text).not.toContain('in secret');
    const fhir = await app.source('alpha', 'GET', `/fhir/north/QuestionnaireResponse/${id}`);
    expect([fhir.status, fhir.text.includes('in secret')]).toEqual([200, false]);
    // it is not lost for whom it is
    expect(await mine()).toMatchObject([
      { status: 'completed', others: { answers: { situation: ['okapi in secret'] } } },
    ]);
    expect(first.status).toBe('in-progress');
  });
});

describe('sending it', () => {
  const whole = { situation: 'The meeting', 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 };
  const send = (tab: Tab | undefined, id: string, now: Partial<Said>, base: Said) => {
    const body = { id, occurrenceId: occurrence(), withheld: [], answers: whole, ...now, base };
    return app.call(tab as Tab, 'POST', `/app/v1/assignments/${step()}/logs`, body);
  };

  it('is refused while another device has written what this page does not show', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'The meeting' } });
    await save(laptop, id, { answers: { ...first.answers, prediction: 'They laugh' } }, first);
    const refused = await send(phone, id, { performedAt }, said(first));
    expect([refused.status, codeOf(refused)]).toEqual([412, 'version-conflict']);
    expect(refused.text).not.toContain('laugh');
    const seen = await save(phone, id, { answers: whole }, first);
    const sent = await send(phone, id, { performedAt, answers: seen.answers }, said(seen));
    expect(sent.status).toBe(200);
    expect(await mine()).toMatchObject([{ status: 'completed', answers: { ...whole, prediction: 'They laugh' } }]);
  });

  it('is refused for a log that was sent elsewhere with other words; told again it is as the first time', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'The meeting' } });
    expect((await send(phone, id, { performedAt }, said(first))).status).toBe(200);
    expect((await send(phone, id, { performedAt }, said(first))).status).toBe(200);
    const late = await send(laptop, id, { performedAt, answers: { ...whole, prediction: 'late' } }, said(first));
    expect([late.status, codeOf(late)]).toEqual([409, 'not-supported']);
    expect(codeOf(await put(laptop, id, { answers: { situation: 'late' } }, first))).toBe('not-supported');
    expect(JSON.stringify(await mine())).not.toContain('late');
  });

  it('a whole log that was never saved goes on with the draft of its time, if it says all of it', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await save(phone, one, { performedAt, answers: { situation: 'The meeting' } });
    const nothing = { answers: {}, withheld: [] };
    const less = { ...whole, situation: 'Something else' };
    expect((await send(laptop, two, { performedAt, answers: less }, nothing)).status).toBe(412);
    expect((await send(laptop, two, { performedAt }, nothing)).status).toBe(200);
    expect(await mine()).toMatchObject([{ id: one, status: 'completed' }]);
  });
});

describe('when it was', () => {
  const goOnAt = async (time: string) => {
    app.doors.test.setTime(time);
    phone = await app.signIn(patient);
  };

  it('is when it was last saved while nobody has said it, and when it is sent', async () => {
    const id = randomUUID();
    const opened = await save(phone, id, { answers: { situation: 'The meeting' } });
    expect([opened.performedAt, opened.timeOpen]).toEqual([monday, true]);
    await goOnAt('2026-03-03T14:00:00.000Z');
    const later = await save(phone, id, { answers: { situation: 'The meeting', prediction: 'They laugh' } }, opened);
    expect([later.performedAt, later.timeOpen]).toEqual(['2026-03-03T14:00:00.000Z', true]);
    await goOnAt('2026-03-03T15:00:00.000Z');
    const answers = { situation: 'The meeting', prediction: 'They laugh' };
    const whole = { ...answers, 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 };
    const body = { id, answers: whole, withheld: [], base: said(later) };
    const sent = await app.call(phone as Tab, 'POST', `/app/v1/assignments/${step()}/logs`, body);
    expect(sent.status).toBe(200);
    const [log] = await mine();
    expect([log?.performedAt, log?.timeOpen]).toEqual(['2026-03-03T15:00:00.000Z', undefined]);
  });

  it('is what its writer has said, whatever is saved later', async () => {
    const id = randomUUID();
    const first = await save(phone, id, { performedAt, answers: { situation: 'The meeting' } });
    await goOnAt('2026-03-02T20:00:00.000Z');
    const again = await save(phone, id, { answers: { situation: 'The long meeting' } }, first);
    expect([again.performedAt, again.timeOpen]).toEqual(['2026-03-02T15:00:00.000Z', undefined]);
  });
});
