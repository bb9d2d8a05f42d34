import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { newerPlan, situations } from './situations.ts';

/** The patient's own pages, where more than one plan runs. */
let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const [first] = situations.firstDay.plans;
const [dueFirst] = first.occurrences;
/** The newer plan, whose first step is due so many days after that of the older one. */
function dueLater(days: number): PlanState {
  const dueUntil = new Date(Date.parse(dueFirst?.dueUntil ?? '') + days * 86_400_000).toISOString();
  const title = 'Speaking up on the phone';
  return {
    ...newerPlan,
    plan: { ...newerPlan.plan, title, period: first.plan.period },
    assignments: newerPlan.assignments.map((step) => ({ ...step, title: `${step.title}, on the phone` })),
    occurrences: newerPlan.occurrences.map((entry) => ({ ...entry, status: 'due', dueUntil, lateUntil: dueUntil })),
  };
}
const open = async (plans: readonly PlanState[], page?: object): Promise<OpenedView> => {
  view = await openView({ ...situations.firstDay, plans: [...plans] }, page);
  const { shown } = view;
  await view.until(() => shown.box.querySelector('main:not([aria-busy]) h1') !== null);
  return view;
};
const cards = ({ shown }: OpenedView) =>
  [...shown.box.querySelectorAll('.due-card')].map((card) => card.textContent ?? '');

describe('what there is to do of two plans', () => {
  it.each([1, -1])('stands by when it is due, each with its plan: the newer plan %i days later', async (days) => {
    const shown = cards(await open([first, dueLater(days)]));
    expect(shown).toHaveLength(2);
    expect(shown.map((card) => card.includes('Part of Speaking up on the phone'))).toEqual([days < 0, days > 0]);
    expect(shown.every((card) => card.includes('Part of '))).toBe(true);
  });

  it('names no plan where there is one', async () => {
    const shown = cards(await open([first]));
    expect(shown).toHaveLength(1);
    expect(shown[0]).not.toContain('Part of ');
  });
});

describe('after a log was sent', () => {
  const log = (number: number) => `5a7a1000-0000-4000-8000-00000000020${number}`;
  const words = async (logId: string, plans: readonly PlanState[]): Promise<string> => {
    const assignmentId = plans[0]?.logs.find(({ id }) => id === logId)?.assignmentId ?? '';
    const { shown } = await open(plans, { name: 'thanks', assignmentId, logId });
    await view?.until(() => shown.box.textContent?.includes('What comes next') === true);
    return shown.box.querySelector('section.card')?.textContent ?? '';
  };
  const [atTheVisit] = situations.atTheVisit.plans;

  it.each([
    [2, 'Tell one colleague what you think'],
    [3, 'Say one factual sentence in the meeting'],
    [5, 'Offer a small opinion'],
  ])('names what that log has opened, and only that: log %i', async (number, opened) => {
    const said = await words(log(number), [atTheVisit, dueLater(1)]);
    expect(said).toContain(`A new step is open: ${opened}`);
    expect(said.match(/Have a look/g)).toHaveLength(1);
  });

  it.each([0, 1])(
    'calls nothing new that it has not opened, and looks into the other plan, too: log %i',
    async (number) => {
      const said = await words(log(number), [atTheVisit, dueLater(1)]);
      expect(said).toMatch(/Still to do: .*, on the phone/);
      expect(said).not.toContain('A new step');
    },
  );

  it('says that nothing is to be done only when nothing is', async () => {
    expect(await words(log(0), [atTheVisit])).toContain('Nothing is to be done just now.');
  });
});
