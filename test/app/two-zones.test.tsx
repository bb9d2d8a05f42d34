import { afterEach, describe, expect, it, vi } from 'vitest';
import { isSameClock } from '../../smart-app/src/words/same-clock.ts';
import { zoneName, zoneWords } from '../../smart-app/src/words/zone-words.ts';
import type { PlanState } from '../../src/homework/model.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { newerPlan, situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
  vi.restoreAllMocks();
});

const now = '2026-03-25T19:00:00.000Z';
const plan = (title: string, timeZone: string) => ({ plan: { title, timeZone } });
const said = (...plans: ReturnType<typeof plan>[]) =>
  zoneWords({ plans, than: 'America/New_York', whose: 'the clinic’s', now });

describe('in whose time days and times are', () => {
  it.each([
    ['nothing of one that is the reader’s own', [plan('A', 'America/New_York')], undefined],
    ['nothing where the clocks show the same', [plan('A', 'America/Toronto'), plan('B', 'America/Detroit')], undefined],
    [
      'of one',
      [plan('A', 'Europe/Berlin')],
      'Days and times here are in Central European Time, not in the clinic’s time.',
    ],
    [
      'of all',
      [plan('A', 'Asia/Tokyo'), plan('B', 'Asia/Seoul')],
      'Days and times here are in Japan Time, not in the clinic’s time.',
    ],
    [
      'of one of two',
      [plan('A', 'America/New_York'), plan('פגישה', 'Asia/Kolkata')],
      'Days and times of “\u2068פגישה\u2069” are in India Standard Time, not in the clinic’s time.',
    ],
    [
      'of two that are each elsewhere',
      [plan('A', 'Asia/Tokyo'), plan('B', 'Europe/Berlin'), plan('C', 'America/New_York')],
      'Days and times are not in the clinic’s time: of “A” in Japan Time, of “B” in Central European Time.',
    ],
  ] as const)('is said: %s', (_what, plans, words) => {
    expect(said(...plans)?.replace(/Japan Standard Time/g, 'Japan Time')).toBe(words);
  });

  it('goes by the clocks of that moment', () => {
    // the one has summer time in March, the other not
    expect(isSameClock('America/Phoenix', 'America/Denver', '2026-01-25T19:00:00.000Z')).toBe(true);
    expect(isSameClock('America/Phoenix', 'America/Denver', '2026-07-25T19:00:00.000Z')).toBe(false);
  });

  it('is not an id', () => expect(zoneName('Europe/Berlin', now)).toBe('Central European Time'));
});

/** The plan with its days in another zone: what was due at the end of a day is due at the end of the same day there. */
function movedTo(state: PlanState, timeZone: string, hours: number): PlanState {
  const move = (at: string) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  return {
    ...state,
    plan: { ...state.plan, timeZone },
    occurrences: state.occurrences.map((occurrence) => ({
      ...occurrence,
      dueUntil: move(occurrence.dueUntil),
      lateUntil: move(occurrence.lateUntil),
    })),
  };
}

const at = (zone: string) => {
  const { resolvedOptions } = Intl.DateTimeFormat.prototype;
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockImplementation(function device(
    this: Intl.DateTimeFormat,
  ) {
    return { ...resolvedOptions.call(this), timeZone: zone };
  });
};
const due = situations.opinionDue;
const [opinion] = due.plans;
/** A newer plan of the clinic's own zone, and one that is carried out in Honolulu, five or six hours behind. */
const twoZones: Situation = { ...due, plans: [newerPlan, movedTo(opinion, 'Pacific/Honolulu', 6)] };

/** What stands on a page, once these words are there. */
async function pageOf(words: string, situation: Situation, page?: object): Promise<string> {
  view = await openView(situation, page);
  const { shown, until, text } = view;
  await until(() => shown.box.querySelector('main h1') !== null && text().includes(words));
  return text();
}

describe('a patient with plans in two time zones', () => {
  it('reads each step’s day as it is in its own plan, and in whose time', async () => {
    at('America/New_York');
    const home = await pageOf('due today', due);
    expect(home).not.toContain('this device’s time');
    await view?.close();
    const away = await pageOf('are in Hawaii', twoZones);
    expect(away).toContain(`Days and times of “${opinion.plan.title}” are in Hawaii-Aleutian`);
    expect(away).toContain('due today');
  });

  it('is told whose clock a log’s time is by', async () => {
    at('Asia/Tokyo');
    const step = opinion.assignments.find(({ key }) => key === '4b')?.id;
    const page = await pageOf('When was it?', due, { name: 'log', assignmentId: step });
    expect(page).toContain('In Eastern Time, not in this device’s time.');
  });
});

describe('a clinician of a plan that is carried out elsewhere', () => {
  it.each(['since', 'plan', 'logs', 'messages', 'chart'])('reads in whose time it is: %s', async (name) => {
    const { atTheVisit } = situations;
    const plans = atTheVisit.plans.map((state) => ({ ...state, plan: { ...state.plan, timeZone: 'Europe/Berlin' } }));
    const words = 'Days and times here are in Central European Time, not in the clinic’s time.';
    expect(await pageOf(words, { ...atTheVisit, plans }, { name })).toContain(words);
  });

  it('assigns a plan by the clinic’s own calendar, in which it will be carried out', async () => {
    // already tomorrow in Auckland
    const elsewhere = { ...opinion, plan: { ...opinion.plan, timeZone: 'Pacific/Auckland' } };
    await pageOf('Name of the plan', { ...situations.atTheVisit, plans: [elsewhere] }, { name: 'assign' });
    expect(view?.shown.box.querySelector<HTMLInputElement>('#plan-start')?.value).toBe('2026-03-25');
  });
});
