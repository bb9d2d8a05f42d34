import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log, PlanState } from '../../src/homework/model.ts';
import { addDays } from '../../src/homework/schedule/day-end.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { otherDevice } from './other-device.ts';
import { type } from './render.tsx';
import { daily, onThursday, seriesNow, withSeries } from './series-case.ts';
import { situations } from './situations.ts';

/** A card every day of six weeks, all but the first of them filled in; it is Thursday, Mar 19. */
const days = Array.from({ length: 42 }, (_, index) => index - 38);
const long: PlanState = (() => {
  const state = withSeries(
    { pattern: { type: 'days', every: 1 }, ends: { type: 'open' } },
    days.map((day, index) => ({ day, status: index === 0 ? 'missed' : day === 3 ? 'due' : 'done' })),
  );
  const [form] = state.assignments;
  const like = situations.atTheVisit.plans[0].logs.find(({ questionnaire }) => questionnaire === form?.questionnaire);
  if (like === undefined) throw new Error('the case has changed');
  const { questionnaire: _its, ...written } = like;
  const done = state.occurrences.filter(({ status }) => status === 'done');
  const logs = done.map((time): Log => {
    const at = `${time.day}T20:00:00.000Z`;
    return {
      ...{ ...written, id: `log-${time.day}`, assignmentId: time.assignmentId, occurrenceId: time.id },
      ...{ questionnaire: like.questionnaire, performedAt: at, authored: at, resolution: 'resolved' },
    };
  });
  const since = (day: string | undefined) => `${day}T21:00:00.000Z`;
  return {
    ...state,
    plan: { ...state.plan, period: { ...state.plan.period, start: '2026-02-01' } },
    occurrences: state.occurrences.map((time) => ({ ...time, lastModified: since(time.day) })),
    logs,
  };
})();
const step = long.assignments[0]?.id ?? '';
const oldest = `log-${addDays('2026-03-16', -37)}`;

let view: OpenedView | undefined;
beforeAll(() => import('../../smart-app/src/service/keep-fresh.ts'));
afterEach(() => view?.close());

async function open(page: object, situation: Situation = onThursday(long)): Promise<OpenedView> {
  const opened = await openView(situation, page);
  view = opened;
  expect(opened.shown).toBeDefined();
  return opened;
}
const asked = ({ service }: OpenedView) =>
  service.calls.filter(({ path }) => path.startsWith('/app/v1/patient')).map(({ path }) => path);
const notes = ({ shown }: OpenedView) => shown.box.querySelectorAll('main article').length;

describe('notes of what was long ago', () => {
  it('are counted from the start, and stand there once somebody asks for them', async () => {
    const opened = await open({ name: 'done' });
    await opened.until(() => opened.text().includes('40 notes, the newest first.'));
    const before = notes(opened);
    expect(before).toBeLessThan(25);
    expect(before).toBeGreaterThan(13);
    expect(asked(opened)).toEqual(['/app/v1/patient']);
    await opened.press(`Show ${40 - before} earlier notes`);
    await opened.until(() => notes(opened) === 40);
    expect(opened.text()).toContain('40 notes, the newest first.');
    expect(opened.text()).not.toContain('earlier note');
    expect(asked(opened).at(-1)).toBe('/app/v1/patient?all=true');
  });

  it('stay there when another is taken back, whose plan comes without them', async () => {
    const opened = await open({ name: 'done' });
    await opened.press('earlier notes');
    await opened.until(() => notes(opened) === 40);
    const before = asked(opened).length;
    await opened.press('Take back');
    await opened.press('Take it back');
    await opened.until(() => opened.text().includes('39 notes, the newest first.'));
    expect(notes(opened)).toBe(39);
    expect(asked(opened)).toHaveLength(before);
  });

  it('can be asked for again when they did not come', async () => {
    const opened = await open({ name: 'done' });
    await opened.until(() => opened.text().includes('40 notes'));
    opened.service.refuse('/app/v1/patient', 503, 'unavailable');
    await opened.press('earlier notes');
    await opened.until(() => opened.text().includes('This may not be the newest'));
    expect(opened.text()).toContain('40 notes');
    opened.service.mend();
    await opened.press('earlier notes');
    await opened.until(() => notes(opened) === 40);
  });

  it('of one step are found from its page', async () => {
    const opened = await open({ name: 'step', assignmentId: step });
    await opened.until(() => opened.text().includes('What you wrote'));
    const listed = () => [...opened.shown.box.querySelectorAll('.plain-list li')].map(({ textContent }) => textContent);
    expect(listed()[0]).toContain('Wed, Mar 18');
    await opened.press('earlier notes');
    await opened.until(() => listed().length === 40);
    expect([listed()[0], listed().at(-1)]).toEqual([
      expect.stringContaining('Wed, Mar 18'),
      expect.stringContaining('Sat, Feb 7'),
    ]);
  });

  it('can be put right after a reload of that page, which fetches them', async () => {
    const opened = await open({ name: 'correct', logId: oldest });
    await opened.until(() => opened.text().includes('Put right: Fill in your card'));
    expect(asked(opened)).toContain('/app/v1/patient?all=true');
    expect(opened.text()).not.toContain('no longer there');
  });

  it('are fetched for the page of a day that is long over, which is of no other', async () => {
    const opened = await open({ name: 'log', assignmentId: step, occurrenceId: `${step}.1` });
    await opened.until(() => opened.text().includes('It was to be done until Sat, Feb 7'));
    expect(asked(opened)).toContain('/app/v1/patient?all=true');
  });

  it('are not fetched for what there is to do today, which says what was done of all', async () => {
    const opened = await open({ name: 'today' });
    await opened.until(() => opened.text().includes('You have done 40 of 41 so far.'));
    expect(opened.text()).toContain('3 of 7 this week.');
    expect(asked(opened)).toEqual(['/app/v1/patient']);
  });
});

