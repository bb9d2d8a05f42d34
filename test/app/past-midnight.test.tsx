import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { daily, onThursday, threeAWeek } from './series-case.ts';

/** Thursday, Mar 19, in the afternoon; Tuesday and Wednesday were left out, and count for a week. */
const step = daily.assignments[0]?.id ?? '';
const friday = '2026-03-20T14:00:00.000Z';
const nextThursday = '2026-03-26T14:00:00.000Z';

let view: OpenedView | undefined;
beforeAll(() => import('../../smart-app/src/service/keep-fresh.ts'));
// the clock of the page is set on by hand; its timers run as they do
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(async () => {
  vi.useRealTimers();
  await view?.close();
});

async function openPast(page: object, of = daily) {
  let now = onThursday(of).now;
  const situation: Situation = {
    ...onThursday(of),
    get now() {
      return now;
    },
  };
  const opened = await openView(situation, page);
  view = opened;
  expect(opened.shown).toBeDefined();
  const looks = () => opened.service.calls.filter(({ path }) => path.startsWith('/app/v1/patient')).length;
  return {
    opened,
    /** The page is come back to at another time. */
    async comeBack(at: string) {
      now = at;
      const before = looks();
      await opened.until(() => {
        vi.setSystemTime(Date.now() + 5_000);
        window.dispatchEvent(new Event('focus'));
        return looks() > before;
      });
    },
  };
}
const words = (opened: OpenedView): HTMLTextAreaElement | null =>
  opened.shown.box.querySelector('.log-form textarea[id^="q-"]');
/** The latest time at which it may have been, by the page. */
const latest = (opened: OpenedView) =>
  opened.shown.box.querySelector('input[type=datetime-local]')?.getAttribute('max');
const buttons = (opened: OpenedView): readonly (string | null)[] =>
  [...opened.shown.box.querySelectorAll('button')].map(({ textContent }) => textContent);
const saved = (opened: OpenedView) => opened.service.calls.filter(({ path }) => path.startsWith('/app/v1/drafts/'));

describe('a log that is open while its day ends', () => {
  it('stays of that day, and the new day begins with nothing', async () => {
    const { opened, comeBack } = await openPast({ name: 'log', assignmentId: step });
    await opened.until(() => words(opened) !== null);
    expect(opened.text()).not.toContain('It was to be done until');
    type(words(opened), 'A long Thursday');
    await comeBack(friday);
    await opened.until(() => opened.text().includes('It was to be done until'));
    expect(words(opened)?.value).toBe('A long Thursday');
    await opened.press('Save this part and go on later');
    // once the page has looked again
    await opened.until(() => buttons(opened).includes('Go on writing: yesterday, later: Fill in your card'));
    expect(saved(opened).map(({ body }) => body)).toEqual(
      saved(opened).map(() => expect.objectContaining({ occurrenceId: `${step}.4` })),
    );
    expect(saved(opened)).not.toEqual([]);
    expect(buttons(opened)).toContain('Write it down: Fill in your card');
  });

  it('stays of that day when its grace ends; what could not be sent is found again, under its own day', async () => {
    const { opened, comeBack } = await openPast({ name: 'log', assignmentId: step, occurrenceId: `${step}.2` });
    await opened.until(() => words(opened) !== null);
    opened.service.refuse('/app/v1/drafts', 503, 'unavailable');
    type(words(opened), 'What Tuesday was like');
    await comeBack(nextThursday);
    // the page knows what time it is
    await opened.until(() => latest(opened) === '2026-03-26T10:00');
    expect(opened.text()).toContain('It was to be done until');
    expect(words(opened)?.value).toBe('What Tuesday was like');
    await opened.press('Back');
    await opened.until(() => opened.text().includes('You began to write down Tue, Mar 17'));
    // today's is not what was begun
    expect(buttons(opened)).toContain('Write it down: Fill in your card');
    await opened.press('Go on with it');
    await opened.until(() => words(opened)?.value === 'What Tuesday was like');
  });

  it('is offered, of a week of which any day would do, while something of it was begun, and else not', async () => {
    const { opened, comeBack } = await openPast({ name: 'log', assignmentId: step }, threeAWeek);
    await opened.until(() => words(opened) !== null);
    type(words(opened), 'The second time');
    await comeBack('2026-03-24T14:00:00.000Z');
    await opened.press('Save this part and go on later');
    await opened.until(() => buttons(opened).some((text) => text?.includes('the week of') === true));
    expect(buttons(opened).filter((text) => text?.includes('the week of'))).toEqual([
      'Go on writing: the week of Mon, Mar 16, later: Fill in your card',
    ]);
    expect(buttons(opened)).toContain('Write it down: Fill in your card');
  });
});
