import { afterEach, describe, expect, it } from 'vitest';
import { type DayGrid, dayGrid } from '../../smart-app/src/charts/day-grid.ts';
import { DayGridTable, gridWords } from '../../smart-app/src/charts/day-grid-table.tsx';
import { dailySteps, hasDays } from '../../smart-app/src/plan/daily-steps.ts';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import type { LogView, PlanView, StepView } from '../../src/contract/app/plan-view.ts';
import type { SummaryLine } from '../../src/homework/log/summary-line.ts';
import type { Series } from '../../src/homework/schedule/schedule.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type Rendered, render } from './render.tsx';
import { cardsAtTheVisit, seriesNow, withSeries } from './series-case.ts';
import { showPlan } from './show-plan.ts';
import { twoCards } from './two-cards.ts';

let shown: Rendered | undefined;
afterEach(() => shown?.leave());

const place = { language: 'en-US', timeZone: 'America/New_York' };
const card = 'https://example.org/card|1.0.0';
const scale = (linkId: string) => ({
  ...{ linkId, type: 'integer' as const },
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 5 }],
});

interface Cards {
  readonly homework: PatientHomework;
  readonly view: PlanView;
  readonly step: StepView;
}

/** Cards of Monday (by its occurrence, though it was written on Tuesday) and of Wednesday. */
function cards(): Cards {
  const written = (answers: LogView['answers']) => ({ questionnaire: card, answers, items: [] });
  const { view, step } = twoCards(
    written({ suicide: 2, drink: 5, acted: true, sleep: 'bad' }),
    written({ suicide: 4, drink: 0, acted: false }),
  );
  const homework: PatientHomework = {
    ...{ now: seriesNow, patient: { id: 'sarah', name: 'Sarah' }, plans: [], landings: [], whoSees: '' },
    kinds: [
      {
        ...{ slug: 'card', title: 'Card', questionnaire: card },
        summary: [
          { type: 'value', label: 'Acted', linkId: 'acted' },
          {
            type: 'points',
            label: 'Urges',
            linkIds: ['suicide', 'drink', 'quit'],
            names: ['suicide', 'drink', 'quit'],
          },
          { type: 'value', label: 'Sleep', linkId: 'sleep' },
        ],
      },
    ],
    questionnaires: {
      [card]: { resourceType: 'Questionnaire', status: 'active', item: [scale('suicide'), scale('drink')] },
    },
  };
  return { homework, view, step };
}

function gridOfCards(): DayGrid | undefined {
  const { homework, view, step } = cards();
  return dayGrid(homework, view, step);
}

describe('diary cards beside each other', () => {
  it('stand by the day that each is of, with what was never written left out', () => {
    const grid = gridOfCards();
    expect(grid?.days).toEqual(['2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19']);
    expect(grid?.standing).toEqual(['late', 'missed', 'done', 'due']);
    expect(grid?.rows).toEqual([
      { label: 'Acted', cells: [true, undefined, undefined, undefined], framed: 'highest' },
      { label: 'suicide', group: 'Urges', cells: [2, undefined, 4, undefined], most: 5, framed: 'highest' },
      { label: 'drink', group: 'Urges', cells: [5, undefined, 0, undefined], most: 5, framed: 'highest' },
    ]);
  });

  it('say in words what one looks for first', () => {
    const grid = gridOfCards();
    if (grid === undefined) throw new Error('no grid');
    // what is to be written today is not left out
    expect(gridWords(grid, place)).toBe(
      'Written on 2 of 3 days. Highest: drink 5, on Mon, Mar 16. Acted: on 1 day. In a frame: the highest of each row.',
    );
    shown = render(<DayGridTable title="My card" {...{ grid, place }} />);
    const rows = [...shown.box.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      ['Acted', 'yes', '', '', ''],
      ['suicide (Urges)', '2', '', '4', ''],
      ['drink (Urges)', '5', '', '0', ''],
      ['Written', 'done late', 'missed', 'done', 'to do'],
    ]);
    expect([...shown.box.querySelectorAll('.framed')].map(({ textContent }) => textContent)).toEqual(['4', '5']);
    expect(shown.box.querySelector('thead')?.textContent).toContain('Mon, Mar 16');
  });
});

describe('the steps that have a grid of days', () => {
  it.each<[string, Series['pattern'], boolean]>([
    ['every day', { type: 'days', every: 1 }, true],
    ['every third day', { type: 'days', every: 3 }, true],
    ['every two weeks', { type: 'days', every: 14 }, false],
    ['three days of the week', { type: 'weekdays', days: ['mon', 'wed', 'fri'], everyWeeks: 1 }, true],
    ['Mondays', { type: 'weekdays', days: ['mon'], everyWeeks: 1 }, false],
    ['some times a week', { type: 'per-week', count: 5 }, false],
  ])('%s', (_words, pattern, has) => {
    const state = withSeries({ pattern, ends: { type: 'open' } }, [{ day: 0, status: 'due' }]);
    const view = showPlan(state, { now: seriesNow, reader: 'clinician', ledger: [] });
    expect(dailySteps(view).map(({ title }) => title)).toEqual(has ? ['Fill in your card'] : []);
  });
});

describe('days to be seen at a glance', () => {
  const { homework, view } = cards();
  const withLines = (summary: readonly SummaryLine[]) => {
    const kinds = homework.kinds.map((kind) => ({ ...kind, summary: [...summary] }));
    return hasDays({ ...homework, kinds }, view);
  };
  it('are there once something was logged that has a row', () => {
    expect(hasDays(homework, view)).toBe(true);
    expect(hasDays(homework, { ...view, logs: [] })).toBe(false);
    expect(withLines([{ type: 'value', label: 'Drink', linkId: 'drink' }])).toBe(true);
  });
  it('are not, whatever was rated, of a form whose score is not complete, or that is told in words alone', () => {
    expect(withLines([{ type: 'score', label: 'PEG', linkId: 'peg' }])).toBe(false);
    // a word, and a question that nobody has answered
    expect(withLines([{ type: 'value', label: 'Sleep', linkId: 'sleep' }])).toBe(false);
    expect(withLines([{ type: 'value', label: 'Quit', linkId: 'quit' }])).toBe(false);
  });
});

describe('cards on the clinician’s first page', () => {
  let view: OpenedView | undefined;
  afterEach(() => view?.close());

  /** At the visit with no more than this many cards, in a plan whose goals name nothing. */
  async function withCards(count: number): Promise<OpenedView> {
    const [state] = cardsAtTheVisit.plans ?? [];
    if (state === undefined) throw new Error('no plan');
    const [first] = state.assignments;
    const logs = state.logs
      .filter(({ assignmentId }) => assignmentId === first?.id)
      .slice(0, count)
      // rated once only: before and after would be two points of a line
      .map((log) => ({ ...log, items: log.items.filter(({ linkId }) => linkId !== 'belief-before') }));
    const plan = { ...state, plan: { ...state.plan, goals: [] }, logs };
    const opened = await openView({ ...cardsAtTheVisit, plans: [plan] });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.until(() => opened.text().includes('What was not done'));
    return opened;
  }

  it('stand there from the first of them on: nothing is drawn of it yet', async () => {
    const opened = await withCards(1);
    await opened.until(() => opened.shown.box.querySelector('.day-grid table') !== null);
    expect(opened.text()).toContain('What changed');
    expect(opened.shown.box.querySelector('.charts')).toBeNull();
  });

  it('are no heading over nothing', async () => {
    const opened = await withCards(0);
    expect(opened.text()).not.toContain('What changed');
  });
});