describe('a day that is long over, of which something was begun', () => {
  // the clock of the page is set on by hand; its timers run as they do
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('is found again, under its own day, though weeks have passed', async () => {
    let now = seriesNow;
    const situation: Situation = {
      ...onThursday(daily),
      get now() {
        return now;
      },
    };
    const tuesday = `${step}.2`;
    const opened = await open({ name: 'log', assignmentId: step, occurrenceId: tuesday }, situation);
    const words = () => opened.shown.box.querySelector<HTMLTextAreaElement>('.log-form textarea[id^="q-"]');
    await opened.until(() => words() !== null);
    opened.service.refuse('/app/v1/drafts', 503, 'unavailable');
    type(words(), 'What Tuesday was like');
    const comeBack = (at: string, isSo: (paths: readonly string[]) => boolean) => {
      now = at;
      const before = asked(opened).length;
      return opened.until(() => {
        vi.setSystemTime(Date.now() + 5_000);
        window.dispatchEvent(new Event('focus'));
        return isSo(asked(opened).slice(before));
      });
    };
    // its grace ended on Mar 25
    await comeBack('2026-03-26T14:00:00.000Z', (paths) => paths.length > 0);
    await opened.press('Back');
    await opened.until(() => opened.text().includes('You began to write down Tue, Mar 17'));
    await comeBack('2026-04-10T14:00:00.000Z', (paths) => paths.includes('/app/v1/patient?all=true'));
    await opened.until(() => opened.text().includes('You began to write down Tue, Mar 17'));
    await opened.press('Go on with it');
    await opened.until(() => words()?.value === 'What Tuesday was like');
    expect(history.state).toMatchObject({ name: 'log', occurrenceId: tuesday });
  });

  it('is not looked for because another step’s time, of which somebody writes, was done elsewhere', async () => {
    const [plan] = situations.opinionDue.plans;
    const of = <One extends { readonly assignmentId: string }>(list: readonly One[]) =>
      list.filter((one) => one.assignmentId !== step);
    const state: PlanState = {
      ...plan,
      assignments: plan.assignments.map((one) => (one.id === step ? (long.assignments[0] ?? one) : one)),
      occurrences: [...of(plan.occurrences), ...long.occurrences],
      logs: [...of(plan.logs), ...long.logs],
    };
    const other = plan.assignments.find(({ key }) => key === '4b')?.id ?? '';
    const opened = await open({ name: 'log', assignmentId: other }, { ...situations.opinionDue, plans: [state] });
    const words = () => opened.shown.box.querySelector<HTMLTextAreaElement>('#q-situation');
    await opened.until(() => words() !== null);
    const before = asked(opened).length;
    // from another device
    const send = await otherDevice(opened.service);
    const log = {
      id: crypto.randomUUID(),
      status: 'completed',
      answers: { situation: 'Monday', practised: true },
      withheld: [],
    };
    await send('POST', `/assignments/${other}/logs`, log);
    await opened.until(() => {
      vi.setSystemTime(Date.now() + 5_000);
      window.dispatchEvent(new Event('focus'));
      return asked(opened).length > before;
    });
    await opened.press('My notes');
    await opened.until(() => opened.text().includes('earlier notes'));
    // the page has heard of it
    await opened.until(() => opened.text().includes('Mon, Mar 23'));
    expect(new Set(asked(opened))).toEqual(new Set(['/app/v1/patient']));
  });
});
