import { afterEach, expect, it } from 'vitest';
import { PlanPage } from '../../smart-app/src/clinician/plan-page.tsx';
import type { PlanState } from '../../src/homework/model.ts';
import { homeworkOf } from './homework-of.ts';
import { now, PagesAround } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

let shown: Rendered | undefined;
afterEach(() => shown?.leave());

function open(plan: object): void {
  const made = showPlan(readFixture<PlanState>('sarah-at-the-visit'), { now, reader: 'clinician', ledger: [] });
  const view = { ...made, plan: { ...made.plan, ...plan } };
  shown = render(
    <PagesAround homework={homeworkOf([view], { now })} view={view}>
      <PlanPage />
    </PagesAround>,
  );
}

it.each([
  ['2026-04-10', 'Sun, Mar 1 to Fri, Apr 10'],
  ['2027-02-28', 'Sun, Mar 1 to Sun, Feb 28, 2027'],
])('a plan until %s tells when it runs as "%s"', (end, words) => {
  open({ period: { start: '2026-03-01', end } });
  expect(shown?.box.querySelector('.page-head .quiet')?.textContent?.split(' · ')[0]).toBe(words);
});

it.each([
  ['{score}', 'Goal: Feel better (at most 9)'],
  ['%', 'Goal: Feel better (at most 9 %)'],
])('a goal in %s is told as "%s"', (unit, words) => {
  const target = { measure: { system: 'http://loinc.org', code: '44261-6' }, comparator: '<=', value: 9, unit };
  open({ goals: [{ id: 'goal-1', description: 'Feel better', target }] });
  expect(shown?.box.querySelector('.goals p')?.textContent).toBe(words);
});
