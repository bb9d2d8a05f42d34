import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

/** A step that was locked again opens by no rule: the patient is not told that it does. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

const [plan] = situations.opinionDue.plans ?? [];
const at = '2026-03-20T15:00:00.000Z';

it.each([
  ['4c', undefined, /Opens after “Offer a small opinion”/],
  ['4c', at, /Opens when your clinician unlocks it/],
] as const)('step %s, unlocked before at %s', async (key, unlockedAt, words) => {
  const assignments = plan?.assignments.map((step) =>
    step.key === key && unlockedAt !== undefined ? { ...step, unlockedAt } : step,
  );
  const opened = await openView({ ...situations.opinionDue, plans: [{ ...plan, assignments }] } as never);
  view = opened;
  await opened.until(() => opened.shown.box.querySelector('.path-step') !== null);
  const told = [...opened.shown.box.querySelectorAll('.path-step.locked .path-status')].map(
    ({ textContent }) => textContent ?? '',
  );
  expect(told.at(-1)).toMatch(words);
});
